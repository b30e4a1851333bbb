// SPDX-License-Identifier: MIT
import type { Queryable } from "./database.ts";

/** Tables of bitemporal records. */
export type RecordTable =
  | "party"
  | "account"
  | "terminal"
  | "statement"
  | "policy"
  | "order_record"
  | "country_stay";

/** A moment to look at, in both times. Leaving one out means "now" as far as the table knows. */
export interface AsOf {
  readonly validAtMs?: number;
  readonly knownAtMs?: number;
}

/** One version of a record. */
export interface RecordVersion<T> {
  readonly id: string;
  readonly document: T;
  readonly validFromMs: number;
  readonly validToMs: number | null;
  readonly knownFromMs: number;
  readonly knownToMs: number | null;
}

/**
 * Every version of a table's records that was known at a moment and, when asked, valid at one.
 *
 * @typeParam T - The document's shape; the room that wrote it vouches for it.
 */
export async function readRecords<T>(
  db: Queryable,
  table: RecordTable,
  { validAtMs, knownAtMs }: AsOf = {},
): Promise<RecordVersion<T>[]> {
  let query = db.selectFrom(table).selectAll().orderBy("row");
  query =
    knownAtMs === undefined
      ? query.where("known_to_ms", "is", null)
      : query
          .where("known_from_ms", "<=", knownAtMs)
          .where(eb => eb.or([eb("known_to_ms", "is", null), eb("known_to_ms", ">", knownAtMs)]));
  if (validAtMs !== undefined) {
    query = query
      .where("valid_from_ms", "<=", validAtMs)
      .where(eb => eb.or([eb("valid_to_ms", "is", null), eb("valid_to_ms", ">", validAtMs)]));
  }
  return (await query.execute()).map(row => ({
    id: row.id,
    document: row.document as T,
    validFromMs: row.valid_from_ms,
    validToMs: row.valid_to_ms,
    knownFromMs: row.known_from_ms,
    knownToMs: row.known_to_ms,
  }));
}

/** Adds a record that was not known before. */
export async function addRecord(
  db: Queryable,
  table: RecordTable,
  record: {
    id: string;
    document: unknown;
    validFromMs: number;
    validToMs?: number | null;
    knownFromMs: number;
  },
): Promise<void> {
  await addRecords(db, table, [record]);
}

/** Adds many records in one statement. */
export async function addRecords(
  db: Queryable,
  table: RecordTable,
  records: readonly {
    id: string;
    document: unknown;
    validFromMs: number;
    validToMs?: number | null;
    knownFromMs: number;
  }[],
): Promise<void> {
  if (records.length === 0) return;
  await db
    .insertInto(table)
    .values(
      records.map(record => ({
        id: record.id,
        document: JSON.stringify(record.document),
        valid_from_ms: record.validFromMs,
        valid_to_ms: record.validToMs ?? null,
        known_from_ms: record.knownFromMs,
        known_to_ms: null,
      })),
    )
    .execute();
}

/**
 * Records that a fact changed at a moment: the version that held until now is kept as valid up to `atMs`, and a new
 * one holds from then on. What was believed before stays readable with {@link AsOf.knownAtMs}.
 */
export async function changeRecord(
  db: Queryable,
  table: RecordTable,
  change: { id: string; document: unknown; atMs: number; knownAtMs: number },
): Promise<void> {
  const current = await db
    .selectFrom(table)
    .selectAll()
    .where("id", "=", change.id)
    .where("known_to_ms", "is", null)
    .where("valid_to_ms", "is", null)
    .executeTakeFirst();
  if (current) {
    await db
      .updateTable(table)
      .set({ known_to_ms: change.knownAtMs })
      .where("row", "=", current.row)
      .execute();
    if (change.atMs > current.valid_from_ms) {
      await db
        .insertInto(table)
        .values({
          id: current.id,
          document: JSON.stringify(current.document),
          valid_from_ms: current.valid_from_ms,
          valid_to_ms: change.atMs,
          known_from_ms: change.knownAtMs,
          known_to_ms: null,
        })
        .execute();
    }
  }
  await addRecord(db, table, {
    id: change.id,
    document: change.document,
    validFromMs: change.atMs,
    knownFromMs: change.knownAtMs,
  });
}
