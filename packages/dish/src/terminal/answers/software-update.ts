// SPDX-License-Identifier: MIT
import { softwareUpdateState } from "../../schema/constants.ts";
import type { MessageOf } from "../../schema/message.ts";
import type { DishCore } from "../core.ts";

/** What real terminals report while nothing waits: three days. */
const NOTHING_WAITS_S = 259_200;
const DAY_S = 86_400;

/** When the terminal will restart into new software, UTC seconds: its owner's hour of the local day. */
export function updateAtS(core: DishCore, atMs: number): number {
  const nowS = Math.floor(atMs / 1000);
  const localS = (nowS + core.identity.utcOffsetS) % DAY_S;
  const waitS = (core.settings.swupdateRebootHour * 3600 - localS + DAY_S) % DAY_S;
  const deferredS = core.settings.swupdateThreeDayDeferralEnabled ? NOTHING_WAITS_S : 0;
  return nowS + waitS + deferredS;
}

/** Seconds until the terminal may restart into new software; three days while none waits. */
export function secondsUntilUpdate(core: DishCore, atMs: number): number {
  return core.pendingSoftware === null ? NOTHING_WAITS_S : updateAtS(core, atMs) - Math.floor(atMs / 1000);
}

/** `SoftwareUpdateState` of a terminal. */
export const updateState = (core: DishCore): number =>
  core.pendingSoftware === null ? softwareUpdateState.IDLE : softwareUpdateState.REBOOT_REQUIRED;

export function updateStats(
  core: DishCore,
  atMs: number,
): MessageOf<"SpaceX.API.Device.SoftwareUpdateStats"> {
  const pending = core.pendingSoftware !== null;
  return {
    softwareUpdateState: updateState(core),
    softwareUpdateProgress: pending ? 1 : 0,
    updateRequiresReboot: pending,
    rebootScheduledUtcTime: pending ? BigInt(updateAtS(core, atMs)) : undefined,
  };
}
