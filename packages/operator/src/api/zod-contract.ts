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
    const unfit = unfitIn(data);
    if (unfit !== null) {
      const place = [httpPart ?? "body", ...unfit.path].join(".");
      return { error: new ProblemError(400, "INVALID_INPUT", `${place}: ${unfit.message}`, place) };
    }
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

/** Deeper than anything that the contract knows; what is kept of a request is walked by recursion. */
const MOST_LEVELS = 32;

/** What no record can hold, whatever a schema says: NUL (PostgreSQL has no such text), half a character, endless depth. */
function unfitIn(data: unknown): { readonly path: readonly string[]; readonly message: string } | null {
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: data, path: [] }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { value, path } = at;
    if (typeof value === "string") {
      if (!isFit(value)) return { path, message: "The text holds NUL or half of a surrogate pair." };
      continue;
    }
    if (typeof value !== "object" || value === null) continue;
    if (path.length === MOST_LEVELS) return { path: path.slice(0, 3), message: "It is nested too deeply." };
    for (const [name, inner] of Object.entries(value)) {
      if (!isFit(name)) return { path, message: "A name holds NUL or half of a surrogate pair." };
      if (typeof inner === "string" || typeof inner === "object")
        open.push({ value: inner, path: [...path, name] });
    }
  }
  return null;
}

const isFit = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

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
