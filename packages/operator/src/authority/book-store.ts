// SPDX-License-Identifier: MIT
import { type Change, MapBook, type RecordKind } from "@perigee/authority";
import type { Queryable } from "../storage/database.ts";
import { changeRecords, endRecords, type RecordChange } from "../storage/records.ts";

/** Records of other rooms that share the table and are read where they are needed. */
const NOT_IN_THE_BOOK = ["stay", "locationVerdict"];

/** Every record that holds now, in the order in which they came to be on record. */
export async function loadBook(db: Queryable): Promise<MapBook> {
  const rows = await db
    .selectFrom("record")
    .select(["kind", "id", "document"])
    .where("known_to_ms", "is", null)
    .where("valid_to_ms", "is", null)
    .where("kind", "not in", NOT_IN_THE_BOOK)
    .orderBy("row")
    .execute();
  const book = new MapBook();
  // The shapes are those that the authority wrote, or that a migration made of them.
  book.apply(rows as unknown as Change[]);
  return book;
}

/** Writes what a ruling changes, in its own transaction. What was before stays on record. */
export async function storeChanges(tx: Queryable, changes: readonly Change[], atMs: number): Promise<void> {
  for (const [kind, ofKind] of Map.groupBy(changes, change => change.kind as RecordKind)) {
    const written = new Map<string, RecordChange>();
    // Two changes of one record at one instant are one: the later holds.
    for (const { id, document } of ofKind) written.set(id, { id, document, atMs, knownAtMs: atMs });
    const all = [...written.values()];
    await changeRecords(
      tx,
      kind,
      all.filter(change => change.document !== null),
    );
    await endRecords(
      tx,
      kind,
      all.filter(change => change.document === null),
    );
  }
}
