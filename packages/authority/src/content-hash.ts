// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { canonicalise } from "@perigee/ledger";

/**
 * SHA-256 of the canonical JSON (RFC 8785) of a value, as lower-case hexadecimal: equal content, equal name.
 *
 * @throws TypeError when the value holds what JSON cannot carry; records of this room never do.
 */
export function contentHash(value: unknown): string {
  const text = canonicalise(value);
  if (!text.ok) throw new TypeError(`${text.error.message} (at "${text.error.place}")`);
  return createHash("sha256").update(text.value).digest("hex");
}

/** A short id made from content: the prefix and the first 128 bits of {@link contentHash}. */
export function contentId(prefix: string, value: unknown): string {
  return `${prefix}_${contentHash(value).slice(0, 32)}`;
}
