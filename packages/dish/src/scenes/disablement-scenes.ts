// SPDX-License-Identifier: MIT
import { disablementCode } from "../schema/constants.ts";
import type { EnumOf } from "../schema/message.ts";
import type { Scene } from "./scene.ts";

type Code = Exclude<keyof EnumOf<"SpaceX.API.Satellites.Network.UtDisablementCode">, "UNKNOWN_STATE">;

/** Sentence and the code of the telemetry alert, where one is documented. */
const codes: { readonly [Name in Code]: readonly [string, number?] } = {
  OKAY: ["Nothing keeps it from service."],
  NO_ACTIVE_ACCOUNT: ["No active account answers for it.", 55],
  TOO_FAR_FROM_SERVICE_ADDRESS: ["It is too far from its service address.", 56],
  IN_OCEAN: ["It is in the ocean and its plan ends at the coast.", 57],
  BLOCKED_COUNTRY: ["It is in a country without service.", 83],
  DATA_OVERAGE_SANDBOX_POLICY: ["Its data is used up.", 84],
  CELL_IS_DISABLED: ["It is in a cell that is switched off.", 89],
  ROAM_RESTRICTED: ["It has roamed for too long.", 93],
  UNKNOWN_LOCATION: ["Where it is is not known.", 94],
  ACCOUNT_DISABLED: ["Its account is disabled.", 95],
  UNSUPPORTED_VERSION: ["Its software is too old for the network.", 96],
  MOVING_TOO_FAST_FOR_POLICY: ["It moves faster than its plan allows.", 60],
  UNDER_AVIATION_FLYOVER_LIMITS: ["It flies lower or slower than its plan for aircraft allows."],
  BLOCKED_AREA: ["It is in an area without service."],
};

/** Speed of a terminal that moves too fast, metres per second: 180 km/h. */
const TOO_FAST_MPS = 50;

/** One scene per disablement code. The terminal keeps its link and reaches only its account site. */
export const disablementScenes: readonly Scene[] = [
  {
    name: "unknown-state",
    sentence: "Nobody has told it yet whether it may have service.",
    overrides: { slot: { admission: null } },
    shows: { disablement: disablementCode.UNKNOWN_STATE },
  },
  ...(Object.keys(codes) as Code[]).map(disablementScene),
];

function disablementScene(reason: Code): Scene {
  const [sentence, alert] = codes[reason];
  const wireCode = disablementCode[reason];
  const reach = reason === "OKAY" ? "all" : "accountAndEmergency";
  const admission = { wireCode, linked: true, reach, reason } as const;
  const speed = reason === "MOVING_TOO_FAST_FOR_POLICY" ? { speedMps: TOO_FAST_MPS } : {};
  const shows = { disablement: wireCode, ...(alert === undefined ? {} : { telemetryAlerts: [alert] }) };
  return {
    name: reason.toLowerCase().replaceAll("_", "-"),
    sentence,
    overrides: { slot: { admission, ...speed } },
    shows: reason === "TOO_FAR_FROM_SERVICE_ADDRESS" ? { ...shows, alerts: ["unexpectedLocation"] } : shows,
  };
}
