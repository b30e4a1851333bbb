// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";

/**
 * The id of the pool that an account's lines of one product share: a UUID of version 8 (RFC 9562 §5.8), made from the two
 * so that it needs no record of its own.
 */
export function poolIdOf(accountId: string, productId: string): string {
  const hash = createHash("sha256").update(`data pool\n${accountId}\n${productId}`).digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
