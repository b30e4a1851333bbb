// SPDX-License-Identifier: MIT
import type { Outcome, TerminalRow } from "@perigee/operator/contract";

/** What the table of terminals shows, and in which order; all of it in the address. */
export interface TerminalFilters {
  /** Words that must all occur in one of the terminal's identifiers. */
  readonly text: string;
  readonly outcome: Outcome | "unknown" | null;
  readonly territory: string | null;
  readonly linked: boolean | null;
  readonly sort: SortColumn;
  readonly descending: boolean;
}

export const SORT_COLUMNS = ["name", "state", "where", "rtt", "down"] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export const OUTCOMES = ["allow", "provisional", "restricted", "deny", "txOff", "unknown"] as const;

export const NO_FILTERS: TerminalFilters = {
  text: "",
  outcome: null,
  territory: null,
  linked: null,
  sort: "name",
  descending: false,
};

/** Reads filters from an address; what it does not know it leaves at the default. */
export function readFilters(parameters: URLSearchParams): TerminalFilters {
  const sort = parameters.get("sort") ?? "";
  const column = SORT_COLUMNS.find(name => name === sort.replace(/^-/, ""));
  const linked = parameters.get("linked");
  return {
    text: parameters.get("q") ?? "",
    outcome: OUTCOMES.find(name => name === parameters.get("outcome")) ?? null,
    territory: parameters.get("territory") || null,
    linked: linked === "yes" ? true : linked === "no" ? false : null,
    sort: column ?? NO_FILTERS.sort,
    descending: column !== undefined && sort.startsWith("-"),
  };
}

/** Writes filters into an address beside what else is in it; defaults are left out. */
export function writeFilters(parameters: URLSearchParams, filters: TerminalFilters): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const put = (name: string, value: string | null) => (value ? next.set(name, value) : next.delete(name));
  put("q", filters.text);
  put("outcome", filters.outcome);
  put("territory", filters.territory);
  put("linked", filters.linked === null ? null : filters.linked ? "yes" : "no");
  const standard = filters.sort === NO_FILTERS.sort && !filters.descending;
  put("sort", standard ? null : `${filters.descending ? "-" : ""}${filters.sort}`);
  return next;
}

/** The rows that pass, in the order they came in. */
export function applyFilters(rows: readonly TerminalRow[], filters: TerminalFilters): readonly TerminalRow[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(row => {
    if (filters.outcome && (row.admission?.outcome ?? "unknown") !== filters.outcome) return false;
    if (filters.territory && row.position?.territory !== filters.territory) return false;
    if (filters.linked !== null && (row.link !== null) !== filters.linked) return false;
    return words.length === 0 || containsAll(row, words);
  });
}

/**
 * All rows in the wanted order; rows without the value come last in both directions. Each value is read once and the
 * order outlives a change of filters, because at 100,000 rows the comparisons are what costs.
 */
export function sortRows(
  rows: readonly TerminalRow[],
  column: SortColumn,
  descending: boolean,
): readonly TerminalRow[] {
  const sign = descending ? -1 : 1;
  return rows
    .map(row => ({ row, key: SORT_VALUES[column](row) }))
    .sort((a, b) => {
      if (a.key === b.key) return a.row.id < b.row.id ? -1 : 1;
      if (a.key === null) return 1;
      if (b.key === null) return -1;
      return a.key < b.key ? -sign : sign;
    })
    .map(({ row }) => row);
}

const SORT_VALUES: Record<SortColumn, (row: TerminalRow) => string | number | null> = {
  name: row => row.name.toLowerCase(),
  state: row => OUTCOMES.indexOf(row.admission?.outcome ?? "unknown"),
  where: row => row.position?.territoryName ?? null,
  rtt: row => row.link?.rttMs ?? null,
  down: row => row.link?.downMbps ?? null,
};

function containsAll(row: TerminalRow, words: readonly string[]): boolean {
  let text = texts.get(row);
  if (text === undefined) {
    const { id, name, account, position, link, plan } = row;
    text = [
      id,
      name,
      account?.id,
      account?.holder,
      plan,
      position?.cell,
      position?.territoryName,
      link?.satellite,
    ]
      .join(" ")
      .toLowerCase();
    texts.set(row, text);
  }
  return words.every(word => text.includes(word));
}

/** Searchable text per row; a changed row is another object, so nothing here goes stale. */
const texts = new WeakMap<TerminalRow, string>();
