// SPDX-License-Identifier: MIT
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Database } from "../storage/database.ts";

/** How long an answer is kept under its key. */
const KEPT_MS = 86_400_000;

/** An answer as it went out. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

/** What an idempotency key says about a request. */
export type KeyStanding =
  | { readonly kind: "new" }
  | { readonly kind: "answered"; readonly answer: KeptAnswer }
  /** The same request is being answered right now. */
  | { readonly kind: "running" }
  /** The key was used for another request. */
  | { readonly kind: "reused" };

/**
 * Answers of requests that came with a key, so that one that is sent again gets the same answer and happens once. The API
 * that this follows has nothing like it.
 *
 * An answer may hold a secret. It is encrypted with the key under which it was asked for, of which only a hash is kept: who
 * has the records but not the key cannot read it.
 */
export class Idempotency {
  readonly #db: Database;
  readonly #running = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * @param scope whose key it is: keys of different callers have nothing to do with each other
   * @param fingerprint of the request, see {@link fingerprintOf}
   */
  async begin(scope: string, key: string, fingerprint: string, nowMs: number): Promise<KeyStanding> {
    const keyHash = hash("name", scope, key).toString("hex");
    if (this.#running.has(keyHash)) return { kind: "running" };
    this.#running.add(keyHash);
    const row = await this.#db
      .selectFrom("fleet_answer")
      .selectAll()
      .where("key_hash", "=", keyHash)
      .where("at_ms", ">", nowMs - KEPT_MS)
      .executeTakeFirst();
    if (row === undefined) return { kind: "new" };
    this.#running.delete(keyHash);
    if (row.fingerprint !== fingerprint) return { kind: "reused" };
    return {
      kind: "answered",
      answer: { status: row.status, body: opened(row.body, hash("seal", scope, key)) },
    };
  }

  /** Keeps an answer, or none where the request may be sent again; and forgets what is past its time. */
  async end(
    scope: string,
    key: string,
    fingerprint: string,
    answer: KeptAnswer | null,
    nowMs: number,
  ): Promise<void> {
    const key_hash = hash("name", scope, key).toString("hex");
    try {
      if (answer === null) return;
      await this.#db
        .deleteFrom("fleet_answer")
        .where("at_ms", "<=", nowMs - KEPT_MS)
        .execute();
      const body = closed(answer.body, hash("seal", scope, key));
      await this.#db
        .insertInto("fleet_answer")
        .values({ key_hash, fingerprint, status: answer.status, body, at_ms: nowMs })
        .execute();
    } finally {
      this.#running.delete(key_hash);
    }
  }
}

/** A request's method, address and body in one hash: what must be the same for it to be the same request. */
export const fingerprintOf = (method: string, url: string, body: string): string =>
  hash(method, url, body).toString("hex");

/** Each part with its length before it, so that no two lists of parts run together. */
function hash(...parts: readonly string[]): Buffer {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(`${Buffer.byteLength(part)}:`).update(part);
  return digest.digest();
}

/** AES-256-GCM (NIST SP 800-38D): nonce, text, tag. */
function closed(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

function opened(bytes: Uint8Array, key: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}
