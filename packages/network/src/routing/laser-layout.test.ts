// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPropagator, planesOf, type WalkerSpec, walkerShell } from "@perigee/orbit";
import fc from "fast-check";
import { laserLengths } from "./laser-geometry.ts";
import { type LaserLayout, laserLayout } from "./laser-layout.ts";
import type { LaserTopology } from "./laser-topology.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);

function walker(spec: Partial<WalkerSpec>) {
  const made = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 480, satellites: 400, planes: 20, phasing: 7, ...spec },
    EPOCH,
  );
  assert.ok(made.ok);
  return made.value;
}

function layoutOf(spec: Partial<WalkerSpec>, layout: LaserLayout) {
  const elements = walker(spec);
  return {
    elements,
    topology: laserLayout(planesOf(elements), new Uint8Array(elements.length).fill(1), layout),
  };
}

const degree = ({ rows }: LaserTopology, i: number) => rows.offset[i + 1]! - rows.offset[i]!;

/** Whether every satellite can be reached from the first. */
function connected({ satellites, rows }: LaserTopology): boolean {
  const seen = new Set([0]);
  for (const i of seen) for (const j of rows.to.subarray(rows.offset[i]!, rows.offset[i + 1]!)) seen.add(j);
  return seen.size === satellites;
}

test("in a full Walker shell each has its two in-plane neighbours, and one in each next plane or in one of them", () => {
  for (const [layout, across] of [
    ["rings", 0],
    ["threeLasers", 1],
    ["plusGrid", 2],
  ] as const) {
    // Twenty planes with F = 8: what goes around comes back to the same parity, so that the honeycomb closes.
    const { topology } = layoutOf({ phasing: 8 }, layout);
    for (let i = 0; i < 400; i++) {
      const plane = Math.floor(i / 20);
      const row = [...topology.rows.to.subarray(topology.rows.offset[i]!, topology.rows.offset[i + 1]!)];
      const inPlane = row.filter(j => Math.floor(j / 20) === plane).map(j => (j - i + 40) % 20);
      assert.deepEqual(
        inPlane.sort((p, q) => p - q),
        [1, 19],
      );
      const sides = row.map(j => (Math.floor(j / 20) - plane + 20) % 20).filter(step => step !== 0);
      assert.equal(sides.length, across);
      for (const side of sides) assert.ok(side === 1 || side === 19);
      if (across === 2) assert.notEqual(sides[0], sides[1]);
    }
    assert.equal(connected(topology), layout !== "rings");
  }
});

test("three lasers look east and west turns about", () => {
  const { topology } = layoutOf({ phasing: 8 }, "threeLasers");
  let alternating = 0;
  const side = (i: number) => {
    const row = topology.rows.to.subarray(topology.rows.offset[i]!, topology.rows.offset[i + 1]!);
    return row.map(j => (Math.floor(j / 20) - Math.floor(i / 20) + 20) % 20).find(step => step !== 0);
  };
  for (let i = 0; i < 400; i++) {
    const next = i % 20 === 19 ? i - 19 : i + 1;
    if (side(i) !== side(next)) alternating++;
  }
  assert.equal(alternating, 400);
});

test("the seam of a star stays open", () => {
  for (const layout of ["plusGrid", "threeLasers"] as const) {
    const { topology } = layoutOf(
      { kind: "star", inclinationDeg: 87.9, altitudeKm: 1200, satellites: 180, planes: 12, phasing: 0 },
      layout,
    );
    for (let k = 0; k < topology.a.length; k++) {
      const planes = [topology.a[k]!, topology.b[k]!].map(i => Math.floor(i / 15));
      assert.ok(Math.abs(planes[0]! - planes[1]!) <= 1, `planes ${planes}`);
    }
    assert.ok(connected(topology));
  }
});

test("96 x 96 at 480 km: 448 km in plane; across, shorter than the 492 km (at most 555) of pairing by slot number", () => {
  const { elements, topology } = layoutOf({ satellites: 96 * 96, planes: 96, phasing: 0 }, "plusGrid");
  const fleet = createPropagator(elements).propagate(EPOCH + 600_000);
  const km = laserLengths(
    topology,
    fleet,
    { laserRangeKm: 5400, laserClearanceKm: 80 },
    new Float64Array(topology.a.length),
  );
  const own = (k: number) => Math.floor(topology.a[k]! / 96) === Math.floor(topology.b[k]! / 96);
  const inPlane = km.filter((_, k) => own(k));
  const across = km.filter((_, k) => !own(k));
  assert.equal(inPlane.length, 96 * 96);
  assert.equal(across.length, 96 * 96);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(mean(inPlane) - 448) < 2, `${mean(inPlane)}`);
  assert.ok(mean(across) < 492 && Math.max(...across) < 555, `${mean(across)}, ${Math.max(...across)}`);
});

test("partly filled shells: nobody has more lasers than the layout, non-serving satellites have none", () => {
  const most = { rings: 2, threeLasers: 3, plusGrid: 4 } as const;
  fc.assert(
    fc.property(
      fc.constantFrom("rings", "threeLasers", "plusGrid"),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 30, max: 100 }),
      fc.nat(1000),
      (layout, planes, perPlane, fill, salt) => {
        const total = planes * perPlane;
        const elements = walker({
          satellites: total,
          planes,
          phasing: salt % planes,
          filled: Math.max(1, Math.round((total * fill) / 100)),
        });
        const serving = Uint8Array.from(elements, (_, i) => ((i * 7 + salt) % 5 === 0 ? 0 : 1));
        const topology = laserLayout(planesOf(elements), serving, layout);
        for (let i = 0; i < elements.length; i++)
          assert.ok(degree(topology, i) <= (serving[i] === 0 ? 0 : most[layout]));
      },
    ),
    { numRuns: 60 },
  );
});
