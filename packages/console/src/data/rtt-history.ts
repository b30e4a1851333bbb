// SPDX-License-Identifier: MIT
import type { Link, Status, TerminalRow } from "@perigee/operator/contract";
import { createStore } from "./external-store.ts";

/** The round trip of one terminal during one slot. */
export interface RttSample {
  readonly slot: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly satellite: string;
  readonly medianMs: number;
  /**
   * Floor at the slot's start, middle and end; `null` where only the table row was seen. It moves within the slot with
   * the path: twice the change of the one-way delay.
   */
  readonly floorMs: readonly [number, number, number] | null;
}

const KEPT_MS = 600_000;
/** Above this many terminals, only those that were looked at have a history. */
const MOST_FROM_ROWS = 2_000;

const samples = new Map<string, RttSample[]>();
const version = createStore({ count: 0 });

/** The last ten minutes per terminal, gathered as slots arrive during this visit. */
export const rttHistory = {
  version,

  of(terminalId: string): readonly RttSample[] {
    return samples.get(terminalId) ?? [];
  },

  takeRows(rows: readonly TerminalRow[], status: Status | null): void {
    if (!status || status.terminals.total > MOST_FROM_ROWS) return;
    const fromMs = Date.parse(status.slot.start);
    const untilMs = Date.parse(status.slot.end);
    for (const { id, link } of rows)
      if (link)
        take(id, {
          slot: status.slot.number,
          fromMs,
          untilMs,
          satellite: link.satellite,
          medianMs: link.rttMs,
          floorMs: null,
        });
    version.set({ count: version.get().count + 1 });
  },

  takeLink(terminalId: string, link: Link): void {
    const [start, middle, end] = link.oneWayMs;
    const floorMs = [start, middle, end].map(oneWay => link.rttMs.floor + 2 * (oneWay - start));
    take(terminalId, {
      slot: link.slot,
      fromMs: Date.parse(link.from),
      untilMs: Date.parse(link.until),
      satellite: link.satellite.name,
      medianMs: link.rttMs.median,
      floorMs: [floorMs[0] ?? 0, floorMs[1] ?? 0, floorMs[2] ?? 0],
    });
    version.set({ count: version.get().count + 1 });
  },
};

function take(terminalId: string, sample: RttSample): void {
  const kept = (samples.get(terminalId) ?? []).filter(
    old => old.slot !== sample.slot && old.untilMs > sample.untilMs - KEPT_MS,
  );
  const known = samples.get(terminalId)?.find(old => old.slot === sample.slot);
  const floorMs = sample.floorMs ?? known?.floorMs ?? null;
  kept.push({ ...sample, floorMs });
  kept.sort((a, b) => a.slot - b.slot);
  samples.set(terminalId, kept);
}
