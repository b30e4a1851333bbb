// SPDX-License-Identifier: MIT
import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "./problem.ts";

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

function hostName(host: string): string {
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.split(":")[0]!.toLowerCase();
}
