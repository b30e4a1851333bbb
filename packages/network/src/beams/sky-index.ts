// SPDX-License-Identifier: MIT
import type { CellGroups } from "./cell-groups.ts";
import { AT, PER_RADIUS, type SlotFleet, TERM, VIEW_COSINE, VIEW_RAD, VIEW_SINE } from "./slot-fleet.ts";

const STEP_DEG = 3;
const ROWS = 180 / STEP_DEG;
const COLUMNS = 360 / STEP_DEG;
const PER_RAD = 180 / Math.PI / STEP_DEG;

/** Which satellites may be in view of any cell of a block: of block b `satellite[first[b]]` and on, by rising index. */
export interface SkyIndex {
  readonly first: Int32Array;
  readonly satellite: Int32Array;
}

/** Finds the blocks below a satellite. */
export interface SkyIndexer {
  /** The index of one slot. Nothing that passes the exact test at the slot's start is left out. */
  index(fleet: SlotFleet): SkyIndex;
}

/** Sorts the blocks into bins of latitude and longitude, once: they stay where they are. */
export function createSkyIndexer(groups: CellGroups): SkyIndexer {
  const { blockCount, blockCentre, blockRadiusRad } = groups;
  const binFirst = new Int32Array(ROWS * COLUMNS + 1);
  const binOf = new Int32Array(blockCount);
  let widest = 0;
  for (let b = 0; b < blockCount; b++) {
    const lat = Math.asin(blockCentre[3 * b + 2]!);
    const lon = Math.atan2(blockCentre[3 * b + 1]!, blockCentre[3 * b]!);
    binOf[b] = rowOf(lat) * COLUMNS + columnOf(lon);
    binFirst[binOf[b]! + 1]! += 1;
    widest = Math.max(widest, blockRadiusRad[b]!);
  }
  for (let bin = 0; bin < ROWS * COLUMNS; bin++) binFirst[bin + 1]! += binFirst[bin]!;
  const filled = binFirst.slice();
  /** Blocks by bin, and their caps: centre, cosine and sine of the radius. */
  const block = new Int32Array(blockCount);
  const cap = new Float64Array(5 * blockCount);
  for (let b = 0; b < blockCount; b++) {
    const at = filled[binOf[b]!]!;
    filled[binOf[b]!] = at + 1;
    block[at] = b;
    // A little more than the radius, for rounding.
    const radius = blockRadiusRad[b]! + 1e-6;
    cap.set(blockCentre.subarray(3 * b, 3 * b + 3), 5 * at);
    cap[5 * at + 3] = Math.cos(radius);
    cap[5 * at + 4] = Math.sin(radius);
  }
  let pairBlock = new Int32Array(64 * blockCount);
  let pairSatellite = new Int32Array(64 * blockCount);

  function index({ count, usable, at, term }: SlotFleet): SkyIndex {
    const first = new Int32Array(blockCount + 1);
    let pairs = 0;
    for (let i = 0; i < count; i++) {
      if (usable[i] === 0) continue;
      if (pairs + blockCount > pairBlock.length) {
        pairBlock = grown(pairBlock, blockCount);
        pairSatellite = grown(pairSatellite, blockCount);
      }
      const perRadius = term[TERM * i + PER_RADIUS]!;
      const x = at[AT * i]! * perRadius;
      const y = at[AT * i + 1]! * perRadius;
      const z = at[AT * i + 2]! * perRadius;
      const view = term[TERM * i + VIEW_RAD]!;
      const cosView = term[TERM * i + VIEW_COSINE]!;
      const sinView = term[TERM * i + VIEW_SINE]!;
      const reach = view + widest + 1e-6;
      const lat = Math.asin(z);
      // Half the longitudes of a cap: asin(sin reach / cos lat); all of them where it holds a pole.
      const sine = Math.sin(Math.min(reach, Math.PI / 2)) / Math.sqrt(1 - z * z);
      const whole = !(Math.abs(lat) + reach < Math.PI / 2) || !(sine < 1);
      const lon = Math.atan2(y, x);
      const half = Math.asin(sine);
      const west = whole ? 0 : columnOf(lon - half);
      const columns = whole ? COLUMNS : ((columnOf(lon + half) - west + COLUMNS) % COLUMNS) + 1;
      const north = rowOf(lat + reach);
      // The bins of a row lie side by side, and so do their blocks; past the antimeridian the row goes on at its start.
      const inRow = Math.min(columns, COLUMNS - west);
      for (let row = rowOf(lat - reach); row <= north; row++) {
        for (let part = 0; part < (inRow < columns ? 2 : 1); part++) {
          const bin = row * COLUMNS + (part === 0 ? west : 0);
          const end = binFirst[bin + (part === 0 ? inRow : columns - inRow)]!;
          for (let e = binFirst[bin]!; e < end; e++) {
            const c = 5 * e;
            const dot = cap[c]! * x + cap[c + 1]! * y + cap[c + 2]! * z;
            if (dot < cosView * cap[c + 3]! - sinView * cap[c + 4]!) continue;
            const b = block[e]!;
            pairBlock[pairs] = b;
            pairSatellite[pairs++] = i;
            first[b + 1]! += 1;
          }
        }
      }
    }
    for (let b = 0; b < blockCount; b++) first[b + 1]! += first[b]!;
    const next = first.slice();
    const satellite = new Int32Array(pairs);
    for (let k = 0; k < pairs; k++) {
      const to = next[pairBlock[k]!]!;
      next[pairBlock[k]!] = to + 1;
      satellite[to] = pairSatellite[k]!;
    }
    return { first, satellite };
  }

  return { index };
}

function grown(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(2 * array.length + least);
  wider.set(array);
  return wider;
}

function rowOf(latRad: number): number {
  return Math.max(0, Math.min(ROWS - 1, Math.floor((latRad + Math.PI / 2) * PER_RAD)));
}

function columnOf(lonRad: number): number {
  return ((Math.floor((lonRad + Math.PI) * PER_RAD) % COLUMNS) + COLUMNS) % COLUMNS;
}
