// SPDX-License-Identifier: MIT
import { elementsAgeWarning } from "@perigee/orbit";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { ProblemError } from "./problem.ts";

const MAX_BYTES = 64 * 1024 * 1024;
const query = z.object({ source: z.string().trim().min(1).max(500) });
const loaded = z.object({
  satellites: z.number().int(),
  epoch: z.iso.datetime(),
  ageDays: z.number(),
  ageWarning: z
    .string()
    .nullable()
    .meta({ description: "What the age of the elements means for a plan; null where nothing is wrong" }),
  checksum: z.string(),
  ledgerIndex: z.number().int(),
});

/** Replacing the constellation: wholly, from the next slot on, or not at all. */
export function serveElements(server: FastifyInstance, operator: OperatorContext): void {
  server.register(async scope => {
    scope.addContentTypeParser(
      "text/plain",
      { parseAs: "string", bodyLimit: MAX_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post(
      "/v1/elements",
      {
        config: { permission: "elements.change" },
        bodyLimit: MAX_BYTES,
        schema: {
          summary: "Load elements: TLE, OMM or constellation code, as text",
          tags: ["network"],
          querystring: query,
          response: { 201: loaded },
        },
      },
      async (request, reply) => {
        if (typeof request.body !== "string") {
          throw new ProblemError(
            415,
            "ELEMENTS_NOT_TEXT",
            "Elements come as text/plain: TLE, OMM JSON or CSV, or a constellation code.",
            "content-type",
          );
        }
        const { source } = request.query as z.infer<typeof query>;
        const result = await operator.loadElements(request.body, source);
        if (!result.ok) {
          const { code, message, place } = result.error;
          throw new ProblemError(422, code, message, `${source}: ${place}`);
        }
        const ageWarning = elementsAgeWarning(result.value.ageDays);
        return reply.code(201).send({ ...result.value, ageWarning });
      },
    );
  });
}
