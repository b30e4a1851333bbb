// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** Customers sign in like those who work here, and belong to a party. */
export const id = "006-customers";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table person add column party text`.execute(db);
}
