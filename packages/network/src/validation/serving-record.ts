// SPDX-License-Identifier: MIT
import { SLOT_MS } from "../slot.ts";
import { type RecordResult, readRecord } from "./record.ts";

/** Where a dish's obstruction map grew, second by second: the track of the satellite that served. */
export interface ServingRecord {
  /** UTC ms, rising. */
  readonly atMs: Float64Array;
  /** Pixel of the map of 123 by 123, from its left and its top. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Side of the map, pixels; its middle is the direction that the dish faces. */
export const MAP_SIDE = 123;

const SLOT_S = SLOT_MS / 1000;
/** A satellite moves less than a pixel a second; a jump this wide is another satellite. */
const JUMP_PIXELS = 5;
/** Seconds without a pixel end a track. */
const LONGEST_GAP_S = 3;

/** Reads CSV with the columns `Timestamp` (ISO 8601), `Y`, `X`, `Elevation` and `Azimuth`. */
export function parseServing(text: string): RecordResult<ServingRecord> {
  const rows = readRecord(text, ["Timestamp", "Y", "X", "Elevation", "Azimuth"], row => {
    const stamp = row.text("Timestamp");
    const atMs = Date.parse(stamp.replace(" ", "T"));
    if (!Number.isFinite(atMs)) row.refuse("Timestamp", `"${stamp.slice(0, 40)}" is no instant`);
    return { atMs, x: row.number("X", 0, MAP_SIDE - 1), y: row.number("Y", 0, MAP_SIDE - 1) };
  });
  if (!rows.ok) return rows;
  const sorted = rows.value.toSorted((a, b) => a.atMs - b.atMs);
  return {
    ok: true,
    value: {
      atMs: Float64Array.from(sorted, row => row.atMs),
      x: Float64Array.from(sorted, row => row.x),
      y: Float64Array.from(sorted, row => row.y),
    },
  };
}

/** How often the track jumped to another place in each second of 15 (UTC); needs neither satellites nor calibration. */
export function jumpsBySecond({ atMs, x, y }: ServingRecord): Int32Array {
  const jumps = new Int32Array(SLOT_S);
  for (let i = 1; i < atMs.length; i++) {
    if (atMs[i]! - atMs[i - 1]! > LONGEST_GAP_S * 1000) continue;
    if (Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!) < JUMP_PIXELS) continue;
    jumps[Math.floor(atMs[i]! / 1000) % SLOT_S]! += 1;
  }
  return jumps;
}
