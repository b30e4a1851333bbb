// SPDX-License-Identifier: MIT
import { SLOT_MS } from "@perigee/network";

/**
 * What is kept of one terminal for one slot. There is a row per terminal and slot, also for one that is silent: then
 * what only the terminal could have said is `null`. Where the terminal is, a row says no better than a service cell.
 */
export interface TelemetryRow {
  /** Number of the slot; `slotStartMs` of `@perigee/network` says when it began. */
  readonly slot: number;
  /** Our record's id of the terminal. */
  readonly terminal: string;
  /** Our record's id of the account that had it in this slot; `null`: none. */
  readonly account: string | null;
  /** H3 index, resolution 5, of the place it reported (`BigInt("0x" + cell)`); `null`: it reported none. */
  readonly cell: bigint | null;
  /** ISO 3166-1 alpha-2, or `XZ` where no country's rules hold; `null`: unknown. */
  readonly country: string | null;
  /** Whether the place is in a country's territorial waters; `null`: unknown. */
  readonly inTerritorialWaters: boolean | null;
  /** Catalogue number of the satellite; `null`: no link. */
  readonly satellite: number | null;
  /** Ids of the ground the link went through; `null`: no link. */
  readonly gateway: string | null;
  readonly pop: string | null;
  /** Round trip of the link state at the middle of the slot, without queues; `null`: no link. */
  readonly rttMs: number | null;
  /** Mean over the slot of the terminal's own pings to its point of presence; `null`: silent, or none came back. */
  readonly pingLatencyMs: number | null;
  /** Lost share of those pings, 0 to 1; `null`: silent. */
  readonly pingDropRate: number | null;
  /** Whole bytes in the slot; up to 2^53 - 1. {@link meanBps} makes a rate of them. */
  readonly downBytes: number;
  readonly upBytes: number;
  /** Share of the time that its sky is blocked, 0 to 1; `null`: silent. */
  readonly obstruction: number | null;
  /** 0 to 1 over 0 to 10 dB of signal to noise; `null`: silent. */
  readonly signalQuality: number | null;
  /** Seconds since it started; `null`: silent. */
  readonly uptimeS: number | null;
  /** Seconds until it may restart into waiting software, -1: off; `null`: silent. */
  readonly secondsUntilReboot: number | null;
  /** Version of its software; `null`: silent. */
  readonly software: string | null;
  /** Disablement code of its admission, as on the wire (1 = okay); `null`: never asked. */
  readonly wireCode: number | null;
  /** Why it is as it is: reason of the admission, or the planner's word for no link; empty: all is well. */
  readonly reason: string;
  /** Whether the terminal itself was heard in this slot: it is on the air and linked. */
  readonly reporting: boolean;
  /** Alerts that were true at least once in the slot: wire codes of the fleet API, 50 to 97, ascending. */
  readonly alerts: readonly number[];
}

/** Bytes of a slot as a mean rate over it, bits per second. */
export const meanBps = (bytesInSlot: number): number => (bytesInSlot * 8000) / SLOT_MS;

/** Bytes that a terminal moved in a span of time. */
export interface TerminalUsage {
  readonly downBytes: number;
  readonly upBytes: number;
}

/** A stretch of slots in which a terminal was in one cell, without a slot missing. */
export interface CellVisit {
  readonly terminal: string;
  readonly account: string | null;
  readonly cell: bigint;
  readonly fromSlot: number;
  /** The last slot of the stretch; it is in it. */
  readonly untilSlot: number;
}

/** One page of what the store took lately, oldest first, for readers who come back for more. */
export interface RecentRows {
  readonly rows: readonly TelemetryRow[];
  /** Slot to ask from next time; rows of later slots are not among these. */
  readonly nextSlot: number;
  /** Oldest slot that can still be asked for. */
  readonly firstSlot: number;
}

/** What others use of the store. The host of the dishes feeds it; billing and the fleet API read it. */
export interface Telemetry {
  /**
   * Takes one slot's rows, each terminal's once. They are in {@link Telemetry.recent} at once, and on disk when the
   * promise resolves. Slots come in ascending order: one that is not later than the last is on record already (an
   * operator that was started anew within the slot), and is left as it is.
   */
  take(rows: readonly TelemetryRow[]): Promise<void>;
  /**
   * Rows of slots from `fromSlot` on, whole slots only, of the last eight hours at most.
   *
   * @param query.accounts - Only terminals of these accounts; all where not given.
   * @param query.maxRows - Stops after the slot in which this many are reached.
   */
  recent(query: {
    readonly fromSlot: number;
    readonly accounts?: ReadonlySet<string>;
    readonly maxRows?: number;
  }): Promise<RecentRows>;
  /** The newest row of a terminal within the last eight hours; `null`: none. */
  newest(terminal: string): TelemetryRow | null;
  /** Bytes in slots that began in `[fromMs, untilMs)`. Exact to the slot for as long as rows are kept, to the UTC day after. */
  usage(terminal: string, fromMs: number, untilMs: number): Promise<TerminalUsage>;
  /** Rows of one terminal whose slots began in `[fromMs, untilMs)`, by slot. */
  history(terminal: string, fromMs: number, untilMs: number): Promise<readonly TelemetryRow[]>;
  /** Who was in these cells (H3, any resolution to 5) in slots that began in `[fromMs, untilMs)`. */
  whoWas(cells: readonly bigint[], fromMs: number, untilMs: number): Promise<readonly CellVisit[]>;
}
