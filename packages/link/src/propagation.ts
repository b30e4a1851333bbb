// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";

/**
 * One-way delay of the path at an instant (UTC ms): the parabola through the slot's three samples (Lagrange form).
 * Outside the slot, the nearest end: a pass is not extrapolated.
 */
export function oneWayMsAt(link: Pick<LinkState, "fromMs" | "untilMs" | "oneWayMs">, atMs: number): number {
  const u = Math.min(1, Math.max(0, (atMs - link.fromMs) / (link.untilMs - link.fromMs)));
  const [start, middle, end] = link.oneWayMs;
  return start * (2 * u - 1) * (u - 1) + middle * 4 * u * (1 - u) + end * u * (2 * u - 1);
}
