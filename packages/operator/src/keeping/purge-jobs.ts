// SPDX-License-Identifier: MIT
import { type RecordKind, retentionRules } from "@perigee/authority";
import { type RawBuilder, sql } from "kysely";
import type { Queryable } from "../storage/database.ts";

/** One kind of thing that is forgotten when its days are over. */
export interface PurgeJob {
  readonly kind: string;
  readonly days: number;
  /** The rule's reason for keeping it so long. */
  readonly why: string;
  /** Rows from before an instant, UTC ms; at most `most`. */
  count(db: Queryable, beforeMs: number, most: number): Promise<number>;
  /** Forgets as many of them, the oldest first. @returns how many went. */
  purge(tx: Queryable, beforeMs: number, most: number): Promise<number>;
}

/** Rows of a table: their key, what orders them by age, and which are due. */
interface Rows {
  readonly table: string;
  readonly key: RawBuilder<unknown>;
  readonly age: RawBuilder<unknown>;
  due(beforeMs: number): RawBuilder<unknown>;
}

function jobOf(kind: string, { days, why }: { days: number | null; why: string }, rows: Rows): PurgeJob {
  if (days === null) throw new Error(`${kind} is kept always`);
  const chosen = (beforeMs: number, most: number): RawBuilder<unknown> => sql`
    select ${rows.key} as key from ${sql.table(rows.table)}
    where ${rows.due(beforeMs)} order by ${rows.age} limit ${most}`;
  return {
    ...{ kind, days, why },
    count: async (db, beforeMs, most) => {
      const { rows: found } = await sql<{ count: number }>`
        select count(*) as count from (${chosen(beforeMs, most)}) as due`.execute(db);
      return Number(found[0]!.count);
    },
    purge: async (tx, beforeMs, most) => {
      const { numAffectedRows } = await sql`
        delete from ${sql.table(rows.table)}
        where ${rows.key} in (select key from (${chosen(beforeMs, most)}) as due)`.execute(tx);
      return Number(numAffectedRows ?? 0n);
    },
  };
}

const byRow = { key: sql`row`, age: sql`row` };

/**
 * Versions of records that are no longer believed, or hold no longer, since an instant. What holds now is never touched: a
 * party or an account ends by a command, with its reasons. Kinds whose rule says "always" have no job: a replay, a chain of
 * custody and the answer to "as of" need every version.
 */
function oldVersions(kind: RecordKind): PurgeJob {
  return jobOf(kind, retentionRules[kind], {
    table: "record",
    ...byRow,
    due: beforeMs => sql`kind = ${kind} and known_to_ms <= ${beforeMs}`,
  });
}

const bookKinds = Object.keys(retentionRules).filter(
  (kind): kind is RecordKind =>
    !["rawPosition", "locationVerdict", "decision", "readAudit", "telemetry", "session"].includes(kind),
);

/**
 * Everything that is forgotten by itself. Raw positions need no job: none is stored, they end with the next report or the
 * process. Links of terminals are kept for a day and forgotten as new ones come, by `LinkRecords`.
 */
export const purgeJobs: readonly PurgeJob[] = [
  jobOf("stay", retentionRules.locationVerdict, {
    table: "record",
    ...byRow,
    // The evidence of verdicts lies beside them and is kept as long.
    due: beforeMs => sql`kind in ('stay', 'locationVerdict') and valid_to_ms <= ${beforeMs}`,
  }),
  jobOf("locationVerdict", retentionRules.locationVerdict, {
    table: "admission_facts",
    key: sql`decision_id`,
    age: sql`at_ms, decision_id`,
    due: beforeMs => sql`at_ms < ${beforeMs}`,
  }),
  jobOf("readAudit", retentionRules.readAudit, {
    table: "location_read",
    ...byRow,
    // Only days that have their digest in the ledger: from it anybody sees that there were rows, and how many.
    due: beforeMs => sql`minute_ms < ${beforeMs}
      and minute_ms < (select (coalesce(max(day), -1) + 1) * 86400000 from location_read_digest)`,
  }),
  jobOf("session", retentionRules.session, {
    table: "person_session",
    key: sql`id`,
    age: sql`expires_at, id`,
    due: beforeMs => sql`expires_at < ${new Date(beforeMs)}`,
  }),
];

/**
 * Replaced versions of records about people. Not among {@link purgeJobs}: their rules count from the end of a relationship or
 * case, which a version does not say, and a replay from the origin needs the versions of that instant.
 */
export const versionJobs: readonly PurgeJob[] = bookKinds
  .filter(kind => retentionRules[kind].days !== null)
  .map(oldVersions);
