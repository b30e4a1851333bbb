// SPDX-License-Identifier: MIT
// The ways in which a terminal can lie about its place, from the simplest to what no measurement finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination, distanceKm } from "@perigee/earth";
import type { Judgement } from "./judge.ts";
import { createLocator } from "./locator.ts";
import { defaultRanging, type MeasurementWindow } from "./measurement.ts";
import { encounterOf } from "./speed.ts";
import { chooseRound } from "./spread.ts";
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
  type Visit,
} from "./testing/scene.ts";
import { verdictOf } from "./verdict.ts";

const locator = createLocator();
const roundMs = 60_000;
const TRIALS = 400;

/** Skies of eight days come again; satellites, bearings and errors do not. */
const whenOf = (trial: number): number => startMs + (trial % TRIALS) * 1_777_000;

/** Satellites of the slots from an instant on: drawn, or chosen for spread over the claimed place. */
function satellitesOf(count: number, fromMs: number, how: "random" | "spread", seed: number): number[] {
  const slots = Array.from({ length: count }, (_, slot) => skyOf(site, fromMs + slot * 15_000));
  if (how === "spread") return chooseRound(slots).map((index, slot) => slots[slot]![index]!.satellite);
  const { uniform } = chance(seed);
  const taken: number[] = [];
  for (const sky of slots) {
    const left = sky.filter(({ satellite }) => !taken.includes(satellite));
    taken.push(left[Math.floor(uniform() * left.length)]!.satellite);
  }
  return taken;
}

function judge(window: MeasurementWindow, claim: Spot & { atMs: number; errorKm?: number }): Judgement {
  const judgement = locator.judge(window, claim);
  assert.ok(judgement.ok);
  return judgement.value;
}

type Tamper = (claim: Spot) => (visit: Visit, trueKm: number) => number;
const honest: Tamper = () => () => 0;
const delayEach: Tamper = claim => (visit, trueKm) =>
  Math.max(0, trueRangeKm(claim, visit.satellite, visit.atMs) - trueKm);
const early =
  (slackKm: number): Tamper =>
  claim =>
  (visit, trueKm) =>
    Math.max(-slackKm, trueRangeKm(claim, visit.satellite, visit.atMs) - trueKm);

/** How often claims so far from the truth are contradicted, in percent. */
function detected(
  satellites: number,
  how: "random" | "spread",
  offKm: number,
  tamper: Tamper,
  trials = TRIALS,
): number {
  let found = 0;
  for (let trial = 0; trial < trials; trial++) {
    const fromMs = whenOf(trial);
    const { uniform } = chance(1000 + trial);
    const claim = offKm === 0 ? site : destination(site, 360 * uniform(), offKm);
    const visits = turns(satellitesOf(satellites, fromMs, how, trial + 1), fromMs, 15 * satellites);
    const measurements = measure(site, visits, trial + 1, tamper(claim));
    const atMs = fromMs + 15_000 * satellites;
    // Positioning by satellite is good to 10 m.
    if (judge({ measurements, ...ground }, { ...claim, atMs, errorKm: 0.01 }).outcome === "contradicts")
      found++;
  }
  return (100 * found) / trials;
}

test("honest terminals: good to 200 m in nine of ten, and never contradicted", () => {
  for (const [satellites, how] of [
    [4, "random"],
    [4, "spread"],
    [8, "random"],
  ] as const) {
    const errors: number[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      const fromMs = whenOf(trial);
      const visits = turns(satellitesOf(satellites, fromMs, how, trial + 1), fromMs, 15 * satellites);
      const measurements = measure(site, visits, trial + 1);
      const judgement = judge({ measurements, ...ground }, { ...site, atMs: fromMs + 15_000 * satellites });
      assert.notEqual(judgement.outcome, "contradicts");
      errors.push(distanceKm(site, judgement.solutions[0]!));
    }
    errors.sort((a, b) => a - b);
    const p90 = errors[Math.floor(0.9 * TRIALS)]!;
    assert.ok(p90 <= 0.2, `${satellites} ${how}: ${p90} km`);
  }
});

test("an honest terminal is contradicted no more often than allowed, and the allowance is not idle", () => {
  let alarms = 0;
  const trials = 4000;
  for (let trial = 0; trial < trials; trial++) {
    const fromMs = whenOf(trial);
    const { gauss } = chance(5000 + trial);
    const said = destination(destination(site, 0, 0.01 * gauss()), 90, 0.01 * gauss());
    const visits = turns(satellitesOf(4, fromMs, "random", trial + 1), fromMs, 60);
    const judgement = locator.judge(
      { measurements: measure(site, visits, trial + 1), ...ground },
      { ...said, atMs: fromMs + roundMs, errorKm: 0.01 },
      { falseAlarm: 0.03 },
    );
    assert.ok(judgement.ok);
    if (judgement.value.outcome === "contradicts") alarms++;
  }
  // Shared among three tests that overlap, and with slack and height granted: below, but of its order.
  assert.ok(alarms <= 0.03 * trials && alarms >= 0.005 * trials, `${alarms} of ${trials}`);
});

test("L1, spoofed positioning: 2 km are found in 99 of 100 and more", () => {
  assert.ok(detected(4, "random", 2, honest) >= 99);
  assert.ok(detected(4, "spread", 1, honest) >= 99);
});

test("L2, modified firmware: what it says of its own timing is nowhere asked; Doppler at will changes no outcome", () => {
  const fromMs = whenOf(3);
  const claim = destination(site, 70, 8);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  const plain = measure(site, visits, 5);
  const carrier = defaultRanging.carrierHz / 299_792.458;
  const said = { ...claim, atMs: fromMs + roundMs };
  const outcomes = [site, claim].map(at => {
    const measurements = plain.map(m => {
      const rateKmS = trueRangeKm(at, m.satellite, m.atMs + 500) - trueRangeKm(at, m.satellite, m.atMs - 500);
      return { ...m, dopplerHz: -rateKmS * carrier };
    });
    return judge({ measurements, ...ground }, said);
  });
  assert.deepEqual(
    outcomes.map(({ outcome, doppler }) => [outcome, doppler]),
    [
      ["contradicts", "contradicts"],
      ["contradicts", "agrees"],
    ],
  );
});

test("L3, one delay for all answers looks like being nowhere", () => {
  const fromMs = whenOf(5);
  const claim = destination(site, 200, 6);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  const measurements = measure(site, visits, 6, () => 3);
  const judgement = judge({ measurements, ...ground }, { ...claim, atMs: fromMs + roundMs });
  assert.equal(judgement.outcome, "contradicts");
  assert.equal(judgement.why, "noPlace");
});

test("L3 and L5, delays by satellite: found as far as satellites stand on all sides", () => {
  const four = detected(4, "random", 2, delayEach, 4000);
  assert.ok(four >= 89, `four at random: ${four} %`);
  const eight = detected(8, "random", 2, delayEach, 2000);
  assert.ok(eight >= 98, `eight at random: ${eight} %`);
  assert.equal(detected(4, "spread", 2, delayEach), 100);
  const oneSided = skyOf(site, startMs).filter(({ azimuthDeg }) => azimuthDeg < 120);
  assert.ok(oneSided.length >= 3);
  const picks = oneSided.slice(0, 3).map(({ satellite }) => satellite);
  const away = destination(site, 240, 5);
  const visits = turns(picks, startMs, 45);
  const measurements = measure(site, visits, 4, delayEach(away));
  const judgement = judge({ measurements, ...ground }, { ...away, atMs: startMs + 45_000 });
  assert.equal(judgement.outcome, "agrees");
  assert.ok(judgement.openShare > 0.3, "and the judgement says how little that is worth");
});

test("L4, early answers: slack hides as far as light goes in half of it, and no farther", () => {
  const withSlack = createLocator({ ...defaultRanging, slackUs: 20 });
  const outcomeOf = (locate: typeof locator, earlyUs: number, offKm: number): string => {
    const fromMs = whenOf(9);
    const claim = destination(site, 110, offKm);
    const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
    const slackKm = (earlyUs * 299_792.458) / 2e6;
    const measurements = measure(site, visits, 9, early(slackKm)(claim));
    const judgement = locate.judge({ measurements, ...ground }, { ...claim, atMs: fromMs + roundMs });
    assert.ok(judgement.ok);
    return judgement.value.outcome;
  };
  // Able to answer 10 us early it fits any claim within 1.5 km, against any bound on honest turnarounds.
  assert.equal(outcomeOf(locator, 10, 1.4), "agrees");
  assert.equal(outcomeOf(locator, 10, 8), "contradicts");
  assert.equal(outcomeOf(locator, 0.1, 1.4), "contradicts");
  // An honest terminal whose turnaround lies anywhere in the slack is not contradicted.
  const fromMs = whenOf(10);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  for (const lateKm of [-2.9, 0, 2.9]) {
    const judgement = withSlack.judge(
      { measurements: measure(site, visits, 10, () => lateKm), ...ground },
      { ...site, atMs: fromMs + roundMs },
    );
    assert.ok(judgement.ok);
    assert.equal(judgement.value.outcome, "agrees");
  }
});

test("L6, a repeater: the network sees where the radio is that it hears", () => {
  const fromMs = whenOf(11);
  const behind = destination(site, 90, 30);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  const atMs = fromMs + roundMs;
  const heard = measure(site, visits, 11);
  assert.equal(judge({ measurements: heard, ...ground }, { ...behind, atMs }).outcome, "contradicts");
  assert.equal(judge({ measurements: heard, ...ground }, { ...site, atMs }).outcome, "agrees");
  // The way between repeater and terminal shows, where the terminal itself answers.
  const long = measure(site, visits, 11, () => 30);
  assert.equal(judge({ measurements: long, ...ground }, { ...site, atMs }).why, "noPlace");
});

test("L7, users elsewhere behind a legal terminal: nothing on the air differs, so nothing is found", () => {
  const fromMs = whenOf(12);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  const relaying = measure(site, visits, 12);
  assert.equal(
    judge({ measurements: relaying, ...ground }, { ...site, atMs: fromMs + roundMs }).outcome,
    "agrees",
  );
});

test("L8, two radios with one name: each passes alone, together they are impossible", () => {
  const fromMs = whenOf(13);
  const other = destination(site, 250, 120);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  const fixes = [site, other].map((at, i) => {
    const measurements = measure(at, visits, 20 + i);
    assert.equal(judge({ measurements, ...ground }, { ...at, atMs: fromMs + roundMs }).outcome, "agrees");
    const fix = locator.locate({ measurements, ...ground });
    assert.ok(fix.ok);
    return fix.value;
  });
  assert.equal(encounterOf(fixes[0]!, fixes[1]!)?.impossible, true);
  assert.equal(encounterOf(fixes[0]!, { ...fixes[0]!, atMs: fixes[0]!.atMs + 1 })?.impossible, false);
});

test("one satellite and 15 s never contradict anybody, whatever is claimed", () => {
  const judgements: Judgement[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    const fromMs = whenOf(trial);
    const { uniform } = chance(trial + 1);
    const claim = destination(site, 360 * uniform(), 1000 * uniform());
    const visits = turns(satellitesOf(1, fromMs, "random", trial + 1), fromMs, 15);
    const judgement = judge(
      { measurements: measure(site, visits, trial + 1), ...ground },
      { ...claim, atMs: fromMs + 15_000 },
    );
    assert.notEqual(judgement.outcome, "contradicts");
    judgements.push(judgement);
    const { verdict } = verdictOf(judgements.slice(-4), judgement.toMs + 1000);
    assert.notEqual(verdict, "inconsistent");
  }
  const ambiguous = judgements.filter(({ outcome }) => outcome === "ambiguous").length;
  assert.ok(ambiguous > 0.9 * TRIALS, `${ambiguous} of ${TRIALS} ambiguous`);
});

test("a long track of one satellite says something once its mirror is excluded, two minutes at least", () => {
  for (const [seconds, expected] of [
    [60, "insufficient"],
    [150, "contradicts"],
  ] as const) {
    const fromMs = startMs;
    const later = new Set(skyOf(site, fromMs + seconds * 1000).map(({ satellite }) => satellite));
    const satellite = skyOf(site, fromMs).find(s => later.has(s.satellite) && s.elevationDeg < 60)!.satellite;
    const beam = { ...site, radiusKm: 60 };
    const measurements = measure(site, turns([satellite], fromMs, seconds), 3).map(m => ({ ...m, beam }));
    const claim = destination(site, 45, 20);
    assert.equal(
      judge({ measurements, ...ground }, { ...claim, atMs: fromMs + seconds * 1000 }).outcome,
      expected,
    );
  }
});

test("a terminal on the move that says so is not contradicted; one that hides 900 km/h is", () => {
  const fromMs = whenOf(20);
  const track = (atMs: number): Spot => destination(site, 60, ((atMs - fromMs) / 3_600_000) * 900);
  const visits = turns(satellitesOf(4, fromMs, "spread", 1), fromMs, 60);
  const measurements = measure(track, visits, 30);
  const claim = { ...track(fromMs + roundMs), atMs: fromMs + roundMs };
  const kmS = 900 / 3600;
  const motion = { eastKmS: kmS * Math.sin(Math.PI / 3), northKmS: kmS * Math.cos(Math.PI / 3) };
  assert.equal(judge({ measurements, ...ground, motion }, claim).outcome, "agrees");
  assert.equal(judge({ measurements, ...ground }, claim).outcome, "contradicts");
});
