// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPropagator, parseElements } from "@perigee/orbit";
import { createFleetMotion } from "../fleet-motion.ts";
import { needs, recorded } from "../testing/recorded-data.ts";
import { calibrateDish, type DishPose, directionOf, nearestTrack } from "./dish-calibration.ts";
import { sectorShares } from "./serving.ts";
import { jumpsBySecond, parseServing } from "./serving-record.ts";
import { type SlotTrack, slotTracks } from "./serving-tracks.ts";

const RAD = Math.PI / 180;

test("a dish that looks up: its map's top is the side that it would lean from", () => {
  const out = new Float64Array(3);
  const pose = { azimuthDeg: 0, elevationDeg: 60, degPerPixel: 1 };
  const elevation = () => Math.asin(out[2]!) / RAD;
  const azimuth = () => (Math.atan2(out[0]!, out[1]!) / RAD + 360) % 360;
  directionOf(pose, 0, 0, out);
  assert.ok(Math.abs(elevation() - 60) < 1e-9 && Math.min(azimuth(), 360 - azimuth()) < 1e-9);
  // 20 pixels up: 20 degrees towards the zenith. 60 pixels to the right of a dish at the zenith facing north: east, 30 up.
  directionOf(pose, 0, -20, out);
  assert.ok(Math.abs(elevation() - 80) < 1e-9);
  directionOf({ ...pose, elevationDeg: 90 }, 60, 0, out);
  assert.ok(Math.abs(elevation() - 30) < 1e-9 && Math.abs(azimuth() - 90) < 1e-9);
});

/** Tracks of random satellites that a dish of this pose would draw, rounded to pixels; forty others in the sky. */
function tracksSeen(pose: DishPose, count: number): SlotTrack[] {
  const at = new Float64Array(3);
  let state = 12345;
  const draw = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 1;
    return (state % 100_000) / 100_000;
  };
  return Array.from({ length: count }, (_, slot) => {
    const candidates = Array.from({ length: 40 }, (_, satellite) => {
      const enu = new Float64Array(9);
      const [x, y, heading] = [40 * (draw() - 0.5) * 2, 30 * (draw() - 0.5) * 2, 360 * draw() * RAD];
      for (let k = 0; k < 3; k++) {
        directionOf(pose, x + 4 * k * Math.cos(heading), y + 4 * k * Math.sin(heading), at);
        enu.set(at, 3 * k);
      }
      return { satellite, enu, x, y, heading };
    });
    const { x, y, heading } = candidates[7]!;
    const steps = [0, 1, 2];
    return {
      slot,
      dx: steps.map(k => Math.round(x + 4 * k * Math.cos(heading))),
      dy: steps.map(k => Math.round(y + 4 * k * Math.sin(heading))),
      candidates,
    };
  });
}

test("a dish's stand is found from its tracks, and with it the satellites", () => {
  for (const pose of [
    { azimuthDeg: 156, elevationDeg: 60, degPerPixel: 1.28 },
    { azimuthDeg: 352, elevationDeg: 71, degPerPixel: 1.33 },
  ]) {
    const tracks = tracksSeen(pose, 50);
    const { pose: found, residualDeg } = calibrateDish(tracks);
    const turn = Math.abs(((found.azimuthDeg - pose.azimuthDeg + 540) % 360) - 180);
    assert.ok(turn < 2, `azimuth ${found.azimuthDeg}`);
    assert.ok(Math.abs(found.elevationDeg - pose.elevationDeg) < 1.5, `elevation ${found.elevationDeg}`);
    assert.ok(Math.abs(found.degPerPixel - pose.degPerPixel) < 0.04, `${found.degPerPixel} a pixel`);
    assert.ok(residualDeg < 1);
    const right = tracks.filter(track => nearestTrack(track, found).satellite === 7).length;
    assert.ok(right >= 45, `${right} of 50 named rightly`);
  }
});

test("sectors are 90 degrees wide and centred on the four winds", () => {
  assert.deepEqual(sectorShares([0, 350, 44, 46, 134, 180, 224, 270]), [3 / 8, 2 / 8, 2 / 8, 1 / 8]);
});

const FOLDER = "measure/serving-2024-07-17";

test("two recorded dishes: slots at :12, dwells and directions as others found them", {
  ...needs(`${FOLDER}/brisbane.csv.gz`, `${FOLDER}/kanazawa.csv.gz`, `${FOLDER}/starlink.tle.gz`),
}, t => {
  const elements = parseElements(recorded(`${FOLDER}/starlink.tle.gz`));
  assert.ok(elements.ok);
  const motion = createFleetMotion(createPropagator(elements.value));
  // Printed: every segment starts at second 12; one-slot dwells 86 and 62 %; chosen south 42 %, north 4 % (Brisbane), north 47 %
  // (Kanazawa), each with a method of their own.
  for (const [name, latDeg, lonDeg, dwell, sector, share] of [
    ["brisbane", -27.47, 153.03, 0.86, 2, 0.42],
    ["kanazawa", 36.56, 136.66, 0.62, 0, 0.47],
  ] as const) {
    const record = parseServing(recorded(`${FOLDER}/${name}.csv.gz`));
    assert.ok(record.ok);
    const jumps = jumpsBySecond(record.value);
    assert.ok(jumps[12]! > 0.9 * jumps.reduce((a, b) => a + b, 0));
    const tracks = slotTracks(record.value, { latDeg, lonDeg, heightM: 50 }, motion, elements.value.length);
    const { pose, residualDeg } = calibrateDish(tracks.filter((_, k) => k % 8 === 0));
    assert.ok(residualDeg < 2, `${name}: ${residualDeg}`);
    const found = tracks.map(track => ({ track, ...nearestTrack(track, pose) })).filter(f => f.apartDeg < 3);
    let runs = 0;
    let single = 0;
    let length = 0;
    found.forEach(({ track, satellite }, k) => {
      length += 1;
      const next = found[k + 1];
      if (next?.satellite === satellite && next.track.slot === track.slot + 1) return;
      runs += 1;
      single += length === 1 ? 1 : 0;
      length = 0;
    });
    t.diagnostic(
      `${name}: ${(single / runs).toFixed(2)} of the dwells last one slot; ${JSON.stringify(pose)}`,
    );
    assert.ok(Math.abs(single / runs - dwell) < 0.05, `${name}: ${single / runs}`);
    const azimuths = found.map(({ track, satellite }) => {
      const { enu } = track.candidates.find(candidate => candidate.satellite === satellite)!;
      return (Math.atan2(enu[0]!, enu[1]!) / RAD + 360) % 360;
    });
    assert.ok(Math.abs(sectorShares(azimuths)[sector] - share) < 0.08, `${sectorShares(azimuths)}`);
  }
});
