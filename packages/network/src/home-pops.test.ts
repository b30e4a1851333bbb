// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, cellCentre } from "@perigee/earth";
import { builtInElements, createPropagator, lookAnglesFrom, observerFrame } from "@perigee/orbit";
import { nearestHomePop } from "./ground-segment.ts";
import { gsoArc, gsoSeparationDeg } from "./gso.ts";
import { sampleInstantsMs } from "./network-sample.ts";
import { createPlanner } from "./plan.ts";
import { defaultPolicy } from "./policy.ts";
import { LIGHT_KM_PER_MS } from "./routing/laser-geometry.ts";
import { bellmanFord, linksUp } from "./testing/bellman-ford.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);
const builtIn = builtInElements(EPOCH);
const planner = createPlanner({
  elements: builtIn.elements,
  serviceOf: i => builtIn.shells[builtIn.shellOf[i]!]!.service,
  seed: 7,
});
const { homes, ground } = planner;

/** Spread over the globe between 64 degrees south and north: golden section in height, golden angle around. */
const spread = (count: number) =>
  Array.from({ length: count }, (_, k) =>
    cellAt((Math.asin(0.9 - 1.8 * ((k * 0.618_034) % 1)) * 180) / Math.PI, ((k * 137.508) % 360) - 180),
  );

test("every delay to every PoP, and the least of them: by Bellman and Ford from all PoPs, a tenth of the fleet", () => {
  const elements = builtIn.elements.filter((_, i) => i % 10 === 0);
  const policy = { ...defaultPolicy, home: { samples: 3, stepMin: 41 } };
  const sparse = createPlanner({ elements, serviceOf: () => "broadband", seed: 1, policy, ground });
  const propagator = createPropagator(elements);
  const pops = ground.pops.filter(pop => pop.iata !== null);
  const samples = [0, 41, 82].map(minutes => {
    const fleet = propagator.propagate(EPOCH + minutes * 60_000);
    const links = linksUp(
      fleet,
      fleet,
      sparse.serving,
      { offset: sparse.topology.rows.offset, neighbour: sparse.topology.rows.to },
      ground,
      policy.routes,
    );
    return { fleet, delays: pops.map(pop => bellmanFord(links, ground, pop, policy.routes)) };
  });
  const { minElevationDeg, userGsoSeparationDeg } = policy.scheduler;
  let gaps = 0;
  for (const cell of [cellAt(50.45, 30.52), cellAt(9.23, 29.83), cellAt(70.736, -117.768), ...spread(40)]) {
    const centre = cellCentre(cell);
    const frame = observerFrame({ ...centre, altitudeKm: 0 });
    const arc = gsoArc(frame);
    const rows = samples
      .map(({ fleet, delays }) =>
        delays.map(delayMs => {
          let least = Number.POSITIVE_INFINITY;
          delayMs.forEach((ms, i) => {
            const at = { xKm: fleet.xKm[i]!, yKm: fleet.yKm[i]!, zKm: fleet.zKm[i]! };
            if (!(ms < least)) return;
            const look = lookAnglesFrom(frame, at);
            if (look.elevationDeg < minElevationDeg) return;
            if (gsoSeparationDeg(arc, at.xKm, at.yKm, at.zKm) < userGsoSeparationDeg) return;
            least = Math.min(least, ms + look.rangeKm / LIGHT_KM_PER_MS);
          });
          return least;
        }),
      )
      .filter(row => row[0]! < Number.POSITIVE_INFINITY);
    gaps += 3 - rows.length;
    const found = sparse.homes.meanDelays(centre.latDeg, centre.lonDeg);
    if (rows.length === 0) {
      assert.deepEqual(found, []);
      assert.equal(sparse.homes.homeOf(cell), nearestHomePop(ground, centre.latDeg, centre.lonDeg));
      continue;
    }
    const means = pops.map((_, p) => rows.reduce((sum, row) => sum + row[p]!, 0) / rows.length);
    assert.equal(found.length, pops.length);
    for (const { pop, oneWayMs } of found) {
      assert.ok(
        Math.abs(oneWayMs - means[pops.indexOf(pop)]!) < 1e-9,
        `${cell} to ${pop.code}: ${oneWayMs}, not ${means[pops.indexOf(pop)]}`,
      );
    }
    // Ties are real: two PoPs beside gateways, each of which is the way to both at one of two instants.
    const home = means[pops.indexOf(sparse.homes.homeOf(cell)!)]!;
    assert.ok(home - Math.min(...means) < 1e-9, `${cell}: ${home}`);
  }
  // A tenth of the fleet leaves holes: the test has seen places with a route now and then, or never.
  assert.ok(gaps > 0);
});

test("the whole fleet: the home that the short search proves is the one that the full search finds", t => {
  let notNearest = 0;
  for (const cell of spread(20)) {
    const { latDeg, lonDeg } = cellCentre(cell);
    const home = homes.homeOf(cell)!;
    assert.equal(home.code, homes.meanDelays(latDeg, lonDeg)[0]!.pop.code, cell);
    if (home !== nearestHomePop(ground, latDeg, lonDeg)) notNearest += 1;
  }
  t.diagnostic(`${notNearest} of 20 homes are not the nearest PoP`);
  assert.ok(notNearest > 0);
});

test("homes are where the public feed puts the country's subscribers", t => {
  const feed: [place: string, latDeg: number, lonDeg: number, iata: string][] = [
    ["Kyiv", 50.45, 30.52, "waw"],
    ["Odesa", 46.48, 30.73, "sof"],
    ["Chasiv Yar", 48.588, 37.834, "waw"],
    ["Warsaw", 52.23, 21.01, "waw"],
    ["Vilnius", 54.69, 25.28, "waw"],
    ["Constanța", 44.17, 28.64, "sof"],
    ["Bucharest", 44.43, 26.1, "sof"],
    ["Tbilisi", 41.72, 44.79, "sof"],
    ["Berlin", 52.52, 13.4, "fra"],
    ["Dublin", 53.35, -6.26, "lhr"],
    ["Rome", 41.9, 12.5, "mxp"],
    ["Lisbon", 38.72, -9.14, "mad"],
    ["Bentiu", 9.23, 29.83, "nbo"],
    ["Nanyuki", 0.017, 37.07, "nbo"],
    ["Addis Ababa", 9.03, 38.74, "nbo"],
    ["Accra", 5.6, -0.19, "los"],
    ["Seoul", 37.57, 126.98, "nrt"],
    ["Bishkek", 42.87, 74.59, "ala"],
    ["Santiago", -33.45, -70.67, "scl"],
    ["Brussels", 50.85, 4.35, "fra"],
    ["Baku", 40.41, 49.87, "sof"],
    ["Kansas", 38.45, -98.2, "mci"],
    ["Ulukhaktok", 70.736, -117.768, "sea"],
    // By the two landings that are inferred for them.
    ["Harare", -17.83, 31.05, "jnb"],
    ["Gaborone", -24.65, 25.91, "jnb"],
    ["Maputo", -25.97, 32.57, "jnb"],
    ["Montevideo", -34.9, -56.19, "eze"],
  ];
  for (const [place, latDeg, lonDeg, iata] of feed) {
    const cell = cellAt(latDeg, lonDeg);
    const centre = cellCentre(cell);
    const [first, second] = homes.meanDelays(centre.latDeg, centre.lonDeg);
    const figures = [first!, second!].map(({ pop, oneWayMs }) => `${pop.iata} ${oneWayMs.toFixed(2)} ms`);
    t.diagnostic(`${place}: ${figures.join(", ")}`);
    assert.equal(homes.homeOf(cell)?.iata, iata, place);
  }
  // Where the feed says otherwise: no list names a gateway near the PoP of Kampala, so that the way to it leads through
  // Nairobi's and a long fibre.
  assert.equal(homes.homeOf(cellAt(0.32, 32.58))?.iata, "nbo", "Kampala, fed by ebb");
});

test("samples follow the elements' median epoch and nothing else", () => {
  const late = builtIn.elements
    .slice(0, 5)
    .map((set, i) => ({ ...set, epochDayMs: set.epochDayMs + i * 864e5 }));
  const [a, b, c, d, e] = late;
  const twoDays = EPOCH + 2 * 864e5;
  assert.deepEqual(sampleInstantsMs([d!, a!, e!, c!, b!], { samples: 3, stepMin: 10 }), [
    twoDays,
    twoDays + 600_000,
    twoDays + 1_200_000,
  ]);
  assert.deepEqual(sampleInstantsMs([], defaultPolicy.home), []);
});

test("where no delay is known the nearest PoP is home; only cells have a home", () => {
  const kyiv = cellAt(50.45, 30.52);
  const bentiu = cellAt(9.23, 29.83);
  for (const options of [
    { elements: [] },
    { elements: builtIn.elements.slice(0, 50), ground: { gateways: [], pops: ground.pops } },
    { elements: builtIn.elements, policy: { ...defaultPolicy, home: { samples: 0, stepMin: 1 } } },
  ]) {
    const lost = createPlanner({ seed: 1, serviceOf: () => "broadband", ...options }).homes;
    assert.equal(lost.homeOf(kyiv)?.iata, "waw");
    assert.equal(lost.homeOf(bentiu)?.iata, "ebb");
    assert.deepEqual(lost.meanDelays(50.45, 30.52), []);
  }
  const nowhere = createPlanner({ elements: [], seed: 1, ground: { gateways: [], pops: [] } }).homes;
  assert.equal(nowhere.homeOf(kyiv), null);
  assert.equal(nowhere.homeOf(kyiv), null);
  assert.throws(() => homes.homeOf("Kyiv"), RangeError);
});

test("a home that was forgotten comes out the same", () => {
  const few = createPlanner({
    elements: builtIn.elements.filter((_, i) => i % 100 === 0),
    serviceOf: () => "broadband",
    seed: 1,
    ground: { gateways: ground.gateways.filter((_, g) => g % 20 === 0), pops: ground.pops },
  }).homes;
  const cells = spread(4400);
  const first = cells.slice(0, 300).map(cell => few.homeOf(cell)?.code);
  for (const cell of cells) few.homeOf(cell);
  assert.deepEqual(
    cells.slice(0, 300).map(cell => few.homeOf(cell)?.code),
    first,
  );
});
