// SPDX-License-Identifier: MIT
// Propagations per second of CPU: 10,000 satellites at 100 instants, beside satellite.js and ootk in the same run.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  builtInElements,
  createBulkPropagator,
  createEphemeris,
  createPropagator,
  type Elements,
  formatTle,
  hasF64x2,
  hermitePositions,
  hermiteStates,
  hermiteWeights,
  type KernelName,
  parseElements,
} from "@perigee/orbit";
import { createParallelPropagator } from "@perigee/orbit/threads";
import { Sgp4, type TleLine1, type TleLine2 } from "ootk";
import {
  BulkPropagator,
  createSingleThreadRuntime,
  EciBaseCalculator,
  type SatRec,
  sgp4,
  twoline2satrec,
} from "satellite.js";
import { type Bench, round } from "./result.ts";

const SATELLITES = 10_000;
const INSTANTS = 100;
const EPOCH_MS = Date.UTC(2026, 4, 31, 12);
const RECORDED = new URL("../../shared/data/tle/starlink-2026-05-30.tle.gz", import.meta.url);

const instants = Array.from({ length: INSTANTS }, (_, k) => EPOCH_MS + k * 60_000);

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The best of some runs: what the code needs when nobody else uses the core's other half. */
function best(runs: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < runs; k++) least = Math.min(least, cpuSeconds(work));
  return least;
}

async function bestWall(runs: number, work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < runs; k++) {
    const started = performance.now();
    await work();
    least = Math.min(least, (performance.now() - started) / 1000);
  }
  return least;
}

const perSecond = (count: number, seconds: number): number => Math.round((count * INSTANTS) / seconds);

/** Recorded Starlink elements where they are, else the built-in fleet; repeated along their orbits up to `count`. */
function fleetOf(count: number): { elements: Elements[]; source: string } {
  let elements = builtInElements(EPOCH_MS).elements as readonly Elements[];
  let source = "built-in";
  if (existsSync(RECORDED)) {
    const parsed = parseElements(gunzipSync(readFileSync(RECORDED)).toString("utf8"));
    if (!parsed.ok) throw new Error(parsed.error.message);
    elements = parsed.value;
    source = "recorded Starlink";
  }
  const repeated = Array.from({ length: count }, (_, i) => {
    const set = elements[i % elements.length]!;
    const lap = Math.floor(i / elements.length);
    return lap === 0 ? set : { ...set, meanAnomalyDeg: (set.meanAnomalyDeg + 1.7 * lap) % 360 };
  });
  return { elements: repeated, source };
}

export const bench: Bench = async progress => {
  const { elements, source } = fleetOf(SATELLITES);
  const kernel: KernelName = hasF64x2() ? "f64x2" : "typescript";
  const figures: Record<string, number> = {};

  const peers: Record<string, number> = {};
  const lines = elements.map(twoLines);
  const records = lines.map(([one, two]): SatRec => twoline2satrec(one, two));
  const minutesFrom = elements.map(set => (EPOCH_MS - set.epochDayMs - set.epochMsOfDay) / 60_000);

  progress(`${kernel}, TypeScript and satellite.js's WebAssembly in turn`);
  using theirs = new BulkPropagator({
    runtime: await createSingleThreadRuntime(),
    calculators: [new EciBaseCalculator()],
    satRecsCount: SATELLITES,
    datesCount: INSTANTS,
  });
  theirs.setSatRecs(records);
  theirs.setDates(instants.map(atMs => new Date(atMs)));
  const simd = createBulkPropagator(elements, { capacity: INSTANTS, kernel });
  const scalar = createBulkPropagator(elements, { capacity: INSTANTS, kernel: "typescript" });
  const least = { simd: Infinity, scalar: Infinity, theirs: Infinity };
  // In turn, so that a processor that slows down for a second slows all three down.
  for (let turn = 0; turn < 8; turn++) {
    least.simd = Math.min(
      least.simd,
      best(12, () => simd.propagate(instants, "teme")),
    );
    least.scalar = Math.min(
      least.scalar,
      best(3, () => scalar.propagate(instants, "teme")),
    );
    least.theirs = Math.min(
      least.theirs,
      best(1, () => theirs.run()),
    );
  }
  figures["propagationsPerSecond"] = perSecond(SATELLITES, least.simd);
  figures["propagationsPerSecondTypescript"] = perSecond(SATELLITES, least.scalar);
  peers["satelliteJsWasmPropagationsPerSecond"] = perSecond(SATELLITES, least.theirs);

  progress("threads");
  {
    await using one = await createParallelPropagator(elements, { capacity: INSTANTS, threads: 1 });
    await using two = await createParallelPropagator(elements, { capacity: INSTANTS, threads: 2 });
    const wall = { one: Infinity, two: Infinity };
    // In turn here too: the ratio is only about threads if both were measured on the same machine.
    for (let turn = 0; turn < 10; turn++) {
      wall.one = Math.min(wall.one, await bestWall(10, () => one.propagate(instants, "teme")));
      wall.two = Math.min(wall.two, await bestWall(20, () => two.propagate(instants, "teme")));
    }
    figures["propagationsPerSecondOneThread"] = perSecond(SATELLITES, wall.one);
    figures["propagationsPerSecondTwoThreads"] = perSecond(SATELLITES, wall.two);
  }

  progress("one instant, Earth-fixed");
  figures["initCpuSeconds"] = round(cpuSeconds(() => createPropagator(elements.map(set => ({ ...set })))));
  const propagator = createPropagator(elements);
  const [left, right, out] = [0, 60_000, 0].map((ms, k) => {
    const ephemeris = createEphemeris(SATELLITES);
    return k < 2 ? propagator.propagate(EPOCH_MS + ms, ephemeris) : ephemeris;
  });
  const propagateAll = (): void => {
    for (const atMs of instants) propagator.propagate(atMs, out);
  };
  figures["cpuMsPerFleetInstant"] = round((1000 * best(20, propagateAll)) / INSTANTS);
  progress("Hermite");
  const interpolateAll = (): void => {
    for (let k = 0; k < INSTANTS; k++) hermiteStates(left!, right!, k / INSTANTS, 60, out!, SATELLITES);
  };
  figures["hermiteStatesPerSecond"] = perSecond(SATELLITES, best(20, interpolateAll));
  const positionsOnly = (): void => {
    for (let k = 0; k < INSTANTS; k++) {
      const w = hermiteWeights(k / INSTANTS, 60);
      hermitePositions(w, left!.xKm, left!.vxKmS, right!.xKm, right!.vxKmS, out!.xKm, SATELLITES);
      hermitePositions(w, left!.yKm, left!.vyKmS, right!.yKm, right!.vyKmS, out!.yKm, SATELLITES);
      hermitePositions(w, left!.zKm, left!.vzKmS, right!.zKm, right!.vzKmS, out!.zKm, SATELLITES);
    }
  };
  figures["hermitePositionsPerSecond"] = perSecond(SATELLITES, best(20, positionsOnly));

  for (const count of [1000, 10_000, 40_000]) {
    progress(`${count} satellites`);
    const grown = fleetOf(count).elements;
    const bulk = createBulkPropagator(grown, { capacity: INSTANTS, kernel });
    const seconds = best(count > 10_000 ? 10 : 30, () => bulk.propagate(instants));
    figures[`propagationsPerSecond${count / 1000}k`] = perSecond(count, seconds);
    figures[`cpuSeconds${count / 1000}k`] = round(seconds);
  }
  figures["rssMiB"] = Math.round(process.memoryUsage().rss / 2 ** 20);

  const { states, stride } = createBulkPropagator(elements, { capacity: INSTANTS }).propagate(
    instants,
    "teme",
  );
  const checksum = createHash("sha256");
  for (let i = 0; i < states.length; i += 97) checksum.update(`${states[i]!.toFixed(6)}\n`);

  progress("satellite.js, JavaScript");
  let worstKm = 0;
  const javascript = best(3, () => {
    for (let k = 0; k < INSTANTS; k++) {
      for (let i = 0; i < SATELLITES; i++) {
        const answer = sgp4(records[i]!, minutesFrom[i]! + k);
        if (answer === null) continue;
        const km = Math.abs(answer.position.z - states[(6 * k + 2) * stride + i]!);
        if (km > worstKm) worstKm = km;
      }
    }
  });
  peers["satelliteJsPropagationsPerSecond"] = perSecond(SATELLITES, javascript);
  peers["satelliteJsWorstDifferenceKm"] = worstKm;

  progress("ootk");
  const ootk = lines.map(([one, two]) => Sgp4.createSatrec(one as TleLine1, two as TleLine2));
  peers["ootkPropagationsPerSecond"] = perSecond(
    SATELLITES,
    best(2, () => {
      for (let k = 0; k < INSTANTS; k++)
        for (let i = 0; i < SATELLITES; i++) Sgp4.propagate(ootk[i]!, minutesFrom[i]! + k);
    }),
  );

  const ours = figures["propagationsPerSecond"]!;
  return {
    workload: `${SATELLITES} satellites (${source}), ${INSTANTS} instants a minute apart, TEME position and velocity, ${kernel}`,
    checksum: checksum.digest("hex"),
    figures,
    peers,
    ratios: {
      toSatelliteJsWasm: round(ours / peers["satelliteJsWasmPropagationsPerSecond"]!),
      toSatelliteJs: round(ours / peers["satelliteJsPropagationsPerSecond"]!),
      toOotk: round(ours / peers["ootkPropagationsPerSecond"]!),
      twoThreadsToOne: round(
        figures["propagationsPerSecondTwoThreads"]! / figures["propagationsPerSecondOneThread"]!,
      ),
    },
  };
};

/** The two lines of a set, which is what the peers read. */
function twoLines(set: Elements): readonly [string, string] {
  const text = formatTle({ ...set, name: "" });
  if (!text.ok) throw new Error(text.error.message);
  const lines = text.value.split("\n").filter(line => /^[12] /.test(line));
  return [lines[0]!, lines[1]!];
}
