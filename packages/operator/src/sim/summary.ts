// SPDX-License-Identifier: MIT

/** What happened to one terminal over a run. */
export interface TerminalSummary {
  readonly name: string;
  /** Share of slots with full service, 0 to 1. */
  readonly served: number;
  /** Slots by the reason that admission gave. */
  readonly slotsByReason: Readonly<Record<string, number>>;
  /** Slots in which admission permitted a link and the network had none, by the network's reason. */
  readonly unserved: Readonly<Record<string, number>>;
  readonly handovers: number;
  readonly gatewayChanges: number;
  readonly rttMs: { readonly p5: number; readonly p50: number; readonly p95: number } | null;
  readonly downMbps: { readonly least: number; readonly p50: number } | null;
  readonly upMbps: { readonly least: number; readonly p50: number } | null;
  /** Slots in which its link went through rain. */
  readonly rainSlots: number;
  /** PoPs used, most used first. */
  readonly pops: readonly string[];
}

/** How many of what, names in alphabetical order. */
export type Counts = Readonly<Record<string, number>>;

/** What stands on record at the end of a run, by how it stands. */
export interface RecordSummary {
  /** By state. */
  readonly terminals: Counts;
  /** Requests and lawful orders, by kind and state. */
  readonly areaRequests: Counts;
  /** By the command that was to be approved, and state. */
  readonly proposals: Counts;
  /** By the kind of record that each is about. */
  readonly notices: Counts;
  readonly appeals: Counts;
  readonly allowListApplications: Counts;
  readonly bulkOrders: Counts;
  /** By what its review said. */
  readonly breakGlass: Counts;
  /** By judgement. */
  readonly screenings: Counts;
  readonly sealedPolicies: Counts;
  /** By programme. */
  readonly donations: Counts;
  /** Who says how many. */
  readonly countClaims: Counts;
}

/** A run of a scenario in figures: reviewed, kept in the repository, visibly changed by what changes the product. */
export interface ScenarioSummary {
  readonly scenario: string;
  readonly start: string;
  readonly hours: number;
  readonly slots: number;
  readonly satellites: number;
  readonly policyVersion: string;
  /** Terminal-slots with full service, and without, by reason. */
  readonly terminalSlots: { readonly served: number; readonly refused: Readonly<Record<string, number>> };
  readonly handovers: number;
  readonly handoverGapSeconds: number;
  readonly laserSlots: number;
  readonly rttMs: {
    readonly p5: number;
    readonly p25: number;
    readonly p50: number;
    readonly p75: number;
    readonly p95: number;
  };
  /** By action and outcome. */
  readonly decisions: Counts;
  readonly records: RecordSummary;
  /** Every decision that was not the first about its terminal, in order. */
  readonly timeline: readonly string[];
  readonly ledger: {
    readonly entries: number;
    readonly intact: boolean;
    /** Decisions that were made again from what is kept, and those that came out otherwise. */
    readonly replayed: number;
    readonly differences: number;
  };
  readonly terminals: Readonly<Record<string, TerminalSummary>>;
}

/** Counts how often each key came. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** In alphabetical order of keys. */
  byName(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Keys, the most frequent first. */
  ranking(): string[] {
    return [...this.#counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([key]) => key);
  }
}

/** Quantile of sorted values, nearest rank. */
export function quantileOf(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

/** To `digits` decimals: a summary is read by people and must not differ in the last bit. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
