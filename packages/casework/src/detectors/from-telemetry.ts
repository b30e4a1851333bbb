// SPDX-License-Identifier: MIT
// Telemetry, a row per terminal and slot, as the few rows that detectors read.
import type { DayStay, ReasonCode } from "@perigee/authority";
import { grouped } from "./making.ts";
import type { ActivationRow, AttemptRow, CountryDays, Visit } from "./rows.ts";

const dayMs = 86_400_000;

/** As much of a telemetry row as is needed here, with the instant at which its slot began. */
export interface SlotRow {
  readonly terminal: string;
  readonly account: string | null;
  /** H3 index, resolution 5; `null`: it reported no place. */
  readonly cell: bigint | null;
  /** ISO 3166-1 alpha-2; `null`: unknown. */
  readonly country: string | null;
  /** Reason of the admission; empty: all is well. */
  readonly reason: string;
  readonly atMs: number;
}

/** Refusals that say that the place is the reason. */
export const placeReasons: ReadonlySet<string> = new Set<ReasonCode>([
  "AREA_NOT_ACTIVE",
  "AREA_NOT_LICENSED",
  "LEGAL_REGIME",
]);

/**
 * Visits: rows of one terminal, account, cell and country in slots without a gap.
 *
 * @param rows in any order, each slot of a terminal once
 * @param slotMs length of a slot
 */
export function visitsFrom(rows: readonly SlotRow[], slotMs: number): readonly Visit[] {
  const visits: Visit[] = [];
  for (const own of grouped(rows, ({ terminal }) => terminal).values()) {
    let open: { -readonly [K in keyof Visit]: Visit[K] } | null = null;
    for (const { terminal, account, cell, country, atMs } of own.toSorted((a, b) => a.atMs - b.atMs)) {
      if (
        open !== null &&
        open.untilMs === atMs &&
        open.cell === cell &&
        open.account === account &&
        open.country === country
      ) {
        open.untilMs = atMs + slotMs;
        continue;
      }
      open =
        cell === null ? null : { terminal, account, cell, country, fromMs: atMs, untilMs: atMs + slotMs };
      if (open !== null) visits.push(open);
    }
  }
  return visits;
}

/** Attempts that were refused because of the place: one for each time that a terminal begins to be refused. */
export function attemptsFrom(rows: readonly SlotRow[]): readonly AttemptRow[] {
  const attempts: AttemptRow[] = [];
  for (const own of grouped(rows, ({ terminal }) => terminal).values()) {
    let before: string | null = null;
    let cellBefore: bigint | null = null;
    for (const { terminal, cell, reason, atMs } of own.toSorted((a, b) => a.atMs - b.atMs)) {
      const isNew = reason !== before || cell !== cellBefore;
      if (cell !== null && placeReasons.has(reason) && isNew) attempts.push({ terminal, atMs, cell, reason });
      before = reason;
      cellBefore = cell;
    }
  }
  return attempts;
}

/** The countries of each day (UTC) on which a terminal was somewhere, as the authority keeps them. */
export function countryDaysFrom(rows: readonly SlotRow[]): readonly CountryDays[] {
  return [...grouped(rows, ({ terminal }) => terminal)].map(([terminal, own]) => {
    const known = own.filter(({ country }) => country !== null).toSorted((a, b) => a.atMs - b.atMs);
    const stays = [...grouped(known, ({ atMs }) => Math.floor(atMs / dayMs))].map(
      ([day, ofDay]): DayStay => ({ day, countries: [...new Set(ofDay.map(({ country }) => country!))] }),
    );
    return { terminal, stays };
  });
}

/**
 * The first slot in which each terminal was in order, by country. Rows must reach back to before any of them began: else
 * the first row is no beginning.
 */
export function activationsFrom(rows: readonly SlotRow[]): readonly ActivationRow[] {
  const inOrder = rows.filter(({ reason, country }) => reason === "" && country !== null);
  return [
    ...grouped(
      inOrder.toSorted((a, b) => a.atMs - b.atMs),
      ({ terminal }) => terminal,
    ).values(),
  ].map(own => {
    const { terminal, account, atMs, country } = own[0]!;
    return { terminal, account, atMs, area: country! };
  });
}
