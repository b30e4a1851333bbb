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
} as const;

const TIMEOUT_MS = 30_000;

/** A running operator, over its HTTP API. */
export interface OperatorClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, contentType?: string): Promise<T>;
}

/** Finds the running operator: `--url`, `PERIGEE_URL`, or the address that it wrote into its data directory. */
export function connect(flags: { url?: string; data?: string }): OperatorClient {
  const base =
    flags.url ??
    process.env["PERIGEE_URL"] ??
    addressIn(flags.data ?? process.env["PERIGEE_DATA"] ?? join(homedir(), ".perigee"));
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await fetch(new URL(path, base), {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: Error) => {
      throw new CliError(
        `no operator answers at ${base} (${(error.cause as Error | undefined)?.message ?? error.message})`,
      );
    });
    const body: unknown = await response.json();
    if (!response.ok) {
      const { detail, code, place } = body as Problem;
      throw new CliError(`${detail} [${code}${place ? ` at ${place}` : ""}]`);
    }
    return body as T;
  };
  return {
    get: path => call(path, {}),
    post: (path, body, contentType = "application/json") =>
      call(path, {
        method: "POST",
        headers: { "content-type": contentType, "x-perigee-client": "cli" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
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
