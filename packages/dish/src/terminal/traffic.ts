// SPDX-License-Identifier: MIT
import { rateLimitReason } from "../schema/constants.ts";
import type { DishSlot } from "./inputs.ts";

/** Pings that a terminal sends to its point of presence each second, and their size on the wire, bytes. */
export const PINGS_PER_SECOND = 4;
const PING_BYTES = 84;

/**
 * Bits per second that a limit leaves: 1 Mbit/s down and 0.5 up when purchased data is used up (comment of the
 * official `get_diagnostics`), 0.5 both ways on standby (the vendor's plans, 2026).
 */
function limitBps(reason: number, direction: "down" | "up"): number {
  if (reason === rateLimitReason.OVERAGE_LIMIT) return direction === "down" ? 1e6 : 0.5e6;
  return reason === rateLimitReason.LOW_SPEED_POLICY_LIMIT ? 0.5e6 : Number.POSITIVE_INFINITY;
}

/**
 * What of the demand is carried: as much as the link has room for and the plan's limits leave. A terminal that reaches
 * only its account site carries nothing else, and its own pings always.
 *
 * @param linkBps room on the link, bit/s
 * @param heard share of the packets that get through, 0 to 1
 */
export function carriedBps(
  demandBps: number,
  linkBps: number,
  heard: number,
  slot: DishSlot,
  direction: "down" | "up",
): number {
  const own = PINGS_PER_SECOND * PING_BYTES * 8 * heard;
  if (slot.admission?.reach !== "all") return own;
  const limit = limitBps(
    (direction === "down" ? slot.plan?.downLimit : slot.plan?.upLimit) ?? rateLimitReason.NO_LIMIT,
    direction,
  );
  return own + Math.min(demandBps, linkBps, limit) * heard;
}
