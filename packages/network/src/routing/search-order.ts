// SPDX-License-Identifier: MIT
import type { LaserTopology } from "./laser-topology.ts";

/**
 * A topology's satellites in an order in which neighbours stand near each other, for searches that go from neighbour to
 * neighbour: what they touch then lies together in memory, whatever the order of the elements. Position = place in it.
 */
export interface SearchOrder {
  /** Satellite at each position, and position of each satellite. */
  readonly satellite: Int32Array;
  readonly position: Int32Array;
  /** The links as rows over positions: the neighbours of position p are `to[offset[p]]` to `to[offset[p + 1] - 1]`. */
  readonly rows: { readonly offset: Int32Array; readonly to: Int32Array };
  /** The entry of the topology's own rows that each entry stands for. */
  readonly entry: Int32Array;
  /** Per position: its connected part; without links between shells there is at least one per shell. */
  readonly part: Int32Array;
  readonly parts: number;
}

const known = new WeakMap<LaserTopology, SearchOrder>();

/** Breadth first, part by part, once per topology; whether links are up does not matter, they can only split parts. */
export function searchOrder(topology: LaserTopology): SearchOrder {
  let answer = known.get(topology);
  if (answer === undefined) {
    answer = arrange(topology);
    known.set(topology, answer);
  }
  return answer;
}

function arrange({ satellites, rows }: LaserTopology): SearchOrder {
  const satellite = new Int32Array(satellites);
  const position = new Int32Array(satellites).fill(-1);
  const part = new Int32Array(satellites);
  let parts = 0;
  let size = 0;
  const add = (i: number): void => {
    position[i] = size;
    part[size] = parts;
    satellite[size++] = i;
  };
  for (let root = 0; root < satellites; root++) {
    if (position[root]! >= 0) continue;
    let at = size;
    add(root);
    for (; at < size; at++) {
      const v = satellite[at]!;
      for (let e = rows.offset[v]!; e < rows.offset[v + 1]!; e++)
        if (position[rows.to[e]!]! < 0) add(rows.to[e]!);
    }
    parts += 1;
  }
  const offset = new Int32Array(satellites + 1);
  const to = new Int32Array(rows.to.length);
  const entry = new Int32Array(rows.to.length);
  let entries = 0;
  for (let p = 0; p < satellites; p++) {
    const v = satellite[p]!;
    for (let e = rows.offset[v]!; e < rows.offset[v + 1]!; e++) {
      to[entries] = position[rows.to[e]!]!;
      entry[entries++] = e;
    }
    offset[p + 1] = entries;
  }
  return { satellite, position, rows: { offset, to }, entry, part, parts };
}
