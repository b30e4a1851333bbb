// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundaryViews, destination, type Place, placeOf } from "./index.ts";

const { un, ua, ru, undetermined } = boundaryViews;
type Row = readonly [name: string, latDeg: number, lonDeg: number, country: string | null];

test("cities lie in their country", () => {
  const cities: readonly Row[] = [
    ["Kyiv", 50.4501, 30.5234, "UA"],
    ["Kherson", 46.6354, 32.6169, "UA"],
    ["Henichesk", 46.1772, 34.8033, "UA"],
    ["Chasiv Yar", 48.588, 37.834, "UA"],
    ["Donetsk in Ukraine", 48.023, 37.802, "UA"],
    ["Donetsk in Russia", 48.337, 39.952, "RU"],
    ["Sevastopol", 44.6166, 33.5254, "UA"],
    ["Simferopol", 44.9521, 34.1024, "UA"],
    ["Odesa", 46.4825, 30.7233, "UA"],
    ["Uzhhorod", 48.6208, 22.2879, "UA"],
    ["Moscow", 55.7558, 37.6173, "RU"],
    ["Belgorod", 50.5977, 36.5858, "RU"],
    ["Kaliningrad", 54.7104, 20.4522, "RU"],
    ["Provideniya", 64.4235, -173.2258, "RU"],
    ["Warsaw", 52.2297, 21.0122, "PL"],
    ["Rzeszów", 50.0412, 21.9991, "PL"],
    ["Minsk", 53.9045, 27.5615, "BY"],
    ["Chișinău", 47.0105, 28.8638, "MD"],
    ["Bucharest", 44.4268, 26.1025, "RO"],
    ["Berlin", 52.52, 13.405, "DE"],
    ["Copenhagen", 55.6761, 12.5683, "DK"],
    ["Amsterdam", 52.3676, 4.9041, "NL"],
    ["Edinburgh", 55.9533, -3.1883, "GB"],
    ["Dublin", 53.3498, -6.2603, "IE"],
    ["Paris", 48.8566, 2.3522, "FR"],
    ["Vatican", 41.9029, 12.4534, "VA"],
    ["Maseru", -29.3142, 27.4833, "LS"],
    ["Dubai", 25.2048, 55.2708, "AE"],
    ["Muscat", 23.588, 58.3829, "OM"],
    ["Doha", 25.2854, 51.531, "QA"],
    ["Tehran", 35.6892, 51.389, "IR"],
    ["Singapore", 1.2903, 103.852, "SG"],
    ["Johor Bahru", 1.4927, 103.7414, "MY"],
    ["Jakarta", -6.2088, 106.8456, "ID"],
    ["Tokyo", 35.6762, 139.6503, "JP"],
    ["Seoul", 37.5665, 126.978, "KR"],
    ["Kaesong", 37.9708, 126.5544, "KP"],
    ["Suva", -18.1416, 178.4419, "FJ"],
    ["Wellington", -41.2924, 174.7787, "NZ"],
    ["Sydney", -33.8688, 151.2093, "AU"],
    ["Ulukhaktok", 70.736, -117.771, "CA"],
    ["Windsor", 42.3149, -83.0364, "CA"],
    ["Detroit", 42.3314, -83.0458, "US"],
    ["Honolulu", 21.3069, -157.8583, "US"],
    ["Anchorage", 61.2181, -149.9003, "US"],
    ["San Juan", 18.4655, -66.1057, "US"],
    ["Mexico City", 19.4326, -99.1332, "MX"],
    ["Port-au-Prince", 18.5944, -72.3074, "HT"],
    ["Brasília", -15.7939, -47.8828, "BR"],
    ["Ushuaia", -54.8019, -68.303, "AR"],
    ["Khartoum", 15.5007, 32.5599, "SD"],
    ["Kinshasa", -4.4419, 15.2663, "CD"],
    ["Brazzaville", -4.2634, 15.2429, "CG"],
    ["Nuuk", 64.1743, -51.7373, "DK"],
    ["Longyearbyen", 78.2232, 15.6267, "NO"],
    ["Malé", 4.1755, 73.5093, "MV"],
    ["McMurdo", -77.8419, 166.6863, null],
    ["South Pole", -90, 0, null],
  ];
  for (const [name, latDeg, lonDeg, country] of cities) {
    const place = placeOf(latDeg, lonDeg, un);
    assert.equal(place.country, country, name);
    assert.equal(place.zone, "land", name);
    assert.ok(place.insidePolygon === (place.distanceKm === 0), name);
  }
});

test("territories have ISO's code where ISO gave one, else their Wikidata item", () => {
  const territoryAt = (latDeg: number, lonDeg: number) => placeOf(latDeg, lonDeg, un).territory;
  assert.equal(territoryAt(18.4655, -66.1057), "PR");
  assert.equal(territoryAt(64.1743, -51.7373), "GL");
  assert.equal(territoryAt(22.3193, 114.1694), "HK");
  assert.equal(territoryAt(44.9521, 34.1024), "Q7835");
  assert.equal(territoryAt(42.6629, 21.1655), "Q1246");
  assert.equal(placeOf(44.9521, 34.1024, un).territoryName, "Crimea");
});

test("eight nautical miles off a coast is its territorial sea", () => {
  const ships: readonly Row[] = [
    ["west of Cabo da Roca", 38.78, -9.67, "PT"],
    ["south-east of Odesa", 46.36, 30.88, "UA"],
    ["west of Cape Khersones", 44.583, 33.19, "UA"],
    ["off Miami Beach", 25.79, -79.98, "US"],
    ["west of Mumbai", 18.92, 72.66, "IN"],
    ["east of Sydney", -33.85, 151.45, "AU"],
    ["north-west of Dubai", 25.28, 55.13, "AE"],
    ["north of Novorossiysk's cape", 44.5, 37.8, "RU"],
    ["Strait of Dover, nearer to Kent", 51.07, 1.45, "GB"],
    ["Strait of Dover, nearer to Artois", 50.93, 1.52, "FR"],
    // Here the border data's outlines, drawn in haste at sea, would name the other shore.
    ["Sea of Azov, off the Arabat Spit", 45.757, 35.298, "UA"],
    ["south of Çeşme, Chios being farther", 38.071, 26.464, "TR"],
    ["south-west of Gedser, Rostock being farther", 54.448, 12.098, "DK"],
  ];
  for (const [name, latDeg, lonDeg, country] of ships) {
    const place = placeOf(latDeg, lonDeg, un);
    assert.equal(place.zone, "territorialSea", `${name}: ${place.distanceKm} km`);
    assert.equal(place.country, country, name);
    assert.ok(place.distanceKm > 5 && place.distanceKm <= 22.224 && !place.insidePolygon, name);
  }
});

test("far from every coast nobody is at home", () => {
  const open: readonly (readonly [string, number, number])[] = [
    ["middle of the Black Sea", 43.3, 34.0],
    ["North Atlantic", 40, -40],
    ["Gulf of Guinea at 0° N 0° E", 0, 0],
    ["Point Nemo", -48.8767, -123.3933],
    ["Bay of Bengal", 12, 88],
    ["North Sea", 56, 3],
    ["on the antimeridian", 30, 180],
    ["North Pole", 90, 0],
  ];
  for (const [name, latDeg, lonDeg] of open) {
    const place = placeOf(latDeg, lonDeg, un);
    assert.equal(place.territory, "HIGH_SEAS", name);
    assert.equal(place.country, null, name);
    assert.equal(place.zone, "highSea", name);
  }
});

test("Point Nemo is as far from land as published: 2,688 km (H. Lukatela, 1992), within 0.5 %", () => {
  const { distanceKm } = placeOf(-48.8767, -123.3933, un);
  assert.ok(Math.abs(distanceKm - 2688) < 2688 * 0.005, `${distanceKm}`);
});

test("the walk out to sea passes land, tolerance, territorial sea and high sea in this order, by distance alone", () => {
  const cape = { latDeg: 38.7806, lonDeg: -9.5 };
  const zones: string[] = [];
  for (let km = -2; km < 40; km += 0.25) {
    const { latDeg, lonDeg } = destination(cape, 270, km);
    const place = placeOf(latDeg, lonDeg, un);
    zones.push(place.zone);
    const expected =
      place.distanceKm <= 5 ? "land" : place.distanceKm <= 22.224 ? "territorialSea" : "highSea";
    assert.equal(place.zone, expected);
  }
  const changes = zones.filter((zone, i) => zone !== zones[i - 1]);
  assert.deepEqual(changes, ["land", "territorialSea", "highSea"]);
});

test("Crimea belongs to whom the view says, and the view changes nothing else about the place", () => {
  const at = (view: typeof un): Place => placeOf(44.6166, 33.5254, view);
  const { country: _, ...elsewise } = at(un);
  const byView = Object.entries({ un, ua, ru, undetermined }).map(([id, view]) => {
    const { country, ...rest } = at(view);
    assert.deepEqual(rest, elsewise);
    return [id, country];
  });
  assert.deepEqual(Object.fromEntries(byView), { un: "UA", ua: "UA", ru: "RU", undetermined: null });
  // A territory no view lists stays with its own country under all of them.
  for (const view of Object.values(boundaryViews)) assert.equal(placeOf(50.45, 30.52, view).country, "UA");
});

test("other disputes the data can express", () => {
  const byView = (latDeg: number, lonDeg: number) =>
    [un, ua, ru, undetermined].map(view => placeOf(latDeg, lonDeg, view).country);
  assert.deepEqual(byView(42.6629, 21.1655), [null, "RS", "RS", null], "Pristina");
  assert.deepEqual(byView(35.195, 33.364), ["CY", "CY", "CY", null], "north Nicosia");
  assert.deepEqual(byView(25.033, 121.5654), ["TW", "TW", "CN", null], "Taipei");
  assert.deepEqual(byView(31.9038, 35.2034), ["PS", "PS", "PS", null], "Ramallah");
  assert.deepEqual(byView(26.158, -10.567), [null, "EH", "EH", null], "Tifariti");
  assert.deepEqual(byView(21.87, 33.74), [null, null, null, null], "Bir Tawil");
});

test("dry ground that the border data leaves to nobody is said to be so", () => {
  const place = placeOf(10.377, 114.366, un);
  assert.equal(place.territory, "UNASSIGNED");
  assert.equal(place.country, null);
  assert.equal(place.zone, "land");
});

test("a longitude of 180 and one of -180 are one meridian, and at a pole every longitude is", () => {
  fc.assert(
    fc.property(fc.double({ min: -90, max: 90, noNaN: true }), latDeg => {
      const [east, west] = [placeOf(latDeg, 180, un), placeOf(latDeg, -180, un)];
      assert.deepEqual({ ...east, distanceKm: 0 }, { ...west, distanceKm: 0 });
      assert.ok(Math.abs(east.distanceKm - west.distanceKm) < 1e-6);
    }),
  );
  for (const lonDeg of [-180, -90, 0, 17, 179]) {
    assert.deepEqual(placeOf(-90, lonDeg, un), placeOf(-90, 0, un));
    assert.equal(placeOf(90, lonDeg, un).territory, "HIGH_SEAS");
  }
});

test("a position that is none is a bug of the caller", () => {
  assert.throws(() => placeOf(91, 0, un), RangeError);
  assert.throws(() => placeOf(0, Number.NaN, un), RangeError);
});
