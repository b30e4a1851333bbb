// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** Evidentiary copies and who read them: rows are added, and the database refuses the rest. */
export const id = "007-evidence";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table evidence_copy (
      sha256 text primary key,
      bytes bytea not null,
      stored_at_ms bigint not null
    )`.execute(db);
  await sql`
    create table evidence_read (
      row bigint generated always as identity primary key,
      evidence_id text not null,
      person_id text not null,
      via text not null,
      at_ms bigint not null,
      why text,
      outcome text not null
    )`.execute(db);
  await sql`create index on evidence_read (evidence_id)`.execute(db);
  await sql`create index on evidence_read (person_id)`.execute(db);
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'Rows of % are added, never changed or deleted.', tg_table_name
        using errcode = 'integrity_constraint_violation';
    end
    $$`.execute(db);
  for (const table of ["evidence_copy", "evidence_read"]) {
    await sql`
      create trigger only_added before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db);
  }
}
