// SPDX-License-Identifier: MIT
import type { AdmissionFacts, Decision } from "@perigee/authority";
import { sql } from "kysely";
import type { Queryable } from "./database.ts";

/** Keeps what admissions were decided upon, in the transaction that logs them. */
export async function keepFacts(
  tx: Queryable,
  kept: readonly { readonly decision: Decision; readonly facts: AdmissionFacts }[],
): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map(({ decision, facts }) => ({ decision_id: decision.id, at_ms: decision.atMs, facts }));
  await sql`
    insert into admission_facts (decision_id, at_ms, facts)
    select decision_id, at_ms, facts
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as kept(decision_id text, at_ms bigint, facts jsonb)
    on conflict (decision_id) do nothing`.execute(tx);
}

/** The facts of admissions, by decision. */
export async function readFacts(
  db: Queryable,
  decisionIds: readonly string[],
): Promise<Map<string, AdmissionFacts>> {
  const rows = await db
    .selectFrom("admission_facts")
    .select(["decision_id", "facts"])
    .where("decision_id", "in", [...decisionIds, ""])
    .execute();
  return new Map(rows.map(row => [row.decision_id, row.facts as AdmissionFacts]));
}

/** Forgets facts that are older than they are kept for. @returns How many went. */
export async function purgeFacts(db: Queryable, beforeMs: number): Promise<number> {
  const gone = await db.deleteFrom("admission_facts").where("at_ms", "<", beforeMs).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
