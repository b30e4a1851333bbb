// SPDX-License-Identifier: MIT
// Propagations per second of CPU, beside satellite.js called directly on the same satellites.
import { createHash } from "node:crypto";
import { builtInElements, createEphemeris, createPropagator, formatOmmJson } from "@perigee/orbit";
import { json2satrec, type OMMJsonObjectV3, propagate } from "satellite.js";
import { type Bench, round } from "./result.ts";

const EPOCH_MS = Date.UTC(2026, 10, 21, 12);
const TIMES = 100;

const cpuSeconds = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

export const bench: Bench = async progress => {
  const { elements } = builtInElements(EPOCH_MS);
  const propagator = createPropagator(elements);
  const out = createEphemeris(elements.length);
  for (let k = 0; k < 5; k++) propagator.propagate(EPOCH_MS + k * 1000, out);
  progress("ours");
  const ours = cpuSeconds(() => {
    for (let k = 0; k < TIMES; k++) propagator.propagate(EPOCH_MS + k * 60_000, out);
  });
  const hash = createHash("sha256");
  for (let i = 0; i < elements.length; i += 97)
    hash.update(`${out.xKm[i]!.toFixed(3)} ${out.yKm[i]!.toFixed(3)} ${out.zKm[i]!.toFixed(3)}\n`);
  progress("satellite.js propagate()");
  const records = (JSON.parse(formatOmmJson(elements)) as OMMJsonObjectV3[]).map(o => json2satrec(o));
  let sum = 0;
  const theirs = cpuSeconds(() => {
    for (let k = 0; k < TIMES; k++) {
      const date = new Date(EPOCH_MS + k * 60_000);
      for (const record of records) sum += propagate(record, date)?.position.x ?? 0;
    }
  });
  const work = elements.length * TIMES;
  return {
    workload: `${elements.length} satellites, ${TIMES} times, position and velocity; ours Earth-fixed, theirs TEME`,
    checksum: hash.digest("hex"),
    figures: { propagationsPerSecond: Math.round(work / ours), cpuSeconds: round(ours) },
    peers: {
      satelliteJsPropagationsPerSecond: Math.round(work / theirs),
      satelliteJsSumOfX: round(sum / work),
    },
    ratios: { toSatelliteJs: round(theirs / ours) },
  };
};
