// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { type OrderRequest, order, orderRequest } from "../contract.ts";
import { actorOf } from "./guard.ts";
import { ProblemError } from "./problem.ts";

const query = z.object({ terminal: z.string().max(64).optional() });

/** Orders of officers: suspend and restore. */
export function serveOrders(server: FastifyInstance, operator: OperatorContext): void {
  server.post(
    "/v1/orders",
    {
      config: { permission: "orders.suspend" },
      schema: {
        summary: "Suspend a terminal for at most 72 hours, or restore it",
        description: "Answers once the order is recorded, logged and sent to the data plane.",
        tags: ["orders"],
        body: orderRequest,
        response: { 201: order },
      },
    },
    async (request, reply) => {
      const result = await operator.order({
        ...(request.body as OrderRequest),
        actor: actorOf(request),
      });
      if (!result.ok) {
        const { code, message, place } = result.error;
        throw new ProblemError(code === "TERMINAL_UNKNOWN" ? 404 : 409, code, message, place);
      }
      return reply.code(201).send(result.value);
    },
  );
  server.get(
    "/v1/orders",
    {
      config: { permission: "orders.read" },
      schema: {
        summary: "Every order, newest first",
        tags: ["orders"],
        querystring: query,
        response: { 200: z.array(order) },
      },
    },
    request => operator.views.orders((request.query as z.infer<typeof query>).terminal ?? null),
  );
}
