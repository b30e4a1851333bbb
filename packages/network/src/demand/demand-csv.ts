// SPDX-License-Identifier: MIT
import { type CellTable, cellIndex, cellName } from "@perigee/earth";
import type { CellDemand, DemandClass } from "../beams/cell-plan.ts";
import { DEMAND_CLASSES, demandOfClasses, emptyClass } from "./demand-classes.ts";
import { type DemandError, type DemandResult, refuse } from "./demand-error.ts";

const HEADER = "cell,class,down_mbps,up_mbps,weight";

/** What a table of demand may hold at most. */
export const DEMAND_CSV_BOUNDS = {
  /** UTF-16 code units. */
  characters: 256_000_000,
  rows: 4_000_000,
  classes: 8,
  /** Of a cell, in one class. */
  mbps: 1_000_000,
  weight: 1_000_000_000,
} as const;

/**
 * Demand from CSV (RFC 4180, without quotes), so that anyone can bring their own. First line:
 * `cell,class,down_mbps,up_mbps,weight`. Each further line is what one cell (its name, 15 hexadecimal digits) wants in one class: plain decimal numbers, not
 * negative, the weight above 0 where a rate is. Cells without a line want nothing. Lines end in LF or CRLF. The
 * first thing wrong refuses the whole table and says in which line it is.
 *
 * @param classes Names the table may use, most urgent first; at most eight.
 */
export function parseDemandCsv(
  text: string,
  cells: CellTable,
  classes: readonly string[] = DEMAND_CLASSES,
): DemandResult<CellDemand> {
  const bounds = DEMAND_CSV_BOUNDS;
  if (classes.length > bounds.classes)
    throw new RangeError(`At most ${bounds.classes} classes are possible.`);
  if (text.length > bounds.characters) {
    return refuse("tooLarge", "text", `A table of demand has at most ${bounds.characters} characters.`);
  }
  const found = new Map(classes.map(name => [name, emptyClass(name, cells.count)]));
  const seen = new Map(classes.map(name => [name, new Uint8Array(cells.count)]));
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf("\n", at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const row = text.slice(at, end > at && text[end - 1] === "\r" ? end - 1 : end);
    at = end + 1;
    line++;
    if (line === 1) {
      if (row !== HEADER) return refuse("format", "line 1", `The first line is to be "${HEADER}".`);
      continue;
    }
    if (line > bounds.rows + 1) {
      return refuse("tooLarge", `line ${line}`, `A table of demand has at most ${bounds.rows} rows.`);
    }
    const error = readRow(row, cells, found, seen);
    if (error) return refuse(error.code, `line ${line}`, `Line ${line}: ${error.message}`);
  }
  if (line === 0) return refuse("format", "line 1", `The first line is to be "${HEADER}".`);
  return { ok: true, value: demandOfClasses([...found.values()]) };
}

/** A demand as the CSV that {@link parseDemandCsv} reads back to the same demand; cells that want nothing have no line. */
export function formatDemandCsv(demand: CellDemand, cells: CellTable): string {
  const lines = [HEADER];
  for (const { name, downMbps, upMbps, weight } of demand.classes) {
    for (let cell = 0; cell < cells.count; cell++) {
      if (downMbps[cell] === 0 && upMbps[cell] === 0 && weight[cell] === 0) continue;
      const numbers = [downMbps[cell]!, upMbps[cell]!, weight[cell]!].map(plainDecimal);
      lines.push(`${cellName(cells, cell)},${name},${numbers.join(",")}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function readRow(
  row: string,
  cells: CellTable,
  classes: ReadonlyMap<string, DemandClass>,
  seen: ReadonlyMap<string, Uint8Array>,
): Omit<DemandError, "place"> | null {
  const fields = row.split(",", 6);
  if (fields.length !== 5) {
    return { code: "format", message: "five fields are needed, separated by commas." };
  }
  const [cell, name, ...numbers] = fields as [string, string, string, string, string];
  const index = cellIndex(cells, cell);
  if (index < 0)
    return { code: "unknownCell", message: `the cell "${shown(cell)}" is not in the table of cells.` };
  const target = classes.get(name);
  if (!target) {
    return {
      code: "range",
      message: `the class "${shown(name)}" is none of ${[...classes.keys()].join(", ")}.`,
    };
  }
  const marks = seen.get(name)!;
  if (marks[index] === 1)
    return { code: "repeated", message: `the cell ${cell} has a line in this class already.` };
  marks[index] = 1;
  for (const number of numbers) {
    // Nothing that Number() reads and a person would not: no sign, exponent, "0x" or "Infinity".
    if (!/^\d{1,12}(\.\d{1,20})?$/.test(number)) {
      return { code: "format", message: `"${shown(number)}" is no plain decimal number.` };
    }
  }
  const [down, up, weight] = numbers.map(Number) as [number, number, number];
  const { mbps, weight: most } = DEMAND_CSV_BOUNDS;
  if (down > mbps || up > mbps) return { code: "range", message: `a cell wants at most ${mbps} Mbit/s.` };
  if (weight > most) return { code: "range", message: `a weight is at most ${most}.` };
  target.downMbps[index] = down;
  target.upMbps[index] = up;
  target.weight[index] = weight;
  if (target.weight[index] === 0 && (down > 0 || up > 0)) {
    return { code: "range", message: "where there is demand its weight is above 0." };
  }
  return null;
}

/** The start of a field from outside: enough to recognise it by. */
function shown(field: string): string {
  return field.slice(0, 40);
}

/** Enough digits to read back the same single-precision number. */
function plainDecimal(value: number): string {
  const shortest = String(Number(value.toPrecision(9)));
  return shortest.includes("e") ? value.toFixed(20) : shortest;
}
