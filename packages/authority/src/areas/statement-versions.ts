// SPDX-License-Identifier: MIT
import type { Book, Change } from "../book.ts";
import { contentId } from "../content-hash.ts";
import type { Statement } from "../territory.ts";

/*
 * A statement keeps its id for as long as it is stood by, whatever is corrected about it, so that licences and policy
 * files can name it. What it said before stays on record as a version under an id of its own, known until the correction.
 */

/** The id under which what a statement said from one instant of knowledge on is kept after a correction. */
export function versionId({ id, knownFromMs }: Pick<Statement, "id" | "knownFromMs">): string {
  return contentId("stv", { statement: id, knownFromMs });
}

/** Every version of a statement, the oldest first; the one that holds now is the last. */
export function versionsOf(book: Book, id: string): readonly Statement[] {
  const current = book.get("statement", id);
  if (current === undefined) return [];
  const isVersion = (statement: Statement): boolean =>
    statement.id === versionId({ id, knownFromMs: statement.knownFromMs });
  return [...book.about("statement", current.territory).filter(isVersion), current].sort(
    (a, b) => a.knownFromMs - b.knownFromMs,
  );
}

/**
 * Puts another version in a statement's place. Where the one before was recorded in this very millisecond, no instant
 * lies between them at which it was known: the ledger has it, the records need not.
 */
export function supersede(before: Statement, next: Statement, atMs: number): readonly Change[] {
  const document = { ...next, id: before.id, knownFromMs: atMs, knownToMs: null };
  return [...archive(before, atMs), { kind: "statement", id: before.id, document }];
}

/** Strikes a statement from the record: from now on nobody stands by it, for any time. */
export function strike(before: Statement, atMs: number): readonly Change[] {
  const document = before.knownFromMs < atMs ? { ...before, knownToMs: atMs } : null;
  return [{ kind: "statement", id: before.id, document }];
}

function archive(before: Statement, atMs: number): readonly Change[] {
  const knownToMs = before.knownToMs ?? atMs;
  if (before.knownFromMs >= knownToMs) return [];
  const id = versionId(before);
  return [{ kind: "statement", id, document: { ...before, id, knownToMs } }];
}
