// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris, createPropagator } from "@perigee/orbit";
import fc from "fast-check";
import { gridLinks, gridShell } from "./grid-shell.ts";
import { acquisitionMs, defaultAcquisition, type LaserSlotInputs, lasersInSlot } from "./laser-slot.ts";
import { topologyOf } from "./laser-topology.ts";

const rules = { laserRangeKm: 5400, laserClearanceKm: 80 };

/** Satellites at 1,200 km in a row over the equator, so many kilometres of arc from the first. */
function rowOf(...arcKm: number[]) {
  const fleet = createEphemeris(arcKm.length);
  arcKm.forEach((km, i) => {
    fleet.xKm[i] = 7571 * Math.cos(km / 7571);
    fleet.yKm[i] = 7571 * Math.sin(km / 7571);
  });
  return fleet;
}

const near = rowOf(0, 1000, 2000);
const chain = topologyOf(3, [
  [0, 1],
  [1, 2],
]);

function slot(n: number, more: Partial<LaserSlotInputs>) {
  const inputs = { topology: chain, start: near, end: near, rules, seed: 5, ...more };
  return lasersInSlot({ fromMs: n * 15_000, untilMs: (n + 1) * 15_000, ...inputs });
}

test("a link carries while both ends of the slot allow it", () => {
  assert.deepEqual([...slot(0, {}).up], [1, 1]);
  assert.ok(Math.abs(slot(0, {}).km[0]! - 2 * 7571 * Math.sin(500 / 7571)) < 1e-9);
  const far = rowOf(0, 1000, 7000);
  assert.deepEqual([...slot(0, { end: far }).up], [1, 0]);
  assert.deepEqual([...slot(0, { start: far }).up], [1, 0]);
  assert.equal(slot(0, { start: far }).km[1], -1);
  assert.deepEqual([...slot(0, { usable: Uint8Array.of(0, 1, 1) }).up], [0, 1]);
  assert.deepEqual([...slot(0, { outage: { lasers: [[2, 1]] } }).up], [1, 0]);
  assert.deepEqual([...slot(0, { outage: { satellites: [1] } }).up], [0, 0]);
  assert.deepEqual([...slot(0, { outage: { lasers: [[0, 2]] } }).up], [1, 1]);
});

test("a link lost comes back after acquisition, never sooner; one that stood goes on", () => {
  let state = slot(0, {}).state;
  state = slot(1, { previous: state, outage: { lasers: [[1, 2]] } }).state;
  assert.deepEqual([[...state.a], [...state.b]], [[0], [1]]);
  const fromMs = 2 * 15_000;
  const readyMs = fromMs + acquisitionMs(defaultAcquisition, 5, 1, 2, fromMs);
  for (let n = 2; n < 12; n++) {
    const { up, state: next } = slot(n, { previous: state });
    assert.equal(up[0], 1);
    assert.equal(up[1], readyMs <= n * 15_000 ? 1 : 0, `slot ${n}`);
    assert.equal(next.readyMs[1], readyMs);
    state = next;
  }
  assert.throws(() => slot(14, { previous: state }), /slot starts/);
});

test("acquisition: never under 12 s, 30 s on average, the same for the same pair and instant", () => {
  const draws = Array.from({ length: 20_000 }, (_, k) =>
    acquisitionMs(defaultAcquisition, 1, k, k + 1, 15_000 * k),
  );
  assert.ok(Math.min(...draws) >= 12_000);
  const mean = draws.reduce((sum, ms) => sum + ms, 0) / draws.length;
  // The draw's standard deviation is 18 s: four standard errors are 0.5 s.
  assert.ok(Math.abs(mean - 30_000) < 510, `${mean}`);
  assert.equal(
    acquisitionMs(defaultAcquisition, 1, 2, 3, 4000),
    acquisitionMs(defaultAcquisition, 1, 2, 3, 4000),
  );
  assert.notEqual(
    acquisitionMs(defaultAcquisition, 1, 2, 3, 4000),
    acquisitionMs(defaultAcquisition, 2, 2, 3, 4000),
  );
});

test("the state is what a plain record of pairs would be, whatever comes and goes", () => {
  const all = [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [2, 3],
  ] as const;
  const fleet = rowOf(0, 500, 1000, 1500);
  fc.assert(
    fc.property(fc.array(fc.subarray([...all]), { minLength: 1, maxLength: 8 }), layouts => {
      const record = new Map<string, number>();
      let previous: LaserSlotInputs["previous"];
      layouts.forEach((pairs, n) => {
        const fromMs = n * 15_000;
        const wanted = pairs.map(([a, b]) => `${a}-${b}`);
        for (const name of record.keys()) if (!wanted.includes(name)) record.delete(name);
        for (const [a, b] of pairs) {
          const ready =
            n === 0 ? Number.NEGATIVE_INFINITY : fromMs + acquisitionMs(defaultAcquisition, 5, a, b, fromMs);
          if (!record.has(`${a}-${b}`)) record.set(`${a}-${b}`, ready);
        }
        const found = slot(n, {
          topology: topologyOf(4, pairs),
          start: fleet,
          end: fleet,
          ...(previous === undefined ? {} : { previous }),
        });
        previous = found.state;
        assert.deepEqual(
          new Map(Array.from(previous.a, (a, k) => [`${a}-${previous!.b[k]}`, previous!.readyMs[k]!])),
          record,
        );
        for (let k = 0; k < found.up.length; k++) {
          const name = `${found.topology.a[k]}-${found.topology.b[k]}`;
          assert.equal(found.up[k] === 1, record.get(name)! <= fromMs);
        }
      });
    }),
    { numRuns: 100 },
  );
});

test("a limit on the tracking rate opens links across planes where orbits cross, never those in plane", () => {
  const epoch = Date.UTC(2026, 0, 1);
  const elements = gridShell(
    { planes: 6, perPlane: 12, inclinationDeg: 88, meanMotionRevPerDay: 14.2 },
    epoch,
  );
  const propagator = createPropagator(elements);
  const topology = gridLinks(6, 12);
  const inputs = {
    topology,
    fromMs: epoch,
    untilMs: epoch + 15_000,
    start: propagator.propagate(epoch),
    end: propagator.propagate(epoch + 15_000),
    seed: 1,
  };
  const wide = { laserRangeKm: 99_999, laserClearanceKm: 80 };
  const free = lasersInSlot({ ...inputs, rules: wide });
  const slow = lasersInSlot({ ...inputs, rules: { ...wide, maxTrackingDegPerS: 0.05 } });
  let opened = 0;
  for (let k = 0; k < topology.a.length; k++) {
    const inPlane = Math.floor(topology.a[k]! / 12) === Math.floor(topology.b[k]! / 12);
    if (inPlane) assert.equal(slow.up[k], free.up[k]);
    assert.ok(slow.up[k]! <= free.up[k]!);
    if (slow.up[k] !== free.up[k]) opened++;
  }
  assert.ok(opened > 0);
});
