// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceKm } from "@perigee/earth";
import { builtInGround, nearestHomePop } from "./ground-segment.ts";
import { needs, recorded, recordedCsv } from "./recorded-data.ts";

const ground = builtInGround();

test("214 listed and 6 inferred gateways, 67 PoPs, each id once, each somewhere on Earth", () => {
  assert.equal(ground.gateways.filter(g => g.basis === "listed").length, 214);
  assert.equal(ground.gateways.filter(g => g.basis === "inferred").length, 6);
  assert.equal(ground.pops.length, 67);
  for (const ids of [ground.gateways.map(g => g.id), ground.pops.map(p => p.code)]) {
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z0-9-]+$/);
  }
  for (const { latDeg, lonDeg, country } of [...ground.gateways, ...ground.pops]) {
    assert.ok(Math.abs(latDeg) < 75 && Math.abs(lonDeg) <= 180);
    assert.match(country, /^[A-Z]{2}$/);
  }
  for (const { antennas, latDeg, minElevationDeg } of ground.gateways) {
    assert.ok(antennas >= 2 && antennas <= 80);
    assert.equal(minElevationDeg, Math.abs(latDeg) > 60 ? 5 : 25);
  }
});

test("home PoPs are where the public feed puts the country's subscribers", () => {
  const feed: [place: string, latDeg: number, lonDeg: number, code: string][] = [
    ["Kyiv", 50.45, 30.52, "wrswpol1"],
    ["Bucharest", 44.43, 26.1, "sfiabgr1"],
    ["Berlin", 52.52, 13.4, "frntdeu1"],
    ["Dublin", 53.35, -6.26, "lndngbr1"],
    ["Addis Ababa", 9.03, 38.74, "nrbiken1"],
    ["Seoul", 37.57, 126.98, "tkyojpn1"],
    ["Bishkek", 42.87, 74.59, "almykaz1"],
    ["Montevideo", -34.9, -56.19, "bnssarg1"],
    ["Reykjavik", 64.15, -21.94, "lndngbr1"],
    ["Harare", -17.83, 31.05, "jhngzaf1"],
  ];
  for (const [place, latDeg, lonDeg, code] of feed) {
    assert.equal(nearestHomePop(ground, latDeg, lonDeg)?.code, code, place);
  }
  assert.equal(nearestHomePop({ gateways: [], pops: [] }, 0, 0), null);
});

test(
  "positions agree with the lists they come from",
  needs("ground/pops.csv", "ground/gateways-2026-03.json"),
  () => {
    const pops = new Map(recordedCsv("ground/pops.csv").map(row => [row["code"], row]));
    for (const pop of ground.pops) {
      const row = pops.get(pop.code);
      assert.ok(row, pop.code);
      // One is given there by the middle of its country: the island of Lihir, Papua New Guinea.
      if (pop.code === "lhrrpng1") continue;
      assert.ok(distanceKm(pop, { latDeg: Number(row["lat"]), lonDeg: Number(row["lon"]) }) < 1, pop.code);
    }
    const { stations } = JSON.parse(recorded("ground/gateways-2026-03.json")) as {
      stations: { name: string; lat: number; lon: number; status: string; type: string }[];
    };
    const listed = stations.filter(s => s.type === "gateway" && s.status === "operational");
    const near = ground.gateways.filter(g =>
      listed.some(
        s => distanceKm(g, { latDeg: s.lat, lonDeg: s.lon }) < 20 && s.name.startsWith(g.name.slice(0, 3)),
      ),
    );
    assert.ok(near.length >= 185, `${near.length}`);
  },
);
