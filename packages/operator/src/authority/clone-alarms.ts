// SPDX-License-Identifier: MIT
import { type CloneAlarm, contentHash, decisionOf, type SessionRecord, theSystem } from "@perigee/authority";
import type { AuthorityService } from "./authority-service.ts";
import type { CarriedOut, CommandError } from "./carried-out.ts";

type Result =
  | { readonly ok: true; readonly value: CarriedOut }
  | { readonly ok: false; readonly error: CommandError };

const DAY_MS = 86_400_000;

const signWords: { readonly [S in CloneAlarm["sign"]]: string } = {
  twoDevices: "Two devices were heard under one identity in one slot",
  twoCells: "One identity was heard in one slot in two cells that lie apart",
  impossibleTravel: "One identity was heard in two places that nothing travels between so fast",
};

/**
 * Acts on an alarm: the measurement goes on record, and either the terminal is marked, so that every device under its name
 * keeps the account site and emergency services only, or, where an innocent reading fits, a finding without a verdict is
 * entered for a person to look at and service goes on.
 *
 * @returns what was carried out; `null` where it is on record already: a marked terminal, a second case of the same day
 */
export async function actOn(
  alarm: CloneAlarm,
  authority: AuthorityService,
  atMs: number,
): Promise<Result | null> {
  const { terminalId, recommendation } = alarm;
  const terminal = authority.book.get("terminal", terminalId);
  if (terminal === undefined || terminal.state === "retired" || terminal.flags.cloneSuspect !== undefined)
    return null;
  const caseId = caseOf(alarm, atMs);
  if (recommendation === "review" && authority.book.about("finding", caseId).length > 0) return null;
  const measured = measurementOf(alarm, atMs);
  await authority.log(measured, async () => undefined);
  const summary = summaryOf(alarm);
  const asked =
    recommendation === "cloneSuspect"
      ? {
          name: "terminal.suspectClone",
          request: { terminalId, ground: summary, measurements: [measured.id] },
        }
      : {
          name: "finding.record",
          request: {
            caseId,
            terminalId,
            verdict: "inconclusive",
            basis: { kind: "firstParty", evidence: [measured.id] },
            identityBinding: null,
            summary: [summary, ...alarm.innocent.map(({ because }) => because)].join(" ").slice(0, 2_000),
          },
        };
  return await authority.carryOut({ ...asked, actor: theSystem }, atMs);
}

/** The alarm as a measurement: what was heard, where and when, by cell and never by position. */
function measurementOf(alarm: CloneAlarm, atMs: number): ReturnType<typeof decisionOf> {
  const { terminalId, slot, sign, records, innocent, recommendation } = alarm;
  return decisionOf({
    atMs,
    subject: terminalId,
    action: "measure sessions",
    outcome: recommendation,
    reasons: [sign, ...innocent.map(({ reading }) => reading)],
    text: `${summaryOf(alarm)} ${records.map(recordWords).join(" ")}`,
    inputs: { slot: String(slot), sessions: contentHash(records) },
  });
}

function summaryOf({ terminalId, slot, sign, distanceKm }: CloneAlarm): string {
  return `${signWords[sign]}: ${terminalId}, slot ${slot}, at least ${Math.round(distanceKm)} km apart.`;
}

function recordWords({ deviceId, keyId, cell, slot, atMs }: SessionRecord): string {
  const proof = keyId === null ? "has proved nothing" : `has proved itself with key ${keyId.slice(0, 16)}`;
  return `Device ${deviceId}, heard in cell ${cell} in slot ${slot} at ${new Date(atMs).toISOString()}, ${proof}.`;
}

/** One case per terminal and day: a copy that is on the air all day is looked at once. */
function caseOf({ terminalId }: CloneAlarm, atMs: number): string {
  return `cln_${contentHash({ terminalId, day: Math.floor(atMs / DAY_MS) }).slice(0, 24)}`;
}
