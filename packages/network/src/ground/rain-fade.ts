// SPDX-License-Identifier: MIT
import { slantRainAttenuationDb } from "@perigee/earth";
import type { GroundSegment } from "../ground-segment.ts";
import { DOWNLINK, UPLINK } from "../link-budget.ts";
import type { GatewayFade } from "./contacts.ts";

/** Rain at a place, mm/h: one instant of the weather. */
export type RainRateAt = (latDeg: number, lonDeg: number) => number;

/**
 * What rain takes from the paths of each gateway in one slot: its rain rate is asked for once, and nothing is computed
 * where it is dry. ITU-R P.618-13 and P.838-3, see `slantRainAttenuationDb`.
 */
export function gatewayFade(ground: GroundSegment, rainMmPerHAt: RainRateAt): GatewayFade {
  return gateway => {
    const { latDeg, lonDeg } = ground.gateways[gateway]!;
    const rainMmPerH = rainMmPerHAt(latDeg, lonDeg);
    if (!(rainMmPerH > 0)) return null;
    return (frequencyGhz, elevationDeg) =>
      slantRainAttenuationDb({ frequencyGhz, elevationDeg, latDeg }, rainMmPerH);
  };
}

/** What rain takes from a terminal's link, dB: down at 11.7 GHz, up at 14.25. For `LinkGeometry.rainDb`. */
export function userRainDb(
  latDeg: number,
  elevationDeg: number,
  rainMmPerH: number,
): { readonly downDb: number; readonly upDb: number } {
  const at = (frequencyGhz: number) =>
    slantRainAttenuationDb({ frequencyGhz, elevationDeg, latDeg }, rainMmPerH);
  return { downDb: at(DOWNLINK.frequencyGHz), upDb: at(UPLINK.frequencyGHz) };
}
