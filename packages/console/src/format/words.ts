// SPDX-License-Identifier: MIT
import type { AreaStatement, Decision, Outcome, PathHop, Satellites } from "@perigee/operator/contract";

/** What an outcome means, for people. */
export const OUTCOME_WORDS: Record<Outcome, string> = {
  allow: "Allowed",
  provisional: "Provisional",
  restricted: "Restricted",
  deny: "Denied",
  txOff: "Transmitter off",
};

export const AXIS_WORDS: Record<AreaStatement["axis"], string> = {
  licence: "Licence",
  supply: "Supply",
  activation: "Activation",
  legalRegime: "Legal regime",
  publishedCoverage: "Published coverage",
};

export const HOP_WORDS: Record<PathHop["kind"], string> = {
  up: "Uplink",
  laser: "Laser",
  down: "Downlink",
  fibre: "Fibre",
};

export const SERVICE_WORDS: Record<Satellites["shells"][number]["service"], string> = {
  broadband: "Broadband",
  directToCell: "Direct to cell",
  raising: "Raising or lowering",
};

/** AREA_NOT_ACTIVE or areaNotActive → Area not active. For codes whose list belongs to the operator. */
export function codeWords(code: string): string {
  const words = code
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A decision's action as a past event: suspend → Suspended. */
export function actionWords(action: Decision["action"]): string {
  const past: Record<string, string> = {
    suspend: "Suspended",
    restore: "Restored",
    expire: "Order expired",
    admission: "Admission",
  };
  return past[action] ?? codeWords(action);
}

/** A long hash by its first twelve digits; anything else as it is. */
export function shortHash(text: string): string {
  return /^[0-9a-f]{24,}$/i.test(text) ? `${text.slice(0, 12)}…` : text;
}
