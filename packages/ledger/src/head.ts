// SPDX-License-Identifier: MIT
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import { hashFromHex } from "./hash.ts";
import { keyIdOf } from "./key.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";

/** What the log was at one moment. */
export interface TreeHead {
  /** Number of entries. */
  readonly size: number;
  /** Root over them, 64 lower-case hexadecimal digits. */
  readonly root: string;
  /** When the head was made: UTC, milliseconds since 1970. */
  readonly atMs: number;
}

/** A head its operator can be held to. */
export interface SignedHead extends TreeHead {
  /** The key that signed: see {@link keyIdOf}. */
  readonly keyId: string;
  /** Ed25519 (RFC 8032) over the UTF-8 of the canonical JSON of `{atMs, keyId, root, size}`, in base64. */
  readonly signature: string;
}

/**
 * Signs a head. Ed25519 is deterministic: the same head and key always give the same signature.
 *
 * @throws RangeError when the head cannot be one (a bug in the caller).
 */
export function signHead(head: TreeHead, privateKey: KeyObject): SignedHead {
  const fields = {
    size: head.size,
    root: head.root,
    atMs: head.atMs,
    keyId: keyIdOf(createPublicKey(privateKey)),
  };
  const malformed = checkFields(fields);
  if (malformed) throw new RangeError(malformed.error.message);
  return { ...fields, signature: sign(null, signedBytes(fields), privateKey).toString("base64") };
}

/** Whether `signed` is a well-formed head signed by `publicKey`; {@link checkHead} says why not. */
export function verifyHead(signed: SignedHead, publicKey: KeyObject): boolean {
  return checkHead(signed, publicKey).ok;
}

/** The signed head, or the first thing wrong with it: its form, its key, its signature. */
export function checkHead(signed: SignedHead, publicKey: KeyObject): Result<TreeHead> {
  const malformed = checkFields(signed);
  if (malformed) return malformed;
  if (signed.keyId !== keyIdOf(publicKey)) {
    return fail("head-key-unknown", "keyId", `The head of size ${signed.size} was signed by another key.`);
  }
  const signature = Buffer.from(signed.signature, "base64");
  // Node's decoder skips what it does not know; only the one canonical spelling is accepted.
  const isSignature = signature.byteLength === 64 && signature.toString("base64") === signed.signature;
  if (!isSignature || !verify(null, signedBytes(signed), publicKey, signature)) {
    return fail(
      "head-signature-invalid",
      "signature",
      `The signature on the head of size ${signed.size} does not hold.`,
    );
  }
  return succeed({ size: signed.size, root: signed.root, atMs: signed.atMs });
}

type HeadFields = TreeHead & { readonly keyId: string };

function signedBytes({ size, root, atMs, keyId }: HeadFields): Uint8Array {
  return Buffer.from(canonicalJson({ size, root, atMs, keyId }), "utf8");
}

function checkFields(head: HeadFields): ReturnType<typeof fail> | undefined {
  if (!Number.isSafeInteger(head.size) || head.size < 0) {
    return fail("head-malformed", "size", "A head's size is a whole number from 0.");
  }
  if (!hashFromHex(head.root)) {
    return fail("head-malformed", "root", "A head's root is 64 lower-case hexadecimal digits.");
  }
  if (!Number.isSafeInteger(head.atMs)) {
    return fail("head-malformed", "atMs", "A head's time is a whole number of milliseconds.");
  }
  return undefined;
}
