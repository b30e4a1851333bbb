// SPDX-License-Identifier: MIT
import type { GenerationId } from "../payload.ts";

/** What one satellite takes in, keeps and uses. Watts and watt hours. */
export interface PowerBudget {
  /** From the solar array in full sunlight, array facing the sun. */
  readonly arrayW: number;
  /** Usable capacity of the battery when new. */
  readonly batteryWh: number;
  /** Share of what goes in that comes out again, 0 to 1; what the array feeds directly is not touched by it. */
  readonly batteryEfficiency: number;
  /** Attitude, propulsion, computers, heaters: always on. */
  readonly busW: number;
  /** User beams, all of them lit all the time; a beam in use for a part of the time takes that part. */
  readonly beamsW: number;
  /** Each link to a gateway that is up. */
  readonly gatewayLinkW: number;
  /** Each laser that is up, at this end. */
  readonly laserW: number;
}

/**
 * Watts by generation. No operator publishes them, so all are [M], assumed: an array that carries the satellite through an
 * orbit with its longest shadow (36 of 95 minutes) somewhere between half and full use, and a battery that loses a third of its
 * charge in that shadow, which is how batteries are kept alive for five years (30,000 cycles). Bring your own for a real
 * satellite.
 */
export const POWER_BUDGETS: Readonly<Record<GenerationId, PowerBudget>> = {
  "v1.0": budget(3_300, 3_000, { busW: 500, beamsW: 1_700, gatewayLinkW: 90, laserW: 0 }),
  "v1.5": budget(3_700, 3_400, { busW: 550, beamsW: 1_700, gatewayLinkW: 90, laserW: 80 }),
  "v2-mini": budget(9_600, 9_000, { busW: 1_200, beamsW: 5_200, gatewayLinkW: 160, laserW: 80 }),
  v3: budget(27_000, 27_000, { busW: 2_500, beamsW: 14_000, gatewayLinkW: 250, laserW: 120 }),
};

function budget(
  arrayW: number,
  batteryWh: number,
  uses: Pick<PowerBudget, "busW" | "beamsW" | "gatewayLinkW" | "laserW">,
): PowerBudget {
  return { arrayW, batteryWh, batteryEfficiency: 0.92, ...uses };
}

/** What of a satellite is in use. */
export interface PowerUse {
  /** Mean share of its user beams' time that is used, 0 to 1. */
  readonly beams: number;
  readonly gatewayLinks: number;
  readonly lasers: number;
}

/** Watts that a satellite draws. */
export function drawW(budgetOf: PowerBudget, use: PowerUse): number {
  const { busW, beamsW, gatewayLinkW, laserW } = budgetOf;
  return busW + beamsW * use.beams + gatewayLinkW * use.gatewayLinks + laserW * use.lasers;
}

/**
 * The battery after a time with constant sunlight and draw. The array feeds the satellite first; what is left charges the
 * battery, what is missing comes out of it. The losses are counted on the way in.
 *
 * @param chargeWh - Before, 0 to the budget's capacity.
 * @param sunlit - Share of the time in sunlight, 0 to 1: shadow comes first, so that the least charge is not hidden.
 * @param hours - Length of the time.
 * @returns Charge after it, and the least on the way; both 0 to the capacity.
 */
export function chargeAfter(
  { arrayW, batteryWh, batteryEfficiency }: PowerBudget,
  chargeWh: number,
  sunlit: number,
  draw: number,
  hours: number,
): { readonly endWh: number; readonly leastWh: number } {
  const inShadow = Math.max(0, chargeWh - draw * hours * (1 - sunlit));
  const surplusW = arrayW - draw;
  const gainedWh = surplusW * hours * sunlit * (surplusW > 0 ? batteryEfficiency : 1);
  const endWh = Math.min(batteryWh, Math.max(0, inShadow + gainedWh));
  return { endWh, leastWh: Math.min(inShadow, endWh) };
}
