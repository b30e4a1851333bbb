// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createWorld, parseWorld, positionOnTrack, type Track } from "./index.ts";

const START = Date.UTC(2026, 10, 21);

// Berlin Hbf to Hamburg Hbf: the rail atlas gives about 255 km in a straight line.
const train: Track = {
  waypoints: [
    { atS: 0, latDeg: 52.5251, lonDeg: 13.3694 },
    { atS: 6000, latDeg: 53.5528, lonDeg: 10.0067 },
  ],
  afterEnd: "shuttle",
};

test("a shuttle is where it was, forwards and backwards", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6000 }), fc.integer({ min: 0, max: 50 }), (s, rounds) => {
      const out = positionOnTrack(train, s);
      const later = positionOnTrack(train, s + rounds * 12_000);
      const back = positionOnTrack(train, 12_000 - s + rounds * 12_000);
      assert.ok(Math.abs(out.latDeg - later.latDeg) < 1e-9 && Math.abs(out.lonDeg - later.lonDeg) < 1e-9);
      assert.ok(Math.abs(out.latDeg - back.latDeg) < 1e-9 && Math.abs(out.lonDeg - back.lonDeg) < 1e-9);
    }),
  );
});

test("speed on a leg is its length over its time", () => {
  // 255 km in 6,000 s is 153 km/h.
  assert.ok(Math.abs(positionOnTrack(train, 3000).speedKmh - 153) < 2);
  assert.equal(positionOnTrack({ ...train, afterEnd: "stay" }, 9000).speedKmh, 0);
});

test("a terminal without power reports nothing; the others do", () => {
  const parsed = parseWorld({
    terminals: [
      { id: "aa", track: [{ atS: 0, latDeg: 1, lonDeg: 2 }], off: [{ fromS: 60, untilS: 120 }] },
      { id: "bb", track: [{ atS: 0, latDeg: 3, lonDeg: 4 }] },
    ],
  });
  assert.ok(parsed.ok);
  const world = createWorld(parsed.value, START);
  assert.deepEqual(
    [0, 60, 119.9, 120].map(s => world.reportsAt(START + s * 1000).map(r => r.terminalId)),
    [["aa", "bb"], ["bb"], ["bb"], ["aa", "bb"]],
  );
});

test("malformed world sections are refused with the place", () => {
  const point = { atS: 0, latDeg: 1, lonDeg: 2 };
  const cases: [unknown, string][] = [
    [null, "world"],
    [{}, "world.terminals"],
    [{ terminals: [] }, "world.terminals"],
    [{ terminals: [{ id: "X", track: [point] }] }, "world.terminals[0].id"],
    [{ terminals: [{ id: "aa", track: [] }] }, "world.terminals[0].track"],
    [{ terminals: [{ id: "aa", track: [{ ...point, latDeg: 91 }] }] }, "world.terminals[0].track[0].latDeg"],
    [{ terminals: [{ id: "aa", track: [{ ...point, lonDeg: "2" }] }] }, "world.terminals[0].track[0].lonDeg"],
    [{ terminals: [{ id: "aa", track: [point, point] }] }, "world.terminals[0].track[1].atS"],
    [{ terminals: [{ id: "aa", track: [point], speed: 3 }] }, "world.terminals[0]"],
    [
      {
        terminals: [
          { id: "aa", track: [point] },
          { id: "aa", track: [point] },
        ],
      },
      "world.terminals[1].id",
    ],
  ];
  for (const [section, place] of cases) {
    const result = parseWorld(section);
    assert.ok(!result.ok, JSON.stringify(section));
    assert.equal(result.error.place, place);
    assert.ok(result.error.message.length > 5);
  }
});
