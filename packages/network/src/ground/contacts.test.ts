// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createPropagator, lookAnglesFrom, observerFrame, stateAt } from "@perigee/orbit";
import { builtInGround } from "../ground-segment.ts";
import { gsoArc, gsoSeparationDeg } from "../gso.ts";
import { GENERATIONS, generationsOf } from "../payload.ts";
import { defaultPolicy } from "../policy.ts";
import { GATEWAY_BANDS, shareAfterFade } from "./bands.ts";
import { createContactPlanner, defaultContactWeights, type GatewayContacts } from "./contacts.ts";
import { createGatewayWatch } from "./gateway-sky.ts";
import { matchContacts } from "./match-contacts.ts";
import { gatewayFade, userRainDb } from "./rain-fade.ts";
import { type ContactCase, loadSolver, optimum, worthOf } from "./testing/contact-optimum.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12, 0, 12);
const SLOT_MS = 15_000;
const builtIn = builtInElements(EPOCH);
const propagator = createPropagator(builtIn.elements);
const usable = Uint8Array.from(builtIn.elements, (_, i) =>
  builtIn.shells[builtIn.shellOf[i]!]!.service === "broadband" ? 1 : 0,
);
const generation = generationsOf(builtIn.elements);
const ground = builtInGround();
const policy = defaultPolicy.routes;
const planner = createContactPlanner({ ground, policy, generation });
const instants = [0, 1, 2].map(k => propagator.propagate(EPOCH + k * SLOT_MS));
const [start, end, later] = [instants[0]!, instants[1]!, instants[2]!];
const dry = planner.planContacts({ start, end, usable });
const siteOf = (id: string) => ground.gateways.findIndex(gateway => gateway.id === id);

/** What the sky really holds for one gateway, by trigonometry and golden-section search. */
function tracked(g: number): number[] {
  const gateway = ground.gateways[g]!;
  const frame = observerFrame({ ...gateway, altitudeKm: 0 });
  const arc = gsoArc(frame);
  return builtIn.elements
    .keys()
    .filter(
      i =>
        usable[i] === 1 &&
        [start, end].every(at => {
          const state = stateAt(at, i);
          if (lookAnglesFrom(frame, state).elevationDeg < gateway.minElevationDeg) return false;
          return gsoSeparationDeg(arc, state.xKm, state.yKm, state.zKm) >= policy.gatewayGsoSeparationDeg;
        }),
    )
    .toArray();
}

const rowsOf = (contacts: GatewayContacts) => [...contacts.satellite.keys()];
const landedBy = (contacts: GatewayContacts) => new Set(contacts.satellite);

test("every contact holds from start to end; no antenna and no port twice; sorted", () => {
  const antennas = new Map<string, number>();
  const ports = new Map<string, number>();
  const seen = ground.gateways.map((_, g) =>
    g % 9 === 0 || g === siteOf("kuparuk-ak") ? new Set(tracked(g)) : null,
  );
  const watched = createGatewayWatch(generation.length, ground, policy).look(start, [end], usable, new Set());
  seen.forEach((set, g) => {
    if (set === null) return;
    assert.deepEqual([...watched.satellite.subarray(watched.offset[g]!, watched.offset[g + 1]!)], [...set]);
  });
  let key = -1;
  for (const k of rowsOf(dry)) {
    const i = dry.satellite[k]!;
    const g = dry.gateway[k]!;
    const { band } = GATEWAY_BANDS[dry.band[k]!]!;
    const gateway = ground.gateways[g]!;
    assert.ok(seen[g]?.has(i) ?? true, `satellite ${i} over ${gateway.id}`);
    const look = lookAnglesFrom(observerFrame({ ...gateway, altitudeKm: 0 }), stateAt(start, i));
    assert.ok(look.elevationDeg >= gateway.minElevationDeg);
    assert.ok(Math.abs(look.elevationDeg - dry.elevationDeg[k]!) < 1e-3);
    assert.ok(Math.abs(look.rangeKm - dry.rangeKm[k]!) < 1e-3);
    const site = `${g} ${band}`;
    const port = `${i} ${band}`;
    antennas.set(site, (antennas.get(site) ?? 0) + 1);
    ports.set(port, (ports.get(port) ?? 0) + 1);
    assert.ok(antennas.get(site)! <= (gateway.dishes.find(dishes => dishes.band === band)?.count ?? 0));
    const links = GENERATIONS[generation[i]!]!.gatewayLinks.find(link => link.band === band);
    assert.ok(ports.get(port)! <= (links?.count ?? 0));
    const order = (i * ground.gateways.length + g) * 2 + dry.band[k]!;
    assert.ok(order > key);
    key = order;
  }
  assert.ok(dry.band.includes(1) && dry.band.includes(0));
});

test("over Europe: within 2.5 % of the bound of a linear programme", async t => {
  const sites = ["DE", "GB", "IE", "FR", "ES", "PT", "IT", "PL", "LT", "TR", "NL", "BG"];
  const europe = ground.gateways.filter(({ country }) => sites.includes(country));
  const sky = createGatewayWatch(generation.length, { gateways: europe, pops: [] }, policy).look(
    start,
    [end],
    usable,
    new Set(),
  );
  const pairs = europe.flatMap((_, g) =>
    [...sky.satellite.subarray(sky.offset[g]!, sky.offset[g + 1]!)].map((i, k) => ({
      i,
      g,
      rangeKm: sky.rangeKm[sky.offset[g]! + k]!,
    })),
  );
  const one: ContactCase = {
    choices: {
      count: pairs.length,
      satellite: Int32Array.from(pairs, ({ i }) => i),
      gateway: Int32Array.from(pairs, ({ g }) => g),
      band: new Uint8Array(pairs.length),
      upMbps: new Float32Array(pairs.length).fill(20_000),
      costMbps: Float32Array.from(pairs, ({ rangeKm }) => rangeKm * 3),
    },
    ends: {
      bands: 2,
      satellitePorts: new Uint8Array(2 * generation.length).fill(2),
      antennas: Uint16Array.from(europe.flatMap(() => [8, 0])),
      wantedMbps: Float32Array.from(generation, (_, i) => (i % 5) * 9000),
      landingMbps: 20_000,
      spareShare: 0.25,
    },
  };
  const value = worthOf(one, matchContacts(one.choices, one.ends, 12));
  const bound = optimum(await loadSolver(), one, true);
  t.diagnostic(`${pairs.length} pairs: ${((100 * value) / bound).toFixed(2)} % of the bound`);
  assert.ok(value <= bound + 1 && value > 0.975 * bound);
});

test("the slot before is kept where it is still good, at next to no cost in landings", t => {
  const calm = planner.planContacts({ start: end, end: later, usable, previous: dry });
  const fresh = planner.planContacts({ start: end, end: later, usable });
  const pairs = new Set(rowsOf(dry).map(k => `${dry.satellite[k]} ${dry.gateway[k]}`));
  const kept = (contacts: GatewayContacts) =>
    rowsOf(contacts).filter(k => pairs.has(`${contacts.satellite[k]} ${contacts.gateway[k]}`)).length /
    contacts.satellite.length;
  t.diagnostic(
    `kept ${kept(calm).toFixed(3)}, without the plan before ${kept(fresh).toFixed(3)}; ` +
      `${landedBy(calm).size} and ${landedBy(fresh).size} satellites land`,
  );
  assert.ok(kept(calm) > kept(fresh) && kept(calm) > 0.8);
  assert.ok(landedBy(calm).size > 0.99 * landedBy(fresh).size);
  assert.deepEqual(planner.planContacts({ start, end, usable }), dry, "earlier questions leave no trace");
});

test("a storm over one site: its satellites land elsewhere, and users around it keep theirs", () => {
  const site = siteOf("usingen-de");
  const { latDeg, lonDeg } = ground.gateways[site]!;
  const storm = (mmPerH: number) =>
    gatewayFade(ground, (lat, lon) => (Math.hypot(lat - latDeg, lon - lonDeg) < 0.5 ? mmPerH : 0));
  const before = rowsOf(dry).filter(k => dry.gateway[k] === site);
  assert.equal(before.length, ground.gateways[site]!.antennas);
  const rates = [0, 10, 40, 150].map(mmPerH => {
    const wet = planner.planContacts({ start, end, usable, previous: dry, fade: storm(mmPerH) });
    return rowsOf(wet).reduce((sum, k) => sum + (wet.gateway[k] === site ? wet.upMbps[k]! : 0), 0);
  });
  assert.equal(rates[0], 8 * 20_000);
  assert.ok(rates[1]! <= rates[0]! && rates[2]! < rates[1]! && rates[3] === 0, rates.join(" "));

  const wet = planner.planContacts({ start, end, usable, previous: dry, fade: storm(150) });
  assert.ok(!wet.gateway.includes(site) && wet.upMbps.every(mbps => mbps > 0));
  const landed = landedBy(wet);
  const moved = before.filter(k => landed.has(dry.satellite[k]!));
  // Antennas are scarce here: eight fewer of them let eight fewer satellites land, whichever.
  assert.ok(moved.length >= before.length / 2, `${moved.length} of ${before.length}`);
  assert.ok(landed.size >= landedBy(dry).size - before.length);
  const user = observerFrame({ latDeg, lonDeg, altitudeKm: 0 });
  const above = [...landed].filter(i => lookAnglesFrom(user, stateAt(start, i)).elevationDeg >= 25);
  assert.ok(above.length >= 8, `${above.length} satellites that land are above the storm`);
});

test("what is out of order has no contact; who wants more lands first", () => {
  const site = siteOf("aerzen-de");
  const gone = dry.satellite[0]!;
  const outage = { satellites: [gone], gateways: [site], pops: [0] };
  const less = planner.planContacts({ start, end, usable, outage });
  assert.ok(!less.gateway.includes(site) && !less.satellite.includes(gone));
  assert.ok(dry.gateway.includes(site));

  const alone = { gateways: [ground.gateways[site]!], pops: ground.pops };
  const only = createContactPlanner({ ground: alone, policy, generation });
  const wanted = new Float32Array(generation.length);
  const chosen = tracked(site)
    .filter((_, k) => k % 4 === 1)
    .slice(0, 8);
  assert.equal(chosen.length, 8);
  for (const i of chosen) wanted[i] = 15_000;
  const { satellite } = only.planContacts({ start, end, usable, wantedMbps: wanted });
  assert.deepEqual([...satellite], chosen);
  const weights = { ...defaultContactWeights, landingMbps: 0, spareShare: 0 };
  const unwanted = createContactPlanner({ ground: alone, policy, generation, weights });
  assert.equal(unwanted.planContacts({ start, end, usable, wantedMbps: wanted.fill(0) }).satellite.length, 0);
});

test("a link slows down with rain step by step, and is out beyond its margin", () => {
  for (const { clearSkySnrDb } of GATEWAY_BANDS) {
    assert.equal(shareAfterFade(clearSkySnrDb, 0), 1);
    for (let db = 0; db < 40; db += 0.5) {
      assert.ok(shareAfterFade(clearSkySnrDb, db + 0.5) <= shareAfterFade(clearSkySnrDb, db));
    }
    // QPSK 1/2 needs 1 dB: the margin is what the clear sky leaves above it.
    assert.equal(shareAfterFade(clearSkySnrDb, clearSkySnrDb - 1), 0.2);
    assert.equal(shareAfterFade(clearSkySnrDb, clearSkySnrDb - 0.9), 0);
  }
  const { downDb, upDb } = userRainDb(50, 60, 20);
  assert.ok(downDb > 0 && upDb > downDb && upDb < 10);
  assert.deepEqual(userRainDb(50, 60, 0), { downDb: 0, upDb: 0 });
});
