// SPDX-License-Identifier: MIT
import type { GridColumn } from "../data-grid.tsx";

/** A column of a table of records. */
export interface RecordColumn<R> extends GridColumn<R> {
  /** Member that the operator sorts by, e.g. `atMs` or `requestedBy.name`; absent: it cannot be sorted by this. */
  readonly sort?: string;
  /** Shown only where somebody chooses it. */
  readonly spare?: boolean;
}

/** One choice of conditions; at most one of its options holds. */
export interface RecordFilter {
  /** What is asked, e.g. "State". */
  readonly title: string;
  /** Shown where nothing is chosen, e.g. "Any state". */
  readonly any: string;
  readonly options: readonly RecordOption[];
}

/** A condition such as `state:open`, and what it is called. */
export interface RecordOption {
  readonly where: string;
  readonly title: string;
}

/** Options for each word of a table, such as the states of a proposal. */
export function optionsOf(member: string, words: Readonly<Record<string, string>>): RecordOption[] {
  return Object.entries(words).map(([value, title]) => ({ where: `${member}:${value}`, title }));
}

/** The columns that are shown, in their own order. @param chosen ids; `null`: all that are not spare */
export function shownColumns<R>(
  columns: readonly RecordColumn<R>[],
  chosen: readonly string[] | null,
): readonly RecordColumn<R>[] {
  if (chosen === null) return columns.filter(({ spare }) => !spare);
  const shown = columns.filter(({ id }) => chosen.includes(id));
  // Who chose a column wants it on a narrow screen too.
  return (shown.length > 0 ? shown : columns.slice(0, 1)).map(({ fromPx: _, ...column }) => column);
}

/** The conditions after an option of a filter was chosen; `null` chooses none of them. */
export function withOption(
  where: readonly string[],
  filter: RecordFilter,
  chosen: string | null,
): readonly string[] {
  const others = where.filter(condition => !filter.options.some(option => option.where === condition));
  return chosen === null ? others : [...others, chosen];
}

/** Conditions in the address that no filter shows: they are shown by themselves, for nothing filters unseen. */
export function looseConditions(
  where: readonly string[],
  filters: readonly RecordFilter[],
): readonly string[] {
  return where.filter(
    condition => !filters.some(({ options }) => options.some(option => option.where === condition)),
  );
}
