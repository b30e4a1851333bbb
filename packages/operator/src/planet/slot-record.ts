// SPDX-License-Identifier: MIT
// The plan of one slot of the planet as it is kept: columns of numbers, packed. A header (length as Uint32, then JSON:
// what is not a column, and the length of each), then the columns, each with its bytes regrouped by significance, so
// that Zstandard finds the runs in them; with Zstandard's own checksum.
import { promisify } from "node:util";
import { constants as zlib, zstdCompressSync, zstdDecompress } from "node:zlib";
import type { Planet } from "./contract.ts";

/** What the state of the planet says of a slot. */
export type PlanetFigures = Pick<
  Planet,
  | "permitted"
  | "served"
  | "byReason"
  | "beams"
  | "contacts"
  | "demandMbps"
  | "carriedMbps"
  | "satisfiedShare"
  | "planCpuMs"
  | "changedCells"
>;

/** The columns, in the order in which they are packed. Rates of cells, Mbit/s, are rounded: see {@link rounded}. */
const COLUMNS = {
  /** Index = cell of the table; as in `CellPlan`. */
  beam: Int32Array,
  share: Uint8Array,
  reason: Uint8Array,
  pop: Int16Array,
  demandDownMbps: Float32Array,
  demandUpMbps: Float32Array,
  downMbps: Float32Array,
  upMbps: Float32Array,
  /** Index into `BOTTLENECKS`, of the user's downward direction. */
  bottleneck: Uint8Array,
  /** Index = further beam of a cell. */
  extraCell: Int32Array,
  extraBeam: Int32Array,
  extraShare: Uint8Array,
  /** Index = beam. */
  beamSatellite: Int32Array,
  beamColour: Uint8Array,
  /** Index = satellite: carried for its own users, Mbit/s. */
  satelliteDownMbps: Float32Array,
  satelliteUpMbps: Float32Array,
  /** Index = contact: carried, Mbit/s; load of the fuller direction, 0 to 1. */
  contactSatellite: Int32Array,
  contactGateway: Int32Array,
  contactRangeKm: Float32Array,
  contactDownMbps: Float32Array,
  contactUpMbps: Float32Array,
  contactLoad: Float32Array,
  /** Index = laser link that a route in use takes; load of the fuller way, 0 to 1. */
  laserA: Int32Array,
  laserB: Int32Array,
  laserLoad: Float32Array,
  /** PoPs with routes; then, PoP by PoP, the next hop of each satellite, as in `RouteTree.next`. */
  routePop: Int16Array,
  routeNext: Int32Array,
  /** Index = gateway. */
  gatewayRainDb: Float32Array,
} as const;

type Column = keyof typeof COLUMNS;
/** Over memory of any kind: plans come from this thread or another. */
type OverAny<T> = T extends Int32Array
  ? Int32Array
  : T extends Uint8Array
    ? Uint8Array
    : T extends Int16Array
      ? Int16Array
      : Float32Array;
type Columns = { readonly [Name in Column]: OverAny<InstanceType<(typeof COLUMNS)[Name]>> };

/** One slot of the planet: what was decided, and what it carries. A value. */
export interface PlanetSlot extends Columns {
  readonly slot: number;
  /** Checksum of the constellation: satellite indices are of its elements. */
  readonly elements: string;
  readonly figures: PlanetFigures;
}

const NAMES = Object.keys(COLUMNS) as Column[];
const VERSION = 1;
const unpack = promisify(zstdDecompress);
/** Far above the slot of 1.9 million cells: no file of ours is longer. */
const MOST_BYTES = 512 * 1024 * 1024;

/** To 8 significant bits, half a percent: enough to show, and half the bytes to keep. Changes the array. */
export function rounded(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = (bits[i]! + 0x8000) & 0xffff_0000;
  return values;
}

/** The bytes of a slot; the same slot, the same bytes. */
export function encodePlanetSlot(slot: PlanetSlot): Uint8Array<ArrayBuffer> {
  const lengths = NAMES.map(name => slot[name].length);
  const { slot: number, elements, figures } = slot;
  const header = Buffer.from(JSON.stringify({ version: VERSION, slot: number, elements, figures, lengths }));
  const size = NAMES.reduce((sum, name) => sum + slot[name].byteLength, 4 + header.length);
  const plain = Buffer.allocUnsafe(size);
  plain.writeUInt32LE(header.length, 0);
  header.copy(plain, 4);
  let at = 4 + header.length;
  for (const name of NAMES) {
    const column = slot[name];
    regroup(bytesOf(column), column.BYTES_PER_ELEMENT, plain, at);
    at += column.byteLength;
  }
  const packed = zstdCompressSync(plain, {
    params: { [zlib.ZSTD_c_compressionLevel]: 1, [zlib.ZSTD_c_checksumFlag]: 1 },
  });
  return new Uint8Array(packed);
}

/** The slot that {@link encodePlanetSlot} packed; `null` for bytes that are none, or were changed. */
export async function decodePlanetSlot(bytes: Uint8Array): Promise<PlanetSlot | null> {
  try {
    const plain = await unpack(bytes, { maxOutputLength: MOST_BYTES });
    const headerEnd = 4 + plain.readUInt32LE(0);
    const { version, slot, elements, figures, lengths } = JSON.parse(
      plain.toString("utf8", 4, headerEnd),
    ) as {
      version: number;
      slot: number;
      elements: string;
      figures: PlanetFigures;
      lengths: number[];
    };
    if (version !== VERSION || lengths.length !== NAMES.length) return null;
    let at = headerEnd;
    const columns = NAMES.map((name, k) => {
      const column = new COLUMNS[name](lengths[k]!);
      separate(plain.subarray(at, at + column.byteLength), column.BYTES_PER_ELEMENT, bytesOf(column));
      at += column.byteLength;
      return [name, column] as const;
    });
    if (at !== plain.length) return null;
    return { slot, elements, figures, ...(Object.fromEntries(columns) as unknown as Columns) };
  } catch {
    // Zstandard, JSON or a length: whatever it was, these are not the bytes that were written.
    return null;
  }
}

const bytesOf = (column: Columns[Column]): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** All first bytes of the elements, then all second ones, and so on. */
function regroup(from: Uint8Array, width: number, to: Uint8Array, offset: number): void {
  const count = from.length / width;
  for (let k = 0; k < width; k++) {
    const base = offset + k * count;
    for (let i = 0, j = k; i < count; i++, j += width) to[base + i] = from[j]!;
  }
}

/** The way back. */
function separate(from: Uint8Array, width: number, to: Uint8Array): void {
  const count = from.length / width;
  for (let k = 0; k < width; k++) {
    const base = k * count;
    for (let i = 0, j = k; i < count; i++, j += width) to[j] = from[base + i]!;
  }
}
