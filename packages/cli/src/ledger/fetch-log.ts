// SPDX-License-Identifier: MIT
import {
  type CheckpointNote,
  entriesPath,
  hashesOfTile,
  leafHash,
  type NoteKey,
  openCheckpoint,
  parseVerifierKey,
  type Result,
  sameHash,
  TILE_WIDTH,
  TileEdge,
  type TileId,
  tilePath,
  tilesOf,
  unpackEntries,
} from "@perigee/ledger";
import { CliError } from "../command.ts";
import type { OperatorClient } from "../operator-client.ts";

/** A log as somebody else sees it: its newest checkpoint, and everything under it. */
export interface FetchedLog {
  readonly checkpoint: CheckpointNote;
  /** The checkpoint as it was sent. */
  readonly note: string;
  readonly key: NoteKey;
}

/** The log's key as the operator gives it. Compare it with one from elsewhere, or trust it once and keep it. */
export async function fetchLogKey(client: OperatorClient): Promise<NoteKey> {
  const { verifierKey } = await client.get<{ verifierKey: string }>("/v1/ledger/key");
  return must(parseVerifierKey(verifierKey));
}

/** The newest checkpoint, signed by the log. */
export async function fetchCheckpoint(client: OperatorClient, key: NoteKey): Promise<FetchedLog> {
  const note = Buffer.from(await client.bytes("/v1/ledger/checkpoint")).toString("utf8");
  return { checkpoint: must(openCheckpoint(note, key)), note, key };
}

/**
 * Fetches the tiles and entries of a checkpoint, checks each against the others and all of them against the
 * checkpoint's root, and hands them on.
 *
 * @param take - Called once with each resource, in order of path; nothing is handed on that does not fit.
 * @param known - Resources that need not be fetched again, by path: what was handed on before.
 */
export async function fetchTree(
  client: OperatorClient,
  { checkpoint }: FetchedLog,
  take: (path: string, bytes: Uint8Array) => void,
  known: (path: string) => Uint8Array | null = () => null,
): Promise<void> {
  const { size, root } = checkpoint;
  const tiles = tilesOf(size);
  const tree = new TileEdge();
  const above = new Map<string, Uint8Array>();
  for (const tile of tiles) {
    const path = tilePath(tile);
    const bytes = known(path) ?? (await client.bytes(`/v1/ledger/${path}`));
    const hashes = must(hashesOfTile(bytes, tile.width));
    if (tile.level === 0) {
      await fetchEntries(client, tile, hashes, take, known);
      for (const hash of hashes) tree.append(hash);
      for (const full of tree.takeFull()) above.set(`${full.level}/${full.index}`, full.root);
    } else {
      const first = tile.index * TILE_WIDTH;
      const wrong = hashes.findIndex(
        (hash, i) => !sameHash(hash, above.get(`${tile.level - 1}/${first + i}`) ?? new Uint8Array()),
      );
      if (wrong !== -1) throw new CliError(`${path}: hash ${wrong} is not that of the tile below`);
    }
    take(path, bytes);
  }
  if (!sameHash(tree.root(), root)) {
    throw new CliError(`the tiles do not lead to the root of the checkpoint of ${size} entries`);
  }
}

async function fetchEntries(
  client: OperatorClient,
  { index, width }: TileId,
  hashes: readonly Uint8Array[],
  take: (path: string, bytes: Uint8Array) => void,
  known: (path: string) => Uint8Array | null,
): Promise<void> {
  const path = entriesPath(index, width);
  const bytes = known(path) ?? (await client.bytes(`/v1/ledger/${path}`));
  const entries = must(unpackEntries(bytes, width));
  const wrong = entries.findIndex((entry, i) => !sameHash(leafHash(entry), hashes[i]!));
  if (wrong !== -1)
    throw new CliError(`${path}: entry ${index * TILE_WIDTH + wrong} is not the one in the tree`);
  take(path, bytes);
}

/** The value, or the error as a line for the person at the keyboard. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CliError(`${result.error.message} [${result.error.code}]`);
}
