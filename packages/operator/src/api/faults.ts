// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { ProblemError } from "./problem.ts";

const body = z.strictObject({ authorityReachable: z.boolean() });

/** Faults for tests and drills. Exists only in an operator that was started with `--faults`. */
export function serveFaults(server: FastifyInstance, operator: OperatorContext): void {
  server.post(
    "/v1/faults",
    {
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
}
