// SPDX-License-Identifier: MIT
import type { Decision } from "@perigee/authority";
import type { Json } from "@perigee/ledger";
import type { Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";
import { appendEntry } from "./ledger-store.ts";

/** A decision and where it stands in the log. */
export interface LoggedDecision extends Decision {
  readonly ledgerIndex: number;
}

/**
 * Records a decision and its ledger entry, in the transaction that makes the change it decides.
 *
 * @param tx - That transaction: no change without its entry, no entry without its change.
 */
export async function logDecision(
  tx: Queryable,
  key: SigningKey,
  decision: Decision,
): Promise<LoggedDecision> {
  const ledgerIndex = await appendEntry(
    tx,
    key,
    { kind: "decision", decision: decision as unknown as Json },
    decision.atMs,
  );
  await tx
    .insertInto("decision")
    .values({
      id: decision.id,
      at_ms: decision.atMs,
      subject: decision.subject,
      action: decision.action,
      document: JSON.stringify(decision),
      ledger_index: ledgerIndex,
    })
    .execute();
  return { ...decision, ledgerIndex };
}

/** The decisions about a subject, newest first. */
export async function decisionsAbout(
  db: Queryable,
  subject: string,
  limit: number,
): Promise<LoggedDecision[]> {
  const rows = await db
    .selectFrom("decision")
    .selectAll()
    .where("subject", "=", subject)
    .orderBy("ledger_index", "desc")
    .limit(limit)
    .execute();
  return rows.map(row => ({ ...(row.document as Decision), ledgerIndex: row.ledger_index }));
}

/** The newest admission decision of each subject, so that a restart knows what was last decided. */
export async function lastAdmissions(db: Queryable): Promise<Map<string, Decision>> {
  const rows = await db
    .selectFrom("decision")
    .select(["subject", "document"])
    .distinctOn("subject")
    .where("action", "=", "admission")
    .orderBy("subject")
    .orderBy("ledger_index", "desc")
    .execute();
  return new Map(rows.map(row => [row.subject, row.document as Decision]));
}
