// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import type { OperatorContext } from "../context.ts";
import { ground, satellites, status } from "../contract.ts";

/** What flies, what stands on the ground, and how the operator is doing. */
export function serveSky(server: FastifyInstance, operator: OperatorContext): void {
  server.get(
    "/v1/status",
    {
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
      schema: {
        summary: "Where every satellite is during this slot, packed",
        description:
          "Little-endian: Float64 slot start and slot length in ms, Uint32 count, Uint32 0; then Float32 x[], y[], z[] " +
          "at the slot's start, middle and end, Earth-fixed km, NaN where a satellite has no position.",
        tags: ["network"],
      },
    },
    (_request, reply) => {
      reply.header("cache-control", "no-store").type("application/octet-stream");
      return reply.send(operator.network.packedEphemeris(operator.slot()));
    },
  );
  server.get(
    "/v1/ground",
    { schema: { summary: "Gateways and points of presence", tags: ["network"], response: { 200: ground } } },
    () => operator.views.ground(),
  );
}
