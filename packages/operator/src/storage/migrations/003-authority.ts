// SPDX-License-Identifier: MIT
import { TileEdge } from "@perigee/ledger";
import { type Kysely, sql } from "kysely";

/**
 * One table for everything that is known of the world, and the ledger's tree as tiles. The seven tables of before
 * differed in their names only; a new kind of record now needs no new table.
 */
export const id = "003-authority";

/** Old table and the kind that its records become, in the order in which they are copied. */
const moved = [
  ["party", "party"],
  ["account", "account"],
  ["terminal", "terminal"],
  ["statement", "statement"],
  ["policy", "policy"],
  ["order_record", "order"],
  ["country_stay", "stay"],
] as const;

/** Entries hashed between two reads. */
const PAGE = 10_000;

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table record (
      row bigint generated always as identity primary key,
      kind text not null,
      id text not null,
      document jsonb not null,
      valid_from_ms bigint not null,
      valid_to_ms bigint,
      known_from_ms bigint not null,
      known_to_ms bigint,
      check (valid_to_ms is null or valid_to_ms > valid_from_ms),
      check (known_to_ms is null or known_to_ms >= known_from_ms)
    )`.execute(db);
  for (const [table, kind] of moved) {
    await sql`
      insert into record (kind, id, document, valid_from_ms, valid_to_ms, known_from_ms, known_to_ms)
      select ${kind}, id, document, valid_from_ms, valid_to_ms, known_from_ms, known_to_ms
      from ${sql.table(table)} order by row`.execute(db);
    await sql`drop table ${sql.table(table)}`.execute(db);
  }
  // What is believed now is asked for all day long; what was believed once, by an auditor.
  await sql`create index record_now on record (kind, id) where known_to_ms is null`.execute(db);
  await sql`create index record_history on record (kind, id, known_from_ms)`.execute(db);

  // Full tiles only: a tile is written once and never again, so that the embedded database gathers no dead rows.
  await sql`
    create table ledger_tile (
      level smallint not null,
      index bigint not null,
      nodes bytea not null,
      root bytea not null,
      primary key (level, index)
    )`.execute(db);
  // The bytes are hashes: trying to compress them is time spent for nothing.
  await sql`alter table ledger_tile alter column nodes set storage external`.execute(db);
  await sql`
    create table cosignature (
      size bigint not null,
      witness text not null,
      at_ms bigint not null,
      line text not null,
      primary key (size, witness)
    )`.execute(db);
  await tileOldEntries(db);
}

/** The tiles of a log that was written before there were tiles. */
async function tileOldEntries(db: Kysely<never>): Promise<void> {
  const edge = new TileEdge();
  for (;;) {
    const { rows } = await sql<{ leaf_hash: string }>`
      select leaf_hash from ledger_entry where index >= ${edge.size} order by index limit ${PAGE}`.execute(
      db,
    );
    if (rows.length === 0) return;
    for (const row of rows) edge.append(Buffer.from(row.leaf_hash, "hex"));
    for (const { level, index, nodes, root } of edge.takeFull()) {
      await sql`
        insert into ledger_tile (level, index, nodes, root)
        values (${level}, ${index}, ${nodes}, ${root})`.execute(db);
    }
  }
}
