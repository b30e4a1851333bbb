// SPDX-License-Identifier: MIT
// The waits of the air interface, from a grid in absolute time: packets close together meet the same grants, which is
// what makes measured round trips differ by multiples of the frame.
import type { AccessTiming } from "@perigee/network";
import { draw, purpose } from "./draw.ts";

/** A grant is not refused for ever: with a miss probability of 0.99, 4,096 misses in a row have a chance of 1e-18. */
const MISSES_MAX = 4_096;

/** The first grant at or after `readyMs` that is not missed: grant k lies at phase + k * grantPeriod. UTC ms. */
export function nextGrantMs(access: AccessTiming, readyMs: number): number {
  const phaseMs = draw(access.seed, purpose.grantPhase, 0) * access.grantPeriodMs;
  const first = Math.ceil((readyMs - phaseMs) / access.grantPeriodMs);
  let k = first;
  while (k - first < MISSES_MAX && draw(access.seed, purpose.missedGrant, k) < access.missProbability) k++;
  return Math.max(readyMs, phaseMs + k * access.grantPeriodMs);
}

/** The first downlink frame boundary at or after `readyMs`. UTC ms. */
export function nextFrameMs(access: AccessTiming, readyMs: number): number {
  const phaseMs = draw(access.seed, purpose.framePhase, 0) * access.frameMs;
  return Math.max(readyMs, phaseMs + Math.ceil((readyMs - phaseMs) / access.frameMs) * access.frameMs);
}
