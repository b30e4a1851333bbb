// SPDX-License-Identifier: MIT
import type { Element, FieldShape } from "../schema/directory.ts";
import type { ScalarName } from "../schema/table.ts";
import type { MessagePlan } from "./plan.ts";
import { wireTypeOf } from "./wire-type.ts";
import { Writer } from "./writer.ts";

/** Writes one field with its head, or nothing where its default need not be written. */
export type WriteField = (to: Writer, value: unknown) => void;

/** Writes one value without head. */
type WriteValue = (to: Writer, value: unknown) => void;

/** A larger buffer is not kept for the next message. */
const keptBytes = 1 << 20;
let spare: Writer | null = null;

/** Encodes a message; see `encode`. */
export function writeWhole(plan: MessagePlan, value: object, headroomBytes: number): Uint8Array<ArrayBuffer> {
  // Taken while in use: a getter in the value might encode, too.
  const writer = spare ?? new Writer(1 << 15);
  spare = null;
  writer.clear();
  writeMessage(writer, plan, value as Readonly<Record<string, unknown>>);
  const bytes = writer.copy(headroomBytes);
  if (writer.capacity <= keptBytes) spare = writer;
  return bytes;
}

/**
 * Members in the order of their numbers, from the last to the first. Values have few of the members that their types
 * have, so that the members are sorted instead of asking for each field.
 */
function writeMessage(to: Writer, plan: MessagePlan, value: Readonly<Record<string, unknown>>): void {
  const { fields, byKey } = plan;
  const order = to.order;
  const base = to.ordered;
  let top = base;
  for (const key in value) {
    if (value[key] === undefined) continue;
    const k = byKey.get(key);
    if (k === undefined) throw new RangeError(`${plan.name} has no ${key}`);
    let at = top++;
    for (; at > base && order[at - 1]! > k; at--) order[at] = order[at - 1]!;
    order[at] = k;
  }
  to.ordered = top;
  let seen = 0;
  while (top > base) {
    const field = fields[order[--top]!]!;
    if (field.oneof >= 0) {
      const bit = 1 << field.oneof;
      if ((seen & bit) !== 0) throw new RangeError(`${field.place}: another member of its oneof is set, too`);
      seen |= bit;
    }
    field.write(to, value[field.key]);
  }
  to.ordered = base;
}

/** Compiles the writing of a field. */
export function writerOf(shape: FieldShape, nested: MessagePlan | null, place: string): WriteField {
  const write = valueWriter(shape.element, nested, place);
  const wire = wireTypeOf(shape.element);
  const head = (shape.number << 3) >>> 0;
  if (shape.form === "map") return mapWriter(shape, write, wire, (head | 2) >>> 0, place);
  if (shape.form === "repeated") {
    if (wire === 2) return listWriter(write, (head | 2) >>> 0);
    return packedWriter(shape.element, write, (head | 2) >>> 0);
  }
  const tag = (head | wire) >>> 0;
  if (shape.presence || shape.oneof !== null || nested !== null) {
    return (to, value) => {
      write(to, value);
      to.varint32(tag);
    };
  }
  const isDefault = defaultOf(shape.element);
  return (to, value) => {
    if (isDefault(value)) return;
    write(to, value);
    to.varint32(tag);
  };
}

function listWriter(write: WriteValue, tag: number): WriteField {
  return (to, value) => {
    const items = value as readonly unknown[];
    for (let k = items.length - 1; k >= 0; k--) {
      write(to, items[k]);
      to.varint32(tag);
    }
  };
}

function packedWriter(element: Element, write: WriteValue, tag: number): WriteField {
  if (element.kind === "scalar" && element.scalar === "float") {
    return (to, value) => {
      const items = value as Float32Array | readonly number[];
      if (items.length === 0) return;
      to.floats(items);
      to.varint32(4 * items.length);
      to.varint32(tag);
    };
  }
  return (to, value) => {
    const items = value as readonly unknown[];
    if (items.length === 0) return;
    const before = to.written;
    for (let k = items.length - 1; k >= 0; k--) write(to, items[k]);
    to.varint32(to.written - before);
    to.varint32(tag);
  };
}

/** A map is a list of messages {key = 1, value = 2}, both always written. */
function mapWriter(
  shape: FieldShape,
  write: WriteValue,
  wire: number,
  tag: number,
  place: string,
): WriteField {
  const key: Element = { kind: "scalar", scalar: shape.key! };
  const writeKey = valueWriter(key, null, place);
  const keyTag = (1 << 3) | wireTypeOf(key);
  const valueTag = (2 << 3) | wire;
  return (to, value) => {
    const entries = [...(value as ReadonlyMap<unknown, unknown>)];
    for (let k = entries.length - 1; k >= 0; k--) {
      const before = to.written;
      write(to, entries[k]![1]);
      to.varint32(valueTag);
      writeKey(to, entries[k]![0]);
      to.varint32(keyTag);
      to.varint32(to.written - before);
      to.varint32(tag);
    }
  };
}

function valueWriter(element: Element, nested: MessagePlan | null, place: string): WriteValue {
  if (nested !== null) {
    return (to, value) => {
      if (typeof value !== "object" || value === null) throw misfit(place, "a message", value);
      const before = to.written;
      writeMessage(to, nested, value as Readonly<Record<string, unknown>>);
      to.varint32(to.written - before);
    };
  }
  return scalarWriter(element.kind === "scalar" ? element.scalar : "int32", place);
}

function scalarWriter(scalar: ScalarName, place: string): WriteValue {
  switch (scalar) {
    case "bool":
      return (to, value) => {
        if (typeof value !== "boolean") throw misfit(place, scalar, value);
        to.varint32(value ? 1 : 0);
      };
    case "int32":
      return (to, value) => {
        const integer = (value as number) | 0;
        if (integer !== value) throw misfit(place, scalar, value);
        // Negative numbers are written with their sign drawn out to 64 bits.
        if (integer < 0) to.varint64(integer >>> 0, 0xffff_ffff);
        else to.varint32(integer);
      };
    case "uint32":
      return (to, value) => {
        const integer = (value as number) >>> 0;
        if (integer !== value) throw misfit(place, scalar, value);
        to.varint32(integer);
      };
    case "int64":
      return (to, value) => {
        if (typeof value !== "bigint" || BigInt.asIntN(64, value) !== value)
          throw misfit(place, scalar, value);
        writeBits(to, value < 0n ? BigInt.asUintN(64, value) : value);
      };
    case "uint64":
      return (to, value) => {
        if (typeof value !== "bigint" || BigInt.asUintN(64, value) !== value)
          throw misfit(place, scalar, value);
        writeBits(to, value);
      };
    case "float":
      return (to, value) => {
        if (typeof value !== "number") throw misfit(place, scalar, value);
        to.float(value);
      };
    case "double":
      return (to, value) => {
        if (typeof value !== "number") throw misfit(place, scalar, value);
        to.double(value);
      };
    case "string":
      return (to, value) => {
        if (typeof value !== "string") throw misfit(place, scalar, value);
        const before = to.written;
        to.string(value);
        to.varint32(to.written - before);
      };
    case "bytes":
      return (to, value) => {
        if (!(value instanceof Uint8Array)) throw misfit(place, scalar, value);
        to.raw(value);
        to.varint32(value.length);
      };
  }
}

function writeBits(to: Writer, bits: bigint): void {
  const number = Number(bits);
  if (number <= Number.MAX_SAFE_INTEGER) to.varint64(number >>> 0, Math.floor(number / 0x1_0000_0000));
  else to.varint64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
}

function defaultOf(element: Element): (value: unknown) => boolean {
  if (element.kind !== "scalar") return value => value === 0;
  switch (element.scalar) {
    case "bool":
      return value => value === false;
    case "string":
      return value => value === "";
    case "bytes":
      return value => (value as Uint8Array).length === 0;
    case "int64":
    case "uint64":
      return value => value === 0n;
    case "float":
    case "double":
      // Minus zero is no default: the bits decide.
      return value => Object.is(value, 0);
    default:
      return value => value === 0;
  }
}

function misfit(place: string, wanted: string, value: unknown): RangeError {
  return new RangeError(`${place}: ${String(value)} is not ${wanted}`);
}
