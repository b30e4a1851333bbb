// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseElements } from "./parse.ts";
import { needs, recorded } from "./recorded-data.ts";
import { parseTle } from "./tle.ts";

const L1 = "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927";
const L2 = "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537";

// The values that encyclopaedias print beside this well-known example of the format.
const ISS = {
  catalogNumber: 25544,
  name: "ISS (ZARYA)",
  internationalDesignator: "1998-067A",
  epochDayMs: Date.UTC(2008, 8, 20),
  epochMsOfDay: ((12 * 60 + 25) * 60 + 40) * 1000 + 104.192,
  inclinationDeg: 51.6416,
  raanDeg: 247.4627,
  eccentricity: 0.0006703,
  argumentOfPerigeeDeg: 130.536,
  meanAnomalyDeg: 325.0288,
  meanMotionRevPerDay: 15.72125391,
  bstar: -0.11606e-4,
  nDot: -0.00002182,
  nDDot: 0,
  elementSetNumber: 292,
  revolutionNumber: 56353,
};

test("every field of a three-line set is read", () => {
  assert.deepEqual(parseTle(`ISS (ZARYA)\n${L1}\n${L2}\n`), { ok: true, value: [ISS] });
});

test("CRLF, blank lines, trailing blanks, a byte order mark and Space-Track's `0 ` change nothing", () => {
  const text = `\uFEFF\r\n0 ISS (ZARYA)      \r\n\r\n${L1}  \r\n${L2}\r\n\r\n`;
  assert.deepEqual(parseElements(text), { ok: true, value: [ISS] });
});

test("a two-line set has no name", () => {
  const result = parseTle(`${L1}\n${L2}`);
  assert.ok(result.ok);
  assert.equal(result.value[0]?.name, "");
});

test("Alpha-5 numbers are read as Space-Track documents them", () => {
  // Space-Track: A0000 is 100000, E8493 is 148493, J2931 is 182931, P4018 is 234018, W1928 is 301928, Z9999 is 339999.
  const documented = {
    A0000: 100000,
    E8493: 148493,
    J2931: 182931,
    P4018: 234018,
    W1928: 301928,
    Z9999: 339999,
  };
  for (const [alpha, number] of Object.entries(documented)) {
    const relabel = (line: string) => {
      const edited = `${line.slice(0, 2)}${alpha}${line.slice(7, 68)}`;
      const sum = [...edited].reduce(
        (total, c) => total + (c === "-" ? 1 : c >= "0" && c <= "9" ? Number(c) : 0),
        0,
      );
      return edited + (sum % 10);
    };
    const result = parseTle(`${relabel(L1)}\n${relabel(L2)}`);
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    assert.equal(result.value[0]?.catalogNumber, number);
  }
});

for (const [path, count, first] of [
  ["tle/starlink-2026-05-30.tle.gz", 10_395, "STARLINK-1008"],
  ["tle/oneweb-2026-05-30.tle.gz", 651, "ONEWEB-0012"],
  ["tle/kuiper-2026-03.tle.gz", 210, "KUIPER-00008"],
  ["tle/iridium-2026-03.tle.gz", 80, "IRIDIUM 106"],
  ["tle/starlink-2025-05-24.omm.json.gz", 7_483, "STARLINK-1008"],
] as const) {
  test(`${path}: ${count} sets`, needs(path), () => {
    const result = parseElements(recorded(path));
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    assert.equal(result.value.length, count);
    assert.equal(result.value[0]?.name, first);
  });
}
