// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** What an owner can set on a dish. */
export const dishConfigFile = {
  path: "spacex_api/device/dish_config.proto",
  package: "SpaceX.API.Device",
  imports: [],
  options: { goPackage: "spacex.com/api/device" },
  messages: {
    DishConfig: {
      snow_melt_mode: [1, "DishConfig.SnowMeltMode"],
      apply_snow_melt_mode: [1001, "bool"],
      location_request_mode: [2, "DishConfig.LocationRequestMode"],
      apply_location_request_mode: [2001, "bool"],
      level_dish_mode: [3, "DishConfig.LevelDishMode"],
      apply_level_dish_mode: [3001, "bool"],
      power_save_start_minutes: [4, "uint32"],
      apply_power_save_start_minutes: [4001, "bool"],
      power_save_duration_minutes: [5, "uint32"],
      apply_power_save_duration_minutes: [5001, "bool"],
      power_save_mode: [6, "bool"],
      apply_power_save_mode: [6001, "bool"],
      swupdate_reboot_hour: [9, "uint32"],
      apply_swupdate_reboot_hour: [9001, "bool"],
      swupdate_three_day_deferral_enabled: [7, "bool"],
      apply_swupdate_three_day_deferral_enabled: [7001, "bool"],
      asset_class: [8, "uint32"],
      apply_asset_class: [8001, "bool"],
    },
  },
  enums: {
    "DishConfig.SnowMeltMode": { AUTO: 0, ALWAYS_ON: 1, ALWAYS_OFF: 2 },
    "DishConfig.LocationRequestMode": { NONE: 0, LOCAL: 1 },
    "DishConfig.LevelDishMode": { TILT_LIKE_NORMAL: 0, FORCE_LEVEL: 1 },
  },
} as const satisfies ProtoFile;
