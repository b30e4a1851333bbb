// SPDX-License-Identifier: MIT
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "@perigee/authority";

/** Name of the token's file in the data directory. */
export const TOKEN_FILE = "operator.token";

/**
 * Whoever may read the data directory, at the command line of the same machine. That is the one who keeps the service
 * running: may run it and give roles, but decides about nobody's service, for no person stands behind it by name.
 */
export const theCommandLine: Actor = {
  id: "command-line",
  name: "The command line of this machine",
  roles: ["admin", "operator"],
};

/** A secret in a file that only the operator's own user can read. New at every start, gone at its end. */
export class LocalToken implements Disposable {
  readonly #path: string;
  readonly #hash: Buffer;

  constructor(directory: string) {
    const token = `pt_${randomBytes(32).toString("base64url")}`;
    this.#hash = hashed(token);
    this.#path = join(directory, TOKEN_FILE);
    // Anew, not over an old file: that one might be readable by others.
    rmSync(this.#path, { force: true });
    writeFileSync(this.#path, token, { mode: 0o600, flag: "wx" });
  }

  is(token: string): boolean {
    return timingSafeEqual(hashed(token), this.#hash);
  }

  [Symbol.dispose](): void {
    rmSync(this.#path, { force: true });
  }
}

const hashed = (token: string): Buffer => createHash("sha256").update(token).digest();
