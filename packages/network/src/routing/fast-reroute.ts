// SPDX-License-Identifier: MIT
import { NO_ROUTE } from "../beams/cell-plan.ts";
import type { PricedTree } from "./route-engine.ts";
import type { SlotGraph } from "./slot-graph.ts";

/** Where each satellite sends traffic at once when its next hop to a PoP fails, before any tree is found anew. */
export interface FastReroute {
  readonly pop: number;
  /** As in `RouteTree`: a satellite, `-1 - g` for a landing at gateway g, or {@link NO_ROUTE} without an alternate. */
  readonly next: Int32Array;
  /** Per satellite: 1 where the alternate also avoids the failed next hop itself, not only the link to it. */
  readonly avoidsNode: Uint8Array;
  /** Shares of the satellites with a route that have an alternate, and one that avoids the next hop. */
  readonly linkShare: number;
  readonly nodeShare: number;
}

/**
 * Precomputed loop-free alternates (RFC 5286). An alternate is a landing of the satellite's own, or a neighbour whose
 * way to the PoP does not come back through it: in a tree, one that is not among its descendants. Where shortest ways
 * are unique that is inequality 1 of the RFC, D(N, D) < D(N, S) + D(S, D), asked of the tree itself; an alternate avoids
 * the next hop (inequality 3) when it is no descendant of that either. Those that do come first, then the least cost.
 */
export function fastReroute(graph: SlotGraph, tree: PricedTree): FastReroute {
  const { satellites, rows, inward, contacts, contactOffset, contactCost, fibre } = graph;
  const { first, last, landing } = tourOf(tree.next);
  const inside = (i: number, root: number) => first[i]! >= first[root]! && first[i]! <= last[root]!;
  const next = new Int32Array(satellites).fill(NO_ROUTE);
  const avoidsNode = new Uint8Array(satellites);
  let routed = 0;
  let links = 0;
  let nodes = 0;
  for (let s = 0; s < satellites; s++) {
    const primary = tree.next[s]!;
    if (primary === NO_ROUTE) continue;
    routed++;
    let best = Number.POSITIVE_INFINITY;
    const offer = (onwards: number, cost: number, avoids: boolean) => {
      if (!(cost < Number.POSITIVE_INFINITY) || onwards === primary) return;
      if (next[s] !== NO_ROUTE) {
        if (avoidsNode[s] === 1 && !avoids) return;
        if ((avoidsNode[s] === 1) === avoids && cost >= best) return;
      }
      next[s] = onwards;
      avoidsNode[s] = avoids ? 1 : 0;
      best = cost;
    };
    for (let c = contactOffset[s]!; c < contactOffset[s + 1]!; c++) {
      const gateway = contacts.gateway[c]!;
      offer(-1 - gateway, contactCost[c]! + fibre.ms[gateway * fibre.pops + tree.pop]!, true);
    }
    for (let e = rows.offset[s]!; e < rows.offset[s + 1]!; e++) {
      const n = rows.to[e]!;
      if (tree.next[n] === NO_ROUTE || inside(n, s)) continue;
      const avoids = primary < 0 ? landing[n] !== -1 - primary : !inside(n, primary);
      offer(n, inward[rows.reverse[e]!]! + tree.costMs[n]!, avoids);
    }
    if (next[s] !== NO_ROUTE) links++;
    nodes += avoidsNode[s]!;
  }
  return { pop: tree.pop, next, avoidsNode, linkShare: links / routed, nodeShare: nodes / routed };
}

/**
 * A walk around the tree, each satellite before its descendants: those of i have `first` between `first[i]` and
 * `last[i]`. And where each one's way lands.
 */
function tourOf(next: Int32Array): { first: Int32Array; last: Int32Array; landing: Int32Array } {
  const count = next.length;
  const child = new Int32Array(count).fill(-1);
  const sibling = new Int32Array(count).fill(-1);
  for (let i = count - 1; i >= 0; i--) {
    const parent = next[i]!;
    if (parent < 0) continue;
    sibling[i] = child[parent]!;
    child[parent] = i;
  }
  const first = new Int32Array(count).fill(-1);
  const last = new Int32Array(count).fill(-1);
  const landing = new Int32Array(count).fill(-1);
  let clock = 0;
  for (let root = 0; root < count; root++) {
    if (next[root]! >= 0 || next[root] === NO_ROUTE) continue;
    let i = root;
    first[i] = clock++;
    landing[i] = -1 - next[root]!;
    for (;;) {
      let onwards = child[i]!;
      // Without further descendants: back up until somebody has a sibling.
      while (onwards === -1) {
        last[i] = clock - 1;
        if (i === root) break;
        onwards = sibling[i]!;
        i = next[i]!;
      }
      if (onwards === -1) break;
      i = onwards;
      first[i] = clock++;
      landing[i] = -1 - next[root]!;
    }
  }
  return { first, last, landing };
}
