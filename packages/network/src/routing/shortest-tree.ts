// SPDX-License-Identifier: MIT
import { NO_ROUTE } from "../beams/cell-plan.ts";
import type { LinkRows } from "./link-graph.ts";
import type { SearchAim } from "./search-aim.ts";

/** Not in any bucket. */
const NOWHERE = -1;
/** Costs beyond the last bucket share it: the search stays exact, it only repeats more work there. */
const BUCKETS = 4096;

const EVERYTHING = { part: new Int32Array(0) };
const NO_NAMES = new Int32Array(0);
const NO_PLACES = { xKm: new Float64Array(0), yKm: new Float64Array(0), zKm: new Float64Array(0) };
const NO_LANDINGS: Landings = {
  order: new Int32Array(0),
  baseMs: new Float64Array(0),
  leastMs: 0,
  offset: new Int32Array(1),
  node: new Int32Array(0),
  ms: new Float64Array(0),
};

/** Finds least-cost trees towards a root, again and again over graphs of one size, without allocating. */
export interface TreeSearch {
  /**
   * Least costs from every node to the root, outwards from the nodes already known in `cost` (the seeds: finite there,
   * with their `next` set; all others Infinity) and from `landings`.
   *
   * @param inward Per row entry e of node i: cost of the way from `to[e]` to i; positive, or Infinity.
   * @param cost In: seeds. Out: least costs, Infinity where there is no way.
   * @param next Out: the neighbour that comes next on the way, or the landing, see {@link Landings}; of several equally
   *   good ones a landing, then the lowest, and a seed's own value where no neighbour is better.
   * @param bucketMs Width of the queue's buckets: affects speed alone. See {@link bucketWidth}.
   * @returns Which nodes the search gave a cost, and some of them twice: `node[0]` to `node[count - 1]`, until the next;
   *   and whether nothing that was asked for is left out for costing more than `uptoMs`.
   */
  run(
    rows: Pick<LinkRows, "offset" | "to">,
    inward: Float64Array,
    seeds: Int32Array,
    seedCount: number,
    cost: Float64Array,
    next: Int32Array,
    bucketMs: number,
    options?: TreeOptions,
  ): FoundNodes;
}

/** What {@link TreeSearch.run} answers. */
export interface FoundNodes {
  readonly node: Int32Array;
  readonly count: number;
  readonly complete: boolean;
}

export interface TreeOptions {
  /**
   * Nodes that costs are asked for; default all. Each connected part of the graph is searched until those in it that can
   * be reached are settled; of its other nodes, those that cost more are left without. Nodes that cannot be reached make
   * the search go to its end to find that out.
   */
  readonly wanted?: WantedNodes;
  /**
   * Costs are asked for up to here; nodes that cost more are left without. Default Infinity.
   */
  readonly uptoMs?: number;
  /**
   * Where the nodes wanted lie, for a search that knows `names`: with `uptoMs`, nodes over which none of them is reached
   * for that are passed over. Costs of nodes not wanted are then no more than upper bounds, except along the ways of
   * those wanted (A*, Hart, Nilsson and Raphael 1968, as a bound instead of an order).
   */
  readonly aim?: SearchAim;
  /** Default none. */
  readonly landings?: Landings;
  /** What makes a node lower than another: its name; default its number. */
  readonly names?: Int32Array;
}

/** Nodes asked for. */
export interface WantedNodes {
  readonly nodes: Int32Array;
  /** Per node: its part of the graph. No entry of the rows leads from one part to another. */
  readonly part: Int32Array;
  readonly parts: number;
}

/**
 * Ways out of the graph, in groups that lie at different distances from the root: entries `offset[g]` to
 * `offset[g + 1] - 1` are those of group g, and lead from `node` to the root at a cost of `ms` + `baseMs[g]`; `next` is
 * then `-1 - g`. A group is looked at when the search has come as far as it lies, most of a planet's never.
 */
export interface Landings {
  /** Groups by rising `baseMs`, without those that lead nowhere. */
  readonly order: Int32Array;
  readonly baseMs: Float64Array;
  /** No entry's `ms` is less. */
  readonly leastMs: number;
  readonly offset: Int32Array;
  readonly node: Int32Array;
  /** Infinity: closed. */
  readonly ms: Float64Array;
}

/**
 * A bucket queue (Dial 1969; buckets wider than the shortest link as in delta-stepping, Meyer and Sanders 2003): nodes
 * wait by cost in steps of `bucketMs`, unordered inside a bucket. One whose cost falls waits again, in the bucket of its
 * new cost; what it leaves behind in another bucket is passed over. The result is the fixed point
 * `cost[i] = min(seed[i], cost[j] + inward[j to i])`, which does not depend on the order: adding a positive number is
 * monotone in floating point too, so that every correct method, Dijkstra's or Bellman and Ford's, ends at the same bits.
 */
export function createTreeSearch(nodes: number): TreeSearch {
  /** Of each bucket the last entry, of each entry its node and the entry before it in the bucket. */
  const head = new Int32Array(BUCKETS).fill(NOWHERE);
  let entryNode = new Int32Array(4 * nodes + 16);
  let entryBefore = new Int32Array(4 * nodes + 16);
  const asked = new Uint8Array(nodes);
  /** Per part: wanted nodes not settled, the bucket with which one was last, and that with which the last was. */
  let left = new Int32Array(0);
  let lastAt = new Int32Array(0);
  let doneAt = new Int32Array(0);
  /** Parts of which something wanted is not settled. */
  let partsLeft = 0;

  function grow(): void {
    const wider = (narrow: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(2 * narrow.length);
      array.set(narrow);
      return array;
    };
    entryNode = wider(entryNode);
    entryBefore = wider(entryBefore);
  }

  function run(
    { offset, to }: Pick<LinkRows, "offset" | "to">,
    inward: Float64Array,
    seeds: Int32Array,
    seedCount: number,
    cost: Float64Array,
    next: Int32Array,
    bucketMs: number,
    { wanted, uptoMs = Number.POSITIVE_INFINITY, aim, landings = NO_LANDINGS, names }: TreeOptions = {},
  ): FoundNodes {
    partsLeft = 1;
    if (wanted !== undefined) ask(wanted);
    const { part } = wanted ?? EVERYTHING;
    const partly = wanted !== undefined;
    const perMs = 1 / bucketMs;
    const nameOf = names ?? NO_NAMES;
    const aimed = aim !== undefined && names !== undefined && uptoMs < Number.POSITIVE_INFINITY;
    const { xKm, yKm, zKm } = aim?.places ?? NO_PLACES;
    const [centreX, centreY, centreZ] = aim?.centreKm ?? [0, 0, 0];
    const radiusKm = aim?.radiusKm ?? 0;
    const kmPerMs = aim?.kmPerMs ?? 0;
    const groups = groupsWithin(landings, uptoMs);
    /** Whether something was left out because it costs too much; whoever is reached over it costs more still. */
    let cut = groups < landings.order.length;
    const opensAt = (k: number): number =>
      k < groups ? bucketAt((landings.baseMs[landings.order[k]!]! + landings.leastMs) * perMs) : BUCKETS;
    // Of this call alone, so that the loops need not ask whether somebody else has changed them.
    const done = doneAt;
    let node = entryNode;
    let before = entryBefore;
    let room = node.length;
    let entries = 0;
    let opened = 0;
    let openBucket = opensAt(0);
    let bucket = openBucket;
    /** The last bucket that was ever filled in this search, and entries in buckets. */
    let farthest = 0;
    let waiting = 0;

    for (let s = 0; s < seedCount; s++) {
      const i = seeds[s]!;
      const k = bucketAt(cost[i]! * perMs);
      if (entries === room) {
        grow();
        node = entryNode;
        before = entryBefore;
        room = node.length;
      }
      node[entries] = i;
      before[entries] = head[k]!;
      head[k] = entries++;
      waiting++;
      if (k > farthest) farthest = k;
      if (k < bucket) bucket = k;
    }

    for (; partsLeft > 0; bucket++) {
      if (waiting === 0) {
        if (opened === groups) break;
        bucket = openBucket;
      }
      while (openBucket <= bucket) {
        const g = landings.order[opened]!;
        const base = landings.baseMs[g]!;
        const label = -1 - g;
        for (let e = landings.offset[g]!; e < landings.offset[g + 1]!; e++) {
          const i = landings.node[e]!;
          const through = landings.ms[e]! + base;
          const known = cost[i]!;
          if (!(through <= known) || through === Number.POSITIVE_INFINITY) continue;
          if (through > uptoMs) {
            cut = true;
            continue;
          }
          if (aimed) {
            const at = nameOf[i]!;
            const dx = xKm[at]! - centreX;
            const dy = yKm[at]! - centreY;
            const dz = zKm[at]! - centreZ;
            const roomKm = radiusKm + (uptoMs - through) * kmPerMs;
            if (dx * dx + dy * dy + dz * dz > roomKm * roomKm) {
              cut = true;
              continue;
            }
          }
          if (through === known) {
            if (next[i]! >= 0 || next[i]! < label) next[i] = label;
            continue;
          }
          if (partly && done[part[i]!]! < bucket) continue;
          cost[i] = through;
          next[i] = label;
          const k = bucketAt(through * perMs);
          if (entries === room) {
            grow();
            node = entryNode;
            before = entryBefore;
            room = node.length;
          }
          node[entries] = i;
          before[entries] = head[k]!;
          head[k] = entries++;
          waiting++;
          if (k > farthest) farthest = k;
        }
        opened++;
        openBucket = opensAt(opened);
      }
      for (let entry = head[bucket]!; entry !== NOWHERE; entry = head[bucket]!) {
        head[bucket] = before[entry]!;
        waiting--;
        const v = node[entry]!;
        const base = cost[v]!;
        // Left behind: its cost has fallen since, or it was given up.
        if (bucketAt(base * perMs) !== bucket) continue;
        if (partly) {
          const p = part[v]!;
          // All that was asked of this part was settled with an earlier bucket.
          if (done[p]! < bucket) {
            cost[v] = Number.POSITIVE_INFINITY;
            next[v] = NO_ROUTE;
            continue;
          }
          if (asked[v] === 1) {
            asked[v] = 0;
            lastAt[p] = bucket;
            if (--left[p]! === 0) {
              done[p] = bucket;
              partsLeft--;
            }
          }
        }
        const end = offset[v + 1]!;
        for (let e = offset[v]!; e < end; e++) {
          const i = to[e]!;
          const through = base + inward[e]!;
          const known = cost[i]!;
          if (through > known) continue;
          if (through === known) {
            if (through < Number.POSITIVE_INFINITY && isLower(v, next[i]!, names)) next[i] = v;
            continue;
          }
          if (through > uptoMs) {
            cut = true;
            continue;
          }
          if (aimed) {
            const at = nameOf[i]!;
            const dx = xKm[at]! - centreX;
            const dy = yKm[at]! - centreY;
            const dz = zKm[at]! - centreZ;
            const roomKm = radiusKm + (uptoMs - through) * kmPerMs;
            if (dx * dx + dy * dy + dz * dz > roomKm * roomKm) {
              cut = true;
              continue;
            }
          }
          cost[i] = through;
          next[i] = v;
          const k = bucketAt(through * perMs);
          if (entries === room) {
            grow();
            node = entryNode;
            before = entryBefore;
            room = node.length;
          }
          node[entries] = i;
          before[entries] = head[k]!;
          head[k] = entries++;
          waiting++;
          if (k > farthest) farthest = k;
        }
      }
    }
    // All that was asked is known: who waits still is left without.
    for (const settled = bucket; bucket <= farthest; bucket++) {
      for (let entry = head[bucket]!; entry !== NOWHERE; entry = before[entry]!) {
        const v = node[entry]!;
        if (bucketAt(cost[v]! * perMs) < settled) continue;
        cost[v] = Number.POSITIVE_INFINITY;
        next[v] = NO_ROUTE;
      }
      head[bucket] = NOWHERE;
    }
    if (wanted !== undefined) {
      if (partsLeft > 0 && !cut) {
        // Some cannot be reached: as if nobody had asked for them.
        for (let entry = 0; entry < entries; entry++) {
          const v = node[entry]!;
          if (bucketAt(cost[v]! * perMs) <= lastAt[part[v]!]!) continue;
          cost[v] = Number.POSITIVE_INFINITY;
          next[v] = NO_ROUTE;
        }
      }
      for (let w = 0; w < wanted.nodes.length; w++) asked[wanted.nodes[w]!] = 0;
    }
    return { node, count: entries, complete: partsLeft === 0 || !cut };
  }

  /** Counts what is wanted of each part. A part of which nothing is wanted is done before it begins. */
  function ask({ nodes: list, part, parts }: WantedNodes): void {
    if (left.length < parts) {
      left = new Int32Array(parts);
      lastAt = new Int32Array(parts);
      doneAt = new Int32Array(parts);
    }
    left.fill(0);
    lastAt.fill(-1);
    doneAt.fill(-1);
    partsLeft = 0;
    for (let w = 0; w < list.length; w++) {
      const i = list[w]!;
      if (asked[i] === 1) continue;
      asked[i] = 1;
      const p = part[i]!;
      if (left[p]!++ > 0) continue;
      doneAt[p] = BUCKETS;
      partsLeft++;
    }
  }

  return { run };
}

/** How many groups of landings, from the first, begin within a cost. */
function groupsWithin({ order, baseMs, leastMs }: Landings, uptoMs: number): number {
  let k = 0;
  while (k < order.length && baseMs[order[k]!]! + leastMs <= uptoMs) k++;
  return k;
}

/** Whether node v comes before the next hop known, which may be a landing: none comes before those. */
function isLower(v: number, known: number, names: Int32Array | undefined): boolean {
  return known >= 0 && (names === undefined ? v < known : names[v]! < names[known]!);
}

/** The bucket of a cost in widths: its whole part, Infinity and all that is too far in the last. */
function bucketAt(widths: number): number {
  return widths < BUCKETS ? widths | 0 : BUCKETS - 1;
}

/** A good width of the buckets for these link costs: half the mean of the finite ones. */
export function bucketWidth(ms: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let e = 0; e < ms.length; e++) {
    const cost = ms[e]!;
    if (!(cost < Number.POSITIVE_INFINITY)) continue;
    sum += cost;
    count++;
  }
  return sum > 0 ? sum / count / 2 : 1;
}
