// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { notFound } from "../api/problem.ts";
import type { OperatorContext } from "../context.ts";
import { locationRound } from "./contract.ts";
import { roundView } from "./views.ts";

const params = z.object({ id: z.string().max(64) });

/** Having a terminal measured. What comes of it stands on the terminal's page. */
export function serveLocation(
  server: FastifyInstance,
  { authority, clock, locations }: OperatorContext,
): void {
  server.post(
    "/v1/terminals/:id/location-round",
    {
      config: { permission: "evidence.add" },
      schema: {
        summary: "Have the network measure where a terminal is",
        description:
          "Answers at once. The round takes four slots, and its evidence names no position: it stands in the terminal's detail and in the log.",
        tags: ["terminals"],
        params,
        response: { 202: locationRound },
      },
    },
    (request, reply) => {
      const { id } = request.params as z.infer<typeof params>;
      if (!authority.has(id)) throw notFound(`terminal "${id}"`);
      locations.requestRound(id);
      return reply.code(202).send(roundView(id, clock.nowMs()));
    },
  );
}
