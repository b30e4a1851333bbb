// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "@perigee/earth";
import { createPropagator, geodeticToEcef, stateAt, walkerShell } from "@perigee/orbit";
import { parseWorld } from "./parse-world.ts";
import type { Spot } from "./radio.ts";
import { createRanging, defaultRangingTruth, type RangingVisit } from "./ranging.ts";
import { type RangingLie, rangingLies } from "./ranging-script.ts";
import { createWorld, type WorldTerminal } from "./world.ts";

const startMs = Date.UTC(2026, 4, 21, 12);
const home: Spot = { latDeg: 48.6, lonDeg: 37.9 };
const claim: Spot = destination(home, 60, 20);
const always = { fromS: 0, untilS: 86_400 };
const shell = walkerShell(
  { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 1584, planes: 22, phasing: 17 },
  startMs,
);
assert(shell.ok);
const propagator = createPropagator(shell.value);

/** Visits by whatever stands within 1,200 km, every 5 s. */
function visitsFrom(fromMs: number, count: number): RangingVisit[] {
  return Array.from({ length: count }, (_, k) => fromMs + 5000 * k).flatMap(atMs => {
    const ephemeris = propagator.propagate(atMs);
    return shell.ok
      ? shell.value.flatMap((_, satellite) => {
          const state = stateAt(ephemeris, satellite);
          return rangeKm(home, state) < 1200 ? [{ satellite, atMs, state }] : [];
        })
      : [];
  });
}

function rangeKm(at: Spot, state: RangingVisit["state"]): number {
  const { xKm, yKm, zKm } = geodeticToEcef({ ...at, altitudeKm: 0 });
  return Math.hypot(state.xKm - xKm, state.yKm - yKm, state.zKm - zKm);
}

const terminal = (over: Partial<WorldTerminal> = {}): WorldTerminal => ({
  id: "farm",
  track: { waypoints: [{ atS: 0, ...home }], afterEnd: "stay" },
  off: [],
  ...over,
});
const visits = visitsFrom(startMs + 60_000, 4);
const exact = {
  ...defaultRangingTruth,
  rangeNoiseKm: 0,
  satelliteBiasKm: 0,
  dopplerNoiseHz: 0,
  oscillatorHz: 0,
};

/** What ranges come out too long by, km. */
function added(lies: readonly RangingLie[], truth = exact, seed = 1): number[] {
  const ranging = createRanging([terminal()], startMs, seed, { truth, scripts: { farm: lies } });
  return ranging
    .measure("farm/0", visits)
    .map(({ roundTripUs, state }) => ((roundTripUs - 250) * 299_792.458) / 2e6 - rangeKm(home, state));
}

const near = (found: number, expected: number, tolerance = 1e-9): void =>
  assert.ok(Math.abs(found - expected) < tolerance, `${found}, not ${expected}`);

test("an honest device's round trips are its range and its turnaround, its Doppler the range's rate", () => {
  for (const km of added([])) near(km, 0);
  const ranging = createRanging([terminal()], startMs, 1, { truth: exact });
  const [sample] = ranging.measure("farm/0", visits);
  const { state, satellite, atMs } = sample!;
  const later = stateAt(propagator.propagate(atMs + 500), satellite);
  const before = stateAt(propagator.propagate(atMs - 500), satellite);
  const rateKmS = rangeKm(home, later) - rangeKm(home, before);
  near(sample!.dopplerHz, (-rateKmS / 299_792.458) * 14.25e9, 20);
  near(rangeKm(home, state), ((sample!.roundTripUs - 250) * 299_792.458) / 2e6);
  assert.deepEqual(ranging.claimAt("farm/0", atMs), home);
});

test("errors have the spread that they are drawn with, and a satellite's part is shared", () => {
  const many = visitsFrom(startMs, 4).slice(0, 40);
  const noise: number[] = [];
  const biases: number[] = [];
  for (let seed = 0; seed < 400; seed++) {
    const only = (rangeNoiseKm: number, satelliteBiasKm: number) =>
      createRanging([terminal()], startMs, seed, { truth: { ...exact, rangeNoiseKm, satelliteBiasKm } })
        .measure("farm/0", many)
        .map(({ roundTripUs, state }) => ((roundTripUs - 250) * 299_792.458) / 2e6 - rangeKm(home, state));
    noise.push(...only(0.03, 0).slice(0, 5));
    const shared = only(0, 0.05);
    biases.push(shared[0]!);
    const same = many.findIndex(({ satellite }, i) => i > 0 && satellite === many[0]!.satellite);
    // Orbits and clocks drift: in a quarter of a minute by some metres, never by a jump.
    near(shared[same]!, shared[0]!, 0.01);
    assert.notEqual(shared[1], shared[0]);
  }
  const spread = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  near(spread(noise), 0.03, 0.0015);
  near(spread(biases), 0.05, 0.006);
});

test("a satellite's part is another after some minutes and gets there without a jump", () => {
  const { satellite } = visits[0]!;
  const at = (s: number) => {
    const atMs = startMs + s * 1000;
    return { satellite, atMs, state: stateAt(propagator.propagate(atMs), satellite) };
  };
  const track = Array.from({ length: 481 }, (_, i) => at(5 * i));
  const biases = createRanging([terminal()], startMs, 3, { truth: { ...exact, satelliteBiasKm: 0.05 } })
    .measure("farm/0", track)
    .map(({ roundTripUs, state }) => ((roundTripUs - 250) * 299_792.458) / 2e6 - rangeKm(home, state));
  for (const [i, bias] of biases.slice(1).entries()) near(bias, biases[i]!, 0.003);
  assert.ok(Math.max(...biases) - Math.min(...biases) > 0.03);
});

test("a scenario's lies are read, its terminals report what they claim, and bad lies are refused with the place", () => {
  const read = (ranging: unknown) =>
    parseWorld({ terminals: [{ id: "farm", track: [{ atS: 0, ...home }], device: { ranging } }] });
  const parsed = read([{ kind: "spoofedGnss", claim, fromS: 10, untilS: 20 }]);
  assert.ok(parsed.ok);
  const { reportsAt } = createWorld(parsed.value, startMs);
  const reported = [0, 10, 20].map(s => reportsAt(startMs + s * 1000)[0]);
  for (const [i, place] of [home, claim, home].entries())
    assert.deepEqual(reported[i], { terminalId: "farm", atMs: startMs + i * 10_000, ...place });
  const { claimAt } = createRanging(parsed.value, startMs, 1);
  assert.deepEqual(
    [5, 15].map(s => claimAt("farm/0", startMs + s * 1000)),
    [home, claim],
  );
  for (const [lie, place] of [
    [{ kind: "spoofedGnss", fromS: 0, untilS: 1 }, "[0].claim"],
    [{ kind: "relay", fromS: 2, untilS: 2 }, "[0]"],
    [{ kind: "elsewhere", fromS: 0, untilS: 1 }, "[0].kind"],
  ] as const) {
    const refused = read([lie]);
    assert.equal(!refused.ok && refused.error.place, `world.terminals[0].device.ranging${place}`);
  }
});

test("each lie changes what it can change and nothing else", () => {
  const wanted = visits.map(({ state }) => rangeKm(claim, state) - rangeKm(home, state));
  assert.ok(wanted.some(km => km < -5) && wanted.some(km => km > 5));
  for (const km of added([{ kind: "spoofedGnss", claim, ...always }])) near(km, 0);
  const mean = Math.max(0, wanted.reduce((sum, km) => sum + km, 0) / wanted.length);
  for (const km of added([{ kind: "delay", claim, ...always }])) near(km, mean);
  for (const [i, km] of added([{ kind: "delayEach", claim, ...always }]).entries())
    near(km, Math.max(0, wanted[i]!));
  const earlyKm = (20 * 299_792.458) / 2e6;
  for (const [i, km] of added([{ kind: "answerEarly", claim, earlyUs: 20, ...always }]).entries())
    near(km, Math.max(-earlyKm, wanted[i]!));
  for (const [i, km] of added([{ kind: "repeater", at: claim, behindKm: 4, ...always }]).entries())
    near(km, wanted[i]! + 4);
});

test("a relay is not to be told from an honest terminal, in any bit", () => {
  const samples = (lies: readonly RangingLie[]) =>
    createRanging([terminal()], startMs, 7, { scripts: { farm: lies } }).measure("farm/0", visits);
  assert.deepEqual(samples([{ kind: "relay", ...always }]), samples([]));
});

test("who lies says so on the air: claims and Doppler follow the lie", () => {
  const lies: RangingLie[] = [
    { kind: "spoofedGnss", claim, fromS: 0, untilS: 30 },
    { kind: "delayEach", claim, fromS: 30, untilS: 3600 },
  ];
  const ranging = createRanging([terminal()], startMs, 1, { truth: exact, scripts: { farm: lies } });
  assert.deepEqual(ranging.claimAt("farm/0", startMs + 10_000), claim);
  assert.deepEqual(ranging.claimAt("farm/0", startMs + 4_000_000), home);
  const believing = { ...visits[0]!, atMs: startMs + 10_000 };
  const [stock] = ranging.measure("farm/0", [believing]);
  const [modified] = ranging.measure("farm/0", [visits[0]!]);
  const [honest] = createRanging([terminal()], startMs, 1, { truth: exact }).measure("farm/0", [visits[0]!]);
  assert.equal(stock!.dopplerHz, honest!.dopplerHz);
  assert.notEqual(modified!.dopplerHz, honest!.dopplerHz);
});

test("two devices under one name are measured apart; one without power not at all", () => {
  const other = destination(home, 200, 300);
  const clone = {
    track: { waypoints: [{ atS: 0, ...other }], afterEnd: "stay" },
    off: [{ fromS: 0, untilS: 62 }],
    hasKey: true,
  } as const;
  const ranging = createRanging([terminal({ clones: [clone] })], startMs, 1, { truth: exact });
  const heard = ranging.measure("farm/1", visits);
  assert.ok(heard.length > 0 && heard.length < visits.length);
  assert.ok(heard.every(({ atMs }) => atMs >= startMs + 62_000));
  near(((heard[0]!.roundTripUs - 250) * 299_792.458) / 2e6, rangeKm(other, heard[0]!.state));
  assert.equal(ranging.claimAt("farm/1", startMs), null);
  assert.throws(() => ranging.claimAt("farm/2", startMs), RangeError);
});

test("any moment can be asked for first, and alone", () => {
  const ranging = createRanging([terminal()], startMs, 3);
  const together = ranging.measure("farm/0", visits);
  const alone = visits.toReversed().map(visit => ranging.measure("farm/0", [visit])[0]);
  assert.deepEqual(alone.toReversed(), together);
});

test("a scenario's lies are read, and refused where they are none", () => {
  const lies = [{ kind: "answerEarly", claim, earlyUs: 20, ...always }];
  assert.deepEqual(rangingLies.parse(lies), lies);
  for (const bad of [
    { kind: "teleport", ...always },
    { kind: "delay", claim: { latDeg: 99, lonDeg: 0 }, ...always },
    { kind: "relay", fromS: 5, untilS: 5 },
  ])
    assert.equal(rangingLies.safeParse([bad]).success, false);
});
