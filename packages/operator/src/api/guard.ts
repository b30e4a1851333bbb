// SPDX-License-Identifier: MIT
import { isIP } from "node:net";
import { type Actor, allows, holderOf, type Permission, refusalText } from "@perigee/authority";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Access, Credentials } from "../access/access.ts";
import type { Via } from "../access/location-reads.ts";
import type { Clock } from "../clock.ts";
import { ProblemError } from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a request to this address needs. An address without one answers nobody. */
    permission?: Permission;
  }
  interface FastifyInstance {
    /** What each address states, by method and path; `null`: nothing. */
    routePermissions: Map<string, Permission | null>;
  }
  interface FastifyRequest {
    /** Who the request is by; `null`: nobody signed in. Ask {@link actorOf} where somebody must be. */
    actor: Actor | null;
    via: Via | null;
  }
}

/** Header that every changing request must carry. A web page of another origin cannot send it without a preflight. */
export const CLIENT_HEADER = "x-perigee-client";

/**
 * Keeps web pages of other origins away from an API that listens on loopback: a page that a browser shows can send
 * requests to 127.0.0.1, and with DNS rebinding even under its own name.
 *
 * - The `Host` must be an address, or a name that the operator was told to answer to: rebinding needs a name.
 * - An `Origin`, where there is one, must be this server's.
 * - A request that changes something must carry {@link CLIENT_HEADER}.
 *
 * The last two do not hold for addresses that say `bearerOnly`.
 *
 * @param names - Host names that are this server's, without ports.
 */
export function guardOrigin(server: FastifyInstance, names: ReadonlySet<string>): void {
  server.addHook("onRequest", async request => {
    const host = hostName(request.headers.host ?? "");
    if (isIP(host) === 0 && !names.has(host)) {
      throw new ProblemError(
        421,
        "WRONG_HOST",
        `This operator does not answer to the name "${host.slice(0, 100)}".`,
        "Host",
      );
    }
    // Nothing that a browser sends by itself counts there, so no page can use it in somebody's name.
    if (request.routeOptions.config?.bearerOnly) return;
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${request.headers.host}`) {
      throw new ProblemError(
        403,
        "WRONG_ORIGIN",
        `Requests from ${origin.slice(0, 100)} are not accepted.`,
        "Origin",
      );
    }
    if (
      request.method !== "GET" &&
      request.method !== "HEAD" &&
      request.headers[CLIENT_HEADER] === undefined
    ) {
      throw new ProblemError(
        403,
        "CLIENT_HEADER_MISSING",
        `A request that changes something must carry the header ${CLIENT_HEADER}.`,
        CLIENT_HEADER,
      );
    }
  });
}

/**
 * Establishes who a request is by, and keeps those out who lack the permission that its address states. Goes after
 * {@link guardOrigin}.
 */
export function guardAccess(server: FastifyInstance, access: Access, clock: Clock): void {
  const stated = new Map<string, Permission | null>();
  server.decorate("routePermissions", stated);
  server.addHook("onRoute", ({ method, url, config }) => {
    for (const name of [method].flat()) stated.set(`${name} ${url}`, config?.permission ?? null);
  });
  server.decorateRequest("actor", null);
  server.decorateRequest("via", null);
  server.addHook("onRequest", async (request, reply) => {
    if (request.is404) return;
    const { permission } = request.routeOptions.config;
    if (permission === undefined) {
      throw new ProblemError(
        403,
        "PERMISSION_UNSTATED",
        "Nobody may use this address: it states no permission.",
      );
    }
    const isPublic = holderOf(permission) === "everyone";
    // The console's own files are the same for everyone, and there are many.
    if (isPublic && !request.url.startsWith("/v1/")) return;
    const found = await access.identify(credentialsOf(request), clock.nowMs());
    if (found.ok && found.value !== null) {
      request.actor = found.value.actor;
      request.via = found.value.via;
      if (found.value.cookies.length > 0) reply.header("set-cookie", [...found.value.cookies]);
    }
    if (isPublic || holderOf(permission) === "customers") return;
    if (!found.ok) {
      const { code, message, place } = found.error;
      throw new ProblemError(code === "KEY_WRONG" ? 401 : 403, code, message, place);
    }
    if (request.actor === null) {
      throw new ProblemError(401, "SIGN_IN_NEEDED", refusalText(null, permission), permission);
    }
    if (!allows(request.actor, permission)) {
      throw new ProblemError(403, "PERMISSION_MISSING", refusalText(request.actor, permission), permission);
    }
  });
}

/** Who a request is by, at an address that only signed-in people reach. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null) {
    throw new ProblemError(401, "SIGN_IN_NEEDED", "Nobody is signed in.");
  }
  return request.actor;
}

/** The header that names whom to act as, where signing in is open. */
export const AS_HEADER = "x-perigee-as";

/** What a request brings along to say who it is by; each bounded. */
export function credentialsOf(request: FastifyRequest): Credentials {
  const header = (name: string): string => String(request.headers[name] ?? "").slice(0, 4096);
  return {
    cookie: header("cookie"),
    agent: header("user-agent").slice(0, 200),
    address: request.ip,
    authorization: header("authorization"),
    as: header(AS_HEADER),
  };
}

function hostName(host: string): string {
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.split(":")[0]!.toLowerCase();
}
