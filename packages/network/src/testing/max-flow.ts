// SPDX-License-Identifier: MIT
// For tests and benchmarks only: maximum flow by blocking flows in level graphs (E. A. Dinic, Soviet Math. Doklady 11,
// 1970), on arrays.

/** A directed network: arc k leads from `from[k]` to `to[k]` and carries up to `capacity[k]`. */
export interface FlowProblem {
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Whole numbers of 0 or more. */
  readonly capacity: Int32Array;
  readonly source: number;
  readonly sink: number;
}

export interface MaximumFlow {
  readonly value: number;
  /** Per arc. */
  readonly flow: Int32Array;
  /** Per node: 1 on the source's side of a cut whose capacity is `value`, which proves that no flow is greater. */
  readonly cut: Uint8Array;
}

/** The greatest flow from source to sink. */
export function maximumFlow({ nodes, from, to, capacity, source, sink }: FlowProblem): MaximumFlow {
  const arcs = from.length;
  // Arc k forwards is 2k, backwards 2k + 1; rows of arcs by their tails.
  const head = new Int32Array(2 * arcs);
  const left = new Int32Array(2 * arcs);
  const offset = new Int32Array(nodes + 1);
  for (let k = 0; k < arcs; k++) {
    head[2 * k] = to[k]!;
    head[2 * k + 1] = from[k]!;
    left[2 * k] = capacity[k]!;
    offset[from[k]! + 1]!++;
    offset[to[k]! + 1]!++;
  }
  for (let v = 0; v < nodes; v++) offset[v + 1]! += offset[v]!;
  const row = new Int32Array(2 * arcs);
  const free = offset.slice(0, nodes);
  for (let k = 0; k < arcs; k++) {
    row[free[from[k]!]!++] = 2 * k;
    row[free[to[k]!]!++] = 2 * k + 1;
  }

  const level = new Int32Array(nodes);
  const queue = new Int32Array(nodes);
  const at = new Int32Array(nodes);
  const path = new Int32Array(nodes);

  /** Distances from the source over arcs with room; whether the sink is reached. */
  function layer(): boolean {
    level.fill(-1);
    level[source] = 0;
    queue[0] = source;
    let size = 1;
    for (let q = 0; q < size; q++) {
      const v = queue[q]!;
      for (let e = offset[v]!; e < offset[v + 1]!; e++) {
        const w = head[row[e]!]!;
        if (left[row[e]!]! === 0 || level[w] !== -1) continue;
        level[w] = level[v]! + 1;
        queue[size++] = w;
      }
    }
    return level[sink] !== -1;
  }

  /** Fills one layered graph, way by way. */
  function block(): number {
    at.set(offset.subarray(0, nodes));
    let total = 0;
    let depth = 0;
    let v = source;
    for (;;) {
      if (v === sink) {
        let room = 0x7fffffff;
        for (let d = 0; d < depth; d++) room = Math.min(room, left[path[d]!]!);
        let back = depth;
        for (let d = depth - 1; d >= 0; d--) {
          const arc = path[d]!;
          left[arc]! -= room;
          left[arc ^ 1]! += room;
          if (left[arc] === 0) back = d;
        }
        total += room;
        depth = back;
        v = head[path[depth]! ^ 1]!;
        continue;
      }
      let arc = -1;
      for (; at[v]! < offset[v + 1]!; at[v]!++) {
        const next = row[at[v]!]!;
        if (left[next]! > 0 && level[head[next]!] === level[v]! + 1) {
          arc = next;
          break;
        }
      }
      if (arc >= 0) {
        path[depth++] = arc;
        v = head[arc]!;
        continue;
      }
      if (depth === 0) return total;
      // A dead end: not entered again in this layering.
      depth -= 1;
      v = head[path[depth]! ^ 1]!;
      at[v]!++;
    }
  }

  let value = 0;
  while (layer()) value += block();
  return {
    value,
    flow: Int32Array.from(capacity, (most, k) => most - left[2 * k]!),
    cut: Uint8Array.from(level, distance => (distance === -1 ? 0 : 1)),
  };
}
