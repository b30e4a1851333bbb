// SPDX-License-Identifier: MIT
import {
  Frontier,
  type FrontierJson,
  HASH_BYTES,
  hashFromHex,
  TILE_WIDTH,
  TileEdge,
  toHex,
} from "@perigee/ledger";
import type { Queryable } from "./database.ts";

/** What the newest head's row says of the tree that the next entry joins. */
export interface StoredHead {
  readonly size: number;
  readonly root: string;
  readonly at_ms: number;
  readonly frontier: unknown;
}

/** Edges kept: that of the last commit, and those of transactions that may yet be rolled back. */
const MOST_EDGES = 8;

/**
 * Edges of logs that were appended to of late, by root. A root names one tree in the world, so an edge can neither be
 * stale nor of another log: after a rollback the stored head asks for the older one, after another process's append for
 * one that is not here and is read.
 */
const edges = new Map<string, TileEdge>();

/** Keeps an edge for the transaction that goes on from it; not to be appended to any more. */
export function rememberEdge(edge: TileEdge): void {
  const root = toHex(edge.root());
  edges.delete(root);
  edges.set(root, edge);
  if (edges.size > MOST_EDGES) edges.delete(edges.keys().next().value!);
}

/**
 * The edge of the tree that a head is over, to append to.
 *
 * @throws Error when what is stored is not the tree that the head was signed over: a damaged store, which no caller can
 *   mend and nobody should append to.
 */
export async function edgeAt(tx: Queryable, head: StoredHead | undefined): Promise<TileEdge> {
  if (head === undefined) return new TileEdge();
  const known = edges.get(head.root);
  if (known?.size === head.size) return known.clone();
  const frontier = Frontier.fromJSON(head.frontier as FrontierJson);
  if (!frontier.ok) throw new Error(`the ledger's newest head is damaged: ${frontier.error.message}`);
  const edge = await readEdge(tx, head.size);
  if (toHex(edge.root()) !== head.root || toHex(frontier.value.root()) !== head.root) {
    throw new Error(
      "the ledger's entries are not those of its newest head: run `perigee ledger verify` before anything else",
    );
  }
  return edge;
}

/** The frontier of an edge's tree as JSON: its peaks stay with the head. */
export function frontierJson(edge: TileEdge): FrontierJson {
  return { size: edge.size, peaks: edge.peaks().map(toHex) };
}

async function readEdge(tx: Queryable, size: number): Promise<TileEdge> {
  const partial = new Map<number, Uint8Array>();
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    if (hashes % TILE_WIDTH > 0) partial.set(level, await partialHashes(tx, level, hashes));
  }
  try {
    return TileEdge.restore(size, level => partial.get(level)!);
  } catch (error) {
    throw new Error(`the ledger's tiles are damaged: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * The hashes of the last, partial tile of a level that has `hashes` in all: leaf hashes at level 0, above them the roots
 * of the full tiles below.
 */
export async function partialHashes(db: Queryable, level: number, hashes: number): Promise<Uint8Array> {
  const from = hashes - (hashes % TILE_WIDTH);
  const parts: Uint8Array[] =
    level === 0
      ? (
          await db
            .selectFrom("ledger_entry")
            .select("leaf_hash")
            .where("index", ">=", from)
            .where("index", "<", hashes)
            .orderBy("index")
            .execute()
        ).map(row => hashFromHex(row.leaf_hash) ?? new Uint8Array(HASH_BYTES))
      : (
          await db
            .selectFrom("ledger_tile")
            .select("root")
            .where("level", "=", level - 1)
            .where("index", ">=", from)
            .where("index", "<", hashes)
            .orderBy("index")
            .execute()
        ).map(row => row.root);
  return new Uint8Array(Buffer.concat(parts));
}
