// SPDX-License-Identifier: MIT
import { type Judgement, judgementReasons } from "./judge.ts";

/** Where a terminal stands with its claims, in the words that admission knows. */
export type Verdict = "consistent" | "inconsistent" | "ambiguous" | "insufficient" | "stale";

/** A verdict and the windows that it rests on. */
export interface LocationFinding {
  readonly verdict: Verdict;
  /** The instant up to which it was measured, UTC ms; that of asking where nothing was. */
  readonly atMs: number;
  /** The judgements that made it, oldest first: two for `inconsistent`, one or none for the others. */
  readonly basis: readonly Judgement[];
  /** What was found, in a sentence. */
  readonly because: string;
}

/** How long words count. */
export interface VerdictTimes {
  /** A window that ended longer ago says nothing of now; ms. */
  readonly freshMs?: number;
  /** Contradictions farther apart are not one matter; ms. */
  readonly memoryMs?: number;
}

export const verdictTimes: Required<VerdictTimes> = { freshMs: 60_000, memoryMs: 600_000 };

/**
 * The verdict of a terminal's last windows.
 *
 * *Inconsistent* needs two windows that share no time and both contradict their claim, with none that agrees after
 * the first: a terminal gets out of it by being measured where it says it is, not by being measured badly. One
 * contradiction alone is *insufficient*, and ambiguous geometry is never more than *ambiguous*.
 *
 * @param judgements in any order
 */
export function verdictOf(
  judgements: readonly Judgement[],
  nowMs: number,
  times: VerdictTimes = {},
): LocationFinding {
  const { freshMs, memoryMs } = { ...verdictTimes, ...times };
  const known = judgements
    .filter(({ toMs }) => toMs <= nowMs && nowMs - toMs <= memoryMs)
    .sort((a, b) => a.toMs - b.toMs || a.fromMs - b.fromMs);
  const newest = known.at(-1);
  if (newest === undefined)
    return { verdict: "stale", atMs: nowMs, basis: [], because: "Nothing was measured in the last minutes." };
  if (nowMs - newest.toMs > freshMs) {
    const because = `The last measurements are ${Math.round((nowMs - newest.toMs) / 1000)} s old.`;
    return { verdict: "stale", atMs: newest.toMs, basis: [newest], because };
  }
  const basis = contradictionsOf(known);
  if (basis !== null) {
    const because = "Two windows that share no time contradict what the terminal says of its place.";
    return { verdict: "inconsistent", atMs: basis[1].toMs, basis, because };
  }
  const [verdict, because] = ofOne(newest);
  return { verdict, atMs: newest.toMs, basis: [newest], because };
}

function ofOne({ outcome, why }: Judgement): readonly [Verdict, string] {
  if (outcome === "contradicts")
    return ["insufficient", "One window contradicts the claimed place; a second has to confirm it."];
  return [outcome === "agrees" ? "consistent" : outcome, judgementReasons[why]];
}

/** The last two contradictions that share no time and have no agreement after the earlier one. */
function contradictionsOf(known: readonly Judgement[]): readonly [Judgement, Judgement] | null {
  let later: Judgement | null = null;
  for (const judgement of known.toReversed()) {
    if (judgement.outcome === "agrees") return null;
    if (judgement.outcome !== "contradicts") continue;
    if (later === null) later = judgement;
    else if (judgement.toMs < later.fromMs) return [judgement, later];
  }
  return null;
}
