// SPDX-License-Identifier: MIT
import { z } from "zod";
import { featureNames, features, levels } from "./feature.ts";
import type { FleetOperation } from "./operation.ts";

type Json = { [member: string]: unknown };

/**
 * The OpenAPI 3.1 document of the operator API V2, made from the same schemas that requests are read with. What the API that
 * this follows does not have is marked `x-perigee-extension`.
 */
export function openApiDocument(operations: readonly FleetOperation[], version: string): Json {
  const schemas: Json = {
    ValidationResult: object({
      memberNames: list({ type: "string" }),
      errorMessage: { type: ["string", "null"] },
    }),
    ServiceResponse: envelopeOf({ type: "null" }),
    UserLacksRequiredPermission: object({
      accountId: { type: ["string", "null"] },
      requiredPermission: ref("FeaturePermission"),
      featureAccessString: { type: ["string", "null"] },
      permissionString: { type: ["string", "null"] },
    }),
    FeaturePermission: object({ featureAccess: ref("FeatureAccess"), permission: ref("Permission") }),
    FeatureAccess: {
      type: "integer",
      enum: Object.values(features),
      "x-enum-varnames": featureNames,
    },
    Permission: { type: "integer", enum: Object.values(levels), "x-enum-varnames": Object.keys(levels) },
  };
  const paths: { [path: string]: Json } = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describe(operation, schemas);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Perigee operator API V2",
      version,
      description:
        "Accounts, addresses, service lines, terminals, data and bills of an operator's customers. Every answer is in " +
        "an envelope; 422 with isValid false is the usual refusal.",
    },
    servers: [{ url: "/api" }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "/api/auth/connect/token", scopes: {} } },
        },
      },
      parameters: {
        IdempotencyKey: {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description:
            "The same request with the same key happens once and gets the same answer for 24 hours.",
          schema: { type: "string", minLength: 1, maxLength: 255 },
          "x-perigee-extension": true,
        },
      },
    },
  };
}

function describe(operation: FleetOperation, schemas: Json): Json {
  const { operationId, summary, tag, method, permission, status, wrapped, extension } = operation;
  const parameters = [
    ...[...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      ...{ name, in: "path", required: true, schema: { type: "string", maxLength: 200 } },
    })),
    ...queryOf(operation.query, schemas),
    ...(method === "GET" ? [] : [{ $ref: "#/components/parameters/IdempotencyKey" }]),
  ];
  const refusal = (description: string, schema: Json) => ({ description, ...json(schema) });
  const refusals = refusal("Refused", ref("ServiceResponse"));
  return {
    operationId,
    summary,
    tags: [tag],
    ...(permission === null
      ? {}
      : { description: `Needs ${permission.feature}, ${permission.level}.`, "x-permission": permission }),
    ...(extension ? { "x-perigee-extension": true } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(operation, schemas),
    responses: {
      [status]: { description: "Done", ...json(answerOf(operation, schemas, wrapped)) },
      400: refusal("What was sent is not what is described here", ref("ServiceResponse")),
      401: refusal("No token, or none that is good", ref("ServiceResponse")),
      403: refusal("The service account lacks the permission", ref("UserLacksRequiredPermission")),
      404: refusal("There is no such thing in the account", ref("ServiceResponse")),
      422: refusals,
      429: refusal("The account has asked too often", ref("ServiceResponse")),
    },
  };
}

function answerOf({ content }: FleetOperation, schemas: Json, wrapped: boolean): Json {
  if (content === null) return ref("ServiceResponse");
  const inner = place(content, schemas, "output");
  if (!wrapped) return inner;
  const id = content.meta()?.id;
  if (id === undefined) return envelopeOf(inner);
  const name = `${id}ServiceResponse`;
  schemas[name] ??= envelopeOf(inner);
  return ref(name);
}

function bodyOf({ body, multipart }: FleetOperation, schemas: Json): Json {
  if (multipart) {
    const file = object({ File: { type: "string", format: "binary" } });
    return { requestBody: { required: true, content: { "multipart/form-data": { schema: file } } } };
  }
  return body === null ? {} : { requestBody: { required: true, ...json(place(body, schemas, "input")) } };
}

function queryOf(query: z.ZodObject | null, schemas: Json): Json[] {
  if (query === null) return [];
  const { properties = {}, required = [] } = place(query, schemas, "input") as {
    properties?: { [name: string]: Json };
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: "query", required: required.includes(name), schema },
    ...(description === undefined ? {} : { description }),
    ...(schema["type"] === "array" ? { style: "form", explode: true } : {}),
  }));
}

/** A schema where it is used: a reference where it has a name, which is entered among the components. */
function place(schema: z.ZodType, schemas: Json, io: "input" | "output"): Json {
  const {
    $schema: _,
    $defs = {},
    id,
    ...own
  } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  for (const [name, inner] of Object.entries($defs as Json)) schemas[name] ??= elsewhere(inner as Json);
  if (typeof id !== "string") return elsewhere(own);
  schemas[id] ??= elsewhere(own);
  return ref(id);
}

/** The same schema with its references pointing to the document's components. */
function elsewhere(schema: unknown): Json {
  const text = JSON.stringify(schema, (name, value: unknown) =>
    name === "id" && typeof value === "string" ? undefined : value,
  );
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json) => ({ content: { "application/json": { schema } } });
const list = (items: Json): Json => ({ type: "array", items });

const object = (properties: Json): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});

const envelopeOf = (content: Json): Json =>
  object({
    errors: list(ref("ValidationResult")),
    warnings: list(ref("ValidationResult")),
    information: list({ type: "string" }),
    isValid: { type: "boolean" },
    content,
  });
