// SPDX-License-Identifier: MIT
import type { LocationVerdict } from "@perigee/authority";
import { cellAt } from "@perigee/earth";
import {
  admissionVerdict,
  evidenceOf,
  type Judgement,
  type LocationEvidence,
  type LocationFinding,
  verdictOf,
  verdictTimes,
} from "@perigee/locate";

/** Evidence of a word that is new, or was asked for. */
export interface NewEvidence {
  readonly evidence: LocationEvidence;
  /** Whether the log names it: contradictions, what ends them, and what somebody asked for. */
  readonly isLogged: boolean;
}

/** The last that was found of a terminal; without a position. */
export interface LatestFinding {
  readonly finding: LocationFinding;
  readonly evidenceId: string;
}

/** A terminal that says where it is. */
interface Claimant {
  readonly id: string;
  readonly last: { readonly cell: string } | null;
  readonly isInSpecialZone: boolean;
}

interface Standing {
  /** Of the last ten minutes, oldest first. Their places are in memory only and end with them. */
  judgements: Judgement[];
  /** Contradicted, and not measured since where it says it is. */
  isSuspected: boolean;
  verdict: LocationVerdict | null;
  latest: LatestFinding | null;
}

/** What rounds came to, terminal by terminal: who is suspected, which word stands, and what it rests on. */
export class LocationStandings {
  readonly #standings = new Map<string, Standing>();

  /** @param suspected - Terminals that were contradicted before a restart. */
  constructor(suspected: Iterable<string>) {
    for (const id of suspected) this.#standingOf(id).isSuspected = true;
  }

  isSuspected(id: string): boolean {
    return this.#standings.get(id)?.isSuspected ?? false;
  }

  latest(id: string): LatestFinding | null {
    return this.#standings.get(id)?.latest ?? null;
  }

  /** Up to when it was last measured, UTC ms; 0 where not lately. */
  judgedMs(id: string): number {
    return this.#standings.get(id)?.judgements.at(-1)?.toMs ?? 0;
  }

  /** Adds what a round said. A contradiction makes a suspect, and an agreement none. */
  add(id: string, judged: Judgement): void {
    const judgement = soundly(judged);
    const standing = this.#standingOf(id);
    standing.judgements.push(judgement);
    if (judgement.outcome === "contradicts") standing.isSuspected = true;
    if (judgement.outcome === "agrees") standing.isSuspected = false;
  }

  /**
   * The verdicts of an instant, and the evidence of those that are new.
   *
   * @param requested - Terminals of which somebody asked for a round that ended just now.
   */
  find(
    nowMs: number,
    terminals: readonly Claimant[],
    requested: ReadonlySet<string>,
  ): { readonly verdicts: ReadonlyMap<string, LocationVerdict>; readonly evidence: readonly NewEvidence[] } {
    const verdicts = new Map<string, LocationVerdict>();
    const evidence: NewEvidence[] = [];
    for (const { id, last, isInSpecialZone } of terminals) {
      const standing = this.#standings.get(id);
      if (standing === undefined || last === null) continue;
      standing.judgements = standing.judgements.filter(({ toMs }) => nowMs - toMs <= verdictTimes.memoryMs);
      const finding = verdictOf(standing.judgements, nowMs);
      const { isSuspected } = standing;
      // Nobody is held to a measurement that nobody made: only who is to be measured all the time is, while it is not.
      const isHeld = isSuspected || (isInSpecialZone && finding.basis.length > 0);
      if (finding.verdict === "stale" && !isHeld) {
        standing.verdict = null;
        continue;
      }
      const before = standing.verdict;
      if (before?.verdict !== finding.verdict || requested.has(id)) {
        const item = evidenceOf(id, last.cell, finding, cellAt);
        const contradicts = finding.basis.some(({ outcome }) => outcome === "contradicts");
        const isLogged = contradicts || requested.has(id) || before?.verdict === "inconsistent";
        evidence.push({ evidence: item, isLogged });
        standing.verdict = admissionVerdict(item);
        standing.latest = { finding, evidenceId: item.id };
      } else if (finding.verdict !== "stale") {
        standing.latest = { finding, evidenceId: before.id };
      }
      verdicts.set(id, standing.verdict!);
    }
    return { verdicts, evidence };
  }

  #standingOf(id: string): Standing {
    const known = this.#standings.get(id);
    if (known !== undefined) return known;
    const standing: Standing = { judgements: [], isSuspected: false, verdict: null, latest: null };
    this.#standings.set(id, standing);
    return standing;
  }
}

/** Satellites that a round has to rest on before it speaks for or against anybody. */
export const LEAST_SATELLITES = 3;

/**
 * An agreement of one satellite or two is none: who can delay its answers and is deaf to the others makes them agree with what
 * it likes, and would so get out of a contradiction.
 */
function soundly(judgement: Judgement): Judgement {
  if (judgement.outcome !== "agrees" || judgement.satellites >= LEAST_SATELLITES) return judgement;
  return { ...judgement, outcome: "insufficient", why: "tooCoarse" };
}
