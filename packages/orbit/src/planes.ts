// SPDX-License-Identifier: MIT
import { sgp4 } from "satellite.js";
import { type Elements, epochMs } from "./elements.ts";
import { altitudeFromMeanMotionKm } from "./mean-motion.ts";
import { minutesSinceEpoch, satrecOf } from "./satrec.ts";

const DEG = Math.PI / 180;

/** How close satellites must be to share a shell or a plane. The defaults separate what flies today. */
export interface PlaneOptions {
  /** The common epoch, UTC milliseconds; default the latest epoch among the elements. */
  readonly epochMs?: number;
  /** A wider step in sorted inclinations begins another shell; default 0.5. */
  readonly inclinationGapDeg?: number;
  /** Satellites this close in altitude count as neighbours; a shell is a chain of dense places. Default 0.5. */
  readonly altitudeReachKm?: number;
  /** Neighbours, itself included, that make a place dense; default a fortieth of those with that inclination, 2 to 12. */
  readonly denseCount?: number;
  /** A wider step in sorted RAAN begins another plane; default 0.8. */
  readonly planeGapDeg?: number;
}

/** Satellites of about one inclination and altitude. */
export interface PlaneShell {
  /** Medians over the shell; altitude as {@link altitudeFromMeanMotionKm}. */
  readonly inclinationDeg: number;
  readonly altitudeKm: number;
  readonly satelliteCount: number;
  /** Its planes are `planes[firstPlane]` to `planes[firstPlane + planeCount - 1]`, eastwards. */
  readonly firstPlane: number;
  readonly planeCount: number;
}

/** Satellites of a shell with about one RAAN. */
export interface OrbitalPlane {
  readonly shell: number;
  /** Circular mean at the common epoch, 0 to 360. */
  readonly raanDeg: number;
  /** Indices in order of argument of latitude: each one's follower flies ahead of it, the last one's is the first. */
  readonly satellites: Uint32Array;
}

/** Which satellites fly together. Index = satellite in the arrays; -1 and NaN: none, or no elements to tell from. */
export interface PlaneMap {
  readonly epochMs: number;
  readonly shells: readonly PlaneShell[];
  readonly planes: readonly OrbitalPlane[];
  readonly shellOf: Int32Array;
  readonly planeOf: Int32Array;
  /** RAAN at the common epoch, TEME, 0 to 360. */
  readonly raanDeg: Float64Array;
  /** Mean argument of latitude (argument of perigee + mean anomaly) at the common epoch, 0 to 360. */
  readonly argumentOfLatitudeDeg: Float64Array;
}

/**
 * Groups satellites into shells and planes, from elements alone, whatever their source. All sets are brought to one
 * epoch by SGP4's own secular rates (J2 and J4 on node, perigee and anomaly; drag), then split: by inclination, by
 * altitude (dense places only: satellites being raised stay without a shell), by RAAN at gaps. Shells come in order
 * of size, the largest first.
 */
export function planesOf(elements: readonly Elements[], options: PlaneOptions = {}): PlaneMap {
  const count = elements.length;
  const common =
    options.epochMs ??
    elements.reduce((latest, set) => Math.max(latest, epochMs(set)), Number.NEGATIVE_INFINITY);
  const raanDeg = new Float64Array(count).fill(Number.NaN);
  const argumentOfLatitudeDeg = new Float64Array(count).fill(Number.NaN);
  const alive: number[] = [];
  for (const [i, set] of elements.entries()) {
    const mean = sgp4(satrecOf(set), minutesSinceEpoch(set, common))?.meanElements;
    if (mean === undefined) continue;
    alive.push(i);
    raanDeg[i] = turn(mean.Om / DEG);
    argumentOfLatitudeDeg[i] = turn((mean.om + mean.mm) / DEG);
  }

  const altitudeKm = Float64Array.from(elements, set => altitudeFromMeanMotionKm(set.meanMotionRevPerDay));
  const inclinationDeg = Float64Array.from(elements, set => set.inclinationDeg);
  const members = chains(alive, inclinationDeg, options.inclinationGapDeg ?? 0.5)
    .flatMap(group => denseChains(group, altitudeKm, options.altitudeReachKm ?? 0.5, options.denseCount))
    .sort((a, b) => b.length - a.length);

  const shells: PlaneShell[] = [];
  const planes: OrbitalPlane[] = [];
  const shellOf = new Int32Array(count).fill(-1);
  const planeOf = new Int32Array(count).fill(-1);
  for (const shell of members) {
    const firstPlane = planes.length;
    for (const plane of circularChains(shell, raanDeg, options.planeGapDeg ?? 0.8)) {
      for (const i of plane) {
        shellOf[i] = shells.length;
        planeOf[i] = planes.length;
      }
      planes.push({
        shell: shells.length,
        raanDeg: circularMeanDeg(plane, raanDeg),
        satellites: Uint32Array.from(plane.sort(byValue(argumentOfLatitudeDeg))),
      });
    }
    shells.push({
      inclinationDeg: medianOf(shell, inclinationDeg),
      altitudeKm: medianOf(shell, altitudeKm),
      satelliteCount: shell.length,
      firstPlane,
      planeCount: planes.length - firstPlane,
    });
  }
  return { epochMs: common, shells, planes, shellOf, planeOf, raanDeg, argumentOfLatitudeDeg };
}

/** Sorts `members` by value and cuts where two neighbours are more than `gap` apart. */
function chains(members: readonly number[], value: Float64Array, gap: number): number[][] {
  const groups: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const i of members.toSorted(byValue(value))) {
    if (value[i]! - last > gap) groups.push([]);
    groups.at(-1)!.push(i);
    last = value[i]!;
  }
  return groups;
}

/** As `chains`, on a circle of 360 degrees: the first and last group are one where the gap across 0 is narrow. */
function circularChains(members: readonly number[], value: Float64Array, gap: number): number[][] {
  const groups = chains(members, value, gap);
  const first = groups[0]!;
  const last = groups.at(-1)!;
  if (groups.length > 1 && value[first[0]!]! + 360 - value[last.at(-1)!]! <= gap) {
    groups[0] = [...last, ...first];
    groups.pop();
  }
  return groups;
}

/** Chains of dense places and what stands beside them: DBSCAN (Ester et al. 1996) in one dimension. */
function denseChains(
  members: readonly number[],
  value: Float64Array,
  reach: number,
  denseCount = Math.min(12, Math.max(2, Math.ceil(members.length / 40))),
): number[][] {
  const sorted = members.toSorted(byValue(value));
  const at = (k: number) => value[sorted[k]!]!;
  const dense: number[] = [];
  for (let k = 0, low = 0, high = 0; k < sorted.length; k++) {
    while (at(low) < at(k) - reach) low++;
    while (high < sorted.length && at(high) <= at(k) + reach) high++;
    if (high - low >= denseCount) dense.push(sorted[k]!);
  }
  const groups = chains(dense, value, reach);
  const bounds = groups.map(group => [value[group[0]!]! - reach, value[group.at(-1)!]! + reach] as const);
  const inGroup = new Set(dense);
  for (const i of sorted) {
    if (inGroup.has(i)) continue;
    const near = bounds.findIndex(([low, high]) => value[i]! >= low && value[i]! <= high);
    if (near !== -1) groups[near]!.push(i);
  }
  return groups;
}

function byValue(value: Float64Array): (a: number, b: number) => number {
  return (a, b) => value[a]! - value[b]! || a - b;
}

function medianOf(members: readonly number[], value: Float64Array): number {
  const sorted = members.map(i => value[i]!).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function circularMeanDeg(members: readonly number[], deg: Float64Array): number {
  let x = 0;
  let y = 0;
  for (const i of members) {
    x += Math.cos(deg[i]! * DEG);
    y += Math.sin(deg[i]! * DEG);
  }
  return turn(Math.atan2(y, x) / DEG);
}

function turn(deg: number): number {
  return ((deg % 360) + 360) % 360;
}
