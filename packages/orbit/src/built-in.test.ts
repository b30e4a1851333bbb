// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, builtInShells } from "./built-in.ts";
import { createEphemeris } from "./ephemeris.ts";
import { observerFrame } from "./look.ts";
import { createPropagator } from "./propagator.ts";

const MAY_21 = Date.UTC(2026, 4, 21);

test("counts per shell as published, 9,756 of the 9,848 objects in service", () => {
  const { elements, shellOf, shells } = builtInElements(MAY_21);
  const counts = shells.map((_, shell) => shellOf.reduce((n, s) => n + Number(s === shell), 0));
  assert.deepEqual(counts, [1306, 3243, 1446, 706, 868, 699, 476, 363, 321, 328]);
  assert.equal(elements.length, shellOf.length);
  // 10,359 objects less 511 being raised or lowered.
  assert.ok(Math.abs(elements.length / (10_359 - 511) - 1) < 0.01);
  assert.equal(new Set(elements.map(set => set.catalogNumber)).size, elements.length);
  assert.equal(elements[0]?.name, "PG-53.2-540-1");
});

test("every shell's identifier is its own", () => {
  assert.equal(new Set(builtInShells.map(shell => shell.id)).size, builtInShells.length);
});

/** Broadband satellites visible on 21 May 2026, mean of 48 samples: latitude, above 20, 25 and 40 degrees. */
const VISIBLE: readonly (readonly [latDeg: number, above20: number, above25: number, above40: number])[] = [
  [0, 51, 35, 13],
  [20, 57, 39, 14],
  [30, 69, 47, 17],
  [40, 95, 69, 29],
  [45, 102, 69, 25],
  [50.45, 81, 55, 26],
  [53, 66, 49, 23],
  [57, 51, 35, 9],
  [60, 38, 19, 5],
  [70, 26, 19, 7],
];

test("visible broadband satellites by latitude: within 20 % of the real fleet's", t => {
  const { elements, shellOf, shells } = builtInElements(MAY_21);
  const broadband = elements.filter((_, i) => shells[shellOf[i]!]!.service === "broadband");
  const propagator = createPropagator(broadband);
  const ephemeris = createEphemeris(broadband.length);
  const sines = [20, 25, 40].map(deg => Math.sin((deg * Math.PI) / 180));
  const samples = 48;
  const means = VISIBLE.map(() => [0, 0, 0]);
  for (let hour = 0; hour < samples / 2; hour++) {
    propagator.propagate(MAY_21 + hour * 3_600_000, ephemeris);
    VISIBLE.forEach(([latDeg], row) => {
      for (const lonDeg of [hour * 7.5, hour * 7.5 - 180]) {
        const { xKm, yKm, zKm, up } = observerFrame({ latDeg, lonDeg, altitudeKm: 0 });
        for (let i = 0; i < ephemeris.count; i++) {
          const [dx, dy, dz] = [ephemeris.xKm[i]! - xKm, ephemeris.yKm[i]! - yKm, ephemeris.zKm[i]! - zKm];
          const height = dx * up[0] + dy * up[1] + dz * up[2];
          if (height <= 0) continue;
          const sine = height / Math.hypot(dx, dy, dz);
          for (let k = 0; k < 3; k++) if (sine >= sines[k]!) means[row]![k]! += 1 / samples;
        }
      }
    });
  }
  VISIBLE.forEach(([latDeg, ...published], row) => {
    const found = means[row]!.map(mean => mean.toFixed(1)).join(" / ");
    t.diagnostic(`latitude ${latDeg}: above 20/25/40 degrees ${found}, published ${published.join(" / ")}`);
    published.forEach((count, k) => {
      assert.ok(Math.abs(means[row]![k]! / count - 1) <= 0.2, `latitude ${latDeg}: ${found}`);
    });
  });
});
