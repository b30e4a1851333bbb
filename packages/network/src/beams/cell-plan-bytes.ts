// SPDX-License-Identifier: MIT
// The binary form of a plan. A header of eight bytes (magic, version), then the fields of a fixed list, each with its
// length: numbers little-endian, arrays begun at multiples of eight so that they can be copied whole.
import type { CellPlan, PlanInputs, RouteTree } from "./cell-plan.ts";
import { CELL_PLAN_BOUNDS, type CellPlanResult, checkCellPlan, refusePlan } from "./cell-plan-check.ts";

/** "PCP" and a zero, read as a little-endian word. */
const MAGIC = 0x0050_4350;
const VERSION = 1;
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

const INPUTS = [
  "elements",
  "ground",
  "cells",
  "demand",
  "policy",
  "permitted",
  "previous",
  "outage",
] as const satisfies readonly (keyof PlanInputs)[];

type Numbers = Int32Array | Int16Array | Uint8Array | Uint16Array | Float32Array | Float64Array;
type NumbersOf<T extends Numbers> = { new (buffer: ArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };

/** The bytes of a plan: the same plan, the same bytes. */
export function encodeCellPlan(plan: CellPlan): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const bytes = (part: Uint8Array) => {
    parts.push(part);
    size += part.length;
    const gap = (8 - (size % 8)) % 8;
    if (gap > 0) parts.push(new Uint8Array(gap));
    size += gap;
  };
  const doubles = (...values: number[]) => {
    bytes(littleEndian(Float64Array.from(values)));
  };
  const numbers = (array: Numbers) => {
    doubles(array.length);
    bytes(littleEndian(array));
  };
  const text = (value: string) => {
    const encoded = new TextEncoder().encode(value);
    doubles(encoded.length);
    bytes(encoded);
  };

  bytes(littleEndian(Int32Array.of(MAGIC, VERSION)));
  doubles(plan.slot, plan.fromMs, plan.untilMs, plan.inputs.seed);
  for (const name of INPUTS) text(plan.inputs[name]);
  for (const array of [plan.beam, plan.share, plan.reason, plan.pop]) numbers(array);
  for (const array of [plan.beams.satellite, plan.beams.colour]) numbers(array);
  for (const array of [plan.extra.cell, plan.extra.beam, plan.extra.share]) numbers(array);
  const { satellite, gateway, downMbps, upMbps, rangeKm } = plan.contacts;
  for (const array of [satellite, gateway, downMbps, upMbps, rangeKm]) numbers(array);
  doubles(plan.trees.length);
  for (const tree of plan.trees) {
    doubles(tree.pop);
    numbers(tree.delayMs);
    numbers(tree.next);
  }

  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What was not there: ends reading. */
class CutShort extends Error {
  readonly place: string;
  constructor(place: string) {
    super(place);
    this.place = place;
  }
}

/**
 * The plan that {@link encodeCellPlan} wrote. Bytes from elsewhere are checked: every length before it is used, every
 * index, share, reason and order after ({@link checkCellPlan}). Error codes: `format`, `version`, `size`, `range`.
 */
export function decodeCellPlan(input: Uint8Array): CellPlanResult<CellPlan> {
  if (input.length > CELL_PLAN_BOUNDS.bytes)
    return refusePlan("size", "bytes", `${input.length} bytes are more than a plan can have`);
  let at = 0;
  const take = (size: number, place: string): ArrayBuffer => {
    if (!(size <= input.length - at)) throw new CutShort(place);
    // Not the method of its own: that of Node's Buffer shares memory.
    const part = new Uint8Array(input.subarray(at, at + size)).buffer;
    at += size + ((8 - (size % 8)) % 8);
    return part;
  };
  const double = (place: string): number => fromLittleEndian(new Float64Array(take(8, place)))[0]!;
  const count = (most: number, place: string): number => {
    const value = double(place);
    if (!(Number.isInteger(value) && value >= 0 && value <= most)) throw new CutShort(place);
    return value;
  };
  const numbers = <T extends Numbers>(kind: NumbersOf<T>, place: string): T =>
    fromLittleEndian(new kind(take(count(CELL_PLAN_BOUNDS.entries, place) * kind.BYTES_PER_ELEMENT, place)));
  const text = (place: string): string =>
    new TextDecoder("utf-8", { fatal: true }).decode(take(count(CELL_PLAN_BOUNDS.text, place), place));

  try {
    const header = fromLittleEndian(new Int32Array(take(8, "header")));
    if (header[0] !== MAGIC) return refusePlan("format", "header", "These bytes are no cell plan");
    if (header[1] !== VERSION)
      return refusePlan(
        "version",
        "header",
        `This plan has version ${header[1]}; version ${VERSION} is known`,
      );
    const [slot, fromMs, untilMs, seed] = [
      double("slot"),
      double("fromMs"),
      double("untilMs"),
      double("seed"),
    ];
    const inputs = Object.fromEntries(INPUTS.map(name => [name, text(`inputs.${name}`)])) as Record<
      (typeof INPUTS)[number],
      string
    >;
    const plan: CellPlan = {
      slot,
      fromMs,
      untilMs,
      inputs: { ...inputs, seed },
      beam: numbers(Int32Array, "beam"),
      share: numbers(Uint8Array, "share"),
      reason: numbers(Uint8Array, "reason"),
      pop: numbers(Int16Array, "pop"),
      beams: {
        satellite: numbers(Int32Array, "beams.satellite"),
        colour: numbers(Uint8Array, "beams.colour"),
      },
      extra: {
        cell: numbers(Int32Array, "extra.cell"),
        beam: numbers(Int32Array, "extra.beam"),
        share: numbers(Uint8Array, "extra.share"),
      },
      contacts: {
        satellite: numbers(Int32Array, "contacts.satellite"),
        gateway: numbers(Int32Array, "contacts.gateway"),
        downMbps: numbers(Float32Array, "contacts.downMbps"),
        upMbps: numbers(Float32Array, "contacts.upMbps"),
        rangeKm: numbers(Float32Array, "contacts.rangeKm"),
      },
      trees: Array.from(
        { length: count(CELL_PLAN_BOUNDS.trees, "trees") },
        (_, k): RouteTree => ({
          pop: double(`trees[${k}].pop`),
          delayMs: numbers(Float64Array, `trees[${k}].delayMs`),
          next: numbers(Int32Array, `trees[${k}].next`),
        }),
      ),
    };
    if (at !== input.length) return refusePlan("format", "end", "There are bytes after the plan");
    return checkCellPlan(plan);
  } catch (error) {
    if (error instanceof CutShort)
      return refusePlan("format", error.place, "The bytes end, or a length is impossible");
    // A text that is no UTF-8.
    if (error instanceof TypeError) return refusePlan("format", "inputs", "A text is no UTF-8");
    throw error;
  }
}

/** Names a plan among the inputs of the next: 16 hexadecimal digits, for telling plans apart and not against forgery. */
export function planDigest(plan: CellPlan): string {
  const bytes = encodeCellPlan(plan);
  const words = fromLittleEndian(new Int32Array(bytes.buffer));
  let a = 0x811c_9dc5;
  let b = 0x9747_b28c;
  // Two lanes of FNV-1a over words, the second with MurmurHash3's rotation between them.
  for (let k = 0; k < words.length; k++) {
    const word = words[k]!;
    a = Math.imul(a ^ word, 0x0100_0193);
    a ^= a >>> 15;
    b = Math.imul(b ^ Math.imul(word, 0xcc9e_2d51), 0x1b87_3593);
    b = (b << 13) | (b >>> 19);
  }
  const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");
  return hex(a) + hex(b);
}

/** The array's bytes, little-endian; a view where the machine is so already. */
function littleEndian(array: Numbers): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return LITTLE_ENDIAN ? bytes : swapped(bytes.slice(), array.BYTES_PER_ELEMENT);
}

function fromLittleEndian<T extends Numbers>(array: T): T {
  if (!LITTLE_ENDIAN) swapped(new Uint8Array(array.buffer), array.BYTES_PER_ELEMENT);
  return array;
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}
