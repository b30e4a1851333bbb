// SPDX-License-Identifier: MIT
import { custodyOf, custodySteps } from "@perigee/authority";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { notFound } from "./problem.ts";

const params = z.object({ id: z.string().max(64) });
const party = z.string().nullable();
const chain = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      step: z.string(),
      sentence: z.string(),
      atMs: z.number().int(),
      fromParty: party,
      toParty: party,
      country: z.string().nullable(),
      asserter: z.string(),
      source: z.string(),
    }),
  ),
  holder: party.meta({ description: "Whose it is by the chain" }),
  keeper: party.meta({ description: "Who has it: a seizure takes a thing, not whose it is" }),
  faults: z
    .array(z.object({ kind: z.string(), eventId: z.string().nullable(), text: z.string() }))
    .meta({ description: "Gaps and contradictions; shown beside the chain, they repair nothing" }),
});

/** A terminal's way from hand to hand, with what does not fit in it. */
export function serveCustody(server: FastifyInstance, operator: OperatorContext): void {
  server.get(
    "/v1/terminals/:id/custody",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "From hand to hand, with every gap and contradiction",
        tags: ["terminals"],
        params,
        response: { 200: chain },
      },
    },
    (request): z.infer<typeof chain> => {
      const { id } = request.params as z.infer<typeof params>;
      const { authority } = operator;
      if (!authority.has(id)) throw notFound(`terminal "${id}"`);
      const { events, holder, keeper, faults } = custodyOf(authority.book, id);
      return {
        events: events.map(({ terminalId: _, ...event }) => ({
          ...event,
          sentence: custodySteps[event.step],
        })),
        holder,
        keeper,
        faults: faults.map(fault => ({ ...fault })),
      };
    },
  );
}
