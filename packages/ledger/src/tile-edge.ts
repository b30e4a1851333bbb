// SPDX-License-Identifier: MIT
import { emptyRoot, HASH_BYTES, nodeHash } from "./hash.ts";
import { TILE_HEIGHT, TILE_WIDTH } from "./tile.ts";

/** Hashes inside a full tile: 256 as it is served, then 128, 64, … 2 nodes above them. Its root is kept apart. */
export const TILE_NODES = 2 * TILE_WIDTH - 2;

/** A tile that is complete and will not change. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  /**
   * {@link TILE_NODES} hashes: the 256 of the tile first, which are its bytes as served, then the nodes above them,
   * height by height. A proof reads from here what it would have to hash.
   */
  readonly nodes: Uint8Array;
  /** The hash that this tile is in the tile above. */
  readonly root: Uint8Array;
}

/** Where node `i` at a height (0 to 7) begins among the nodes of a tile, in bytes. */
export const nodeOffset = (height: number, i: number): number =>
  (2 * TILE_WIDTH - ((2 * TILE_WIDTH) >> height) + i) * HASH_BYTES;

/** The tile at the right edge of one level. */
interface Level {
  readonly nodes: Uint8Array;
  /** Hashes at height 0. */
  width: number;
  /** Index of this tile. */
  index: number;
}

/**
 * The right edge of a growing tree, as tiles: appending hands out each tile as it fills, and every inner node is
 * hashed once, when both its children are there.
 *
 * It knows what `Frontier` knows and costs the same hashes; in exchange for 16 KiB a level the tree behind the edge can
 * be stored, served and proven from without hashing it again.
 */
export class TileEdge {
  #size = 0;
  #levels: Level[] = [];
  #full: FullTile[] = [];

  /** Number of leaves appended. */
  get size(): number {
    return this.#size;
  }

  /** Appends one leaf, given its hash. */
  append(leaf: Uint8Array): void {
    if (leaf.byteLength !== HASH_BYTES) throw new RangeError(`A leaf hash has ${HASH_BYTES} bytes.`);
    this.#put(0, leaf);
    this.#size += 1;
  }

  #put(level: number, hash: Uint8Array): void {
    this.#levels[level] ??= { nodes: new Uint8Array(TILE_NODES * HASH_BYTES), width: 0, index: 0 };
    const tile = this.#levels[level];
    let carry = hash;
    let at = tile.width;
    tile.nodes.set(carry, nodeOffset(0, at));
    for (let height = 0; at % 2 === 1; ) {
      const left = nodeOffset(height, at - 1);
      carry = nodeHash(tile.nodes.subarray(left, left + HASH_BYTES), carry);
      at = (at - 1) / 2;
      height += 1;
      if (height === TILE_HEIGHT) break;
      tile.nodes.set(carry, nodeOffset(height, at));
    }
    tile.width += 1;
    if (tile.width < TILE_WIDTH) return;
    this.#full.push({ level, index: tile.index, nodes: tile.nodes, root: carry });
    this.#levels[level] = {
      nodes: new Uint8Array(TILE_NODES * HASH_BYTES),
      width: 0,
      index: tile.index + 1,
    };
    this.#put(level + 1, carry);
  }

  /** The roots of the perfect subtrees that the tree falls apart into, the largest first: one for each one-bit of the size. */
  peaks(): Uint8Array[] {
    const peaks: Uint8Array[] = [];
    for (const { nodes, width } of this.#levels) {
      for (let height = 0; height < TILE_HEIGHT; height++) {
        if (((width >> height) & 1) === 0) continue;
        const at = nodeOffset(height, (width >> height) - 1);
        peaks.push(nodes.slice(at, at + HASH_BYTES));
      }
    }
    return peaks.reverse();
  }

  /** The root over all leaves so far (RFC 9162 §2.1.1). */
  root(): Uint8Array {
    const peaks = this.peaks();
    return peaks.length === 0 ? emptyRoot() : peaks.reduceRight((right, left) => nodeHash(left, right));
  }

  /** Tiles that filled since the last call, in the order in which they did. */
  takeFull(): FullTile[] {
    const full = this.#full;
    this.#full = [];
    return full;
  }

  /** The hashes of the partial tile of a level; none where the level is empty or ends with a full tile. */
  partialTile(level: number): Uint8Array {
    const tile = this.#levels[level];
    return tile === undefined ? new Uint8Array(0) : tile.nodes.slice(0, tile.width * HASH_BYTES);
  }

  /** All nodes of the partial tile of a level, at the places where {@link FullTile.nodes} has them. */
  partialNodes(level: number): Uint8Array {
    return this.#levels[level]?.nodes.slice() ?? new Uint8Array(TILE_NODES * HASH_BYTES);
  }

  /** An independent copy: append to it inside a transaction, keep it on commit, drop it on rollback. */
  clone(): TileEdge {
    const copy = new TileEdge();
    copy.#size = this.#size;
    copy.#levels = this.#levels.map(({ nodes, width, index }) => ({ nodes: nodes.slice(), width, index }));
    return copy;
  }

  /**
   * The edge of a stored tree.
   *
   * @param size - Entries of the tree.
   * @param partialTile - The hashes of the partial tile of a level, one after the other; asked for only where there
   *   is one. At level 0 they are leaf hashes, above the roots of full tiles of the level below.
   */
  static restore(size: number, partialTile: (level: number) => Uint8Array): TileEdge {
    const edge = new TileEdge();
    for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
      const width = hashes % TILE_WIDTH;
      const tile = width === 0 ? new Uint8Array(0) : partialTile(level);
      if (tile.byteLength !== width * HASH_BYTES) {
        throw new RangeError(`Level ${level} of a tree of ${size} ends with ${width} hashes.`);
      }
      edge.#levels[level] = {
        nodes: new Uint8Array(TILE_NODES * HASH_BYTES),
        width: 0,
        index: Math.floor(hashes / TILE_WIDTH),
      };
      for (let i = 0; i < width; i++) edge.#put(level, tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
    }
    edge.#size = size;
    return edge;
  }
}

/** All nodes of a partial tile, at the places where {@link FullTile.nodes} has them; incomplete ones stay zero. */
export function expandTile(hashes: Uint8Array): Uint8Array {
  const nodes = new Uint8Array(TILE_NODES * HASH_BYTES);
  nodes.set(hashes);
  for (let height = 1, width = hashes.byteLength / HASH_BYTES; height < TILE_HEIGHT; height++) {
    width = Math.floor(width / 2);
    for (let i = 0; i < width; i++) {
      const left = nodeOffset(height - 1, 2 * i);
      const middle = left + HASH_BYTES;
      nodes.set(
        nodeHash(nodes.subarray(left, middle), nodes.subarray(middle, middle + HASH_BYTES)),
        nodeOffset(height, i),
      );
    }
  }
  return nodes;
}
