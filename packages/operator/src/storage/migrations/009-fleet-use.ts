// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** What accounts buy and pay, what they used, how far their programs have read, and whom to tell about it. */
export const id = "009-fleet-use";

export async function up(db: Kysely<never>): Promise<void> {
  // Rows are added, never changed: a bill is worked out from them again and again.
  await sql`
    create table account_event (
      row bigint generated always as identity primary key,
      account_id text not null,
      at_ms bigint not null,
      document jsonb not null,
      ledger_index bigint not null
    )`.execute(db);
  await sql`create index on account_event (account_id, row)`.execute(db);
  await sql`
    create trigger only_added before update or delete on account_event
    for each row execute function refuse_change()`.execute(db);
  // A day of a line once it is over: telemetry goes after a while, what a bill rests on stays.
  await sql`
    create table metered_day (
      line_id text not null,
      day_ms bigint not null,
      down_bytes bigint not null,
      up_bytes bigint not null,
      primary key (line_id, day_ms)
    )`.execute(db);
  await sql`
    create table telemetry_reader (
      client_id text not null,
      account_id text not null,
      position text not null,
      at_ms bigint not null,
      primary key (client_id, account_id)
    )`.execute(db);
  await sql`
    create table webhook (
      id text primary key,
      account_id text not null,
      url text not null,
      secret text not null,
      events jsonb not null,
      made_at_ms bigint not null,
      ended_at_ms bigint
    )`.execute(db);
  await sql`
    create table webhook_message (
      row bigint generated always as identity primary key,
      webhook_id text not null references webhook (id),
      message_id text not null,
      lane text not null,
      body text not null,
      at_ms bigint not null,
      attempts int not null default 0,
      next_ms bigint not null,
      last_answer text,
      done_ms bigint,
      given_up boolean not null default false
    )`.execute(db);
  await sql`create index on webhook_message (next_ms) where done_ms is null`.execute(db);
  await sql`create index on webhook_message (webhook_id, row)`.execute(db);
}
