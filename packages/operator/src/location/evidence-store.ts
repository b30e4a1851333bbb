// SPDX-License-Identifier: MIT
import { type Decision, decisionOf } from "@perigee/authority";
import type { LocationEvidence } from "@perigee/locate";
import { sql } from "kysely";
import type { Queryable } from "../storage/database.ts";
import { addRecords, readRecords } from "../storage/records.ts";

/** Keeps evidence of verdicts under its own id: what decisions name, without a position. */
export async function keepEvidence(
  tx: Queryable,
  kept: readonly LocationEvidence[],
  nowMs: number,
): Promise<void> {
  if (kept.length === 0) return;
  // It holds of one instant, and is never the record of now.
  const records = kept.map(evidence => ({
    ...{ id: evidence.id, document: evidence, knownFromMs: nowMs },
    ...{ validFromMs: evidence.atMs, validToMs: evidence.atMs + 1 },
  }));
  await addRecords(tx, "locationVerdict", records);
}

/** Evidence by its id; `null` where there is none, or none any more. */
export async function findEvidence(db: Queryable, id: string): Promise<LocationEvidence | null> {
  const [found] = await readRecords<LocationEvidence>(db, "locationVerdict", { ids: [id] });
  return found?.document ?? null;
}

/** Terminals of which the last evidence has a contradiction: after a restart they are measured first. */
export async function lastContradicted(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select distinct on (document->>'terminalId') document->>'terminalId' as id, document->'windows' as windows
      from record where kind = 'locationVerdict' order by document->>'terminalId', row desc
    ) as latest
    where windows @> '[{"outcome": "contradicts"}]'::jsonb
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Evidence as the log names it: the verdict and why, by its id; no cell, no place. */
export function measuredLocation(evidence: LocationEvidence, nowMs: number): Decision {
  const { id, terminalId, verdict, because, windows } = evidence;
  const last = windows.at(-1);
  const by = last === undefined ? "" : ` Measured by ${last.satellites} satellites.`;
  return decisionOf({
    ...{ atMs: nowMs, subject: terminalId, action: "measure location", outcome: verdict },
    reasons: [...new Set(windows.map(({ why }) => why))],
    text: `Location of ${terminalId}: ${verdict}. ${because}${by}`,
    inputs: { evidence: id },
  });
}
