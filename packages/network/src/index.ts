// SPDX-License-Identifier: MIT

/**
 * `@perigee/network`: satellites and ground in, a slot plan out. Pure: no clock, no I/O; every draw comes from a seed.
 *
 * @packageDocumentation
 */
export {
  accessTiming,
  handoverGap,
  oneWayAt,
  plannedRttMs,
  waitProbability,
  waitQuantileMs,
} from "./access.ts";
export { elementsVersion } from "./elements-version.ts";
export { createFleetMotion, type FleetMotion, type FleetState } from "./fleet-motion.ts";
export {
  builtInGround,
  type Gateway,
  type GroundSegment,
  nearestHomePop,
  type Pop,
} from "./ground-segment.ts";
export { type GsoArc, gsoArc, gsoSeparationDeg, tooNearGso } from "./gso.ts";
export type { HomePops } from "./home-pops.ts";
export { type LaserGrid, laserGrid, laserLengthKm, laserPairs } from "./lasers.ts";
export {
  DOWNLINK,
  downlinkChannelMbps,
  downlinkCn0DbHz,
  freeSpaceLossDb,
  type LinkGeometry,
  MCS_TABLE,
  type Mcs,
  mcsFor,
  siteRates,
  UPLINK,
  uplinkChannelMbps,
  uplinkCn0DbHz,
} from "./link-budget.ts";
export type { AccessTiming, HandoverGap, LinkState, PathHop, PathNode } from "./link-state.ts";
export { type LinkInputs, linkStateOf } from "./link-state-of.ts";
export { createPlanner, type Planner, type PlannerOptions, serviceByOrbit } from "./plan.ts";
export {
  defaultPolicy,
  type HomePolicy,
  type LinkPolicy,
  type Policy,
  type RoutePolicy,
  type SchedulerPolicy,
  type ScoreWeights,
} from "./policy.ts";
export { createRouter, LIGHT_KM_PER_MS, type Router, type RouteTree } from "./routes.ts";
export { assignSatellites, type Candidate, type Limits, type Request, score } from "./scheduler.ts";
export { SLOT_MS, slotAt, slotStartMs } from "./slot.ts";
export type { LinkChange, Site, SlotPlan, UnservedReason, UnservedSite } from "./slot-plan.ts";
export { diffPlans } from "./slot-plan.ts";
export {
  type CapGeometry,
  capGeometry,
  createSky,
  isAbove,
  remainingSeconds,
  type Sky,
  satellitesAbove,
  skyOf,
} from "./visibility.ts";
