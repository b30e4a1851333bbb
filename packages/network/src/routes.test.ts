// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  builtInElements,
  createEphemeris,
  createPropagator,
  geodeticToEcef,
  lookAngles,
  planesOf,
  stateAt,
} from "@perigee/orbit";
import fc from "fast-check";
import { builtInGround } from "./ground-segment.ts";
import { laserGrid, laserLengthKm } from "./lasers.ts";
import { defaultPolicy } from "./policy.ts";
import { createRouter, LIGHT_KM_PER_MS } from "./routes.ts";
import { bellmanFord, linksUp } from "./testing/bellman-ford.ts";

/** Evenly spread: `fc.double` prefers numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map(millionths => millionths / 1e6);

const { routes } = defaultPolicy;

const EPOCH = Date.UTC(2026, 4, 21, 12);

test("one slot of a tenth of the fleet: the delays that Bellman and Ford find, and paths that add up to them", () => {
  const elements = builtInElements(EPOCH).elements.filter((_, i) => i % 10 === 0);
  const propagator = createPropagator(elements);
  const start = propagator.propagate(EPOCH + 5_000_000);
  const end = propagator.propagate(EPOCH + 5_015_000);
  const usable = Uint8Array.from(elements, (_, i) => (i % 17 === 3 ? 0 : 1));
  const lasers = laserGrid(planesOf(elements), new Uint8Array(elements.length).fill(1));
  const full = builtInGround();
  const ground = { ...full, gateways: full.gateways.filter((_, g) => g % 12 === 0) };
  const router = createRouter(elements.length, lasers, ground, routes);
  router.beginSlot(start, end, usable);
  const links = linksUp(start, end, usable, lasers, ground, routes);
  for (const code of ["wrswpol1", "sydyaus1", "lgosnga1"]) {
    const pop = full.pops.find(p => p.code === code)!;
    const tree = router.routesTo(pop, elements.keys());
    const expected = bellmanFord(links, ground, pop, routes);
    expected.forEach((ms, i) => {
      if (!(usable[i] === 1 && ms < Number.POSITIVE_INFINITY)) {
        assert.equal(tree.delayMs[i], Number.POSITIVE_INFINITY);
        return;
      }
      assert.ok(Math.abs(tree.delayMs[i]! - ms) < 1e-9, `${i}: ${tree.delayMs[i]} and ${ms}`);
      const { satellites, gateway } = tree.pathFrom(i);
      let sum = router.fibreMs(gateway, pop);
      satellites.slice(1).forEach((b, k) => {
        sum += laserLengthKm(start, satellites[k]!, b, routes) / LIGHT_KM_PER_MS + routes.laserHopMs;
      });
      const last = satellites.at(-1)!;
      const place = { ...ground.gateways[gateway]!, altitudeKm: 0 };
      sum += lookAngles(place, stateAt(start, last)).rangeKm / LIGHT_KM_PER_MS;
      assert.ok(Math.abs(sum - ms) < 1e-9);
      assert.ok(router.satellitesOver(gateway).includes(last));
    });
    const few = [5, 111, 640, 641];
    const early = router.routesTo(pop, few);
    for (const i of few) assert.equal(early.delayMs[i], tree.delayMs[i]);
  }
});

test("small random fleets: the delays that Bellman and Ford find", () => {
  // Random places are far apart.
  const wide = { ...routes, laserRangeKm: 12_000 };
  const full = builtInGround();
  const ground = { ...full, gateways: full.gateways.filter((_, g) => g % 40 === 0) };
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          z: between(-1, 1),
          lon: between(0, 7),
          h: fc.integer({ min: 400, max: 3000 }),
        }),
        { minLength: 2, maxLength: 30 },
      ),
      fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 80 }),
      fc.nat(66),
      (places, links, popIndex) => {
        const count = places.length;
        const fleetTurned = (turn: number) => {
          const fleet = createEphemeris(count);
          places.forEach(({ z, lon, h }, i) => {
            const flat = Math.sqrt(1 - z * z);
            const eastwards = lon + turn * ((i % 3) - 1);
            fleet.xKm[i] = (6371 + h) * flat * Math.cos(eastwards);
            fleet.yKm[i] = (6371 + h) * flat * Math.sin(eastwards);
            fleet.zKm[i] = (6371 + h) * z;
          });
          return fleet;
        };
        // Faster than any satellite, so that links break within the slot.
        const [start, end] = [fleetTurned(0), fleetTurned(0.1)];
        const rows: Set<number>[] = places.map(() => new Set());
        for (const [a, b] of links) {
          if (a >= count || b >= count || a === b) continue;
          rows[a]!.add(b);
          rows[b]!.add(a);
        }
        const offset = new Int32Array(count + 1);
        rows.forEach((row, i) => {
          offset[i + 1] = offset[i]! + row.size;
        });
        const lasers = { offset, neighbour: Int32Array.from(rows.flatMap(row => [...row])) };
        const usable = new Uint8Array(count).fill(1);
        const router = createRouter(count, lasers, ground, wide);
        router.beginSlot(start, end, usable);
        const pop = full.pops[popIndex]!;
        const tree = router.routesTo(pop, places.keys());
        const expected = bellmanFord(linksUp(start, end, usable, lasers, ground, wide), ground, pop, wide);
        expected.forEach((ms, i) => {
          if (ms === Number.POSITIVE_INFINITY) assert.equal(tree.delayMs[i], ms);
          else assert.ok(Math.abs(tree.delayMs[i]! - ms) < 1e-9);
        });
      },
    ),
    { numRuns: 100 },
  );
});

test("a laser that breaks before the slot's end carries nothing", () => {
  const ground = builtInGround();
  const pop = ground.pops.find(({ code }) => code === "wrswpol1")!;
  const gateways = ground.gateways.filter(({ id }) => id === "wola-krobowska-pl");
  const lasers = { offset: Int32Array.of(0, 1, 2), neighbour: Int32Array.of(1, 0) };
  const fleetOf = (apartKm: number) => {
    const fleet = createEphemeris(2);
    const overhead = geodeticToEcef({ ...gateways[0]!, latDeg: gateways[0]!.latDeg + 3, altitudeKm: 1200 });
    // Across the line to the Earth's centre: clear of the Earth up to 7,500 km.
    const flat = Math.hypot(overhead.xKm, overhead.yKm);
    fleet.xKm.set([overhead.xKm, overhead.xKm - (apartKm * overhead.yKm) / flat]);
    fleet.yKm.set([overhead.yKm, overhead.yKm + (apartKm * overhead.xKm) / flat]);
    fleet.zKm.set([overhead.zKm, overhead.zKm]);
    return fleet;
  };
  const router = createRouter(2, lasers, { gateways, pops: ground.pops }, routes);
  const reach = (startKm: number, endKm: number) => {
    router.beginSlot(fleetOf(startKm), fleetOf(endKm), Uint8Array.of(1, 1));
    return router.routesTo(pop, [0, 1]).delayMs;
  };
  assert.ok(reach(5300, 5390)[1]! < reach(5390, 5300)[1]!);
  assert.equal(reach(5300, 5410)[1], Number.POSITIVE_INFINITY);
  assert.equal(reach(5410, 5300)[1], Number.POSITIVE_INFINITY);
  assert.ok(reach(5300, 5410)[0]! < 10);
});

test("asks for a slot first, and knows no way where there is none", () => {
  const ground = builtInGround();
  const lasers = { offset: new Int32Array(3), neighbour: new Int32Array(0) };
  const router = createRouter(2, lasers, ground, routes);
  assert.throws(() => router.routesTo(ground.pops[0]!, [0]), /beginSlot/);
  const fleet = createEphemeris(2);
  router.beginSlot(fleet, fleet, new Uint8Array(2).fill(1));
  const tree = router.routesTo(ground.pops[0]!, [0, 1]);
  assert.equal(tree.delayMs[0], Number.POSITIVE_INFINITY);
  assert.throws(() => tree.pathFrom(0), /no route/);
});
