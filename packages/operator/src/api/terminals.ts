// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { explanation, linkRecord, terminalDetail, terminalRow } from "../contract.ts";
import { serveLocation } from "../location/serve-location.ts";
import { slotQuery } from "./planet.ts";
import { detailFor, noteRead, rowsFor } from "./positions.ts";
import { notFound, ProblemError } from "./problem.ts";

const params = z.object({ id: z.string().max(64) });

/** Terminals: where, whether, through what, and why. */
export function serveTerminals(server: FastifyInstance, operator: OperatorContext): void {
  server.get(
    "/v1/terminals",
    {
      config: { permission: "terminals.read" },
      schema: { summary: "Every terminal", tags: ["terminals"], response: { 200: z.array(terminalRow) } },
    },
    request => rowsFor(operator, request, operator.views.terminals()),
  );
  server.get(
    "/v1/terminals/:id",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "One terminal with link, orders and decisions",
        tags: ["terminals"],
        params,
        response: { 200: terminalDetail },
      },
    },
    async request => {
      const { id } = request.params as z.infer<typeof params>;
      const detail = await operator.views.terminal(id);
      if (detail === null) throw notFound(`terminal "${id}"`);
      return await detailFor(operator, request, detail);
    },
  );
  server.get(
    "/v1/terminals/:id/explain",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "Why it may or may not be online",
        tags: ["terminals"],
        params,
        response: { 200: explanation },
      },
    },
    request => {
      const { id } = request.params as z.infer<typeof params>;
      const answer = operator.views.explain(id);
      if (answer === null) throw notFound(`terminal "${id}"`);
      return answer;
    },
  );
  serveLocation(server, operator);
  server.get(
    "/v1/terminals/:id/link",
    {
      config: { permission: "positions.read" },
      schema: {
        summary: "What its link was in a slot of the last 24 hours",
        tags: ["terminals"],
        params,
        querystring: slotQuery,
        response: { 200: linkRecord },
      },
    },
    async request => {
      const { id } = request.params as z.infer<typeof params>;
      const { slot = operator.slot() } = request.query as z.infer<typeof slotQuery>;
      if (!operator.authority.has(id)) throw notFound(`terminal "${id}"`);
      const record = await operator.linkRecords.find(id, slot);
      if (record === null) {
        const message = `Nothing is on record of "${id}" in slot ${slot}; links are kept for 24 hours.`;
        throw new ProblemError(404, "SLOT_NOT_KEPT", message, "slot");
      }
      if (record.link !== null) await noteRead(operator, request, [id]);
      return record;
    },
  );
}
