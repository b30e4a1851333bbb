// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rainLaw, rainSpecificAttenuationDbPerKm } from "./rain.ts";

// ITU-R Study Group 3, "Validation examples for Earth-space propagation prediction methods" (CG-3M3J-13), P.838-3.
const VALIDATION: readonly (readonly [
  elevationDeg: number,
  ghz: number,
  mmPerH: number,
  tiltDeg: number,
  k: number,
  alpha: number,
  dbPerKm: number,
])[] = [
  [31.07699124, 14.25, 26.48052, 0, 0.03975488, 1.12418043, 1.58130839],
  [40.232036, 14.25, 33.936232, 0, 0.04007624, 1.11804138, 2.06173213],
  [46.35969261, 14.25, 27.13586832, 0, 0.04030344, 1.11376017, 1.5920842],
  [22.27833468, 14.25, 50.639304, 0, 0.03949319, 1.12925336, 3.32139638],
  [52.67898486, 14.25, 78.2994993, 0, 0.04053522, 1.10944215, 5.11503463],
  [48.24117054, 14.25, 63.62668149, 90, 0.04226474, 1.07871664, 3.72901264],
  [85.80459566, 14.25, 99.13558978, 90, 0.04133039, 1.09499629, 6.34064598],
  [20.14335809, 14.25, 42.91007183, 90, 0.04319835, 1.0631531, 2.35032323],
  [31.07699124, 29, 26.48052, 0, 0.22106804, 0.95320005, 5.02180189],
  [46.35969261, 29, 27.13586832, 0, 0.21978097, 0.9484851, 5.03135479],
  [22.27833468, 29, 50.639304, 0, 0.22168203, 0.95543001, 9.42430244],
  [48.24117054, 29, 63.62668149, 90, 0.21517927, 0.93116621, 10.28699163],
  [85.80459566, 29, 99.13558978, 90, 0.21737148, 0.93950825, 16.3183686],
  [20.14335809, 29, 42.91007183, 90, 0.21298877, 0.92265917, 6.83364556],
];

test("P.838-3: k, alpha and dB/km of the published validation examples, to their last digit", () => {
  for (const [elevationDeg, ghz, mmPerH, tiltDeg, k, alpha, dbPerKm] of VALIDATION) {
    const law = rainLaw(ghz, { elevationDeg, tiltDeg });
    assert.ok(Math.abs(law.k - k) < 6e-9 && Math.abs(law.alpha - alpha) < 6e-9, `${ghz} GHz`);
    const found = rainSpecificAttenuationDbPerKm(ghz, mmPerH, { elevationDeg, tiltDeg });
    assert.ok(Math.abs(found - dbPerKm) < 1e-8 * dbPerKm + 6e-9, `${found} is not ${dbPerKm} dB/km`);
  }
});

test("circular polarisation at 45 degrees: the rounded table used for the bands of low fleets", () => {
  // Six bands: k, alpha, dB/km at 5, 10, 25 and 50 mm/h, printed with two or three digits.
  for (const [ghz, k, alpha, ...rates] of [
    [11.7, 0.0221, 1.162, 0.14, 0.32, 0.93, 2.1],
    [14.25, 0.0413, 1.095, 0.24, 0.51, 1.4, 3.0],
    [19.3, 0.0866, 1.027, 0.45, 0.92, 2.4, 4.8],
    [29.3, 0.2225, 0.937, 1.0, 1.9, 4.5, 8.7],
    [73.5, 1.081, 0.72, 3.4, 5.7, 11, 18],
    [83.5, 1.211, 0.701, 3.7, 6.1, 11.6, 18.8],
  ] as const) {
    const law = rainLaw(ghz, { elevationDeg: 45 });
    assert.ok(Math.abs(law.k / k - 1) < 0.002 && Math.abs(law.alpha - alpha) < 6e-4, `${ghz} GHz`);
    [5, 10, 25, 50].forEach((mmPerH, i) => {
      const found = rainSpecificAttenuationDbPerKm(ghz, mmPerH, { elevationDeg: 45 });
      assert.ok(Math.abs(found / (rates[i] as number) - 1) < 0.04, `${ghz} GHz, ${mmPerH} mm/h: ${found}`);
    });
  }
});

test("no rain attenuates nothing, and frequencies outside the model are a caller's mistake", () => {
  assert.equal(rainSpecificAttenuationDbPerKm(20, 0, { elevationDeg: 30 }), 0);
  assert.throws(() => rainLaw(0.5, { elevationDeg: 30 }), RangeError);
  assert.throws(() => rainLaw(Number.NaN, { elevationDeg: 30 }), RangeError);
});

test("property: more rain attenuates more; from straight below polarisation does not matter", () => {
  const ghz = fc.double({ min: 1, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      ghz,
      fc.double({ min: 0.01, max: 150, noNaN: true }),
      fc.integer({ min: 0, max: 90 }),
      (f, r, t) => {
        const path = { elevationDeg: 30, tiltDeg: t };
        assert.ok(
          rainSpecificAttenuationDbPerKm(f, r * 1.1, path) > rainSpecificAttenuationDbPerKm(f, r, path),
        );
        const up = rainSpecificAttenuationDbPerKm(f, r, { elevationDeg: 90, tiltDeg: t });
        const circular = rainSpecificAttenuationDbPerKm(f, r, { elevationDeg: 90, tiltDeg: 45 });
        assert.ok(Math.abs(up / circular - 1) < 1e-12);
      },
    ),
  );
});
