// SPDX-License-Identifier: MIT
/**
 * The simulated truth: where terminals really are and how they move. It produces what a terminal reports; the rooms
 * that decide see those reports and never this room's state.
 *
 * @packageDocumentation
 */

export type { Question, Reply } from "./device-key.ts";
export { createDevices, type Transmission, type WorldDevices } from "./devices.ts";
export { parseWorld, type WorldError } from "./parse-world.ts";
export {
  type AreaReject,
  ceaseLimitMs,
  hearAccept,
  hearCommand,
  hearReject,
  maySpeak,
  type Radio,
  type TransmitCommand,
  untoldRadio,
} from "./radio.ts";
export {
  createRanging,
  defaultRangingTruth,
  type RangingOptions,
  type RangingSample,
  type RangingTruth,
  type RangingVisit,
  type WorldRanging,
} from "./ranging.ts";
export { type RangingLie, type RangingScripts, rangingLies } from "./ranging-script.ts";
export { type Obstacle, type Ridge, type SkyMask, type StandingObstacle, skyMask } from "./sky.ts";
export { createSurroundings, type Surroundings, type TerminalCondition } from "./surroundings.ts";
export { positionOnTrack, type Track, type Waypoint } from "./track.ts";
export {
  createTraffic,
  type Demand,
  ordinaryTraffic,
  type Traffic,
  type TrafficScript,
  trafficUsers,
} from "./traffic.ts";
export {
  type Activity,
  type TrafficProfile,
  type TrafficProfileName,
  trafficProfiles,
} from "./traffic-profiles.ts";
export {
  type Clone,
  createWorld,
  type DeviceScript,
  type Home,
  type HomeClient,
  type Interval,
  type LocationReport,
  type World,
  type WorldTerminal,
} from "./world.ts";
