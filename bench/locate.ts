// SPDX-License-Identifier: MIT
// Verdicts per second of CPU, from the simulated truth's round trips; and what liars get away with, by satellites.
import { createHash } from "node:crypto";
import { destination, distanceKm, type Position } from "@perigee/earth";
import {
  chooseRound,
  createLocator,
  type Judgement,
  type RangeMeasurement,
  verdictOf,
} from "@perigee/locate";
import { createEphemeris, createPropagator, lookAngles, stateAt, walkerShell } from "@perigee/orbit";
import { createRanging, type RangingLie, type RangingVisit } from "@perigee/world";
import { type Bench, quantile, round } from "./result.ts";

const startMs = Date.UTC(2026, 4, 21, 12);
const home: Position = { latDeg: 48.6, lonDeg: 37.9 };
const SLOT_MS = 15_000;
/** Every round begins under another sky. */
const APART_MS = 1_777_000;
const ROUNDS = 1500;

type How = "random" | "spread";
interface Sight {
  readonly satellite: number;
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

export const bench: Bench = async progress => {
  const shell = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 1584, planes: 22, phasing: 17 },
    startMs,
  );
  if (!shell.ok) throw new Error(shell.error.message);
  const elements = shell.value;
  const fleet = createPropagator(elements);
  const alone = elements.map(set => createPropagator([set]));
  const scratch = createEphemeris(1);
  const all = createEphemeris(elements.length);
  const skies = new Map<number, readonly Sight[]>();
  const locator = createLocator();

  const skyAt = (atMs: number): readonly Sight[] => {
    const known = skies.get(atMs);
    if (known !== undefined) return known;
    fleet.propagate(atMs, all);
    const sky = elements.flatMap((_, satellite) => {
      const { azimuthDeg, elevationDeg } = lookAngles({ ...home, altitudeKm: 0 }, stateAt(all, satellite));
      return elevationDeg >= 25 ? [{ satellite, azimuthDeg, elevationDeg }] : [];
    });
    skies.set(atMs, sky);
    return sky;
  };

  /** A number in [0, 1) of the benchmark's own. */
  const drawn = (a: number, b: number): number =>
    createHash("sha256").update(`${a} ${b}`).digest().readUInt32BE() / 2 ** 32;

  /** Three questions a slot, a satellite a slot. */
  const visitsOf = (number: number, satellites: number, how: How): RangingVisit[] => {
    const fromMs = startMs + number * APART_MS;
    const slots = Array.from({ length: satellites }, (_, slot) => skyAt(fromMs + slot * SLOT_MS));
    const spread = how === "spread" ? chooseRound(slots) : [];
    const taken: number[] = [];
    return slots.flatMap((sky, slot) => {
      const left = sky.filter(({ satellite }) => !taken.includes(satellite));
      const pick =
        how === "spread" ? sky[spread[slot]!]! : left[Math.floor(drawn(number, slot) * left.length)]!;
      const { satellite } = pick;
      taken.push(satellite);
      return [0, 5000, 10_000].map(lateMs => {
        const atMs = fromMs + slot * SLOT_MS + lateMs;
        return { satellite, atMs, state: stateAt(alone[satellite]!.propagate(atMs, scratch), 0) };
      });
    });
  };
  const measured = (number: number, visits: readonly RangingVisit[], lies: readonly RangingLie[]) =>
    createRanging(
      [{ id: "kit", track: { waypoints: [{ atS: 0, ...home }], afterEnd: "stay" }, off: [] }],
      startMs,
      number,
      { scripts: { kit: lies } },
    ).measure("kit/0", visits);
  const judged = (measurements: readonly RangeMeasurement[], claim: Position): Judgement => {
    const atMs = measurements.at(-1)!.atMs;
    const result = locator.judge(
      { measurements, heightKm: 0, heightErrorKm: 0 },
      { ...claim, atMs, errorKm: 0.01 },
    );
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };

  const figures: Record<string, number> = {};
  const peers: Record<string, number> = {};
  const checksum = createHash("sha256");

  for (const [satellites, how] of [
    [4, "random"],
    [4, "spread"],
    [8, "random"],
  ] as const) {
    progress(`${satellites} satellites, ${how}`);
    const errors: number[] = [];
    let falseAlarms = 0;
    const found = { spoofed: 0, delayed: 0 };
    for (let number = 0; number < ROUNDS; number++) {
      const visits = visitsOf(number, satellites, how);
      const honest = judged(measured(number, visits, []), home);
      errors.push(distanceKm(home, honest.solutions[0]!));
      if (honest.outcome === "contradicts") falseAlarms++;
      const claim = destination(home, 360 * drawn(number, 99), 2);
      const always = { claim, fromS: 0, untilS: Number.MAX_SAFE_INTEGER };
      for (const [name, kind] of [
        ["spoofed", "spoofedGnss"],
        ["delayed", "delayEach"],
      ] as const) {
        const { outcome, chance } = judged(measured(number, visits, [{ kind, ...always }]), claim);
        if (outcome === "contradicts") found[name]++;
        if (number < 50) checksum.update(`${outcome} ${chance.toExponential(6)}\n`);
      }
    }
    const name = `${how}${satellites}`;
    figures[`${name}ErrorKmMedian`] = round(quantile(errors, 0.5));
    figures[`${name}ErrorKm90`] = round(quantile(errors, 0.9));
    figures[`${name}FalseAlarms`] = falseAlarms;
    figures[`${name}Spoofed2KmFoundPercent`] = round((100 * found.spoofed) / ROUNDS);
    figures[`${name}Delayed2KmFoundPercent`] = round((100 * found.delayed) / ROUNDS);
  }

  const windows = Array.from({ length: 256 }, (_, number) =>
    measured(number, visitsOf(number, 4, "spread"), []),
  );
  const verdicts = (list: readonly (readonly RangeMeasurement[])[], times: number): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 8; turn++) {
      const before = process.cpuUsage();
      for (let k = 0; k < times; k++) {
        const window = list[k % list.length]!;
        const judgement = judged(window, home);
        if (verdictOf([judgement], judgement.toMs).verdict === "inconsistent") throw new Error("cannot be");
      }
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1e6);
    }
    return Math.round(times / least);
  };
  progress("verdicts");
  figures["verdictsPerSecond"] = verdicts(windows, 4000);
  for (const measurements of [4, 12, 24, 96]) {
    const grown = windows.map((_, number) => {
      const visits = visitsOf(number, measurements < 12 ? 4 : Math.min(8, measurements / 3), "spread");
      const list = measured(number, visits, []);
      return Array.from(
        { length: measurements },
        (_, i) => list[Math.floor((i * list.length) / measurements)]!,
      );
    });
    figures[`verdictsPerSecond${measurements}Measurements`] = verdicts(grown, 2000);
  }

  progress("the plain way: a search of the region, step by step");
  const before = process.cpuUsage();
  let worstKm = 0;
  for (const measurements of windows.slice(0, 4)) {
    const at = searched(measurements, home);
    worstKm = Math.max(worstKm, distanceKm(at, judged(measurements, home).solutions[0]!));
  }
  const { user, system } = process.cpuUsage(before);
  peers["gridSearchPerSecond"] = round(4e6 / (user + system));
  peers["gridSearchWorstDifferenceKm"] = round(worstKm);

  return {
    workload: `${ROUNDS} rounds under other skies of 1,584 satellites at 550 km, 3 round trips a slot, 30 m and 50 m per satellite; verdicts on 12 round trips to 4 satellites`,
    checksum: checksum.digest("hex"),
    figures,
    peers,
    ratios: { toGridSearch: round(figures["verdictsPerSecond"]! / peers["gridSearchPerSecond"]!) },
  };
};

/** The place of least misfit within 1,000 km, by a grid of 10 km and ever finer ones around its best point. */
function searched(measurements: readonly RangeMeasurement[], around: Position): Position {
  const bySatellite = [...Map.groupBy(measurements, ({ satellite }) => satellite).values()];
  const misfit = (at: Position): number => {
    let sum = 0;
    for (const own of bySatellite) {
      const residuals = own.map(({ state, roundTripUs }) => {
        const { rangeKm } = lookAngles({ ...at, altitudeKm: 0 }, state);
        return ((roundTripUs - 250) * 299_792.458) / 2e6 - rangeKm;
      });
      const bias = residuals.reduce((total, r) => total + r, 0) / (residuals.length + 0.36);
      sum += (bias / 0.05) ** 2 + residuals.reduce((total, r) => total + ((r - bias) / 0.03) ** 2, 0);
    }
    return sum;
  };
  let best = { at: around, misfit: Number.POSITIVE_INFINITY };
  for (let stepKm = 10, reachKm = 1000; stepKm > 0.01; reachKm = 2 * stepKm, stepKm /= 4) {
    const { at: centre } = best;
    for (let north = -reachKm; north <= reachKm; north += stepKm)
      for (let east = -reachKm; east <= reachKm; east += stepKm) {
        const latDeg = centre.latDeg + north / 111.2;
        const at = { latDeg, lonDeg: centre.lonDeg + east / 111.2 / Math.cos((latDeg * Math.PI) / 180) };
        const found = misfit(at);
        if (found < best.misfit) best = { at, misfit: found };
      }
  }
  return best.at;
}
