// SPDX-License-Identifier: MIT
import type { MessageOf } from "../../schema/message.ts";
import { startReasons } from "../boot.ts";
import type { DishCore } from "../core.ts";

/** Who the terminal is, as `get_device_info` and `get_status` tell it. */
export function deviceInfo(core: DishCore): MessageOf<"SpaceX.API.Device.DeviceInfo"> {
  const { identity } = core;
  const lastReason = startReasons[core.startReason].boot;
  return {
    id: identity.id,
    hardwareVersion: identity.hardwareVersion,
    softwareVersion: core.softwareVersion,
    manufacturedVersion: identity.manufacturedVersion,
    countryCode: identity.countryCode,
    utcOffsetS: identity.utcOffsetS,
    softwarePartitionsEqual: core.pendingSoftware === null,
    bootcount: core.starts,
    dishCohoused: identity.hardwareVersion.startsWith("mini"),
    boot: {
      countByReason: core.startsByReason,
      lastReason,
      lastCount: core.startsByReason.get(lastReason) ?? 0,
    },
  };
}
