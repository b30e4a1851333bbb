// SPDX-License-Identifier: MIT
import type { IntakeReportView } from "@perigee/operator/contract";
import type { CaseOnMap } from "../../data/cases.ts";

/**
 * Places where something is said to have happened, each once. Datelines and captions are no places of an event, and a word
 * that could mean several places is none of them.
 */
export function countingPlaces(places: IntakeReportView["places"]): CaseOnMap["places"] {
  const found = new Map<string, CaseOnMap["places"][number]>();
  for (const { pin, of, status } of places) {
    if (of !== "event" || status !== "located" || pin === null || pin.kind === "country") continue;
    const { id, name, latDeg, lonDeg } = pin;
    found.set(id, { id, name, latDeg, lonDeg });
  }
  return [...found.values()];
}
