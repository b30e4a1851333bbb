// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPropagator, type Elements, geodeticToEcef, lookAngles, stateAt } from "@perigee/orbit";
import fc from "fast-check";
import { remainingSeconds } from "../visibility.ts";
import {
  type City,
  cityRttMs,
  createCityNetwork,
  createForwardingState,
  forwardingPath,
  NO_WAY,
} from "./city-network.ts";
import type { Attachment, Reach } from "./city-reach.ts";
import { gridLinks, gridShell } from "./grid-shell.ts";
import { laserKm } from "./laser-geometry.ts";
import { type LaserTopology, topologyOf } from "./laser-topology.ts";
import { fewestHops, kShortestPaths, shortestPath } from "./paths.ts";

const EPOCH = Date.UTC(2000, 0, 1);
const LIGHT_KM_PER_MS = 299.792458;
const rules = { laserRangeKm: 5400, laserClearanceKm: 80 };

interface Case {
  readonly planes: number;
  readonly perPlane: number;
  readonly inclinationDeg: number;
  readonly groundRelay: boolean;
  readonly attachment: Attachment;
  readonly hopMs: number;
  readonly reach: Reach;
  readonly atMs: number;
  readonly cities: readonly City[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  planes: fc.integer({ min: 3, max: 9 }),
  perPlane: fc.integer({ min: 3, max: 11 }),
  inclinationDeg: fc.integer({ min: 30, max: 98 }),
  groundRelay: fc.boolean(),
  attachment: fc.constantFrom<Attachment>("all", "nearest", "longest"),
  hopMs: fc.constantFrom(0, 0.2, 3),
  reach: fc.oneof(
    fc.integer({ min: 5, max: 40 }).map((minDeg): Reach => ({ kind: "elevation", minDeg })),
    fc.integer({ min: 1500, max: 5000 }).map((maxKm): Reach => ({ kind: "range", maxKm })),
  ),
  atMs: fc.integer({ min: 0, max: 6_000_000 }),
  cities: fc.array(
    fc.record({
      name: fc.constant("city"),
      latDeg: fc.integer({ min: -70, max: 70 }),
      lonDeg: fc.integer({ min: -180, max: 180 }),
      altitudeKm: fc.constantFrom(0, 2),
    }),
    { minLength: 2, maxLength: 5 },
  ),
});

/** All links of a case, from SGP4 and look angles; then relaxed until nothing changes. */
function oracle(c: Case, elements: readonly Elements[], lasers: LaserTopology): number[][] {
  const fleet = createPropagator(elements).propagate(EPOCH + c.atMs);
  const count = elements.length;
  const steps: [from: number, to: number, ms: number][] = [];
  for (let k = 0; k < lasers.a.length; k++) {
    const km = laserKm(fleet, lasers.a[k]!, lasers.b[k]!, rules);
    if (km < 0) continue;
    steps.push([lasers.a[k]!, lasers.b[k]!, km / LIGHT_KM_PER_MS + c.hopMs]);
    steps.push([lasers.b[k]!, lasers.a[k]!, km / LIGHT_KM_PER_MS + c.hopMs]);
  }
  c.cities.forEach((city, n) => {
    const place = { latDeg: city.latDeg, lonDeg: city.lonDeg, altitudeKm: city.altitudeKm ?? 0 };
    const seen = elements.flatMap((_, i) => {
      const { elevationDeg, rangeKm } = lookAngles(place, stateAt(fleet, i));
      const inReach =
        c.reach.kind === "elevation" ? elevationDeg >= c.reach.minDeg : rangeKm <= c.reach.maxKm;
      return inReach ? [{ i, rangeKm }] : [];
    });
    if (c.attachment === "nearest") seen.sort((p, q) => p.rangeKm - q.rangeKm).splice(1);
    for (const { i, rangeKm } of seen) {
      steps.push([i, count + n, rangeKm / LIGHT_KM_PER_MS]);
      steps.push([count + n, i, rangeKm / LIGHT_KM_PER_MS]);
    }
  });
  return c.cities.map((_, to) => {
    const ms = new Array<number>(count + c.cities.length).fill(Number.POSITIVE_INFINITY);
    ms[count + to] = 0;
    for (let changed = true; changed; ) {
      changed = false;
      for (const [a, b, step] of steps) {
        if (!c.groundRelay && b >= count && b !== count + to) continue;
        if (ms[b]! + step >= ms[a]! - 1e-12) continue;
        ms[a] = ms[b]! + step;
        changed = true;
      }
    }
    return ms;
  });
}

test("small random networks: what relaxing a list of links finds, with and without relay, and paths that add up", () => {
  fc.assert(
    fc.property(
      cases.filter(c => c.attachment !== "longest"),
      c => {
        const elements = gridShell({ ...c, meanMotionRevPerDay: 14 }, EPOCH);
        const lasers = gridLinks(c.planes, c.perPlane);
        const net = createCityNetwork({ ...c, shells: [{ elements, lasers, reach: c.reach }] });
        const state = net.stateAt(EPOCH + c.atMs);
        const expected = oracle(c, elements, lasers);
        const graph = net.graphAt(EPOCH + c.atMs);
        expected.forEach((row, to) => {
          row.forEach((ms, node) => {
            const found = state.ms[to * state.nodes + node]!;
            assert.ok(found === ms || Math.abs(found - ms) < 1e-9, `${node} to ${to}: ${found} and ${ms}`);
            const path = forwardingPath(state, node, to);
            assert.equal(path.length === 0, ms === Number.POSITIVE_INFINITY);
            if (path.length < 2) return;
            let sum = 0;
            for (let k = 1; k < path.length; k++) {
              const row = graph.to.subarray(graph.offset[path[k - 1]!]!, graph.offset[path[k - 1]! + 1]!);
              sum += graph.ms[graph.offset[path[k - 1]!]! + row.indexOf(path[k]!)]!;
            }
            assert.ok(Math.abs(sum - ms) < 1e-9);
            if (!c.groundRelay)
              assert.ok(
                path.slice(1, -1).every(passed => passed < net.satellites),
                "over the ground",
              );
          });
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("the questions of paths.ts agree with the state; attached to one satellite only, to the one that stays longest", () => {
  fc.assert(
    fc.property(cases, c => {
      const elements = gridShell({ ...c, meanMotionRevPerDay: 14 }, EPOCH);
      const net = createCityNetwork({
        ...c,
        shells: [{ elements, lasers: gridLinks(c.planes, c.perPlane), reach: c.reach }],
      });
      const state = net.stateAt(EPOCH + c.atMs);
      const graph = net.graphAt(EPOCH + c.atMs);
      const from = net.satellites;
      const mayPass = new Uint8Array(state.nodes).fill(1).fill(c.groundRelay ? 1 : 0, from);
      const ms = cityRttMs(state, 0, 1) / 2;
      const path = shortestPath(graph, from, from + 1, { mayPass });
      assert.ok(path === null ? ms === Number.POSITIVE_INFINITY : Math.abs(path.ms - ms) < 1e-9);
      const hops = fewestHops(graph, from, from + 1, { mayPass });
      if (path !== null) {
        assert.ok(hops !== null && hops.nodes.length <= path.nodes.length && hops.ms >= path.ms - 1e-9);
        const several = kShortestPaths(graph, from, from + 1, 3, { mayPass });
        assert.ok(Math.abs(several[0]!.ms - path.ms) < 1e-9);
      }
      if (c.attachment !== "longest" || c.reach.kind !== "elevation") return;
      const { minDeg } = c.reach;
      c.cities.forEach((city, n) => {
        const place = { latDeg: city.latDeg, lonDeg: city.lonDeg, altitudeKm: city.altitudeKm ?? 0 };
        const row = net.ground.satellite.subarray(net.ground.offset[n]!, net.ground.offset[n + 1]!);
        assert.ok(row.length <= 1);
        if (row.length === 0) return;
        const p = net.positions;
        const frame = { ...geodeticToEcef(place), ...axes(place) };
        const left = (i: number) => remainingSeconds(frame, p, i, minDeg);
        for (let i = 0; i < net.satellites; i++) {
          if (lookAngles(place, stateAt(p, i)).elevationDeg >= minDeg)
            assert.ok(left(row[0]!) >= left(i) - 1e-9);
        }
      });
    }),
    { numRuns: 40 },
  );
});

function axes({ latDeg, lonDeg }: { latDeg: number; lonDeg: number }) {
  const [lat, lon] = [(latDeg * Math.PI) / 180, (lonDeg * Math.PI) / 180];
  const up = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)] as const;
  return { up, east: up, north: up };
}

test("shells are joined by the links given between them, and only by those", () => {
  const shell = (inclinationDeg: number): { elements: Elements[]; lasers: LaserTopology; reach: Reach } => ({
    elements: gridShell({ planes: 4, perPlane: 10, inclinationDeg, meanMotionRevPerDay: 14 }, EPOCH),
    lasers: gridLinks(4, 10),
    reach: { kind: "elevation", minDeg: 10 },
  });
  const shells = [shell(50), { ...shell(88), reach: { kind: "elevation", minDeg: 91 } } as const];
  // Nobody sees the second shell: its satellites reach a city over the first or not at all.
  const cities = [
    { name: "A", latDeg: 40, lonDeg: 10 },
    { name: "B", latDeg: -20, lonDeg: 150 },
  ];
  const apart = createCityNetwork({ shells, cities }).stateAt(EPOCH);
  const positions = createCityNetwork({ shells, cities });
  positions.stateAt(EPOCH);
  let pair: [number, number] = [0, 40];
  for (let a = 0; a < 40; a++) {
    for (let b = 40; b < 80; b++) {
      const km = laserKm(positions.positions, a, b, rules);
      const best = laserKm(positions.positions, ...pair, rules);
      if (km >= 0 && (best < 0 || km < best)) pair = [a, b];
    }
  }
  const joined = createCityNetwork({ shells, cities, interShell: [pair] }).stateAt(EPOCH);
  const routed = (state: typeof apart) => state.next.slice(40, 80).filter(next => next !== NO_WAY).length;
  assert.equal(routed(apart), 0);
  assert.ok(routed(joined) > 0);
  assert.throws(() => createCityNetwork({ shells, cities, interShell: [[0, 80]] }), RangeError);
  assert.throws(
    () => createCityNetwork({ shells: [{ ...shells[0]!, lasers: topologyOf(3, []) }], cities }),
    /lasers of 3/,
  );
});

test("one state may be written into again and again", () => {
  const elements = gridShell({ planes: 5, perPlane: 7, inclinationDeg: 60, meanMotionRevPerDay: 14 }, EPOCH);
  const cities = [
    { name: "A", latDeg: 40, lonDeg: 10 },
    { name: "B", latDeg: 20, lonDeg: 50 },
  ];
  const reach: Reach = { kind: "elevation", minDeg: 10 };
  const net = createCityNetwork({ shells: [{ elements, lasers: gridLinks(5, 7), reach }], cities });
  const out = createForwardingState(35, 2);
  net.stateAt(EPOCH + 999_000, out);
  assert.deepEqual(net.stateAt(EPOCH + 60_000, out), net.stateAt(EPOCH + 60_000));
  assert.throws(() => net.stateAt(EPOCH, createForwardingState(34, 2)), RangeError);
});

test("a shell by number: planes and slots where Hypatia puts them, a +Grid of two links per satellite", () => {
  const elements = gridShell(
    { planes: 72, perPlane: 22, inclinationDeg: 53, meanMotionRevPerDay: 15.19 },
    EPOCH,
  );
  assert.equal(elements.length, 1584);
  assert.equal(elements[22]!.raanDeg, 5);
  assert.ok(Math.abs(elements[22]!.meanAnomalyDeg - 360 / 44) < 1e-12);
  assert.equal(elements[44]!.meanAnomalyDeg, 0);
  assert.ok(Math.abs(elements[23]!.meanAnomalyDeg - (360 / 44 + 360 / 22)) < 1e-12);
  assert.equal(gridLinks(72, 22).a.length, 3168);
  assert.equal(gridLinks(72, 22, false).a.length, 3168 - 22);
  assert.equal(gridLinks(2, 2).a.length, 2 + 2);
  assert.throws(() => gridShell({ planes: 0, perPlane: 1, inclinationDeg: 0, meanMotionRevPerDay: 14 }, 0));
});
