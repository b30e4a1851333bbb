// SPDX-License-Identifier: MIT
/**
 * The simulated truth: where terminals really are and how they move. It produces what a terminal reports; the rooms
 * that decide see those reports and never this room's state.
 *
 * @packageDocumentation
 */

export { parseWorld, type WorldError } from "./parse-world.ts";
export { positionOnTrack, type Track, type Waypoint } from "./track.ts";
export { createWorld, type LocationReport, type World, type WorldTerminal } from "./world.ts";
