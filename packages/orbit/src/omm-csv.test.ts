// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvField, csvRows } from "./csv.ts";
import { ELEMENTS_BOUNDS, type ElementsErrorCode } from "./elements.ts";
import { formatOmmCsv, formatOmmJson } from "./format.ts";
import { parseOmmJson } from "./omm.ts";
import { parseOmmCsv } from "./omm-csv.ts";
import { parseElements } from "./parse.ts";
import { needs, recorded } from "./recorded-data.ts";
import { parseTle } from "./tle.ts";

const TLE = `ISS (ZARYA)
1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927
2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537
`;
const HEAD =
  "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT";
// The same set as CelesTrak writes it in CSV: numbers without a leading zero.
const ISS =
  "ISS (ZARYA),1998-067A,2008-09-20T12:25:40.104192,15.72125391,.0006703,51.6416,247.4627,130.5360,325.0288,0,U,25544,292,56353,-.11606E-4,-.2182E-4,0";
const csv = (...rows: string[]) => [HEAD, ...rows].join("\r\n");

test("a set says the same as CSV and as TLE", () => {
  const fromTle = parseTle(TLE);
  assert.ok(fromTle.ok);
  for (const text of [
    csv(ISS),
    `\uFEFF${csv(ISS, "")}`,
    csv(ISS).replaceAll("\r", ""),
    `\n${csv(ISS)}\n\n`,
  ]) {
    assert.deepEqual(parseOmmCsv(text), fromTle);
    assert.deepEqual(parseElements(text), fromTle);
  }
});

test("columns may stand in any order, be quoted, be unknown or be absent", () => {
  const text = [
    'MEAN_MOTION_DDOT,"OBJECT_NAME",ORBIT COLOUR,EPOCH,MEAN_MOTION,BSTAR,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,NORAD_CAT_ID',
    ',"A ""quoted"", long\nname","red, mostly",2026-05-30T00:00:00,15,0,.001,53,1,2,3,123456789',
  ].join("\n");
  // A line break in a name is a control character, which a name must not hold: refused at its line.
  const refused = parseOmmCsv(text);
  assert.deepEqual(refused.ok ? "" : [refused.error.code, refused.error.place], [
    "format",
    "line 2, OBJECT_NAME",
  ]);
  const result = parseOmmCsv(text.replace("long\n", "long "));
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  assert.equal(result.value[0]?.name, 'A "quoted", long name');
  assert.equal(result.value[0]?.catalogNumber, 123_456_789);
  assert.equal(result.value[0]?.nDot, 0);
});

const CASES: readonly (readonly [what: string, text: string, code: ElementsErrorCode, place: string])[] = [
  ["nothing", "", "empty", "text"],
  ["a header alone", csv(), "empty", "text"],
  ["another table", "satellite,colour\nISS,white\n", "csvSyntax", "line 1"],
  ["a column twice", csv().replace("BSTAR", "EPOCH"), "csvSyntax", "line 1"],
  ["a thousand columns and one", `NORAD_CAT_ID${",x".repeat(1000)}`, "csvSyntax", "line 1"],
  ["a field too few", csv(ISS, ISS.replace(",0,U", ",U")), "csvSyntax", "line 3"],
  ["a field too many", csv(`${ISS},`), "csvSyntax", "line 2"],
  ["a stray quote", csv(ISS.replace("ISS (", 'ISS "(')), "csvSyntax", "line 2"],
  ["something after a quote", csv(ISS.replace("ISS (ZARYA)", '"ISS" (ZARYA)')), "csvSyntax", "line 2"],
  ["a quote that never ends", csv(ISS.replace("ISS", '"ISS')), "csvSyntax", "line 2"],
  ["no epoch", csv(ISS.replace("2008-09-20T12:25:40.104192", "")), "missing", "line 2, EPOCH"],
  ["no column of drag", csv(ISS).replace("BSTAR", "OTHER"), "missing", "line 2, BSTAR"],
  ["hexadecimal", csv(ISS.replace("25544", "0x63C8")), "format", "line 2, NORAD_CAT_ID"],
  ["Alpha-5 in an OMM", csv(ISS.replace("25544", "A5544")), "format", "line 2, NORAD_CAT_ID"],
  ["a local epoch", csv(ISS.replace("104192", "104192+02:00")), "format", "line 2, EPOCH"],
  ["eccentricity 1", csv(ISS.replace(".0006703", "1")), "range", "line 2, ECCENTRICITY"],
  ["a number too large", csv(ISS.replace("51.6416", "1e999")), "format", "line 2, INCLINATION"],
  ["SGP4-XP elements", csv(ISS.replace(",0,U", ",4,U")), "unsupported", "line 2, EPHEMERIS_TYPE"],
  ["the same set twice", csv(ISS, "", ISS), "duplicate", "line 4"],
];
for (const [what, text, code, place] of CASES) {
  test(`CSV refused, ${what}: ${code} at ${place}`, () => {
    const result = parseOmmCsv(text);
    assert.ok(!result.ok, "the text was accepted");
    assert.deepEqual([result.error.code, result.error.place], [code, place], result.error.message);
    assert.ok(result.error.message.startsWith(place) && result.error.message.length < 300);
  });
}

test("bounds hold: characters and sets", () => {
  const long = parseOmmCsv(" ".repeat(ELEMENTS_BOUNDS.textLength + 1));
  assert.equal(long.ok ? "" : long.error.code, "tooLarge");
  const rows = Array.from({ length: ELEMENTS_BOUNDS.sets + 1 }, (_, i) =>
    ISS.replace("25544", String(i + 1)),
  );
  const many = parseOmmCsv([HEAD, ...rows].join("\n"));
  assert.deepEqual(many.ok ? "" : [many.error.code, many.error.place], ["tooMany", "line 200002"]);
});

test("a name with a comma and a number beyond five digits pass through CSV and JSON", () => {
  const parsed = parseOmmCsv(csv(ISS));
  assert.ok(parsed.ok);
  const odd = parsed.value.map(set => ({ ...set, name: 'ODD, "BIRD"', catalogNumber: 999_999_999 }));
  assert.deepEqual(parseOmmCsv(formatOmmCsv(odd)), { ok: true, value: odd });
  assert.deepEqual(parseOmmJson(formatOmmJson(odd)), { ok: true, value: odd });
});

/** RFC 4180 one character at a time: the twin that the reader with slices is held to. */
function rowsBySteps(text: string): string[][] | "bad" {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "closed" = "start";
  const endField = () => {
    row.push(field);
    field = "";
    state = "start";
  };
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    const lineEnd =
      c === undefined || c === "\n" || (c === "\r" && (text[i + 1] === "\n" || i + 1 === text.length));
    if (state === "quoted") {
      if (c === undefined) return "bad";
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') {
        field += c;
        i += 1;
      } else state = "closed";
    } else if (lineEnd) {
      if (c === "\r" && text[i + 1] === "\n") i += 1;
      else if (c === "\r") i += 0;
      if (c === undefined && row.length === 0 && field === "" && state === "start") break;
      endField();
      if (row.length > 1 || row[0]?.trim() !== "") rows.push(row);
      row = [];
    } else if (c === ",") endField();
    else if (state === "closed") return "bad";
    else if (c === '"') {
      if (state !== "start") return "bad";
      state = "quoted";
    } else {
      field += c;
      state = "plain";
    }
  }
  return rows;
}

test("property: the reader and its twin agree on any text of CSV's characters", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", ",", '"', "\n", "\r\n", '""', "b "), { maxLength: 24 }),
      parts => {
        const text = parts.join("");
        const rows = [...csvRows(text)];
        const bad = rows.some(row => "error" in row);
        const expected = rowsBySteps(text);
        assert.equal(bad, expected === "bad", JSON.stringify(text));
        // A record that is one quoted blank is a blank line to the twin; no header or set looks like that.
        if (!bad && expected !== "bad") {
          const found = rows.map(row => ("error" in row ? [] : [...row.fields]));
          assert.deepEqual(
            found.filter(row => row.length > 1 || row[0]?.trim() !== ""),
            expected,
            JSON.stringify(text),
          );
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test("property: fields come back as they were written, line numbers count every break", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ maxLength: 6 }), { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
      rows => {
        const written = rows.map(row => row.map(csvField).join(","));
        const read = [...csvRows(written.map(line => `${line}\r\n`).join(""))];
        // A record of blanks and commas is kept, one of nothing but blanks cannot be written with two fields.
        assert.deepEqual(
          read.map(row => ("error" in row ? row.error.message : row.fields)),
          rows,
        );
        let line = 1;
        read.forEach((row, i) => {
          assert.equal("error" in row ? 0 : row.line, line);
          line += written[i]?.split("\n").length ?? 0;
        });
      },
    ),
    { numRuns: 500 },
  );
});

test(
  "a recorded fleet in OMM JSON reads the same as CSV, columns reversed",
  needs("tle/starlink-2025-05-24.omm.json.gz"),
  () => {
    const text = recorded("tle/starlink-2025-05-24.omm.json.gz");
    const expected = parseOmmJson(text);
    assert.ok(expected.ok);
    const raw = JSON.parse(text) as Record<string, unknown>[];
    const columns = Object.keys(raw[0] as object).reverse();
    const lines = raw.map(item => columns.map(name => csvField(item[name] as string)).join(","));
    assert.deepEqual(parseOmmCsv([columns.join(","), ...lines].join("\n")), expected);
    assert.deepEqual(parseElements(formatOmmCsv(expected.value)), expected);
  },
);
