// SPDX-License-Identifier: MIT
// What pages put around a report: the rows of `tables/pages.json` by use. Expressions are over one line, case ignored.
import { type PageRow, shippedTables } from "../tables/intake-tables.ts";

/** How to tell the parts of a page that are not the report. Every list can be extended by a table file. */
export interface PageTable {
  /** Whole lines that belong to the page. */
  readonly furniture: readonly string[];
  /** Whole lines after which the page lists other stories. */
  readonly related: readonly string[];
  /** Lines that ask the reader for something. */
  readonly promotion: readonly string[];
  /** Lines about rights and conditions. */
  readonly notice: readonly string[];
  /** Beginnings of a line that names writers and editors. */
  readonly byline: readonly string[];
  /** Beginnings or endings that only captions have. */
  readonly caption: readonly string[];
  /** News agencies: canonical name to the forms in datelines and credits. */
  readonly agencies: Readonly<Record<string, readonly string[]>>;
}

const LISTS = ["furniture", "related", "promotion", "notice", "byline", "caption"] as const;
const made = new WeakMap<readonly PageRow[], PageTable>();

/** The table that rows of `pages.json` make. */
export function pageTableOf(rows: readonly PageRow[]): PageTable {
  const known = made.get(rows);
  if (known !== undefined) return known;
  const lists = Object.fromEntries(
    LISTS.map(use => [use, rows.filter(row => row.use === use).flatMap(row => row.patterns ?? [])]),
  ) as Record<(typeof LISTS)[number], string[]>;
  const agencies: Record<string, readonly string[]> = Object.create(null);
  for (const { use, name, words } of rows)
    if (use === "agency" && name !== undefined)
      agencies[name] = [...(agencies[name] ?? []), ...(words ?? [])];
  const table: PageTable = { ...lists, agencies };
  made.set(rows, table);
  return table;
}

/** The shipped one. */
export const pageTable: PageTable = pageTableOf(shippedTables().pages);
