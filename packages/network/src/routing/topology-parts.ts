// SPDX-License-Identifier: MIT
import type { LaserTopology } from "./laser-topology.ts";

/** The connected parts of a topology: without links between shells, at least one per shell. */
export interface TopologyParts {
  /** Per satellite. */
  readonly part: Int32Array;
  readonly parts: number;
}

const known = new WeakMap<LaserTopology, TopologyParts>();

/** Parts by breadth-first search, once per topology; whether links are up does not matter, they can only split parts. */
export function partsOf(topology: LaserTopology): TopologyParts {
  let answer = known.get(topology);
  if (answer === undefined) {
    answer = search(topology);
    known.set(topology, answer);
  }
  return answer;
}

function search({ satellites, rows }: LaserTopology): TopologyParts {
  const part = new Int32Array(satellites).fill(-1);
  const queue = new Int32Array(satellites);
  let parts = 0;
  for (let root = 0; root < satellites; root++) {
    if (part[root]! >= 0) continue;
    part[root] = parts;
    queue[0] = root;
    for (let at = 0, size = 1; at < size; at++) {
      const v = queue[at]!;
      for (let e = rows.offset[v]!; e < rows.offset[v + 1]!; e++) {
        const i = rows.to[e]!;
        if (part[i]! >= 0) continue;
        part[i] = parts;
        queue[size++] = i;
      }
    }
    parts += 1;
  }
  return { part, parts };
}
