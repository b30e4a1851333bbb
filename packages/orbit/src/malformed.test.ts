// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { ELEMENTS_BOUNDS, type ElementsErrorCode } from "./elements.ts";
import { parseOmmJson } from "./omm.ts";
import { parseElements } from "./parse.ts";
import { parseTle } from "./tle.ts";
import { checksumOf } from "./tle-fields.ts";

const NAME = "ISS (ZARYA)";
const L1 = "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927";
const L2 = "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537";

/** Overwrites columns from `column` (counted from 1) and makes the checksum right again. */
function edit(line: string, column: number, text: string): string {
  const edited = line.slice(0, column - 1) + text + line.slice(column - 1 + text.length);
  return edited.slice(0, 68) + checksumOf(edited);
}
const tle = (...lines: string[]) => lines.join("\n");

type Case = readonly [what: string, text: string, code: ElementsErrorCode, place: string];

const TLE_CASES: readonly Case[] = [
  ["nothing", "", "empty", "text"],
  ["blank lines", "\r\n  \n\n", "empty", "text"],
  ["a name alone", NAME, "truncated", "line 1"],
  ["line 2 missing at the end", tle(NAME, L1), "truncated", "line 2"],
  ["line 2 missing in the middle", tle(NAME, L1, "", NAME, L1, L2), "truncated", "line 4"],
  ["line 2 first", tle(L2, L1), "lineOrder", "line 1"],
  ["two names", tle(NAME, "ISS", L1, L2), "lineOrder", "line 2"],
  ["a page of HTML", tle("<!doctype html>", "<html>", "</html>"), "lineOrder", "line 2"],
  ["a long name", tle("X".repeat(81), L1, L2), "format", "line 1"],
  ["a control character in the name", tle("IS\u0007S", L1, L2), "format", "line 1"],
  ["line 1 cut", tle(NAME, L1.slice(0, 60), L2), "lineLength", "line 2"],
  ["line 2 with more", tle(L1, `${L2} 0`), "lineLength", "line 2"],
  ["a digit flipped", tle(L1, L2.replace("51.6416", "51.6516")), "checksum", "line 2, column 69"],
  ["no checksum", tle(`${L1.slice(0, 68)}X`, L2), "checksum", "line 1, column 69"],
  ["fields shifted", tle(edit(L1, 18, "0"), L2), "columns", "line 1, column 18"],
  ["a tab between fields", tle(L1, edit(L2, 8, "\t")), "columns", "line 2, column 8"],
  ["letters I and O of Alpha-5", tle(edit(L1, 3, "I5544"), L2), "format", "line 1, columns 3-7"],
  ["numbers that differ", tle(L1, edit(L2, 3, "25545")), "mismatch", "line 2, columns 3-7"],
  ["catalogue number 0", tle(edit(L1, 3, "00000"), edit(L2, 3, "00000")), "range", "line 1, columns 3-7"],
  ["an unknown classification", tle(edit(L1, 8, "X"), L2), "format", "line 1, column 8"],
  ["a broken designator", tle(edit(L1, 10, "98A67A"), L2), "format", "line 1, columns 10-17"],
  ["letters in the epoch", tle(edit(L1, 19, "O8264"), L2), "format", "line 1, columns 19-32"],
  ["day 0", tle(edit(L1, 19, "08000"), L2), "range", "line 1, columns 21-23"],
  ["day 366 of 2009", tle(edit(L1, 19, "09366"), L2), "range", "line 1, columns 21-23"],
  ["a broken first derivative", tle(edit(L1, 34, " 00002182 "), L2), "format", "line 1, columns 34-43"],
  ["a drag term without a power", tle(edit(L1, 54, "-11606  "), L2), "format", "line 1, columns 54-61"],
  ["SGP4-XP elements", tle(edit(L1, 63, "4"), L2), "unsupported", "line 1, column 63"],
  ["inclination 190", tle(L1, edit(L2, 9, "190.0000")), "range", "line 2, columns 9-16"],
  ["inclination not a number", tle(L1, edit(L2, 9, "     NaN")), "format", "line 2, columns 9-16"],
  ["node 360.0001", tle(L1, edit(L2, 18, "360.0001")), "range", "line 2, columns 18-25"],
  ["a point in the eccentricity", tle(L1, edit(L2, 27, ".000670")), "format", "line 2, columns 27-33"],
  ["an eccentricity into the ground", tle(L1, edit(L2, 27, "9006703")), "range", "line 2, columns 27-33"],
  ["perigee angle -1", tle(L1, edit(L2, 35, " -1.0000")), "format", "line 2, columns 35-42"],
  ["mean anomaly 999", tle(L1, edit(L2, 44, "999.0000")), "range", "line 2, columns 44-51"],
  ["mean motion 0", tle(L1, edit(L2, 53, " 0.00000000")), "range", "line 2, columns 53-63"],
  ["mean motion inside the Earth", tle(L1, edit(L2, 53, "17.90000000")), "range", "line 2, columns 53-63"],
  ["the same set twice", tle(NAME, L1, L2, NAME, L1, L2), "duplicate", "line 5"],
];

const SET = {
  OBJECT_NAME: NAME,
  OBJECT_ID: "1998-067A",
  EPOCH: "2008-09-20T12:25:40.104192",
  MEAN_MOTION: 15.72125391,
  ECCENTRICITY: 0.0006703,
  INCLINATION: 51.6416,
  RA_OF_ASC_NODE: 247.4627,
  ARG_OF_PERICENTER: 130.536,
  MEAN_ANOMALY: 325.0288,
  NORAD_CAT_ID: 25544,
  BSTAR: -0.11606e-4,
};
const omm = (...changes: object[]) => JSON.stringify(changes.map(change => ({ ...SET, ...change })));

const OMM_CASES: readonly Case[] = [
  ["nothing", " \n", "empty", "text"],
  ["no satellites", "[]", "empty", "text"],
  ["a text cut off", '[\n{"A": 1},', "jsonSyntax", "line 2, column 10"],
  ["a stray comma", '[\n{"OBJECT_NAME": "A",}\n]', "jsonSyntax", "line 2, column 21"],
  ["one object", JSON.stringify(SET), "shape", "text"],
  ["a number among the objects", `[${JSON.stringify(SET)}, 7]`, "shape", "[1]"],
  ["an array among the objects", "[[]]", "shape", "[0]"],
  ["no epoch", omm({ EPOCH: null }), "missing", "[0].EPOCH"],
  ["no drag term", omm({ BSTAR: undefined }), "missing", "[0].BSTAR"],
  ["no catalogue number, second", omm({}, { NORAD_CAT_ID: undefined }), "missing", "[1].NORAD_CAT_ID"],
  ["a local epoch", omm({ EPOCH: "2008-09-20T12:25:40+02:00" }), "format", "[0].EPOCH"],
  ["30 February", omm({ EPOCH: "2008-02-30T00:00:00" }), "range", "[0].EPOCH"],
  ["month 13", omm({ EPOCH: "2008-13-01T00:00:00" }), "range", "[0].EPOCH"],
  ["24 o'clock", omm({ EPOCH: "2008-02-20T24:00:00" }), "range", "[0].EPOCH"],
  ["the year 1900", omm({ EPOCH: "1900-01-01T00:00:00" }), "range", "[0].EPOCH"],
  ["eccentricity 1", omm({ ECCENTRICITY: 1 }), "range", "[0].ECCENTRICITY"],
  ["eccentricity -0.1", omm({ ECCENTRICITY: "-0.1" }), "range", "[0].ECCENTRICITY"],
  ["an eccentricity into the ground", omm({ ECCENTRICITY: 0.5 }), "range", "[0].ECCENTRICITY"],
  [
    "a number too large for a double",
    omm().replace("[]", `[${JSON.stringify(SET).replace("51.6416", "1e999")}]`),
    "format",
    "[0].INCLINATION",
  ],
  ["the string NaN", omm({ MEAN_ANOMALY: "NaN" }), "format", "[0].MEAN_ANOMALY"],
  ["an empty string", omm({ MEAN_MOTION: "" }), "format", "[0].MEAN_MOTION"],
  ["hexadecimal", omm({ NORAD_CAT_ID: "0x63C8" }), "format", "[0].NORAD_CAT_ID"],
  ["a catalogue number with decimals", omm({ NORAD_CAT_ID: 25544.5 }), "range", "[0].NORAD_CAT_ID"],
  ["true as a number", omm({ BSTAR: true }), "format", "[0].BSTAR"],
  ["mean motion in radians", omm({ MEAN_MOTION: 98.8 }), "range", "[0].MEAN_MOTION"],
  ["a name that is a number", omm({ OBJECT_NAME: 7 }), "format", "[0].OBJECT_NAME"],
  ["another frame", omm({ REF_FRAME: "EME2000" }), "unsupported", "[0].REF_FRAME"],
  ["another theory", omm({ MEAN_ELEMENT_THEORY: "SGP4-XP" }), "unsupported", "[0].MEAN_ELEMENT_THEORY"],
  ["another type of ephemeris", omm({ EPHEMERIS_TYPE: 4 }), "unsupported", "[0].EPHEMERIS_TYPE"],
  ["the same set twice", omm({}, { OBJECT_NAME: "again" }), "duplicate", "[1]"],
];

for (const [kind, cases, parse] of [
  ["TLE", TLE_CASES, parseTle],
  ["OMM", OMM_CASES, parseOmmJson],
] as const) {
  for (const [what, text, code, place] of cases) {
    test(`${kind} refused, ${what}: ${code} at ${place}`, () => {
      const result = parse(text);
      assert.ok(!result.ok, "the text was accepted");
      const { error } = result;
      assert.deepEqual([error.code, error.place], [code, place], error.message);
      assert.ok(
        error.rule.endsWith(".") && error.message.includes(error.rule) && error.message.startsWith(place),
      );
      assert.ok(error.message.length < 300, "a message stays short, whatever the input");
    });
  }
}

test("a text of neither form is refused as such", () => {
  const result = parseElements("satellite,epoch\nISS,2008\n");
  assert.ok(!result.ok);
  assert.deepEqual([result.error.code, result.error.place], ["unknownFormat", "text"]);
});

test("bounds hold: characters and sets", () => {
  const long = " ".repeat(ELEMENTS_BOUNDS.textLength + 1);
  for (const parse of [parseTle, parseOmmJson]) {
    const result = parse(long);
    assert.equal(result.ok ? "" : result.error.code, "tooLarge");
  }
  const many = parseOmmJson(`[${"0,".repeat(ELEMENTS_BOUNDS.sets)}0]`);
  assert.equal(many.ok ? "" : many.error.code, "tooMany");

  const lines: string[] = [];
  for (let n = 1; n <= ELEMENTS_BOUNDS.sets + 1; n++) {
    const alpha =
      n < 100_000
        ? String(n).padStart(5, "0")
        : `${"ABCDEFGHJKL"[Math.floor(n / 1e4) - 10]}${String(n % 1e4).padStart(4, "0")}`;
    lines.push(edit(L1, 3, alpha), edit(L2, 3, alpha));
  }
  const tooMany = parseTle(lines.join("\n"));
  assert.deepEqual(tooMany.ok ? "" : [tooMany.error.code, tooMany.error.place], ["tooMany", "line 400002"]);
});
