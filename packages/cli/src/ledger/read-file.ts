// SPDX-License-Identifier: MIT
import { createPublicKey } from "node:crypto";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import {
  importPrivatePem,
  importPublicPem,
  type LedgerKey,
  type NoteKey,
  parseVerifierKey,
} from "@perigee/ledger";
import { CliError } from "../command.ts";

/** Reads a file that a person named; one longer than `mostBytes` is not read. */
export function readNamed(path: string, mostBytes: number): string {
  try {
    const { size } = statSync(path);
    if (size > mostBytes) throw new Error(`it has ${size} bytes; ${mostBytes} is the most`);
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${(error as Error).message}`, 2);
  }
}

/** A public key from a PEM file, or the key in a verifier key. */
export function readPublicKey(path: string): NoteKey["publicKey"] {
  const text = readNamed(path, 4096);
  const key = importPublicPem(text);
  if (key.ok) return key.value;
  const named = parseVerifierKey(text.trim());
  if (named.ok) return createPublicKey(named.value.publicKey.export({ format: "pem", type: "spki" }));
  throw new CliError(`${path}: ${key.error.message}`, 2);
}

/** A private key from a PEM file. */
export function readPrivateKey(path: string): LedgerKey {
  const key = importPrivatePem(readNamed(path, 4096));
  if (!key.ok) throw new CliError(`${path}: ${key.error.message}`, 2);
  return key.value;
}

/** A verifier key, or a file that holds one. */
export function readVerifierKey(textOrPath: string): NoteKey {
  const given = parseVerifierKey(textOrPath);
  if (given.ok) return given.value;
  const read = parseVerifierKey(readNamed(textOrPath, 4096).trim());
  if (!read.ok) throw new CliError(`${textOrPath}: ${read.error.message}`, 2);
  return read.value;
}

/** Replaces a file in one step: after a crash it is the old one or the new one. */
export function replaceFile(path: string, content: string, mode = 0o644): void {
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, content, { mode, flush: true });
  renameSync(next, path);
}
