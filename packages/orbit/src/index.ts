// SPDX-License-Identifier: MIT

/**
 * `@perigee/orbit`: elements in, states out. Pure: no clock, no I/O, no randomness.
 *
 * Frames: SGP4 works in TEME; everything that leaves this room is Earth-fixed (ECEF) or geodetic (WGS-84).
 * Instants are UTC milliseconds since 1970-01-01, leap seconds not counted; they may have a fraction.
 *
 * @packageDocumentation
 */
export {
  ELEMENTS_AGE_WARNINGS,
  ELEMENTS_DRIFT,
  type ElementsAge,
  elementsAge,
  elementsAgeWarning,
} from "./age.ts";
export {
  type BuiltInConstellation,
  builtInElements,
  builtInShells,
  type Shell,
} from "./built-in.ts";
export { type BulkOptions, type BulkPropagator, createBulkPropagator } from "./bulk.ts";
export {
  CONSTELLATION_CODE_BOUNDS,
  CONSTELLATION_CODE_DRAFT,
  type ConstellationShell,
  constellationElements,
  formatConstellationCode,
  isConstellationCode,
  parseConstellationCode,
} from "./constellation-code.ts";
export {
  ELEMENTS_BOUNDS,
  type Elements,
  type ElementsError,
  type ElementsErrorCode,
  epochMs,
  type Result,
} from "./elements.ts";
export { createEphemeris, type Ephemeris, SGP4_ERRORS, stateAt } from "./ephemeris.ts";
export { formatOmmCsv, formatOmmJson, formatTle } from "./format.ts";
export { type Ecef, type EcefState, gmstRad, temeToEcef } from "./frames.ts";
export { ecefToGeodetic, type Geodetic, geodeticToEcef, WGS84 } from "./geodetic.ts";
export {
  type HermiteWeights,
  hermitePositions,
  hermiteStates,
  hermiteWeights,
  type StateArrays,
} from "./hermite.ts";
export { type BulkStates, hasF64x2, type PropagatorOptions } from "./kernel/fleet.ts";
export type { Frame, KernelName } from "./kernel/part.ts";
export { type LookAngles, lookAngles, lookAnglesFrom, type ObserverFrame, observerFrame } from "./look.ts";
export { altitudeFromMeanMotionKm, meanMotionFromAltitude } from "./mean-motion.ts";
export { parseOmmJson } from "./omm.ts";
export { parseOmmCsv } from "./omm-csv.ts";
export { type ParseOptions, parseElements } from "./parse.ts";
export { type OrbitalPlane, type PlaneMap, type PlaneOptions, type PlaneShell, planesOf } from "./planes.ts";
export { createPropagator, type Propagator } from "./propagator.ts";
export { type Service, serviceAtAltitude } from "./service.ts";
export { isSunlit, sunEcef } from "./sun.ts";
export { parseTle } from "./tle.ts";
export { type WalkerSpec, walkerShell } from "./walker.ts";
