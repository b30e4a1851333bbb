// SPDX-License-Identifier: MIT
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { fail, type Result, succeed } from "./ledger-error.ts";
import { type NoteKey, type NoteSignature, noteKey } from "./note.ts";

/** Bytes of a timestamped signature: a 64-bit time and an Ed25519 signature. */
const COSIGNATURE_BYTES = 8 + 64;

/**
 * Co-signs a checkpoint (C2SP tlog-cosignature, "Ed25519 signed message"): at that time, this was the largest
 * consistent tree of the log that the witness had seen.
 *
 * @param text - The checkpoint's text, as its log signed it.
 * @param atMs - UTC milliseconds; the format counts in seconds.
 */
export function cosign(text: string, name: string, privateKey: KeyObject, atMs: number): NoteSignature {
  const seconds = Math.floor(atMs / 1000);
  const { keyId } = noteKey(name, "cosignature/v1", createPublicKey(privateKey));
  const signature = new Uint8Array(COSIGNATURE_BYTES);
  new DataView(signature.buffer).setBigUint64(0, BigInt(seconds));
  signature.set(sign(null, signedMessage(text, seconds), privateKey), 8);
  return { name, keyId, signature };
}

/** Checks a cosignature of a checkpoint's text; its value is when it was made, in UTC milliseconds. */
export function checkCosignature(text: string, line: NoteSignature, key: NoteKey): Result<number> {
  if (line.name !== key.name || line.keyId !== key.keyId || key.type !== "cosignature/v1") {
    return fail(
      "note-unsigned",
      line.name,
      `The cosignature of ${line.name} is not of the key of ${key.name}.`,
    );
  }
  const invalid = fail("note-signature-invalid", key.name, `The cosignature of ${key.name} does not hold.`);
  if (line.signature.byteLength !== COSIGNATURE_BYTES) return invalid;
  const view = new DataView(line.signature.buffer, line.signature.byteOffset);
  const seconds = Number(view.getBigUint64(0));
  if (!Number.isSafeInteger(seconds * 1000)) return invalid;
  const holds = verify(null, signedMessage(text, seconds), key.publicKey, line.signature.subarray(8));
  return holds ? succeed(seconds * 1000) : invalid;
}

const signedMessage = (text: string, seconds: number): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, "utf8");
