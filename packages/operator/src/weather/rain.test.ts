// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { rainRateAt, syntheticWeather } from "@perigee/earth";
import { builtInGround, GATEWAY_BANDS, slotAt } from "@perigee/network";
import { builtInConstellation } from "../constellation.ts";
import { NetworkService } from "../network-service.ts";
import { AT_MS, siteAt, WARSAW } from "../planet/testing/region.ts";
import { GatewayRain } from "./gateway-rain.ts";
import { createRain } from "./rain.ts";

const HOUR_MS = 3_600_000;
const squall = {
  ...WARSAW,
  radiusKm: 30,
  peakMmPerH: 60,
  fromS: 3600,
  untilS: 7200,
  driftKmH: 0,
  bearingDeg: 0,
  rampS: 0,
};

test("no weather is no rain; a scenario's cells rain where and when it says", () => {
  assert.equal(createRain(null, AT_MS), null);
  const rain = createRain({ cells: [squall] }, AT_MS)!;
  const rates = [0, 3_599_999, 3_600_000, 7_199_999, 7_200_000].map(ms =>
    rain.rateAt(WARSAW.latDeg, WARSAW.lonDeg, AT_MS + ms),
  );
  assert.deepEqual(rates, [0, 0, 60, 60, 0]);
  assert.equal(rain.rateAt(WARSAW.latDeg + 2, WARSAW.lonDeg, AT_MS + 4_000_000), 0);
});

test("rain from a seed is the same however it is asked for", () => {
  const wide = syntheticWeather({
    seed: 5,
    fromMs: AT_MS,
    untilMs: AT_MS + 12 * HOUR_MS,
    areas: [{ latDeg: 51, lonDeg: 10, radiusKm: 700 }],
  });
  const rain = createRain({ seed: 5 }, 0)!;
  let wet = 0;
  for (let k = 0; k < 150; k++) {
    const [latDeg, lonDeg] = [48 + ((k * 7) % 60) / 10, 5 + ((k * 13) % 110) / 10];
    // Now ahead, now back: over the edges of what is made at a time.
    const atMs = AT_MS + ((k * 5) % 12) * HOUR_MS + k * 1000;
    const rate = rain.rateAt(latDeg, lonDeg, atMs);
    assert.equal(rate, rainRateAt(wide, latDeg, lonDeg, atMs));
    if (rate > 0) wet += 1;
    if (k === 0) assert.equal(rain.snapshotAt(atMs).rateAt(latDeg, lonDeg), rate);
  }
  assert.ok(wet > 3, `${wet} wet places`);
});

test("gateways keep one rain for a span of slots, and none where all are dry", () => {
  const ground = builtInGround();
  const policy = { routes: { contactSlots: 4 } } as ConstructorParameters<typeof GatewayRain>[0]["policy"];
  const first = Math.ceil(slotAt(AT_MS + HOUR_MS) / 4) * 4;
  const [place] = ground.gateways;
  const rain = createRain({ cells: [{ ...squall, latDeg: place!.latDeg, lonDeg: place!.lonDeg }] }, AT_MS)!;
  const over = new GatewayRain({ ground, policy }, rain);
  assert.equal(over.in(first - 8), undefined);
  const fade = over.in(first)!;
  assert.equal(over.in(first + 3), fade);
  assert.notEqual(over.in(first + 4), fade);
  assert.ok(fade(0)!(GATEWAY_BANDS[0]!.upGHz, 45) > 1);
  assert.equal(fade(ground.gateways.findIndex(g => Math.abs(g.latDeg - place!.latDeg) > 5)), null);
});

test("a link through rain carries less, or nothing at all, and is told of", () => {
  const slot = slotAt(AT_MS) + 1;
  const constellation = builtInConstellation(AT_MS, AT_MS);
  const site = { ...siteAt("t", WARSAW), downMbps: 5_000, upMbps: 500 };
  const dryPlace = siteAt("dry", { latDeg: 40, lonDeg: -3.7 });
  const linkIn = (peakMmPerH: number) => {
    const rain = createRain({ cells: [{ ...squall, fromS: 0, peakMmPerH }] }, AT_MS);
    const { plan, rainedOn } = new NetworkService(constellation, 1, rain).plan(slot, [site, dryPlace]);
    assert.deepEqual(rainedOn, ["t"]);
    return plan.links;
  };
  const dry = new NetworkService(constellation, 1).plan(slot, [site, dryPlace]);
  assert.deepEqual(dry.rainedOn, []);
  const [before, elsewhere] = dry.plan.links;
  const [rained, alsoElsewhere] = linkIn(60);
  assert.ok(rained!.downMbps < before!.downMbps && rained!.upMbps < before!.upMbps);
  assert.equal(rained!.lossProbability, before!.lossProbability);
  assert.deepEqual(
    [alsoElsewhere!.downMbps, alsoElsewhere!.upMbps],
    [elsewhere!.downMbps, elsewhere!.upMbps],
    "dry places are not touched",
  );
  const [out] = linkIn(300);
  assert.ok(out!.downMbps > 0 && out!.downMbps < 1);
  assert.equal(out!.lossProbability, 1);
});
