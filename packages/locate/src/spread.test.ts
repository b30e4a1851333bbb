// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "@perigee/earth";
import { chooseRound, unconstrainedShare } from "./spread.ts";
import { chance, site, skyOf, startMs, trueRangeKm } from "./testing/scene.ts";

test("a bearing is open where every satellite is farther from the claim than from the truth", () => {
  for (let k = 0; k < 20; k++) {
    const atMs = startMs + k * 97_000;
    const sky = skyOf(site, atMs).filter((_, i) => (i + k) % 5 === 0);
    let open = 0;
    for (let bearing = 0; bearing < 360; bearing += 5) {
      const claim = destination(site, bearing, 2);
      const shortest = Math.min(
        ...sky.map(
          ({ satellite }) => trueRangeKm(claim, satellite, atMs) - trueRangeKm(site, satellite, atMs),
        ),
      );
      if (shortest > -0.3) open++;
    }
    const share = unconstrainedShare(sky, 2, 0.3);
    // The plane leaves out d^2 / 2r, some metres at 2 km: one bearing either side.
    assert.ok(Math.abs(share - open / 72) <= 2 / 72 + 1e-9, `${share}, from true ranges ${open / 72}`);
  }
});

test("four satellites chosen for spread leave no bearing open at 2 km, in any of 200 skies; random ones do", () => {
  let random = 0;
  for (let k = 0; k < 200; k++) {
    const { uniform } = chance(k + 1);
    const atMs = startMs + k * 211_000;
    const sky = skyOf(site, atMs);
    const round = chooseRound([sky, sky, sky, sky]).map(i => sky[i]!);
    assert.equal(new Set(round.map(({ satellite }) => satellite)).size, 4);
    assert.equal(unconstrainedShare(round, 2, 0.3), 0, `sky ${k}`);
    const drawn = Array.from({ length: 4 }, () => sky[Math.floor(uniform() * sky.length)]!);
    random += unconstrainedShare(drawn, 2, 0.3) / 200;
  }
  assert.ok(random > 0.08 && random < 0.2, `random picks leave ${random}`);
});

test("a round of three is as good as the best of all subsets, nearly always", () => {
  let worse = 0;
  for (let k = 0; k < 25; k++) {
    const sky = skyOf(site, startMs + k * 307_000);
    let best = 1;
    for (let a = 0; a < sky.length; a++)
      for (let b = a + 1; b < sky.length; b++)
        for (let c = b + 1; c < sky.length; c++)
          best = Math.min(best, unconstrainedShare([sky[a]!, sky[b]!, sky[c]!], 2, 0.3));
    const round = chooseRound([sky, sky, sky]).map(i => sky[i]!);
    if (unconstrainedShare(round, 2, 0.3) > best) worse++;
  }
  assert.ok(worse <= 2, `worse than the best subset in ${worse} of 25 skies`);
});

test("a slot without anything new is left out", () => {
  const one = { satellite: 7, azimuthDeg: 90, elevationDeg: 40 };
  assert.deepEqual(chooseRound([[one], [one], []]), [0, -1, -1]);
  assert.equal(unconstrainedShare([], 2, 0.3), 1);
});
