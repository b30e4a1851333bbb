// SPDX-License-Identifier: MIT
import {
  allows,
  areaIndexOf,
  emptyHistory,
  manufactureTerminal,
  sealedTerritories,
  statusOf,
  territoriesOf,
  underViews,
} from "@perigee/authority";
import { cellAt } from "@perigee/earth";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { views } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { areaHistoryView, areaKind, areaName, areaStatusView, asOf, iso } from "../public/area-words.ts";
import { notFound } from "./problem.ts";

const params = z.object({ id: z.string().min(1).max(100) });

/** What the state of an area was, by whose account; what happened to it; and whose a place is, by every view. */
export function serveAreaQueries(server: FastifyInstance, operator: OperatorContext): void {
  const { authority, clock } = operator;
  const config = { permission: "areas.read" } as const;
  const tags = ["areas"];

  function knownArea(id: string): contract.AreaStatus["kind"] {
    const kind = areaKind(authority.book, id);
    if (kind === null) throw notFound(`area "${id}"`);
    return kind;
  }

  server.get(
    "/v1/areas/:id/status",
    {
      config,
      schema: {
        summary: "Five axes of an area at one instant as known at another: every statement, and what follows",
        tags,
        params,
        querystring: contract.asOfQuery,
        response: { 200: contract.areaStatus },
      },
    },
    request => {
      const { id } = request.params as z.infer<typeof params>;
      const kind = knownArea(id);
      const when = asOf(request.query as z.infer<typeof contract.asOfQuery>, clock.nowMs());
      return areaStatusView(authority.book, kind, statusOf(authority.book, id, when));
    },
  );
  server.get(
    "/v1/areas/:id/history",
    {
      config,
      schema: {
        summary: "Everything on record about an area, in the order in which it came to be known",
        tags,
        params,
        response: { 200: contract.areaHistory },
      },
    },
    request => {
      const { id } = request.params as z.infer<typeof params>;
      knownArea(id);
      const showSealed = allows(request.actor, "sealed.read");
      return areaHistoryView(authority.book, id, authority.areaRules.operator, clock.nowMs(), showSealed);
    },
  );
  server.get(
    "/v1/place",
    {
      config,
      schema: {
        summary: "Whose a place is and what holds there, under every boundary view side by side",
        description:
          "Each answer is what the rules in force give a terminal without any standing if territories belonged to " +
          "countries as that view says; one view is the one that is decided by.",
        tags,
        querystring: contract.placeAtQuery,
        response: { 200: contract.placeView },
      },
    },
    request => {
      const { lat, lon, validAt } = request.query as z.infer<typeof contract.placeAtQuery>;
      const atMs = validAt === undefined ? clock.nowMs() : Date.parse(validAt);
      const hidden = allows(request.actor, "sealed.read") ? null : sealedTerritories(authority.book);
      return placeOfAllViews(operator, lat, lon, atMs, hidden);
    },
  );
}

const notPublished = {
  reason: "NOT_PUBLISHED",
  reach: null,
  text: "What holds here is not published yet.",
} as const;

/** @param hidden territories and areas of which not everything may be told; `null` where all may */
function placeOfAllViews(
  { authority: { book, policy } }: OperatorContext,
  latDeg: number,
  lonDeg: number,
  atMs: number,
  hidden: ReadonlySet<string> | null,
): contract.PlaceView {
  const index = areaIndexOf(book);
  const inUse = views.map(view => ({
    view,
    policy: { ...policy, boundaryView: view.id },
    fromMs: null,
    toMs: null,
  }));
  const terminal = { ...manufactureTerminal("anybodys", "Any terminal", 0), state: "active" as const };
  const subject = { atMs, terminal, account: null, location: emptyHistory };
  const names = { terminal: "Any terminal", territory: (id: string) => areaName(book, id) };
  const cell = cellAt(latDeg, lonDeg);
  const areas = index.at(latDeg, lonDeg, atMs);
  return {
    latDeg,
    lonDeg,
    cell,
    validAt: iso(atMs),
    areas: areas.map(id => ({ id, title: areaName(book, id) })),
    views: underViews({ latDeg, lonDeg }, inUse, subject, index, names).map(
      ({ view, place, admission, explanation }) => {
        // Whether it has an account is the terminal's affair, not the place's.
        const ofPlace = explanation.grounds.filter(
          ({ axis, rule }) => axis !== null || rule.startsWith("allowList"),
        );
        const [first] = ofPlace;
        const refused = first !== undefined && first.reason !== "ALLOW";
        return {
          view: { id: view.id, title: view.title, asserter: view.asserter, version: view.version },
          inForce: view.id === policy.boundaryView,
          territory: place.territory,
          territoryName: place.territoryName,
          country: place.country,
          zone: place.zone,
          territories: [...territoriesOf(place)],
          answer: [cell, ...areas, ...territoriesOf(place)].some(id => hidden?.has(id))
            ? notPublished
            : {
                reason: refused ? first.reason : "ALLOW",
                reach: refused ? (admission.linked ? "accountAndEmergency" : "nothing") : "all",
                text: refused
                  ? ofPlace.map(({ text }) => text).join(" ")
                  : "No rule of this place stands against service.",
              },
        };
      },
    ),
  };
}
