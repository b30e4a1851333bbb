// SPDX-License-Identifier: MIT
import type { SchedulerPolicy } from "./policy.ts";

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
  /** Gateway that the satellite's traffic lands at, and the satellite above it. */
  readonly gateway: number;
  readonly landing: number;
}

/** A site with its choices. */
export interface Request {
  /** Unique; decides ties. */
  readonly siteId: string;
  readonly cell: string;
  /** Serving satellite of the previous plan; -1: none. */
  readonly previous: number;
  readonly candidates: readonly Candidate[];
}

/** What is finite. */
export interface Limits {
  /** Antennas of a gateway: satellites that it can hold at once. */
  antennas(gateway: number): number;
}

/**
 * Chooses a satellite per site: sites with the fewest choices first, each its best score (see `ScoreWeights`), less
 * what earlier choices have loaded. A satellite serves at most `beamsPerSatellite` cells, a gateway holds at most
 * `antennas` satellites. Ties go to the lower satellite index and the lower site id; the order of `requests` and of
 * candidates does not matter.
 *
 * @returns Per request the candidate, or `null` where all are taken.
 */
export function assignSatellites(
  requests: readonly Request[],
  policy: SchedulerPolicy,
  limits: Limits,
): (Candidate | null)[] {
  const beams = new Map<number, Set<string>>();
  const landings = new Map<number, Set<number>>();
  const chosen: (Candidate | null)[] = requests.map(() => null);
  const order = requests
    .map((request, index) => ({ request, index }))
    .sort(
      (a, b) =>
        a.request.candidates.length - b.request.candidates.length ||
        compareText(a.request.siteId, b.request.siteId),
    );
  for (const { request, index } of order) {
    let bestMs = Number.POSITIVE_INFINITY;
    for (const { oneWayMs } of request.candidates) bestMs = Math.min(bestMs, oneWayMs);
    let best: Candidate | null = null;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const candidate of request.candidates) {
      const cells = beams.get(candidate.satellite);
      const used = cells?.size ?? 0;
      if (used >= policy.beamsPerSatellite && !cells?.has(request.cell)) continue;
      const held = landings.get(candidate.gateway);
      if (
        held !== undefined &&
        held.size >= limits.antennas(candidate.gateway) &&
        !held.has(candidate.landing)
      )
        continue;
      const value =
        score(candidate, candidate.oneWayMs - bestMs, request.previous, policy) -
        (policy.weights.load * used) / policy.beamsPerSatellite;
      if (
        value > bestScore ||
        (value === bestScore && best !== null && candidate.satellite < best.satellite)
      ) {
        best = candidate;
        bestScore = value;
      }
    }
    chosen[index] = best;
    if (best === null) continue;
    add(beams, best.satellite, request.cell);
    add(landings, best.gateway, best.landing);
  }
  return chosen;
}

/** The sum of `ScoreWeights` for a candidate whose path takes `extraMs` more than the site's best; load apart. */
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

function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** By code units: the same everywhere, unlike a locale's order. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
