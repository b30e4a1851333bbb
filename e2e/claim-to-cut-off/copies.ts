// SPDX-License-Identifier: MIT
// Two devices under one name: which of them is the owner's, and what it takes until only that one is served.
import type { Desk } from "./desk.ts";
import type { Field, Heard } from "./field.ts";
import type { Investigation } from "./investigation.ts";
import { fixOf, sideOf } from "./rounds.ts";
import type { Service } from "./service.ts";
import { staff } from "./staff.ts";

const { investigator, clerk } = staff;

/**
 * A copied identity: the mark limits both devices at once, until it is settled which is the owner's. That is the one at the
 * owner's side of the line and not behind it; the holder brings it to a desk, it gets a new key, and the mark goes.
 *
 * @returns the device that was found to be the copy, by terminal; terminals of which that cannot be told keep the mark
 */
export function settleCopies(
  desk: Desk,
  field: Field,
  service: Service,
  { caseId, alarms, rounds }: Investigation,
): ReadonlyMap<string, string> {
  const copies = new Map<string, string>();
  const suspects = Map.groupBy(
    alarms.filter(({ recommendation }) => recommendation === "cloneSuspect"),
    ({ terminalId }) => terminalId,
  );
  for (const [terminalId, own] of suspects) {
    const records = own.map(({ sign, atMs, distanceKm: km }) => ({ sign, atMs, km: Math.round(km) }));
    const title = `Two devices as ${terminalId}`;
    const heardTwice = desk.addEvidence(investigator, caseId, title, JSON.stringify(records), "ownRecord");
    desk.do(investigator, "terminal.suspectClone", {
      ...{
        terminalId,
        ground: "Two devices were heard under its name in one slot",
        measurements: [heardTwice],
      },
    });
    const lastMs = rounds.at(-1)!;
    const devices = field.heardAt(lastMs).filter(heard => heard.terminalId === terminalId);
    const behind = devices.filter(heard => sideOfDevice(desk, field, heard, lastMs) === "behind");
    const near = devices.filter(heard => sideOfDevice(desk, field, heard, lastMs) === "near");
    if (behind.length === 0 || near.length !== 1) continue;
    const publicKey = field.rekey(terminalId);
    const reason = "The holder brought the device and its papers; it has a new key";
    desk.do(clerk, "terminal.enrolKey", { terminalId, publicKey, reason });
    desk.do(investigator, "terminal.clearClone", { terminalId, ground: `${reason}, and the other has not` });
    service.mustProve.add(terminalId);
    for (const { deviceId } of behind) copies.set(terminalId, deviceId);
  }
  return copies;
}

function sideOfDevice(desk: Desk, field: Field, heard: Heard, fromMs: number): ReturnType<typeof sideOf> {
  const fix = fixOf(field, heard, fromMs);
  return fix === null ? "unsure" : sideOf(desk, fix.solutions);
}
