// SPDX-License-Identifier: MIT

/** What the owner of a terminal can set (`DishConfig`). Minutes are of the UTC day. */
export interface DishSettings {
  /** 0 automatic, 1 always on, 2 always off. */
  readonly snowMeltMode: number;
  /** 0 none, 1 local: whether `get_location` is answered. */
  readonly locationRequestMode: number;
  /** 0 tilted as normal, 1 forced level. */
  readonly levelDishMode: number;
  readonly powerSaveStartMinutes: number;
  readonly powerSaveDurationMinutes: number;
  readonly powerSaveMode: boolean;
  /** Local hour of the restart into new software. */
  readonly swupdateRebootHour: number;
  readonly swupdateThreeDayDeferralEnabled: boolean;
  readonly assetClass: number;
}

/** Settings out of the box: software restarts at three in the morning (the vendor's support pages). */
export const factorySettings: DishSettings = {
  snowMeltMode: 0,
  locationRequestMode: 1,
  levelDishMode: 0,
  powerSaveStartMinutes: 0,
  powerSaveDurationMinutes: 0,
  powerSaveMode: false,
  swupdateRebootHour: 3,
  swupdateThreeDayDeferralEnabled: false,
  assetClass: 0,
};

const MINUTES_PER_DAY = 1440;

/** Largest value of each number. */
const most: Partial<Record<keyof DishSettings, number>> = {
  snowMeltMode: 2,
  locationRequestMode: 1,
  levelDishMode: 1,
  powerSaveStartMinutes: MINUTES_PER_DAY - 1,
  powerSaveDurationMinutes: MINUTES_PER_DAY,
  swupdateRebootHour: 23,
};

export type SettingsResult =
  | { readonly ok: true; readonly value: DishSettings }
  | { readonly ok: false; readonly error: { readonly code: "outOfRange"; message: string; place: string } };

/**
 * Settings after a request: a member is taken where its `apply…` companion is set, and only there.
 *
 * @param request `DishConfig` of the wire
 */
export function applySettings(
  settings: DishSettings,
  request: Readonly<Record<string, unknown>>,
): SettingsResult {
  const changed: Record<string, number | boolean> = { ...settings };
  for (const name of Object.keys(settings) as (keyof DishSettings)[]) {
    if (request[`apply${name.charAt(0).toUpperCase()}${name.slice(1)}`] !== true) continue;
    // A member at its default is absent on the wire.
    const value = request[name] ?? (typeof settings[name] === "boolean" ? false : 0);
    if (typeof value === "number" && value > (most[name] ?? 0xffff_ffff)) {
      const message = `${name} is ${value}; the largest value is ${most[name]}`;
      return { ok: false, error: { code: "outOfRange", message, place: name } };
    }
    if (typeof value === "number" || typeof value === "boolean") changed[name] = value;
  }
  return { ok: true, value: changed as unknown as DishSettings };
}

/** The settings with every `apply…` companion set, as `dish_get_config` and `get_status` answer them. */
export function shownSettings(settings: DishSettings): Readonly<Record<string, number | boolean>> {
  const shown: Record<string, number | boolean> = {};
  for (const [name, value] of Object.entries(settings)) {
    shown[name] = value;
    shown[`apply${name.charAt(0).toUpperCase()}${name.slice(1)}`] = true;
  }
  return shown;
}

/** Whether the sleep schedule has the terminal asleep at an instant. A schedule may pass midnight. */
export function asleep(settings: DishSettings, atMs: number): boolean {
  if (!settings.powerSaveMode) return false;
  const minute = Math.floor(atMs / 60_000) % MINUTES_PER_DAY;
  const since = (minute - settings.powerSaveStartMinutes + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return since < settings.powerSaveDurationMinutes;
}
