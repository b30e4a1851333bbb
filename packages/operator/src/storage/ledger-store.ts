// SPDX-License-Identifier: MIT
import {
  canonicalJson,
  Frontier,
  type FrontierJson,
  type Json,
  type LogReport,
  leafHash,
  type SignedHead,
  signHead,
  verifyLog,
} from "@perigee/ledger";
import type { Database, Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";

/** One entry as it stands in the log. */
export interface StoredEntry {
  readonly index: number;
  /** Canonical JSON: its UTF-8 bytes are the leaf. */
  readonly body: string;
  readonly leafHash: string;
}

/**
 * Appends an entry and signs the new head, inside the caller's transaction: either the change and its entry exist, or
 * neither does.
 *
 * @param tx - The transaction that makes the change. Appends are serialised by the head they build on: of two
 *   concurrent ones, the later fails on the entry's primary key and its whole transaction with it.
 * @returns The entry's index.
 */
export async function appendEntry(
  tx: Queryable,
  key: SigningKey,
  entry: Json,
  atMs: number,
): Promise<number> {
  const last = await tx
    .selectFrom("ledger_head")
    .select("frontier")
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  const frontier = last ? restored(last.frontier) : new Frontier();
  const index = frontier.size;
  const body = canonicalJson(entry);
  const hash = leafHash(Buffer.from(body, "utf8"));
  frontier.append(hash);
  const head = signHead(
    { size: frontier.size, root: Buffer.from(frontier.root()).toString("hex"), atMs },
    key.privateKey,
  );
  await tx
    .insertInto("ledger_entry")
    .values({ index, body, leaf_hash: Buffer.from(hash).toString("hex") })
    .execute();
  await tx
    .insertInto("ledger_head")
    .values({
      size: head.size,
      root: head.root,
      at_ms: head.atMs,
      key_id: head.keyId,
      signature: head.signature,
      frontier: JSON.stringify(frontier.toJSON()),
    })
    .execute();
  return index;
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

/** Every signed head, oldest first. */
export async function readHeads(db: Queryable): Promise<SignedHead[]> {
  return (await db.selectFrom("ledger_head").selectAll().orderBy("size").execute()).map(headOf);
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
  return rows.map(row => ({ index: row.index, body: row.body, leafHash: row.leaf_hash }));
}

/** All leaf hashes in order, for proofs. */
export async function readLeafHashes(db: Queryable): Promise<Uint8Array[]> {
  const rows = await db.selectFrom("ledger_entry").select("leaf_hash").orderBy("index").execute();
  return rows.map(row => Buffer.from(row.leaf_hash, "hex"));
}

/** Recomputes the whole log from its bytes and checks every signed head. */
export async function verifyStoredLog(db: Database, key: SigningKey): Promise<LogReport> {
  const entries = await readEntries(db, 0, Number.MAX_SAFE_INTEGER);
  return verifyLog(
    entries.map(e => ({
      index: e.index,
      bytes: Buffer.from(e.body, "utf8"),
      leafHash: Buffer.from(e.leafHash, "hex"),
    })),
    await readHeads(db),
    key.publicKey,
  );
}

/** The frontier as this store wrote it; anything else is a damaged store, which no caller can mend. */
function restored(json: unknown): Frontier {
  const frontier = Frontier.fromJSON(json as FrontierJson);
  if (!frontier.ok) throw new Error(`the ledger's newest head is damaged: ${frontier.error.message}`);
  return frontier.value;
}

function headOf(row: {
  size: number;
  root: string;
  at_ms: number;
  key_id: string;
  signature: string;
}): SignedHead {
  return { size: row.size, root: row.root, atMs: row.at_ms, keyId: row.key_id, signature: row.signature };
}
