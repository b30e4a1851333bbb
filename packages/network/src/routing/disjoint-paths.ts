// SPDX-License-Identifier: MIT
import { createCheapestFlow } from "./cheapest-flow.ts";
import type { PricedTree } from "./route-engine.ts";
import type { SlotGraph } from "./slot-graph.ts";

/** Most paths that can be asked for. */
export const MAX_DISJOINT = 8;

/**
 * What two paths may not share: `links`, no laser (in either direction) and no contact, while they may meet at a
 * satellite or a gateway and use its fibre; `nodes`, no satellite but the first and no gateway either.
 */
export type Disjoint = "links" | "nodes";

/** One of several paths from a satellite to a PoP. */
export interface DisjointPath {
  readonly satellites: readonly number[];
  /** Where it lands. */
  readonly gateway: number;
  /** Delay and prices, one way. */
  readonly costMs: number;
}

/** Finds disjoint paths in one slot's graph. */
export interface DisjointPaths {
  /**
   * Up to `count` paths from a satellite, the cheapest first: as many as there are, and of all such sets one whose
   * costs add up to the least (which may not contain the single cheapest path). `tree` is that of the same graph to the
   * PoP. Throws RangeError for a count that is not 1 to {@link MAX_DISJOINT}.
   */
  from(satellite: number, tree: PricedTree, count: number, kind: Disjoint): DisjointPath[];
}

/**
 * Prepares a slot's graph as a flow network: every satellite and every gateway is two nodes, joined by an arc where
 * paths can be kept apart. Total cost is least by the theory of minimum-cost flows; since costs are positive a cheapest
 * flow never uses a laser in both directions.
 */
export function createDisjointPaths(graph: SlotGraph): DisjointPaths {
  const { satellites, rows, inward, contacts, contactCost, fibre } = graph;
  const places = satellites + fibre.gateways;
  const sink = 2 * places;
  const size = places + rows.to.length + contactCost.length + fibre.gateways;
  const tail = new Int32Array(size);
  const head = new Int32Array(size);
  const cost = new Float64Array(size);
  let arcs = 0;
  const arc = (from: number, to: number, ms: number) => {
    tail[arcs] = from;
    head[arcs] = to;
    cost[arcs++] = ms;
  };
  for (let v = 0; v < places; v++) arc(2 * v, 2 * v + 1, 0);
  for (let i = 0; i < satellites; i++) {
    for (let e = rows.offset[i]!; e < rows.offset[i + 1]!; e++)
      arc(2 * i + 1, 2 * rows.to[e]!, inward[rows.reverse[e]!]!);
  }
  for (let c = 0; c < contactCost.length; c++)
    arc(2 * contacts.satellite[c]! + 1, 2 * (satellites + contacts.gateway[c]!), contactCost[c]!);
  const firstFibre = arcs;
  for (let g = 0; g < fibre.gateways; g++) arc(2 * (satellites + g) + 1, sink, 0);

  const flow = createCheapestFlow(sink + 1, tail, head);
  const room = (through: number) =>
    new Uint8Array(size).fill(1).fill(through, 0, places).fill(MAX_DISJOINT, firstFibre);
  const capacities = { links: room(MAX_DISJOINT), nodes: room(1) };

  function from(satellite: number, tree: PricedTree, count: number, kind: Disjoint): DisjointPath[] {
    if (!Number.isInteger(count) || count < 1 || count > MAX_DISJOINT)
      throw new RangeError(`1 to ${MAX_DISJOINT} paths can be asked for`);
    if (!(tree.costMs[satellite]! < Number.POSITIVE_INFINITY)) return [];
    const fibreMs = (gateway: number) => fibre.ms[gateway * fibre.pops + tree.pop]!;
    for (let g = 0; g < fibre.gateways; g++) cost[firstFibre + g] = fibreMs(g);
    const toGo = (node: number) => {
      if (node === sink) return 0;
      const place = node >> 1;
      return place < satellites ? tree.costMs[place]! : fibreMs(place - satellites);
    };
    // Leaving from the far side of the first satellite: what it carries is not limited.
    const paths = flow.send(2 * satellite + 1, sink, count, cost, capacities[kind], toGo);
    return paths
      .map(({ nodes, cost: costMs }) => {
        const visited = nodes.filter(node => node % 2 === 1).map(node => node >> 1);
        return {
          satellites: visited.slice(0, -1),
          gateway: visited.at(-1)! - satellites,
          costMs,
        };
      })
      .sort((a, b) => a.costMs - b.costMs || a.gateway - b.gateway);
  }

  return { from };
}
