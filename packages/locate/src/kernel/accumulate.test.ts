// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { ecefToGeodetic, geodeticToEcef, observerFrame } from "@perigee/orbit";
import { defaultRanging, LIGHT_KM_S, type MeasurementWindow, rangeOfRoundTrip } from "../measurement.ts";
import { chance, ground, measure, site, skyOf, startMs, turns } from "../testing/scene.ts";
import { accumulate, createSums, rangeMisfit, type Trial } from "./accumulate.ts";
import { createRows, fillRows, orderOf } from "./rows.ts";

const DEG = Math.PI / 180;
const kmSPerHz = LIGHT_KM_S / defaultRanging.carrierHz;

function windowWith(motion: { eastKmS: number; northKmS: number }): MeasurementWindow {
  const satellites = skyOf(site, startMs)
    .slice(0, 3)
    .map(({ satellite }) => satellite);
  const { gauss } = chance(5);
  const measurements = measure(site, turns(satellites, startMs, 45), 4).map(m => ({
    ...m,
    dopplerHz: gauss() * 1e5,
  }));
  return { measurements, ...ground, motion };
}

/**
 * The model in its plainest words: the place at the row's instant by small steps straight ahead over the ellipsoid, then the range
 * or rate.
 */
function modelled(
  window: MeasurementWindow,
  index: number,
  trial: Trial,
  referenceMs: number,
  isRate: boolean,
): number {
  const { atMs, state } = window.measurements[index]!;
  const { motion = { eastKmS: 0, northKmS: 0 } } = window;
  const { heightKm: altitudeKm } = trial;
  const start = observerFrame({ latDeg: trial.latRad / DEG, lonDeg: trial.lonRad / DEG, altitudeKm });
  const speed = Math.hypot(motion.eastKmS, motion.northKmS);
  let v = start.east.map((e, i) => e * motion.eastKmS + start.north[i]! * motion.northKmS);
  let p = [start.xKm, start.yKm, start.zKm];
  const steps = 60;
  const stepS = (atMs - referenceMs) / 1000 / steps;
  for (let i = 0; i < steps; i++) {
    const [xKm, yKm, zKm] = p.map((x, k) => x + v[k]! * stepS) as [number, number, number];
    const foot = { ...ecefToGeodetic({ xKm, yKm, zKm }), altitudeKm };
    const { up, ...on } = observerFrame(foot);
    p = [on.xKm, on.yKm, on.zKm];
    const climb = v.reduce((sum, x, k) => sum + x * up[k]!, 0);
    const level = v.map((x, k) => x - climb * up[k]!);
    const length = Math.hypot(...level);
    if (length > 0) v = level.map(x => (x * speed) / length);
  }
  const d = [state.xKm - p[0]!, state.yKm - p[1]!, state.zKm - p[2]!];
  const range = Math.hypot(...d);
  if (!isRate) return range + trial.rangeOffsetKm;
  const relative = [state.vxKmS - v[0]!, state.vyKmS - v[1]!, state.vzKmS - v[2]!];
  return d.reduce((sum, x, k) => sum + x * relative[k]!, 0) / range + trial.rateOffsetKmS;
}

/** Gauss and Jordan's inverse. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => Number(i === j))]);
  for (let i = 0; i < n; i++) {
    const pivot = work[i]![i]!;
    work[i] = work[i]!.map(value => value / pivot);
    for (let k = 0; k < n; k++) {
      const factor = work[k]![i]!;
      if (k !== i) work[k] = work[k]!.map((value, j) => value - factor * work[i]![j]!);
    }
  }
  return work.map(row => row.slice(n));
}

for (const motion of [
  { eastKmS: 0, northKmS: 0 },
  { eastKmS: 0.2, northKmS: -0.15 },
]) {
  test(`the sums are those of the dense matrices, moving ${JSON.stringify(motion)}`, () => {
    const window = windowWith(motion);
    const order = orderOf(window);
    const referenceMs = startMs + 20_000;
    const rows = createRows();
    fillRows(rows, window, order, defaultRanging, referenceMs, "both");
    const trial: Trial = {
      latRad: (site.latDeg + 0.02) * DEG,
      lonRad: (site.lonDeg - 0.03) * DEG,
      heightKm: 0.2,
      rangeOffsetKm: 0.01,
      rateOffsetKmS: 0.002,
    };
    const list = [
      ...order.map(index => ({ index, isRate: false })),
      ...order.map(index => ({ index, isRate: true })),
    ];
    const residuals = list.map(({ index, isRate }) => {
      const { roundTripUs, dopplerHz } = window.measurements[index]!;
      const value = isRate ? -dopplerHz! * kmSPerHz : rangeOfRoundTrip(roundTripUs, defaultRanging);
      return value - modelled(window, index, trial, referenceMs, isRate);
    });
    const shares = (a: (typeof list)[number], b: (typeof list)[number]): boolean =>
      a.isRate === b.isRate &&
      window.measurements[a.index]!.satellite === window.measurements[b.index]!.satellite;
    const weights = inverse(
      list.map((a, i) =>
        list.map((b, j) => {
          const own = a.isRate ? 20 * kmSPerHz : 0.03;
          const shared = a.isRate ? 20 * kmSPerHz : 0.05;
          return (i === j ? own * own : 0) + (shares(a, b) ? shared * shared : 0);
        }),
      ),
    );
    const small = 1e-3;
    const n = 6378.137 / Math.sqrt(1 - 0.00669438 * Math.sin(trial.latRad) ** 2);
    const m = (n * (1 - 0.00669438)) / (1 - 0.00669438 * Math.sin(trial.latRad) ** 2);
    const moved: readonly ((by: number) => Trial)[] = [
      by => ({ ...trial, lonRad: trial.lonRad + by / ((n + 0.2) * Math.cos(trial.latRad)) }),
      by => ({ ...trial, latRad: trial.latRad + by / (m + 0.2) }),
      by => ({ ...trial, heightKm: trial.heightKm + by }),
      by => ({ ...trial, rangeOffsetKm: trial.rangeOffsetKm + by }),
      by => ({ ...trial, rateOffsetKmS: trial.rateOffsetKmS + by }),
    ];
    const jacobian = list.map(({ index, isRate }) =>
      moved.map(
        move =>
          (modelled(window, index, move(small), referenceMs, isRate) -
            modelled(window, index, move(-small), referenceMs, isRate)) /
          (2 * small),
      ),
    );
    const sums = createSums();
    accumulate(rows, trial, sums);
    const weighted = weights.map(row => row.reduce((sum, w, j) => sum + w * residuals[j]!, 0));
    // The kernel takes one radius of curvature for all bearings, and its derivatives leave out that axes turn on the way.
    const tolerance = motion.eastKmS === 0 ? 2e-5 : 2e-3;
    const near = (found: number, expected: number, scale: number, what: string): void =>
      assert.ok(Math.abs(found - expected) <= tolerance * scale, `${what}: ${found}, densely ${expected}`);
    const misfit = residuals.reduce((sum, r, i) => sum + r * weighted[i]!, 0);
    near(sums.misfit, misfit, misfit, "misfit");
    for (let i = 0; i < 5; i++) {
      const right = jacobian.reduce((sum, row, k) => sum + row[i]! * weighted[k]!, 0);
      const scale = jacobian.reduce((sum, row, k) => sum + Math.abs(row[i]! * weighted[k]!), 0);
      near(sums.right[i]!, right, scale, `right ${i}`);
      for (let j = 0; j <= i; j++) {
        let normal = 0;
        let size = 0;
        for (let k = 0; k < list.length; k++)
          for (let l = 0; l < list.length; l++) {
            const part = jacobian[k]![i]! * weights[k]![l]! * jacobian[l]![j]!;
            normal += part;
            size += Math.abs(part);
          }
        near(sums.normal[5 * i + j]!, normal, size, `normal ${i} ${j}`);
      }
    }
  });
}

test("the search's misfit is the fit's, of ranges and without a common part", () => {
  const window = windowWith({ eastKmS: 0, northKmS: 0 });
  const rows = createRows();
  fillRows(rows, window, orderOf(window), defaultRanging, startMs, "ranges");
  const sums = createSums();
  const trial = { latRad: 0.85, lonRad: 0.66, heightKm: 0.15, rangeOffsetKm: 0, rateOffsetKmS: 0 };
  accumulate(rows, trial, sums);
  const { xKm, yKm, zKm } = geodeticToEcef({ latDeg: 0.85 / DEG, lonDeg: 0.66 / DEG, altitudeKm: 0.15 });
  assert.ok(Math.abs(rangeMisfit(rows, xKm, yKm, zKm) / sums.misfit - 1) < 1e-9);
});
