// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Judgement } from "./judge.ts";
import { verdictOf } from "./verdict.ts";

const t0 = Date.UTC(2026, 4, 21, 12);

function judgement(outcome: Judgement["outcome"], fromS: number, lengthS = 45): Judgement {
  return {
    fromMs: t0 + fromS * 1000,
    toMs: t0 + (fromS + lengthS) * 1000,
    outcome,
    why: outcome === "agrees" ? "withinNoise" : outcome === "ambiguous" ? "severalPlaces" : "elsewhere",
    chance: 1,
    satellites: 4,
    measurements: 12,
    longestTrackS: 10,
    places: 1,
    offsetKm: 0,
    ellipse: null,
    openShare: 0,
    doppler: "absent",
    solutions: [],
  };
}

const verdict = (list: readonly Judgement[], atS: number) => verdictOf(list, t0 + atS * 1000).verdict;

test("one contradiction waits for a second; two windows that share no time decide", () => {
  const [first, second] = [judgement("contradicts", 0), judgement("contradicts", 60)];
  assert.equal(verdict([first], 50), "insufficient");
  assert.equal(verdict([first, second], 110), "inconsistent");
  assert.equal(verdict([first, judgement("contradicts", 30)], 80), "insufficient");
});

test("an agreement in between or after clears; a bad measurement does not", () => {
  const [first, second] = [judgement("contradicts", 0), judgement("contradicts", 120)];
  assert.equal(verdict([first, judgement("agrees", 60), second], 170), "insufficient");
  assert.equal(verdict([first, second, judgement("agrees", 180)], 230), "consistent");
  assert.equal(verdict([first, second, judgement("ambiguous", 180)], 230), "inconsistent");
  assert.equal(verdict([first, judgement("ambiguous", 60), second], 170), "inconsistent");
});

test("words age", () => {
  assert.equal(verdict([], 0), "stale");
  assert.equal(verdict([judgement("agrees", 0)], 105), "consistent");
  assert.equal(verdict([judgement("agrees", 0)], 106), "stale");
  assert.equal(verdict([judgement("contradicts", 0), judgement("contradicts", 601)], 650), "insufficient");
});

test("without two contradictions nobody is inconsistent, and the order of words does not matter", () => {
  const outcome = fc.constantFrom<Judgement["outcome"]>("agrees", "contradicts", "ambiguous", "insufficient");
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, fc.integer({ min: 0, max: 900 })), { maxLength: 8 }), rows => {
      const list = rows.map(([what, fromS]) => judgement(what, fromS));
      const found = verdict(list, 960);
      assert.deepEqual(verdictOf(list.toReversed(), t0 + 960_000).verdict, found);
      if (rows.filter(([what]) => what === "contradicts").length < 2) assert.notEqual(found, "inconsistent");
    }),
    { numRuns: 300, seed: 6 },
  );
});
