// SPDX-License-Identifier: MIT
// The codec against @bufbuild/protobuf, byte for byte, over every message type of the table.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fieldShapes, messageEntries } from "../schema/directory.ts";
import type { MessageName } from "../schema/message.ts";
import { decode, encode } from "./codec.ts";
import { peerEncode } from "./testing/peer.ts";
import { type AnyValue, randomValue } from "./testing/random-value.ts";

const names = [...messageEntries.values()]
  .filter(({ file }) => file.path !== "google/protobuf/descriptor.proto")
  .map(({ name }) => name as MessageName);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What is left of a value when defaults that are not written are left out, members in the order of their numbers. */
function written(name: string, value: AnyValue): AnyValue {
  const out: AnyValue = {};
  for (const shape of fieldShapes(name).sort((a, b) => a.number - b.number)) {
    const member = value[shape.jsonName];
    if (member === undefined) continue;
    const { element } = shape;
    const inner = (item: unknown) =>
      element.kind === "message" ? written(element.name, item as AnyValue) : item;
    if (shape.form === "repeated") {
      const items = member as ArrayLike<unknown>;
      if (items.length === 0) continue;
      out[shape.jsonName] = items instanceof Float32Array ? items : Array.from(items, inner);
    } else if (shape.form === "map") {
      const entries = [...(member as ReadonlyMap<unknown, unknown>)];
      if (entries.length > 0) out[shape.jsonName] = new Map(entries.map(([key, item]) => [key, inner(item)]));
    } else if (shape.oneof !== null || shape.presence || element.kind === "message") {
      out[shape.jsonName] = inner(member);
    } else if (member instanceof Uint8Array ? member.length > 0 : !isZero(member)) {
      out[shape.jsonName] = member;
    }
  }
  return out;
}

const isZero = (value: unknown): boolean =>
  Object.is(value, 0) || value === 0n || value === "" || value === false;

test("random values of every message give the second implementation's bytes, and come back", () => {
  for (const [k, name] of names.entries()) {
    const property = fc.property(randomValue(name), value => {
      const bytes = encode(name, value);
      const back = decode(name, bytes);
      assert.ok(back.ok);
      assert.deepStrictEqual(back.value, written(name, value));
      // A map's order is ours to choose: bytes are compared where no map has two entries.
      if (!JSON.stringify(value, markMaps).includes(manyEntries)) {
        assert.equal(hex(bytes), hex(peerEncode(name, value)));
      }
      const again = decode(name, peerEncode(name, value));
      assert.ok(again.ok);
      assert.deepStrictEqual(again.value, back.value);
    });
    fc.assert(property, { seed: k, numRuns: 12 });
  }
});

test("an encoder refuses what its type cannot hold", () => {
  const refuses = (name: MessageName, value: AnyValue, pattern: RegExp) =>
    assert.throws(() => encode(name, value), { name: "RangeError", message: pattern });
  refuses("SpaceX.API.Device.Request", { id: 1 << 20 }, /Request\.id: 1048576 is not uint64/);
  refuses("SpaceX.API.Device.Request", { id: 1n << 64n }, /not uint64/);
  refuses("SpaceX.API.Device.Request", { id: -1n }, /not uint64/);
  refuses("SpaceX.API.Status.Status", { code: 2 ** 31 }, /not int32/);
  refuses("SpaceX.API.Status.Status", { code: 0.5 }, /not int32/);
  refuses("SpaceX.API.Status.Status", { message: 3 }, /not string/);
  refuses("SpaceX.API.Device.ToggleModeRequest", { modeId: -1 }, /not uint32/);
  refuses("SpaceX.API.Device.Request", { getStatus: {}, getHistory: {} }, /oneof/);
  refuses("SpaceX.API.Device.Request", { get_status: {} }, /has no get_status/);
  refuses("SpaceX.API.Device.Request", { getStatus: true }, /not a message/);
  // And goes on working after that.
  assert.equal(hex(encode("SpaceX.API.Device.Request", { id: 1n, getStatus: {} })), "0801e23e00");
});

test("headroom stands in front, and a message larger than the buffer grows it", () => {
  assert.equal(hex(encode("SpaceX.API.Device.Request", { id: 1n }, 5)), "00000000000801");
  const data = new Uint8Array(3_000_000).fill(7);
  const back = decode(
    "SpaceX.API.Device.SignedData",
    encode("SpaceX.API.Device.SignedData", { data, signature: data }),
    {
      maxBytes: 1 << 23,
    },
  );
  assert.ok(back.ok);
  assert.deepEqual(back.value, { data, signature: data });
});

test("text of any length and alphabet survives", () => {
  for (const unit of ["a", "ä", "日", "🛰"]) {
    for (const length of [1, 15, 16, 23, 24, 25, 47, 48, 49, 200, 40_000]) {
      const targetId = `x${unit.repeat(length)}`;
      const bytes = encode("SpaceX.API.Device.Request", { targetId });
      const back = decode("SpaceX.API.Device.Request", bytes);
      assert.ok(back.ok && back.value.targetId === targetId, `${unit} × ${length}`);
      assert.equal(hex(bytes), hex(peerEncode("SpaceX.API.Device.Request", { targetId })));
    }
  }
});

test("a value may encode another while it is encoded", () => {
  const inner = { id: 2n, targetId: "inner" };
  const outer = {
    id: 1n,
    get targetId() {
      return hex(encode("SpaceX.API.Device.Request", inner));
    },
  };
  const expected = { id: 1n, targetId: outer.targetId };
  assert.equal(
    hex(encode("SpaceX.API.Device.Request", outer)),
    hex(encode("SpaceX.API.Device.Request", expected)),
  );
});

test("plain arrays of floats give the bytes of typed ones", () => {
  const numbers = [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e-40, 1e39];
  const name = "SpaceX.API.Device.DishGetHistoryResponse";
  assert.equal(
    hex(encode(name, { powerIn: numbers })),
    hex(encode(name, { powerIn: Float32Array.from(numbers) })),
  );
});

const manyEntries = "a map of several entries";
function markMaps(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return 0;
  if (value instanceof Float32Array || value instanceof Uint8Array) return 0;
  return value instanceof Map ? [value.size > 1 ? manyEntries : "", ...value.values()] : value;
}
