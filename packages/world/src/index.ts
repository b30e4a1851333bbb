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
export { positionOnTrack, type Track, type Waypoint } from "./track.ts";
export {
  type Clone,
  createWorld,
  type DeviceScript,
  type Interval,
  type LocationReport,
  type World,
  type WorldTerminal,
} from "./world.ts";
