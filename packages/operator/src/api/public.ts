// SPDX-License-Identifier: MIT
import { join } from "node:path";
import { areasAt, kitCheck, territoriesOf } from "@perigee/authority";
import { bordersOf, cellAt, findPlaces, placeOf } from "@perigee/earth";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { type Allowance, SignInLimit } from "../access/sign-in-limit.ts";
import { viewById } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { loadLandCells } from "../public/land-cells.ts";
import { plainAnswers } from "../public/place-answers.ts";
import { PublicMap, publishedView } from "../public/public-map.ts";
import { notFound, ProblemError } from "./problem.ts";

const kitParams = z.object({ kit: z.string().min(1).max(60) });

/** A buyer has one box in hand, perhaps a pallet; whoever tries numbers out gets nowhere at this pace. */
const perAddress: Allowance = { attempts: 30, spanMs: 15 * 60_000 };
/** Somebody who types the name of a town asks a few times. */
const searches: Allowance = { attempts: 60, spanMs: 60_000 };
/** Of everybody together: with many addresses a range of numbers is still out of reach. */
const ofAll: Allowance = { attempts: 3_000, spanMs: 15 * 60_000 };

/** What everybody may ask without signing in: the published map, a place on it, and a kit number. */
export function servePublic(server: FastifyInstance, operator: OperatorContext): void {
  const { authority, clock, config } = operator;
  const permission = "public" as const;
  const tags = ["public"];
  const map = new PublicMap(authority, viewId => loadLandCells({ folder: join(config.data, "map"), viewId }));
  const byAddress = new SignInLimit(perAddress);
  const all = new SignInLimit(ofAll);
  const towns = new SignInLimit(searches);

  server.get(
    "/v1/public/map",
    {
      config: { permission },
      schema: {
        summary: "Where an ordinary terminal has service: large cells, or the cells in one of them",
        tags,
        querystring: contract.publicMapQuery,
        response: { 200: contract.publicMap, 304: z.null() },
      },
    },
    async (request, reply) => {
      const { parent } = request.query as z.infer<typeof contract.publicMapQuery>;
      const found =
        parent === undefined ? await map.overview(clock.nowMs()) : await map.cellsOf(parent, clock.nowMs());
      if (found === null) throw notFound(`cell "${parent}" with land in it`);
      const tag = `"${found.version}-${parent ?? "all"}"`;
      reply.header("etag", tag).header("cache-control", "no-cache");
      if (request.headers["if-none-match"] === tag) return reply.code(304).send();
      return found;
    },
  );
  server.get(
    "/v1/public/place",
    {
      config: { permission },
      schema: {
        summary: "Five plain answers for a place, each with who says so and since when",
        tags,
        querystring: contract.placeQuery,
        response: { 200: contract.publicPlace },
      },
    },
    request => {
      const { lat, lon } = request.query as z.infer<typeof contract.placeQuery>;
      const atMs = clock.nowMs();
      const { book, policy } = authority;
      const view = viewById(policy.boundaryView)!;
      const place = placeOf(lat, lon, view);
      const cell = cellAt(lat, lon);
      const published = publishedView(map.state(cell, atMs));
      const { id, title, asserter, version } = view;
      return {
        latDeg: lat,
        lonDeg: lon,
        cell,
        place: place.territoryName,
        boundaryView: { id, title, asserter, version },
        published,
        answers: plainAnswers(
          book,
          [...areasAt(book, lat, lon, atMs), ...territoriesOf(place)],
          published,
          atMs,
        ),
      } satisfies contract.PublicPlace;
    },
  );
  server.get(
    "/v1/public/places",
    {
      config: { permission },
      schema: {
        summary: "Towns by name, to ask about",
        tags,
        querystring: contract.namedPlacesQuery,
        response: { 200: contract.namedPlaces },
      },
    },
    (request, reply) => {
      const { q } = request.query as z.infer<typeof contract.namedPlacesQuery>;
      allowed(reply, towns.begin(request.ip, clock.nowMs()));
      return findPlaces(q)
        .slice(0, 8)
        .map(({ name, country, latDeg, lonDeg }) => ({ name, country, latDeg, lonDeg }));
    },
  );
  server.get(
    "/v1/public/borders",
    {
      config: { permission },
      schema: { summary: "Land borders under the view that decisions are made by, GeoJSON", tags },
    },
    () => bordersOf(viewById(authority.policy.boundaryView)!),
  );
  server.get(
    "/v1/public/kit/:kit",
    {
      config: { permission },
      schema: {
        summary: "Before buying second-hand: may it be activated, is it reported stolen or blocked",
        description:
          "Two answers and nothing more; a number that is not on record is answered like any other.",
        tags,
        params: kitParams,
        response: { 200: contract.kitAnswer },
      },
    },
    (request, reply) => {
      const { kit } = request.params as z.infer<typeof kitParams>;
      const atMs = clock.nowMs();
      allowed(reply, Math.max(byAddress.begin(request.ip, atMs), all.begin("all", atMs)));
      const answer = kitCheck(authority.book, kit, atMs);
      reply.header("cache-control", "no-store");
      if (answer === null) {
        const message =
          "A kit number is the letters KIT and 6 to 17 letters or digits, as printed on the box.";
        throw new ProblemError(400, "INVALID_INPUT", message, "params.kit");
      }
      return {
        mayBeActivated: answer.mayBeActivated,
        reportedStolenOrBlocked: answer.reportedStolenOrBlocked,
      };
    },
  );
}

/** @param waitMs 0 where it may be asked now */
function allowed(reply: FastifyReply, waitMs: number): void {
  if (waitMs === 0) return;
  reply.header("retry-after", Math.ceil(waitMs / 1000));
  const message = `Too many questions came from here. Wait ${Math.ceil(waitMs / 60_000)} min and ask again.`;
  throw new ProblemError(429, "TOO_MANY_ATTEMPTS", message);
}
