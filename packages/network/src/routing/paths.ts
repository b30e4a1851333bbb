// SPDX-License-Identifier: MIT
import { createMinHeap } from "../heap.ts";
import { entryOf, type LinkGraph } from "./link-graph.ts";

/** A way through a graph without repeated nodes. */
export interface GraphPath {
  readonly nodes: readonly number[];
  /** One way. */
  readonly ms: number;
}

export interface PathOptions {
  /** Per node: 0 where a path may begin or end but not pass, as cities without ground relay; default all pass. */
  readonly mayPass?: Uint8Array;
}

/** Most paths that can be asked for at once. */
export const MAX_PATHS = 256;
/** More than any path takes, and small enough that nanoseconds survive beside a thousand of them. */
const HOP_PENALTY_MS = 1e6;

/** The path of least delay; `null` without one. Of equally good ones, that whose later nodes are lower. */
export function shortestPath(
  graph: LinkGraph,
  from: number,
  to: number,
  options: PathOptions = {},
): GraphPath | null {
  return dijkstra(graph, from, to, options.mayPass, 0, undefined);
}

/** The path of fewest links, of those the one of least delay; `null` without one. */
export function fewestHops(
  graph: LinkGraph,
  from: number,
  to: number,
  options: PathOptions = {},
): GraphPath | null {
  return dijkstra(graph, from, to, options.mayPass, HOP_PENALTY_MS, undefined);
}

/**
 * The `count` shortest paths without repeated nodes, the shortest first (Yen, Management Science 17, 1971): exact, and
 * fewer only where there are no more. Ties: the path whose nodes come first, compared from the start. Throws RangeError
 * for a count that is not 1 to {@link MAX_PATHS}.
 */
export function kShortestPaths(
  graph: LinkGraph,
  from: number,
  to: number,
  count: number,
  options: PathOptions = {},
): GraphPath[] {
  if (!Number.isInteger(count) || count < 1 || count > MAX_PATHS)
    throw new RangeError(`1 to ${MAX_PATHS} paths can be asked for`);
  const first = shortestPath(graph, from, to, options);
  if (first === null) return [];
  const found = [first];
  const waiting: GraphPath[] = [];
  const known = new Set([first.nodes.join()]);
  const closed = { nodes: new Uint8Array(graph.nodes), entries: new Set<number>() };
  while (found.length < count) {
    const last = found.at(-1)!.nodes;
    for (let at = 0; at + 1 < last.length; at++) {
      const root = last.slice(0, at + 1);
      closed.entries.clear();
      for (const { nodes } of found) {
        if (root.every((node, k) => nodes[k] === node))
          closed.entries.add(entryOf(graph, root[at]!, nodes[at + 1]!));
      }
      for (const node of root.slice(0, -1)) closed.nodes[node] = 1;
      const spur = dijkstra(graph, root[at]!, to, options.mayPass, 0, closed);
      for (const node of root) closed.nodes[node] = 0;
      if (spur === null) continue;
      const nodes = [...root.slice(0, -1), ...spur.nodes];
      const name = nodes.join();
      if (known.has(name)) continue;
      known.add(name);
      waiting.push({ nodes, ms: lengthMs(graph, nodes) });
    }
    if (waiting.length === 0) break;
    waiting.sort((a, b) => a.ms - b.ms || compare(a.nodes, b.nodes));
    found.push(waiting.shift()!);
  }
  return found;
}

/** Delay along nodes of which each is a neighbour of the one before, added from the start. */
export function lengthMs(graph: LinkGraph, nodes: readonly number[]): number {
  let ms = 0;
  for (let k = 1; k < nodes.length; k++) ms += graph.ms[entryOf(graph, nodes[k - 1]!, nodes[k]!)]!;
  return ms;
}

interface Closed {
  readonly nodes: Uint8Array;
  readonly entries: ReadonlySet<number>;
}

/** From the far end back, so that every step chooses the lower of two equally good next nodes. */
function dijkstra(
  graph: LinkGraph,
  from: number,
  to: number,
  mayPass: Uint8Array | undefined,
  hopPenaltyMs: number,
  closed: Closed | undefined,
): GraphPath | null {
  const { offset, to: neighbour, ms, reverse } = graph;
  const cost = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  const next = new Int32Array(graph.nodes).fill(-1);
  const heap = createMinHeap(graph.nodes);
  cost[to] = 0;
  heap.push(to, 0);
  for (let v = heap.pop(); v >= 0 && v !== from; v = heap.pop()) {
    if (v !== to && mayPass !== undefined && mayPass[v] === 0) continue;
    for (let e = offset[v]!; e < offset[v + 1]!; e++) {
      const i = neighbour[e]!;
      if (closed !== undefined && (closed.nodes[i] === 1 || closed.entries.has(reverse[e]!))) continue;
      const through = cost[v]! + ms[reverse[e]!]! + hopPenaltyMs;
      if (through > cost[i]! || !(through < Number.POSITIVE_INFINITY)) continue;
      if (through < cost[i]!) {
        cost[i] = through;
        next[i] = v;
        heap.push(i, through);
      } else if (v < next[i]!) next[i] = v;
    }
  }
  if (!(cost[from]! < Number.POSITIVE_INFINITY)) return null;
  const nodes = [from];
  for (let v = from; v !== to; nodes.push(v)) v = next[v]!;
  return { nodes, ms: lengthMs(graph, nodes) };
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((node, k) => node !== b[k]);
  return at < 0 ? 0 : a[at]! - (b[at] ?? -1);
}
