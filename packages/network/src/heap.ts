// SPDX-License-Identifier: MIT

/**
 * Binary heap of node numbers 0 to `capacity - 1`, least key first, each node in it at most once. Ties go to the lower
 * number, so that what comes out does not depend on the order of insertion. Typed arrays; no allocation after creation.
 */
export interface MinHeap {
  readonly size: number;
  clear(): void;
  /** Inserts a node, or lowers its key. A key above the present one is ignored. */
  push(node: number, key: number): void;
  /** Removes and returns the least node; its key is then `lastKey`. -1 when empty. */
  pop(): number;
  readonly lastKey: number;
}

export function createMinHeap(capacity: number): MinHeap {
  const nodes = new Int32Array(capacity);
  const keys = new Float64Array(capacity);
  /** Where a node stands in `nodes`; -1: nowhere. */
  const place = new Int32Array(capacity).fill(-1);
  let size = 0;
  let lastKey = Number.NaN;

  function rise(start: number, node: number, key: number): void {
    let i = start;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const other = nodes[parent]!;
      if (keys[parent]! < key || (keys[parent]! === key && other < node)) break;
      nodes[i] = other;
      keys[i] = keys[parent]!;
      place[other] = i;
      i = parent;
    }
    nodes[i] = node;
    keys[i] = key;
    place[node] = i;
  }

  function sink(node: number, key: number): void {
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && before(right, child)) child = right;
      if (key < keys[child]! || (key === keys[child]! && node < nodes[child]!)) break;
      nodes[i] = nodes[child]!;
      keys[i] = keys[child]!;
      place[nodes[i]!] = i;
      i = child;
    }
    nodes[i] = node;
    keys[i] = key;
    place[node] = i;
  }

  function before(a: number, b: number): boolean {
    return keys[a]! < keys[b]! || (keys[a]! === keys[b]! && nodes[a]! < nodes[b]!);
  }

  return {
    get size() {
      return size;
    },
    get lastKey() {
      return lastKey;
    },
    clear() {
      for (let i = 0; i < size; i++) place[nodes[i]!] = -1;
      size = 0;
    },
    push(node, key) {
      const at = place[node]!;
      if (at < 0) rise(size++, node, key);
      else if (key < keys[at]!) rise(at, node, key);
    },
    pop() {
      if (size === 0) return -1;
      const top = nodes[0]!;
      lastKey = keys[0]!;
      place[top] = -1;
      size -= 1;
      if (size > 0) sink(nodes[size]!, keys[size]!);
      return top;
    },
  };
}
