// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createPropagator, lookAngles, stateAt } from "@perigee/orbit";
import { uniform } from "../draw.ts";
import { needs, recorded } from "../testing/recorded-data.ts";
import { COMB_PRINTED, combStrength, quantileCases, simulateComb } from "./comb.ts";
import { combReport, rainReport, visibleReport } from "./figure-reports.ts";
import { rainLawFigures, rainSiteFigures } from "./rain-figures.ts";
import { holds } from "./report.ts";
import { parseCities, parseSeries, validateSeries } from "./series.ts";
import { countVisible, parseVisible, VISIBLE_2026_05_21 } from "./visible.ts";

test("a comb's strength: 1 on its teeth, near 0 off any", () => {
  const teeth = Array.from({ length: 500 }, (_, k) => (k % 9) * (4 / 3));
  assert.ok(Math.abs(combStrength(teeth, 4 / 3) - 1) < 1e-9);
  const anywhere = Array.from({ length: 20_000 }, (_, k) => 40 * uniform(5, k, 0, 0));
  assert.ok(combStrength(anywhere, 4 / 3) < 0.03);
});

test("simulated probes lie on the printed comb, and the report says so", () => {
  const findings = [simulateComb(3, 7), simulateComb(4, 7)];
  for (const { strength, spacingMs } of findings) {
    assert.ok(strength > COMB_PRINTED.strength[0] && strength < COMB_PRINTED.strength[1]);
    assert.ok(Math.abs(spacingMs - COMB_PRINTED.spacingMs) < 0.01);
  }
  assert.ok(holds(combReport(findings, quantileCases())));
});

test("waits of a loaded terminal: what a simulation of 20,000 draws printed", () => {
  const loaded = quantileCases()[1]!;
  // Printed of the model U(0,P) + P Geom(.45) + U(0,1.33): p5 to p99 0.4 / 2.1 / 4.4 / 8.8 / 14.5 / 18.8 / 28.7, over the least drawn
  // round trip of a slot; ours are over the least possible one.
  [0.4, 2.1, 4.4, 8.8, 14.5, 18.8, 28.7].forEach((ms, k) => {
    assert.ok(Math.abs(loaded.rows[k]!.modelledMs - ms) < 1.3, `${loaded.rows[k]!.modelledMs}, not ${ms}`);
  });
});

test("rain: the printed tables", () => {
  assert.ok(holds(rainReport(rainLawFigures(), rainSiteFigures())));
});

test("satellites in view: the built-in shells within a tenth of the printed counts", () => {
  const { elements } = builtInElements(Date.UTC(2026, 4, 21, 12));
  const some = VISIBLE_2026_05_21.filter((_, k) => k % 3 === 0);
  const counted = countVisible(
    elements,
    some.map(row => row.latDeg),
  );
  assert.ok(holds(visibleReport("built-in", some, counted)));
});

test("a count is that of look angles, satellite by satellite", () => {
  const { elements } = builtInElements(Date.UTC(2026, 4, 21, 12));
  // One satellite: it is in view as often as its own look angles say.
  const one = elements.slice(700, 701);
  const [row] = countVisible(one, [0]);
  const fromMs = Date.UTC(2026, 4, 21, 12);
  let seen = 0;
  const propagator = createPropagator(one);
  for (let k = 0; k < 480; k++) {
    const fleet = propagator.propagate(Math.round(fromMs + (k * 86_400_000) / 480));
    const lonDeg = ((k * 137.50776) % 360) - 180;
    if (lookAngles({ latDeg: 0, lonDeg, altitudeKm: 0 }, stateAt(fleet, 0)).elevationDeg >= 25) seen += 1;
  }
  assert.ok(seen > 0);
  assert.equal(row!.mean25, seen / 480);
});

test("a table of counts is read, or refused", () => {
  const head = "lat_deg,mean_25,least_25,mean_40,least_40,mean_20,best_median_deg,best_least_deg";
  const table = parseVisible(`${head}\n53,49,38,23,14,66,84,71\n`);
  assert.ok(table.ok);
  assert.deepEqual(table.value[0], VISIBLE_2026_05_21[6]);
  assert.ok(!parseVisible(`${head}\n95,49,38,23,14,66,84,71\n`).ok);
});

const FILES = ["ground_stations_top100.txt", "published_hypatia_starlink_s1_moscow_to_paris.csv"].map(
  name => `peers/${name}`,
);

test("a published series, with and without its head line", needs(...FILES), () => {
  const cities = parseCities(recorded(FILES[0]!));
  assert.ok(cities.ok);
  const text = recorded(FILES[1]!);
  const rows = parseSeries(text);
  const headless = parseSeries(text.slice(text.indexOf("\n") + 1));
  assert.ok(rows.ok && headless.ok);
  assert.deepEqual(rows.value, headless.value);
  const result = validateSeries(rows.value.slice(0, 40), cities.value);
  assert.ok(result.ok);
  assert.equal(result.value.shell.name, "Starlink S1");
  assert.ok(result.value.largestMs < 0.05 && result.value.pathChanges.length === 0);
  const elsewhere = validateSeries([{ src: 5, dst: 6, timeMs: 0, rttMs: 1 }], cities.value);
  assert.ok(!elsewhere.ok);
});

test("series and cities of another form are refused", () => {
  for (const text of ["", "src,dst\n1,2", "1,2,3", "1,2,-5,4", "a,b,c,d"])
    assert.ok(!parseSeries(text).ok, text);
  for (const text of ["", "0,Paris,99,2,0", "Paris"]) assert.ok(!parseCities(text).ok, text);
});
