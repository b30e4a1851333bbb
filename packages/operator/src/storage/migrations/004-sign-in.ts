// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** People, their accounts and sessions, their keys, and who read where terminals are. */
export const id = "004-sign-in";

export async function up(db: Kysely<never>): Promise<void> {
  // The first four are also better-auth's: it writes instants as timestamptz and names its columns itself.
  await sql`
    create table person (
      id text primary key,
      name text not null,
      email text not null unique,
      email_verified boolean not null default false,
      image text,
      roles jsonb not null default '[]',
      created_at timestamptz not null,
      updated_at timestamptz not null,
      ended_at_ms bigint
    )`.execute(db);
  await sql`
    create table person_session (
      id text primary key,
      person_id text not null references person (id) on delete cascade,
      token text not null unique,
      expires_at timestamptz not null,
      address text,
      agent text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db);
  await sql`create index on person_session (person_id)`.execute(db);
  await sql`
    create table person_account (
      id text primary key,
      person_id text not null references person (id) on delete cascade,
      account_id text not null,
      provider_id text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db);
  await sql`create index on person_account (person_id)`.execute(db);
  await sql`
    create table person_verification (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db);
  await sql`create index on person_verification (identifier)`.execute(db);
  await sql`
    create table api_key (
      id text primary key,
      person_id text not null references person (id) on delete cascade,
      label text not null,
      secret_hash text not null,
      roles jsonb not null,
      made_at_ms bigint not null,
      expires_at_ms bigint not null,
      revoked_at_ms bigint,
      used_at_ms bigint
    )`.execute(db);
  await sql`create index on api_key (person_id)`.execute(db);
  // No reference to person: what was read stays on record whatever becomes of the reader.
  await sql`
    create table location_read (
      row bigint generated always as identity primary key,
      person_id text not null,
      via text not null,
      minute_ms bigint not null,
      route text not null,
      terminals jsonb,
      terminal_count bigint not null,
      why text,
      reads bigint not null
    )`.execute(db);
  await sql`create index on location_read (minute_ms)`.execute(db);
  await sql`create index on location_read (person_id, minute_ms)`.execute(db);
  await sql`
    create table location_read_digest (
      day bigint primary key,
      row_count bigint not null,
      digest text not null,
      ledger_index bigint not null
    )`.execute(db);
}
