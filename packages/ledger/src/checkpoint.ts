// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import { HASH_BYTES } from "./hash.ts";
import { keyIdOf } from "./key.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";
import {
  checkNote,
  decodeBase64,
  formatNote,
  isKeyName,
  type Note,
  type NoteKey,
  type NoteSignature,
  noteKey,
  parseNote,
  signNote,
} from "./note.ts";

/** What a log says of itself in a checkpoint (C2SP tlog-checkpoint, "Note text"). */
export interface Checkpoint {
  /** The log's name, for ever the same. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A checkpoint and the note it came in. */
export interface CheckpointNote extends Checkpoint {
  readonly note: Note;
}

/** The name of the log that a key signs: two logs never share one. */
export function logOrigin(publicKey: KeyObject): string {
  return `perigee.example/log/${keyIdOf(publicKey).slice(0, 16)}`;
}

/** The log's key as verifiers of its checkpoints know it: its name is the log's origin. */
export function logNoteKey(publicKey: KeyObject, origin: string = logOrigin(publicKey)): NoteKey {
  return noteKey(origin, "ed25519", publicKey);
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
}

/**
 * A checkpoint signed by its log.
 *
 * @param others - Signatures of witnesses, to follow the log's own.
 */
export function signCheckpoint(
  checkpoint: Checkpoint,
  privateKey: KeyObject,
  others: readonly NoteSignature[] = [],
): string {
  const text = checkpointText(checkpoint);
  // The same key signs tree heads as canonical JSON, which begins with a brace; an origin may not.
  if (!/^[A-Za-z0-9]/.test(checkpoint.origin))
    throw new RangeError("An origin begins with a letter or digit.");
  return formatNote(text, [signNote(text, checkpoint.origin, privateKey), ...others]);
}

/** Takes a checkpoint apart without asking who signed it. Extension lines are left aside. */
export function parseCheckpoint(note: string): Result<CheckpointNote> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const [origin, size, root, ...extensions] = parsed.value.text.slice(0, -1).split("\n");
  const hash = root === undefined ? undefined : decodeBase64(root);
  const wellFormed =
    origin !== undefined &&
    origin !== "" &&
    size !== undefined &&
    /^(0|[1-9]\d{0,15})$/.test(size) &&
    Number.isSafeInteger(Number(size)) &&
    hash?.byteLength === HASH_BYTES &&
    !extensions.includes("");
  if (!wellFormed) {
    return fail("bad-note", "checkpoint", "A checkpoint is origin, size and root, a line each.");
  }
  return succeed({ origin, size: Number(size), root: new Uint8Array(hash), note: parsed.value });
}

/**
 * Reads a checkpoint and checks that its log signed it.
 *
 * @param key - The log's public key, or that key under the log's own name for it.
 */
export function openCheckpoint(note: string, key: KeyObject | NoteKey): Result<CheckpointNote> {
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) return parsed;
  const { origin } = parsed.value;
  let known: NoteKey;
  if ("keyId" in key) {
    known = key;
  } else {
    // The key's name in a signature is the log's origin.
    if (!isKeyName(origin)) return fail("bad-note", "origin", "The origin cannot be the name of a key.");
    known = noteKey(origin, "ed25519", key);
  }
  if (known.name !== origin) {
    return fail("log-renamed", "origin", `The checkpoint is of the log ${origin}, not of ${known.name}.`);
  }
  const checked = checkNote(parsed.value.note, known);
  return checked.ok ? parsed : checked;
}
