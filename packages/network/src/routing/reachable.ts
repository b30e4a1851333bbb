// SPDX-License-Identifier: MIT
import type { SlotGraph } from "./slot-graph.ts";

/**
 * Per satellite: 1 where traffic can reach some gateway, itself or over lasers. Fibre joins gateways with PoPs, so who
 * reaches none has a route to no PoP. Breadth first from those that land.
 */
export function reachable({ satellites, rows, inward, contactOffset, contactCost }: SlotGraph): Uint8Array {
  const reached = new Uint8Array(satellites);
  const queue = new Int32Array(satellites);
  let size = 0;
  for (let i = 0; i < satellites; i++) {
    for (let c = contactOffset[i]!; c < contactOffset[i + 1]! && reached[i] === 0; c++) {
      if (contactCost[c] === Number.POSITIVE_INFINITY) continue;
      reached[i] = 1;
      queue[size++] = i;
    }
  }
  for (let at = 0; at < size; at++) {
    const v = queue[at]!;
    for (let e = rows.offset[v]!; e < rows.offset[v + 1]!; e++) {
      const i = rows.to[e]!;
      if (reached[i] === 1 || inward[e] === Number.POSITIVE_INFINITY) continue;
      reached[i] = 1;
      queue[size++] = i;
    }
  }
  return reached;
}
