// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** The first schema: bitemporal records, decisions, the ledger and element sets. */
export const id = "001-records";

const bitemporal = ["party", "account", "terminal", "statement", "policy", "order_record", "country_stay"];

export async function up(db: Kysely<never>): Promise<void> {
  for (const table of bitemporal) {
    await sql`
      create table ${sql.table(table)} (
        row bigint generated always as identity primary key,
        id text not null,
        document jsonb not null,
        valid_from_ms bigint not null,
        valid_to_ms bigint,
        known_from_ms bigint not null,
        known_to_ms bigint,
        check (valid_to_ms is null or valid_to_ms > valid_from_ms),
        check (known_to_ms is null or known_to_ms >= known_from_ms)
      )`.execute(db);
    await sql`create index on ${sql.table(table)} (id, known_from_ms)`.execute(db);
    await sql`create index on ${sql.table(table)} (known_to_ms) where known_to_ms is null`.execute(db);
  }
  await sql`
    create table decision (
      id text primary key,
      at_ms bigint not null,
      subject text not null,
      action text not null,
      document jsonb not null,
      ledger_index bigint not null unique
    )`.execute(db);
  await sql`create index on decision (subject, at_ms)`.execute(db);
  // Text, not jsonb: jsonb re-orders keys and re-writes numbers, and the leaf is these very bytes.
  await sql`
    create table ledger_entry (
      index bigint primary key,
      body text not null,
      leaf_hash text not null
    )`.execute(db);
  await sql`
    create table ledger_head (
      size bigint primary key,
      root text not null,
      at_ms bigint not null,
      key_id text not null,
      signature text not null,
      frontier jsonb not null
    )`.execute(db);
  await sql`
    create table element_set (
      checksum text primary key,
      source text not null,
      body text not null,
      loaded_at_ms bigint not null,
      ledger_index bigint not null
    )`.execute(db);
  await sql`create table setting (key text primary key, value text not null)`.execute(db);
}
