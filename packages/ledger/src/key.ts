// SPDX-License-Identifier: MIT
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { fail, type Result, succeed } from "./ledger-error.ts";

/** An Ed25519 key pair (RFC 8032) that signs tree heads. */
export interface LedgerKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** See {@link keyIdOf}. */
  readonly keyId: string;
}

/** Makes a new key pair from the operating system's randomness: the one function here that is not pure. */
export function generateLedgerKey(): LedgerKey {
  return pairOf(generateKeyPairSync("ed25519").privateKey);
}

/** Names a public key: SHA-256 of its SubjectPublicKeyInfo DER (RFC 8410 §4), in hexadecimal. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** The private key as PKCS #8 PEM. Keep it as the secret it is. */
export function exportPrivatePem(key: LedgerKey): string {
  return key.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** The public key as SubjectPublicKeyInfo PEM, to be published. */
export function exportPublicPem(publicKey: KeyObject): string {
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

/** Longest PEM text looked at, in characters; an Ed25519 key needs under 200. */
const MAX_PEM_LENGTH = 4096;

/** Reads what {@link exportPrivatePem} wrote. The error never repeats the text. */
export function importPrivatePem(pem: string): Result<LedgerKey> {
  const key = parsePem(pem, createPrivateKey);
  return key
    ? succeed(pairOf(key))
    : fail("bad-key", "pem", "Expected an Ed25519 private key as PKCS #8 PEM.");
}

/** Reads what {@link exportPublicPem} wrote. */
export function importPublicPem(pem: string): Result<KeyObject> {
  // Node derives a public key from a private one in silence; a secret must not pass for something to publish.
  const key = pem.includes("PRIVATE KEY") ? undefined : parsePem(pem, createPublicKey);
  return key ? succeed(key) : fail("bad-key", "pem", "Expected an Ed25519 public key as SPKI PEM.");
}

function parsePem(pem: string, parse: (pem: string) => KeyObject): KeyObject | undefined {
  if (pem.length > MAX_PEM_LENGTH) return undefined;
  try {
    const key = parse(pem);
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}

function pairOf(privateKey: KeyObject): LedgerKey {
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
}
