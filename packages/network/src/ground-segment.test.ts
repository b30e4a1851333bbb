// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceKm } from "@perigee/earth";
import { builtInGround, nearestHomePop } from "./ground-segment.ts";
import { needs, recorded, recordedCsv } from "./testing/recorded-data.ts";

const ground = builtInGround();

test("214 listed and 9 inferred gateways, 67 PoPs, each id once, each somewhere on Earth", () => {
  assert.equal(ground.gateways.filter(g => g.basis === "listed").length, 214);
  assert.equal(ground.gateways.filter(g => g.basis === "inferred").length, 9);
  assert.equal(ground.pops.length, 67);
  for (const ids of [ground.gateways.map(g => g.id), ground.pops.map(p => p.code)]) {
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z0-9-]+$/);
  }
  for (const { latDeg, lonDeg, country } of [...ground.gateways, ...ground.pops]) {
    assert.ok(Math.abs(latDeg) < 75 && Math.abs(lonDeg) <= 180);
    assert.match(country, /^[A-Z]{2}$/);
  }
  for (const { antennas, dishes, latDeg, minElevationDeg } of ground.gateways) {
    assert.ok(antennas >= 2 && antennas <= 80);
    assert.equal(
      dishes.reduce((sum, { count }) => sum + count, 0),
      antennas,
    );
    assert.equal(minElevationDeg, Math.abs(latDeg) > 60 ? 5 : 25);
  }
});

test("the nearest PoP is the nearest of those that are a home", () => {
  assert.equal(nearestHomePop(ground, 50.45, 30.52)?.code, "wrswpol1");
  // The PoP of Mumbai is nearer, and home to nobody yet.
  assert.equal(nearestHomePop(ground, 19.08, 72.88)?.code, "dhkabgd1");
  const twins = ["b", "a", "c"].map(code => ({ ...ground.pops[1]!, code }));
  assert.equal(nearestHomePop({ gateways: [], pops: twins }, 0, 0)?.code, "a");
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

test("antennas by band agree with the map of 2023", needs("ground/gateways-2023.csv"), t => {
  // Names are quoted and hold commas: the columns are read from the right.
  const rows = recorded("ground/gateways-2023.csv")
    .trim()
    .split("\n")
    .slice(1)
    .map(line => {
      const [latDeg, lonDeg] = line.split(",").map(Number);
      const [, , antennas, band] = line.split(",").reverse();
      return { latDeg: latDeg!, lonDeg: lonDeg!, antennas: Number(antennas), band };
    });
  let compared = 0;
  let same = 0;
  for (const gateway of ground.gateways) {
    const near = rows.filter(row => distanceKm(row, gateway) < 2);
    for (const { band, count } of gateway.dishes) {
      const counts = near.filter(row => row.band === band).map(({ antennas }) => antennas);
      if (counts.length === 0) continue;
      compared += 1;
      if (counts.includes(count)) same += 1;
    }
  }
  t.diagnostic(`${same} of ${compared} agree`);
  assert.ok(compared > 200 && same === compared, `${same} of ${compared}`);
  assert.equal(ground.gateways.filter(({ dishes }) => dishes.some(({ band }) => band === "E")).length, 28);
});
