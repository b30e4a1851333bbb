// SPDX-License-Identifier: MIT
import type { OutageCause } from "../terminal/outage-causes.ts";
import type { Overrides } from "../terminal/overrides.ts";
import type { Scene, Shown } from "./scene.ts";

/** One scene per cause of an outage. Its sentence says what is done to the terminal. */
export const outageScenes: readonly Scene[] = [
  scene("BOOTING", "It hangs in its start.", { hardware: { hangsAtBoot: true } }),
  scene(
    "THERMAL_SHUTDOWN",
    "Its electronics are at 95 °C.",
    { hardware: { boardC: 95 } },
    { alerts: ["thermalShutdown"], telemetryAlerts: [80] },
  ),
  scene("STOWED", "Its owner has stowed it.", { orders: { stowed: true } }),
  scene(
    "SLEEPING",
    "Its sleep schedule lasts all day.",
    { settings: { powerSaveMode: true, powerSaveStartMinutes: 0, powerSaveDurationMinutes: 1440 } },
    { alerts: ["isPowerSaveIdle"] },
  ),
  scene("INHIBIT_RF", "Its owner has switched its radio off.", { orders: { rfInhibited: true } }),
  scene("CABLE_TEST", "It tests its cable without end.", { hardware: { cableTest: true } }),
  scene("ACTUATOR_ACTIVITY", "Its motors keep turning it.", { hardware: { motors: "moving" } }),
  scene(
    "UNKNOWN",
    "It has a fault that it cannot name.",
    { hardware: { unknownFault: true } },
    {},
    "-outage",
  ),
  scene("SKY_SEARCH", "It cannot find its attitude.", { hardware: { attitude: "unconverged" } }),
  scene("NO_SATS", "No satellite is in view.", { slot: { link: null, unserved: "noSatellite" } }),
  scene("NO_SCHEDULE", "The network has no beam for it.", { slot: { link: null, unserved: "noBeam" } }),
  scene("OBSTRUCTED", "A wall hides the whole sky.", { skyMask: () => 91 }),
  scene("NO_DOWNLINK", "Wet snow on it swallows 40 dB.", { hardware: { attenuationDb: 40 } }),
  scene("NO_PINGS", "No ping comes back from its point of presence.", { ping: () => null }),
];

function scene(
  cause: OutageCause,
  sentence: string,
  overrides: Overrides,
  shows: Shown = {},
  suffix = "",
): Scene {
  const name = `${cause.toLowerCase().replaceAll("_", "-")}${suffix}`;
  return { name, sentence, overrides, shows: { ...shows, outage: cause } };
}
