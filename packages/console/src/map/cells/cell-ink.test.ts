// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Coverage } from "../../data/coverage.ts";
import { CELL_REASONS } from "../../data/planet.ts";
import {
  beamInk,
  CAPACITY_STEPS,
  INK_WIDTH,
  metShare,
  packInks,
  parentInks,
  reasonInk,
  stepOf,
} from "./cell-ink.ts";
import { CELL_PALETTES } from "./cell-palette.ts";

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const linear = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}

function coverage(
  rows: readonly [served: number, permitted: number, reason: number, cap: number][],
): Coverage {
  return {
    slot: 1,
    resolution: 3,
    count: rows.length,
    id: new BigUint64Array(rows.length),
    servedShare: Float32Array.from(rows, row => row[0]),
    satisfiedShare: Float32Array.from(rows, row => row[0]),
    downMbpsPerKm2: Float32Array.from(rows, row => row[3]),
    cells: new Uint16Array(rows.length).fill(49),
    permitted: Uint16Array.from(rows, row => row[1]),
    reason: Uint8Array.from(rows, row => row[2]),
  };
}

for (const theme of ["dark", "light"] as const) {
  const palette = CELL_PALETTES[theme];
  test(`no meaning of a cell is told by colour alone: ${theme}`, () => {
    const patterns = CELL_REASONS.map(reason => reasonInk(palette, reason).pattern);
    assert.equal(new Set(patterns).size, CELL_REASONS.length);
    const steps = palette.ramp.map(luminance);
    const order = steps.map((step, i) => Math.sign(step - (steps[i - 1] ?? step)));
    assert.equal(new Set(order.slice(1)).size, 1, "lightness alone tells the order of the ramp");
    assert.equal(palette.ramp.length, CAPACITY_STEPS.length + 1);
  });
}

test("parents: all served, partly, none and why, not permitted", () => {
  const palette = CELL_PALETTES.dark;
  const [all, partly, none, shut] = parentInks(
    coverage([
      [1, 49, 0, 1],
      [0.9, 49, 5, 1],
      [0, 49, 2, 0],
      [0, 0, 1, 0],
    ]),
    "coverage",
    palette,
  );
  assert.deepEqual(all, reasonInk(palette, "served"));
  assert.equal(partly?.colour, palette.reason.served);
  assert.equal(partly?.pattern, reasonInk(palette, "noBeam").pattern);
  assert.deepEqual(none, reasonInk(palette, "noSatellite"));
  assert.deepEqual(shut, reasonInk(palette, "notPermitted"));
});

test("steps are reached at their value, shares are held to the whole, faint beams have little time", () => {
  assert.deepEqual(
    [0, 0.0099, 0.01, 0.5, 3, 99].map(v => stepOf(v, CAPACITY_STEPS)),
    [0, 0, 1, 4, 6, 6],
  );
  assert.equal(metShare({ demandDownMbps: 0, downMbps: 0 }), 1);
  assert.equal(metShare({ demandDownMbps: 8, downMbps: 2 }), 0.25);
  const { dark } = CELL_PALETTES;
  assert.ok(beamInk(dark, 3, 0.25).opacity < beamInk(dark, 3, 1).opacity);
  assert.equal(beamInk(dark, 3 + dark.beams.length, 1).colour, beamInk(dark, 3, 1).colour);
});

test("inks are packed where the shader looks for them", () => {
  const cross = { colour: "#010203", opacity: 1, pattern: "cross" } as const;
  const inks = new Array(INK_WIDTH + 2).fill(cross);
  inks[INK_WIDTH + 1] = { colour: "#ff8000", opacity: 0.5, pattern: "dots" };
  const { texels, rows } = packInks(inks);
  assert.equal(rows, 4);
  const texel = (x: number, y: number) => [
    ...texels.slice(4 * (y * INK_WIDTH + x), 4 * (y * INK_WIDTH + x) + 4),
  ];
  assert.deepEqual(texel(0, 0), [1, 2, 3, 255]);
  assert.equal(texel(0, 1)[0], 4);
  assert.deepEqual(texel(1, 2), [255, 128, 0, 128]);
  assert.equal(texel(1, 3)[0], 2);
});
