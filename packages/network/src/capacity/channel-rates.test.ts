// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookAnglesFrom, observerFrame } from "@perigee/orbit";
import { uniform } from "../draw.ts";
import { downlinkChannelMbps, uplinkChannelMbps } from "../link-budget.ts";
import type { TrafficPlan } from "./allocation.ts";
import { createChannelRater } from "./channel-rates.ts";

const CELLS = 3000;
const draw = (i: number, purpose: number): number => uniform(3, i, 0, purpose);

/** One satellite per cell, somewhere above or below its horizon. */
function scattered() {
  const latDeg = Float64Array.from({ length: CELLS }, (_, i) => -89 + 178 * draw(i, 1));
  const lonDeg = Float64Array.from({ length: CELLS }, (_, i) => -180 + 360 * draw(i, 2));
  const place = Array.from({ length: CELLS }, (_, i) => {
    const frame = observerFrame({
      latDeg: latDeg[i]! + 14 * (draw(i, 3) - 0.5),
      lonDeg: lonDeg[i]! + 14 * (draw(i, 4) - 0.5),
      altitudeKm: 350 + 900 * draw(i, 5),
    });
    return frame;
  });
  const index = Int32Array.from({ length: CELLS }, (_, i) => i);
  const plan: TrafficPlan = {
    slot: 0,
    // Every ninth has no beam; the last ten are served twice.
    beam: index.map(i => (i % 9 === 0 ? -1 : i)),
    share: new Uint8Array(CELLS).fill(64),
    extra: { cell: index.slice(-10), beam: index.slice(0, 10), share: new Uint8Array(10).fill(64) },
    beams: { satellite: index, colour: new Uint8Array(CELLS) },
    pop: new Int16Array(CELLS),
    contacts: {
      satellite: new Int32Array(),
      gateway: new Int32Array(),
      downMbps: new Float32Array(),
      upMbps: new Float32Array(),
      rangeKm: new Float32Array(),
    },
    trees: [],
  };
  const fleet = {
    xKm: Float64Array.from(place, p => p.xKm),
    yKm: Float64Array.from(place, p => p.yKm),
    zKm: Float64Array.from(place, p => p.zKm),
  };
  return { cells: { count: CELLS, latDeg, lonDeg }, plan, fleet, place };
}

test("the kernel gives what the link budget gives, cell by cell, dry and in rain", () => {
  const { cells, plan, fleet, place } = scattered();
  const rater = createChannelRater(cells);
  const rain = {
    downDb: Float32Array.from({ length: CELLS }, (_, i) => 12 * draw(i, 6)),
    upDb: Float32Array.from({ length: CELLS }, (_, i) => 15 * draw(i, 7)),
  };
  const seen = new Set<number>();
  for (const weather of [undefined, rain]) {
    const rates = rater.ratesOf(plan, fleet, weather);
    const check = (k: number, cell: number, satellite: number, got: typeof rates.extra): void => {
      const frame = observerFrame({
        latDeg: cells.latDeg[cell]!,
        lonDeg: cells.lonDeg[cell]!,
        altitudeKm: 0,
      });
      const { elevationDeg, rangeKm } = lookAnglesFrom(frame, place[satellite]!);
      if (elevationDeg <= 0) {
        assert.deepEqual([got.downMbps[k], got.upMbps[k]], [0, 0]);
        return;
      }
      const geometry = (rainDb: number) => ({ elevationDeg, rangeKm, rainDb });
      const down = downlinkChannelMbps(geometry(weather?.downDb[cell] ?? 0));
      const up = uplinkChannelMbps(geometry(weather?.upDb[cell] ?? 0));
      assert.deepEqual([got.downMbps[k], got.upMbps[k]], [Math.fround(down), Math.fround(up)]);
      seen.add(down).add(up);
    };
    for (let cell = 0; cell < CELLS; cell++) {
      if (plan.beam[cell]! >= 0) check(cell, cell, cell, rates);
      else assert.deepEqual([rates.downMbps[cell], rates.upMbps[cell]], [0, 0]);
    }
    plan.extra.cell.forEach((cell, k) => {
      check(k, cell, plan.extra.beam[k]!, rates.extra);
    });
  }
  // Most of the ladders' steps occurred, so the comparison saw thresholds from both sides.
  assert.ok(seen.size >= 9, `${seen.size} different rates`);
});

test("a satellite without a position carries nothing, and tables of another size are refused", () => {
  const { cells, plan, fleet } = scattered();
  const rater = createChannelRater(cells);
  const lost = { ...fleet, xKm: fleet.xKm.with(1, Number.NaN) };
  assert.equal(rater.ratesOf(plan, lost).downMbps[1], 0);
  assert.throws(
    () => rater.ratesOf({ ...plan, beam: plan.beam.slice(1) }, fleet),
    /2999 cells, the table 3000/,
  );
});
