// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSurroundings, parseWorld } from "./index.ts";

const START = Date.UTC(2026, 10, 16, 18);
const point = { atS: 0, latDeg: 51, lonDeg: 17 };

function surroundingsOf(...terminals: object[]): ReturnType<typeof createSurroundings> {
  const parsed = parseWorld({ terminals: terminals.map(t => ({ track: [point], ...t })) });
  if (!parsed.ok) assert.fail(`${parsed.error.place}: ${parsed.error.message}`);
  return createSurroundings(parsed.value, START, 42);
}

test("each terminal has its own demand, sky and home, and the same ones again", () => {
  const terminals = [
    { id: "aa", sky: [{ kind: "trees", bearingDeg: 0, distanceM: 9, widthM: 30, heightM: 6 }] },
    { id: "bb", home: { bypass: true, clients: [{ name: "till", connection: "ethernet" }] } },
    { id: "cc", traffic: { profile: "constant", downMbps: 3, upMbps: 1 } },
  ];
  const one = surroundingsOf(...terminals);
  const other = surroundingsOf(...terminals.toReversed());
  let differs = false;
  for (let s = 0; s < 7200; s += 7) {
    const atMs = START + s * 1000;
    assert.deepEqual(one.demandOf("aa", atMs), other.demandOf("aa", atMs));
    differs ||= one.demandOf("aa", atMs).downBps !== one.demandOf("bb", atMs).downBps;
  }
  assert.ok(differs);
  assert.deepEqual(one.demandOf("cc", START), { downBps: 3e6, upBps: 1e6 });
  assert.equal(one.skyOf("aa")!(3), other.skyOf("aa")!(3));
  assert.equal(one.skyOf("bb"), null);
  assert.deepEqual(one.homeOf("bb"), { bypass: true, clients: [{ name: "till", connection: "ethernet" }] });
  assert.equal(one.homeOf("cc"), null);
  assert.deepEqual(["aa", "cc"].map(one.usersOf), [3, 0]);
  assert.throws(() => one.skyOf("dd"), RangeError);
});

test("without power nothing is asked for; heat shuts the radio, not the home", () => {
  const world = surroundingsOf({
    id: "aa",
    off: [{ fromS: 60, untilS: 120 }],
    overheated: [{ fromS: 100, untilS: 200 }],
    traffic: { profile: "constant", downMbps: 3, upMbps: 1 },
  });
  const seconds = [59, 60, 119, 120, 199, 200];
  assert.deepEqual(
    seconds.map(s => world.conditionOf("aa", START + s * 1000)),
    ["normal", "unplugged", "unplugged", "overheated", "overheated", "normal"],
  );
  assert.deepEqual(
    seconds.map(s => world.demandOf("aa", START + s * 1000).downBps),
    [3e6, 0, 0, 3e6, 3e6, 3e6],
  );
});

test("what is around a terminal is refused with the place where it is wrong", () => {
  const cases: [object, string][] = [
    [{ traffic: { profile: "castle" } }, "traffic.profile"],
    [{ traffic: { profile: "office", users: 1001 } }, "traffic.users"],
    [{ traffic: { profile: "constant", downMbps: 1 } }, "traffic.upMbps"],
    [{ traffic: { profile: "constant", downMbps: -1, upMbps: 1 } }, "traffic.downMbps"],
    [{ sky: [{ kind: "ridge", fromDeg: 0, untilDeg: 20, topDeg: 91 }] }, "sky[0].topDeg"],
    [{ sky: [{ kind: "mast", bearingDeg: 0, distanceM: 0, widthM: 1, heightM: 1 }] }, "sky[0].distanceM"],
    [{ sky: [{ kind: "cloud" }] }, "sky[0].kind"],
    [
      { sky: Array.from({ length: 65 }, () => ({ kind: "ridge", fromDeg: 0, untilDeg: 1, topDeg: 1 })) },
      "sky",
    ],
    [{ overheated: [{ fromS: 5, untilS: 5 }] }, "overheated[0]"],
    [{ home: { clients: [{ name: "x", connection: "token ring" }] } }, "home.clients[0].connection"],
    [{ home: { networkName: "" } }, "home.networkName"],
    [{ home: { colour: "red" } }, "home"],
  ];
  for (const [terminal, place] of cases) {
    const parsed = parseWorld({ terminals: [{ id: "aa", track: [point], ...terminal }] });
    assert.ok(!parsed.ok, JSON.stringify(terminal));
    assert.equal(parsed.error.place, `world.terminals[0].${place}`);
    assert.ok(parsed.error.message.length > 5);
  }
});
