// SPDX-License-Identifier: MIT
import type { Landings } from "./shortest-tree.ts";
import type { FibreTable, SlotGraph } from "./slot-graph.ts";

/** Gateways of one PoP by length of fibre: what does not change from slot to slot. */
interface FibreOrder {
  readonly order: Int32Array;
  readonly baseMs: Float64Array;
}

/** The contacts of a slot by gateway, the gateways of each PoP by length of fibre: where the search for a tree begins. */
export interface LandingIndex {
  /** Takes up a slot's contacts. @param position What each satellite is called in the search. */
  index(graph: SlotGraph, position: Int32Array): void;
  /** Towards a PoP, over the contacts taken up last. */
  towards(pop: number): Landings;
}

const known = new WeakMap<FibreTable, Map<number, FibreOrder>>();

export function createLandingIndex(): LandingIndex {
  let fibre: FibreTable = { gateways: 0, pops: 0, ms: new Float64Array(0) };
  let offset = new Int32Array(0);
  let node = new Int32Array(0);
  let ms = new Float64Array(0);
  let leastMs = 0;

  return {
    index({ contacts, contactCost, fibre: table }, position) {
      const { satellite, gateway } = contacts;
      const count = satellite.length;
      fibre = table;
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
      // Each start moves back from its row's end.
      for (let c = 0; c < count; c++) {
        const at = --offset[gateway[c]!]!;
        node[at] = position[satellite[c]!]!;
        ms[at] = contactCost[c]!;
      }
    },
    towards: pop => ({ ...fibreOrder(fibre, pop), leastMs, offset, node, ms }),
  };
}

function fibreOrder(fibre: FibreTable, pop: number): FibreOrder {
  let pops = known.get(fibre);
  if (pops === undefined) {
    pops = new Map();
    known.set(fibre, pops);
  }
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
