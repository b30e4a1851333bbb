// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ceaseLimitMs,
  hearAccept,
  hearCommand,
  hearReject,
  maySpeak,
  type Radio,
  untoldRadio,
} from "./radio.ts";

const cases = Number(process.env["PERIGEE_CASES"]) || 10_000;
const reject = { minDistanceKm: 10, minRetryS: 60 };
const home = { latDeg: 0, lonDeg: 20 };
/** On the equator a degree of longitude is 40,030 km / 360 of a sphere of mean radius. */
const eastOfHome = (km: number) => ({ latDeg: 0, lonDeg: 20 + km / 111.195 });
const speaks = (radio: Radio, atMs: number, at = home, emergency = false, ceaseMs = 0): boolean =>
  maySpeak(radio, { atMs, ...at, emergency }, ceaseMs);

test("F8: rejected, a terminal is silent until it has moved farther than the distance or the timer ends", () => {
  const radio = hearReject(untoldRadio, reject, home, 1_000);
  assert.deepEqual(
    [1_000, 60_999, 61_000].map(atMs => speaks(radio, atMs)),
    [false, false, true],
  );
  assert.deepEqual(
    [0, 9.9, 10.1].map(km => speaks(radio, 2_000, eastOfHome(km))),
    [false, false, true],
  );
  assert.equal(speaks(hearAccept(radio), 2_000), true);
});

test("F8: calling for help is exempt from a rejection", () => {
  assert.equal(speaks(hearReject(untoldRadio, reject, home, 0), 1, home, true), true);
});

test("F8: over random journeys and rejections: it speaks exactly where the last rejection no longer holds", () => {
  const step = fc.record({
    waitS: fc.constantFrom(0, 1, 20, 45, 61),
    // Multiples of 4: never exactly at the distance.
    moveKm: fc.constantFrom(0, 0, 4, 8, 12, -8, -12),
    emergency: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 14 }), steps => {
      let radio = untoldRadio;
      let atS = 0;
      let km = 0;
      // The model knows only where and when the last rejection was heard.
      let last: { readonly km: number; readonly atS: number } | null = null;
      for (const { waitS, moveKm, emergency } of steps) {
        atS += waitS;
        km += moveKm;
        const held: boolean = last !== null && atS - last.atS < 60 && Math.abs(km - last.km) <= 10;
        assert.equal(speaks(radio, atS * 1_000, eastOfHome(km), emergency), emergency || !held);
        // Whoever asks where there is no service is told so again.
        if (!held && !emergency) {
          radio = hearReject(radio, reject, eastOfHome(km), atS * 1_000);
          last = { km, atS };
        }
      }
    }),
    { numRuns: cases },
  );
});

test("F9: ordered off it is silent in time and until it is ordered on; only the newest order counts", () => {
  const off = { sequence: 2, transmit: "off", sparesEmergency: false } as const;
  const radio = hearCommand(untoldRadio, off, 5_000);
  assert.equal(speaks(radio, 5_000 + ceaseLimitMs - 1, home, false, ceaseLimitMs), true);
  assert.equal(speaks(radio, 5_000 + ceaseLimitMs, home, false, ceaseLimitMs), false);
  assert.equal(speaks(radio, 9e9), false);
  assert.equal(speaks(radio, 9e9, eastOfHome(500), true), false);
  assert.equal(hearCommand(radio, { ...off, sequence: 1, transmit: "on" }, 6_000), radio);
  assert.equal(hearCommand(radio, off, 6_000), radio, "heard twice: the time of the first counts");
  assert.equal(speaks(hearCommand(radio, { ...off, sequence: 3, transmit: "on" }, 6_000), 6_000), true);
  const sparing = hearCommand(untoldRadio, { ...off, sparesEmergency: true }, 0);
  assert.deepEqual([speaks(sparing, 1), speaks(sparing, 1, home, true)], [false, true]);
});
