// SPDX-License-Identifier: MIT
import type { LastCell, ProtectedSite, Terminal } from "@perigee/authority";
import { cellName, grouped } from "../detectors/making.ts";
import { type Mitigation, mitigationsOf } from "../detectors/mitigations.ts";
import type { Visit } from "../detectors/rows.ts";
import type { CandidateMeans, CaseBook } from "../records.ts";

/** What to search by. Each that is given is searched by itself; together they are no filter. */
export interface CandidateQuery {
  /** Cells (H3, resolution 5) and the time in which somebody was there; both ends UTC ms, half-open. */
  readonly area?: { readonly cells: readonly bigint[]; readonly fromMs: number; readonly untilMs: number };
  /** Parties on record: a unit, a dealer, a hospital. By id: a name is resolved by a person, with the register at hand. */
  readonly units?: readonly string[];
  readonly accounts?: readonly string[];
  /** Serial or kit numbers, as written; a number may end in `*` for all that begin so. */
  readonly numbers?: readonly string[];
}

/** By what a terminal was found, and why in words. */
export interface CandidateMatch {
  readonly by: CandidateMeans;
  readonly why: string;
}

export interface FoundCandidate {
  readonly terminalId: string;
  readonly matches: readonly CandidateMatch[];
  /** What the record says for it; protected sites first. */
  readonly mitigations: readonly Mitigation[];
  readonly protectedSite: boolean;
}

export interface CandidateSearch {
  /** Protected sites at or near any of the candidates. They stand first, on every page that shows the others. */
  readonly protectedSites: readonly ProtectedSite[];
  /** Those at or near a protected site first, then by the number of ways in which they were found, then by id. */
  readonly candidates: readonly FoundCandidate[];
  /** What was searched for and led to nothing. */
  readonly notFound: readonly string[];
  /** Whether there were more than {@link mostCandidates}. */
  readonly truncated: boolean;
}

/** A search that finds more is about a whole region, and not about a case. */
export const mostCandidates = 5_000;
/** Shortest beginning of a number that is searched by: a shorter one names a product and no terminal. */
const shortestPrefix = 6;

/**
 * Terminals that a claim may be about. Being found is nothing against anybody: in the area of a claim, most terminals are
 * those of others.
 *
 * @param visits rows of the cells and the time that the query names; others are left out of account
 * @param lastCells where terminals were last, for protected sites nearby
 */
export function searchCandidates(
  book: CaseBook,
  query: CandidateQuery,
  {
    visits = [],
    lastCells = [],
    atMs,
  }: {
    readonly visits?: readonly Visit[];
    readonly lastCells?: readonly LastCell[];
    readonly atMs: number;
  },
): CandidateSearch {
  const matches: { readonly terminalId: string; readonly match: CandidateMatch }[] = [];
  const notFound: string[] = [];
  const add = (found: readonly (readonly [string, string])[], by: CandidateMeans, what: string): void => {
    if (found.length === 0) notFound.push(what);
    for (const [terminalId, why] of found) matches.push({ terminalId, match: { by, why } });
  };
  if (query.area !== undefined)
    add(inArea(visits, query.area), "area", `cells ${query.area.cells.map(cellName).join(", ")}`);
  for (const unit of query.units ?? []) add(ofParty(book, unit), "unit", `party ${unit}`);
  for (const account of query.accounts ?? []) {
    const own = book.about("terminal", account).filter(({ accountId }) => accountId === account);
    add(
      own.map(({ id }) => [id, `It belongs to the account ${account}.`] as const),
      "account",
      `account ${account}`,
    );
  }
  for (const number of query.numbers ?? []) {
    const by = number.toUpperCase().startsWith("KIT") ? "kit" : "serial";
    add(withNumber(book, number), by, `number ${number}`);
  }
  // Who was in the area has its cells to look around, besides the last one.
  const seen = query.area === undefined ? [] : visitsIn(visits, query.area);
  const around = seen.map(({ terminal, cell }) => ({ terminalId: terminal, cell: cellName(cell) }));
  const cellsOf = grouped([...lastCells, ...around], ({ terminalId }) => terminalId);
  const all = [...grouped(matches, ({ terminalId }) => terminalId)].map(
    ([terminalId, own]): FoundCandidate => {
      const mitigations = mitigationsOf(book, terminalId, atMs, cellsOf.get(terminalId) ?? []);
      return {
        terminalId,
        matches: own.map(({ match }) => match),
        mitigations,
        protectedSite: mitigations.some(({ kind }) => kind === "protectedSite"),
      };
    },
  );
  const candidates = all.toSorted(
    (a, b) =>
      Number(b.protectedSite) - Number(a.protectedSite) ||
      new Set(b.matches.map(({ by }) => by)).size - new Set(a.matches.map(({ by }) => by)).size ||
      (a.terminalId < b.terminalId ? -1 : 1),
  );
  const siteIds = new Set(
    candidates.flatMap(({ mitigations }) =>
      mitigations.filter(({ kind }) => kind === "protectedSite").map(({ record }) => record),
    ),
  );
  return {
    protectedSites: [...siteIds].sort().flatMap(id => book.get("protectedSite", id) ?? []),
    candidates: candidates.slice(0, mostCandidates),
    notFound,
    truncated: candidates.length > mostCandidates,
  };
}

type Area = NonNullable<CandidateQuery["area"]>;

function visitsIn(visits: readonly Visit[], { cells, fromMs, untilMs }: Area): readonly Visit[] {
  const asked = new Set(cells);
  return visits.filter(visit => asked.has(visit.cell) && visit.fromMs < untilMs && fromMs < visit.untilMs);
}

function inArea(visits: readonly Visit[], area: Area): readonly (readonly [string, string])[] {
  const { fromMs, untilMs } = area;
  const there = visitsIn(visits, area);
  return [...grouped(there, ({ terminal }) => terminal)].map(([terminal, rows]) => {
    const hours =
      rows.reduce((sum, row) => sum + Math.min(row.untilMs, untilMs) - Math.max(row.fromMs, fromMs), 0) /
      3_600_000;
    return [
      terminal,
      `It was ${hours.toFixed(1)} hours in ${new Set(rows.map(({ cell }) => cell)).size} of the cells.`,
    ] as const;
  });
}

const parts = ["holder", "user", "donor"] as const satisfies readonly (keyof Terminal)[];

function ofParty(book: CaseBook, partyId: string): readonly (readonly [string, string])[] {
  return book.about("terminal", partyId).flatMap(terminal => {
    const roles = parts.filter(part => terminal[part] === partyId);
    return roles.length === 0
      ? []
      : [[terminal.id, `${partyId} is on record as its ${roles.join(" and ")}.`] as const];
  });
}

function withNumber(book: CaseBook, written: string): readonly (readonly [string, string])[] {
  const number = written.slice(0, 60).toUpperCase().replaceAll(" ", "");
  const says = ({ id, kitNumber, serial }: Terminal) =>
    [id, `Its numbers are ${kitNumber ?? "-"} and ${serial ?? "-"}.`] as const;
  if (!number.endsWith("*")) {
    return book
      .about("terminal", number)
      .filter(({ kitNumber, serial }) => kitNumber === number || serial === number)
      .map(says);
  }
  const prefix = number.slice(0, -1);
  if (prefix.length < shortestPrefix) return [];
  return [...book.all("terminal")]
    .filter(
      ({ kitNumber, serial }) =>
        kitNumber?.startsWith(prefix) === true || serial?.startsWith(prefix) === true,
    )
    .map(says);
}
