// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { cellAt } from "@perigee/earth";
import { reply } from "./device-key.ts";
import { createDevices, parseWorld } from "./index.ts";

const start = Date.UTC(2026, 10, 21);
const here = { atS: 0, latDeg: 52.5, lonDeg: 13.4 };
const there = { atS: 0, latDeg: 44.2, lonDeg: 28.6 };

function devicesOf(terminals: readonly object[]) {
  const parsed = parseWorld({ terminals });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return createDevices(parsed.value, start, "seed");
}

function question(n: number, more: object = {}) {
  return {
    ...{ terminalId: "ut-1", cell: cellAt(here.latDeg, here.lonDeg), slot: 7 },
    ...{ nonce: String(n).padStart(64, "0"), issuedAtMs: start, expiresAtMs: start + 15_000 },
    ...more,
  };
}

const textOf = (q: ReturnType<typeof question>): Buffer =>
  Buffer.from(
    `perigee-identity/1\n${q.terminalId}\n${q.cell}\n${q.slot}\n${q.nonce}\n${q.issuedAtMs}\n${q.expiresAtMs}\n`,
  );

test("terminals sign what the exchange's description says: the same bytes as the authority's own vector", () => {
  // Key of RFC 8032 §7.1 test 1; the signature was made with OpenSSL's command line.
  const der = Buffer.from(
    "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "hex",
  );
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const asked = {
    ...{ terminalId: "ut-1", cell: "8511aa6bfffffff", slot: 1_234_567 },
    nonce: "00112233445566778899aabbccddeeff".repeat(2),
    ...{ issuedAtMs: 1_710_072_000_000, expiresAtMs: 1_710_072_015_000 },
  };
  assert.deepEqual(reply(key, asked), {
    nonce: asked.nonce,
    signature: "Bdu9xiwoR6PIDOmHxOMA1Qqpd1pZYIjmfxDZpqPI3qI9akdCwLgyIJR4ihEQFck1w2OBHkyHo8aKMDGpm8lUBA==",
  });
});

test("a genuine device proves itself with the key that was enrolled, where it is and as who it is, and nowhere else", () => {
  const devices = devicesOf([{ id: "ut-1", track: [here], off: [{ fromS: 60, untilS: 120 }] }]);
  const key = createPublicKey({
    key: Buffer.from(devices.enrolment("ut-1"), "base64"),
    format: "der",
    type: "spki",
  });
  const said = devices.answer("ut-1/0", question(1), start);
  assert.ok(verify(null, textOf(question(1)), key, Buffer.from(said!.signature, "base64")));
  assert.equal(devices.answer("ut-1/0", question(2, { cell: cellAt(44.2, 28.6) }), start), null);
  assert.equal(devices.answer("ut-1/0", question(3, { terminalId: "ut-2" }), start), null);
  assert.equal(devices.answer("ut-1/0", question(4), start + 60_000), null, "without power");
  assert.throws(() => devices.answer("ut-9/0", question(5), start), RangeError);
});

test("scripted: a wrong key, a replayed answer, a copy with the key and a copy without", () => {
  const devices = devicesOf([
    {
      id: "ut-1",
      track: [here],
      device: { wrongKey: [{ fromS: 10, untilS: 20 }], replays: [{ fromS: 20, untilS: 30 }] },
      clones: [
        { track: [here], hasKey: false },
        { track: [there], hasKey: true, off: [{ fromS: 0, untilS: 100 }] },
      ],
    },
  ]);
  assert.equal(devices.answer("ut-1/1", question(0), start), null, "nothing has been overheard yet");
  const first = devices.answer("ut-1/0", question(1), start)!;
  const wrong = devices.answer("ut-1/0", question(1), start + 10_000)!;
  assert.notEqual(wrong.signature, first.signature);
  assert.deepEqual(devices.answer("ut-1/0", question(2), start + 20_000), first);
  assert.deepEqual(devices.answer("ut-1/1", question(3), start), first, "it repeats what it overheard");
  const farCell = question(4, { cell: cellAt(there.latDeg, there.lonDeg) });
  const copied = devices.answer("ut-1/2", farCell, start + 100_000)!;
  const key = createPublicKey({
    key: Buffer.from(devices.enrolment("ut-1"), "base64"),
    format: "der",
    type: "spki",
  });
  assert.ok(verify(null, textOf(farCell), key, Buffer.from(copied.signature, "base64")));
  assert.deepEqual(
    [0, 100].map(s => devices.transmitting(start + s * 1_000).map(t => t.deviceId)),
    [
      ["ut-1/0", "ut-1/1"],
      ["ut-1/0", "ut-1/1", "ut-1/2"],
    ],
  );
});

test("F8, F9: devices obey rejections and orders to be silent; those scripted not to do not", () => {
  const body = { track: [here] };
  const devices = devicesOf([
    { id: "good", ...body },
    { id: "slow", ...body, device: { ceaseMs: 80 } },
    { id: "deaf", ...body, device: { ignoresTxOff: true, ignoresReject: true } },
    { id: "help", ...body, device: { emergency: [{ fromS: 0, untilS: 1_000 }] } },
  ]);
  const on = (atMs: number) => devices.transmitting(start + atMs).map(t => t.terminalId);
  const ids = ["good", "slow", "deaf", "help"];
  for (const id of ids) devices.reject(`${id}/0`, { minDistanceKm: 10, minRetryS: 60 }, start);
  assert.deepEqual(on(1), ["deaf", "help"]);
  assert.equal(devices.answer("good/0", question(1, { terminalId: "good" }), start + 1), null);
  assert.deepEqual(on(60_000), ids);
  devices.reject("good/0", { minDistanceKm: 10, minRetryS: 60 }, start + 60_000);
  devices.accept("good/0");
  assert.deepEqual(on(60_001), ids);
  const off = { sequence: 1, transmit: "off", sparesEmergency: true } as const;
  for (const id of ids) devices.command(`${id}/0`, off, start + 70_000);
  assert.deepEqual(on(70_000), ["slow", "deaf", "help"]);
  assert.deepEqual(on(70_100), ["deaf", "help"]);
  for (const id of ids) devices.command(`${id}/0`, { ...off, sequence: 2, transmit: "on" }, start + 80_000);
  assert.deepEqual(on(80_000), ids);
});

test("what is scripted wrongly is refused with the place", () => {
  const bad: readonly (readonly [object, string])[] = [
    [{ device: { wrongKey: [{ fromS: 2, untilS: 1 }] } }, "world.terminals[0].device.wrongKey[0]"],
    [{ device: { ceaseMs: -1 } }, "world.terminals[0].device.ceaseMs"],
    [{ clones: [{ track: [here] }] }, "world.terminals[0].clones[0].hasKey"],
    [{ clones: [{ track: [here, here], hasKey: true }] }, "world.terminals[0].clones[0].track[1].atS"],
    [
      { clones: Array.from({ length: 17 }, () => ({ track: [here], hasKey: true })) },
      "world.terminals[0].clones",
    ],
  ];
  for (const [part, place] of bad) {
    const parsed = parseWorld({ terminals: [{ id: "ut-1", track: [here], ...part }] });
    assert.equal(!parsed.ok && parsed.error.place, place);
  }
});
