// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { COLOUR_STEPS, colourScale } from "./colour-scale.ts";
import type { ThemeName } from "./figure.ts";
import { themeOf } from "./theme.ts";

type Triple = readonly [number, number, number];

/** sRGB to linear light (IEC 61966-2-1). */
function linear(colour: string): Triple {
  const value = Number.parseInt(colour.slice(1), 16);
  const [r = 0, g = 0, b = 0] = [16, 8, 0].map(shift => {
    const c = ((value >> shift) & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

/** CIE L*a*b* of linear light, D65. */
function lab([r, g, b]: Triple): Triple {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** What a person without red or green cones sees (Viénot, Brettel, Mollon 1999: matrices for linear sRGB). */
const SEEN: Readonly<Record<string, (c: Triple) => Triple>> = {
  everyone: c => c,
  protanopia: ([r, g, b]) => [0.1124 * r + 0.8876 * g, 0.1124 * r + 0.8876 * g, 0.004 * r - 0.004 * g + b],
  deuteranopia: ([r, g, b]) => [
    0.2927 * r + 0.7073 * g,
    0.2927 * r + 0.7073 * g,
    -0.0223 * r + 0.0223 * g + b,
  ],
};

const contrast = (a: string, b: string): number => {
  const [one, two] = [a, b].map(c => {
    const [r, g, bl] = linear(c);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  }) as [number, number];
  return Math.max(one, two) / Math.min(one, two);
};

for (const name of ["light", "dark"] satisfies ThemeName[]) {
  const theme = themeOf(name);

  test(`${name}: texts reach the contrast of WCAG 2.2 (4.5), data that of graphics (1.4.11) or nearly`, () => {
    assert.ok(contrast(theme.ink, theme.background) > 12);
    assert.ok(contrast(theme.quiet, theme.background) > 4.5);
    for (const colour of theme.series) assert.ok(contrast(colour, theme.background) > 2.2, colour);
  });

  test(`${name}: any two series colours differ for everyone`, () => {
    for (const [who, see] of Object.entries(SEEN)) {
      for (const [i, a] of theme.series.entries()) {
        for (const b of theme.series.slice(i + 1)) {
          const [p, q] = [lab(see(linear(a))), lab(see(linear(b)))];
          const difference = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
          assert.ok(difference > 9, `${who}: ${a} and ${b} differ by ${difference.toFixed(1)}`);
        }
      }
    }
  });

  test(`${name}: a sequential scale grows away from the background in lightness, evenly`, () => {
    const { colours } = colourScale({ label: "x" }, [0, 1], name);
    const lightness = colours.map(colour => lab(linear(colour))[0]);
    const steps = lightness.slice(1).map((l, i) => (name === "dark" ? 1 : -1) * (l - lightness[i]!));
    assert.ok(Math.min(...steps) > 0.5 && Math.max(...steps) < 3.5, steps.map(s => s.toFixed(2)).join(" "));
  });
}

test("values find their colours, the middle of a diverging scale the middle", () => {
  const scale = colourScale({ label: "x", min: 0, max: 10 }, null, "light");
  assert.deepEqual([Number.NaN, -1, 0, 10, 11].map(scale.level), [0, 1, 1, COLOUR_STEPS, COLOUR_STEPS]);
  const around = colourScale({ label: "x", palette: "diverging", middle: 5 }, [4, 20], "light");
  assert.equal(around.share(5), 0.5);
  assert.equal(around.min, -10);
  const skewed = colourScale({ label: "x", palette: "diverging", min: -1, max: 9 }, null, "light");
  assert.equal(skewed.share(0), 0.5);
  assert.equal(skewed.share(4.5), 0.75);
  const log = colourScale({ label: "x", scale: "log", min: 1, max: 100 }, null, "light");
  assert.equal(log.share(10), 0.5);
  assert.equal(log.level(0), 1);
});
