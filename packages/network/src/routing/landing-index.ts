// SPDX-License-Identifier: MIT
import type { Landings } from "./shortest-tree.ts";
import type { FibreTable, SlotGraph } from "./slot-graph.ts";

/** Gateways of one PoP by length of fibre: what does not change from slot to slot. */
interface FibreOrder {
  readonly order: Int32Array;
  readonly baseMs: Float64Array;
}

const known = new WeakMap<FibreTable, Map<number, FibreOrder>>();

/**
 * The contacts of a slot by gateway, the gateways of each PoP by length of fibre: where the search for a tree begins.
 * Good until it is asked for another graph.
 */
export function createLandingIndex(): (graph: SlotGraph, pop: number) => Landings {
  let of: SlotGraph | undefined;
  let offset = new Int32Array(0);
  let node = new Int32Array(0);
  let ms = new Float64Array(0);
  let leastMs = 0;

  function sort({ contacts, contactCost, fibre }: SlotGraph): void {
    const { satellite, gateway } = contacts;
    const count = satellite.length;
    if (offset.length !== fibre.gateways + 1) offset = new Int32Array(fibre.gateways + 1);
    if (node.length < count) {
      node = new Int32Array(2 * count);
      ms = new Float64Array(2 * count);
    }
    offset.fill(0);
    leastMs = Number.POSITIVE_INFINITY;
    for (let c = 0; c < count; c++) {
      offset[gateway[c]!]! += 1;
      leastMs = Math.min(leastMs, contactCost[c]!);
    }
    for (let g = 1; g <= fibre.gateways; g++) offset[g]! += offset[g - 1]!;
    // From the last to the first: each start moves back from its row's end, and rows keep the order of the contacts.
    for (let c = count - 1; c >= 0; c--) {
      const at = --offset[gateway[c]!]!;
      node[at] = satellite[c]!;
      ms[at] = contactCost[c]!;
    }
  }

  return (graph, pop) => {
    if (graph !== of) sort(graph);
    of = graph;
    return { ...fibreOrder(graph.fibre, pop), leastMs, offset, node, ms };
  };
}

function fibreOrder(fibre: FibreTable, pop: number): FibreOrder {
  let pops = known.get(fibre);
  if (pops === undefined) known.set(fibre, (pops = new Map()));
  let answer = pops.get(pop);
  if (answer === undefined) {
    const baseMs = Float64Array.from({ length: fibre.gateways }, (_, g) => fibre.ms[g * fibre.pops + pop]!);
    const order = Int32Array.from(baseMs.keys())
      .filter(g => baseMs[g]! < Number.POSITIVE_INFINITY)
      .sort((a, b) => baseMs[a]! - baseMs[b]! || a - b);
    answer = { order, baseMs };
    pops.set(pop, answer);
  }
  return answer;
}
