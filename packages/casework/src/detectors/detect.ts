// SPDX-License-Identifier: MIT
import type { LastCell } from "@perigee/authority";
import type { CaseBook, CaseSignal } from "../records.ts";
import { notWhereClaimed, tooFast, twoPlaces } from "./identity-patterns.ts";
import { type DetectorLimits, defaultLimits } from "./limits.ts";
import { grouped } from "./making.ts";
import { type Mitigation, mitigationsOf } from "./mitigations.ts";
import { type PatternFamily, type PatternId, patterns } from "./patterns.ts";
import {
  abroadForLong,
  clusters,
  nearListedSite,
  neverWhereSold,
  outsideServiceArea,
  silentThenElsewhere,
} from "./place-patterns.ts";
import {
  activationBursts,
  resoldSerials,
  sharedKeys,
  shownInListing,
  standIns,
} from "./registry-patterns.ts";
import type { CellGeometry, Observations } from "./rows.ts";
import type { Signal } from "./signal.ts";

/**
 * Everything that the detectors see, in the order of the patterns and, within one, of the rows. The same book and rows give
 * the same signals.
 *
 * @param atMs the instant of the look; dates what has no instant of its own
 */
export function detect(
  book: CaseBook,
  seen: Observations,
  geometry: CellGeometry,
  atMs: number,
  limits: DetectorLimits = defaultLimits,
): readonly Signal[] {
  return [
    ...abroadForLong(book, seen, limits),
    ...neverWhereSold(book, seen),
    ...clusters(book, seen, limits),
    ...sharedKeys(book, seen, limits, atMs),
    ...resoldSerials(book, limits),
    ...activationBursts(book, seen, limits),
    ...tooFast(book, seen, limits),
    ...outsideServiceArea(book, seen, limits),
    ...twoPlaces(book, seen),
    ...standIns(book),
    ...notWhereClaimed(book, seen, limits),
    ...nearListedSite(book, seen, limits, geometry),
    ...silentThenElsewhere(book, seen, limits, geometry),
    ...shownInListing(book, seen),
  ];
}

/** What a case keeps of a signal, with the pattern's note on whom else it fits. */
export function caseSignalOf({ id, pattern, terminals, text, atMs }: Signal): CaseSignal {
  return { id, pattern, terminals, text, falsePositives: patterns[pattern].falsePositives, atMs };
}

/** What the detectors saw of one terminal, for a person to look at. */
export interface ReviewItem {
  readonly terminalId: string;
  readonly signals: readonly Signal[];
  /** Families of the patterns that it shows, sorted. */
  readonly families: readonly PatternFamily[];
  /** What the record says for it; protected sites first. */
  readonly mitigations: readonly Mitigation[];
  /** Whether a protected site is at it or near it: such terminals come first, so that nobody acts before seeing it. */
  readonly protectedSite: boolean;
}

/**
 * In which order a person looks: terminals at or near protected sites first, then those whose patterns come from most
 * families, then by id. It is an order of looking and no probability: nothing follows from a place in it.
 */
export function reviewOrder(
  book: CaseBook,
  signals: readonly Signal[],
  atMs: number,
  lastCells: readonly LastCell[] = [],
): readonly ReviewItem[] {
  const pairs = signals.flatMap(signal => signal.terminals.map(terminalId => ({ terminalId, signal })));
  return [...grouped(pairs, ({ terminalId }) => terminalId)]
    .map(([terminalId, of]) => {
      const own = [...new Map(of.map(({ signal }) => [signal.id, signal])).values()];
      const mitigations = mitigationsOf(book, terminalId, atMs, lastCells);
      return {
        terminalId,
        signals: own,
        families: familiesOf(own.map(({ pattern }) => pattern)),
        mitigations,
        protectedSite: mitigations.some(({ kind }) => kind === "protectedSite"),
      };
    })
    .toSorted(
      (a, b) =>
        Number(b.protectedSite) - Number(a.protectedSite) ||
        b.families.length - a.families.length ||
        (a.terminalId < b.terminalId ? -1 : 1),
    );
}

/** The families of some patterns, each once, sorted. */
export function familiesOf(ids: readonly PatternId[]): readonly PatternFamily[] {
  return [...new Set(ids.map(id => patterns[id].family))].sort();
}
