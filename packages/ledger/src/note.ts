// SPDX-License-Identifier: MIT
import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { fail, type Result, succeed } from "./ledger-error.ts";

/** Longest note that is looked at, in characters: room for far more than the 16 signatures that must be taken. */
export const MAX_NOTE_LENGTH = 65_536;
/** Signatures of one note that are looked at. */
const MAX_SIGNATURES = 64;

/** How a key signs (C2SP signed-note, "Signature types"). */
export type SignatureType = "ed25519" | "cosignature/v1";

const TYPE_BYTE: Readonly<Record<SignatureType, number>> = { ed25519: 0x01, "cosignature/v1": 0x04 };

/** A key as a verifier of notes knows it. */
export interface NoteKey {
  readonly name: string;
  readonly type: SignatureType;
  readonly publicKey: KeyObject;
  /** `SHA-256(name || 0x0A || type || public key)[:4]`, big-endian. */
  readonly keyId: number;
}

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A note taken apart; nothing about its signatures is known yet. */
export interface Note {
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The key under a name. @throws RangeError for a name that cannot be one: a bug of the caller. */
export function noteKey(name: string, type: SignatureType, publicKey: KeyObject): NoteKey {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot be the name of a key.`);
  const hashed = createHash("sha256")
    .update(`${name}\n`)
    .update(Uint8Array.of(TYPE_BYTE[type]))
    .update(rawKey(publicKey));
  return { name, type, publicKey, keyId: hashed.digest().readUInt32BE() };
}

/** The key as one line of text, `<name>+<key id>+base64(type || public key)`, to be handed to verifiers. */
export function formatVerifierKey({ name, type, publicKey, keyId }: NoteKey): string {
  const material = Buffer.concat([Uint8Array.of(TYPE_BYTE[type]), rawKey(publicKey)]);
  return `${name}+${keyId.toString(16).padStart(8, "0")}+${material.toString("base64")}`;
}

/** Reads a line of {@link formatVerifierKey}. */
export function parseVerifierKey(line: string): Result<NoteKey> {
  const bad = (why: string) => fail("bad-note", "key", `A verifier key is name+id+key: ${why}.`);
  const match = /^([^+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,100})$/.exec(line);
  if (!match || !isKeyName(match[1]!)) return bad("this is another text");
  const material = decodeBase64(match[3]!);
  const type = (Object.keys(TYPE_BYTE) as SignatureType[]).find(t => TYPE_BYTE[t] === material?.[0]);
  if (material === undefined || type === undefined || material.byteLength !== 33) {
    return bad("the key is neither Ed25519 nor that of an Ed25519 witness");
  }
  const jwk = { kty: "OKP", crv: "Ed25519", x: material.subarray(1).toString("base64url") };
  const key = noteKey(match[1]!, type, createPublicKey({ key: jwk, format: "jwk" }));
  return key.keyId === Number.parseInt(match[2]!, 16) ? succeed(key) : bad("the id is not that of the key");
}

/** A signature line: em dash, name, base64 of key id and signature. No newline at its end. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyId);
  return `\u2014 ${name} ${Buffer.concat([id, signature]).toString("base64")}`;
}

/** Reads a line of {@link formatSignature}. */
export function parseSignature(line: string): Result<NoteSignature> {
  const match = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  const bytes = match && decodeBase64(match[2]!);
  if (!match || !bytes || bytes.byteLength < 5 || !isKeyName(match[1]!)) {
    return fail("bad-note", "signature", "A signature is an em dash, the name of a key, and base64.");
  }
  return succeed({
    name: match[1]!,
    keyId: bytes.readUInt32BE(),
    signature: new Uint8Array(bytes.subarray(4)),
  });
}

/** Writes a note: text, an empty line, signatures. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  return `${text}\n${signatures.map(s => `${formatSignature(s)}\n`).join("")}`;
}

/** Takes a note apart (C2SP signed-note, "Format"). */
export function parseNote(note: string): Result<Note> {
  if (note.length > MAX_NOTE_LENGTH) return fail("bad-note", "note", "The note is too long.");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    return fail("bad-note", "note", "A note is UTF-8 without control characters.");
  }
  const split = note.lastIndexOf("\n\n");
  if (split === -1 || !note.endsWith("\n")) {
    return fail(
      "bad-note",
      "note",
      "A note is a text, an empty line, and signatures, each with its newline.",
    );
  }
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) return fail("bad-note", "note", "The note has too many signatures.");
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const parsed = parseSignature(line);
    if (!parsed.ok) return parsed;
    signatures.push(parsed.value);
  }
  return succeed({ text: note.slice(0, split + 1), signatures });
}

/** Signs a note's text with Ed25519 (C2SP signed-note, "Ed25519 signatures"). */
export function signNote(text: string, name: string, privateKey: KeyObject): NoteSignature {
  const { keyId } = noteKey(name, "ed25519", createPublicKey(privateKey));
  return { name, keyId, signature: new Uint8Array(sign(null, Buffer.from(text, "utf8"), privateKey)) };
}

/**
 * Checks that a key signed a note. Signatures of other keys are left aside; one of this key that fails spoils the note.
 */
export function checkNote(note: Note, key: NoteKey): Result<null> {
  const own = note.signatures.filter(s => s.name === key.name && s.keyId === key.keyId);
  if (own.length === 0)
    return fail("note-unsigned", key.name, `The note carries no signature of ${key.name}.`);
  const text = Buffer.from(note.text, "utf8");
  return own.every(s => s.signature.byteLength === 64 && verify(null, text, key.publicKey, s.signature))
    ? succeed(null)
    : fail("note-signature-invalid", key.name, `The signature of ${key.name} does not hold.`);
}

/** Base64 in its one canonical spelling; Node's decoder alone would take others too. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** The 32 bytes of an Ed25519 public key (RFC 8032 §5.1.5). */
function rawKey(publicKey: KeyObject): Uint8Array {
  return Buffer.from(publicKey.export({ format: "jwk" }).x!, "base64url");
}

/** Whether a text can name a key: no spaces, no plus, nothing invisible (C2SP signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 255 && !/[\s+\p{Z}\p{Cc}]/u.test(name) && name.isWellFormed();
}
