// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** Programs that speak for customers' accounts, their secrets, and what was answered under an idempotency key. */
export const id = "008-fleet";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table service_account (
      client_id text primary key,
      account_id text not null,
      name text not null,
      permissions jsonb not null,
      made_at_ms bigint not null,
      disabled_at_ms bigint
    )`.execute(db);
  await sql`create index on service_account (account_id)`.execute(db);
  await sql`
    create table service_secret (
      id text primary key,
      client_id text not null references service_account,
      secret_hash text not null,
      made_at_ms bigint not null,
      expires_at_ms bigint,
      revoked_at_ms bigint
    )`.execute(db);
  await sql`create index on service_secret (client_id)`.execute(db);
  await sql`
    create table fleet_answer (
      key_hash text primary key,
      fingerprint text not null,
      status integer not null,
      body bytea not null,
      at_ms bigint not null
    )`.execute(db);
  await sql`create index on fleet_answer (at_ms)`.execute(db);
}
