// SPDX-License-Identifier: MIT
/**
 * The simulated truth: where terminals really are and how they move. It produces what a terminal reports; the rooms
 * that decide see those reports and never this room's state.
 *
 * @packageDocumentation
 */
export { type Track, type Waypoint, positionOnTrack } from "./track.ts";
export { createWorld, type LocationReport, type World, type WorldTerminal } from "./world.ts";
export { type WorldError, parseWorld } from "./parse-world.ts";
