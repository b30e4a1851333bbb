// SPDX-License-Identifier: MIT
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifySchema } from "fastify";
import { z } from "zod";
import { ProblemError } from "./problem.ts";

/**
 * Makes the server validate requests with the contract's Zod schemas and describe itself with the same ones: a route's
 * `schema` holds Zod types, the OpenAPI document is made from them.
 */
export async function useContract(server: FastifyInstance, version: string): Promise<void> {
  server.setValidatorCompiler(({ schema, httpPart }) => (data: unknown) => {
    const result = (schema as unknown as z.ZodType).safeParse(data);
    if (result.success) return { value: result.data };
    const issue = result.error.issues[0]!;
    const place = [httpPart ?? "body", ...issue.path].map(String).join(".");
    return { error: new ProblemError(400, "INVALID_INPUT", `${place}: ${issue.message}`, place) };
  });
  server.setSerializerCompiler(() => data => JSON.stringify(data));
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Perigee operator API",
        version,
        description:
          "Who may be online where, through which satellite, and why. Errors are RFC 9457 problem documents.",
      },
    },
    transform: ({ schema, url, route }) => ({
      schema: { ...jsonSchemas(schema), "x-permission": route.config?.permission ?? null } as FastifySchema,
      url,
    }),
  });
}

function jsonSchemas(schema: FastifySchema | undefined): FastifySchema {
  if (schema === undefined) return {};
  const convert = (value: unknown, io: "input" | "output"): unknown =>
    value instanceof z.ZodType ? z.toJSONSchema(value, { io, unrepresentable: "any" }) : value;
  const { body, querystring, params, response, ...rest } = schema;
  return {
    ...rest,
    ...(body ? { body: convert(body, "input") } : {}),
    ...(querystring ? { querystring: convert(querystring, "input") } : {}),
    ...(params ? { params: convert(params, "input") } : {}),
    ...(response
      ? {
          response: Object.fromEntries(
            Object.entries(response as Record<string, unknown>).map(([code, value]) => [
              code,
              convert(value, "output"),
            ]),
          ),
        }
      : {}),
  };
}
