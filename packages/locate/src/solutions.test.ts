// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { bearingDeg, destination, distanceKm } from "@perigee/earth";
import { geodeticToEcef } from "@perigee/orbit";
import { createLocator, type PositionFix } from "./locator.ts";
import { defaultRanging, type MeasurementWindow, rangeOfRoundTrip } from "./measurement.ts";
import {
  chance,
  ground,
  measure,
  type Spot,
  site,
  skyOf,
  startMs,
  trueRangeKm,
  turns,
} from "./testing/scene.ts";

const locator = createLocator();

function fixOf(window: MeasurementWindow): PositionFix {
  const fix = locator.locate(window);
  assert.ok(fix.ok);
  return fix.value;
}

/** Satellites that stay in the sky for a time, in an order of chance. */
function staying(fromMs: number, seconds: number, seed: number): number[] {
  const { uniform } = chance(seed);
  const later = new Set(skyOf(site, fromMs + seconds * 1000).map(({ satellite }) => satellite));
  return skyOf(site, fromMs)
    .map(({ satellite }) => ({ satellite, key: uniform() }))
    .filter(({ satellite }) => later.has(satellite))
    .sort((a, b) => a.key - b.key)
    .map(({ satellite }) => satellite);
}

/** Weighted squares of a place, each satellite's shared error taken out by its best value: by hand, no matrices. */
function plainMisfit({ measurements }: MeasurementWindow, at: Spot): number {
  const { xKm, yKm, zKm } = geodeticToEcef({ ...at, altitudeKm: ground.heightKm });
  const bySatellite = Map.groupBy(measurements, ({ satellite }) => satellite);
  let misfit = 0;
  for (const own of bySatellite.values()) {
    const residuals = own.map(
      ({ state, roundTripUs }) =>
        rangeOfRoundTrip(roundTripUs, defaultRanging) -
        Math.hypot(state.xKm - xKm, state.yKm - yKm, state.zKm - zKm),
    );
    // min over b of sum (r - b)^2 / 0.03^2 + b^2 / 0.05^2
    const bias = residuals.reduce((sum, r) => sum + r, 0) / (residuals.length + 0.03 ** 2 / 0.05 ** 2);
    misfit += bias ** 2 / 0.05 ** 2 + residuals.reduce((sum, r) => sum + ((r - bias) / 0.03) ** 2, 0);
  }
  return misfit;
}

/** Every dip of the misfit on a grid around the site, refined by ever smaller grids. */
function dips(window: MeasurementWindow, reachKm: number, stepKm: number): { at: Spot; misfit: number }[] {
  const kmPerDeg = 111.2;
  const cosine = Math.cos((site.latDeg * Math.PI) / 180);
  const spot = (x: number, y: number): Spot => ({
    latDeg: site.latDeg + y / kmPerDeg,
    lonDeg: site.lonDeg + x / kmPerDeg / cosine,
  });
  const count = Math.ceil(reachKm / stepKm);
  const width = 2 * count + 1;
  const grid = Float64Array.from({ length: width * width }, (_, i) =>
    plainMisfit(window, spot(((i % width) - count) * stepKm, (Math.floor(i / width) - count) * stepKm)),
  );
  const found: { at: Spot; misfit: number }[] = [];
  for (let y = 1; y < width - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const own = grid[y * width + x]!;
      const around = [-1, 0, 1].flatMap(dy => [-1, 0, 1].map(dx => grid[(y + dy) * width + x + dx]!));
      if (own > Math.min(...around)) continue;
      let best = { x: (x - count) * stepKm, y: (y - count) * stepKm, misfit: own };
      // Pattern search: valleys may be thin and aslant, so a step is halved only where no neighbour is lower.
      for (let step = stepKm / 2; step > 0.002; ) {
        const around = [-2, -1, 0, 1, 2].flatMap(dy =>
          [-2, -1, 0, 1, 2].map(dx => {
            const [nx, ny] = [best.x + dx * step, best.y + dy * step];
            return { x: nx, y: ny, misfit: plainMisfit(window, spot(nx, ny)) };
          }),
        );
        const next = around.reduce((a, b) => (b.misfit < a.misfit ? b : a));
        if (next.misfit < best.misfit) best = next;
        else step /= 2;
      }
      const at = spot(best.x, best.y);
      if (!found.some(other => distanceKm(other.at, at) < 3)) found.push({ at, misfit: best.misfit });
    }
  }
  return found.sort((a, b) => a.misfit - b.misfit);
}

test("every place that a search of the whole region finds is among the solutions, the mirror too", () => {
  const sharp = createLocator({ ...defaultRanging, slackUs: 0 });
  let mirrors = 0;
  for (let k = 0; k < 8; k++) {
    const seconds = k % 2 === 0 ? 60 : 90;
    const fromMs = startMs + k * 400_000;
    const satellites = staying(fromMs, seconds, k + 1).slice(0, k < 6 ? 1 : 2);
    const window = { measurements: measure(site, turns(satellites, fromMs, seconds), k + 1), ...ground };
    const fix = sharp.locate(window);
    assert.ok(fix.ok);
    const searched = dips(window, 1500, 12).filter(({ misfit }) => misfit < 500);
    assert.ok(searched.length > 0, "the search found nothing");
    for (const { at, misfit } of searched) {
      const near = fix.value.solutions.find(solution => distanceKm(solution, at) < 2);
      assert.ok(near !== undefined, `window ${k}: ${JSON.stringify(at)} with ${misfit} is missing`);
      assert.ok(near.misfit <= misfit + 0.05, `window ${k}: ${near.misfit} is above the search's ${misfit}`);
    }
    if (searched.length > 1) mirrors++;
  }
  assert.ok(mirrors >= 3, `${mirrors} windows with a mirror`);
});

test("errors are as large as the covariance says, and the covariance is Cramer and Rao's bound", () => {
  let squares = 0;
  const rounds = 400;
  for (let k = 0; k < rounds; k++) {
    const fromMs = startMs + (k % 20) * 31_000;
    const satellites = staying(fromMs, 60, 3).slice(0, 4);
    const visits = turns(satellites, fromMs, 60);
    const [best] = fixOf({ measurements: measure(site, visits, k + 1), ...ground }).solutions;
    assert.ok(best !== undefined);
    const km = distanceKm(site, best);
    const bearing = (bearingDeg(site, best) * Math.PI) / 180;
    const [east, north] = [km * Math.sin(bearing), km * Math.cos(bearing)];
    const { eastKm2, northKm2, eastNorthKm2 } = best.covariance;
    const determinant = eastKm2 * northKm2 - eastNorthKm2 ** 2;
    squares += (east ** 2 * northKm2 - 2 * east * north * eastNorthKm2 + north ** 2 * eastKm2) / determinant;
    if (k >= 6) continue;
    // Fisher's information from true ranges by differences, the slack as an error of 15 m / sqrt 3 that all share.
    const own = satellites.map(satellite => visits.filter(visit => visit.satellite === satellite));
    const slope = (visit: (typeof visits)[number], bearingTo: number): number =>
      (trueRangeKm(destination(site, bearingTo, 0.5), visit.satellite, visit.atMs) -
        trueRangeKm(destination(site, bearingTo + 180, 0.5), visit.satellite, visit.atMs)) /
      1;
    // A satellite's mean range has variance 0.05^2 + 0.03^2 / n; what differs within says the rest.
    const information = [0, 0, 0, 0, 0, 0];
    const add = (e: number, n: number, one: number, variance: number): void => {
      for (const [i, value] of [e * e, e * n, n * n, e * one, n * one, one * one].entries())
        information[i] = information[i]! + value / variance;
    };
    for (const visitsOfOne of own) {
      const slopes = visitsOfOne.map(visit => [slope(visit, 90), slope(visit, 0)] as const);
      const meanEast = slopes.reduce((sum, [e]) => sum + e, 0) / slopes.length;
      const meanNorth = slopes.reduce((sum, [, n]) => sum + n, 0) / slopes.length;
      add(meanEast, meanNorth, 1, 0.05 ** 2 + 0.03 ** 2 / slopes.length);
      for (const [e, n] of slopes) add(e - meanEast, n - meanNorth, 0, 0.03 ** 2);
    }
    const slackKm = (0.1 * 299_792.458) / 2e6;
    information[5] = information[5]! + 3 / slackKm ** 2;
    const [ee, en, nn, e1, n1, oo] = information as [number, number, number, number, number, number];
    const [a, b, c] = [ee - (e1 * e1) / oo, en - (e1 * n1) / oo, nn - (n1 * n1) / oo];
    const bound = { east: c / (a * c - b * b), north: a / (a * c - b * b) };
    assert.ok(Math.abs(eastKm2 / bound.east - 1) < 0.01, `east ${eastKm2}, bound ${bound.east}`);
    assert.ok(Math.abs(northKm2 / bound.north - 1) < 0.01, `north ${northKm2}, bound ${bound.north}`);
  }
  // Two degrees of freedom: mean 2, standard deviation of the mean 2 / sqrt(rounds); the slack's share makes errors smaller.
  const mean = squares / rounds;
  assert.ok(mean > 1.6 && mean < 2.3, `normalised squared error ${mean}`);
});

test("a beam excludes the mirror", () => {
  const fromMs = startMs;
  const [satellite] = staying(fromMs, 30, 2);
  const bare = measure(site, turns([satellite!], fromMs, 30), 8);
  const possible = (window: MeasurementWindow) =>
    fixOf(window).solutions.filter(({ standing }) => standing === "possible");
  assert.equal(possible({ measurements: bare, ...ground }).length, 2);
  const beam = { ...site, radiusKm: 60 };
  const left = possible({ measurements: bare.map(m => ({ ...m, beam })), ...ground });
  assert.equal(left.length, 1);
  assert.ok(distanceKm(left[0]!, site) < 60);
});

test("one exchange with its Doppler shift makes two places of the ring that its range leaves", () => {
  const carrier = defaultRanging.carrierHz / 299_792.458;
  for (let k = 0; k < 10; k++) {
    const atMs = startMs + k * 100_000;
    const { satellite } = skyOf(site, atMs).find(
      ({ elevationDeg }) => elevationDeg > 30 && elevationDeg < 60,
    )!;
    const [range] = measure(site, [{ satellite, atMs }], k + 1);
    const rateKmS = trueRangeKm(site, satellite, atMs + 500) - trueRangeKm(site, satellite, atMs - 500);
    const measurements = [{ ...range!, dopplerHz: -rateKmS * carrier + 300 }];
    const [ring, places] = [false, true].map(withDoppler => {
      const fix = locator.locate({ measurements, ...ground }, { withDoppler });
      assert.ok(fix.ok);
      return fix.value.solutions;
    });
    assert.ok(ring!.every(({ ellipse }) => ellipse.semiMajorKm > 1000));
    const near = places!.find(place => distanceKm(place, site) < 5 * place.ellipse.semiMajorKm);
    assert.ok(near !== undefined && near.ellipse.semiMajorKm < 30, `exchange ${k}`);
    assert.equal(places!.filter(({ standing }) => standing === "possible").length, 2);
  }
});

test("the order of measurements does not matter, and the same window gives the same bytes", () => {
  const measurements = measure(site, turns(staying(startMs, 60, 3).slice(0, 4), startMs, 60), 1);
  const once = JSON.stringify(fixOf({ measurements, ...ground }));
  assert.equal(JSON.stringify(fixOf({ measurements: measurements.toReversed(), ...ground })), once);
});
