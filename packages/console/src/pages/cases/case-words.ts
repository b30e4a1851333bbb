// SPDX-License-Identifier: MIT
import type {
  CaseClockView,
  CaseSheet,
  IntakeReportView,
  LocationEvidenceView,
  OwnStatements,
} from "@perigee/operator/contract";
import type { CaseRecord, StatementRead } from "../../data/cases.ts";
import type { MarkTone } from "../../ui/mark.tsx";

export const CASE_KINDS: Record<CaseRecord["kind"], string> = {
  use: "Use by somebody",
  area: "Use in an area",
  clone: "Copied identity",
  supply: "Way of supply",
  scamListing: "Scam listing",
  ownStatement: "Own statement",
};

export const CASE_STATES: Record<CaseRecord["state"], string> = {
  received: "Received",
  triaged: "Triaged",
  investigating: "Investigating",
  confirmed: "Confirmed",
  notConfirmed: "Not confirmed",
  inconclusive: "Inconclusive",
  actioned: "Acted upon",
  notified: "Told",
  appealed: "Appealed",
  upheld: "Upheld",
  reversed: "Reversed",
  closed: "Closed",
};

export const CASE_TONES: Record<CaseRecord["state"], MarkTone> = {
  received: "warn",
  triaged: "wait",
  investigating: "wait",
  confirmed: "bad",
  notConfirmed: "ok",
  inconclusive: "mute",
  actioned: "wait",
  notified: "wait",
  appealed: "warn",
  upheld: "mute",
  reversed: "ok",
  closed: "mute",
};

export const SAFETY_WORDS: Record<CaseRecord["safety"], string> = {
  unassessed: "Not assessed",
  none: "No life at risk",
  credible: "Life at risk",
};

export const CLOCK_WORDS: Record<CaseClockView["clock"], string> = {
  acknowledge: "Acknowledge",
  triage: "Triage",
  interim: "Interim measure",
  appeal: "Appeal",
};

export const CLOCK_STATES: Record<CaseClockView["state"], readonly [MarkTone, string]> = {
  running: ["wait", "Running"],
  met: ["ok", "In time"],
  metLate: ["warn", "Late"],
  overdue: ["bad", "Overdue"],
};

export const MEANS_WORDS: Readonly<Record<string, string>> = {
  area: "In the area",
  unit: "Of the party",
  account: "Of the account",
  serial: "By serial number",
  kit: "By kit number",
  pattern: "By a pattern",
  hand: "By hand",
} satisfies Record<CaseRecord["candidates"][number]["by"], string>;

export const LOCATION_WORDS: Record<LocationEvidenceView["verdict"], readonly [MarkTone, string]> = {
  consistent: ["ok", "Where it says it is"],
  inconsistent: ["bad", "Not where it says it is"],
  ambiguous: ["wait", "Two places fit"],
  insufficient: ["mute", "Too little measured"],
  stale: ["mute", "Too old"],
};

export const FIDELITY_WORDS: Record<StatementRead["fidelity"], readonly [MarkTone, string]> = {
  verbatim: ["ok", "Word for word"],
  translated: ["wait", "Translated"],
  partial: ["wait", "In part"],
  altered: ["warn", "Altered"],
  indirect: ["mute", "Retold"],
};

export const EDGE_WORDS: Record<CaseSheet["supply"]["edges"][number]["status"], readonly [MarkTone, string]> =
  {
    claimed: ["wait", "Claimed"],
    denied: ["mute", "Denied"],
    disputed: ["warn", "Disputed"],
    confirmed: ["ok", "Shown by records"],
  };

export const GOODS_WORDS: Record<CaseSheet["supply"]["edges"][number]["moves"], string> = {
  goods: "terminals",
  account: "accounts",
  payment: "payments",
  service: "service",
};

export const GAP_WORDS: Record<IntakeReportView["gaps"][number]["kind"], string> = {
  notAddressed: "Not addressed",
  noComment: "No comment",
  declined: "Declined to say",
  withheld: "Withheld",
};

export const TIMELINE_WORDS: Record<CaseSheet["timeline"][number]["kind"], string> = {
  report: "Report",
  step: "Step",
  evidence: "Evidence",
  finding: "Finding",
  order: "Order",
  notice: "Notice",
  appeal: "Appeal",
};

type Statement = OwnStatements["statements"][number];
export const STATEMENT_VERDICTS: Record<Statement["verdict"], readonly [MarkTone, string]> = {
  holds: ["ok", "Holds"],
  contradicted: ["bad", "Contradicted"],
  inPart: ["warn", "Holds in part"],
  open: ["mute", "Records are silent"],
};
export const CHECK_RESULTS: Record<Statement["checks"][number]["result"], readonly [MarkTone, string]> = {
  agrees: ["ok", "Agrees"],
  contradicts: ["bad", "Contradicts"],
  inPart: ["warn", "In part"],
  silent: ["mute", "Silent"],
};

/** Commands on a case that a person asks for by hand, as buttons say them. */
export const CASE_VERBS: Readonly<Record<string, string>> = {
  "case.triage": "Triage",
  "case.investigate": "Investigate",
  "case.conclude": "Conclude",
  "case.noteOrders": "Note orders",
  "case.follow": "Follow the records",
  "case.close": "Close",
  "case.reopen": "Reopen",
  "case.dismiss": "Dismiss",
  "case.merge": "Merge",
};

/** What the next step of a case mostly is, before others that its state allows. */
const ORDER = Object.keys(CASE_VERBS);

/** The commands a person can ask for, the usual one first. */
export function nextSteps(next: readonly string[]): readonly string[] {
  return next
    .filter(name => Object.hasOwn(CASE_VERBS, name))
    .toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

/** An id of a source as words: `person:maren-ostby` → Maren Ostby. A name that was read goes before it. */
export function originName(id: string, names: ReadonlyMap<string, string>): string {
  const known = names.get(id);
  if (known !== undefined) return known;
  return id
    .slice(id.indexOf(":") + 1)
    .split("-")
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** How many, with the noun in the right number: 1 claim, 2 claims. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Whether anybody looks at a candidate still. */
export const isLookedAt = ({ excluded }: { readonly excluded: unknown }): boolean => excluded === null;

/**
 * A claim for people: its predicate as words, its goods without their code, `USED_BY, goods:terminal` → used by, terminal.
 *
 * @param isMarked whether a mark beside it says already that it is denied, so that "not" would say it twice
 */
export function claimWords(text: string, predicates: Iterable<string>, isMarked = false): string {
  let words = text.replaceAll(/\bgoods:/g, "").replace(/\.$/, "");
  for (const predicate of new Set(predicates)) {
    const plain = predicate.replaceAll("_", " ").toLowerCase();
    if (isMarked) words = words.replace(`not ${predicate}`, plain);
    words = words.replace(predicate, plain);
  }
  return words.charAt(0).toUpperCase() + words.slice(1);
}
