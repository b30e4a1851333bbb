// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  gasAttenuationDb,
  gasSpecificAttenuationDbPerKm,
  gasZenithAttenuationDb,
  STANDARD_AIR,
} from "./gas.ts";

test("P.676-12: specific attenuation of the published validation table", () => {
  // ITU-R Study Group 3, CG-3M3J-13: 1013.25 hPa, 288.15 K, 7.5 g/m³; oxygen and vapour, dB/km.
  for (const [ghz, oxygen, waterVapour] of [
    [1, 0.005388658, 5.09e-5],
    [10, 0.008224417, 0.005974125],
    [12, 0.008698264, 0.009535388],
    [14, 0.009281179, 0.015191669],
    [20, 0.01188355, 0.097047305],
    [22, 0.013130223, 0.174207033],
    [23, 0.013847278, 0.180441698],
    [30, 0.021449684, 0.072374863],
    [45, 0.100080758, 0.09340047],
    [55, 4.193281608, 0.131674477],
    [60, 14.6234748, 0.154841841],
    [61, 15.00715909, 0.159826896],
    [68, 0.605466426, 0.19955458],
    [73, 0.167045797, 0.226186184],
    [83, 0.056939308, 0.290555676],
    [90, 0.038869711, 0.341973394],
    [100, 0.033625442, 0.424433523],
    [119, 1.306379041, 0.61799348],
    [183, 0.012733909, 27.66500831],
    [250, 0.018753887, 3.077989748],
  ] as const) {
    const found = gasSpecificAttenuationDbPerKm(ghz);
    assert.ok(Math.abs(found.oxygen / oxygen - 1) < 2e-7, `${ghz} GHz oxygen: ${found.oxygen}`);
    // The first row is printed with three digits.
    assert.ok(Math.abs(found.waterVapour / waterVapour - 1) < (ghz === 1 ? 2e-3 : 2e-7), `${ghz} GHz vapour`);
  }
});

test("P.676-12: attenuation along slant paths of the published validation examples", () => {
  // Elevation, vapour g/m³, K, hPa, vapour kg/m², km, and dB at 14.25 and 29 GHz.
  for (const [elevationDeg, rho, kelvin, hpa, content, km, ku, ka] of [
    [
      31.07699124, 13.79653679, 283.6108756, 1009.485611798, 33.72946527, 0.031382984, 0.226874038,
      0.837659939,
    ],
    [40.232036, 18.26241988, 288.0897369, 1007.721474334, 36.04810935, 0.046122988, 0.189480858, 0.706966165],
    [46.35969261, 22.73000178, 293.3696795, 1013.25, 37.95559991, 0, 0.176011463, 0.665977674],
    [22.27833468, 20.73943055, 297.4535413, 1013.25, 49.51318435, 0, 0.41148401, 1.627537069],
    [52.67898486, 22.46648815, 297.5746539, 1012.215223621, 57.49754593, 0.00861728, 0.2232322, 0.900282957],
    [48.24117054, 24.71053082, 298.0584989, 988.348774029, 70.5913453, 0.209383699, 0.28572246, 1.158466274],
    [
      85.80459566, 23.4746267, 299.6054075, 1007.108268203, 62.58469725, 0.051251456, 0.191742949,
      0.778114483,
    ],
    [
      20.14335809, 11.72317019, 290.2100933, 743.187215819, 25.92566906, 2.539861878, 0.222223506,
      0.704136355,
    ],
  ] as const) {
    const air = {
      pressureHpa: hpa,
      temperatureK: kelvin,
      waterVapourGPerM3: rho,
      waterVapourKgPerM2: content,
      altitudeKm: km,
    };
    assert.ok(Math.abs(gasAttenuationDb(14.25, elevationDeg, air) / ku - 1) < 5e-9);
    assert.ok(Math.abs(gasAttenuationDb(29, elevationDeg, air) / ka - 1) < 5e-9);
  }
});

test("in the reference atmosphere the bands of low fleets lose tenths of a dB to a dB or so", () => {
  // Rules of thumb for the zenith: Ku about 0.1, Ka 0.2 to 0.5, E 1 to 2 dB.
  assert.ok(Math.abs(gasZenithAttenuationDb(11.7) - 0.1) < 0.05);
  assert.ok(gasZenithAttenuationDb(19.3) > 0.15 && gasZenithAttenuationDb(29.3) < 0.5);
  assert.ok(gasZenithAttenuationDb(73.5) > 0.8 && gasZenithAttenuationDb(73.5) < 2);
  assert.equal(gasAttenuationDb(20, 90), gasZenithAttenuationDb(20));
  assert.ok(Math.abs(gasAttenuationDb(20, 30) - 2 * gasZenithAttenuationDb(20)) < 1e-12);
  assert.ok(
    gasZenithAttenuationDb(20, { ...STANDARD_AIR, waterVapourKgPerM2: 0 }) < gasZenithAttenuationDb(20),
  );
});

test("outside the model: a caller's mistake", () => {
  assert.throws(() => gasAttenuationDb(20, 4), RangeError);
  assert.throws(() => gasAttenuationDb(0.5, 40), RangeError);
  assert.throws(() => gasZenithAttenuationDb(400), RangeError);
});
