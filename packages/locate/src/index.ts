// SPDX-License-Identifier: MIT
/**
 * Where a terminal really is: positions from network-side round trips and Doppler, and what they say of a claimed one.
 *
 * Lengths are km, instants UTC ms, frames Earth-fixed (ECEF) or geodetic WGS-84. Pure.
 *
 * @packageDocumentation
 */
export { type AreaRings, type EdgeDoubt, guardBandKm, massInside } from "./area-mass.ts";
export { type Claim, DEFAULT_CLAIM_ERROR_KM, motionBetween } from "./claim.ts";
export {
  admissionVerdict,
  evidenceOf,
  type LocationEvidence,
  type WindowEvidence,
} from "./evidence.ts";
export {
  defaultJudging,
  type Judgement,
  type JudgementReason,
  type JudgeOptions,
  judgementReasons,
} from "./judge.ts";
export type { Ellipse, PlaceCovariance } from "./kernel/ellipse.ts";
export type { LocateError, LocateErrorCode, Result } from "./locate-error.ts";
export { createLocator, type LocateOptions, type Locator, type PositionFix } from "./locator.ts";
export {
  type Beam,
  defaultRanging,
  type MeasurementWindow,
  type Motion,
  type RangeMeasurement,
  type RangingModel,
  rangeOfRoundTrip,
  slackRangeKm,
} from "./measurement.ts";
export { parseWindow, type ReadWindow } from "./parse-window.ts";
export { MIRROR_MISFIT, type Solution } from "./solutions.ts";
export {
  type Encounter,
  encounterOf,
  isFasterThan,
  type MeasuredSpeed,
  speedBetween,
} from "./speed.ts";
export { chooseRound, type Direction, unconstrainedShare } from "./spread.ts";
export {
  type LocationFinding,
  type Verdict,
  type VerdictTimes,
  verdictOf,
  verdictTimes,
} from "./verdict.ts";
