// SPDX-License-Identifier: MIT
import {
  canonicalJson,
  type Json,
  leafHash,
  MAX_ENTRY_BYTES,
  type SignedHead,
  signHead,
  toHex,
} from "@perigee/ledger";
import { sql } from "kysely";
import type { Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";
import { edgeAt, frontierJson, rememberEdge } from "./ledger-edge.ts";

/** One entry as it stands in the log. */
export interface StoredEntry {
  readonly index: number;
  /** Canonical JSON: its UTF-8 bytes are the leaf. */
  readonly body: string;
  readonly leafHash: string;
}

/** Rows of one statement. They travel as one JSON text, so no limit of parameters is near. */
const ROWS_AT_ONCE = 5_000;

/** Number of the advisory lock under which entries are appended: the bytes of "ledger". */
const APPEND_LOCK = "119182731994482";

/** {@link appendEntries} for one. @returns The entry's index. */
export async function appendEntry(
  tx: Queryable,
  key: SigningKey,
  entry: Json,
  atMs: number,
): Promise<number> {
  return await appendEntries(tx, key, [entry], atMs);
}

/**
 * Appends entries and signs the new head over all of them, inside the caller's transaction: either the changes and their
 * entries exist, or none of them does.
 *
 * @param tx - The transaction that makes the changes. Appends wait for each other until their transactions end; one that
 *   builds on an older head all the same fails on the entry's primary key, and its whole transaction with it.
 * @param entries - At least one; each at most 65,535 bytes of canonical JSON, which is what an entry bundle can carry.
 * @param atMs - UTC milliseconds of the head; a head is never dated before the one it builds on.
 * @returns The first entry's index; the others follow it.
 */
export async function appendEntries(
  tx: Queryable,
  key: SigningKey,
  entries: readonly Json[],
  atMs: number,
): Promise<number> {
  if (entries.length === 0) throw new RangeError("A head is signed over at least one new entry.");
  await sql`select pg_advisory_xact_lock(${APPEND_LOCK}::bigint)`.execute(tx);
  const last = await tx
    .selectFrom("ledger_head")
    .select(["size", "root", "at_ms", "frontier"])
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  const edge = await edgeAt(tx, last);
  const firstIndex = edge.size;
  const rows = entries.map((entry, i) => {
    const body = canonicalJson(entry);
    const bytes = Buffer.from(body, "utf8");
    if (bytes.byteLength > MAX_ENTRY_BYTES) {
      throw new RangeError(`A ledger entry has at most ${MAX_ENTRY_BYTES} bytes, not ${bytes.byteLength}.`);
    }
    const hash = leafHash(bytes);
    edge.append(hash);
    return { index: firstIndex + i, body, leaf_hash: toHex(hash) };
  });
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await sql`
      insert into ledger_entry (index, body, leaf_hash)
      select index, body, leaf_hash
      from json_to_recordset(${JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))}::json)
        as added(index bigint, body text, leaf_hash text)`.execute(tx);
  }
  const tiles = edge.takeFull();
  if (tiles.length > 0) await tx.insertInto("ledger_tile").values(tiles).execute();
  const head = signHead(
    { size: edge.size, root: toHex(edge.root()), atMs: Math.max(atMs, last?.at_ms ?? atMs) },
    key.privateKey,
  );
  await tx
    .insertInto("ledger_head")
    .values({
      size: head.size,
      root: head.root,
      at_ms: head.atMs,
      key_id: head.keyId,
      signature: head.signature,
      frontier: JSON.stringify(frontierJson(edge)),
    })
    .execute();
  rememberEdge(edge);
  return firstIndex;
}

/** The newest signed head, or `null` while the log is empty. */
export async function newestHead(db: Queryable): Promise<SignedHead | null> {
  const row = await db
    .selectFrom("ledger_head")
    .selectAll()
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? headOf(row) : null;
}

/** The signed head of a size; `null` where no batch ended there. */
export async function headOfSize(db: Queryable, size: number): Promise<SignedHead | null> {
  const row = await db.selectFrom("ledger_head").selectAll().where("size", "=", size).executeTakeFirst();
  return row ? headOf(row) : null;
}

/** Signed heads above a size, oldest first. */
export async function readHeads(
  db: Queryable,
  above = 0,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<SignedHead[]> {
  const rows = await db
    .selectFrom("ledger_head")
    .selectAll()
    .where("size", ">", above)
    .orderBy("size")
    .limit(limit)
    .execute();
  return rows.map(headOf);
}

/** A run of entries, in order. */
export async function readEntries(db: Queryable, from: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db
    .selectFrom("ledger_entry")
    .selectAll()
    .where("index", ">=", from)
    .orderBy("index")
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

/** The entries that decide about a subject, from an index on, in order. */
export async function readEntriesAbout(
  db: Queryable,
  subject: string,
  from: number,
  limit: number,
): Promise<StoredEntry[]> {
  const rows = await db
    .selectFrom("ledger_entry")
    .innerJoin("decision", "decision.ledger_index", "ledger_entry.index")
    .selectAll("ledger_entry")
    .where("decision.subject", "=", subject)
    .where("ledger_entry.index", ">=", from)
    .orderBy("ledger_entry.index")
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

/** The entries at some indexes, in order. */
export async function readEntriesAt(db: Queryable, indexes: readonly number[]): Promise<StoredEntry[]> {
  if (indexes.length === 0) return [];
  const rows = await db
    .selectFrom("ledger_entry")
    .selectAll()
    .where("index", "in", [...indexes])
    .orderBy("index")
    .execute();
  return rows.map(entryOf);
}

const entryOf = (row: { index: number; body: string; leaf_hash: string }): StoredEntry => ({
  index: row.index,
  body: row.body,
  leafHash: row.leaf_hash,
});

function headOf(row: {
  size: number;
  root: string;
  at_ms: number;
  key_id: string;
  signature: string;
}): SignedHead {
  return { size: row.size, root: row.root, atMs: row.at_ms, keyId: row.key_id, signature: row.signature };
}
