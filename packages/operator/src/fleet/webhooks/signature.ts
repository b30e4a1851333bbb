// SPDX-License-Identifier: MIT
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Before the base64 of a secret's bytes (Standard Webhooks 1.0.0, "Signature scheme"). */
const PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** A new secret with which messages of one webhook are signed. */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;

/**
 * The signature of a message: HMAC-SHA256 over its id, the second at which it is sent, and its body, with points between
 * them (Standard Webhooks 1.0.0, "Verifying webhook authenticity").
 */
export function signatureOf(secret: string, id: string, timestampS: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestampS}.${body}`).digest("base64")}`;
}

/** How long before or after now a message may be signed for its receiver to believe it. */
const TOLERANCE_S = 300;

/**
 * Whether a message is what this operator sent, as a receiver checks it.
 *
 * @param header - `webhook-signature`: one or more signatures with spaces between them, while secrets change.
 */
export function isSigned(
  secret: string,
  id: string,
  timestampS: number,
  body: string,
  header: string,
  nowS: number,
): boolean {
  if (!(Math.abs(nowS - timestampS) <= TOLERANCE_S)) return false;
  const right = Buffer.from(signatureOf(secret, id, timestampS, body));
  return header
    .split(" ", 10)
    .map(one => Buffer.from(one))
    .some(one => one.length === right.length && timingSafeEqual(one, right));
}
