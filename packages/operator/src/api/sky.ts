// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { ground, satellites, status } from "../contract.ts";
import { slotQuery } from "./planet.ts";
import { ProblemError } from "./problem.ts";

/** Slots of a day back and of an hour ahead: as far as a time slider goes. */
const SLOTS_BACK = 5_760;
const SLOTS_AHEAD = 240;

/** What flies, what stands on the ground, and how the operator is doing. */
export function serveSky(server: FastifyInstance, operator: OperatorContext): void {
  server.get(
    "/v1/status",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "The operator: clock, slot, elements, plan, link, ledger",
        tags: ["network"],
        response: { 200: status },
      },
    },
    () => operator.views.status(),
  );
  server.get(
    "/v1/satellites",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "Every satellite by index, its shell, and the laser links",
        tags: ["network"],
        response: { 200: satellites },
      },
    },
    () => {
      const { checksum, elements, shells, shellOf } = operator.network.constellation;
      return {
        version: checksum,
        shells: shells.map(({ id, title, service }) => ({ id, title, service })),
        catalogNumber: elements.map(e => e.catalogNumber),
        name: elements.map(e => e.name),
        shell: Array.from(shellOf),
        lasers: operator.network.lasers(operator.clock.nowMs()),
      };
    },
  );
  server.get(
    "/v1/ephemeris",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "Where every satellite is during a slot, packed",
        description:
          "Of the running slot, or any from 24 hours back to an hour ahead, by the elements in force. " +
          "Little-endian: Float64 slot start and slot length in ms, Uint32 count, Uint32 0; then Float32 x[], y[], z[] " +
          "at the slot's start, middle and end, Earth-fixed km, NaN where a satellite has no position.",
        tags: ["network"],
        querystring: slotQuery,
      },
    },
    (request, reply) => {
      const running = operator.slot();
      const { slot = running } = request.query as z.infer<typeof slotQuery>;
      if (slot < running - SLOTS_BACK || slot > running + SLOTS_AHEAD) {
        const message = `Slot ${slot} is not within ${SLOTS_BACK} slots back and ${SLOTS_AHEAD} ahead of ${running}.`;
        throw new ProblemError(404, "SLOT_NOT_KEPT", message, "slot");
      }
      reply.header("cache-control", "no-store").type("application/octet-stream");
      return reply.send(operator.network.packedEphemeris(slot));
    },
  );
  server.get(
    "/v1/ground",
    {
      config: { permission: "network.read" },
      schema: { summary: "Gateways and points of presence", tags: ["network"], response: { 200: ground } },
    },
    () => operator.views.ground(),
  );
}
