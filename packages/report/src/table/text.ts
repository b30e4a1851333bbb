// SPDX-License-Identifier: MIT
import { cellText } from "./cell-text.ts";
import { displayWidth, fitText, visibleText } from "./display-width.ts";
import { type Column, rowCount, type Table } from "./table.ts";

export interface TextOptions {
  /** Columns of the terminal: the widest text columns are shortened to fit. No limit without it. */
  readonly width?: number;
  /** Rows to show; of a longer table the first and last ones, and how many lie between. All without it. */
  readonly rows?: number;
}

const GAP = "  ";
const LEAST_WIDTH = 6;
const RIGHT_ALIGNED: ReadonlySet<Column["type"]> = new Set(["f64", "f32", "i32", "i64"]);

/**
 * A table for a terminal: aligned columns, numbers to the right, units in the heading, a rule below it. Wide characters
 * take two columns; control characters are made visible.
 *
 * @throws RangeError when columns differ in length or share a name, or a value does not fit its type.
 *
 * @example
 * ```ts
 * import { tableToText } from "@perigee/report";
 *
 * tableToText({
 *   columns: [
 *     { name: "PoP", type: "text", values: ["Frankfurt", "Tōkyō"] },
 *     { name: "median", unit: "ms", type: "f64", digits: 1, values: [31.25, 28] },
 *   ],
 * });
 * // PoP        median (ms)
 * // ─────────  ───────────
 * // Frankfurt         31.3
 * // Tōkyō             28.0
 * ```
 */
export function tableToText(table: Table, options: TextOptions = {}): string {
  const count = rowCount(table);
  const shown = shownRows(count, options.rows);
  const columns = table.columns.map(column => {
    const text = cellText(column);
    const heading = visibleText(column.unit === undefined ? column.name : `${column.name} (${column.unit})`);
    const cells = shown.map(row => (row < 0 ? "⋮" : visibleText(text(row) ?? "–")));
    const width = cells.reduce((widest, cell) => Math.max(widest, displayWidth(cell)), displayWidth(heading));
    return { heading, cells, width, right: RIGHT_ALIGNED.has(column.type) };
  });
  const widths = fitted(
    columns.map(({ width, right }) => ({ width, fixed: right })),
    options.width,
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => aligned(fitText(cell, widths[c]!), widths[c]!, columns[c]!.right))
      .join(GAP)
      .trimEnd();
  const out: string[] = [];
  if (table.title !== undefined) out.push(visibleText(table.title), "");
  out.push(line(columns.map(({ heading }) => heading)), widths.map(width => "─".repeat(width)).join(GAP));
  shown.forEach((row, i) => {
    out.push(
      row < 0 ? `⋮ ${count - shown.length + 1} more rows` : line(columns.map(({ cells }) => cells[i]!)),
    );
  });
  return `${out.join("\n")}\n`;
}

/** Rows in order; −1 where rows are left out. */
function shownRows(count: number, limit: number | undefined): number[] {
  if (limit === undefined || count <= limit || limit < 1)
    return Array.from({ length: count }, (_, row) => row);
  const first = Math.ceil(limit / 2);
  const last = limit - first;
  return [
    ...Array.from({ length: first }, (_, row) => row),
    -1,
    ...Array.from({ length: last }, (_, row) => count - last + row),
  ];
}

/** Takes what is too much from the widest text column, again and again; numbers are never shortened. */
function fitted(columns: readonly { width: number; fixed: boolean }[], limit: number | undefined): number[] {
  const widths = columns.map(({ width }) => width);
  if (limit === undefined) return widths;
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - limit;
  while (excess > 0) {
    let widest = -1;
    widths.forEach((width, c) => {
      if (!columns[c]!.fixed && width > LEAST_WIDTH && width > (widths[widest] ?? 0)) widest = c;
    });
    if (widest < 0) break;
    widths[widest]! -= 1;
    excess -= 1;
  }
  return widths;
}

function aligned(text: string, width: number, right: boolean): string {
  const padding = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? padding + text : text + padding;
}
