// SPDX-License-Identifier: MIT
import { ELEMENTS_BOUNDS, type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { meanMotionFromAltitude } from "./mean-motion.ts";

const DAY_MS = 86_400_000;

/** A Walker pattern i:T/P/F, complete or partly filled. */
export interface WalkerSpec {
  /** `delta` spreads the planes over 360 degrees of RAAN, `star` over 180. */
  readonly kind: "delta" | "star";
  readonly inclinationDeg: number;
  /** Semi-major axis less 6378.137 km; see {@link meanMotionFromAltitude}. */
  readonly altitudeKm: number;
  /** T: slots of the complete pattern, a multiple of `planes`. */
  readonly satellites: number;
  /** P: planes of the complete pattern. */
  readonly planes: number;
  /** F, 0 to P - 1: the next plane to the east leads by F * 360 / T degrees of argument of latitude. */
  readonly phasing: number;
  /** How many of the P planes hold satellites, spread evenly; default all. */
  readonly occupiedPlanes?: number;
  /** How many slots of the occupied planes hold one, spread evenly; default all. */
  readonly filled?: number;
  /** Further satellites beside filled slots, spread evenly; default 0. */
  readonly spares?: number;
  /** How far a spare leads its slot; default 1. */
  readonly spareOffsetDeg?: number;
  /** RAAN of the first plane at the epoch; default 0. */
  readonly raanDeg?: number;
  /** Argument of latitude of the first plane's first slot at the epoch; default 0. */
  readonly argumentOfLatitudeDeg?: number;
  /** Satellites are called `<namePrefix>-<n>`, n from 1; default `W`. */
  readonly namePrefix?: string;
  /** Default 900001, outside the numbers given to real objects today. */
  readonly firstCatalogNumber?: number;
}

/**
 * Elements of a Walker pattern at `epochMs` (UTC, integer milliseconds): plane by plane eastwards, slots in order of
 * flight, spares last. Nearly circular (e = 0.0001, perigee at 90 degrees, as low orbits freeze), no drag (bstar 0:
 * the fleet keeps its station). Error codes: `range`, `tooMany`; places name the field: `.planes`.
 */
export function walkerShell(spec: WalkerSpec, epochMs: number): Result<Elements[], ElementsError> {
  const bad = firstBadField(spec, epochMs);
  if (bad !== undefined) return bad;

  const { satellites, planes, phasing } = spec;
  const slots = satellites / planes;
  const occupied = spec.occupiedPlanes ?? planes;
  const filled = spec.filled ?? occupied * slots;
  const spares = spec.spares ?? 0;
  const spread = spec.kind === "delta" ? 360 : 180;

  const places: { readonly raanDeg: number; readonly latitudeDeg: number }[] = [];
  for (let k = 0; k < occupied * slots; k++) {
    if (!takes(k, filled, occupied * slots)) continue;
    const plane = Math.floor((Math.floor(k / slots) * planes) / occupied);
    places.push({
      raanDeg: (spec.raanDeg ?? 0) + (plane * spread) / planes,
      latitudeDeg:
        (spec.argumentOfLatitudeDeg ?? 0) +
        ((k % slots) * 360) / slots +
        (plane * phasing * 360) / satellites,
    });
  }
  const beside = places.filter((_, k) => takes(k, spares, filled));
  for (const { raanDeg, latitudeDeg } of beside) {
    places.push({ raanDeg, latitudeDeg: latitudeDeg + (spec.spareOffsetDeg ?? 1) });
  }

  const epochDayMs = Math.floor(epochMs / DAY_MS) * DAY_MS;
  const meanMotionRevPerDay = meanMotionFromAltitude(spec.altitudeKm);
  const value = places.map(
    ({ raanDeg, latitudeDeg }, k): Elements => ({
      catalogNumber: (spec.firstCatalogNumber ?? 900_001) + k,
      name: `${spec.namePrefix ?? "W"}-${k + 1}`,
      internationalDesignator: "",
      epochDayMs,
      epochMsOfDay: epochMs - epochDayMs,
      inclinationDeg: spec.inclinationDeg,
      raanDeg: turn(raanDeg),
      eccentricity: 0.0001,
      argumentOfPerigeeDeg: 90,
      meanAnomalyDeg: turn(latitudeDeg - 90),
      meanMotionRevPerDay,
      bstar: 0,
      nDot: 0,
      nDDot: 0,
      elementSetNumber: 1,
      revolutionNumber: 0,
    }),
  );
  return { ok: true, value };
}

/** Whether item `k` of `total` is among `chosen` spread evenly (error diffusion: Bresenham's line). */
function takes(k: number, chosen: number, total: number): boolean {
  return Math.floor(((k + 1) * chosen) / total) > Math.floor((k * chosen) / total);
}

function turn(deg: number): number {
  return ((deg % 360) + 360) % 360;
}

function firstBadField(spec: WalkerSpec, epochMs: number) {
  const { satellites, planes } = spec;
  const occupied = spec.occupiedPlanes ?? planes;
  const slots = occupied * (satellites / planes);
  const filled = spec.filled ?? slots;
  const whole = (value: number, min: number, max: number) =>
    Number.isInteger(value) && value >= min && value <= max;
  const within = (value: number, min: number, max: number) => value >= min && value <= max;
  const finite = Number.isFinite;
  const rules: readonly (readonly [field: string, value: unknown, holds: boolean, rule: string])[] = [
    [
      "inclinationDeg",
      spec.inclinationDeg,
      within(spec.inclinationDeg, 0, 180),
      "Inclination is 0 to 180 degrees.",
    ],
    ["altitudeKm", spec.altitudeKm, within(spec.altitudeKm, 150, 40_000), "Altitude is 150 to 40,000 km."],
    ["planes", planes, whole(planes, 1, ELEMENTS_BOUNDS.sets), "P is a whole number of at least 1."],
    [
      "satellites",
      satellites,
      whole(satellites, 1, ELEMENTS_BOUNDS.sets) && satellites % planes === 0,
      `T is a multiple of P, at most ${ELEMENTS_BOUNDS.sets}.`,
    ],
    ["phasing", spec.phasing, whole(spec.phasing, 0, planes - 1), "F is a whole number, 0 to P - 1."],
    ["occupiedPlanes", occupied, whole(occupied, 1, planes), "Occupied planes are 1 to P."],
    ["filled", filled, whole(filled, 1, slots), "Filled slots are 1 to the slots of the occupied planes."],
    [
      "spares",
      spec.spares,
      whole(spec.spares ?? 0, 0, filled),
      "Spares are 0 to the number of filled slots.",
    ],
    [
      "spareOffsetDeg",
      spec.spareOffsetDeg,
      finite(spec.spareOffsetDeg ?? 1),
      "The offset is a finite number.",
    ],
    ["raanDeg", spec.raanDeg, finite(spec.raanDeg ?? 0), "RAAN is a finite number."],
    [
      "argumentOfLatitudeDeg",
      spec.argumentOfLatitudeDeg,
      finite(spec.argumentOfLatitudeDeg ?? 0),
      "The argument of latitude is a finite number.",
    ],
    [
      "firstCatalogNumber",
      spec.firstCatalogNumber,
      whole(spec.firstCatalogNumber ?? 1, 1, 999_999_999 - 2 * ELEMENTS_BOUNDS.sets),
      "Catalogue numbers are 1 to 999,999,999.",
    ],
    ["epochMs", epochMs, Number.isSafeInteger(epochMs), "The epoch is an integer of milliseconds."],
  ];
  const broken = rules.find(([, , holds]) => !holds);
  return broken === undefined
    ? undefined
    : refuse("range", `.${broken[0]}`, `found ${String(broken[1])}`, broken[3]);
}
