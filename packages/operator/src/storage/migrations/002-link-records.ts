// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** What terminals' links were, slot by slot: for looking back a day, not a record of decisions. */
export const id = "002-link-records";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table link_record (
      terminal_id text not null,
      slot bigint not null,
      reason text not null,
      link jsonb,
      primary key (terminal_id, slot)
    )`.execute(db);
  await sql`create index on link_record (slot)`.execute(db);
}
