// SPDX-License-Identifier: MIT
import type { SearchOrder } from "./search-order.ts";
import type { SlotGraph } from "./slot-graph.ts";

const UNKNOWN = 0;
const LANDS = 1;
const LOST = 2;

/** Tells which satellites have any way to the ground, without looking for the best one. */
export interface LandingReach {
  /** Takes up a slot's graph; `inward` is the cost of each entry of `rows`, by position. */
  begin(graph: SlotGraph, rows: SearchOrder["rows"], inward: Float64Array, position: Int32Array): void;
  /** Whether lasers that are up join the satellite at a position with one that has a contact. */
  lands(position: number): boolean;
}

/**
 * Breadth first from who is asked about, until somebody has a contact: few steps for nearly all. All who were met on the
 * way share the answer, since lasers are up in both directions or in none, and fibre joins every gateway with every PoP.
 */
export function createLandingReach(satellites: number): LandingReach {
  const verdict = new Uint8Array(satellites);
  const queue = new Int32Array(satellites);
  /** Per position: the question for which it was met last. */
  const met = new Int32Array(satellites);
  let question = 0;
  let offset = new Int32Array(0);
  let to = new Int32Array(0);
  let cost = new Float64Array(0);

  function ask(from: number): number {
    question += 1;
    met[from] = question;
    queue[0] = from;
    let size = 1;
    let answer = LOST;
    for (let head = 0; head < size; head++) {
      const p = queue[head]!;
      if (verdict[p] !== UNKNOWN) {
        answer = verdict[p]!;
        break;
      }
      for (let e = offset[p]!; e < offset[p + 1]!; e++) {
        const q = to[e]!;
        if (met[q] === question || cost[e] === Number.POSITIVE_INFINITY) continue;
        met[q] = question;
        queue[size++] = q;
      }
    }
    for (let k = 0; k < size; k++) verdict[queue[k]!] = answer;
    return answer;
  }

  return {
    begin({ contacts, contactCost }, rows, inward, position) {
      offset = rows.offset as Int32Array<ArrayBuffer>;
      to = rows.to as Int32Array<ArrayBuffer>;
      cost = inward as Float64Array<ArrayBuffer>;
      verdict.fill(UNKNOWN);
      for (let c = 0; c < contactCost.length; c++)
        if (contactCost[c]! < Number.POSITIVE_INFINITY) verdict[position[contacts.satellite[c]!]!] = LANDS;
    },
    lands: position => (verdict[position]! || ask(position)) === LANDS,
  };
}
