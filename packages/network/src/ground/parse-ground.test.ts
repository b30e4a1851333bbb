// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CellTable, cellAt, cellCentre } from "@perigee/earth";
import fc from "fast-check";
import { builtInGround } from "../ground-segment.ts";
import { needs, recordedCsv } from "../testing/recorded-data.ts";
import { feedHomeAssignments } from "./feed-homes.ts";
import { GROUND_BOUNDS } from "./ground-error.ts";
import { assignHomes, parseHomeAssignments } from "./home-assignments.ts";
import { formatGroundSegment, parseGroundSegment } from "./parse-ground.ts";

const CSV = `kind,id,name,country,latDeg,lonDeg,minElevationDeg,kaAntennas,eAntennas,iata
gateway,oslo,"Oslo, ""north""",NO,60.1,10.8,,8,,
gateway,kemi,Kemi,NO,65.73,24.56,10,20,32,

pop,oslonor1,Oslo,NO,59.91,10.75,,,,osl
pop,test1,Oslo,NO,59.91,10.75,,,,
`;

function taken<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) assert.fail(result.error.message);
  return result.value;
}

test("a ground segment of one's own, as CSV", () => {
  const { gateways, pops } = taken(parseGroundSegment(CSV));
  assert.deepEqual(gateways[0], {
    id: "oslo",
    name: 'Oslo, "north"',
    country: "NO",
    latDeg: 60.1,
    lonDeg: 10.8,
    minElevationDeg: 5,
    antennas: 8,
    dishes: [{ band: "Ka", count: 8, upMbps: 20_000, downMbps: 12_400 }],
    basis: "given",
  });
  assert.equal(gateways[1]!.antennas, 52);
  assert.equal(gateways[1]!.minElevationDeg, 10);
  assert.deepEqual(
    pops.map(({ code, iata }) => [code, iata]),
    [
      ["oslonor1", "osl"],
      ["test1", null],
    ],
  );
  assert.deepEqual(parseGroundSegment(`\uFEFF${CSV.replaceAll("\n", "\r\n")}`), parseGroundSegment(CSV));
});

test("the built-in ground goes out as JSON and comes back the same", () => {
  const ground = builtInGround();
  const back = taken(parseGroundSegment(formatGroundSegment(ground)));
  assert.deepEqual(back.pops, ground.pops);
  assert.deepEqual(
    back.gateways,
    ground.gateways.map(gateway => ({ ...gateway, basis: "given" })),
  );
});

test("what is wrong is named, with its place", () => {
  const json = (change: (document: { gateways: object[]; pops: object[] }) => unknown) => {
    const document = JSON.parse(formatGroundSegment(taken(parseGroundSegment(CSV))));
    return JSON.stringify(change(document) ?? document);
  };
  const gateway = (fields: object) =>
    json(document => {
      Object.assign(document.gateways[1]!, fields);
    });
  const many = "gateway,a,A,NO,1,1,,8,,\n".repeat(GROUND_BOUNDS.gateways + 1);
  const cases: [text: string, code: string, place: string][] = [
    ["{", "syntax", "text"],
    ["", "empty", "text"],
    ["kind,id\n", "empty", "text"],
    ["kind,latitude\n", "shape", "line 1"],
    ["kind,kind\n", "shape", "line 1"],
    ['kind,id\ngateway,"a', "syntax", "line 2"],
    ["kind,id\ngateway\n", "shape", "line 2"],
    [`kind,id\n${",".repeat(GROUND_BOUNDS.fields)}\n`, "tooMany", "line 2"],
    [`kind,id\n${"a\n".repeat(GROUND_BOUNDS.assignments + 1)}`, "tooMany", "text"],
    ["kind,id\nteleport,a\n", "shape", "line 2, kind"],
    [CSV.replace("oslonor1", "test1"), "duplicate", "text"],
    [CSV.replace(",65.73,", ",95,"), "range", ".latDeg".replace(".", "line 3, ")],
    [CSV.replace(",65.73,", ",north,"), "shape", "line 3, latDeg"],
    [CSV.replace(",65.73,", ",1e1,"), "shape", "line 3, latDeg"],
    [CSV.replace(",20,32,", ",,,"), "range", "line 3, dishes"],
    [CSV.replace(",20,32,", ",2.5,32,"), "range", "line 3, kaAntennas"],
    [CSV.replace(",,,,osl", ",25,,,osl"), "shape", "line 5, minElevationDeg"],
    [CSV.slice(0, CSV.indexOf("pop,")), "empty", "text"],
    [`${CSV.split("\n")[0]}\n${many}`, "tooMany", "text"],
    [json(() => ({ gateways: [] })), "shape", ".pops"],
    [json(document => ({ ...document, lasers: [] })), "shape", ".lasers"],
    [json(document => ({ ...document, gateways: [7] })), "shape", ".gateways[0]"],
    [gateway({ latDeg: "65" }), "shape", ".gateways[1].latDeg"],
    [gateway({ country: "Norway" }), "range", ".gateways[1].country"],
    [gateway({ id: "a b" }), "range", ".gateways[1].id"],
    [gateway({ name: "x".repeat(81) }), "range", ".gateways[1].name"],
    [gateway({ colour: "red" }), "shape", ".gateways[1].colour"],
    [gateway({ minElevationDeg: 0 }), "range", ".gateways[1].minElevationDeg"],
    [gateway({ dishes: [] }), "range", ".gateways[1].dishes"],
    [gateway({ dishes: [{ band: "V", count: 1 }] }), "shape", ".gateways[1].dishes[0].band"],
    [gateway({ dishes: [{ band: "E", count: 0 }] }), "range", ".gateways[1].dishes[0].count"],
    [gateway({ dishes: Array(2).fill({ band: "E", count: 1 }) }), "duplicate", ".gateways[1].dishes"],
    ["x".repeat(GROUND_BOUNDS.textLength + 1), "tooLarge", "text"],
  ];
  for (const [text, code, place] of cases) {
    const result = parseGroundSegment(text);
    assert.ok(!result.ok, text.slice(0, 200));
    assert.equal(result.error.code, code, result.error.message);
    assert.equal(result.error.place, place, result.error.message);
    assert.ok(result.error.message.startsWith(place) && result.error.message.endsWith("."));
  }
});

test("no text makes the reader throw", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .tuple(fc.nat(CSV.length), fc.string({ maxLength: 3 }))
          .map(([at, extra]) => CSV.slice(0, at) + extra + CSV.slice(at + 1)),
      ),
      text => {
        const result = parseGroundSegment(text);
        if (result.ok) assert.ok(result.value.gateways.length > 0 && result.value.pops.length > 0);
      },
    ),
    { numRuns: 500 },
  );
});

test("homes that someone knows go before those that are computed, a cell's own before its country's", () => {
  const ground = taken(parseGroundSegment(CSV));
  const names = [cellAt(59.91, 10.75), cellAt(60.39, 5.32), cellAt(52.52, 13.4)].sort();
  const centres = names.map(name => cellCentre(name));
  const cells: CellTable = {
    count: names.length,
    id: BigUint64Array.from(names, name => BigInt(`0x${name}`)),
    latDeg: Float64Array.from(centres, ({ latDeg }) => latDeg),
    lonDeg: Float64Array.from(centres, ({ lonDeg }) => lonDeg),
    areaKm2: new Float64Array(3).fill(250),
    land: new Uint8Array(3).fill(1),
  };
  const assignments = taken(parseHomeAssignments(`country,pop,cell\nNO,test1,\n,osl,${names[1]}\n`, ground));
  assert.deepEqual(
    [...assignHomes(Int16Array.of(-1, -1, -1), cells, assignments, k => (k === 2 ? "NO" : null))],
    [-1, 0, 1],
  );
  for (const [text, code, place] of [
    ["cell,country,pop\n", "empty", "text"],
    ["country,pop\nNO,waw\n", "unknown", "line 2, pop"],
    [`cell,country,pop\n${names[0]},NO,osl\n`, "shape", "line 2"],
    ["cell,country,pop\n,,osl\n", "shape", "line 2"],
    ["cell,pop\n8a,osl\n", "range", "line 2, cell"],
    ["country,pop\nNorway,osl\n", "range", "line 2, country"],
    ["country,pop\nNO,osl\nNO,osl\n", "duplicate", "line 3, country"],
    [`cell,pop\n${names[0]},osl\n${names[0]},osl\n`, "duplicate", "line 3, cell"],
  ] as const) {
    const result = parseHomeAssignments(text, ground);
    assert.ok(!result.ok, text);
    assert.deepEqual([result.error.code, result.error.place], [code, place], result.error.message);
  }
});

test(
  "the feed's homes are PoPs of subscribers, a country once, and those the measurements name",
  needs("measure/countries.csv"),
  () => {
    const ground = builtInGround();
    const { countries } = feedHomeAssignments(ground);
    assert.equal(countries.size, 105);
    for (const [country, pop] of countries) {
      assert.match(country, /^[A-Z]{2}$/);
      assert.notEqual(ground.pops[pop]!.iata, null);
    }
    // ISO 3166-1 alpha-3 there; those whose alpha-2 code is not its first two letters.
    const odd: Record<string, string> = Object.fromEntries(
      "POL PL,UKR UA,SWE SE,BGD BD,URY UY,KOR KR,CHL CL,MNG MN".split(",").map(pair => pair.split(" ")),
    );
    let compared = 0;
    for (const row of recordedCsv("measure/countries.csv")) {
      const alpha3 = row["iso3"]!;
      const pop = countries.get(odd[alpha3] ?? alpha3.slice(0, 2));
      if (pop === undefined) continue;
      compared += 1;
      assert.equal(
        ground.pops[pop]!.iata,
        row["main_pop_iata"] === "alm" ? "ala" : row["main_pop_iata"],
        alpha3,
      );
    }
    assert.ok(compared >= 15, `${compared}`);
    assert.equal(feedHomeAssignments({ gateways: [], pops: [] }).countries.size, 0);
  },
);
