// SPDX-License-Identifier: MIT
import type { RecordKind as BookKind } from "@perigee/authority";
import { sql } from "kysely";
import type { Queryable } from "./database.ts";

/**
 * What a record is about: a kind of the authority's book; a stay: which country a terminal was in on a day, its id is the
 * terminal's; or the evidence of a location verdict.
 */
export type RecordKind = BookKind | "stay" | "locationVerdict";

/** A moment to look at, in both times. Leaving one out means "now" as far as the table knows. */
export interface AsOf {
  readonly validAtMs?: number;
  readonly knownAtMs?: number;
  /** These records only. */
  readonly ids?: readonly string[];
  /** Whatever was ever believed; `knownAtMs` is then of no account. */
  readonly everKnown?: boolean;
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

/** A record that was not known before. */
export interface NewRecord {
  readonly id: string;
  readonly document: unknown;
  readonly validFromMs: number;
  readonly validToMs?: number | null;
  readonly knownFromMs: number;
}

/** A fact that is another from a moment on. */
export interface RecordChange {
  readonly id: string;
  readonly document: unknown;
  /** Since when it is so. */
  readonly atMs: number;
  /** Since when that is known. */
  readonly knownAtMs: number;
}

/** Rows of one statement. They travel as one JSON text, so no limit of parameters is near. */
const ROWS_AT_ONCE = 5_000;

/**
 * Every version of a kind's records that was known at a moment and, when asked, valid at one; in the order in which
 * they were written.
 *
 * @typeParam T - The document's shape; the room that wrote it vouches for it.
 */
export async function readRecords<T>(
  db: Queryable,
  kind: RecordKind,
  { validAtMs, knownAtMs, ids, everKnown = false }: AsOf = {},
): Promise<RecordVersion<T>[]> {
  let query = db.selectFrom("record").selectAll().where("kind", "=", kind).orderBy("row");
  if (knownAtMs !== undefined && !everKnown) {
    query = query
      .where("known_from_ms", "<=", knownAtMs)
      .where(eb => eb.or([eb("known_to_ms", "is", null), eb("known_to_ms", ">", knownAtMs)]));
  } else if (!everKnown) query = query.where("known_to_ms", "is", null);
  if (validAtMs !== undefined) {
    query = query
      .where("valid_from_ms", "<=", validAtMs)
      .where(eb => eb.or([eb("valid_to_ms", "is", null), eb("valid_to_ms", ">", validAtMs)]));
  }
  if (ids !== undefined) query = query.where(amongIds(ids));
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
export async function addRecord(db: Queryable, kind: RecordKind, record: NewRecord): Promise<void> {
  await addRecords(db, kind, [record]);
}

/** Adds records that were not known before: thousands of rows a statement. */
export async function addRecords(
  db: Queryable,
  kind: RecordKind,
  records: readonly NewRecord[],
): Promise<void> {
  for (let from = 0; from < records.length; from += ROWS_AT_ONCE) {
    const rows = records.slice(from, from + ROWS_AT_ONCE).map((record, order) => ({
      order,
      id: record.id,
      document: record.document,
      valid_from_ms: record.validFromMs,
      valid_to_ms: record.validToMs ?? null,
      known_from_ms: record.knownFromMs,
    }));
    await sql`
      insert into record (kind, id, document, valid_from_ms, valid_to_ms, known_from_ms)
      select ${kind}, id, document, valid_from_ms, valid_to_ms, known_from_ms
      from json_to_recordset(${JSON.stringify(rows)}::json) as added(
        "order" int, id text, document jsonb, valid_from_ms bigint, valid_to_ms bigint, known_from_ms bigint
      )
      order by "order"`.execute(db);
  }
}

/**
 * Records that a fact changed at a moment: the version that held until now is kept as valid up to `atMs`, and a new
 * one holds from then on. What was believed before stays readable with {@link AsOf.knownAtMs}.
 */
export async function changeRecord(db: Queryable, kind: RecordKind, change: RecordChange): Promise<void> {
  await changeRecords(db, kind, [change]);
}

/** {@link changeRecord} for many at once, with the same result as one after the other. */
export async function changeRecords(
  db: Queryable,
  kind: RecordKind,
  changes: readonly RecordChange[],
): Promise<void> {
  for (const round of roundsOf(changes)) {
    await closeOpen(db, kind, round);
    await addRecords(
      db,
      kind,
      round.map(({ id, document, atMs, knownAtMs }) => ({
        id,
        document,
        validFromMs: atMs,
        knownFromMs: knownAtMs,
      })),
    );
  }
}

/** Records that a fact holds no longer: what held until now is kept as valid up to `atMs`, and nothing follows it. */
export async function endRecord(
  db: Queryable,
  kind: RecordKind,
  end: Omit<RecordChange, "document">,
): Promise<void> {
  await endRecords(db, kind, [end]);
}

/** {@link endRecord} for many at once. */
export async function endRecords(
  db: Queryable,
  kind: RecordKind,
  ends: readonly Omit<RecordChange, "document">[],
): Promise<void> {
  for (const round of roundsOf(ends)) await closeOpen(db, kind, round);
}

/**
 * Forgets what is no longer believed: versions that were replaced before a moment. What stands in the ledger is
 * untouched.
 *
 * @param options.keepOpen - `true` keeps every version that is still believed; `false` also forgets those that ended in the
 *   world before the moment.
 * @returns How many versions went.
 */
export async function purgeKnownBefore(
  db: Queryable,
  kind: RecordKind,
  beforeMs: number,
  { keepOpen }: { readonly keepOpen: boolean },
): Promise<number> {
  const gone = await db
    .deleteFrom("record")
    .where("kind", "=", kind)
    .where(eb => {
      const replaced = eb("known_to_ms", "<=", beforeMs);
      return keepOpen
        ? replaced
        : eb.or([replaced, eb.and([eb("known_to_ms", "is", null), eb("valid_to_ms", "<=", beforeMs)])]);
    })
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

type Closing = Omit<RecordChange, "document">;

/**
 * Ends the open version of each id: no longer believed to hold for ever, believed to have held up to the change. A
 * version that began at the change or after it never held.
 */
async function closeOpen(db: Queryable, kind: RecordKind, closings: readonly Closing[]): Promise<void> {
  for (let from = 0; from < closings.length; from += ROWS_AT_ONCE) {
    const rows = closings
      .slice(from, from + ROWS_AT_ONCE)
      .map(({ id, atMs, knownAtMs }) => ({ id, at_ms: atMs, known_at_ms: knownAtMs }));
    await sql`
      with closing as (
        select * from json_to_recordset(${JSON.stringify(rows)}::json)
          as closing(id text, at_ms bigint, known_at_ms bigint)
      ), closed as (
        update record set known_to_ms = closing.known_at_ms
        from closing
        where record.kind = ${kind} and record.id = closing.id
          and record.known_to_ms is null and record.valid_to_ms is null
        returning record.row, record.id, record.document, record.valid_from_ms, closing.at_ms, closing.known_at_ms
      )
      insert into record (kind, id, document, valid_from_ms, valid_to_ms, known_from_ms)
      select ${kind}, id, document, valid_from_ms, at_ms, known_at_ms
      from closed where at_ms > valid_from_ms order by row`.execute(db);
  }
}

/** Splits changes so that no id stands twice in a part; a later change of an id is in a later part. */
function roundsOf<T extends { readonly id: string }>(changes: readonly T[]): T[][] {
  const seen = new Map<string, number>();
  const rounds: T[][] = [];
  for (const change of changes) {
    const round = seen.get(change.id) ?? 0;
    seen.set(change.id, round + 1);
    rounds[round] ??= [];
    rounds[round].push(change);
  }
  return rounds;
}

/** Ids as one parameter, however many. */
const amongIds = (ids: readonly string[]) =>
  sql<boolean>`id in (select json_array_elements_text(${JSON.stringify(ids)}::json))`;
