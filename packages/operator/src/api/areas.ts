// SPDX-License-Identifier: MIT
import { bordersOf } from "@perigee/earth";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { viewById, views } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import { areaStatement } from "../contract.ts";
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
        summary: "Statements in force now, five axes per territory",
        tags: ["areas"],
        response: { 200: z.array(areaStatement) },
      },
    },
    () => operator.views.areas(),
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
