// SPDX-License-Identifier: MIT

import type { Database } from "../../storage/database.ts";
import type { BillingClock } from "../billing/billing-clock.ts";
import { type Cycle, dayMs, daysIn } from "../billing/cycle.ts";
import type { LineStory } from "../billing/story.ts";
import type { Usage, UsagePort } from "../ports.ts";

/** How long after its end a day may still get rows: the slot that ran at midnight and what was being written. */
const DAY_IS_IN_MS = 60_000;

/**
 * What lines used, by UTC day of billing time: what the terminals on them carried while they were on them. A day that is
 * over is read from telemetry once and kept, so that bills stay as they were when telemetry has gone.
 */
export class Meter {
  readonly #db: Database;
  readonly #time: BillingClock;
  readonly #port: () => UsagePort | null;

  constructor(db: Database, time: BillingClock, port: () => UsagePort | null) {
    this.#db = db;
    this.#time = time;
    this.#port = port;
  }

  /** Bytes of a line in both directions, per day of a cycle up to now; days to come are not in it. */
  async days(line: LineStory, cycle: Cycle): Promise<Usage[]> {
    const nowMs = this.#time.nowMs();
    const kept = await this.#kept(line.lineId, cycle);
    const days: Usage[] = [];
    for (let day = 0; day < daysIn(cycle); day++) {
      const fromMs = cycle.fromMs + day * dayMs;
      if (fromMs > nowMs) break;
      const known = kept.get(fromMs);
      days.push(known ?? (await this.#read(line, fromMs, Math.min(fromMs + dayMs, nowMs))));
      if (known === undefined && fromMs + dayMs + DAY_IS_IN_MS <= nowMs && this.#port() !== null) {
        await this.#keep(line.lineId, fromMs, days[day]!);
      }
    }
    return days;
  }

  async #kept(lineId: string, cycle: Cycle): Promise<Map<number, Usage>> {
    const rows = await this.#db
      .selectFrom("metered_day")
      .select(["day_ms", "down_bytes", "up_bytes"])
      .where("line_id", "=", lineId)
      .where("day_ms", ">=", cycle.fromMs)
      .where("day_ms", "<", cycle.untilMs)
      .execute();
    return new Map(rows.map(row => [row.day_ms, { downBytes: row.down_bytes, upBytes: row.up_bytes }]));
  }

  async #keep(lineId: string, dayStartMs: number, { downBytes, upBytes }: Usage): Promise<void> {
    await this.#db
      .insertInto("metered_day")
      .values({ line_id: lineId, day_ms: dayStartMs, down_bytes: downBytes, up_bytes: upBytes })
      .onConflict(conflict => conflict.columns(["line_id", "day_ms"]).doNothing())
      .execute();
  }

  async #read(line: LineStory, fromMs: number, untilMs: number): Promise<Usage> {
    const port = this.#port();
    let downBytes = 0;
    let upBytes = 0;
    for (const phase of line.phases) {
      if (port === null || phase.terminalId === null) continue;
      const from = this.#time.real(Math.max(fromMs, phase.fromMs));
      const until = this.#time.real(Math.min(untilMs, phase.untilMs ?? untilMs));
      if (from >= until) continue;
      const used = await port.usage(phase.terminalId, from, until);
      downBytes += used.downBytes;
      upBytes += used.upBytes;
    }
    return { downBytes, upBytes };
  }
}
