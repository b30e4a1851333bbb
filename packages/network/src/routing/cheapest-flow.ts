// SPDX-License-Identifier: MIT
import { createMinHeap } from "../heap.ts";

/** One unit's way through a network. */
export interface FlowPath {
  readonly nodes: readonly number[];
  readonly cost: number;
}

/** Sends a few units through a network of arcs at least total cost; the arcs stay, costs and capacities may change. */
export interface CheapestFlow {
  /**
   * Up to `units` units from source to sink: as many as there is room for, of all such flows one of least total cost,
   * as one path per unit.
   *
   * @param cost Per arc, 0 or more; Infinity: closed.
   * @param capacity Per arc, units.
   * @param toGo Least cost from a node to the sink, Infinity where there is no way: exact, so that the search goes
   *   straight there.
   */
  send(
    source: number,
    sink: number,
    units: number,
    cost: Float64Array,
    capacity: Uint8Array,
    toGo: (node: number) => number,
  ): FlowPath[];
}

/**
 * Successive shortest augmenting paths with potentials (Ahuja, Magnanti and Orlin, "Network Flows", 1993, section 9.7;
 * for disjoint paths Suurballe, Networks 4, 1974). With costs to go as first potentials every reduced cost is at least
 * 0, and Dijkstra's search only visits what lies near the paths (A*, Hart, Nilsson and Raphael 1968). Arc k leads from
 * `tail[k]` to `head[k]`.
 */
export function createCheapestFlow(nodes: number, tail: Int32Array, head: Int32Array): CheapestFlow {
  const { offset, entry } = incidence(nodes, tail, head);
  const flow = new Uint8Array(tail.length);
  const used: number[] = [];
  const heap = createMinHeap(nodes);
  // What these hold is of this search, and of this call, only where the stamp says so.
  const distance = new Float64Array(nodes);
  const reached = new Int32Array(nodes);
  const by = new Int32Array(nodes);
  const lift = new Float64Array(nodes);
  const lifted = new Int32Array(nodes);
  let search = 0;
  let call = 0;

  function send(
    source: number,
    sink: number,
    units: number,
    cost: Float64Array,
    capacity: Uint8Array,
    toGo: (node: number) => number,
  ): FlowPath[] {
    call++;
    const potential = (v: number) => toGo(v) + (lifted[v] === call ? lift[v]! : 0);
    let sent = 0;
    while (sent < units && augment(source, sink, cost, capacity, potential)) sent++;
    const paths: FlowPath[] = [];
    for (; sent > 0; sent--) paths.push(unravel(source, sink, cost));
    for (const k of used) flow[k] = 0;
    used.length = 0;
    return paths;
  }

  /** One more unit along the least reduced cost; false where no way is left. */
  function augment(
    source: number,
    sink: number,
    cost: Float64Array,
    capacity: Uint8Array,
    potential: (node: number) => number,
  ): boolean {
    search++;
    heap.clear();
    const settled: number[] = [];
    distance[source] = 0;
    reached[source] = search;
    heap.push(source, 0);
    for (;;) {
      const u = heap.pop();
      if (u < 0) return false;
      if (u === sink) break;
      settled.push(u);
      const base = distance[u]!;
      const here = potential(u);
      for (let a = offset[u]!; a < offset[u + 1]!; a++) {
        const k = entry[a]!;
        const forth = k >= 0;
        const arc = forth ? k : ~k;
        if (forth ? flow[arc]! >= capacity[arc]! : flow[arc] === 0) continue;
        const v = forth ? head[arc]! : tail[arc]!;
        const there = potential(v);
        if (!(there < Number.POSITIVE_INFINITY && cost[arc]! < Number.POSITIVE_INFINITY)) continue;
        // Below 0 by rounding alone.
        const step = Math.max(0, (forth ? cost[arc]! : -cost[arc]!) - here + there);
        if (reached[v] === search && base + step >= distance[v]!) continue;
        distance[v] = base + step;
        reached[v] = search;
        by[v] = k;
        heap.push(v, base + step);
      }
    }
    const least = distance[sink]!;
    for (const v of settled) {
      lift[v] = (lifted[v] === call ? lift[v]! : 0) + least - distance[v]!;
      lifted[v] = call;
    }
    for (let v = sink; v !== source; ) {
      const k = by[v]!;
      const arc = k >= 0 ? k : ~k;
      flow[arc]! += k >= 0 ? 1 : -1;
      used.push(arc);
      v = k >= 0 ? tail[arc]! : head[arc]!;
    }
    return true;
  }

  /** Takes one unit's path out of the flow. A cheapest flow has no cycles in which it could be lost. */
  function unravel(source: number, sink: number, cost: Float64Array): FlowPath {
    const path = [source];
    let sum = 0;
    for (let v = source; v !== sink; path.push(v)) {
      let a = offset[v]!;
      while (entry[a]! < 0 || flow[entry[a]!] === 0) a++;
      const arc = entry[a]!;
      flow[arc]!--;
      sum += cost[arc]!;
      v = head[arc]!;
    }
    return { nodes: path, cost: sum };
  }

  return { send };
}

/** The arcs at each node in rows: k where it leaves, ~k where it arrives, by rising k. */
function incidence(nodes: number, tail: Int32Array, head: Int32Array) {
  const offset = new Int32Array(nodes + 1);
  for (let k = 0; k < tail.length; k++) {
    offset[tail[k]! + 1]!++;
    offset[head[k]! + 1]!++;
  }
  for (let v = 0; v < nodes; v++) offset[v + 1]! += offset[v]!;
  const entry = new Int32Array(2 * tail.length);
  const free = offset.slice(0, nodes);
  for (let k = 0; k < tail.length; k++) {
    entry[free[tail[k]!]!++] = k;
    entry[free[head[k]!]!++] = ~k;
  }
  return { offset, entry };
}
