// SPDX-License-Identifier: MIT
import { decisionOf } from "@perigee/authority";
import type { LogDecision } from "../access/people.ts";
import type { Database, Queryable } from "../storage/database.ts";
import { type PurgeJob, purgeJobs } from "./purge-jobs.ts";

const dayMs = 86_400_000;
/** Rows of one kind that one run forgets; the rest waits for the next one, so that nobody waits for the rows. */
const MOST_ROWS = 20_000;

/** What a run of the keeper forgot, by kind; kinds of which nothing was due are left out. */
export type Forgotten = { readonly [kind: string]: number };

/**
 * Forgets what is past its time, by the rules of `retentionRules`: once a day, kind by kind, and while something is left of a
 * kind again at the next call. What went is one decision for each kind, in the transaction in which it goes: how many rows, and
 * by which rule; never whose.
 */
export class Keeper {
  readonly #db: Database;
  readonly #log: LogDecision;
  readonly #jobs: readonly PurgeJob[];
  readonly #mostRows: number;
  /** Day of each kind's last complete run. */
  readonly #doneOn = new Map<string, number>();

  /** @param mostRows - Rows of one kind that one run forgets. */
  constructor(db: Database, log: LogDecision, mostRows: number = MOST_ROWS, jobs = purgeJobs) {
    this.#db = db;
    this.#log = log;
    this.#jobs = jobs;
    this.#mostRows = mostRows;
  }

  /** Forgets what is due at an instant, UTC ms. */
  async run(nowMs: number): Promise<Forgotten> {
    const forgotten: Record<string, number> = {};
    const today = Math.floor(nowMs / dayMs);
    for (const job of this.#jobs) {
      if (this.#doneOn.get(job.kind) === today) continue;
      const count = await this.#runJob(job, nowMs);
      if (count > 0) forgotten[job.kind] = count;
      if (count < this.#mostRows) this.#doneOn.set(job.kind, today);
    }
    return forgotten;
  }

  async #runJob(job: PurgeJob, nowMs: number): Promise<number> {
    const beforeMs = nowMs - job.days * dayMs;
    const due = await job.count(this.#db, beforeMs, this.#mostRows);
    if (due === 0) return 0;
    const day = new Date(beforeMs).toISOString().slice(0, 10);
    const decision = decisionOf({
      atMs: nowMs,
      subject: `retention:${job.kind}`,
      action: "forget",
      outcome: "forgotten",
      reasons: [job.why],
      text: `${due} ${due === 1 ? "row" : "rows"} of ${job.kind} from before ${day} are past ${job.days} days and are forgotten.`,
      inputs: { kind: job.kind, rows: String(due), beforeMs: String(beforeMs) },
    });
    let gone = 0;
    await this.#log(decision, async (tx: Queryable) => {
      gone = await job.purge(tx, beforeMs, due);
      // Only this process removes rows, and what is due stays due: another number means that the count was of something else.
      if (gone !== due) throw new Error(`${due} rows of ${job.kind} were to go and ${gone} would have gone`);
    });
    return gone;
  }
}
