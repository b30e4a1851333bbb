// SPDX-License-Identifier: MIT

/** A direction in a terminal's sky. */
export interface Direction {
  /** Clockwise from north. */
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

const RADIANS = Math.PI / 180;
/** Bearings that are asked about: every 5 degrees. */
const BEARINGS = 72;
const cosines = Float64Array.from({ length: BEARINGS }, (_, i) => Math.cos((2 * Math.PI * i) / BEARINGS));
const sines = Float64Array.from({ length: BEARINGS }, (_, i) => Math.sin((2 * Math.PI * i) / BEARINGS));

/**
 * Who can only answer later can only seem farther from each satellite. So a terminal can claim a place that is farther from
 * all of them than it really is, and no other. This is the share of bearings in which a false claim at a distance finds no
 * satellite that would have to be nearer by more than the threshold: Delta = d cos(elevation) cos(azimuth - bearing).
 *
 * @param distanceKm how far the claim lies from the truth
 * @param thresholdKm the least shortening that the network notices, e.g. 5 standard deviations
 */
export function unconstrainedShare(
  directions: readonly Direction[],
  distanceKm: number,
  thresholdKm: number,
): number {
  const needed = thresholdKm / distanceKm;
  const reach = reachOf(directions);
  return reach.reduce((open, most) => open + (most < needed ? 1 : 0), 0) / BEARINGS;
}

/** The largest shortening per km of displacement over all directions, for each bearing. */
function reachOf(directions: readonly Direction[]): Float64Array {
  const reach = new Float64Array(BEARINGS).fill(-1);
  for (const direction of directions) {
    const [east, north] = levelOf(direction);
    for (let i = 0; i < BEARINGS; i++) {
      const nearer = east * sines[i]! + north * cosines[i]!;
      if (nearer > reach[i]!) reach[i] = nearer;
    }
  }
  return reach;
}

function levelOf({ azimuthDeg, elevationDeg }: Direction): readonly [east: number, north: number] {
  const level = Math.cos(elevationDeg * RADIANS);
  return [level * Math.sin(azimuthDeg * RADIANS), level * Math.cos(azimuthDeg * RADIANS)];
}

/**
 * Which satellites a verification round should use: one of each slot, so that no bearing is left to a terminal that delays.
 * Greedy by the squares of what each bearing still lacks, then single exchanges as long as they help. Ties go to the
 * earlier candidate.
 *
 * @param slots per slot the candidates in the sky of the claimed place, with the satellite's number; the same array again and
 * again for a round at one instant
 * @param needed the shortening per km that a bearing must offer; 0.15 notices 2 km at 5 standard deviations of 60 m
 * @returns per slot the index of its candidate, or -1 where nothing new stands in the sky
 */
export function chooseRound(
  slots: readonly (readonly (Direction & { readonly satellite: number })[])[],
  needed = 0.15,
): number[] {
  const chosen: number[] = slots.map(() => -1);
  const isTaken = (slot: number, satellite: number): boolean =>
    chosen.some(
      (index, other) => other !== slot && index >= 0 && slots[other]![index]!.satellite === satellite,
    );
  const improve = (slot: number): boolean => {
    const others = chosen.flatMap((index, other) =>
      other === slot || index < 0 ? [] : [slots[other]![index]!],
    );
    const base = reachOf(others);
    let best = chosen[slot]!;
    let least = best < 0 ? Number.POSITIVE_INFINITY : lackWith(base, slots[slot]![best]!, needed);
    for (const [index, candidate] of slots[slot]!.entries()) {
      if (isTaken(slot, candidate.satellite)) continue;
      const lack = lackWith(base, candidate, needed);
      if (lack < least - 1e-12) [best, least] = [index, lack];
    }
    const isBetter = best !== chosen[slot];
    chosen[slot] = best;
    return isBetter;
  };
  // Each exchange lowers one sum that has a floor; the bound is for the reader.
  for (let pass = 0, better = true; better && pass < 8; pass++) {
    better = false;
    for (let slot = 0; slot < slots.length; slot++) better = improve(slot) || better;
  }
  return chosen;
}

/**
 * What the bearings lack. Every bearing aims at twice the need, so that rounds that satisfy the need still differ, and a
 * lack of the need itself counts ten times.
 */
function lackWith(base: Float64Array, candidate: Direction, needed: number): number {
  const [east, north] = levelOf(candidate);
  let lack = 0;
  for (let i = 0; i < BEARINGS; i++) {
    const reach = Math.max(base[i]!, east * sines[i]! + north * cosines[i]!);
    const toAim = Math.max(0, 2 * needed - reach);
    const toNeed = Math.max(0, needed - reach);
    lack += toAim * toAim + 10 * toNeed * toNeed;
  }
  return lack;
}
