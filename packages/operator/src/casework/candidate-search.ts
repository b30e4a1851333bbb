// SPDX-License-Identifier: MIT
import type { Case } from "@perigee/casework";
import { type CandidateSearch, searchCandidates } from "@perigee/casework";
import { viewById } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import type { CandidateSearchView } from "../contract.ts";
import { type Circle, cellsWithin } from "./area-cells.ts";
import { visitsOf } from "./observations.ts";
import { mitigationView, siteView } from "./views.ts";

/** What to search by; several of one kind, and of several kinds, each by itself. */
export interface Searched {
  readonly area: (Circle & { readonly fromMs: number; readonly untilMs: number }) | null;
  readonly units: readonly string[];
  readonly accounts: readonly string[];
  readonly numbers: readonly string[];
}

/** What was found, and who was in the area: their cells are read, and that goes on record. */
export interface FoundBySearch {
  readonly search: CandidateSearch;
  readonly cells: number;
  readonly seen: readonly string[];
}

/** Terminals that a case may be about, by area and time, party, account and number. */
export async function findCandidates(
  { authority, telemetry }: OperatorContext,
  { area, units, accounts, numbers }: Searched,
  nowMs: number,
): Promise<FoundBySearch> {
  const cells = area === null ? [] : cellsWithin(area).map(cell => BigInt(`0x${cell}`));
  const found = area === null ? [] : await telemetry.whoWas(cells, area.fromMs, area.untilMs);
  const visits = visitsOf(found, viewById(authority.policy.boundaryView)!);
  const query = {
    ...(area === null ? {} : { area: { cells, fromMs: area.fromMs, untilMs: area.untilMs } }),
    ...{ units, accounts, numbers },
  };
  const lastCells = authority.terminalIds().flatMap(terminalId => {
    const { last } = authority.record(terminalId).history;
    return last === null ? [] : [{ terminalId, cell: last.cell }];
  });
  const search = searchCandidates(authority.book, query, { visits, lastCells, atMs: nowMs });
  return { search, cells: cells.length, seen: [...new Set(visits.map(({ terminal }) => terminal))] };
}

export function candidateSearchView({ search, cells }: FoundBySearch, found: Case): CandidateSearchView {
  const known = new Set(found.candidates.map(({ terminalId }) => terminalId));
  return {
    protectedSites: search.protectedSites.map(siteView),
    candidates: search.candidates.map(({ terminalId, protectedSite, matches, mitigations }) => ({
      ...{ terminalId, protectedSite, matches: [...matches], mitigations: mitigations.map(mitigationView) },
      inCase: known.has(terminalId),
    })),
    cells,
    // The cells of a circle are hundreds of names: that they were searched in vain is said in one.
    notFound: search.notFound.map(what => (what.startsWith("cells ") ? "the area in that time" : what)),
    truncated: search.truncated,
  };
}
