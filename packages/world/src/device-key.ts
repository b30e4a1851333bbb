// SPDX-License-Identifier: MIT
// Terminals sign as real ones would: from the published description of the exchange, not with the authority's code.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";

/** What the network asks a device, as it goes over the air. */
export interface Question {
  readonly terminalId: string;
  readonly cell: string;
  readonly slot: number;
  readonly nonce: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** What a device says. */
export interface Reply {
  readonly nonce: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 §7). */
const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex");

/** The key burnt into a device. The same seed and name give the same key. */
export function deviceKey(seed: string, name: string): KeyObject {
  const secret = createHash("sha256").update(`${seed}\n${name}`).digest();
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, secret]), format: "der", type: "pkcs8" });
}

/** What its maker hands to the operator: the public key, SPKI DER in base64. */
export function enrolmentOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: "spki", format: "der" }).toString("base64");
}

/** Signs a question: its members one a line below the name of the exchange, each line ended by LF. */
export function reply(key: KeyObject, question: Question): Reply {
  const { terminalId, cell, slot, nonce, issuedAtMs, expiresAtMs } = question;
  const lines = ["perigee-identity/1", terminalId, cell, slot, nonce, issuedAtMs, expiresAtMs, ""];
  return { nonce, signature: sign(null, Buffer.from(lines.join("\n")), key).toString("base64") };
}
