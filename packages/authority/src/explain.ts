// SPDX-License-Identifier: MIT
import type { Admission } from "./admission.ts";
import type { Ground } from "./grounds.ts";
import { type ReasonRow, reasons } from "./reasons.ts";
import type { axes } from "./territory.ts";

/** How to call things in a text for people; ids stand where a name is missing. */
export interface Names {
  readonly terminal?: string;
  readonly territory?: (id: string) => string | undefined;
}

export interface ExplainedGround extends Ground {
  /** The ground in one sentence. */
  readonly text: string;
}

export interface Explanation {
  readonly paragraph: string;
  readonly grounds: readonly ExplainedGround[];
}

/** Why the terminal may or may not be online: one paragraph for people, and the same as data. */
export function explain(admission: Admission, names: Names = {}): Explanation {
  const row: ReasonRow = reasons[admission.reason];
  const grounds = admission.grounds.map(ground => ({ ...ground, text: groundText(ground, names) }));
  const deciding = grounds.filter(ground => ground.reason === admission.reason);
  const further = grounds.filter(ground => ground.reason !== admission.reason);
  const sentences = [
    `${verdict(admission, names)} ${row.sentence}`,
    ...deciding.map(ground => ground.text),
    reachText(admission),
  ];
  if (further.length > 0) {
    sentences.push(`Also standing against full service: ${further.map(ground => ground.text).join(" ")}`);
  }
  for (const { ground, by } of admission.lifted) {
    const what = by === "emergency" ? "A call for help" : `Site exception ${by}`;
    sentences.push(`${what} sets aside ${ground.reason}: ${groundText(ground, names)}`);
  }
  for (const { days, limit } of admission.warnings) {
    sentences.push(`It has been abroad for ${days} of the ${limit} days that its plan allows.`);
  }
  if (admission.reason !== "ALLOW") sentences.push(`The holder may ${row.remedy}.`);
  if (admission.reject !== null) {
    const { minDistanceKm, minRetryS } = admission.reject;
    sentences.push(`The terminal may ask again after ${minRetryS} s or ${minDistanceKm} km away.`);
  }
  return { paragraph: sentences.filter(sentence => sentence !== "").join(" "), grounds };
}

function verdict({ terminalId, outcome, reason, wireCode, atMs }: Admission, names: Names): string {
  const who = names.terminal === undefined ? terminalId : `${names.terminal} (${terminalId})`;
  const what = {
    allow: "may be online",
    provisional: "may be online for now",
    restricted: "may not use the service",
    deny: "may not be online",
    txOff: "must not transmit",
  }[outcome];
  return `At ${instant(atMs)} terminal ${who} ${what}: ${reason}, shown to it as ${wireCode.name}.`;
}

function reachText({ outcome, linked, reach }: Admission): string {
  if (outcome === "allow") return "";
  const link = linked ? "It keeps its link" : "It has no link";
  switch (reach) {
    case "all":
      return `${link} and reaches everything.`;
    case "accountAndEmergency":
      return `${link} and reaches the account site and emergency services only.`;
    case "nothing":
      return `${link} and reaches nothing.`;
  }
}

function groundText(ground: Ground, names: Names): string {
  const { territory, record, value, asserter, source, sinceMs, untilMs } = ground;
  const where = territory === null ? "this place" : (names.territory?.(territory) ?? territory);
  const says = `${asserter} (${source})`;
  const since = sinceMs === null ? "" : ` since ${instant(sinceMs)}`;
  const until = untilMs === null ? "" : ` until ${instant(untilMs)}`;
  switch (ground.rule) {
    case "order.txOff":
      return `${asserter} ordered it silent${since}${until} by order ${source}, on this ground: ${inText(value)}.`;
    case "identity.failed":
      return `The device has failed to prove its identity${since}.`;
    case "identity.unproved":
      return `The device has been asked to prove its identity${since}.`;
    case "terminal.clone":
      return `Its identity has been seen on more than one device${since}.`;
    case "terminal.deactivated":
      return `It is deactivated${since} by order ${source}, on this ground: ${inText(value)}.`;
    case "terminal.restriction":
      return `It is restricted${since} by order ${source}, on this ground: ${inText(value)}.`;
    case "terminal.lost":
      return `It has been reported lost${since}.`;
    case "terminal.seized":
      return `It has been in an authority's hands${since}.`;
    case "party.sanctioned":
      return `The party ${record}, ${partText(value)}, is under sanctions.`;
    case "party.verification":
      return `The identity of party ${record} (${value}) is not verified.`;
    case "account.closed":
      return `Account ${record} is closed.`;
    case "emergency.call":
      return "It is calling for help.";
    case "location.verdict":
      return `Measurement ${record} of the location${at(sinceMs)} was ${value}.`;
    case "area.guardBand":
      return `${says} keeps a guard band along the edge of ${where}${since}${until}; the other side would refuse it: ${value}.`;
    case "terminal.retired":
    case "terminal.paused":
    case "terminal.state":
      return `The terminal has been ${value}${since}.`;
    case "terminal.account":
      return "No account answers for the terminal.";
    case "terminal.plan":
      return value === null ? "The terminal has no plan." : `The policy knows no plan ${value}.`;
    case "terminal.suspension":
      return `${asserter} suspended it${since}${until} by order ${source}, on this ground: ${inText(value)}.`;
    case "axis.asserted":
      return `${axisName(ground)} in ${where} is "${value}"${since}${until}, says ${says}.`;
    case "axis.silence":
      return `Nobody has asserted the ${axisName(ground).toLowerCase()} of ${where}, and silence does not permit.`;
    case "allowList.required":
      return `${says} requires an allow-list entry in ${where}${since}${until}; for this terminal: ${value}.`;
    case "location.never":
      return "The terminal has never reported where it is.";
    case "location.old":
      return `The last report is ${value}; the location has been unknown${since}.`;
    case "location.stale":
      return `The last report is ${value}.`;
    case "plan.ocean":
      return `Plan ${source} does not include the high seas.`;
    case "plan.address":
      return `Plan ${source} works around the service address: ${value}.`;
    case "plan.country":
      return `Plan ${source} does not work in ${where}: ${value}.`;
    case "plan.roamDays":
      return `Plan ${source} roams for a number of days: ${value}.`;
    case "plan.speed":
      return `Plan ${source} limits speed: ${value}${since}.`;
    case "area.speed":
      return `${says} limits speed in ${where}${since}${until}: ${value}.`;
  }
}

/** A sentence of somebody else's inside one of ours. */
function inText(value: string | null): string {
  return value?.replace(/\.$/, "") ?? "none given";
}

function at(sinceMs: number | null): string {
  return sinceMs === null ? "" : ` at ${instant(sinceMs)}`;
}

function partText(part: string | null): string {
  return part === "holder" ? "which holds the terminal" : "which answers for its account";
}

const axisNames: { readonly [A in keyof typeof axes]: string } = {
  licence: "Licence",
  supply: "Supply",
  activation: "Activation",
  legalRegime: "Legal regime",
  publishedCoverage: "Published coverage",
};

function axisName(ground: Ground): string {
  return ground.axis === null ? "Status" : axisNames[ground.axis];
}

/** UTC to the second; days that begin at midnight as dates. */
function instant(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}
