// SPDX-License-Identifier: MIT
import type { Book, LastCell } from "@perigee/authority";
import {
  appealsOf,
  bindingFindings,
  type Case,
  caseKinds,
  caseStates,
  clockNames,
  clocksOfCase,
  noticesOf,
  openEnds,
  type Recommendation,
  recommendOrders,
  shownReport,
  supplyGraph,
  weightsOf,
} from "@perigee/casework";
import type { LocationEvidence } from "@perigee/locate";
import type { CaseCandidateView, CaseSheet } from "../contract.ts";
import { iso } from "../public/area-words.ts";
import type { CaseReading } from "./case-documents.ts";
import { timelineOf } from "./case-timeline.ts";
import { joinedClaims, readMembers } from "./claim-ids.ts";
import { nextCommands } from "./next-commands.ts";
import { locationView, mitigationView, patternView, recommendationView, siteView } from "./views.ts";

/** What a sheet is made of, beside the book. */
export interface SheetParts {
  readonly reading: CaseReading | null;
  /** What was measured of the candidates, newest first. */
  readonly locations: readonly LocationEvidence[];
  readonly lastCells: readonly LastCell[];
  /** Protected sites that the reader has looked at, by id. */
  readonly sitesSeen: readonly string[];
}

/** Everything on one case: what is said, by whom, about which terminals, and what each step still needs. */
export function caseSheet(book: Book, found: Case, atMs: number, parts: SheetParts): CaseSheet {
  const { lastCells, sitesSeen, locations } = parts;
  const ofCase = ({ caseId }: { readonly caseId: string }): boolean => caseId === found.id;
  const recommendations = recommendOrders(book, found, atMs, { lastCells, sitesSeen });
  const byTerminal = new Map(recommendations.map(each => [each.terminalId, each]));
  const measured = Map.groupBy(locations, ({ terminalId }) => terminalId);
  const candidates = found.candidates.map(candidate =>
    candidateView(
      book,
      found,
      candidate,
      byTerminal.get(candidate.terminalId),
      measured.get(candidate.terminalId) ?? [],
    ),
  );
  const sites = new Map(
    recommendations.flatMap(({ protectedSites }) => protectedSites).map(site => [site.id, site]),
  );
  const claims = joinedClaims(found.claims);
  const reports = book.about("caseReport", found.id).filter(ofCase);
  const findings = book.about("finding", found.id).filter(ofCase);
  const evidence = book.about("evidence", found.id).filter(ofCase);
  const orders = found.orderIds.flatMap(id => book.get("order", id) ?? []);
  const notices = noticesOf(book, found);
  const appeals = appealsOf(book, found);
  return {
    at: iso(atMs),
    case: found,
    kind: { id: found.kind, text: caseKinds[found.kind] },
    state: { id: found.state, text: caseStates[found.state] },
    clocks: clocksOfCase(book, found.id, atMs).map(({ clock, subject, startedMs, dueMs, metMs, state }) => ({
      ...{ clock, title: clockNames[clock], subject, state },
      ...{ started: iso(startedMs), due: iso(dueMs), met: metMs === null ? null : iso(metMs) },
    })),
    reports: reports.map(shownReport),
    claims: claims.map(({ origins, statements, documents, ...claim }) => ({
      ...claim,
      ...{ origins: [...origins], statements: [...statements], documents: [...documents] },
    })),
    weights: weightsOf(claims).map(({ predicate, asserting, denying, claims: ids }) => ({
      ...{ predicate, asserting: [...asserting], denying: [...denying], claims: [...ids] },
    })),
    reading: readingView(parts.reading),
    protectedSites: [...sites.values()].map(siteView),
    candidates: candidates.toSorted((a, b) => Number(b.protectedSite) - Number(a.protectedSite)),
    recommendations: recommendations.map(recommendationView),
    supply: supplyGraph(found.supply),
    ...{
      evidence: [...evidence],
      findings: [...findings],
      orders,
      notices: [...notices],
      appeals: [...appeals],
    },
    binding: bindingFindings(book, found, atMs).map(({ id }) => id),
    openEnds: [...openEnds(book, found, atMs)],
    next: nextCommands(found.state),
    timeline: timelineOf({ found, reports, evidence, findings, orders, notices, appeals }),
  };
}

function candidateView(
  book: Book,
  found: Case,
  { terminalId, by, why, addedMs, excluded }: Case["candidates"][number],
  recommendation: Recommendation | undefined,
  measured: readonly LocationEvidence[],
): CaseCandidateView {
  const terminal = book.get("terminal", terminalId);
  return {
    terminalId,
    ...{ name: terminal?.name ?? null, state: terminal?.state ?? null, by, why, added: iso(addedMs) },
    excluded: excluded && { reason: excluded.reason, by: excluded.by, at: iso(excluded.atMs) },
    protectedSite: (recommendation?.protectedSites.length ?? 0) > 0,
    mitigations: (recommendation?.mitigations ?? []).map(mitigationView),
    signals: found.signals.filter(({ terminals }) => terminals.includes(terminalId)).map(patternView),
    location: measured.map(locationView),
    missing: missingOf(recommendation),
  };
}

/** What stands between what is recommended and the measure above it. */
function missingOf(recommendation: Recommendation | undefined): string[] {
  if (recommendation === undefined) return [];
  const at = recommendation.measures.findIndex(({ measure }) => measure === recommendation.recommended);
  return [...(recommendation.measures[at + 1]?.needs ?? [])];
}

function readingView(read: CaseReading | null): CaseSheet["reading"] {
  if (read === null) return null;
  const documents = read.documents.map(({ id, title }) => ({ id, name: title }));
  if (!read.reading.ok) {
    return { documents, conflicts: [], propositions: {}, gaps: [], note: read.reading.error.message };
  }
  const { conflicts, gaps, propositions } = read.reading.value;
  const { claims, claimOf } = readMembers(read.reading.value);
  const textOf = new Map(claims.map(({ id, text }) => [id.split(".", 1)[0]!, text]));
  const named = new Set(conflicts.flatMap(conflict => conflict.propositions));
  const shown = propositions
    .filter(({ id }) => named.has(id))
    .map(({ id, predicate }) => [id, textOf.get(claimOf.get(id) ?? "") ?? predicate] as const);
  return {
    documents,
    conflicts: [...conflicts],
    propositions: Object.fromEntries(shown),
    gaps: [...gaps],
    note: null,
  };
}
