// SPDX-License-Identifier: MIT
import { HASH_BYTES, nodeHash } from "./hash.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";
import { TILE_HEIGHT, TILE_WIDTH, type TileId, tileWidth } from "./tile.ts";
import { nodeOffset } from "./tile-edge.ts";

/** A node over 2^height leaves, the `index`-th of its height. */
interface PerfectNode {
  readonly height: number;
  readonly index: number;
}

/**
 * What a proof is made of, known from the sizes alone: for each of its hashes the perfect subtrees that it covers,
 * left to right, and the tiles in which they stand.
 */
export interface ProofPlan {
  readonly hashes: readonly (readonly PerfectNode[])[];
  /** Tiles to be read, each once. Their widths are those in the tree that is proven. */
  readonly tiles: readonly TileId[];
}

/** All nodes of a tile: `FullTile.nodes`, or what `expandTile` makes of a partial one. */
export type NodesOfTile = (level: number, index: number) => Uint8Array;

/**
 * Plans the audit path of leaf `index` in the tree of `size` leaves (RFC 9162 §2.1.3.1).
 *
 * @returns `out-of-range` unless 0 ≤ index < size.
 */
export function planInclusion(index: number, size: number): Result<ProofPlan> {
  if (!isCount(size) || !isCount(index) || index >= size) {
    return fail("out-of-range", "index", `Index ${index} is not a leaf of a tree of size ${size}.`);
  }
  const hashes: PerfectNode[][] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      hashes.push(perfectNodes(middle, end));
      end = middle;
    } else {
      hashes.push(perfectNodes(start, middle));
      start = middle;
    }
  }
  return succeed(planOf(hashes.reverse(), size));
}

/**
 * Plans the proof that the tree of `oldSize` leaves is a prefix of that of `newSize` (RFC 9162 §2.1.4.1).
 *
 * @returns `out-of-range` unless 0 ≤ oldSize ≤ newSize.
 */
export function planConsistency(oldSize: number, newSize: number): Result<ProofPlan> {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) {
    return fail("out-of-range", "oldSize", `A tree of size ${oldSize} is no beginning of one of ${newSize}.`);
  }
  const hashes: PerfectNode[][] = [];
  if (oldSize === 0 || oldSize === newSize) return succeed(planOf(hashes, newSize));
  let start = 0;
  let end = newSize;
  let prefixIsKnown = true;
  while (oldSize < end) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      hashes.push(perfectNodes(middle, end));
      end = middle;
    } else {
      hashes.push(perfectNodes(start, middle));
      start = middle;
      prefixIsKnown = false;
    }
  }
  if (!prefixIsKnown) hashes.push(perfectNodes(start, end));
  return succeed(planOf(hashes.reverse(), newSize));
}

/** Plans the root of the tree of `size` leaves (size ≥ 1). */
export function planRoot(size: number): ProofPlan {
  return planOf([perfectNodes(0, size)], size);
}

/** Carries a plan out: at most one hash for each perfect subtree, none inside a tile. */
export function proofFromTiles(plan: ProofPlan, nodesOf: NodesOfTile): Uint8Array[] {
  return plan.hashes.map(nodes => {
    let hash: Uint8Array | null = null;
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = readNode(nodes[i]!, nodesOf);
      hash = hash === null ? node : nodeHash(node, hash);
    }
    return hash!;
  });
}

function readNode({ height, index }: PerfectNode, nodesOf: NodesOfTile): Uint8Array {
  const { level, index: tile, within } = place({ height, index });
  const at = nodeOffset(height % TILE_HEIGHT, within);
  // Not slice: of a Buffer that would be a view.
  return Uint8Array.from(nodesOf(level, tile).subarray(at, at + HASH_BYTES));
}

/** The tile in which a node stands, and its number among the tile's nodes of its height. */
function place({ height, index }: PerfectNode): { level: number; index: number; within: number } {
  const across = TILE_WIDTH >> (height % TILE_HEIGHT);
  return {
    level: Math.floor(height / TILE_HEIGHT),
    index: Math.floor(index / across),
    within: index % across,
  };
}

/** The perfect subtrees that leaves [start, end) fall apart into; `start` is a multiple of the largest of them. */
function perfectNodes(start: number, end: number): PerfectNode[] {
  const nodes: PerfectNode[] = [];
  for (let at = start; at < end; ) {
    let height = 0;
    for (let width = 1; width * 2 <= end - at; width *= 2) height += 1;
    const width = 2 ** height;
    nodes.push({ height, index: at / width });
    at += width;
  }
  return nodes;
}

function planOf(hashes: PerfectNode[][], size: number): ProofPlan {
  const tiles = new Map<string, TileId>();
  for (const node of hashes.flat()) {
    const { level, index } = place(node);
    tiles.set(`${level}/${index}`, { level, index, width: tileWidth(level, index, size) });
  }
  return { hashes, tiles: [...tiles.values()] };
}

/** The largest power of two strictly smaller than `width` (width ≥ 2). */
function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}
