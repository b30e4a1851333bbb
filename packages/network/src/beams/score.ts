// SPDX-License-Identifier: MIT
import type { SchedulerPolicy } from "../policy.ts";

/** A satellite that may serve a site in this slot: every mask already passed. */
export interface Candidate {
  readonly satellite: number;
  readonly elevationDeg: number;
  /** The least elevation that counts for this satellite. */
  readonly minElevationDeg: number;
  readonly remainingS: number;
  /** Site to PoP, one way. */
  readonly oneWayMs: number;
  readonly sunlit: boolean;
  /** 0 oldest to 1 newest. */
  readonly newness: number;
  /** 0 to 1; see `ScoreWeights.contention`. */
  readonly contention: number;
}

/**
 * The sum of `ScoreWeights` for a candidate whose path takes `extraMs` more than the site's best; load and landing apart.
 * The plain form: what `pair-score.ts` computes for groups of cells, many at a time, is tested against it.
 */
export function score(
  candidate: Candidate,
  extraMs: number,
  previous: number,
  policy: SchedulerPolicy,
): number {
  const { weights } = policy;
  const rise = (candidate.elevationDeg - candidate.minElevationDeg) / (90 - candidate.minElevationDeg);
  return (
    weights.elevation * rise +
    weights.remaining * Math.min(1, candidate.remainingS / policy.remainingCapS) +
    weights.path * (1 - extraMs / policy.pathScaleMs) +
    weights.sunlit * (candidate.sunlit ? 1 : 0) +
    weights.newness * candidate.newness +
    weights.contention * candidate.contention +
    weights.stickiness * (candidate.satellite === previous ? 1 : 0)
  );
}
