// SPDX-License-Identifier: MIT
import { rateLimitReason, userClassOfService, userMobilityClass } from "../schema/constants.ts";
import type { DishAlertName } from "../terminal/alerts.ts";
import type { Overrides } from "../terminal/overrides.ts";
import type { Scene } from "./scene.ts";

/** A plan as a resident has it, for the scenes in which the plan is the matter. */
const resident = {
  mobilityClass: userMobilityClass.STATIONARY,
  classOfService: userClassOfService.CONSUMER,
  downLimit: rateLimitReason.NO_LIMIT,
  upLimit: rateLimitReason.NO_LIMIT,
} as const;
/** A horizon of trees: from 40° up at most azimuths, with gaps. */
const trees = (azimuthDeg: number): number => (Math.floor(azimuthDeg / 30) % 3 === 2 ? 10 : 60);

/**
 * One scene per alert of `get_status` and of the operator's telemetry that neither an outage nor a disablement code
 * brings along. Those of obstruction need a quarter of an hour of looking.
 */
export const alertScenes: readonly Scene[] = [
  scene("motors-stuck", "Its motors are stuck.", { hardware: { motors: "stuck" } }, ["motorsStuck"], [53]),
  scene(
    "thermal-throttle",
    "Its electronics are at 78 °C.",
    { hardware: { boardC: 78 } },
    ["thermalThrottle"],
    [81],
  ),
  scene(
    "mast-tilted",
    "Its mast leans by 35°.",
    { hardware: { mastTiltDeg: 35 } },
    ["mastNotNearVertical"],
    [54],
  ),
  scene("misaligned", "It points 25° away.", { hardware: { misalignmentDeg: 25 } }, [], [63]),
  scene(
    "ethernet-10",
    "Its cable carries 10 Mbit/s.",
    { hardware: { ethernetMbps: 10 } },
    ["slowEthernetSpeeds"],
    [50],
  ),
  scene(
    "ethernet-100",
    "Its cable carries 100 Mbit/s.",
    { hardware: { ethernetMbps: 100 } },
    ["slowEthernetSpeeds100"],
    [51],
  ),
  scene(
    "no-ethernet",
    "No router is at its cable.",
    { hardware: { ethernetMbps: 0 } },
    ["noEthernetLink"],
    [],
  ),
  scene("roaming", "It is abroad.", { slot: { roaming: true } }, ["roaming"], []),
  scene(
    "install-pending",
    "New software waits for a restart.",
    { hardware: { pendingSoftware: "2026.09.02.mr60001" } },
    ["installPending"],
    [79],
  ),
  scene("heating", "It melts snow at -10 °C.", { hardware: { airC: -10 } }, ["isHeating"], []),
  scene(
    "supply-throttle",
    "Its power supply is at 85 °C.",
    { hardware: { supplyC: 85 } },
    ["powerSupplyThermalThrottle"],
    [52],
  ),
  scene(
    "beamformer-stale",
    "Its beamformer has stopped reporting.",
    { hardware: { beamformerFresh: false } },
    ["dbfTelemStale"],
    [],
  ),
  scene(
    "weak-motors",
    "Its motors draw too little current.",
    { hardware: { motors: "weak" } },
    ["lowMotorCurrent"],
    [],
  ),
  scene(
    "weak-signal",
    "Rain takes 4 dB of its signal.",
    { hardware: { attenuationDb: 4 } },
    ["lowerSignalThanPredicted"],
    [],
  ),
  scene(
    "map-reset",
    "Its map of obstructions was just cleared.",
    { mapCleared: true },
    ["obstructionMapReset"],
    [],
  ),
  scene("dish-water", "Water is in it.", { hardware: { waterInDish: true } }, ["dishWaterDetected"], []),
  scene(
    "router-water",
    "Water is in its router.",
    { hardware: { waterInRouter: true } },
    ["routerWaterDetected"],
    [],
  ),
  scene(
    "supply-port-slow",
    "The router's port on its power supply is slow.",
    { hardware: { supplyPortFast: false } },
    ["upsuRouterPortSlow"],
    [],
  ),
  scene(
    "moving",
    "It drives at 90 km/h on a plan for one place.",
    { slot: { speedMps: 25, plan: resident } },
    [],
    [59],
  ),
  scene(
    "brown-out",
    "Its supply voltage has broken down for a moment.",
    { hardware: { brownOut: true } },
    [],
    [61],
  ),
  scene(
    "obstructions",
    "Trees hide a part of its sky.",
    { skyMask: trees, slot: { plan: resident } },
    [],
    [64, 66],
  ),
  scene(
    "obstructions-mobile",
    "Trees hide a part of its sky, on a plan for motion.",
    { skyMask: trees, slot: { plan: { ...resident, mobilityClass: userMobilityClass.MOBILE } } },
    [],
    [65, 67],
  ),
  scene(
    "pop-change",
    "It comes to another point of presence.",
    { pop: { code: "elsewhere", city: "Elsewhere" } },
    [],
    [62],
  ),
  scene(
    "data-overage",
    "Its data is used up and it goes on slowly.",
    {
      slot: {
        plan: {
          ...resident,
          downLimit: rateLimitReason.OVERAGE_LIMIT,
          upLimit: rateLimitReason.OVERAGE_LIMIT,
        },
      },
    },
    [],
    [97],
  ),
];

function scene(
  name: string,
  sentence: string,
  overrides: Overrides,
  alerts: readonly DishAlertName[],
  telemetryAlerts: readonly number[],
): Scene {
  return { name, sentence, overrides, shows: { alerts, telemetryAlerts } };
}
