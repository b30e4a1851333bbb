// SPDX-License-Identifier: MIT
import type { BeamSatellites } from "./beam-satellites.ts";
import type { CellGroups } from "./cell-groups.ts";
import type { SkyIndex } from "./sky-index.ts";
import type { Units } from "./slot-wishes.ts";

/**
 * The units in the order in which they are served: block by block, the block first whose units have the fewest beams
 * to hope for. A satellite's beams are shared by all units below it: what a block may hope for is the sum, over its
 * satellites, of beams per unit in view. Ties go to the lower block.
 */
export function blocksByNeed(
  units: Units,
  groups: CellGroups,
  sky: SkyIndex,
  satellites: BeamSatellites,
): Int32Array {
  const { blockCount, blockOfGroup } = groups;
  const first = new Int32Array(blockCount + 1);
  for (let u = 0; u < units.count; u++) first[blockOfGroup[units.group[u]!]! + 1]! += 1;
  for (let b = 0; b < blockCount; b++) first[b + 1]! += first[b]!;

  const inView = new Float64Array(satellites.count);
  for (let b = 0; b < blockCount; b++) {
    const count = first[b + 1]! - first[b]!;
    for (let e = sky.first[b]!; e < sky.first[b + 1]!; e++) inView[sky.satellite[e]!]! += count;
  }
  const hope = new Float64Array(blockCount);
  const blocks: number[] = [];
  for (let b = 0; b < blockCount; b++) {
    if (first[b + 1] === first[b]) continue;
    blocks.push(b);
    for (let e = sky.first[b]!; e < sky.first[b + 1]!; e++) {
      const i = sky.satellite[e]!;
      hope[b]! += satellites.beams[i]! / inView[i]!;
    }
  }
  blocks.sort((a, b) => hope[a]! - hope[b]! || a - b);

  const order = new Int32Array(units.count);
  let count = 0;
  for (const b of blocks) for (let u = first[b]!; u < first[b + 1]!; u++) order[count++] = u;
  return order;
}
