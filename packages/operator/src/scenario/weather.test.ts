// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo } from "../testing.ts";
import { scenarioWeather } from "./weather.ts";

const cell = { latDeg: 52, lonDeg: 21, radiusKm: 30, peakMmPerH: 40, fromS: 0, untilS: 3600 };

test("weather is a seed or cells, strictly and within bounds", () => {
  assert.ok(scenarioWeather.safeParse({ seed: 1 }).success);
  assert.ok(scenarioWeather.safeParse({ cells: [] }).success);
  assert.deepEqual(scenarioWeather.parse({ cells: [cell] }), {
    cells: [{ ...cell, driftKmH: 0, bearingDeg: 0, rampS: 0 }],
  });
  const bad: unknown[] = [
    {},
    [],
    null,
    { seed: -1 },
    { seed: 1.5 },
    { seed: 2 ** 32 },
    { seed: 1, cells: [] },
    { cells: [{}] },
    { cells: Array.from({ length: 10_001 }, () => cell) },
    ...[
      { latDeg: 91 },
      { lonDeg: -181 },
      { radiusKm: 0 },
      { peakMmPerH: 0 },
      { peakMmPerH: 301 },
      { fromS: -1 },
      { untilS: 0 },
      { rampS: 1801 },
      { driftKmH: 201 },
      { bearingDeg: 361 },
      { colour: "grey" },
    ].map(change => ({ cells: [{ ...cell, ...change }] })),
  ];
  for (const weather of bad)
    assert.ok(!scenarioWeather.safeParse(weather).success, JSON.stringify(weather)?.slice(0, 200));
});

test("the demo has a front", () => {
  const { weather } = demo();
  assert.ok(weather !== null && "cells" in weather && weather.cells.length === 5);
});
