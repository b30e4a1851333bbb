// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Problem } from "@perigee/operator/contract";
import { CliError } from "./command.ts";

/** Flags of every command that talks to a running operator. */
export const clientFlags = {
  url: { type: "string" },
  data: { type: "string" },
  json: { type: "boolean" },
  key: { type: "string" },
  as: { type: "string" },
} as const;

/** What those flags hold. */
export interface ClientFlags {
  readonly url?: string;
  readonly data?: string;
  /** An API key. */
  readonly key?: string;
  /** Id of the person to act as, where signing in is open. */
  readonly as?: string;
}

const TIMEOUT_MS = 30_000;

/** A running operator, over its HTTP API. */
export interface OperatorClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, contentType?: string): Promise<T>;
  delete<T>(path: string): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  /** What is served under a path as it is: tiles, notes. */
  bytes(path: string): Promise<Uint8Array>;
}

/**
 * Finds the running operator: `--url`, `PERIGEE_URL`, or the address that it wrote into its data directory; and says
 * who is asking: `--key` or `PERIGEE_KEY`, else the token that the operator left in the data directory for its own
 * user on the same machine.
 *
 * @param timeoutMs how long an answer may take
 */
export function connect(flags: ClientFlags, timeoutMs = TIMEOUT_MS): OperatorClient {
  const data = flags.data ?? process.env["PERIGEE_DATA"] ?? join(homedir(), ".perigee");
  const named = flags.url ?? process.env["PERIGEE_URL"];
  const base = named ?? addressIn(data);
  const secret = flags.key ?? process.env["PERIGEE_KEY"] ?? tokenFor(base, data);
  const who = {
    ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
    ...(flags.as === undefined ? {} : { "x-perigee-as": flags.as }),
  };
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(path, base), {
      ...init,
      headers: { "x-perigee-client": "cli", ...who, ...(init.headers as Record<string, string> | undefined) },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: Error) => {
      throw new CliError(
        `no operator answers at ${base} (${(error.cause as Error | undefined)?.message ?? error.message})`,
      );
    });
    if (!response.ok) {
      const { detail, code, place } = (await response.json()) as Problem;
      const hint = code === "SIGN_IN_NEEDED" ? " Give a key with --key or PERIGEE_KEY." : "";
      throw new CliError(`${detail}${hint} [${code}${place ? ` at ${place}` : ""}]`);
    }
    return response;
  };
  const call = async <T>(path: string, init?: RequestInit): Promise<T> =>
    (await (await request(path, init)).json()) as T;
  const send = <T>(
    method: string,
    path: string,
    body: unknown,
    contentType = "application/json",
  ): Promise<T> =>
    call(path, {
      method,
      headers: { "content-type": contentType },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    get: path => call(path),
    post: (path, body, contentType) => send("POST", path, body, contentType),
    put: (path, body) => send("PUT", path, body),
    patch: (path, body) => send("PATCH", path, body),
    delete: path => call(path, { method: "DELETE" }),
    bytes: async path => new Uint8Array(await (await request(path)).arrayBuffer()),
  };
}

/** The operator's token, if it is the operator of this data directory that is asked: no other may see it. */
function tokenFor(base: string, data: string): string | null {
  try {
    const { url } = JSON.parse(readFileSync(join(data, "operator.json"), "utf8")) as { url: string };
    return new URL(url).origin === new URL(base).origin
      ? readFileSync(join(data, "operator.token"), "utf8").trim()
      : null;
  } catch {
    return null;
  }
}

function addressIn(data: string): string {
  try {
    return (JSON.parse(readFileSync(join(data, "operator.json"), "utf8")) as { url: string }).url;
  } catch {
    throw new CliError(
      `no operator has run in ${data}; start one with \`perigee up\`, or name it with --url`,
    );
  }
}
