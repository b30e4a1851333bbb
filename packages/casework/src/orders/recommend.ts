// SPDX-License-Identifier: MIT
import {
  checkBasis,
  type Finding,
  type LastCell,
  type ProtectedSite,
  type Terminal,
  terminalTransitions,
} from "@perigee/authority";
import { findingsOf } from "../cases/guards.ts";
import { familiesOf } from "../detectors/detect.ts";
import { type Mitigation, mitigationsOf } from "../detectors/mitigations.ts";
import { type PatternId, patterns } from "../detectors/patterns.ts";
import type { Case, CaseBook } from "../records.ts";

/** What can be done about a terminal, from least to most restrictive; one sentence each. */
export const measures = {
  observe: "Look at it, and take nothing.",
  notify: "Tell the holder what is asked and hear the answer.",
  restrict: "Limit it to the account site and emergency services, until it is reviewed.",
  suspend: "Interrupt service for at most 72 hours, after which it comes back by itself.",
  deactivate: "Cut it off until that is reversed.",
} as const;

export type Measure = keyof typeof measures;

/** One measure, and what it still takes. */
export interface RecommendedMeasure {
  readonly measure: Measure;
  /** What is missing, in sentences; none: the authority may be asked. */
  readonly needs: readonly string[];
  /** Persons other than who asks who must then approve. */
  readonly approvals: 0 | 2;
  /** The authority's command as it would be asked; `null` where it takes none. This room asks for nothing. */
  readonly command: {
    readonly name: string;
    readonly request: { readonly [member: string]: unknown };
  } | null;
}

/** What is recommended about one candidate. A recommendation is words: the authority decides, and people approve. */
export interface Recommendation {
  readonly terminalId: string;
  /** Protected sites that it serves or is near, for the reader to see before anything else. */
  readonly protectedSites: readonly ProtectedSite[];
  readonly mitigations: readonly Mitigation[];
  /** From least to most restrictive; all of them, so that a reader sees what was not chosen. */
  readonly measures: readonly RecommendedMeasure[];
  /** The one that fits what is on record. */
  readonly recommended: Measure;
  readonly why: string;
}

export interface RecommendOptions {
  readonly lastCells?: readonly LastCell[];
  /** Protected sites that a person has looked at for this case, by id. */
  readonly sitesSeen?: readonly string[];
}

/**
 * What the record supports about each candidate of a case. Claims weigh nothing here, however many: they say where to look.
 * Patterns support a question to the holder, and with the operator's own measurements in evidence a limit that can be
 * taken back. Only a finding that is tied to the terminal supports a deactivation, by the authority's own rule.
 *
 * @returns those at or near a protected site first, then by id; candidates that were taken out are not among them
 */
export function recommendOrders(
  book: CaseBook,
  found: Case,
  atMs: number,
  { lastCells = [], sitesSeen = [] }: RecommendOptions = {},
): readonly Recommendation[] {
  const findings = new Map(findingsOf(book, found).map(finding => [finding.terminalId, finding]));
  return found.candidates
    .filter(({ excluded }) => excluded === null)
    .flatMap(({ terminalId }) => {
      const terminal = book.get("terminal", terminalId);
      if (terminal === undefined) return [];
      const own = lastCells.filter(cell => cell.terminalId === terminalId);
      return recommendation(book, found, terminal, findings.get(terminalId), atMs, own, sitesSeen);
    })
    .toSorted(
      (a, b) =>
        Number(b.protectedSites.length > 0) - Number(a.protectedSites.length > 0) ||
        (a.terminalId < b.terminalId ? -1 : 1),
    );
}

function recommendation(
  book: CaseBook,
  found: Case,
  terminal: Terminal,
  finding: Finding | undefined,
  atMs: number,
  lastCells: readonly LastCell[],
  sitesSeen: readonly string[],
): Recommendation {
  const { id: terminalId } = terminal;
  const mitigations = mitigationsOf(book, terminalId, atMs, lastCells);
  const protectedSites = mitigations
    .filter(({ kind }) => kind === "protectedSite")
    .flatMap(({ record }) => book.get("protectedSite", record) ?? []);
  const shown = found.signals.filter(({ terminals }) => terminals.includes(terminalId));
  const patternIds = [...new Set(shown.map(({ pattern }) => pattern))].filter(isPattern);
  const families = familiesOf(patternIds);
  const measured = families.includes("measurement");
  const ownEvidence = book
    .about("evidence", found.id)
    .filter(({ caseId, receivedFrom }) => caseId === found.id && receivedFrom === "ownRecord")
    .map(({ id }) => id);
  const basis =
    finding === undefined ? null : checkBasis(book, terminalId, { kind: "finding", id: finding.id }, atMs);
  const binds = basis?.ok === true;

  const care = careOf({ mitigations, protectedSites, sitesSeen, finding, binds });
  const applies = (event: "restrict" | "suspend" | "deactivate"): readonly string[] =>
    terminalTransitions[terminal.state][event] === undefined ? [`It is ${terminal.state}.`] : [];
  const evidenceNeed =
    ownEvidence.length > 0 || binds ? [] : ["Evidence from the operator's own records is not in the case."];

  const notifyNeeds = [
    ...(patternIds.length > 0 || finding !== undefined
      ? []
      : ["Nothing but its being a candidate is on record."]),
    ...(terminal.holder !== null || terminal.accountId !== null
      ? []
      : ["Nobody is on record who could be told."]),
  ];
  const restrictNeeds = [
    ...applies("restrict"),
    ...(binds || (measured && families.length >= 2)
      ? []
      : ["It takes patterns of two families, one of them measured by the network, or a finding."]),
    ...evidenceNeed,
    ...care,
  ];
  const suspendNeeds = [
    ...applies("suspend"),
    ...(binds || (measured && found.safety === "credible")
      ? []
      : [
          "It takes a measured pattern where a life is credibly at risk, or a finding; else a limit does as well.",
        ]),
    ...evidenceNeed,
    ...care,
  ];
  const deactivateNeeds = [
    ...applies("deactivate"),
    ...(basis === null
      ? ["There is no finding of this case about it."]
      : basis.ok
        ? []
        : [basis.error.message]),
    ...(found.state === "confirmed" || found.state === "actioned" || found.state === "notified"
      ? []
      : ["The case is not concluded."]),
    ...(patternIds.includes("P9") ? copyNeeds(terminal) : []),
    ...care,
  ];
  const cited = [...new Set([...ownEvidence, ...(finding === undefined ? [] : [finding.id])])];
  const parts = {
    terminalId,
    ground: `On case ${found.id}: ${found.title}`.slice(0, 500),
    evidence: cited.slice(0, 100),
    evidenceClasses: binds ? ["finding"] : measured ? ["measurement"] : ["record"],
    protectedSitesSeen: protectedSites.map(({ id }) => id).filter(id => sitesSeen.includes(id)),
  };
  const list: readonly RecommendedMeasure[] = [
    { measure: "observe", needs: [], approvals: 0, command: null },
    { measure: "notify", needs: notifyNeeds, approvals: 0, command: null },
    {
      ...{ measure: "restrict", needs: restrictNeeds, approvals: 2 },
      command: { name: "order.restrict", request: { ...parts, reviewDays: 30 } },
    },
    {
      ...{ measure: "suspend", needs: suspendNeeds, approvals: 0 },
      command: { name: "order.suspend", request: { ...parts, hours: 72 } },
    },
    {
      ...{ measure: "deactivate", needs: deactivateNeeds, approvals: 2 },
      command:
        finding === undefined
          ? null
          : {
              name: "order.deactivate",
              request: { ...parts, basis: { kind: "finding", id: finding.id }, reviewDays: 90 },
            },
    },
  ];
  const { measure, why } = chosen(list, { binds, measured, families: families.length, safety: found.safety });
  return { terminalId, protectedSites, mitigations, measures: list, recommended: measure, why };
}

/** What stands in the way of every measure that takes something, in sentences. */
function careOf({
  mitigations,
  protectedSites,
  sitesSeen,
  finding,
  binds,
}: {
  readonly mitigations: readonly Mitigation[];
  readonly protectedSites: readonly ProtectedSite[];
  readonly sitesSeen: readonly string[];
  readonly finding: Finding | undefined;
  readonly binds: boolean;
}): readonly string[] {
  const care = protectedSites
    .filter(({ id }) => !sitesSeen.includes(id))
    .map(({ id, title, kind }) => `A person has to look at ${title} (${kind}, ${id}) first.`);
  for (const { kind, text } of binds ? [] : mitigations) {
    if (kind === "allowList") care.push(`${text} Taking it off the list is decided there.`);
    if (kind === "siteException") care.push(`${text} Its end is decided there.`);
    if (kind === "victim") care.push(`${text} A victim is helped, not cut off.`);
  }
  if (finding !== undefined && finding.verdict !== "confirmed") {
    care.push(`The finding ${finding.id} says ${finding.verdict}.`);
  }
  return care;
}

/** Who owns a copied identity is its victim: the copy is told from the owner's device before anything is cut off. */
function copyNeeds({ flags }: Terminal): readonly string[] {
  const need =
    "Two devices use this identity: the owner's has to be told from the copy, and given a new key, first.";
  return flags.cloneSuspect === undefined
    ? [
        need,
        "Whether it is suspected of having a copy has to be decided; the mark alone limits both devices.",
      ]
    : [need];
}

function chosen(
  list: readonly RecommendedMeasure[],
  {
    binds,
    measured,
    families,
    safety,
  }: {
    readonly binds: boolean;
    readonly measured: boolean;
    readonly families: number;
    readonly safety: Case["safety"];
  },
): { readonly measure: Measure; readonly why: string } {
  const ready = (measure: Measure): boolean =>
    list.find(each => each.measure === measure)!.needs.length === 0;
  if (binds && ready("deactivate")) {
    return { measure: "deactivate", why: "A confirmed finding of this case is tied to this very terminal." };
  }
  if (measured && safety === "credible" && ready("suspend")) {
    return {
      measure: "suspend",
      why: "The network's measurements speak against it, and a life is credibly at risk.",
    };
  }
  if (measured && ready("restrict")) {
    return {
      measure: "restrict",
      why: "The network's measurements and another kind of pattern speak against it.",
    };
  }
  if ((families >= 1 || binds) && ready("notify")) {
    return { measure: "notify", why: "It shows a pattern that has innocent readings: the holder may know." };
  }
  return { measure: "observe", why: "Nothing on record is about this very terminal." };
}

function isPattern(id: string): id is PatternId {
  return Object.hasOwn(patterns, id);
}
