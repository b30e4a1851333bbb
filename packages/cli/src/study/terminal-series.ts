// SPDX-License-Identifier: MIT
import type { TerminalSlot } from "@perigee/operator";
import { type Column, type ColumnSpec, cdfPlot, type Drawing, heatMap, linePlot } from "@perigee/report";
import { openRows, type RowStream } from "./row-stream.ts";

export const SERIES_VIEWS = {
  tables: ["terminals"],
  pictures: ["rtt", "cdf", "service"],
  files: ["json"],
} as const;

const BATCH_ROWS = 20_000;
/** More lines than these cannot be told apart. */
const MOST_LINES = 8;
const MOST_COLUMNS = 480;

const COLUMNS: readonly (ColumnSpec & { readonly name: keyof TerminalSlot })[] = [
  { name: "slot", type: "i32" },
  { name: "fromMs", type: "instant", description: "Start of the slot." },
  { name: "terminalId", type: "text" },
  { name: "admission", type: "text", description: "What admission said." },
  { name: "reach", type: "text", description: "What the terminal can reach." },
  { name: "unserved", type: "text", description: "Why a terminal that may be linked has no link." },
  { name: "satellite", type: "text" },
  { name: "catalogNumber", type: "i32" },
  { name: "elevationDeg", type: "f64", unit: "degrees", digits: 2 },
  { name: "gateway", type: "text" },
  { name: "pop", type: "text" },
  {
    name: "rttMs",
    type: "f64",
    unit: "ms",
    digits: 3,
    description: "Median, idle link, in the slot's middle.",
  },
  { name: "downMbps", type: "f64", unit: "Mbit/s", digits: 2 },
  { name: "upMbps", type: "f64", unit: "Mbit/s", digits: 2 },
  { name: "laserHops", type: "i32" },
  { name: "lengthKm", type: "f64", unit: "km", digits: 1, description: "Terminal to PoP." },
  { name: "lossProbability", type: "f64" },
  { name: "gapMs", type: "f64", unit: "ms", digits: 0, description: "Interruption at the slot's start." },
];

/** Takes the slots of a run: writes the rows, and keeps what pictures need. */
export interface TerminalSeries {
  take(terminals: readonly TerminalSlot[]): void;
  /** Writes what is left; the files appear. */
  finish(): void;
  discard(): void;
  readonly pictures: Readonly<Record<(typeof SERIES_VIEWS.pictures)[number], () => Drawing>>;
}

/**
 * @param files Where the rows go.
 * @param picturesWanted Whether round trips are kept: 4 bytes for each terminal and slot.
 * @param source The line under pictures.
 */
export function terminalSeries(
  files: readonly { readonly path: string; readonly form: "csv" | "parquet" }[],
  picturesWanted: boolean,
  source: string,
  notes: Readonly<Record<string, string>>,
): TerminalSeries {
  const head = { title: "Terminals, slot by slot", notes, columns: COLUMNS };
  const streams: RowStream[] = [];
  for (const { path, form } of files) streams.push(openRows(path, form, head));
  let pending: TerminalSlot[] = [];
  const atMs: number[] = [];
  const rttMs = new Map<string, number[]>();

  const flush = (): void => {
    if (pending.length === 0) return;
    const batch = COLUMNS.map(
      ({ name, type }) =>
        ({ name, type, ...digitsOf(name), values: pending.map(row => row[name]) }) as Column,
    );
    for (const stream of streams) stream.add(batch);
    pending = [];
  };

  return {
    take(terminals) {
      if (streams.length > 0) {
        for (const row of terminals) pending.push(row);
        if (pending.length >= BATCH_ROWS) flush();
      }
      if (!picturesWanted || terminals[0] === undefined) return;
      for (const { terminalId, rttMs: ms, reach } of terminals) {
        let series = rttMs.get(terminalId);
        if (series === undefined) {
          series = atMs.map(() => Number.NaN);
          rttMs.set(terminalId, series);
        }
        series.push(ms === null || reach !== "all" ? Number.NaN : ms);
      }
      atMs.push(terminals[0].fromMs);
    },
    finish() {
      flush();
      for (const stream of streams) stream.finish();
    },
    discard() {
      for (const stream of streams) stream.discard();
    },
    pictures: {
      rtt: () => roundTrips(atMs, rttMs, source),
      cdf: () =>
        cdfPlot({
          title: "Round-trip times of terminals",
          source,
          x: { label: "Round-trip time", unit: "ms" },
          samples: shown(rttMs).map(([name, values]) => ({ name, values })),
        }),
      service: () => serviceMap(atMs, rttMs, source),
    },
  };
}

function digitsOf(name: keyof TerminalSlot): { readonly digits?: number } {
  const column = COLUMNS.find(one => one.name === name)!;
  return "digits" in column && column.digits !== undefined ? { digits: column.digits } : {};
}

/** The first few terminals that were ever served. */
function shown(rttMs: ReadonlyMap<string, readonly number[]>): [string, readonly number[]][] {
  return [...rttMs].filter(([, series]) => series.some(ms => !Number.isNaN(ms))).slice(0, MOST_LINES);
}

function roundTrips(
  atMs: readonly number[],
  rttMs: ReadonlyMap<string, readonly number[]>,
  source: string,
): Drawing {
  const lines = shown(rttMs);
  return linePlot({
    title: "Round-trip times of terminals",
    subtitle:
      lines.length < rttMs.size ? `${lines.length} of ${rttMs.size} terminals` : "planned, idle links",
    source,
    x: { label: "Time", scale: "time" },
    y: { label: "Round-trip time", unit: "ms", min: 0 },
    series: lines.map(([name, y]) => ({ name, x: atMs, y, step: true })),
  });
}

/** Share of slots with full service: a row per terminal, time in equal parts. */
function serviceMap(
  atMs: readonly number[],
  rttMs: ReadonlyMap<string, readonly number[]>,
  source: string,
): Drawing {
  const columns = Math.min(MOST_COLUMNS, Math.max(1, atMs.length));
  const names = [...rttMs.keys()];
  const values = new Float64Array(columns * names.length).fill(Number.NaN);
  names.forEach((name, k) => {
    const series = rttMs.get(name)!;
    // From the top in the order of the scenario; a heat map's rows begin below.
    const row = names.length - 1 - k;
    for (let column = 0; column < columns; column++) {
      const from = Math.floor((column * series.length) / columns);
      const until = Math.max(from + 1, Math.floor(((column + 1) * series.length) / columns));
      const part = series.slice(from, until);
      values[row * columns + column] = part.filter(ms => !Number.isNaN(ms)).length / part.length;
    }
  });
  const first = atMs[0] ?? 0;
  return heatMap({
    title: "Who was online when",
    subtitle: `${names.length} terminals, from the top: ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`,
    source,
    x: { label: "Time", scale: "time" },
    y: { label: "Terminal" },
    columns,
    rows: Math.max(1, names.length),
    xRange: [first, (atMs.at(-1) ?? first) + 15_000],
    yRange: [0, Math.max(1, names.length)],
    values: names.length === 0 ? new Float64Array(columns).fill(Number.NaN) : values,
    colour: { label: "Share of slots with full service", min: 0, max: 1 },
  });
}
