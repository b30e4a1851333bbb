// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris } from "@perigee/orbit";
import fc from "fast-check";
import { repointLasers } from "./dynamic-lasers.ts";
import { laserKm } from "./laser-geometry.ts";
import { type LaserTopology, topologyOf } from "./laser-topology.ts";

const rules = { laserRangeKm: 5400, laserClearanceKm: 80 };
const RADIUS = 7571;

const fleets = fc
  .array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 6283 })), {
    minLength: 2,
    maxLength: 25,
  })
  .map(places => {
    const fleet = createEphemeris(places.length);
    places.forEach(([z, lon], i) => {
      const flat = RADIUS * Math.sqrt(1 - (z / 1000) ** 2);
      fleet.xKm[i] = flat * Math.cos(lon / 1000);
      fleet.yKm[i] = flat * Math.sin(lon / 1000);
      fleet.zKm[i] = (RADIUS * z) / 1000;
    });
    return fleet;
  });

const links = fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 30 });

const pairsOf = ({ a, b }: LaserTopology) => Array.from(a, (p, k) => [p, b[k]!] as const);

test("links of the layout first, then those held, then the nearest free pairs: the answer of trying all pairs in order", () => {
  fc.assert(
    fc.property(
      fleets,
      links,
      links,
      fc.integer({ min: 1, max: 4 }),
      fc.nat(30),
      (fleet, one, two, terminals, off) => {
        const count = fleet.count;
        const layoutOf = (pairs: readonly (readonly [number, number])[]) =>
          topologyOf(
            count,
            pairs.filter(([a, b]) => a !== b && a < count && b < count),
          );
        const layout = layoutOf(one);
        const previous = layoutOf(two);
        const usable = new Uint8Array(count).fill(1);
        if (off < count) usable[off] = 0;
        const mayLink = (a: number, b: number) => (a + b) % 3 !== 0;
        const common = { layout, previous, terminals, start: fleet, end: fleet, usable, rules, mayLink };
        const found = repointLasers({ ...common, searchKm: 3000 });

        const every: (readonly [number, number, number])[] = [];
        for (let a = 0; a < count; a++) {
          for (let b = a + 1; b < count; b++) {
            const km = Math.hypot(
              fleet.xKm[a]! - fleet.xKm[b]!,
              fleet.yKm[a]! - fleet.yKm[b]!,
              fleet.zKm[a]! - fleet.zKm[b]!,
            );
            if (km <= 3000 && mayLink(a, b)) every.push([a, b, km]);
          }
        }
        every.sort((p, q) => p[2] - q[2]);
        const free = new Array<number>(count).fill(terminals);
        const expected = new Set<string>();
        for (const [a, b] of [...pairsOf(layout), ...pairsOf(previous), ...every]) {
          const possible = usable[a] === 1 && usable[b] === 1 && laserKm(fleet, a, b, rules) >= 0;
          if (!possible || free[a] === 0 || free[b] === 0 || expected.has(`${a}-${b}`)) continue;
          free[a]!--;
          free[b]!--;
          expected.add(`${a}-${b}`);
        }
        assert.deepEqual(new Set(pairsOf(found).map(([a, b]) => `${a}-${b}`)), expected);
      },
    ),
    { numRuns: 150 },
  );
});

test("a lost neighbour frees terminals that find each other, and go back when it returns", () => {
  const fleet = createEphemeris(4);
  [0, 800, 1600, 2400].forEach((km, i) => {
    fleet.xKm[i] = RADIUS * Math.cos(km / RADIUS);
    fleet.yKm[i] = RADIUS * Math.sin(km / RADIUS);
  });
  const layout = topologyOf(4, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const common = { layout, terminals: [1, 2, 2, 1], start: fleet, end: fleet, rules };
  const broken = repointLasers({ ...common, usable: Uint8Array.of(1, 0, 1, 1) });
  assert.deepEqual(pairsOf(broken), [
    [0, 2],
    [2, 3],
  ]);
  const back = repointLasers({ ...common, usable: new Uint8Array(4).fill(1), previous: broken });
  assert.deepEqual(pairsOf(back), pairsOf(layout));
});
