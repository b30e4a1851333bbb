// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatOmmCsv, formatOmmJson, walkerShell } from "@perigee/orbit";
import { builtInConstellation, parseConstellation } from "./constellation.ts";

const LOADED = Date.UTC(2026, 4, 30, 12, 0, 0, 123);
const CODE = "D:550:53.0:1584/22/17\n";

test("a constellation code is laid on the moment of its load, and again so after a restart", () => {
  const [first, again, later] = [LOADED, LOADED, LOADED + 15_000].map(atMs =>
    parseConstellation(CODE, "code", atMs),
  );
  assert.ok(first?.ok && later?.ok);
  assert.deepEqual(again, first);
  assert.equal(first.value.medianEpochMs, LOADED);
  assert.equal(later.value.medianEpochMs, LOADED + 15_000);
  assert.equal(first.value.checksum, later.value.checksum, "the checksum is of the text");
  assert.deepEqual(
    first.value.shells.map(({ id, service }) => [id, service]),
    [
      ["53.0-550", "broadband"],
      ["between", "raising"],
    ],
  );
});

test("the same elements as OMM CSV and as OMM JSON are the same constellation but for the checksum", () => {
  const spec = {
    kind: "delta",
    inclinationDeg: 53,
    altitudeKm: 550,
    satellites: 72,
    planes: 6,
    phasing: 1,
  } as const;
  const made = walkerShell(spec, LOADED);
  assert.ok(made.ok);
  const csv = parseConstellation(formatOmmCsv(made.value), "x", LOADED);
  const json = parseConstellation(formatOmmJson(made.value), "x", LOADED);
  assert.ok(csv.ok && json.ok);
  assert.deepEqual({ ...csv.value, checksum: "" }, { ...json.value, checksum: "" });
  assert.notEqual(csv.value.checksum, json.value.checksum);
});

test("patterns say that they are", () => {
  const code = parseConstellation(CODE, "code", LOADED);
  assert.ok(code.ok && code.value.isPattern);
  assert.ok(builtInConstellation(LOADED, LOADED).isPattern);
  const omm = parseConstellation(formatOmmJson(code.value.elements), "omm", LOADED);
  assert.ok(omm.ok && !omm.value.isPattern);
});
