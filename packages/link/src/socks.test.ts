// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Read,
  readGreeting,
  readRequest,
  readUdpDatagram,
  SOCKS_HANDSHAKE_MAX_BYTES,
  socksReply,
  writeUdpDatagram,
} from "./socks.ts";

const bytes = (...values: number[]) => Buffer.from(values);

test("CONNECT with each address type, byte by byte from RFC 1928 section 4", () => {
  assert.deepEqual(readRequest(bytes(5, 1, 0, 1, 192, 0, 2, 7, 1, 187)), {
    kind: "value",
    value: { command: "connect", host: "192.0.2.7", port: 443 },
    length: 10,
  });
  const name = readRequest(Buffer.concat([bytes(5, 1, 0, 3, 12), Buffer.from("Example.COM."), bytes(0, 80)]));
  assert.deepEqual(name, {
    kind: "value",
    value: { command: "connect", host: "example.com", port: 80 },
    length: 19,
  });
  const v6 = bytes(5, 3, 0, 4, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
  assert.deepEqual(readRequest(v6), {
    kind: "value",
    value: { command: "udpAssociate", host: "2001:db8:0:0:0:0:0:1", port: 0 },
    length: 22,
  });
});

test("replies carry the bound address; IPv6 text in every form of RFC 4291 section 2.2", () => {
  assert.deepEqual([...socksReply(0, "127.0.0.1", 258)], [5, 0, 0, 1, 127, 0, 0, 1, 1, 2]);
  const tail = (text: string) => socksReply(0, text, 0).subarray(4, 20).toString("hex");
  assert.equal(tail("::"), "00".repeat(16));
  assert.equal(tail("::1"), `${"00".repeat(15)}01`);
  assert.equal(tail("2001:db8::8:800:200c:417a"), "20010db80000000000080800200c417a");
  assert.equal(tail("FF01::101"), "ff010000000000000000000000000101");
  assert.equal(tail("::ffff:129.144.52.38"), "00000000000000000000ffff81903426");
  assert.equal(tail("fe80::1%lo"), "fe800000000000000000000000000001");
});

test("any fragmentation of any request reads as the whole does", () => {
  const address = fc.oneof(
    fc.tuple(fc.constant(1), fc.uint8Array({ minLength: 4, maxLength: 4 })),
    fc.tuple(fc.constant(4), fc.uint8Array({ minLength: 16, maxLength: 16 })),
    fc.tuple(
      fc.constant(3),
      fc
        .stringMatching(/^[a-z0-9]{1,60}(\.[a-z0-9]{1,60}){0,2}$/)
        .map(name => Buffer.from([name.length, ...Buffer.from(name)])),
    ),
  );
  const greeting = fc.uint8Array({ minLength: 1, maxLength: 255 });
  const tailBytes = fc.uint8Array({ maxLength: 40 });
  const input = fc.tuple(greeting, address, fc.integer({ min: 1, max: 65_535 }), tailBytes);
  fc.assert(
    fc.property(
      input,
      fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 }),
      ([methods, [type, host], port, rest], cuts) => {
        const hello = Buffer.from([5, methods.length, ...methods]);
        const request = Buffer.from([5, 1, 0, type, ...host, port >> 8, port & 255]);
        const all = Buffer.concat([hello, request, rest]);
        // A reader of a stream in pieces: what is used up goes, the rest stays.
        let held: Buffer = Buffer.alloc(0);
        const values: unknown[] = [];
        const readers: ((held: Buffer) => Read<unknown>)[] = [readGreeting, readRequest];
        for (let at = 0, turn = 0; at < all.length; turn++) {
          const size = cuts[turn % cuts.length]!;
          held = Buffer.concat([held, all.subarray(at, at + size)]);
          at += size;
          for (let reader = readers[values.length]; reader !== undefined; reader = readers[values.length]) {
            const read = reader(held);
            if (read.kind !== "value") break;
            values.push(read.value);
            held = held.subarray(read.length);
          }
        }
        const whole = readRequest(request);
        assert.deepEqual(values, [methods.includes(0), whole.kind === "value" ? whole.value : null]);
        assert.deepEqual([...held], [...rest]);
        assert.ok(hello.length + request.length <= SOCKS_HANDSHAKE_MAX_BYTES);
      },
    ),
    { numRuns: 150 },
  );
});

test("no bytes make the readers throw, and none within bounds leave them waiting for ever", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), raw => {
      const noise = Buffer.from(raw);
      readGreeting(noise);
      readUdpDatagram(noise);
      const read = readRequest(noise);
      if (noise.length >= SOCKS_HANDSHAKE_MAX_BYTES) assert.notEqual(read.kind, "more");
    }),
    { numRuns: 500 },
  );
});

test("datagrams: what is written is read back; fragments and reserved bits are dropped", () => {
  const payload = Buffer.from("payload");
  const written = writeUdpDatagram("192.0.2.9", 53, payload);
  assert.deepEqual([...written.subarray(0, 10)], [0, 0, 0, 1, 192, 0, 2, 9, 0, 53]);
  assert.deepEqual(readUdpDatagram(written), { host: "192.0.2.9", port: 53, payload });
  for (const [place, value] of [
    [0, 1],
    [1, 1],
    [2, 1],
    [2, 0x81],
    [3, 9],
  ] as const) {
    const spoiled = Buffer.from(written);
    spoiled[place] = value;
    assert.equal(readUdpDatagram(spoiled), null, `byte ${place}`);
  }
  assert.equal(readUdpDatagram(written.subarray(0, 9)), null);
  assert.deepEqual(readUdpDatagram(written.subarray(0, 10))?.payload.length, 0);
});
