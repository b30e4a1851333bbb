// SPDX-License-Identifier: MIT
import { positionSource } from "../../schema/constants.ts";
import type { MessageOf } from "../../schema/message.ts";
import type { DeviceAnswer } from "../../server/device.ts";
import { refusal } from "../../server/rpc-status.ts";
import type { DishCore } from "../core.ts";

/** One standard deviation of a position by its source, metres: this project's choice. */
const sigmaM: Readonly<Record<number, number>> = {
  [positionSource.GPS]: 5,
  [positionSource.STARLINK]: 50,
  [positionSource.GNC_FUSED]: 3,
};

/** Why `get_location` is refused, in the words of real terminals; null: it is answered. */
export function locationRefusal(core: DishCore, atMs: number): string | null {
  const policy = core.schedule.at(atMs)?.locationPolicy ?? "notEnabled";
  if (policy === "policy") return "Failed to get location: Disabled due to policy";
  if (policy === "notEnabled" || core.settings.locationRequestMode === 0) {
    return "GetLocation requests are not enabled on this device";
  }
  return null;
}

/** `get_location`. Without satellite navigation the position comes from the network's own satellites. */
export function location(
  core: DishCore,
  request: MessageOf<"SpaceX.API.Device.GetLocationRequest">,
  atMs: number,
): DeviceAnswer {
  const denied = locationRefusal(core, atMs);
  if (denied !== null) return refusal("permissionDenied", denied);
  const slot = core.schedule.at(atMs);
  const gps = core.gpsValid(atMs);
  const asked = request.source ?? positionSource.AUTO;
  const source =
    asked === positionSource.AUTO ? (gps ? positionSource.GNC_FUSED : positionSource.STARLINK) : asked;
  const sigma = sigmaM[source];
  const needsGps = source === positionSource.GPS || source === positionSource.GNC_FUSED;
  if (slot?.position == null || sigma === undefined || (needsGps && !gps)) {
    return refusal("failedPrecondition", "No position from this source");
  }
  const { latDeg, lonDeg, heightM } = slot.position;
  return {
    getLocation: {
      lla: { lat: latDeg, lon: lonDeg, alt: heightM },
      sigmaM: sigma,
      source,
      horizontalSpeedMps: slot.speedMps,
    },
  };
}
