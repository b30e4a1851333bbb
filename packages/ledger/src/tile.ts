// SPDX-License-Identifier: MIT
import { HASH_BYTES } from "./hash.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";

/** Levels of the tree that one tile spans (C2SP tlog-tiles, "Merkle Tree"). */
export const TILE_HEIGHT = 8;
/** Hashes of a full tile. */
export const TILE_WIDTH = 256;
/** Largest entry that an entry bundle can carry: its length is a 16-bit number (C2SP tlog-tiles, "Log entries"). */
export const MAX_ENTRY_BYTES = 65_535;

/** A tile of a tree: hash i of it is the root over entries [(index·256 + i)·256^level, … + 256^level). */
export interface TileId {
  readonly level: number;
  readonly index: number;
  /** Hashes in it: 256 in a full tile, 1 to 255 in a partial one. */
  readonly width: number;
}

/** Every tile that a tree of `size` entries consists of, lowest level first; none of them is empty. */
export function tilesOf(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const full = Math.floor(hashes / TILE_WIDTH);
    for (let index = 0; index < full; index++) tiles.push({ level, index, width: TILE_WIDTH });
    if (hashes % TILE_WIDTH > 0) tiles.push({ level, index: full, width: hashes % TILE_WIDTH });
  }
  return tiles;
}

/** How many hashes a tile has in a tree of `size` entries: 0 (no such tile) to 256. */
export function tileWidth(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Where a tile is served: `tile/<L>/<N>[.p/<W>]`. */
export function tilePath({ level, index, width }: TileId): string {
  return `tile/${level}/${indexPath(index)}${partialSuffix(width)}`;
}

/** Where a bundle of entries is served: `tile/entries/<N>[.p/<W>]`. */
export function entriesPath(index: number, width: number): string {
  return `tile/entries/${indexPath(index)}${partialSuffix(width)}`;
}

/**
 * Reads what {@link tilePath} or {@link entriesPath} wrote; `level` is `"entries"` for a bundle.
 *
 * @returns `undefined` for every other spelling: a resource has one address.
 */
export function parseTilePath(
  path: string,
): { readonly level: number | "entries"; readonly index: number; readonly width: number } | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return undefined;
  const [, kind, digits, partial] = match;
  const index = Number(digits!.replaceAll(/[x/]/g, ""));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (!Number.isSafeInteger(index) || width < 1 || (partial !== undefined && width >= TILE_WIDTH))
    return undefined;
  const level = kind === "entries" ? "entries" : Number(kind);
  if (level !== "entries" && level > 63) return undefined;
  const written = level === "entries" ? entriesPath(index, width) : tilePath({ level, index, width });
  return written === path ? { level, index, width } : undefined;
}

/** An index in groups of three digits, all but the last marked with an x: 1234067 is `x001/x234/067`. */
function indexPath(index: number): string {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`${index} is no index of a tile.`);
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/\d{3}/g)!;
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
}

const partialSuffix = (width: number): string => (width < TILE_WIDTH ? `.p/${width}` : "");

/**
 * Entries as a bundle: each one's length as a big-endian 16-bit number, then its bytes.
 *
 * @throws RangeError for an entry above {@link MAX_ENTRY_BYTES}.
 */
export function packEntries(entries: readonly Uint8Array[]): Uint8Array {
  const length = entries.reduce((sum, entry) => sum + 2 + entry.byteLength, 0);
  const bundle = new Uint8Array(length);
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.byteLength > MAX_ENTRY_BYTES)
      throw new RangeError("A bundle's entry has at most 65,535 bytes.");
    view.setUint16(at, entry.byteLength);
    bundle.set(entry, at + 2);
    at += 2 + entry.byteLength;
  }
  return bundle;
}

/** Reads a bundle of exactly `width` entries. */
export function unpackEntries(bundle: Uint8Array, width: number): Result<Uint8Array[]> {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    if (at + 2 > bundle.byteLength) return cutShort(entries.length);
    const end = at + 2 + view.getUint16(at);
    if (end > bundle.byteLength) return cutShort(entries.length);
    entries.push(Uint8Array.from(bundle.subarray(at + 2, end)));
    at = end;
  }
  if (at < bundle.byteLength) {
    return fail("bad-bundle", `/${width}`, `A bundle of ${width} entries goes on behind its last one.`);
  }
  return succeed(entries);
}

const cutShort = (entry: number): ReturnType<typeof fail> =>
  fail("bad-bundle", `/${entry}`, `The bundle ends inside its entry ${entry}.`);

/** The hashes of a tile as it is served, one by one. */
export function hashesOfTile(tile: Uint8Array, width: number): Result<Uint8Array[]> {
  if (tile.byteLength !== width * HASH_BYTES) {
    return fail("bad-tile", "", `A tile of ${width} hashes has ${width * HASH_BYTES} bytes.`);
  }
  return succeed(
    Array.from({ length: width }, (_, i) =>
      Uint8Array.from(tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
    ),
  );
}
