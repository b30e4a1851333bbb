// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeIn } from "./fixture.ts";
import {
  daysAbroad,
  emptyHistory,
  type LocationHistory,
  type LocationReport,
  observe,
  speedMemoryWindows,
  speedNowKmh,
} from "./location-history.ts";

const startMs = Date.UTC(2024, 1, 12);
const dayMs = 86_400_000;

/** Feeds reports that must all be accepted. */
function fed(reports: readonly LocationReport[], territoryOf = (_: LocationReport) => "AA"): LocationHistory {
  return reports.reduce((history, report) => {
    const place = placeIn(territoryOf(report));
    const next = observe(history, report, report.atMs, () => ({ cell: "c", place }));
    assert.ok(next.ok, next.ok ? "" : next.error.message);
    return next.value;
  }, emptyHistory);
}

/**
 * Reports of a vehicle on the equator. One degree of longitude there is 111.3195 km (WGS84 semi-major axis
 * 6378.137 km × π/180).
 */
function drive(speedsKmh: readonly number[], everyMs: number): LocationReport[] {
  let lonDeg = 0;
  const reports = [{ atMs: startMs, latDeg: 0, lonDeg }];
  for (const [index, speedKmh] of speedsKmh.entries()) {
    lonDeg += (speedKmh * everyMs) / 3_600_000 / 111.3195;
    reports.push({ atMs: startMs + (index + 1) * everyMs, latDeg: 0, lonDeg });
  }
  return reports;
}

test("speed is measured over adjoining minutes and the last six are kept", () => {
  const history = fed(drive([60, 60, 60, 60, 90, 90, 90, 90, 120, 120, 120, 120], 15_000));
  // 0.5 % covers the choice between sphere and ellipsoid.
  assert.equal(history.windows.length, 3);
  near(history.windows[1]!.speedKmh, 90);
  near(history.windows[2]!.speedKmh, 120);
  assert.equal(history.windows[1]!.toMs, history.windows[2]!.fromMs);
  assert.equal(history.windows[2]!.toMs - history.windows[2]!.fromMs, 60_000);
  assert.equal(speedNowKmh(history), history.windows[2]!.speedKmh);
  assert.equal(fed(drive(new Array<number>(36).fill(60), 15_000)).windows.length, speedMemoryWindows);
});

function near(found: number, expected: number): void {
  assert.ok(Math.abs(found / expected - 1) < 0.005, `${found} is not ${expected}`);
}

test("one slot of noise does not make a speed", () => {
  // A parked terminal whose report jumps 300 m for one slot: 72 km/h by the slot, none by the minute.
  const jump = drive([0, 72, -72, 0, 0, 0, 0, 0], 15_000);
  for (const window of fed(jump).windows) near(1 + window.speedKmh, 1);
});

test("a silence of more than two minutes ends the measurement", () => {
  const before = drive([100, 100, 100, 100, 100, 100, 100, 100], 15_000);
  assert.equal(fed(before).windows.length, 2);
  const last = before.at(-1)!;
  const after = { ...last, atMs: last.atMs + 121_000, lonDeg: last.lonDeg + 1 };
  const history = fed([...before, after]);
  assert.deepEqual(history.windows, []);
  assert.equal(speedNowKmh(history), null);
});

test("impossible reports are refused with the field that is impossible", () => {
  const history = fed([{ atMs: startMs, latDeg: 0, lonDeg: 0 }]);
  const good = { atMs: startMs + 1, latDeg: 0, lonDeg: 0 };
  const bad: readonly (readonly [Partial<LocationReport>, string, string])[] = [
    [{ latDeg: 90.1 }, "latitudeOutOfRange", "latDeg"],
    [{ latDeg: Number.NaN }, "latitudeOutOfRange", "latDeg"],
    [{ lonDeg: -180.5 }, "longitudeOutOfRange", "lonDeg"],
    [{ lonDeg: Number.POSITIVE_INFINITY }, "longitudeOutOfRange", "lonDeg"],
    [{ atMs: startMs + 0.5 }, "timeInvalid", "atMs"],
    [{ atMs: -1 }, "timeInvalid", "atMs"],
    [{ atMs: startMs }, "timeNotAfterLast", "atMs"],
    [{ atMs: startMs + 10_000 }, "timeInFuture", "atMs"],
  ];
  for (const [change, code, place] of bad) {
    const next = observe(history, { ...good, ...change }, startMs + 1, () =>
      assert.fail("must not be located"),
    );
    assert.ok(!next.ok);
    assert.deepEqual([next.error.code, next.error.place], [code, place]);
  }
});

test("days abroad agree with a calendar kept by date strings", () => {
  const visit = fc.record({
    hoursLater: fc.integer({ min: 1, max: 400 }),
    territory: fc.constantFrom("AA", "AA-1", "BB", "CC", "HIGH_SEAS", "EE-9"),
  });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 60 }), visits => {
      let atMs = Date.UTC(2023, 9, 1);
      const reports = visits.map(({ hoursLater, territory }) => {
        atMs += hoursLater * 3_600_000;
        return { atMs, latDeg: 0, lonDeg: 0, territory };
      });
      const history = fed(reports, report => reports.find(r => r.atMs === report.atMs)!.territory);
      const year = new Date(atMs).toISOString().slice(0, 4);
      const home = new Set<string>();
      const abroad = new Set<string>();
      for (const { atMs: seenMs, territory } of reports) {
        const date = new Date(seenMs).toISOString().slice(0, 10);
        if (!date.startsWith(year) || territory === "HIGH_SEAS") continue;
        (territory.startsWith("AA") ? home : abroad).add(date);
      }
      assert.equal(daysAbroad(history.stays, "AA", atMs), abroad.difference(home).size);
    }),
  );
});

test("days recorded before a restart survive the first report of the new run", () => {
  const newYear = Math.floor(Date.UTC(2024, 0, 1) / dayMs);
  const stays = [-2, -1, 0, 1].map(offset => ({ day: newYear + offset, countries: ["BB"] }));
  const report = { atMs: (newYear + 2) * dayMs, latDeg: 0, lonDeg: 0 };
  const next = observe({ ...emptyHistory, stays }, report, report.atMs, () => ({
    cell: "c",
    place: placeIn("BB"),
  }));
  assert.ok(next.ok);
  assert.equal(daysAbroad(next.value.stays, "AA", report.atMs), 3);
});

test("a new calendar year begins at no days, and the memory stays bounded", () => {
  const reports = Array.from({ length: 366 * 3 }, (_, day) => ({
    atMs: Date.UTC(2023, 0, 1) + day * dayMs,
    latDeg: 0,
    lonDeg: 0,
  }));
  const history = fed(reports, () => "BB");
  assert.ok(history.stays.length <= 366);
  const newYear = Date.UTC(2024, 0, 1);
  const until = (atMs: number) =>
    fed(
      reports.filter(r => r.atMs <= atMs),
      () => "BB",
    ).stays;
  assert.equal(daysAbroad(until(newYear - dayMs), "AA", newYear - 1), 365);
  assert.equal(daysAbroad(until(newYear - dayMs), "AA", newYear), 0);
  assert.equal(daysAbroad(until(newYear), "AA", newYear), 1);
});
