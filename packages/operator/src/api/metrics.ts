// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import type { DishHost } from "../dish/dish-host.ts";
import { Metrics, type OperatorFigures } from "../metrics/metrics.ts";

/** What Prometheus scrapes. */
export function serveMetrics(
  server: FastifyInstance,
  dishes: DishHost,
  operator: () => Promise<OperatorFigures | null>,
): void {
  const metrics = new Metrics();
  server.get(
    "/metrics",
    {
      config: { permission: "telemetry.read" },
      schema: {
        summary: "Figures of terminals and operator, in the text format of Prometheus",
        tags: ["network"],
      },
    },
    async (_, reply) => {
      reply.header("content-type", metrics.contentType);
      return reply.send(await metrics.scrape(dishes, await operator()));
    },
  );
}
