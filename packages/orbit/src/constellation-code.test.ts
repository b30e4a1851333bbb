// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CONSTELLATION_CODE_DRAFT,
  type ConstellationShell,
  constellationElements,
  formatConstellationCode,
  parseConstellationCode,
} from "./constellation-code.ts";
import type { ElementsErrorCode } from "./elements.ts";
import { parseElements } from "./parse.ts";
import { planesOf } from "./planes.ts";
import { createPropagator } from "./propagator.ts";

const EPOCH = Date.UTC(2026, 4, 21, 6);
const IRIDIUM = "S:780:86.4:66/6/1";
const GPS = "D:20180:55:24/6/1";

function shellsOf(code: string): readonly ConstellationShell[] {
  const result = parseConstellationCode(code);
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  return result.value;
}
function elementsOf(code: string) {
  const result = constellationElements(shellsOf(code), EPOCH);
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  return result.value;
}
const turn = (deg: number) => ((deg % 360) + 360) % 360;

test("the draft's examples read as the constellations they name", () => {
  assert.deepEqual(shellsOf(`${IRIDIUM}+${GPS}:12.5`), [
    {
      kind: "star",
      altitudeKm: 780,
      inclinationDeg: 86.4,
      satellites: 66,
      planes: 6,
      phasing: 1,
      meanAnomalyDeg: 0,
    },
    {
      kind: "delta",
      altitudeKm: 20180,
      inclinationDeg: 55,
      satellites: 24,
      planes: 6,
      phasing: 1,
      meanAnomalyDeg: 12.5,
    },
  ]);
});

test("D:550:53.0:1584/22/17 flies as 22 planes of 72 in step", () => {
  const planes = planesOf(elementsOf("D:550:53.0:1584/22/17"));
  assert.equal(planes.shells.length, 1);
  assert.equal(planes.planes.length, 22);
  assert.ok(planes.planes.every(plane => plane.satellites.length === 72));
});

test("a satellite's place by Walker's rule, from the definition: node, slot and phase", () => {
  // Walker 1984: node j * spread / P; argument of latitude u0 + k * 360 P / T + j * F * 360 / T.
  for (const [code, spread, u0] of [
    ["D:550:53:40/5/3:77.25", 360, 77.25],
    ["S:1200:87.9:40/5/3:300", 180, 300],
  ] as const) {
    const sets = elementsOf(code);
    sets.forEach((set, i) => {
      const plane = Math.floor(i / 8);
      assert.ok(Math.abs(set.raanDeg - (plane * spread) / 5) < 1e-9);
      const latitude = turn(u0 + (i % 8) * 45 + plane * 27);
      assert.ok(Math.abs(turn(set.argumentOfPerigeeDeg + set.meanAnomalyDeg - latitude + 180) - 180) < 1e-9);
    });
  }
});

test("a mean anomaly of 90 puts the first satellite at its northernmost, half an orbit from 270", () => {
  const [north] = createPropagator(elementsOf("D:550:53:1/1/0:90")).propagate(EPOCH).zKm;
  const [south] = createPropagator(elementsOf("D:550:53:1/1/0:270")).propagate(EPOCH).zKm;
  const top = (6378.137 + 550) * Math.sin((53 * Math.PI) / 180);
  assert.ok(Math.abs((north ?? 0) - top) < 25 && Math.abs((south ?? 0) + top) < 25);
});

test("shells keep apart: names and catalogue numbers run through", () => {
  const sets = elementsOf("D:550:53:4/2/1+S:1200:87.9:6/3/0");
  assert.deepEqual(
    [sets[0]?.name, sets[3]?.name, sets[4]?.name, sets[9]?.name],
    ["D1-1", "D1-4", "S2-1", "S2-6"],
  );
  assert.deepEqual(
    sets.map(set => set.catalogNumber),
    sets.map((_, i) => 900_001 + i),
  );
});

const BAD: readonly (readonly [code: string, error: ElementsErrorCode, character: number])[] = [
  ["", "empty", 1],
  ["X:550:53:10/2/1", "codeSyntax", 1],
  ["d:550:53:10/2/1", "codeSyntax", 1],
  ["D", "codeSyntax", 1],
  ["D:550:53", "codeSyntax", 1],
  ["D:550:53:10/2/1:0:0", "codeSyntax", 1],
  ["D:550:53:10/2", "codeSyntax", 10],
  ["D:550:53:10/2/1/0", "codeSyntax", 10],
  ["D:-550:53:10/2/1", "codeSyntax", 3],
  ["D:+550:53:10/2/1", "codeSyntax", 1],
  ["D:5.5e2:53:10/2/1", "codeSyntax", 3],
  ["D:550.:53:10/2/1", "codeSyntax", 3],
  ["D:550:.5:10/2/1", "codeSyntax", 7],
  ["D: 550:53:10/2/1", "codeSyntax", 3],
  ["D:550:53:10/2/1 ", "codeSyntax", 15],
  ["D:550:53:10.0/2/1", "codeSyntax", 10],
  ["D:550:53:10/2/1:", "codeSyntax", 17],
  ["D:550:53:10/2/1+", "codeSyntax", 17],
  ["D:550:53:10/2/1+S:780:86.4:66/6/one", "codeSyntax", 33],
  ["D:0:53:10/2/1", "range", 3],
  ["D:550:180.1:10/2/1", "range", 7],
  ["D:550:53:10/0/0", "range", 13],
  ["D:550:53:10/3/1", "range", 10],
  ["D:550:53:0/1/0", "range", 10],
  ["D:550:53:10/2/2", "range", 15],
  ["D:550:53:10/2/1:360.5", "range", 17],
  [`${IRIDIUM}+D:550:53:10/2/2`, "range", 33],
  ["D:550:53:100000/2/1+D:560:53:100001/1/0", "tooMany", 21],
  [Array(257).fill("D:9:9:1/1/0").join("+"), "tooMany", 257 * 12 - 11],
  ["D".repeat(4097), "tooLarge", 4097],
];

for (const [code, error, character] of BAD) {
  test(`refused: ${JSON.stringify(code.slice(0, 40))}: ${error} at character ${character}`, () => {
    const result = parseConstellationCode(code);
    assert.ok(!result.ok, "the code was accepted");
    assert.deepEqual([result.error.code, result.error.place], [error, `character ${character}`]);
    assert.ok(result.error.rule.includes(CONSTELLATION_CODE_DRAFT), result.error.rule);
    assert.ok(result.error.message.length < 300);
  });
}

test("what the code allows and SGP4 does not is refused at its shell", () => {
  const result = constellationElements(shellsOf(`${GPS}+D:90:53:10/2/1`), EPOCH);
  assert.ok(!result.ok);
  assert.deepEqual([result.error.code, result.error.place], ["range", "shell 2.altitudeKm"]);
  assert.ok(result.error.message.startsWith("shell 2.altitudeKm: "));
});

test("parseElements takes a code with the moment to lay it on, and refuses it without", () => {
  assert.deepEqual(parseElements(`\n${IRIDIUM}\n`, { patternEpochMs: EPOCH }), {
    ok: true,
    value: elementsOf(IRIDIUM),
  });
  const without = parseElements(IRIDIUM);
  assert.equal(without.ok ? "" : without.error.code, "missing");
  const broken = parseElements("D:550:53:10/3/1", { patternEpochMs: EPOCH });
  assert.equal(broken.ok ? "" : broken.error.place, "character 10");
});

const shell: fc.Arbitrary<ConstellationShell> = fc
  .record({
    planes: fc.integer({ min: 1, max: 200 }),
    perPlane: fc.integer({ min: 1, max: 50 }),
    kind: fc.constantFrom("delta" as const, "star" as const),
    altitudeKm: fc.oneof(
      fc.constantFrom(1, 0.1, 0.001, 1e-7, 12e-9),
      fc.integer({ min: 1, max: 4_000_000 }).map(n => n / 100),
    ),
    inclinationDeg: fc.integer({ min: 0, max: 1_800_000 }).map(n => n / 10_000),
    meanAnomalyDeg: fc.integer({ min: 0, max: 36_000_000 }).map(n => n / 100_000),
  })
  .chain(({ planes, perPlane, ...rest }) =>
    fc
      .integer({ min: 0, max: planes - 1 })
      .map(phasing => ({ ...rest, planes, phasing, satellites: planes * perPlane })),
  );

test("property: what is written is read back, and writing that gives the same code", () => {
  fc.assert(
    fc.property(fc.array(shell, { minLength: 1, maxLength: 12 }), shells => {
      const code = formatConstellationCode(shells);
      assert.ok(code.ok, code.ok ? "" : code.error.message);
      const read = shellsOf(code.value);
      assert.deepEqual(read, shells);
      assert.deepEqual(formatConstellationCode(read), code);
    }),
    { numRuns: 500 },
  );
});

test("what no code can say is not written", () => {
  const [iridium] = shellsOf(IRIDIUM);
  for (const change of [
    { altitudeKm: Number.NaN },
    { altitudeKm: 1e21 },
    { inclinationDeg: -1 },
    { planes: 2.5 },
    { phasing: 6 },
    { meanAnomalyDeg: Number.POSITIVE_INFINITY },
  ]) {
    assert.ok(!formatConstellationCode([{ ...(iridium as ConstellationShell), ...change }]).ok);
  }
  assert.ok(!formatConstellationCode([]).ok);
});

test("property: any text is read or refused with its place, never thrown on", () => {
  const piece = fc.constantFrom("D", "S", ":", "/", "+", "550", "53.0", "6", "0", ".", "e", " ");
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }), pieces => {
      const text = pieces.join("");
      const result = parseConstellationCode(text);
      if (result.ok) return assert.ok(formatConstellationCode(result.value).ok);
      const at = Number(/^character (\d+)$/.exec(result.error.place)?.[1]);
      assert.ok(at >= 1 && at <= text.length + 1);
    }),
    { numRuns: 1000 },
  );
});
