// SPDX-License-Identifier: MIT
import { type TileRows, tileAt, tileRows } from "../sky-tiles.ts";
import type { CellGroups } from "./cell-groups.ts";
import { AT, PER_RADIUS, type SlotFleet, TERM, VIEW_COSINE, VIEW_SINE } from "./slot-fleet.ts";

/** Which satellites may be in view of any cell of a block: of block b `satellite[first[b]]` and on, by rising index. */
export interface SkyIndex {
  readonly first: Int32Array;
  readonly satellite: Int32Array;
  /** All of them, once each, by rising index. */
  readonly seen: Int32Array;
}

/** Finds the blocks below a satellite. */
export interface SkyIndexer {
  /** The index of one slot. Nothing that passes the exact test at the slot's start is left out. */
  index(fleet: SlotFleet): SkyIndex;
}

/** Numbers per block in `cap`: its centre, cosine and sine of its radius. */
const CAP = 5;

/**
 * Lists, for each tile of the sky, the blocks that may be seen from over it, once: blocks stay where they are. How far
 * satellites see changes with their heights; the lists are made anew when one sees farther than any before.
 */
export function createSkyIndexer(groups: CellGroups): SkyIndexer {
  const { blockCount, blockCentre, blockRadiusRad } = groups;
  const cap = new Float64Array(CAP * blockCount);
  for (let b = 0; b < blockCount; b++) {
    // A little more than the radius, for rounding.
    const radius = blockRadiusRad[b]! + 1e-6;
    cap.set(blockCentre.subarray(3 * b, 3 * b + 3), CAP * b);
    cap[CAP * b + 3] = Math.cos(radius);
    cap[CAP * b + 4] = Math.sin(radius);
  }
  let rows: TileRows = { first: new Int32Array(0), item: new Int32Array(0) };
  let reachRad = -1;
  let pairBlock = new Int32Array(64 * blockCount);
  let pairSatellite = new Int32Array(64 * blockCount);

  function index({ count, usable, at, term }: SlotFleet): SkyIndex {
    let least = 1;
    for (let i = 0; i < count; i++) {
      if (usable[i] === 1) least = Math.min(least, term[TERM * i + VIEW_COSINE]!);
    }
    const farthest = Math.acos(least);
    if (farthest > reachRad) {
      reachRad = farthest + SPARE_RAD;
      rows = tileRows(
        blockCentre,
        blockRadiusRad.map(radius => reachRad + radius),
      );
    }

    const first = new Int32Array(blockCount + 1);
    const seen: number[] = [];
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
      const cosView = term[TERM * i + VIEW_COSINE]!;
      const sinView = term[TERM * i + VIEW_SINE]!;
      const tile = tileAt(x, y, z);
      const before = pairs;
      for (let e = rows.first[tile]!; e < rows.first[tile + 1]!; e++) {
        const b = rows.item[e]!;
        const c = CAP * b;
        const dot = cap[c]! * x + cap[c + 1]! * y + cap[c + 2]! * z;
        if (dot < cosView * cap[c + 3]! - sinView * cap[c + 4]!) continue;
        pairBlock[pairs] = b;
        pairSatellite[pairs++] = i;
        first[b + 1]! += 1;
      }
      if (pairs > before) seen.push(i);
    }
    for (let b = 0; b < blockCount; b++) first[b + 1]! += first[b]!;
    const next = first.slice();
    const satellite = new Int32Array(pairs);
    for (let k = 0; k < pairs; k++) {
      const to = next[pairBlock[k]!]!;
      next[pairBlock[k]!] = to + 1;
      satellite[to] = pairSatellite[k]!;
    }
    return { first, satellite, seen: Int32Array.from(seen) };
  }

  return { index };
}

/** Heights change by some kilometres: so much farther before the lists have to be made anew. */
const SPARE_RAD = 0.01;

function grown(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(2 * array.length + least);
  wider.set(array);
  return wider;
}
