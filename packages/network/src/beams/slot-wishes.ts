// SPDX-License-Identifier: MIT
import type { BeamPolicy } from "../policy.ts";
import type { CellGroups } from "./cell-groups.ts";
import type { CellDemand, RouteTree } from "./cell-plan.ts";

/** Units that wait for a beam: up to `cellsPerBeam` cells of one group with one PoP. */
export interface Units {
  readonly count: number;
  readonly group: Int32Array;
  /** Index of the tree to the unit's PoP. */
  readonly tree: Int32Array;
  /** 1 where a cell of it has demand. */
  readonly busy: Uint8Array;
  /** Cells of unit u: `cells[first[u]]` to `cells[first[u + 1] - 1]`. */
  readonly first: Int32Array;
  readonly cells: Int32Array;
}

/** What each cell wants, in worths of one beam: the larger of its two directions, all classes together. */
export function loadOf(demand: CellDemand, policy: BeamPolicy, out: Float64Array): void {
  out.fill(0);
  const [first, ...others] = demand.classes;
  if (first === undefined) return;
  for (let c = 0; c < out.length; c++) {
    let down = first.downMbps[c]!;
    let up = first.upMbps[c]!;
    for (const more of others) {
      down += more.downMbps[c]!;
      up += more.upMbps[c]!;
    }
    out[c] = Math.max(down / policy.beamDownMbps, up / policy.beamUpMbps);
  }
}

/**
 * Gathers the cells that are to be served into units, group by group.
 *
 * @param wanted Per cell: 1 where it is to have a beam.
 * @param treeOfCell Per cell: index of the tree to its PoP; a wanted cell has one.
 */
export function unitsOf(
  groups: CellGroups,
  wanted: Uint8Array,
  treeOfCell: Int16Array,
  load: Float64Array,
  cellsPerBeam: number,
): Units {
  const { firstCell, groupCount } = groups;
  const n = groups.cellCount;
  const cells = new Int32Array(n);
  const group = new Int32Array(n);
  const tree = new Int32Array(n);
  const busy = new Uint8Array(n);
  const first = new Int32Array(n + 1);
  let count = 0;
  let filled = 0;
  for (let g = 0; g < groupCount; g++) {
    const from = filled;
    let mixed = false;
    for (let c = firstCell[g]!; c < firstCell[g + 1]!; c++) {
      if (wanted[c] === 0) continue;
      if (filled > from && treeOfCell[c] !== treeOfCell[cells[from]!]) mixed = true;
      cells[filled++] = c;
    }
    if (filled === from) continue;
    // Cells that will not share one beam: those with demand keep together, so that the idle can yield as one.
    if (mixed || filled - from > cellsPerBeam)
      cells
        .subarray(from, filled)
        .sort(
          (a, b) =>
            treeOfCell[a]! - treeOfCell[b]! || (load[b]! > 0 ? 1 : 0) - (load[a]! > 0 ? 1 : 0) || a - b,
        );
    for (let k = from; k < filled; k++) {
      const c = cells[k]!;
      const starts =
        k === from || treeOfCell[c] !== tree[count - 1] || k - first[count - 1]! === cellsPerBeam;
      if (starts) {
        first[count] = k;
        group[count] = g;
        tree[count] = treeOfCell[c]!;
        count += 1;
      }
      if (load[c]! > 0) busy[count - 1] = 1;
    }
  }
  first[count] = filled;
  return { count, group, tree, busy, first, cells };
}

/** Gateway where each satellite's traffic lands on its way to the tree's PoP; -1 without a route. */
export function landingsOf(tree: RouteTree): Int32Array {
  const count = tree.next.length;
  const landing = new Int32Array(count).fill(UNKNOWN);
  const path = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let steps = 0;
    let at = i;
    // A path that never lands, which no shortest tree has, ends after as many steps as there are satellites.
    while (at >= 0 && landing[at] === UNKNOWN && steps < count) {
      path[steps++] = at;
      at = tree.delayMs[at] === Number.POSITIVE_INFINITY ? -1 - NOWHERE : tree.next[at]!;
    }
    const gateway = at >= 0 ? landing[at]! : -1 - at;
    for (let k = 0; k < steps; k++) landing[path[k]!] = gateway === NOWHERE ? -1 : gateway;
  }
  return landing;
}

const UNKNOWN = -2;
/** `-1 - NO_ROUTE`: the "gateway" of a satellite without a route. */
const NOWHERE = 2_147_483_647;
