// SPDX-License-Identifier: MIT
import { type CellTable, EARTH_RADIUS_KM } from "@perigee/earth";
import { observerFrame } from "@perigee/orbit";
import { nearestHomePop } from "../ground-segment.ts";
import type { HomePopInputs } from "../home-pops.ts";
import { LIGHT_KM_PER_MS } from "../routing/laser-geometry.ts";
import { isAbove } from "../visibility.ts";
import { createGsoGuard } from "./gso-guard.ts";
import { homeDelays } from "./home-delays.ts";
import { createSkyGrid } from "./sky-grid.ts";

const RAD = 180 / Math.PI;
/** Bits of the upper half of an H3 index that name the parent of resolution 2, 3 and 4, from the left (H3 index layout). */
const PARENT_SHIFTS = [7, 4, 1] as const;
/**
 * A PoP stays in the running for a group of cells while its mean delay at the group's middle is above the least by no
 * more than this, and this per km to the group's farthest cell. Two slants can part by 2 cos 25 / c = 0.006 ms per km; the
 * rest is for satellites that come into view or leave it on the way; where fewer than {@link MANY_IN_VIEW} are in view
 * each of them matters more, and the margin grows in proportion. With these, 2 cells in 1,000 get another home than
 * their own search finds, 0.4 ms farther on average. [D: 594,534 land cells, satellites of 2026-05-30]
 */
const MARGIN_MS = 0.3;
const MARGIN_MS_PER_KM = 0.01;
const MANY_IN_VIEW = 30;

/** Homes of many cells at once. */
export interface HomeTable {
  /**
   * Per cell: index (in the ground segment) of the PoP that is its home, -1 where there is none. What
   * `HomePops.homeOf` answers cell by cell, from delays known beforehand: whole groups of neighbours are decided at
   * their middle as long as no second PoP is near, and cell by cell along the boundaries.
   */
  homesOf(cells: CellTable): Int16Array;
}

/** Means over the instants with a route, per PoP asked for. */
interface Judgement {
  readonly routed: number;
  readonly instants: number;
  /** Satellites high enough, mean over the instants. */
  readonly inView: number;
}

/** Prepares the delays at the first question, some hundred milliseconds for 10,000 satellites and 50 PoPs, and keeps them. */
export function createHomeTable(inputs: HomePopInputs): HomeTable {
  const { propagator, ground, policy, minElevationDeg } = inputs;
  const pops = ground.pops
    .filter(pop => pop.iata !== null)
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const indexOfPop = pops.map(pop => ground.pops.indexOf(pop));
  const leastElevationDeg = minElevationDeg.reduce((a, b) => Math.min(a, b), 90);
  const found = new Int32Array(propagator.count);
  const least = new Float64Array(pops.length);
  const mean = new Float64Array(pops.length);
  const instants = lazily(() =>
    homeDelays(inputs, pops).map(known => {
      const grid = createSkyGrid(propagator.count);
      grid.fill(known.sample.fleet, known.sample.usable);
      return { ...known, grid };
    }),
  );

  /** Fills `mean` for the first `count` of `among`. */
  function judge(latDeg: number, lonDeg: number, among: Int32Array, count: number): Judgement {
    const frame = observerFrame({ latDeg, lonDeg, altitudeKm: 0 });
    const tooNear = createGsoGuard(frame, policy.scheduler.userGsoSeparationDeg);
    const all = instants();
    let routed = 0;
    let inView = 0;
    for (let c = 0; c < count; c++) mean[among[c]!] = 0;
    for (const { sample, delayMs, grid } of all) {
      const { fleet } = sample;
      const { xKm, yKm, zKm } = fleet;
      const seen = grid.above(frame, leastElevationDeg, found);
      for (let c = 0; c < count; c++) least[among[c]!] = Number.POSITIVE_INFINITY;
      for (let k = 0; k < seen; k++) {
        const i = found[k]!;
        const x = xKm[i]!;
        const y = yKm[i]!;
        const z = zKm[i]!;
        const minimum = minElevationDeg[i]!;
        if (minimum > leastElevationDeg && !isAbove(frame, fleet, i, minimum)) continue;
        inView += 1;
        const dx = x - frame.xKm;
        const dy = y - frame.yKm;
        const dz = z - frame.zKm;
        const slantMs = Math.sqrt(dx * dx + dy * dy + dz * dz) / LIGHT_KM_PER_MS;
        const row = i * pops.length;
        let shorter = 0;
        while (shorter < count && slantMs + delayMs[row + among[shorter]!]! >= least[among[shorter]!]!) {
          shorter += 1;
        }
        // The mask costs most: it is asked only about satellites that shorten a way.
        if (shorter === count || tooNear(x, y, z)) continue;
        for (let c = shorter; c < count; c++) {
          const p = among[c]!;
          const ms = slantMs + delayMs[row + p]!;
          if (ms < least[p]!) least[p] = ms;
        }
      }
      // Fibre joins every gateway with every PoP: there is a way to all of them or to none.
      if (least[among[0]!] === Number.POSITIVE_INFINITY) continue;
      routed += 1;
      for (let c = 0; c < count; c++) mean[among[c]!]! += least[among[c]!]!;
    }
    for (let c = 0; c < count; c++) mean[among[c]!]! /= routed;
    return { routed, instants: all.length, inView: inView / all.length };
  }

  function homesOf(cells: CellTable): Int16Array {
    const homes = new Int16Array(cells.count).fill(-1);
    if (pops.length === 0) return homes;
    const upper = new Uint32Array(cells.count);
    for (let k = 0; k < cells.count; k++) upper[k] = Number(cells.id[k]! >> 32n);
    const everyPop = Int32Array.from(pops, (_, p) => p);
    const kept = PARENT_SHIFTS.map(() => new Int32Array(pops.length));

    const nearest = (k: number) => {
      const pop = nearestHomePop(ground, cells.latDeg[k]!, cells.lonDeg[k]!);
      return pop === null ? -1 : ground.pops.indexOf(pop);
    };
    const single = (k: number, among: Int32Array, count: number) => {
      const { routed } = judge(cells.latDeg[k]!, cells.lonDeg[k]!, among, count);
      homes[k] = routed === 0 ? nearest(k) : indexOfPop[bestOf(mean, among, count)]!;
    };

    /** Decides cells `from` to `to - 1`, group by group of one level. */
    const decide = (from: number, to: number, level: number, among: Int32Array, count: number): void => {
      const shift = PARENT_SHIFTS[level];
      for (let start = from; start < to; ) {
        let end = start + 1;
        if (shift === undefined) {
          single(start, among, count);
          start = end;
          continue;
        }
        while (end < to && upper[end]! >>> shift === upper[start]! >>> shift) end += 1;
        const middle = middleOf(cells, start, end);
        const { routed, instants: asked, inView } = judge(middle.latDeg, middle.lonDeg, among, count);
        const own = kept[level]!;
        let left = 0;
        if (routed === asked && asked > 0) {
          const margin =
            (MARGIN_MS + MARGIN_MS_PER_KM * middle.radiusKm) * Math.max(1, MANY_IN_VIEW / inView);
          const limit = mean[bestOf(mean, among, count)]! + margin;
          for (let c = 0; c < count; c++) if (mean[among[c]!]! <= limit) own[left++] = among[c]!;
        } else {
          // At the rim of coverage the middle says nothing about the rest.
          for (let c = 0; c < count; c++) own[left++] = among[c]!;
        }
        if (left === 1 && routed === asked) homes.fill(indexOfPop[own[0]!]!, start, end);
        else decide(start, end, level + 1, own, left);
        start = end;
      }
    };
    decide(0, cells.count, 0, everyPop, everyPop.length);
    return homes;
  }

  return { homesOf };
}

/** The first of those with the least mean: codes are sorted. */
function bestOf(mean: Float64Array, among: Int32Array, count: number): number {
  let best = among[0]!;
  for (let c = 1; c < count; c++) if (mean[among[c]!]! < mean[best]!) best = among[c]!;
  return best;
}

/** The middle of some cells on the sphere, and how far the farthest of them is from it. */
function middleOf(cells: CellTable, from: number, to: number) {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let k = from; k < to; k++) {
    const lat = cells.latDeg[k]! / RAD;
    const lon = cells.lonDeg[k]! / RAD;
    x += Math.cos(lat) * Math.cos(lon);
    y += Math.cos(lat) * Math.sin(lon);
    z += Math.sin(lat);
  }
  const length = Math.hypot(x, y, z);
  let least = 1;
  for (let k = from; k < to; k++) {
    const lat = cells.latDeg[k]! / RAD;
    const lon = cells.lonDeg[k]! / RAD;
    const cosine =
      (x * Math.cos(lat) * Math.cos(lon) + y * Math.cos(lat) * Math.sin(lon) + z * Math.sin(lat)) / length;
    if (cosine < least) least = cosine;
  }
  return {
    latDeg: Math.asin(z / length) * RAD,
    lonDeg: Math.atan2(y, x) * RAD,
    radiusKm: Math.acos(Math.max(-1, least)) * EARTH_RADIUS_KM,
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
