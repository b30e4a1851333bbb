// SPDX-License-Identifier: MIT
// What anyone may send: cut, altered, nested, repeated and malformed bytes.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { MessageName } from "../schema/message.ts";
import { decode, encode } from "./codec.ts";
import { peerRoundTrip } from "./testing/peer.ts";
import { randomValue } from "./testing/random-value.ts";

const request = "SpaceX.API.Device.Request";
const response = "SpaceX.API.Device.Response";
const history = "SpaceX.API.Device.DishGetHistoryResponse";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

function refusalOf(name: MessageName, hex: string | Uint8Array, limits = {}): string {
  const result = decode(name, typeof hex === "string" ? bytesOf(hex) : hex, limits);
  assert.ok(!result.ok, "the bytes were taken");
  return `${result.error.code} at ${result.error.place}`;
}

function read<N extends MessageName>(name: N, hex: string) {
  const result = decode(name, bytesOf(hex));
  assert.ok(result.ok, result.ok ? "" : `${result.error.code} at ${result.error.place}`);
  return result.value;
}

/** Ours strictly implies theirs: what we take, the second implementation takes, and understands alike. */
function agree(name: MessageName, bytes: Uint8Array): boolean {
  const result = decode(name, bytes);
  if (!result.ok) return false;
  const theirs = decode(name, peerRoundTrip(name, bytes));
  const ours = decode(name, encode(name, result.value));
  assert.ok(theirs.ok && ours.ok);
  assert.deepStrictEqual(ours.value, theirs.value);
  return true;
}

test("a message cut anywhere is taken exactly where the second implementation takes it", () => {
  for (const name of [request, response, "SpaceX.API.Device.WifiConfig"] as const) {
    const property = fc.property(randomValue(name), value => {
      const bytes = encode(name, value);
      for (let end = 0; end < bytes.length; end += 1 + (bytes.length >> 5)) {
        const part = bytes.subarray(0, end);
        let taken = true;
        try {
          peerRoundTrip(name, part);
        } catch {
          taken = false;
        }
        assert.equal(agree(name, part), taken, Buffer.from(part).toString("hex"));
      }
    });
    fc.assert(property, { seed: 7, numRuns: 40 });
  }
});

test("altered bytes are refused or understood as the second implementation does, and never throw", () => {
  let taken = 0;
  let refused = 0;
  for (const name of [request, response, history, "SpaceX.API.Device.WifiGetStatusResponse"] as const) {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
    const property = fc.property(randomValue(name), edits, (value, changes) => {
      const bytes = encode(name, value);
      for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      if (agree(name, bytes)) taken += 1;
      else refused += 1;
    });
    fc.assert(property, { seed: 11, numRuns: 600 });
  }
  assert.ok(taken > 200 && refused > 200, `${taken} taken, ${refused} refused`);
});

test("arbitrary bytes never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      agree(request, bytes);
    }),
    { seed: 13, numRuns: 2_000 },
  );
});

test("each kind of malformed bytes has its code, and says where", () => {
  assert.equal(refusalOf(request, "08"), "truncated at SpaceX.API.Device.Request.id, byte 1");
  assert.equal(refusalOf(request, "6a 05 61 62"), "truncated at SpaceX.API.Device.Request.target_id, byte 2");
  // A length beyond 32 bits does not wrap around.
  assert.match(refusalOf(request, "6a 80 80 80 80 10"), /^truncated/);
  // A length inside points beyond its message, though not beyond the bytes: wifiSetConfig 3001.
  assert.match(refusalOf(request, "ca bb 01 02 0a 05 00 00 00 00 00"), /^truncated/);
  assert.equal(refusalOf(request, "00 01"), "badTag at SpaceX.API.Device.Request, byte 0");
  assert.match(refusalOf(request, "80 80 80 80 10"), /^badTag/);
  assert.match(refusalOf(request, "17"), /^badTag/);
  assert.equal(refusalOf(request, "0a 00"), "badWireType at SpaceX.API.Device.Request.id, byte 1");
  assert.match(refusalOf(request, "08 80 80 80 80 80 80 80 80 80 80 01"), /^badInteger/);
  assert.match(refusalOf(request, "6a 01 ff"), /^badText at .*target_id/);
  assert.match(refusalOf(request, "6a 02 c0 80"), /^badText/);
  // popPingDropRate is 1001: five bytes are no floats.
  assert.match(refusalOf(history, "ca 3e 05 00 00 00 00 00"), /^badLength at .*pop_ping_drop_rate/);
  assert.match(refusalOf(request, "13 08 01"), /^badGroup/);
  assert.match(refusalOf(request, "13 1c"), /^badGroup/);
  assert.match(refusalOf(request, "14"), /^badGroup/);
});

test("size, depth and number of values are bounded", () => {
  assert.match(refusalOf(request, new Uint8Array((4 << 20) + 1)), /^tooLarge/);
  assert.match(refusalOf(request, "08 01", { maxBytes: 1 }), /^tooLarge/);
  // Groups within groups are the only nesting without end that the schema leaves: number 2, unknown.
  const groups = (n: number) => `${"13".repeat(n)}${"14".repeat(n)}`;
  assert.ok(decode(request, bytesOf(groups(31))).ok);
  assert.match(refusalOf(request, groups(32)), /^tooDeep/);
  assert.match(refusalOf(request, "13".repeat(1 << 20)), /^tooDeep/);
  assert.match(refusalOf(response, "a2 7d 02 0a 00", { maxDepth: 2 }), /^tooDeep/);
  // Outages (1009 of history), empty: three bytes for an object each.
  assert.match(refusalOf(history, "8a 3f 00".repeat(1 << 18).concat("8a 3f 00")), /^tooMany/);
  assert.match(refusalOf(history, "8a 3f 00".repeat(3), { maxValues: 2 }), /^tooMany/);
  // Packed numbers of one byte, connected routers' numbers, map entries and parts of float arrays count, too.
  assert.match(
    refusalOf("grpc.reflection.v1.ExtensionNumberResponse", "12 03 01 02 03", { maxValues: 2 }),
    /^tooMany/,
  );
  assert.match(refusalOf("SpaceX.API.Device.BootInfo", "0a 00 0a 00 0a 00", { maxValues: 2 }), /^tooMany/);
  assert.match(refusalOf(history, "cd 3e 00 00 00 00".repeat(4), { maxValues: 2 }), /^tooMany/);
  const descriptors = "grpc.reflection.v1.FileDescriptorResponse";
  assert.match(refusalOf(descriptors, "0a 00".repeat(3), { maxValues: 2 }), /^tooMany/);
});

test("unknown fields of every wire type are skipped", () => {
  const value = read(
    request,
    "10 96 01  19 00 00 00 00 00 00 00 00  22 02 ff ff  2b 08 01 2c  35 00 00 00 00  08 07",
  );
  assert.deepEqual(value, { id: 7n });
});

test("of a oneof the last member holds, of a single field the last value, and parts of a message are merged", () => {
  // getStatus (1004), then getHistory (1007).
  assert.deepEqual(read(request, "e2 3e 00 fa 3e 00"), { getHistory: {} });
  assert.deepEqual(read(request, "08 01 08 02"), { id: 2n });
  // dishGetHistory twice: current = 1 = 5, then outages = 1009.
  const parts = read(response, "b2 7d 02 08 05  b2 7d 03 8a 3f 00");
  assert.deepEqual(parts, { dishGetHistory: { current: 5n, outages: [{}] } });
  // The other member in between throws the first part away.
  const lost = read(response, "b2 7d 02 08 05  ca 3e 00  b2 7d 03 8a 3f 00");
  assert.deepEqual(lost, { dishGetHistory: { outages: [{}] } });
});

test("numbers are taken packed and unpacked, and in parts", () => {
  const expected = { popPingDropRate: Float32Array.of(1, 2, 3) };
  assert.deepEqual(read(history, "ca 3e 0c 0000803f 00000040 00004040"), expected);
  assert.deepEqual(read(history, "ca 3e 08 0000803f 00000040 cd 3e 00004040"), expected);
  const numbers = "grpc.reflection.v1.ExtensionNumberResponse";
  assert.deepEqual(read(numbers, "12 02 01 02 10 03"), { extensionNumber: [1, 2, 3] });
});

test("floats in a great many parts cost their number, not its square", () => {
  // A part of 500,000 floats, then 200,000 parts of one: copying all with each part would move 400 GB.
  const first = encode(history, { popPingDropRate: new Float32Array(500_000).fill(1) });
  const one = bytesOf("cd 3e 00004040");
  const bytes = new Uint8Array(first.length + 200_000 * one.length);
  bytes.set(first);
  for (let k = 0; k < 200_000; k++) bytes.set(one, first.length + k * one.length);
  const result = decode(history, bytes);
  assert.ok(result.ok);
  const rates = result.value.popPingDropRate!;
  assert.deepEqual([rates.length, rates[499_999], rates[500_000], rates[699_999]], [700_000, 1, 3, 3]);
});

test("integers keep their sign and their bits", () => {
  const status = "SpaceX.API.Status.Status";
  assert.deepEqual(read(status, "08 ff ff ff ff ff ff ff ff ff 01"), { code: -1 });
  // Five bytes of an int32 mean the same.
  assert.deepEqual(read(status, "08 ff ff ff ff 0f"), { code: -1 });
  const top = (1n << 64n) - 1n;
  const bytes = encode(request, { id: top });
  assert.equal(Buffer.from(bytes).toString("hex"), "08ffffffffffffffffff01");
  assert.deepEqual(read(request, "08 ff ff ff ff ff ff ff ff ff 01"), { id: top });
});

test("a byte order mark is text, and decoded bytes are copies", () => {
  assert.deepEqual(read(request, "6a 04 ef bb bf 61"), { targetId: "\ufeffa" });
  const bytes = bytesOf("0a 02 01 02");
  const result = decode("SpaceX.API.Device.SignedData", bytes);
  bytes.fill(0);
  assert.deepEqual(result, { ok: true, value: { data: Uint8Array.of(1, 2) } });
});
