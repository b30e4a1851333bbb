// SPDX-License-Identifier: MIT
import {
  expandTile,
  HASH_BYTES,
  type ProofPlan,
  packEntries,
  planConsistency,
  planInclusion,
  proofFromTiles,
  type Result,
  TILE_WIDTH,
  type TileId,
  tileWidth,
} from "@perigee/ledger";
import type { Queryable } from "./database.ts";
import { partialHashes } from "./ledger-edge.ts";
import { readEntries } from "./ledger-store.ts";

/** Tiles kept in memory, 16 KiB each. A tile of a width never changes. */
const MOST_TILES = 1_024;

/** The stored tree: its tiles as they are served, and proofs out of them. */
export class LedgerTiles {
  readonly #db: Queryable;
  /** Nodes of tiles by name, the most recently used last. */
  readonly #kept = new Map<string, Uint8Array>();

  constructor(db: Queryable) {
    this.#db = db;
  }

  /** The bytes of a tile in the tree of `size` entries; `null` where that tree has no such tile. */
  async tile({ level, index, width }: TileId, size: number): Promise<Uint8Array | null> {
    if (width > tileWidth(level, index, size)) return null;
    const nodes = await this.#nodes(level, index, width);
    return nodes.subarray(0, width * HASH_BYTES);
  }

  /** A bundle of entries in the tree of `size` entries; `null` where that tree has no such bundle. */
  async entries(index: number, width: number, size: number): Promise<Uint8Array | null> {
    if (width > tileWidth(0, index, size)) return null;
    const entries = await readEntries(this.#db, index * TILE_WIDTH, width);
    return packEntries(entries.map(({ body }) => Buffer.from(body, "utf8")));
  }

  /** The audit path of an entry (RFC 9162 §2.1.3). `size` is that of a head. */
  async inclusionProof(index: number, size: number): Promise<Result<Uint8Array[]>> {
    return await this.#prove(planInclusion(index, size));
  }

  /** The proof that one tree grew into another (RFC 9162 §2.1.4). Both sizes are those of heads. */
  async consistencyProof(oldSize: number, newSize: number): Promise<Result<Uint8Array[]>> {
    return await this.#prove(planConsistency(oldSize, newSize));
  }

  async #prove(plan: Result<ProofPlan>): Promise<Result<Uint8Array[]>> {
    if (!plan.ok) return plan;
    const nodes = new Map<string, Uint8Array>();
    for (const { level, index, width } of plan.value.tiles) {
      nodes.set(`${level}/${index}`, await this.#nodes(level, index, width));
    }
    return {
      ok: true,
      value: proofFromTiles(plan.value, (level, index) => nodes.get(`${level}/${index}`)!),
    };
  }

  async #nodes(level: number, index: number, width: number): Promise<Uint8Array> {
    const full = `${level}/${index}`;
    const partial = `${full}.p/${width}`;
    for (const name of [full, partial]) {
      const kept = this.#kept.get(name);
      if (kept === undefined) continue;
      this.#keep(name, kept);
      return kept;
    }
    const row = await this.#db
      .selectFrom("ledger_tile")
      .select("nodes")
      .where("level", "=", level)
      .where("index", "=", index)
      .executeTakeFirst();
    // A tile that is full by now was partial in an older tree: its first hashes are the same.
    if (row !== undefined) return this.#keep(full, new Uint8Array(row.nodes));
    return this.#keep(partial, expandTile(await partialHashes(this.#db, level, index * TILE_WIDTH + width)));
  }

  #keep(name: string, nodes: Uint8Array): Uint8Array {
    this.#kept.delete(name);
    this.#kept.set(name, nodes);
    if (this.#kept.size > MOST_TILES) this.#kept.delete(this.#kept.keys().next().value!);
    return nodes;
  }
}
