// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "@perigee/earth";
import { builtInElements, type Elements, walkerShell } from "@perigee/orbit";
import fc from "fast-check";
import { createPlanner } from "./plan.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import { slotAt } from "./slot.ts";
import { diffPlans, type Site, type SlotPlan } from "./slot-plan.ts";
import { checkPlan } from "./testing/check-plan.ts";

/** Evenly spread: `fc.double` prefers numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map(millionths => millionths / 1e6);

const EPOCH = Date.UTC(2026, 4, 21, 12);
const builtIn = builtInElements(EPOCH);
const serviceOf = (i: number) => builtIn.shells[builtIn.shellOf[i]!]!.service;
const planner = createPlanner({ elements: builtIn.elements, serviceOf, seed: 7 });
const first = slotAt(EPOCH);

function site(id: string, latDeg: number, lonDeg: number, more: Partial<Site> = {}): Site {
  return {
    id,
    latDeg,
    lonDeg,
    heightM: 150,
    cell: cellAt(latDeg, lonDeg),
    downMbps: 300,
    upMbps: 40,
    permitted: true,
    ...more,
  };
}

const world: Site[] = [
  site("kyiv", 50.45, 30.52),
  site("warsaw", 52.23, 21.01),
  site("nairobi", -1.29, 36.82),
  site("kansas", 39.1, -96.5),
  site("reykjavik", 64.15, -21.94),
  site("colombo", 6.93, 79.86),
  site("majuro", 7.1, 171.2),
  site("tromso", 69.65, 18.96),
  site("punta-arenas", -53.16, -70.92),
  site("mid-atlantic", 30, -40, { heightM: 0 }),
];

/** Wants what the masks forbid: low satellites, far detours, and lasers that just reach. */
const perverse: Policy = {
  ...defaultPolicy,
  scheduler: {
    ...defaultPolicy.scheduler,
    weights: {
      ...defaultPolicy.scheduler.weights,
      elevation: -2,
      remaining: -2,
      path: -0.01,
      contention: 0.1,
    },
    minElevationDeg: 35,
    lowShellMinElevationDeg: 30,
  },
  routes: { ...defaultPolicy.routes, laserRangeKm: 700 },
};

for (const [name, by] of [
  ["default", planner],
  ["perverse", createPlanner({ elements: builtIn.elements, serviceOf, seed: 7, policy: perverse })],
] as const) {
  test(`every promise of a plan holds, by a checker that shares nothing with the planner: ${name} policy`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.array(
          fc.record({
            z: between(-0.96, 0.96),
            lonDeg: fc.integer({ min: -180, max: 179 }),
          }),
          { maxLength: 8 },
        ),
        (later, places) => {
          const sites = [
            ...world,
            ...places.map(({ z, lonDeg }, k) => site(`random-${k}`, (Math.asin(z) * 180) / Math.PI, lonDeg)),
          ];
          const before = by.plan(first + later, sites, null);
          const plan = by.plan(first + later + 1, sites, before);
          checkPlan(plan, sites, before, by);
        },
      ),
      { numRuns: 7 },
    );
  });
}

test("the same inputs give the same bytes, from any planner, in any order; JSON keeps all of it", () => {
  const other = createPlanner({ elements: builtIn.elements, serviceOf, seed: 7 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 4 }), slots => {
      for (const slot of slots) {
        const before = planner.plan(first + slot - 1, world, null);
        const plan = planner.plan(first + slot, world, before);
        other.plan(first + slot + 77, world.slice(3), null);
        const again = other.plan(first + slot, world, JSON.parse(JSON.stringify(before)) as SlotPlan);
        assert.equal(JSON.stringify(again), JSON.stringify(plan));
        assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
      }
    }),
    { numRuns: 4 },
  );
});

test("a planner that was asked about the rest of the world first gives the same plan", () => {
  for (let k = 0; k < 200; k++) planner.homes.homeOf(cellAt((k * 37) % 80, (k * 61) % 180));
  planner.plan(first + 4321, world.toReversed(), null);
  const fresh = createPlanner({ elements: builtIn.elements, serviceOf, seed: 7 });
  assert.equal(
    JSON.stringify(planner.plan(first + 5, world, null)),
    JSON.stringify(fresh.plan(first + 5, world, null)),
  );
});

test("another seed gives another plan over the same sky", () => {
  const other = createPlanner({ elements: builtIn.elements, serviceOf, seed: 8 });
  const [a, b] = [planner.plan(first, world, null), other.plan(first, world, null)];
  assert.equal(a.elementsVersion, b.elementsVersion);
  assert.notDeepEqual(
    a.links.map(link => link.satellite.index),
    b.links.map(link => link.satellite.index),
  );
});

test("a site that is not permitted gets no beam, and changes nobody else's", () => {
  const sites = world.map(s => (s.id === "kyiv" ? { ...s, permitted: false } : s));
  const open = planner.plan(first, world, null);
  const shut = planner.plan(first, sites, null);
  assert.deepEqual(shut.unserved, [{ siteId: "kyiv", reason: "notPermitted" }]);
  assert.deepEqual(
    shut.links,
    open.links.filter(link => link.terminalId !== "kyiv"),
  );
});

test("each reason for no service", () => {
  const reasonsOf = (options: Partial<Parameters<typeof createPlanner>[0]>, sites: readonly Site[]) =>
    createPlanner({ elements: builtIn.elements, serviceOf, seed: 1, homePopOf: () => warsaw, ...options })
      .plan(first, sites, null)
      .unserved.map(u => u.reason);
  const kyiv = [site("kyiv", 50.45, 30.52)];
  const warsaw = planner.ground.pops.find(pop => pop.iata === "waw")!;
  assert.deepEqual(reasonsOf({ serviceOf: () => "raising" }, kyiv), ["noSatellite"]);
  assert.deepEqual(reasonsOf({ elements: [] }, kyiv), ["noSatellite"]);
  const { scheduler } = defaultPolicy;
  const strict = { ...defaultPolicy, scheduler: { ...scheduler, userGsoSeparationDeg: 91 } };
  assert.deepEqual(reasonsOf({ policy: strict }, [site("quito", 0, -78.5)]), ["geostationaryArc"]);
  assert.deepEqual(reasonsOf({ ground: { gateways: [], pops: planner.ground.pops } }, kyiv), ["noRoute"]);
  assert.deepEqual(reasonsOf({ homePopOf: () => null }, kyiv), ["noRoute"]);
  const noBeams = { ...defaultPolicy, scheduler: { ...scheduler, beamsPerSatellite: 0 } };
  assert.deepEqual(reasonsOf({ policy: noBeams }, kyiv), ["noBeam"]);
});

test("sites of one cell on one satellite share its channel", () => {
  const cell = cellAt(50.45, 30.52);
  const crowd = Array.from({ length: 60 }, (_, k) =>
    site(`t${k}`, 50.45, 30.52, { cell, downMbps: 1e5, upMbps: 1e5 }),
  );
  const plan = planner.plan(first, crowd, null);
  const groups = Map.groupBy(plan.links, link => link.satellite.index);
  for (const group of groups.values()) {
    const total = group.reduce((sum, link) => sum + link.downMbps, 0);
    assert.ok(total < 750, `${total}`);
    assert.ok(group.every(link => link.downMbps === group[0]!.downMbps));
  }
});

test("refuses sites that make no sense", () => {
  assert.throws(() => planner.plan(first, [site("a", 1, 1), site("a", 2, 2)], null), /site a is given twice/);
  assert.throws(
    () => planner.plan(first, [{ ...site("a", 1, 1), latDeg: Number.NaN }], null),
    /site a has no position/,
  );
  assert.throws(() => planner.plan(first, [site("a", 1, 1, { cell: "1 1" })], null), /site a is in "1 1"/);
});

test("without lasers' range the ocean is dark, with it the mid-Atlantic has service", () => {
  const dark = { ...defaultPolicy, routes: { ...defaultPolicy.routes, laserRangeKm: 0 } };
  const ocean = [site("mid-atlantic", 30, -40, { heightM: 0 })];
  const bent = createPlanner({ elements: builtIn.elements, serviceOf, seed: 1, policy: dark });
  assert.deepEqual(bent.plan(first, ocean, null).unserved, [{ siteId: "mid-atlantic", reason: "noRoute" }]);
  const [link] = planner.plan(first, ocean, null).links;
  assert.ok(link?.hops.some(hop => hop.kind === "laser"));
});

test("diff names what moved, appeared and vanished, and nothing else", () => {
  const a = planner.plan(first, world, null);
  const b = planner.plan(first + 1, [...world.slice(1), site("new", 48, 16)], a);
  const changes = diffPlans(a, b);
  assert.deepEqual(diffPlans(a, a), []);
  assert.equal(changes.find(c => c.terminalId === "kyiv")?.after, null);
  assert.equal(changes.find(c => c.terminalId === "new")?.before, null);
  const still = world.slice(1).filter(({ id }) => {
    const [x, y] = [a, b].map(plan => plan.links.find(link => link.terminalId === id)!);
    return (
      x!.satellite.index === y!.satellite.index &&
      x!.gateway.id === y!.gateway.id &&
      x!.pop.code === y!.pop.code
    );
  });
  assert.equal(changes.length, world.length + 1 - still.length);
});

test("services are told from orbits as the shells say", () => {
  const byOrbit = createPlanner({ elements: builtIn.elements, seed: 7 });
  const wrong = byOrbit.serving.filter((serves, i) => serves !== planner.serving[i]).length;
  assert.ok(wrong < 0.01 * builtIn.elements.length, `${wrong}`);
});

test("satellites that SGP4 cannot place are passed over", () => {
  const made = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 1584, planes: 72, phasing: 17 },
    EPOCH,
  );
  assert.ok(made.ok);
  const broken: Elements[] = made.value.map((set, i) =>
    i % 2 === 0 ? { ...set, bstar: 50, eccentricity: 0.02 } : set,
  );
  const plan = createPlanner({
    elements: broken,
    serviceOf: () => "broadband",
    seed: 1,
    // Every second satellite is lost: three lasers each would leave islands.
    lasers: "plusGrid",
  }).plan(first + 9000, world, null);
  for (const link of plan.links) {
    assert.equal(link.satellite.index % 2, 1);
    assert.ok(link.oneWayMs.every(Number.isFinite));
  }
  assert.ok(plan.links.length > 5);
});
