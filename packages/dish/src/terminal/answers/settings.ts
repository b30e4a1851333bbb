// SPDX-License-Identifier: MIT
import type { MessageOf } from "../../schema/message.ts";
import type { DeviceAnswer } from "../../server/device.ts";
import { refusal } from "../../server/rpc-status.ts";
import type { DishCore } from "../core.ts";
import { applySettings, shownSettings } from "../dish-config.ts";

/** `dish_set_config`. From the local network only where the policy lets it write. */
export function setSettings(
  core: DishCore,
  request: MessageOf<"SpaceX.API.Device.DishSetConfigRequest">,
  atMs: number,
  caller: "lan" | "cloud",
): DeviceAnswer {
  if (caller === "lan" && core.schedule.at(atMs)?.lanWrites !== true) {
    return refusal("permissionDenied", "Permission denied");
  }
  const applied = applySettings(core.ownSettings, request.dishConfig ?? {});
  if (!applied.ok) return refusal("invalidArgument", applied.error.message);
  core.setSettings(applied.value, atMs);
  return { dishSetConfig: { updatedDishConfig: shownSettings(core.settings) } };
}

/** `dish_power_save`: the sleep schedule. Real terminals answer with nothing but the envelope. */
export function powerSave(
  core: DishCore,
  request: MessageOf<"SpaceX.API.Device.DishPowerSaveRequest">,
  atMs: number,
): DeviceAnswer {
  const applied = applySettings(core.ownSettings, {
    powerSaveMode: request.enablePowerSave,
    applyPowerSaveMode: true,
    powerSaveStartMinutes: request.powerSaveStartMinutes,
    applyPowerSaveStartMinutes: true,
    powerSaveDurationMinutes: request.powerSaveDurationMinutes,
    applyPowerSaveDurationMinutes: true,
  });
  if (!applied.ok) return refusal("invalidArgument", applied.error.message);
  core.setSettings(applied.value, atMs);
  return {};
}
