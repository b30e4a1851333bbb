// SPDX-License-Identifier: MIT
import { allows } from "@perigee/authority";
import { bordersOf } from "@perigee/earth";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { viewById, views } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import { areaStatement, asOfQuery } from "../contract.ts";
import { asOf, statementsInForce } from "../public/area-words.ts";
import { notFound } from "./problem.ts";

const view = z.object({ id: z.string(), title: z.string(), asserter: z.string(), version: z.string() });
const params = z.object({ id: z.string().max(64) });

/** Territories on five axes, and the boundary views that draw them. */
export function serveAreas(server: FastifyInstance, operator: OperatorContext): void {
  server.get(
    "/v1/areas",
    {
      config: { permission: "areas.read" },
      schema: {
        summary: "Statements in force, five axes per territory; now, or at an instant as known at another",
        tags: ["areas"],
        querystring: asOfQuery,
        response: { 200: z.array(areaStatement) },
      },
    },
    request =>
      statementsInForce(
        operator.authority,
        asOf(request.query as z.infer<typeof asOfQuery>, operator.clock.nowMs()),
        allows(request.actor, "sealed.read"),
      ),
  );
  server.get(
    "/v1/boundary-views",
    {
      config: { permission: "areas.read" },
      schema: { summary: "Who says where borders run", tags: ["areas"], response: { 200: z.array(view) } },
    },
    () => views.map(({ id, title, asserter, version }) => ({ id, title, asserter, version })),
  );
  server.get(
    "/v1/boundary-views/:id/borders",
    {
      config: { permission: "areas.read" },
      schema: { summary: "Land borders under one view, GeoJSON", tags: ["areas"], params },
    },
    request => {
      const { id } = request.params as z.infer<typeof params>;
      const found = viewById(id);
      if (!found) throw notFound(`boundary view "${id}"`);
      return bordersOf(found);
    },
  );
}
