// SPDX-License-Identifier: MIT
import { NO_ROUTE, type Outage, type RouteTree } from "../beams/cell-plan.ts";
import type { GrowingTree } from "../beams/growing-tree.ts";
import { createLandingIndex } from "./landing-index.ts";
import { createLandingReach } from "./landing-reach.ts";
import type { Positions } from "./laser-geometry.ts";
import { entryOf } from "./link-graph.ts";
import { aimAround } from "./search-aim.ts";
import { searchOrder } from "./search-order.ts";
import { createTreeSearch, type TreeOptions } from "./shortest-tree.ts";
import { type SlotGraph, withOutage } from "./slot-graph.ts";

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
   * The tree that `treeTo` finds for the satellites wanted, or what of it costs less than `uptoMs`; it can grow until it
   * is released. Of other satellites it has the ways that those wanted take, and for the rest nothing that counts. Not
   * for a graph with prices, of which delays tell nothing.
   *
   * @param places Where satellites were when their links were measured.
   */
  growingTreeTo(
    graph: SlotGraph,
    pop: number,
    wanted: Int32Array,
    uptoMs: number,
    places: Positions,
  ): PricedTree & GrowingTree;
  /**
   * The tree that `treeTo` would find with this out of order, from the one found on `graph`: only satellites whose way
   * led through what failed are routed anew (dynamic shortest paths for failures, Ramalingam and Reps 1996).
   */
  rerouteAfter(graph: SlotGraph, tree: PricedTree, outage: Outage): PricedTree;
  /** The same for many trees of one graph: `broken` is `withOutage(graph, outage)`, made once. */
  repair(broken: SlotGraph, tree: PricedTree): PricedTree;
  /** Gives back a tree of `treeTo` that nobody reads any more: its arrays become those of another. */
  release(tree: PricedTree): void;
}

/** The arrays of a tree, Infinity and {@link NO_ROUTE} but for the satellites listed in `reached`. */
interface TreeMemory {
  readonly costMs: Float64Array;
  readonly next: Int32Array;
  readonly reached: Int32Array;
  size: number;
}

const emptyTree = (satellites: number): TreeMemory => ({
  costMs: new Float64Array(satellites).fill(Number.POSITIVE_INFINITY),
  next: new Int32Array(satellites).fill(NO_ROUTE),
  reached: new Int32Array(satellites),
  size: 0,
});

/** Trees kept for the next, at most: as many as there may be PoPs. */
const MOST_SPARE = 256;

type FindOptions = Pick<TreeOptions, "uptoMs" | "aim"> & { readonly wanted?: Int32Array };

const INTACT = 1;
const CUT = 2;

export function createRouteEngine(satellites: number): RouteEngine {
  const search = createTreeSearch(satellites);
  const landings = createLandingIndex();
  const seeds = new Int32Array(satellites);
  const chain = new Int32Array(satellites);
  const state = new Uint8Array(satellites);
  /** The graph that landings and costs have been put in order for, see `searchOrder`. */
  let known: SlotGraph | undefined;
  let inOrder = new Float64Array(0);
  const reach = createLandingReach(satellites);
  const asked = new Int32Array(satellites);
  /** By position; empty between searches. */
  const cost = new Float64Array(satellites).fill(Number.POSITIVE_INFINITY);
  const hop = new Int32Array(satellites).fill(NO_ROUTE);
  const spare: TreeMemory[] = [];
  const memoryOf = new WeakMap<PricedTree, TreeMemory>();

  function prepare(graph: SlotGraph): void {
    if (graph === known) return;
    known = graph;
    const { entry, position, rows } = searchOrder(graph.lasers.topology);
    const { inward } = graph;
    if (inOrder.length !== entry.length) inOrder = new Float64Array(entry.length);
    for (let e = 0; e < inOrder.length; e++) inOrder[e] = inward[entry[e]!]!;
    landings.index(graph, position);
    reach.begin(graph, rows, inOrder, position);
  }

  /** Positions of the satellites asked for, less those without any route: to find that out takes a whole search. */
  function positionsOf(wanted: Int32Array, position: Int32Array): Int32Array {
    let count = 0;
    for (let k = 0; k < wanted.length; k++) {
      const p = position[wanted[k]!]!;
      if (reach.lands(p)) asked[count++] = p;
    }
    return asked.subarray(0, count);
  }

  /** Fills the memory of a tree; whether all that was asked for is in it. */
  function find(memory: TreeMemory, graph: SlotGraph, pop: number, options: FindOptions): boolean {
    if (graph.popDown[pop] === 1) return true;
    prepare(graph);
    const { wanted, ...limits } = options;
    const { rows, satellite, position, part, parts } = searchOrder(graph.lasers.topology);
    const nodes = wanted === undefined ? undefined : positionsOf(wanted, position);
    const { node, count, complete } = search.run(rows, inOrder, seeds, 0, cost, hop, graph.bucketMs, {
      landings: landings.towards(pop),
      names: satellite,
      ...limits,
      ...(nodes === undefined ? {} : { wanted: { nodes, part, parts } }),
    });
    take(memory, satellite, node, count);
    return complete;
  }

  function treeTo(graph: SlotGraph, pop: number, wanted?: Int32Array): PricedTree {
    const memory = spare.pop() ?? emptyTree(satellites);
    find(memory, graph, pop, wanted === undefined ? {} : { wanted });
    const { costMs, next } = memory;
    const tree = { pop, costMs, next, delayMs: graph.priced ? delaysOf(graph, pop, next) : costMs };
    memoryOf.set(tree, memory);
    return tree;
  }

  function growingTreeTo(
    graph: SlotGraph,
    pop: number,
    wanted: Int32Array,
    uptoMs: number,
    places: Positions,
  ): PricedTree & GrowingTree {
    if (graph.priced) throw new RangeError("a tree grows by delay, and this graph has prices");
    const memory = spare.pop() ?? emptyTree(satellites);
    const { costMs, next } = memory;
    const { position } = searchOrder(graph.lasers.topology);
    const aim = aimAround(wanted, places);
    let knownMs = 0;
    const tree = {
      pop,
      costMs,
      next,
      delayMs: costMs,
      get knownMs() {
        return knownMs;
      },
      mayHaveRoute(i: number): boolean {
        prepare(graph);
        return reach.lands(position[i]!);
      },
      grow(untilMs: number): void {
        if (!(untilMs > knownMs) || memoryOf.get(tree) !== memory) return;
        empty(memory);
        const complete = find(memory, graph, pop, { wanted, uptoMs: untilMs, aim });
        knownMs = complete ? Number.POSITIVE_INFINITY : untilMs;
      },
    };
    memoryOf.set(tree, memory);
    tree.grow(uptoMs);
    return tree;
  }

  /** Moves what was found from positions to satellites, and leaves the positions empty. */
  function take(memory: TreeMemory, satellite: Int32Array, node: Int32Array, count: number): void {
    const { costMs, next, reached } = memory;
    let size = 0;
    for (let k = 0; k < count; k++) {
      const p = node[k]!;
      // Given up, or moved already.
      if (cost[p] === Number.POSITIVE_INFINITY) continue;
      const i = satellite[p]!;
      const onwards = hop[p]!;
      costMs[i] = cost[p]!;
      next[i] = onwards < 0 ? onwards : satellite[onwards]!;
      reached[size++] = i;
      cost[p] = Number.POSITIVE_INFINITY;
      hop[p] = NO_ROUTE;
    }
    memory.size = size;
  }

  function release(tree: PricedTree): void {
    const memory = memoryOf.get(tree);
    if (memory === undefined) return;
    memoryOf.delete(tree);
    empty(memory);
    if (spare.length < MOST_SPARE) spare.push(memory);
  }

  function empty(memory: TreeMemory): void {
    const { costMs, next, reached, size } = memory;
    for (let k = 0; k < size; k++) {
      costMs[reached[k]!] = Number.POSITIVE_INFINITY;
      next[reached[k]!] = NO_ROUTE;
    }
    memory.size = 0;
  }

  function repair(graph: SlotGraph, tree: PricedTree): PricedTree {
    if (graph.popDown[tree.pop] === 1) return treeTo(graph, tree.pop);
    const { rows, inward } = graph;
    const costMs = tree.costMs.slice();
    const next = tree.next.slice();
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
    search.run(rows, inward, seeds, count, costMs, next, graph.bucketMs);
    return { pop: tree.pop, costMs, next, delayMs: graph.priced ? delaysOf(graph, tree.pop, next) : costMs };
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
    const delay = new Float64Array(satellites).fill(Number.NaN);
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
    growingTreeTo,
    repair,
    release,
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
