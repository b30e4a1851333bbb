// SPDX-License-Identifier: MIT
import { randomUUID } from "node:crypto";
import type { Account } from "@perigee/authority";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { envelope, lacksPermission, refusalEnvelope } from "./envelope.ts";
import { mayUse } from "./feature.ts";
import type { Fleet } from "./fleet.ts";
import { fingerprintOf, Idempotency } from "./idempotency.ts";
import { openApiDocument } from "./openapi.ts";
import {
  type FleetAnswer,
  type FleetCall,
  type FleetOperation,
  type FleetRefusal,
  refused,
  WrittenJson,
} from "./operation.ts";
import { readQuery } from "./query.ts";
import { RateLimit, requestsPerAccount, type Standing } from "./rate-limit.ts";
import { atAnInstantOfItsOwn } from "./same-instant.ts";
import type { ServiceAccount } from "./service-accounts.ts";
import { serveTokens } from "./token-site.ts";
import { accountNumberOf } from "./wire-ids.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether a token in the request is all that counts: no cookie, no name, and so no page of another origin. */
    bearerOnly?: boolean;
  }
  interface FastifyRequest {
    /** The body as it came, for {@link fingerprintOf}. */
    bodyText: string;
    fleet: Caller | null;
  }
}

/** Who calls, once the token was found in order. */
interface Caller {
  readonly client: ServiceAccount;
  readonly account: Account;
}

/** Headers that the API that this follows does not have. */
const REQUEST_ID = "perigee-request-id";
const REPLAYED = "perigee-idempotent-replay";
/** Forms with files are larger; what is in them is not read. */
const FORM_BYTES = 10 * 1024 * 1024;
const BODY_BYTES = 1024 * 1024;

type Refusal = FleetAnswer<never> & { readonly ok: false };

/** What an answer is sent as. */
interface Sent {
  readonly status: number;
  readonly body: string;
}

/** Serves the operator API V2 below `/api`: tokens, the OpenAPI document, and every operation. */
export async function serveFleet(
  server: FastifyInstance,
  fleet: Fleet,
  operations: readonly FleetOperation[],
): Promise<void> {
  const { key } = fleet;
  const { clock, version, db } = fleet.operator;
  const limit = new RateLimit(requestsPerAccount);
  const idempotency = new Idempotency(db);
  const document = JSON.stringify(openApiDocument(operations, version));

  await server.register(
    async scope => {
      scope.decorateRequest("bodyText", "");
      scope.decorateRequest("fleet", null);
      readBodies(scope);
      answerInEnvelopes(scope);
      scope.addHook("onRequest", async (_request, reply) => {
        reply.header(REQUEST_ID, randomUUID());
      });
      serveTokens(scope, fleet);
      const open = { config: { permission: "public", bearerOnly: true }, schema: { hide: true } } as const;
      scope.get("/openapi.json", open, (_request, reply) => reply.type("application/json").send(document));
      for (const operation of operations) {
        scope.route({
          method: operation.method,
          url: operation.path.replaceAll(/\{(\w+)\}/g, ":$1"),
          ...open,
          bodyLimit: operation.multipart ? FORM_BYTES : BODY_BYTES,
          onRequest: async (request, reply) => {
            const refusal = await admit(request, reply, operation);
            return refusal === null ? undefined : send(reply, refusal);
          },
          handler: (request, reply) => answer(request, reply, operation),
        });
      }
    },
    { prefix: PREFIX },
  );

  /** Token, then the account's limit, then the permission: before anything of the body is read. */
  async function admit(
    request: FastifyRequest,
    reply: FastifyReply,
    { permission, gated }: FleetOperation,
  ): Promise<Sent | null> {
    const nowMs = clock.nowMs();
    const caller = await callerOf(request, nowMs);
    if (caller === null) {
      reply.header("www-authenticate", "Bearer");
      return refusalSent(refused("unauthorized", [], "A token is needed that is not past its end.", 401));
    }
    const standing = limit.take(caller.account.id, nowMs);
    showStanding(reply, standing);
    if (!standing.allowed) {
      const waitS = Math.ceil(standing.resetMs / 1000);
      reply.header("retry-after", String(waitS));
      return refusalSent(refused("too_many_requests", [], `The account may ask again in ${waitS} s.`, 429));
    }
    if (
      permission !== null &&
      (gated || !mayUse(caller.client.permissions, permission.feature, permission.level))
    ) {
      const accountNumber = accountNumberOf(caller.account.id);
      const body = JSON.stringify(lacksPermission(accountNumber, permission.feature, permission.level));
      return { status: 403, body };
    }
    request.fleet = caller;
    return null;
  }

  async function callerOf(request: FastifyRequest, nowMs: number): Promise<Caller | null> {
    const token = /^Bearer ([\w.-]{1,4096})$/i.exec(request.headers.authorization ?? "")?.[1];
    const claims = token === undefined ? null : await key.verify(token, nowMs);
    const client = claims === null ? null : fleet.clients.get(claims.clientId);
    if (claims === null || client === null || !fleet.clients.isLive(client)) return null;
    const accountId = fleet.ids.accountOf(client.accountId, claims.accountNumber);
    const account = accountId === null ? undefined : fleet.operator.authority.book.get("account", accountId);
    return account === undefined ? null : { client, account };
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: FleetOperation,
  ): Promise<FastifyReply> {
    const idempotencyKey = operation.method === "GET" ? undefined : request.headers["idempotency-key"];
    if (idempotencyKey === undefined) return send(reply, await carriedOut(request, reply, operation));
    if (typeof idempotencyKey !== "string" || !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
      const message = "An idempotency key is 1 to 255 visible ASCII characters.";
      return send(reply, refusalSent(refused("invalid_idempotency_key", ["Idempotency-Key"], message, 400)));
    }
    const { client, account } = request.fleet!;
    const scope = `${client.clientId} ${account.id}`;
    const fingerprint = fingerprintOf(request.method, request.url, request.bodyText);
    const standing = await idempotency.begin(scope, idempotencyKey, fingerprint, clock.nowMs());
    switch (standing.kind) {
      case "answered":
        reply.header(REPLAYED, "true");
        return send(reply, standing.answer);
      case "running":
        return send(
          reply,
          refusalSent(refused("idempotency_in_progress", ["Idempotency-Key"], "It is being done now.", 409)),
        );
      case "reused":
        return send(
          reply,
          refusalSent(
            refused("idempotency_key_reused", ["Idempotency-Key"], "The key was used for another request."),
          ),
        );
      case "new": {
        let kept: Sent | null = null;
        try {
          const sent = await carriedOut(request, reply, operation);
          if (sent.status < 500) kept = sent;
          return send(reply, sent);
        } finally {
          await idempotency.end(scope, idempotencyKey, fingerprint, kept, clock.nowMs());
        }
      }
    }
  }

  async function carriedOut(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: FleetOperation,
  ): Promise<Sent> {
    const query = readQuery(operation.query, request.url.split("?")[1] ?? "");
    if (!query.ok) return refusalSent(refused("invalid", [query.error.member], query.error.message, 400));
    const body = readBody(operation.body, request.body);
    if (!body.ok) return refusalSent(body);
    const { client, account } = request.fleet!;
    const hangUp = new AbortController();
    reply.raw.once("close", () => hangUp.abort());
    const call: FleetCall = {
      fleet,
      client,
      account,
      nowMs: clock.nowMs(),
      path: request.params as Record<string, string>,
      query: query.value,
      body: body.value,
      signal: hangUp.signal,
      carryOut: (name, asked) =>
        atAnInstantOfItsOwn(() =>
          fleet.operator.carryOut({
            name,
            request: { ...asked, party: account.holder },
            actor: { id: client.clientId, name: client.name, roles: [] },
          }),
        ),
    };
    const answered = await operation.handle(call);
    return answered.ok ? answerSent(operation, answered) : refusalSent(answered);
  }
}

function answerSent(operation: FleetOperation, answered: FleetAnswer<unknown> & { readonly ok: true }): Sent {
  const { value, warnings, information } = answered;
  const status = answered.status ?? operation.status;
  const content = value instanceof WrittenJson ? value.text : JSON.stringify(value ?? null);
  if (!operation.wrapped) return { status, body: content };
  const { content: _, ...around } = envelope(null, warnings, information);
  return { status, body: `${JSON.stringify(around).slice(0, -1)},"content":${content}}` };
}

const refusalSent = ({ error }: Refusal): Sent => ({
  status: error.status,
  body: JSON.stringify(refusalEnvelope(error)),
});

const send = (reply: FastifyReply, { status, body }: Sent): FastifyReply =>
  reply.code(status).type("application/json").send(body);

function showStanding(reply: FastifyReply, { limit, remaining, resetMs }: Standing): void {
  reply.header("perigee-ratelimit-limit", String(limit));
  reply.header("perigee-ratelimit-remaining", String(remaining));
  reply.header("perigee-ratelimit-reset", String(Math.ceil(resetMs / 1000)));
}

function readBody(
  schema: z.ZodType | null,
  body: unknown,
): { readonly ok: true; readonly value: unknown } | Refusal {
  if (schema === null) return { ok: true, value: undefined };
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors = parsed.error.issues.slice(0, 20).map(({ path }) => ({
    memberNames: path.length === 0 ? [] : [path.map(String).join(".")],
    errorMessage: "invalid",
  }));
  const information = parsed.error.issues.slice(0, 20).map(({ message }) => message);
  return { ok: false, error: { status: 400, errors, information } };
}

/** JSON, forms, and forms with files; each kept as text where an idempotency key may ask for it. */
function readBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    ["application/json", "text/json"],
    { parseAs: "string" },
    (request: FastifyRequest, text, done) => {
      request.bodyText = String(text);
      if (request.bodyText === "") return done(null, undefined);
      try {
        const value: unknown = JSON.parse(request.bodyText);
        if (isFit(value)) return done(null, value);
      } catch {
        // Told below, like what no record can hold.
      }
      done(
        Object.assign(new Error("The body is not JSON, or holds what no record can."), { statusCode: 400 }),
      );
    },
  );
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, text, done) => done(null, new URLSearchParams(String(text))),
  );
  scope.addContentTypeParser("multipart/form-data", { parseAs: "buffer" }, (_request, _bytes, done) =>
    done(null, undefined),
  );
}

/** No NUL, no half of a surrogate pair, no endless depth: PostgreSQL keeps none of them. */
function isFit(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return !value.includes("\0") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return depth < 32 && Object.entries(value).every(([name, inner]) => isFit(name) && isFit(inner, depth + 1));
}

/** The one place where what went wrong becomes an envelope. */
function answerInEnvelopes(scope: FastifyInstance): void {
  scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const word = words[status] ?? "invalid";
      return send(reply, refusalSent(refused(word, [], error.message, status as FleetRefusal["status"])));
    }
    request.log.error(error);
    const internal = refused("internal", [], "The operator failed while answering; the cause is in its log.");
    return send(reply, { ...refusalSent(internal), status: 500 });
  });
  scope.setNotFoundHandler((request, reply) => {
    const message = `There is no ${request.method} ${request.url.slice(0, 200)}.`;
    return send(reply, refusalSent(refused("not_found", [], message, 404)));
  });
}

/** Below which the API stands. */
const PREFIX = "/api";

/** Whether an address is of the operator API V2, as it came. */
export const isFleetAddress = (url: string): boolean => url.startsWith(`${PREFIX}/`);

/**
 * Answers an address below `/api` that no operation can be looked up for, because a name in it is broken or longer than any.
 *
 * @param error - The router's.
 */
export function refuseAddress(error: { readonly code: string }, reply: FastifyReply): FastifyReply {
  const refusal =
    error.code === "FST_ERR_MAX_PARAM_LENGTH"
      ? refused("not_found", [], "Nothing has so long a name.", 404)
      : refused("invalid", [], "The address is not well formed.", 400);
  return send(reply, refusalSent(refusal));
}

const words: Readonly<Record<number, string>> = {
  409: "same_instant",
  413: "too_large",
  415: "unsupported_media_type",
  421: "wrong_host",
};
