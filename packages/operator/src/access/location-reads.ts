// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { type Actor, decisionOf } from "@perigee/authority";
import type { Database } from "../storage/database.ts";
import type { LogDecision } from "./people.ts";

/** How somebody proved who they are. */
export type Via = "session" | "key" | "token" | "open";

/** A look at where terminals are. */
export interface LocationRead {
  readonly actor: Pick<Actor, "id">;
  readonly via: Via;
  /** What was asked, e.g. `/v1/terminals/:id`. */
  readonly route: string;
  readonly terminals: readonly string[];
  /** Why, where the reader said. */
  readonly why: string | null;
}

/** One minute of reads of the same terminals by the same person. */
export interface LocationReadRow {
  readonly row: number;
  readonly personId: string;
  readonly via: string;
  readonly minuteMs: number;
  readonly route: string;
  /** `null`: a list of {@link LocationReadRow.terminalCount}, too long to name. */
  readonly terminals: readonly string[] | null;
  readonly terminalCount: number;
  readonly why: string | null;
  readonly reads: number;
}

export interface LocationReadQuery {
  readonly personId?: string | undefined;
  /** Reads that named this terminal, and those of long lists, which may have held it. */
  readonly terminalId?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly untilMs?: number | undefined;
  /** Rows before this one, newest first: the next page. */
  readonly beforeRow?: number | undefined;
  readonly limit: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Longer lists are on record by their length. */
const MOST_NAMED = 20;

interface Counter {
  /** The row of its first read, once that is written. */
  readonly row: Promise<number>;
  reads: number;
}

/**
 * Who read where which terminals are. A minute's first read is on record before its answer leaves; the minute's others
 * are counted in memory and written when the minute is over. So polling costs a row a minute, and a crash loses at
 * most how often, never that, by whom and of what.
 */
export class LocationReads implements AsyncDisposable {
  readonly #db: Database;
  readonly #log: LogDecision;
  #minuteMs = 0;
  #counters = new Map<string, Counter>();
  #written: Promise<void> = Promise.resolve();

  constructor(db: Database, log: LogDecision) {
    this.#db = db;
    this.#log = log;
  }

  /** Records a read. The answer may leave once this resolves. */
  async note(read: LocationRead, nowMs: number): Promise<void> {
    if (read.terminals.length === 0) return;
    this.#turn(nowMs);
    const ids = [...read.terminals].sort();
    const named = ids.length <= MOST_NAMED ? JSON.stringify(ids) : null;
    const key = JSON.stringify([read.actor.id, read.via, read.route, named ?? ids.length, read.why]);
    let counter = this.#counters.get(key);
    if (counter === undefined) {
      counter = { row: this.#insert(read, named, ids.length, this.#minuteMs), reads: 1 };
      this.#counters.set(key, counter);
      counter.row.catch(() => this.#counters.delete(key));
    } else {
      counter.reads++;
    }
    await counter.row;
  }

  /** Writes how often, for what is only counted in memory so far. */
  async flush(): Promise<void> {
    const counters = [...this.#counters.values()];
    this.#counters = new Map();
    this.#written = this.#written.then(async () => {
      for (const { row, reads } of counters) {
        const id = await row.catch(() => null);
        if (id === null || reads === 1) continue;
        await this.#db.updateTable("location_read").set({ reads }).where("row", "=", id).execute();
      }
    });
    await this.#written;
  }

  async list({
    personId,
    terminalId,
    fromMs,
    untilMs,
    beforeRow,
    limit,
  }: LocationReadQuery): Promise<LocationReadRow[]> {
    let query = this.#db.selectFrom("location_read").selectAll().orderBy("row", "desc").limit(limit);
    if (personId !== undefined) query = query.where("person_id", "=", personId);
    if (fromMs !== undefined)
      query = query.where("minute_ms", ">=", Math.floor(fromMs / MINUTE_MS) * MINUTE_MS);
    if (untilMs !== undefined) query = query.where("minute_ms", "<", untilMs);
    if (beforeRow !== undefined) query = query.where("row", "<", beforeRow);
    if (terminalId !== undefined) {
      const holds = JSON.stringify([terminalId]);
      query = query.where(eb =>
        eb.or([
          eb("terminals", "is", null),
          eb(eb.cast("terminals", "jsonb"), "@>", eb.cast(eb.val(holds), "jsonb")),
        ]),
      );
    }
    return (await query.execute()).map(rowOf);
  }

  /**
   * Puts a digest of each day that is over into the ledger, once: from then on no row of that day can be changed,
   * added or taken away unnoticed.
   */
  async digestDays(nowMs: number): Promise<number> {
    this.#turn(nowMs);
    await this.#written;
    const today = Math.floor(nowMs / DAY_MS);
    const done = await this.#db
      .selectFrom("location_read_digest")
      .select("day")
      .orderBy("day", "desc")
      .limit(1)
      .executeTakeFirst();
    const rows = await this.#db
      .selectFrom("location_read")
      .selectAll()
      .where("minute_ms", "<", today * DAY_MS)
      .where("minute_ms", ">=", ((done?.day ?? -1) + 1) * DAY_MS)
      .orderBy("row")
      .execute();
    const days = Map.groupBy(rows.map(rowOf), row => Math.floor(row.minuteMs / DAY_MS));
    for (const [day, of] of [...days].sort(([a], [b]) => a - b)) {
      const digest = digestOf(of);
      const people = new Set(of.map(row => row.personId)).size;
      const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
      const decision = decisionOf({
        atMs: nowMs,
        subject: "locationReads",
        action: "digest",
        outcome: "recorded",
        reasons: [date],
        text: `On ${date}, ${people} ${people === 1 ? "person" : "people"} read positions; ${of.length} rows are on record.`,
        inputs: { day: date, rows: String(of.length), digest },
      });
      await this.#log(decision, async (tx, ledgerIndex) => {
        await tx
          .insertInto("location_read_digest")
          .values({ day, row_count: of.length, digest, ledger_index: ledgerIndex })
          .execute();
      });
    }
    return days.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
  }

  /** A new minute: what was counted in the one before is written. */
  #turn(nowMs: number): void {
    const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    if (minuteMs <= this.#minuteMs) return;
    this.#minuteMs = minuteMs;
    this.flush().catch((error: Error) =>
      process.emitWarning(`reads of positions are not counted: ${error.message}`),
    );
  }

  async #insert(read: LocationRead, named: string | null, count: number, minuteMs: number): Promise<number> {
    const { row } = await this.#db
      .insertInto("location_read")
      .values({
        person_id: read.actor.id,
        via: read.via,
        minute_ms: minuteMs,
        route: read.route,
        terminals: named,
        terminal_count: count,
        why: read.why,
        reads: 1,
      })
      .returning("row")
      .executeTakeFirstOrThrow();
    return row;
  }
}

/** Hex SHA-256 over the rows in order, one JSON array a line: anyone with the rows can make it again. */
export function digestOf(rows: readonly LocationReadRow[]): string {
  const hash = createHash("sha256");
  for (const { row, personId, via, minuteMs, route, terminals, terminalCount, why, reads } of rows) {
    hash.update(
      `${JSON.stringify([row, personId, via, minuteMs, route, terminals, terminalCount, why, reads])}\n`,
    );
  }
  return hash.digest("hex");
}

interface StoredRow {
  row: number;
  person_id: string;
  via: string;
  minute_ms: number;
  route: string;
  terminals: unknown;
  terminal_count: number;
  why: string | null;
  reads: number;
}

const rowOf = (row: StoredRow): LocationReadRow => ({
  row: row.row,
  personId: row.person_id,
  via: row.via,
  minuteMs: row.minute_ms,
  route: row.route,
  terminals: row.terminals as string[] | null,
  terminalCount: row.terminal_count,
  why: row.why,
  reads: row.reads,
});
