// SPDX-License-Identifier: MIT
import type { Element, FieldShape } from "../schema/directory.ts";
import type { ScalarName } from "../schema/table.ts";
import { type DecodeError, type DecodeLimits, WireFault } from "./fault.ts";
import type { MessagePlan } from "./plan.ts";
import { Reader } from "./reader.ts";
import { wireTypeOf } from "./wire-type.ts";

/** A message while it is read. */
type Draft = Record<string, unknown>;

/** Reads one field, whose head is read, into a message; false if the wire type is not one of the field's. */
export type ReadField = (from: Reader, into: Draft, key: string, wire: number, depth: number) => boolean;

/** Reads one value without head. */
type ReadValue = (from: Reader, depth: number) => unknown;

/** Decodes a message; see `decode`. */
export function readWhole(
  plan: MessagePlan,
  bytes: Uint8Array,
  limits: DecodeLimits,
): { ok: true; value: object } | { ok: false; error: DecodeError } {
  if (bytes.length > limits.maxBytes) {
    const message = `a message of ${bytes.length} bytes is larger than ${limits.maxBytes}`;
    return { ok: false, error: { code: "tooLarge", message, place: plan.name } };
  }
  const value: Draft = {};
  try {
    readMessage(new Reader(bytes, limits), plan, value, 1);
  } catch (fault) {
    if (!(fault instanceof WireFault)) throw fault;
    const place = `${fault.field ?? plan.name}, byte ${fault.at}`;
    return { ok: false, error: { code: fault.code, message: fault.message, place } };
  }
  return { ok: true, value };
}

/** Reads fields up to the reader's end into a message, which may hold what an earlier part of it said. */
function readMessage(from: Reader, plan: MessagePlan, into: Draft, depth: number): void {
  const { fields } = plan;
  let next = 0;
  let place = plan.name;
  try {
    from.enter(depth);
    while (from.at < from.end) {
      place = plan.name;
      const tag = from.tag();
      // Fields mostly come in the order of their numbers, so that the next one is a good guess.
      let k: number | undefined = next;
      if (k >= fields.length || fields[k]!.tag !== tag) k = plan.byNumber.get(tag >>> 3);
      if (k === undefined) {
        from.skip(tag, depth);
        continue;
      }
      const field = fields[k]!;
      ({ place } = field);
      if (field.oneof >= 0) clearOneof(plan, into, k);
      if (!field.read(from, into, field.key, tag & 7, depth)) {
        throw new WireFault("badWireType", `wire type ${tag & 7} does not suit the field`, from.at);
      }
      next = k + 1;
    }
  } catch (fault) {
    if (fault instanceof WireFault) fault.field ??= place;
    throw fault;
  }
}

/** The last member of a oneof holds: forgets the others. */
function clearOneof(plan: MessagePlan, into: Draft, kept: number): void {
  const { oneof } = plan.fields[kept]!;
  for (const key in into) {
    const k = plan.byKey.get(key)!;
    if (k !== kept && plan.fields[k]!.oneof === oneof) delete into[key];
  }
}

/** Compiles the reading of a field. */
export function readerOf(shape: FieldShape, nested: MessagePlan | null): ReadField {
  if (shape.form === "map") return mapReader(shape, nested);
  if (nested !== null) return shape.form === "repeated" ? messagesReader(nested) : messageReader(nested);
  const wire = wireTypeOf(shape.element);
  const read = valueReader(shape.element);
  if (shape.form === "single") {
    return (from, into, key, got, depth) => {
      if (got !== wire) return false;
      into[key] = read(from, depth);
      return true;
    };
  }
  if (wire === 2) {
    return (from, into, key, got, depth) => {
      if (got !== 2) return false;
      listOf(into, key).push(read(from, depth));
      return true;
    };
  }
  if (shape.element.kind === "scalar" && shape.element.scalar === "float") return readFloats;
  return (from, into, key, got, depth) => {
    const list = listOf(into, key);
    if (got === wire) {
      from.count();
      list.push(read(from, depth));
      return true;
    }
    if (got !== 2) return false;
    // The length is checked against what is left, so that the end lies within the message.
    const end = from.length() + from.at;
    const outer = from.end;
    from.end = end;
    while (from.at < end) {
      from.count();
      list.push(read(from, depth));
    }
    from.end = outer;
    return true;
  };
}

function listOf(into: Draft, key: string): unknown[] {
  const known = into[key] as unknown[] | undefined;
  if (known !== undefined) return known;
  const made: unknown[] = [];
  into[key] = made;
  return made;
}

/** Packed floats, as everyone writes them, become one array; further parts are put behind. */
function readFloats(from: Reader, into: Draft, key: string, got: number): boolean {
  if (got !== 2 && got !== 5) return false;
  const at = from.at;
  const length = got === 5 ? 4 : from.length();
  if (length % 4 !== 0) throw new WireFault("badLength", `${length} bytes are no whole number of floats`, at);
  const before = into[key] as Float32Array | undefined;
  if (before === undefined) {
    into[key] = from.floats(length / 4);
    return true;
  }
  from.count();
  const part = from.floats(length / 4);
  const total = before.length + part.length;
  // Room doubles, for copying all that came before with each of many parts would cost their square.
  let { buffer } = before;
  if (4 * total > buffer.byteLength) {
    buffer = new ArrayBuffer(4 * Math.max(2 * before.length, total));
    new Float32Array(buffer).set(before);
  }
  const joined = new Float32Array(buffer, 0, total);
  joined.set(part, before.length);
  into[key] = joined;
  return true;
}

function messageReader(nested: MessagePlan): ReadField {
  return (from, into, key, got, depth) => {
    if (got !== 2) return false;
    const known = into[key] as Draft | undefined;
    const value = known ?? {};
    readNested(from, nested, value, depth);
    if (known === undefined) into[key] = value;
    return true;
  };
}

function messagesReader(nested: MessagePlan): ReadField {
  return (from, into, key, got, depth) => {
    if (got !== 2) return false;
    const value: Draft = {};
    readNested(from, nested, value, depth);
    listOf(into, key).push(value);
    return true;
  };
}

function readNested(from: Reader, nested: MessagePlan, value: Draft, depth: number): void {
  from.count();
  const end = from.length() + from.at;
  const outer = from.end;
  from.end = end;
  readMessage(from, nested, value, depth + 1);
  from.end = outer;
}

/** A map's entry is a message {key = 1, value = 2}; what it leaves out is a default, and the last of a key holds. */
function mapReader(shape: FieldShape, nested: MessagePlan | null): ReadField {
  const key: Element = { kind: "scalar", scalar: shape.key! };
  const keyWire = wireTypeOf(key);
  const readKey = valueReader(key);
  const valueWire = wireTypeOf(shape.element);
  const readValue = nested === null ? valueReader(shape.element) : null;
  return (from, into, member, got, depth) => {
    if (got !== 2) return false;
    from.count();
    from.enter(depth + 1);
    const end = from.length() + from.at;
    const outer = from.end;
    from.end = end;
    let entryKey: unknown = zeroOf(key);
    let entryValue: unknown = nested === null ? zeroOf(shape.element) : {};
    while (from.at < end) {
      const tag = from.tag();
      if (tag >>> 3 === 1) {
        if ((tag & 7) !== keyWire) return false;
        entryKey = readKey(from, depth);
      } else if (tag >>> 3 === 2) {
        if ((tag & 7) !== valueWire) return false;
        if (readValue !== null) entryValue = readValue(from, depth);
        else readNested(from, nested!, entryValue as Draft, depth + 1);
      } else {
        from.skip(tag, depth + 1);
      }
    }
    from.end = outer;
    const known = into[member] as Map<unknown, unknown> | undefined;
    if (known === undefined) into[member] = new Map([[entryKey, entryValue]]);
    else known.set(entryKey, entryValue);
    return true;
  };
}

function zeroOf(element: Element): unknown {
  if (element.kind !== "scalar") return 0;
  switch (element.scalar) {
    case "bool":
      return false;
    case "string":
      return "";
    case "bytes":
      return new Uint8Array(0);
    case "int64":
    case "uint64":
      return 0n;
    default:
      return 0;
  }
}

/** Compiles the reading of one scalar or enum. */
function valueReader(element: Element): ReadValue {
  const scalar: ScalarName = element.kind === "scalar" ? element.scalar : "int32";
  switch (scalar) {
    case "bool":
      return from => (from.varint() | from.high) !== 0;
    case "int32":
      return from => from.varint() | 0;
    case "uint32":
      return from => from.varint() >>> 0;
    case "int64":
      return from => BigInt.asIntN(64, readBits(from));
    case "uint64":
      return readBits;
    case "float":
      return from => from.float();
    case "double":
      return from => from.double();
    case "string":
      return readText;
    case "bytes":
      return readBytes;
  }
}

function readText(from: Reader): string {
  from.count();
  return from.string(from.length());
}

function readBytes(from: Reader): Uint8Array {
  from.count();
  return from.raw(from.length());
}

function readBits(from: Reader): bigint {
  const low = from.varint();
  return from.high === 0 ? BigInt(low) : (BigInt(from.high) << 32n) | BigInt(low);
}
