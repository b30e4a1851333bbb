// SPDX-License-Identifier: MIT
import {
  type CarriedCommand,
  contentHash,
  type Decision,
  keptRequest,
  type LedgerDecision,
} from "@perigee/authority";
import { canonicalJson, type Json } from "@perigee/ledger";
import { sql } from "kysely";
import type { Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";
import { appendEntries } from "./ledger-store.ts";

/** A decision and where it stands in the log. */
export interface LoggedDecision extends Decision {
  readonly ledgerIndex: number;
}

/** Rows of one statement. */
const ROWS_AT_ONCE = 5_000;

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
  return (await logDecisions(tx, key, [decision]))[0]!;
}

/**
 * Records decisions that are made together, in their order: one entry each, one signed head over all of them.
 *
 * @param tx - The transaction that makes the changes they decide.
 */
export async function logDecisions(
  tx: Queryable,
  key: SigningKey,
  decisions: readonly Decision[],
): Promise<LoggedDecision[]> {
  return await log(
    tx,
    key,
    decisions.map(decision => ({ decision })),
  );
}

/** A command that was carried out, with its request. */
export type CarriedRequest = Omit<CarriedCommand, "requestHash"> & { readonly request: unknown };

/**
 * Records the decisions of a ruling. The first entry says which command led to them; its request is kept apart, under the
 * hash of what remains of it when personal data are erased.
 *
 * @param tx - The transaction that makes the changes they decide.
 */
export async function logRuling(
  tx: Queryable,
  key: SigningKey,
  decisions: readonly Decision[],
  { request, ...carried }: CarriedRequest,
): Promise<LoggedDecision[]> {
  const requestHash = contentHash(keptRequest(request));
  await tx
    .insertInto("command_request")
    .values({ hash: requestHash, body: canonicalJson(request as Json) })
    .onConflict(conflict => conflict.column("hash").doNothing())
    .execute();
  const ruling = { ...carried, requestHash, decisions: decisions.length };
  return await log(
    tx,
    key,
    decisions.map((decision, i) => (i === 0 ? { decision, ruling } : { decision })),
  );
}

async function log(
  tx: Queryable,
  key: SigningKey,
  made: readonly LedgerDecision[],
): Promise<LoggedDecision[]> {
  if (made.length === 0) return [];
  const firstIndex = await appendEntries(
    tx,
    key,
    made.map(entry => ({ kind: "decision", ...entry }) as unknown as Json),
    made.reduce((latest, { decision }) => Math.max(latest, decision.atMs), made[0]!.decision.atMs),
  );
  for (let from = 0; from < made.length; from += ROWS_AT_ONCE) {
    const rows = made.slice(from, from + ROWS_AT_ONCE).map(({ decision }, i) => ({
      id: decision.id,
      at_ms: decision.atMs,
      subject: decision.subject,
      action: decision.action,
      document: decision,
      ledger_index: firstIndex + from + i,
    }));
    await sql`
      insert into decision (id, at_ms, subject, action, document, ledger_index)
      select id, at_ms, subject, action, document, ledger_index
      from json_to_recordset(${JSON.stringify(rows)}::json) as made(
        id text, at_ms bigint, subject text, action text, document jsonb, ledger_index bigint
      )`.execute(tx);
  }
  return made.map(({ decision }, i) => ({ ...decision, ledgerIndex: firstIndex + i }));
}

/** Where the decision of each order stands in the log. */
export async function ledgerIndexOfOrders(
  db: Queryable,
  terminalId: string | null,
): Promise<Map<string, number>> {
  const orderId = sql<string>`document->>'orderId'`;
  let query = db
    .selectFrom("decision")
    .select([orderId.as("order_id"), "ledger_index"])
    .where(orderId, "is not", null)
    .orderBy("ledger_index", "desc");
  if (terminalId !== null) query = query.where("subject", "=", terminalId);
  // The earliest decision that names an order is the one that made it.
  return new Map((await query.execute()).map(row => [row.order_id, row.ledger_index]));
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
