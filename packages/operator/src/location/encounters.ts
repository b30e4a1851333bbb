// SPDX-License-Identifier: MIT
import { decisionOf, theSystem } from "@perigee/authority";
import type { AuthorityService } from "../authority/authority-service.ts";
import type { CarriedOut, CommandError } from "../authority/carried-out.ts";
import type { FoundEncounter } from "./location-watch.ts";

type Result =
  | { readonly ok: true; readonly value: CarriedOut }
  | { readonly ok: false; readonly error: CommandError };

/**
 * Acts on two devices under one name that were measured where no one device could have been: the measurement goes on record,
 * and the terminal is marked until it is settled which is genuine.
 *
 * @returns what was carried out; `null` where the terminal is marked already, or out of service for good
 */
export async function actOnEncounter(
  found: FoundEncounter,
  authority: AuthorityService,
  atMs: number,
): Promise<Result | null> {
  const { terminalId, slot, deviceIds, encounter, satellites } = found;
  const terminal = authority.book.get("terminal", terminalId);
  if (terminal === undefined || terminal.state === "retired" || terminal.flags.cloneSuspect !== undefined)
    return null;
  const km = Math.floor(encounter.distanceKm);
  const summary = `Two devices were measured at the same time under one identity, ${km} km apart: ${terminalId}, slot ${slot}.`;
  const measured = decisionOf({
    ...{ atMs, subject: terminalId, action: "measure location", outcome: "impossible" },
    reasons: ["twoPlaces"],
    text: `${summary} Device ${deviceIds[0]} by ${satellites[0]} satellites, device ${deviceIds[1]} by ${satellites[1]}.`,
    inputs: { slot: String(slot), distanceKm: String(km) },
  });
  await authority.log(measured, async () => undefined);
  const request = { terminalId, ground: summary, measurements: [measured.id] };
  return await authority.carryOut({ name: "terminal.suspectClone", request, actor: theSystem }, atMs);
}
