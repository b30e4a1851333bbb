// SPDX-License-Identifier: MIT

/**
 * Links in compressed rows: those of node i are the entries `offset[i]` to `offset[i + 1] - 1`, and entry e leads to
 * `to[e]`; in a row these rise. Every link stands in the rows of both its ends. Which links exist stays, while their
 * costs change from slot to slot.
 */
export interface LinkRows {
  readonly nodes: number;
  readonly offset: Int32Array;
  readonly to: Int32Array;
  /** Number of the link that entry e belongs to. */
  readonly link: Int32Array;
  /** Entry of the same link in the other end's row. */
  readonly reverse: Int32Array;
}

/** Rows with a cost per entry: milliseconds from the row's node to `to[e]`, above 0; Infinity where the link is down. */
export interface LinkGraph extends LinkRows {
  readonly ms: Float64Array;
}

/** Rows of the links `a[k]` to `b[k]`, which must be sorted by (a, b) with a below b, none twice. */
export function rowsOf(nodes: number, a: Int32Array, b: Int32Array): LinkRows {
  const links = a.length;
  const offset = new Int32Array(nodes + 1);
  for (let k = 0; k < links; k++) {
    offset[a[k]! + 1]!++;
    offset[b[k]! + 1]!++;
  }
  for (let i = 0; i < nodes; i++) offset[i + 1]! += offset[i]!;
  const to = new Int32Array(2 * links);
  const link = new Int32Array(2 * links);
  const reverse = new Int32Array(2 * links);
  const free = offset.slice(0, nodes);
  // A row's lower neighbours come first, and both sweeps meet neighbours in rising order.
  const below = new Int32Array(links);
  for (let k = 0; k < links; k++) {
    const e = free[b[k]!]!++;
    below[k] = e;
    to[e] = a[k]!;
    link[e] = k;
  }
  for (let k = 0; k < links; k++) {
    const e = free[a[k]!]!++;
    to[e] = b[k]!;
    link[e] = k;
    reverse[e] = below[k]!;
    reverse[below[k]!] = e;
  }
  return { nodes, offset, to, link, reverse };
}

/** The entry of node `from` that leads to `neighbour`, which must be one of its neighbours. */
export function entryOf({ offset, to }: LinkRows, from: number, neighbour: number): number {
  let e = offset[from]!;
  while (to[e] !== neighbour) e++;
  return e;
}
