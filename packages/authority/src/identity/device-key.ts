// SPDX-License-Identifier: MIT
import { createPublicKey, type KeyObject } from "node:crypto";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";

/** An Ed25519 key in SPKI DER has 44 bytes (RFC 8410 §4): 60 characters of base64. */
const longestText = 64;

/**
 * Reads a device's public key as a terminal's record holds it: SPKI DER, base64.
 *
 * @returns `deviceKeyInvalid` for anything but an Ed25519 public key
 */
export function readDeviceKey(text: string): Result<KeyObject, AuthorityError<"deviceKeyInvalid">> {
  const bytes = text.length <= longestText ? Buffer.from(text, "base64") : Buffer.alloc(0);
  try {
    const key = createPublicKey({ key: bytes, format: "der", type: "spki" });
    if (key.asymmetricKeyType === "ed25519") return succeed(key);
  } catch {
    // Not a key at all: the same answer.
  }
  return fail("deviceKeyInvalid", "publicKey", "Expected an Ed25519 public key as SPKI DER in base64.");
}

/** A device's public key as a terminal's record holds it. */
export function writeDeviceKey(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("base64");
}
