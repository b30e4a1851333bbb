// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris, createPropagator, planesOf, walkerShell } from "@perigee/orbit";
import fc from "fast-check";
import { laserGrid, laserLengthKm, laserPairs } from "./lasers.ts";
import { defaultPolicy } from "./policy.ts";

/** Evenly spread: `fc.double` prefers numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map(millionths => millionths / 1e6);

const EPOCH = Date.UTC(2026, 4, 21, 12);
const policy = defaultPolicy.routes;

function walker(spec: Partial<Parameters<typeof walkerShell>[0]>) {
  const made = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 480, satellites: 400, planes: 20, phasing: 7, ...spec },
    EPOCH,
  );
  assert.ok(made.ok);
  return made.value;
}

function neighbours(grid: ReturnType<typeof laserGrid>, i: number): number[] {
  return Array.from(grid.neighbour.subarray(grid.offset[i]!, grid.offset[i + 1]!));
}

test("in a full Walker shell every satellite has its two in-plane neighbours and one in each next plane", () => {
  const elements = walker({});
  const map = planesOf(elements);
  const grid = laserGrid(map, new Uint8Array(400).fill(1));
  for (let i = 0; i < 400; i++) {
    const plane = Math.floor(i / 20);
    const row = neighbours(grid, i);
    assert.equal(row.length, 4);
    const inPlane = row.filter(j => Math.floor(j / 20) === plane).map(j => (j - i + 40) % 20);
    assert.deepEqual(
      inPlane.sort((a, b) => a - b),
      [1, 19],
    );
    const across = row.map(j => Math.floor(j / 20)).filter(p => p !== plane);
    assert.deepEqual(
      across.sort((a, b) => a - b),
      [(plane + 1) % 20, (plane + 19) % 20].sort((a, b) => a - b),
    );
    for (const j of row) assert.ok(neighbours(grid, j).includes(i));
  }
});

test("96 x 96 at 480 km: 448 km in plane; across, shorter than the 492 km (at most 555) of pairing by slot number", () => {
  const elements = walker({ satellites: 96 * 96, planes: 96, phasing: 0 });
  const grid = laserGrid(planesOf(elements), new Uint8Array(elements.length).fill(1));
  const fleet = createPropagator(elements).propagate(EPOCH + 600_000);
  const inPlane: number[] = [];
  const across: number[] = [];
  const pairs = laserPairs(grid, fleet, policy);
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k]!, pairs[k + 1]!];
    (Math.floor(a / 96) === Math.floor(b / 96) ? inPlane : across).push(laserLengthKm(fleet, a, b, policy));
  }
  assert.equal(inPlane.length, 96 * 96);
  assert.equal(across.length, 96 * 96);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(mean(inPlane) - 448) < 2, `${mean(inPlane)}`);
  assert.ok(mean(across) < 492 && Math.max(...across) < 555, `${mean(across)}, ${Math.max(...across)}`);
});

test("partly filled shells: nobody has more than four, links are mutual, non-serving satellites have none", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 2, max: 9 }),
      between(0.3, 1),
      fc.nat(1000),
      (planes, perPlane, fill, salt) => {
        const total = planes * perPlane;
        const elements = walker({
          satellites: total,
          planes,
          phasing: salt % planes,
          filled: Math.max(1, Math.round(total * fill)),
        });
        const serving = Uint8Array.from(elements, (_, i) => ((i * 7 + salt) % 5 === 0 ? 0 : 1));
        const grid = laserGrid(planesOf(elements), serving);
        for (let i = 0; i < elements.length; i++) {
          const row = neighbours(grid, i);
          assert.ok(row.length <= (serving[i] === 0 ? 0 : 4));
          assert.equal(new Set(row).size, row.length);
          assert.ok(!row.includes(i));
          for (const j of row) assert.ok(neighbours(grid, j).includes(i));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("reaches as far as geometry lets it: 4,631 km at 483 km, 5,014 at 550 (reference: 2 sqrt((R + h)^2 - (R + 80)^2))", () => {
  const fleet = createEphemeris(2);
  const length = (altitudeKm: number, km: number, range = 99_999) => {
    const half = Math.asin(km / 2 / (6371 + altitudeKm));
    for (const [k, sign] of [
      [0, 1],
      [1, -1],
    ] as const) {
      fleet.xKm[k] = (6371 + altitudeKm) * Math.cos(sign * half);
      fleet.yKm[k] = (6371 + altitudeKm) * Math.sin(sign * half);
    }
    return laserLengthKm(fleet, 0, 1, { laserRangeKm: range, laserClearanceKm: 80 });
  };
  for (const [altitudeKm, limitKm] of [
    [483, 4631],
    [550, 5014],
  ] as const) {
    assert.ok(Math.abs(length(altitudeKm, limitKm - 5) - (limitKm - 5)) < 1e-6);
    assert.equal(length(altitudeKm, limitKm + 5), -1);
  }
  assert.ok(length(1200, 5399, 5400) > 0);
  assert.equal(length(1200, 5401, 5400), -1);
});
