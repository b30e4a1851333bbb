// SPDX-License-Identifier: MIT
import { type ArrayPool, freshArrays } from "../array-pool.ts";
import { NO_ROUTE, type Outage, type RouteTree } from "../beams/cell-plan.ts";
import { createLandingIndex } from "./landing-index.ts";
import { entryOf } from "./link-graph.ts";
import { createTreeSearch, type Landings, type WantedNodes } from "./shortest-tree.ts";
import { type SlotGraph, withOutage } from "./slot-graph.ts";
import { partsOf } from "./topology-parts.ts";

/** A tree that also knows what was minimised: the same array as `delayMs` where there are no prices. */
export interface PricedTree extends RouteTree {
  /** Delay plus prices from each satellite to the PoP; Infinity: no route. */
  readonly costMs: Float64Array;
}

/** Finds routes to PoPs over lasers and ground. Keeps only working space: an answer depends on its arguments alone. */
export interface RouteEngine {
  /**
   * Least-cost routes from all satellites to a PoP over lasers, contacts and fibre. Of equally good next hops a landing
   * comes before a laser, a lower gateway or satellite before a higher.
   *
   * @param wanted Satellites whose routes are asked for; others may be left without one. Default all.
   */
  treeTo(graph: SlotGraph, pop: number, wanted?: Int32Array): PricedTree;
  /**
   * The tree that `treeTo` would find with this out of order, from the one found on `graph`: only satellites whose way
   * led through what failed are routed anew (dynamic shortest paths for failures, Ramalingam and Reps 1996).
   */
  rerouteAfter(graph: SlotGraph, tree: PricedTree, outage: Outage): PricedTree;
  /** The same for many trees of one graph: `broken` is `withOutage(graph, outage)`, made once. */
  repair(broken: SlotGraph, tree: PricedTree): PricedTree;
}

const INTACT = 1;
const CUT = 2;

/** @param arrays Where the arrays of trees come from; default: new ones every time. */
export function createRouteEngine(satellites: number, arrays: ArrayPool = freshArrays): RouteEngine {
  const search = createTreeSearch(satellites);
  const landingsOf = createLandingIndex();
  const seeds = new Int32Array(satellites);
  const chain = new Int32Array(satellites);
  const state = new Uint8Array(satellites);

  function treeTo(graph: SlotGraph, pop: number, wanted?: Int32Array): PricedTree {
    const costMs = arrays.float64(satellites).fill(Number.POSITIVE_INFINITY);
    const next = arrays.int32(satellites).fill(NO_ROUTE);
    const landings = graph.popDown[pop] === 1 ? undefined : landingsOf(graph, pop);
    return spread(graph, pop, 0, costMs, next, wanted, landings);
  }

  function repair(graph: SlotGraph, tree: PricedTree): PricedTree {
    if (graph.popDown[tree.pop] === 1) return treeTo(graph, tree.pop);
    const { rows, inward } = graph;
    const costMs = arrays.float64(satellites);
    costMs.set(tree.costMs);
    const next = arrays.int32(satellites);
    next.set(tree.next);
    mark(graph, tree);
    let count = 0;
    for (let i = 0; i < satellites; i++) {
      if (state[i] !== CUT) continue;
      costMs[i] = Number.POSITIVE_INFINITY;
      next[i] = NO_ROUTE;
      land(graph, tree.pop, i, costMs, next);
      for (let e = rows.offset[i]!; e < rows.offset[i + 1]!; e++) {
        const j = rows.to[e]!;
        if (state[j] === CUT) continue;
        const through = costMs[j]! + inward[rows.reverse[e]!]!;
        if (through >= costMs[i]!) continue;
        costMs[i] = through;
        next[i] = j;
      }
      if (costMs[i]! < Number.POSITIVE_INFINITY) seeds[count++] = i;
    }
    return spread(graph, tree.pop, count, costMs, next);
  }

  function asked(graph: SlotGraph, nodes: Int32Array | undefined): WantedNodes | undefined {
    return nodes === undefined ? undefined : { nodes, ...partsOf(graph.lasers.topology) };
  }

  /** From the seeds, whose cost and next hop are known, to everybody. */
  function spread(
    graph: SlotGraph,
    pop: number,
    count: number,
    costMs: Float64Array,
    next: Int32Array,
    wanted?: Int32Array,
    landings?: Landings,
  ): PricedTree {
    const { rows, inward, bucketMs } = graph;
    search.run(rows, inward, seeds, count, costMs, next, bucketMs, asked(graph, wanted), landings);
    return { pop, costMs, next, delayMs: graph.priced ? delaysOf(graph, pop, next) : costMs };
  }

  /** Sets `state` to CUT for satellites whose way in the tree no longer stands, to INTACT for all others. */
  function mark(graph: SlotGraph, { pop, next }: PricedTree): void {
    const { touched } = graph;
    state.fill(0);
    for (let start = 0; start < satellites; start++) {
      let verdict = state[start]!;
      let length = 0;
      for (let i = start; verdict === 0; i = next[i]!) {
        chain[length++] = i;
        const onwards = next[i]!;
        // Who had no route has none with less; a step stands where nothing of the satellite was taken.
        if (onwards === NO_ROUTE) verdict = INTACT;
        else if (touched[i] === 1 && !stands(graph, pop, i, onwards)) verdict = CUT;
        else verdict = onwards < 0 ? INTACT : state[onwards]!;
      }
      for (let k = 0; k < length; k++) state[chain[k]!] = verdict;
    }
  }

  function stands(graph: SlotGraph, pop: number, i: number, onwards: number): boolean {
    return stepMs(graph, pop, i, onwards, graph.inward, graph.contactCost) < Number.POSITIVE_INFINITY;
  }

  /** Delays along a tree's routes, added from the PoP outwards as costs are. */
  function delaysOf(graph: SlotGraph, pop: number, next: Int32Array): Float64Array {
    const delay = arrays.float64(satellites).fill(Number.NaN);
    for (let start = 0; start < satellites; start++) {
      let length = 0;
      let base = delay[start]!;
      for (let i = start; Number.isNaN(base); i = next[i]!) {
        chain[length++] = i;
        const onwards = next[i]!;
        if (onwards === NO_ROUTE) base = Number.POSITIVE_INFINITY;
        else base = onwards < 0 ? 0 : delay[onwards]!;
      }
      while (length > 0) {
        const i = chain[--length]!;
        if (next[i] !== NO_ROUTE) base += stepMs(graph, pop, i, next[i]!, graph.ms, graph.contactMs);
        delay[i] = base;
      }
    }
    return delay;
  }

  return {
    treeTo,
    repair,
    rerouteAfter: (graph, tree, outage) => repair(withOutage(graph, outage), tree),
  };
}

/** Tries all landings of a satellite. */
function land(graph: SlotGraph, pop: number, i: number, cost: Float64Array, next: Int32Array): void {
  const { contacts, contactOffset, contactCost, fibre } = graph;
  for (let c = contactOffset[i]!; c < contactOffset[i + 1]!; c++) {
    const gateway = contacts.gateway[c]!;
    const through = contactCost[c]! + fibre.ms[gateway * fibre.pops + pop]!;
    if (through >= cost[i]!) continue;
    cost[i] = through;
    next[i] = -1 - gateway;
  }
}

/**
 * What the step from satellite i to `onwards` takes (a satellite, or `-1 - gateway` and on to the PoP), by the delays
 * or the costs of lasers and contacts; Infinity where the step cannot be made.
 */
function stepMs(
  { rows, contacts, contactOffset, fibre }: SlotGraph,
  pop: number,
  i: number,
  onwards: number,
  lasers: Float64Array,
  landings: Float64Array,
): number {
  if (onwards >= 0) return lasers[entryOf(rows, onwards, i)]!;
  let c = contactOffset[i]!;
  while (contacts.gateway[c] !== -1 - onwards) c++;
  return landings[c]! + fibre.ms[(-1 - onwards) * fibre.pops + pop]!;
}
