// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { dayFactor, defaultCellLimit, solarHour } from "@perigee/network";
import fc from "fast-check";
import { createTraffic, type Traffic, type TrafficProfileName, trafficProfiles } from "./index.ts";

const MONDAY = Date.UTC(2026, 10, 16);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const names = Object.keys(trafficProfiles) as TrafficProfileName[];
const atGreenwich = (): number => 0;

/** Mean of samples taken at random-looking moments of many terminals' days. */
function meanMbps(
  make: (seed: number) => Traffic,
  fromMs: number,
  untilMs: number,
): { down: number; up: number } {
  let down = 0;
  let up = 0;
  const terminals = 300;
  const samples = 400;
  for (let seed = 0; seed < terminals; seed++) {
    const traffic = make(seed);
    for (let i = 0; i < samples; i++) {
      const demand = traffic.at(fromMs + ((i + (seed % 7) / 7) / samples) * (untilMs - fromMs));
      down += demand.downBps / 1e6;
      up += demand.upBps / 1e6;
    }
  }
  return { down: down / (terminals * samples), up: up / (terminals * samples) };
}

test("over a working day each profile takes what its hours and rates make", () => {
  for (const name of names) {
    const { users, activities, baseDownMbps, baseUpMbps } = trafficProfiles[name];
    const expected = (rate: "downMbps" | "upMbps"): number =>
      activities.reduce((sum, a) => sum + users * (a.hoursPerDay / 24) * a[rate], 0);
    const mean = meanMbps(
      seed => createTraffic({ profile: name }, seed, atGreenwich),
      MONDAY + DAY,
      MONDAY + 2 * DAY,
    );
    // 300 days of few and long sessions: 8 % is several standard errors for every profile.
    const down = expected("downMbps") + baseDownMbps;
    const up = expected("upMbps") + baseUpMbps;
    assert.ok(Math.abs(mean.down / down - 1) < 0.08, `${name}: ${mean.down} down, ${down} expected`);
    assert.ok(Math.abs(mean.up / up - 1) < 0.08, `${name}: ${mean.up} up, ${up} expected`);
  }
});

test("a household takes in its busiest hour what the network plans a subscriber with", () => {
  const evening = MONDAY + 20 * HOUR;
  const household = (seed: number): Traffic => createTraffic({ profile: "household" }, seed, atGreenwich);
  const mean = meanMbps(household, evening - HOUR / 2, evening + HOUR / 2);
  assert.ok(Math.abs(mean.down / defaultCellLimit.busyHourDownMbps - 1) < 0.12, `${mean.down}`);
  assert.ok(Math.abs(mean.up / defaultCellLimit.busyHourUpMbps - 1) < 0.12, `${mean.up}`);
});

test("people live by the sun where they are, and offices close at weekends", () => {
  const office = (lonDeg: number) => (seed: number) =>
    createTraffic({ profile: "office", users: 40 }, seed, () => lonDeg);
  const at = (lonDeg: number, fromMs: number): number => meanMbps(office(lonDeg), fromMs, fromMs + HOUR).down;
  const ten = at(0, MONDAY + 10 * HOUR);
  assert.ok(ten > 8 * at(0, MONDAY + 2 * HOUR));
  assert.ok(Math.abs(at(150, MONDAY) / ten - 1) < 0.15);
  assert.ok(at(0, MONDAY - 2 * DAY + 10 * HOUR) < 0.2 * ten);
  // Sunday evening at Greenwich is Monday morning in the far east.
  assert.ok(at(165, MONDAY - HOUR) > 5 * at(0, MONDAY - HOUR));
});

/** The definition, without memory: every person, every activity, every window that could matter and two more. */
test("what is remembered changes nothing: asked in any order, any moment gives the same", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer(),
      fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 2, maxLength: 30 }),
      (profile, seed, moments) => {
        const one = createTraffic({ profile }, seed, atGreenwich);
        const asked = moments.map(ms => one.at(MONDAY + ms));
        const fresh = moments.map(ms => createTraffic({ profile }, seed, atGreenwich).at(MONDAY + ms));
        assert.deepEqual(asked, fresh);
      },
    ),
    { numRuns: 60 },
  );
});

test("video comes in bursts of two or three seconds", () => {
  // One person, every second of a week.
  const rates = new Set<number>();
  const traffic = createTraffic({ profile: "household", users: 1 }, 11, atGreenwich);
  const runs: number[] = [];
  let since: number | null = null;
  for (let s = 0; s < 7 * 86_400; s++) {
    const { downBps } = traffic.at(MONDAY + s * 1000);
    rates.add(Math.round(downBps / 1000));
    const isOn = downBps > 16e6;
    if (isOn) since ??= s;
    else {
      if (since !== null) runs.push(s - since);
      since = null;
    }
  }
  assert.ok(rates.has(4), "at times nobody is there but machines");
  assert.ok(rates.has(Math.round(5e3 / 0.3) + 4), "one video in a burst");
  // A burst is 0.3 of 8 seconds, and seldom runs into the next one.
  assert.ok(runs.length > 1000 && runs.filter(run => run <= 3).length > 0.8 * runs.length);
});

test("scale multiplies, nobody leaves the machines, and constant is constant", () => {
  const at = MONDAY + 19 * HOUR + 1234;
  const one = createTraffic({ profile: "vessel" }, 5, atGreenwich).at(at);
  const two = createTraffic({ profile: "vessel", scale: 2 }, 5, atGreenwich).at(at);
  assert.deepEqual(two, { downBps: 2 * one.downBps, upBps: 2 * one.upBps });
  assert.deepEqual(createTraffic({ profile: "vessel", users: 0 }, 5, atGreenwich).at(at), {
    downBps: 40_000,
    upBps: 80_000,
  });
  const steady = createTraffic({ profile: "constant", downMbps: 2, upMbps: 0.5 }, 5, atGreenwich);
  assert.deepEqual(steady.at(at), { downBps: 2e6, upBps: 5e5 });
});

test("every profile is possible: no person begins a session in more than every window", () => {
  for (const name of names) {
    const { dayCurve, activities } = trafficProfiles[name];
    assert.equal(dayCurve.length, 24);
    const mean = dayCurve.reduce((sum, f) => sum + f, 0) / 24;
    const peak = Math.max(
      ...Array.from({ length: 96 }, (_, i) => dayFactor(solarHour((i * HOUR) / 4, 0), dayCurve)),
    );
    for (const { name: activity, hoursPerDay } of activities)
      assert.ok((2 * hoursPerDay * peak) / 24 / mean <= 1, `${name}: ${activity}`);
  }
});
