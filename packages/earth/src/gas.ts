// SPDX-License-Identifier: MIT
// Oxygen and water vapour: Recommendation ITU-R P.676-12 (08/2019), annex 1 (specific attenuation, line by line) and
// annex 2 (slant paths by an equivalent height for oxygen and the vapour's total content).

import { OXYGEN_LINES, WATER_VAPOUR_LINES } from "./gas-lines.ts";

const RADIANS = Math.PI / 180;

/** The air at a station. */
export interface SurfaceAir {
  /** Of the dry air. */
  readonly pressureHpa: number;
  readonly temperatureK: number;
  readonly waterVapourGPerM3: number;
  /** All the vapour above the station, kg/m² (the same number as mm of water). */
  readonly waterVapourKgPerM2: number;
  /** Of the station above the sea. */
  readonly altitudeKm: number;
}

/**
 * Mean annual global reference atmosphere at sea level: 1013.25 hPa, 15 °C, 7.5 g/m³ of vapour that halves every 1.4 km,
 * hence 15 kg/m² (Recommendation ITU-R P.835-6, section 1).
 */
export const STANDARD_AIR: SurfaceAir = {
  pressureHpa: 1013.25,
  temperatureK: 288.15,
  waterVapourGPerM3: 7.5,
  waterVapourKgPerM2: 15,
  altitudeKm: 0,
};

type LocalAir = Pick<SurfaceAir, "pressureHpa" | "temperatureK" | "waterVapourGPerM3">;

/** Attenuation per kilometre of air, dB/km, by gas (P.676-12, annex 1, equations 1 to 9). 1 to 1000 GHz. */
export function gasSpecificAttenuationDbPerKm(
  frequencyGhz: number,
  air: LocalAir = STANDARD_AIR,
): { readonly oxygen: number; readonly waterVapour: number } {
  assertFrequency(frequencyGhz, 1000);
  return { oxygen: oxygenDbPerKm(frequencyGhz, air), waterVapour: waterVapourDbPerKm(frequencyGhz, air) };
}

/**
 * Attenuation by gas straight up, dB: oxygen by its equivalent height, vapour by its content (P.676-12, annex 2, sections
 * 2.2 and 2.3). 1 to 350 GHz. Costs some microseconds and does not depend on the path: keep it per frequency.
 */
export function gasZenithAttenuationDb(frequencyGhz: number, air: SurfaceAir = STANDARD_AIR): number {
  assertFrequency(frequencyGhz, 350);
  return (
    oxygenDbPerKm(frequencyGhz, air) * oxygenHeightKm(frequencyGhz, air) +
    zenithWaterVapourDb(frequencyGhz, air)
  );
}

/**
 * Attenuation by gas along a path, dB: {@link gasZenithAttenuationDb} over the sine of the elevation, which holds from 5
 * to 90 degrees. Throws a RangeError outside, and for frequencies outside 1 to 350 GHz.
 */
export function gasAttenuationDb(
  frequencyGhz: number,
  elevationDeg: number,
  air: SurfaceAir = STANDARD_AIR,
): number {
  if (!(elevationDeg >= 5 && elevationDeg <= 90))
    throw new RangeError(`P.676's slant paths rise by 5 to 90 degrees, not by ${elevationDeg}.`);
  return gasZenithAttenuationDb(frequencyGhz, air) / Math.sin(elevationDeg * RADIANS);
}

function assertFrequency(frequencyGhz: number, maxGhz: number): void {
  if (!(frequencyGhz >= 1 && frequencyGhz <= maxGhz))
    throw new RangeError(`P.676 holds here from 1 to ${maxGhz} GHz, not at ${frequencyGhz} GHz.`);
}

/** Partial pressure of the vapour, hPa (equation 4). */
function vapourPressureHpa({ waterVapourGPerM3, temperatureK }: LocalAir): number {
  return (waterVapourGPerM3 * temperatureK) / 216.7;
}

function oxygenDbPerKm(f: number, air: LocalAir): number {
  const p = air.pressureHpa;
  const e = vapourPressureHpa(air);
  const theta = 300 / air.temperatureK;
  const theta08 = theta ** 0.8;
  let sum = 0;
  for (const [line, a1, a2, a3, a5, a6] of OXYGEN_LINES) {
    const strength = a1 * 1e-7 * p * theta ** 3 * Math.exp(a2 * (1 - theta));
    const width = Math.hypot(a3 * 1e-4 * (p * theta08 + 1.1 * e * theta), 1.5e-3);
    const overlap = (a5 + a6 * theta) * 1e-4 * (p + e) * theta08;
    sum += (strength * f * (lobe(line - f, width, overlap) + lobe(line + f, width, overlap))) / line;
  }
  // The dry continuum: oxygen's Debye spectrum, and nitrogen under pressure (equation 8).
  const debye = 5.6e-4 * (p + e) * theta08;
  const oxygen = 6.14e-5 / (debye * (1 + (f / debye) ** 2));
  const nitrogen = (1.4e-12 * p * theta ** 1.5) / (1 + 1.9e-5 * f ** 1.5);
  return 0.182 * f * (sum + f * p * theta ** 2 * (oxygen + nitrogen));
}

function waterVapourDbPerKm(f: number, air: LocalAir): number {
  const p = air.pressureHpa;
  const e = vapourPressureHpa(air);
  const theta = 300 / air.temperatureK;
  let sum = 0;
  for (const [line, b1, b2, b3, b4, b5, b6] of WATER_VAPOUR_LINES) {
    const strength = 0.1 * b1 * e * theta ** 3.5 * Math.exp(b2 * (1 - theta));
    const pressure = b3 * 1e-4 * (p * theta ** b4 + b5 * e * theta ** b6);
    // Doppler broadening (equation 6b).
    const width = 0.535 * pressure + Math.sqrt(0.217 * pressure ** 2 + (2.1316e-12 * line ** 2) / theta);
    sum += (strength * f * (lobe(line - f, width, 0) + lobe(line + f, width, 0))) / line;
  }
  return 0.182 * f * sum;
}

/** One half of a line's shape (equation 5). */
function lobe(distance: number, width: number, overlap: number): number {
  return (width - overlap * distance) / (distance ** 2 + width ** 2);
}

/** Equivalent height of oxygen, km (P.676-12, annex 2, section 2.2.1). */
function oxygenHeightKm(f: number, air: LocalAir): number {
  const r = (air.pressureHpa + vapourPressureHpa(air)) / 1013.25;
  const t1 =
    (5.104 / (1 + 0.066 * r ** -2.3)) * Math.exp(-(((f - 59.7) / (2.87 + 12.4 * Math.exp(-7.9 * r))) ** 2));
  let t2 = 0;
  for (const [c, line] of OXYGEN_HEIGHT_LINES)
    t2 += (c * Math.exp(2.12 * r)) / ((f - line) ** 2 + 0.025 * Math.exp(2.2 * r));
  const t3 =
    ((0.0114 * f) / (1 + 0.14 * r ** -2.6)) *
    ((15.02 * f * f - 1353 * f + 5.333e4) / (f ** 3 - 151.3 * f * f + 9629 * f - 6803));
  const warmth = 0.7832 + 0.00709 * (air.temperatureK - 273.15);
  const heightKm = ((6.1 * warmth) / (1 + 0.17 * r ** -1.1)) * (1 + t1 + t2 + t3);
  return f < 70 ? Math.min(heightKm, 10.7 * r ** 0.3) : heightKm;
}

/** c and f of table 3. */
const OXYGEN_HEIGHT_LINES: readonly (readonly [c: number, ghz: number])[] = [
  [0.1597, 118.750334],
  [0.1066, 368.498246],
  [0.1325, 424.76302],
  [0.1242, 487.249273],
  [0.0938, 715.392902],
  [0.1448, 773.83949],
  [0.1374, 834.145546],
];

/** Attenuation by the vapour above a station, dB (P.676-12, annex 2, section 2.3: by its total content). */
function zenithWaterVapourDb(f: number, { waterVapourKgPerM2: content, altitudeKm }: SurfaceAir): number {
  if (content <= 0) return 0;
  const reference: LocalAir = {
    pressureHpa: 845,
    waterVapourGPerM3: content / 2.38,
    temperatureK: 14 * Math.log((0.22 * content) / 2.38) + 3 + 273.15,
  };
  const low =
    (0.0176 * content * waterVapourDbPerKm(f, reference)) / waterVapourDbPerKm(REFERENCE_GHZ, reference);
  if (f < 20) return low;
  const a =
    0.2048 * Math.exp(-(((f - 22.43) / 3.097) ** 2)) +
    0.2326 * Math.exp(-(((f - 183.5) / 4.096) ** 2)) +
    0.2073 * Math.exp(-(((f - 325) / 3.651) ** 2)) -
    0.1113;
  const b = 8.741e4 * Math.exp(-0.587 * f) + 312.2 * f ** -2.38 + 0.723;
  return low * (a * Math.min(Math.max(altitudeKm, 0), 4) ** b + 1);
}

/** Where the ratio of attenuation to content was measured. */
const REFERENCE_GHZ = 20.6;
