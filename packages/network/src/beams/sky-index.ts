// SPDX-License-Identifier: MIT
import { type TileRows, tileAt, tileRows } from "../sky-tiles.ts";
import type { CellGroups } from "./cell-groups.ts";
import { type SlotFleet, VIEW, VIEW_COSINE, VIEW_SINE } from "./slot-fleet.ts";

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
  let seen = new Int32Array(0);

  function index({ count, usable, view }: SlotFleet): SkyIndex {
    let least = 1;
    for (let i = 0; i < count; i++) {
      if (usable[i] === 1 && view[VIEW * i + VIEW_COSINE]! < least) least = view[VIEW * i + VIEW_COSINE]!;
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
    if (seen.length < count) seen = new Int32Array(count);
    let seenCount = 0;
    let pairs = 0;
    const { first: tileFirst, item } = rows;
    for (let i = 0; i < count; i++) {
      if (usable[i] === 0) continue;
      const v = VIEW * i;
      const x = view[v]!;
      const y = view[v + 1]!;
      const z = view[v + 2]!;
      const tile = tileAt(x, y, z);
      const end = tileFirst[tile + 1]!;
      if (tileFirst[tile] === end) continue;
      const cosView = view[v + VIEW_COSINE]!;
      const sinView = view[v + VIEW_SINE]!;
      if (pairs + blockCount > pairBlock.length) {
        pairBlock = grown(pairBlock, blockCount);
        pairSatellite = grown(pairSatellite, blockCount);
      }
      const before = pairs;
      for (let e = tileFirst[tile]!; e < end; e++) {
        const b = item[e]!;
        const c = CAP * b;
        const dot = cap[c]! * x + cap[c + 1]! * y + cap[c + 2]! * z;
        if (dot < cosView * cap[c + 3]! - sinView * cap[c + 4]!) continue;
        pairBlock[pairs] = b;
        pairSatellite[pairs++] = i;
        first[b + 1]! += 1;
      }
      if (pairs > before) seen[seenCount++] = i;
    }
    for (let b = 0; b < blockCount; b++) first[b + 1]! += first[b]!;
    const next = first.slice();
    const satellite = new Int32Array(pairs);
    for (let k = 0; k < pairs; k++) {
      const to = next[pairBlock[k]!]!;
      next[pairBlock[k]!] = to + 1;
      satellite[to] = pairSatellite[k]!;
    }
    return { first, satellite, seen: seen.slice(0, seenCount) };
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
