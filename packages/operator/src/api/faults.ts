// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { type LinkConditionsRequest, linkCondition, linkConditionsRequest } from "../contract.ts";
import { ProblemError } from "./problem.ts";

const body = z.strictObject({ authorityReachable: z.boolean() });
const target = z.object({ on: z.string().max(120) });

/** Faults for tests, drills and research. Exists only in an operator that was started with `--faults`. */
export function serveFaults(server: FastifyInstance, operator: OperatorContext): void {
  server.post(
    "/v1/faults",
    {
      config: { permission: "faults.use" },
      schema: {
        summary: "Cut the authority off from the data plane, or join them again",
        tags: ["faults"],
        body,
      },
    },
    async request => {
      const { authorityReachable } = request.body as z.infer<typeof body>;
      const result = await operator.setAuthorityReachable(authorityReachable);
      if (!result.ok) throw new ProblemError(409, result.error.code, result.error.message);
      return { authorityReachable };
    },
  );
  serveLinkConditions(server, operator);
}

function serveLinkConditions(server: FastifyInstance, { linkConditions }: OperatorContext): void {
  server.post(
    "/v1/faults/links",
    {
      config: { permission: "faults.use" },
      schema: {
        summary: "Put delay, loss, a rate or an end on terminals, satellites, lasers, gateways, PoPs",
        description:
          "All or none of them; each takes the place of what was on its target. Answers when traffic feels it.",
        tags: ["faults"],
        body: linkConditionsRequest,
        response: { 201: z.array(linkCondition) },
      },
    },
    async (request, reply) => {
      const { conditions } = request.body as LinkConditionsRequest;
      const result = await linkConditions.set(conditions);
      if (result.ok) return reply.code(201).send(result.value);
      const { error } = result;
      if (error.kind === "full") throw new ProblemError(409, "TOO_MANY_CONDITIONS", error.message);
      throw new ProblemError(404, "TARGET_UNKNOWN", error.message, error.place);
    },
  );
  server.get(
    "/v1/faults/links",
    {
      config: { permission: "faults.use" },
      schema: {
        summary: "Conditions on links, in force and to come",
        tags: ["faults"],
        response: { 200: z.array(linkCondition) },
      },
    },
    () => linkConditions.list(),
  );
  server.delete(
    "/v1/faults/links",
    {
      config: { permission: "faults.use" },
      schema: { summary: "End all conditions on links", tags: ["faults"] },
    },
    async () => ({ removed: await linkConditions.clear(null) }),
  );
  server.delete(
    "/v1/faults/links/:on",
    {
      config: { permission: "faults.use" },
      schema: { summary: "End the condition on one target", tags: ["faults"], params: target },
    },
    async request => {
      const { on } = request.params as z.infer<typeof target>;
      const removed = await linkConditions.clear(on);
      if (removed === 0)
        throw new ProblemError(404, "NOT_FOUND", `There is no condition on "${on}".`, "params.on");
      return { removed };
    },
  );
}
