// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris, geodeticToEcef, lookAngles } from "@perigee/orbit";
import { accessTiming, waitProbability } from "../access.ts";
import { topologyOf } from "../routing/laser-topology.ts";
import { slotAt, slotStartMs } from "../slot.ts";
import { latency } from "./latency.ts";
import { EPOCH_MS, smallPlanner } from "./testing/small-network.ts";

const KYIV = { name: "Kyiv", latDeg: 50.45, lonDeg: 30.52 };
const WARSAW = { name: "Warsaw", latDeg: 52.23, lonDeg: 21.01 };
const LISBON = { name: "Lisbon", latDeg: 38.72, lonDeg: -9.14 };
const planner = smallPlanner();

test("direct without lasers: the shortest way over one satellite, found by trying all", () => {
  const bare = smallPlanner({ lasers: topologyOf(1584, []) });
  const result = latency(bare, {
    from: KYIV,
    to: WARSAW,
    mode: "direct",
    fromMs: EPOCH_MS,
    overMs: 120_000,
    stepMs: 7_000,
  });
  assert.equal(result.samples.length, 18);
  for (const { atMs, rttMs } of result.samples) {
    const fleet = bare.propagator.propagate(atMs, createEphemeris(1584));
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 1584; i++) {
      const at = { xKm: fleet.xKm[i]!, yKm: fleet.yKm[i]!, zKm: fleet.zKm[i]! };
      const legs = [KYIV, WARSAW].map(({ latDeg, lonDeg }) => {
        const site = { latDeg, lonDeg, altitudeKm: 0 };
        const from = geodeticToEcef(site);
        return {
          high: lookAngles(site, at).elevationDeg >= 25,
          km: Math.hypot(at.xKm - from.xKm, at.yKm - from.yKm, at.zKm - from.zKm),
        };
      });
      if (legs.every(({ high }) => high))
        best = Math.min(best, (2 * (legs[0]!.km + legs[1]!.km)) / 299.792458);
    }
    // Both up- and downlink count, each way.
    assert.ok(Math.abs(rttMs - best) < 1e-6, `${rttMs} ms, by hand ${best} ms`);
  }
});

test("direct without lasers: no satellite stands 25 degrees over places 3,350 km apart", () => {
  const bare = smallPlanner({ lasers: topologyOf(1584, []) });
  const { samples, summary } = latency(bare, {
    from: KYIV,
    to: LISBON,
    mode: "direct",
    fromMs: EPOCH_MS,
    overMs: 600_000,
    stepMs: 30_000,
  });
  assert.equal(summary.servedShare, 0);
  assert.ok(samples.every(({ unserved, rttMs }) => unserved === "noPath" && Number.isNaN(rttMs)));
});

test("direct: more ways are never shorter, and the first is the one in use", () => {
  const { paths, samples } = latency(planner, {
    from: KYIV,
    to: LISBON,
    mode: "direct",
    fromMs: EPOCH_MS,
    paths: 5,
    hopMs: 0,
  });
  assert.equal(paths.length, 5);
  assert.ok(Math.abs(paths[0]!.rttMs - samples[0]!.rttMs) < 1e-9);
  for (const [k, path] of paths.entries()) {
    assert.ok(k === 0 || path.rttMs >= paths[k - 1]!.rttMs - 1e-9);
    assert.equal(path.hops.length, path.nodes.length - 1);
    const km = path.hops.reduce((sum, { lengthKm }) => sum + lengthKm, 0);
    assert.ok(Math.abs(path.rttMs - (2 * km) / 299.792458) < 1e-9, "light in vacuum, no processing");
  }
});

test("direct: the way back is as long, and lasers never make it longer", () => {
  const there = latency(planner, { from: KYIV, to: LISBON, mode: "direct", fromMs: EPOCH_MS });
  const back = latency(planner, { from: LISBON, to: KYIV, mode: "direct", fromMs: EPOCH_MS });
  assert.ok(Math.abs(there.samples[0]!.rttMs - back.samples[0]!.rttMs) < 1e-9);
  const rings = smallPlanner({ lasers: "rings" });
  const grid = smallPlanner({ lasers: "plusGrid" });
  const [few, many] = [rings, grid].map(
    of => latency(of, { from: KYIV, to: LISBON, mode: "direct", fromMs: EPOCH_MS }).samples[0]!.rttMs,
  );
  assert.ok(many! <= few! + 1e-9);
});

test("service: distance twice, the fixed parts, and each end's median wait", () => {
  const { paths, samples, summary } = latency(planner, {
    from: KYIV,
    to: LISBON,
    fromMs: EPOCH_MS,
    overMs: 150_000,
    paths: 3,
  });
  assert.equal(samples.length, 10);
  assert.ok(summary.servedShare > 0.5);
  const [first, ...others] = paths;
  const twoWays = 2 * first!.hops.reduce((sum, { delayMs }) => sum + delayMs, 0);
  assert.ok(Math.abs(first!.rttMs - twoWays - first!.overheadMs) < 1e-9);
  const waits = first!.overheadMs - 2 * planner.policy.link.fixedMs;
  // The median wait of each, found by walking up its distribution.
  const slot = slotAt(first!.atMs);
  const access = ["from", "to"].map(id => accessTiming(planner.policy.link, planner.seed, id, slot));
  const [a, b] = access.map(timing => {
    let ms = 0;
    while (waitProbability(timing, ms) < 0.5) ms += 0.001;
    return ms;
  });
  assert.ok(Math.abs(waits - a! - b!) < 0.01, `${waits} ms of waits, not ${a! + b!}`);
  assert.deepEqual(
    first!.nodes.map(({ kind }) => kind).filter(kind => kind === "pop" || kind === "terminal"),
    ["terminal", "pop", "pop", "terminal"],
  );
  for (const other of others) {
    const lasersOf = (path: typeof other) =>
      path.nodes.flatMap(({ id, kind }, k) => {
        const next = path.nodes[k + 1];
        return kind === "satellite" && next !== undefined && next.kind !== "terminal"
          ? [`${id}>${next.id}`]
          : [];
      });
    const popAt = (path: typeof other) => path.nodes.findIndex(({ kind }) => kind === "pop");
    const own = new Set(lasersOf({ ...first!, nodes: first!.nodes.slice(0, popAt(first!)) }));
    const theirs = lasersOf({ ...other, nodes: other.nodes.slice(0, popAt(other)) });
    assert.equal(other.nodes[1]!.id, first!.nodes[1]!.id, "the serving satellite stays");
    assert.ok(theirs.some(link => !own.has(link)));
  }
});

test("service: to one's own PoP alone, and nowhere", () => {
  const { samples, paths } = latency(planner, { from: KYIV, to: null, fromMs: EPOCH_MS });
  assert.equal(samples[0]!.to, null);
  assert.equal(paths[0]!.nodes.at(-1)!.kind, "pop");
  assert.equal(samples[0]!.atMs, slotStartMs(slotAt(EPOCH_MS)) + 7500);
  const pole = latency(planner, {
    from: { name: "Pole", latDeg: 89, lonDeg: 0 },
    to: null,
    fromMs: EPOCH_MS,
    overMs: 45_000,
  });
  assert.equal(pole.summary.servedShare, 0);
  assert.equal(pole.summary.longestOutageMs, 45_000);
  assert.equal(pole.samples[0]!.unserved, "noSatellite");
  assert.equal(pole.paths.length, 0);
});

test("the same arguments give the same numbers, and a caller's mistakes are exceptions", () => {
  const options = { from: KYIV, to: WARSAW, fromMs: EPOCH_MS, overMs: 60_000 } as const;
  assert.deepEqual(latency(planner, options), latency(smallPlanner(), options));
  assert.throws(() => latency(planner, { ...options, stepMs: 1000 }), RangeError);
  assert.throws(() => latency(planner, { ...options, mode: "direct", to: null }), RangeError);
  assert.throws(() => latency(planner, { ...options, overMs: -1 }), RangeError);
  assert.throws(() => latency(planner, { ...options, paths: 0 }), RangeError);
});
