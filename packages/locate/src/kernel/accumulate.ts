// SPDX-License-Identifier: MIT
import { WGS84 } from "@perigee/orbit";
import type { Rows } from "./rows.ts";

/** What is fitted: metres east, north and up of a point; what all ranges share; what all range rates share. */
export const PARAMETERS = 5;

/** A trial: geodetic radians and km, the common parts of ranges (km) and of range rates (km/s). */
export interface Trial {
  latRad: number;
  lonRad: number;
  heightKm: number;
  rangeOffsetKm: number;
  rateOffsetKmS: number;
}

/** Weighted squares at a trial: their sum, half its gradient with the sign turned, and the normal matrix. */
export interface Sums {
  misfit: number;
  readonly right: Float64Array;
  /** Row by row, 5 by 5, lower half filled. */
  readonly normal: Float64Array;
}

export const createSums = (): Sums => ({
  misfit: 0,
  right: new Float64Array(PARAMETERS),
  normal: new Float64Array(PARAMETERS * PARAMETERS),
});

/** The trial's place, its axes and what its motion adds, worked out once for all rows. */
const frame = {
  sinLat: 0,
  cosLat: 0,
  sinLon: 0,
  cosLon: 0,
  px: 0,
  py: 0,
  pz: 0,
  mx: 0,
  my: 0,
  mz: 0,
  sag: 0,
};

function setFrame(rows: Rows, { latRad, lonRad, heightKm }: Trial): void {
  const sinLat = Math.sin(latRad);
  const cosLat = Math.cos(latRad);
  const sinLon = Math.sin(lonRad);
  const cosLon = Math.cos(lonRad);
  const n = WGS84.aKm / Math.sqrt(1 - WGS84.e2 * sinLat * sinLat);
  const rho = (n + heightKm) * cosLat;
  const { motionEastKmS: east, motionNorthKmS: north } = rows;
  frame.sinLat = sinLat;
  frame.cosLat = cosLat;
  frame.sinLon = sinLon;
  frame.cosLon = cosLon;
  frame.px = rho * cosLon;
  frame.py = rho * sinLon;
  frame.pz = (n * (1 - WGS84.e2) + heightKm) * sinLat;
  frame.mx = -sinLon * east - sinLat * cosLon * north;
  frame.my = cosLon * east - sinLat * sinLon * north;
  frame.mz = cosLat * north;
  // Along the ground, not the tangent: v^2 t^2 / 2R lower, 70 m after 30 km.
  frame.sag = (east * east + north * north) / (2 * n);
}

/**
 * Sums the rows' residuals r, weighted by the inverse of their covariance C. Rows of a group share an error of variance v, so its
 * block is D + v 11', whose inverse is W - k (W1)(W1)' with W = 1/D and k = v / (1 + v 1'W1) (Sherman and Morrison,
 * Ann. Math. Stat. 21, 1950): two sums a group, no matrix.
 *
 * Range: |s - p|, its derivative by the place -(s - p) / |s - p|. Range rate: (s - p)(vs - vp) / |s - p|, its derivative
 * -(v - (v u) u) / |s - p| with u towards the satellite. The derivatives take the axes of a terminal's own motion as fixed, which
 * makes them wrong by one part in a thousand for an airliner: enough to lead downhill, and the misfit itself is exact.
 */
export function accumulate(rows: Rows, trial: Trial, sums: Sums): void {
  sums.misfit = 0;
  sums.right.fill(0);
  sums.normal.fill(0);
  setFrame(rows, trial);
  let first = 0;
  for (let group = 0; group < rows.groups; group++) {
    const end = rows.groupEnd[group]!;
    const variance = rows.groupVariance[group]!;
    if (first < rows.ranges) addRanges(rows, first, end, variance, trial.rangeOffsetKm, sums);
    else addRates(rows, first, end, variance, trial.rateOffsetKmS, sums);
    first = end;
  }
}

/** One satellite's ranges. Written out: parameters east, north, up and the common part, whose derivative is 1. */
function addRanges(
  rows: Rows,
  first: number,
  end: number,
  variance: number,
  offsetKm: number,
  sums: Sums,
): void {
  const { right, normal } = sums;
  const { sinLat, cosLat, sinLon, cosLon, px, py, pz, mx, my, mz, sag } = frame;
  const { xKm, yKm, zKm, dtS, value, weight } = rows;
  let misfit = 0;
  let w1 = 0;
  let wr = 0;
  let we = 0;
  let wn = 0;
  let wu = 0;
  let ee = 0;
  let ne = 0;
  let nn = 0;
  let ue = 0;
  let un = 0;
  let uu = 0;
  let re = 0;
  let rn = 0;
  let ru = 0;
  for (let row = first; row < end; row++) {
    const t = dtS[row]!;
    const drop = sag * t * t;
    const dx = xKm[row]! - px - mx * t + drop * cosLat * cosLon;
    const dy = yKm[row]! - py - my * t + drop * cosLat * sinLon;
    const dz = zKm[row]! - pz - mz * t + drop * sinLat;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const level = cosLon * dx + sinLon * dy;
    const e = (sinLon * dx - cosLon * dy) / range;
    const n = (sinLat * level - cosLat * dz) / range;
    const u = -(cosLat * level + sinLat * dz) / range;
    const residual = value[row]! - range - offsetKm;
    const w = weight[row]!;
    const weighted = w * residual;
    misfit += weighted * residual;
    w1 += w;
    wr += weighted;
    we += w * e;
    wn += w * n;
    wu += w * u;
    re += weighted * e;
    rn += weighted * n;
    ru += weighted * u;
    ee += w * e * e;
    ne += w * n * e;
    nn += w * n * n;
    ue += w * u * e;
    un += w * u * n;
    uu += w * u * u;
  }
  const k = variance / (1 + variance * w1);
  sums.misfit += misfit - k * wr * wr;
  right[0] = right[0]! + re - k * we * wr;
  right[1] = right[1]! + rn - k * wn * wr;
  right[2] = right[2]! + ru - k * wu * wr;
  right[3] = right[3]! + wr - k * w1 * wr;
  normal[0] = normal[0]! + ee - k * we * we;
  normal[5] = normal[5]! + ne - k * wn * we;
  normal[6] = normal[6]! + nn - k * wn * wn;
  normal[10] = normal[10]! + ue - k * wu * we;
  normal[11] = normal[11]! + un - k * wu * wn;
  normal[12] = normal[12]! + uu - k * wu * wu;
  normal[15] = normal[15]! + we - k * w1 * we;
  normal[16] = normal[16]! + wn - k * w1 * wn;
  normal[17] = normal[17]! + wu - k * w1 * wu;
  normal[18] = normal[18]! + w1 - k * w1 * w1;
}

const jacobian = new Float64Array(PARAMETERS);
const groupSum = new Float64Array(PARAMETERS);

/** One satellite's range rates. The common part of ranges is not in them; that of rates is, and its derivative is 1. */
function addRates(
  rows: Rows,
  first: number,
  end: number,
  variance: number,
  offsetKmS: number,
  sums: Sums,
): void {
  const { right, normal } = sums;
  const { sinLat, cosLat, sinLon, cosLon, px, py, pz, mx, my, mz, sag } = frame;
  groupSum.fill(0);
  jacobian[4] = 1;
  let w1 = 0;
  let wr = 0;
  for (let row = first; row < end; row++) {
    const t = rows.dtS[row]!;
    const drop = sag * t * t;
    const dx = rows.xKm[row]! - px - mx * t + drop * cosLat * cosLon;
    const dy = rows.yKm[row]! - py - my * t + drop * cosLat * sinLon;
    const dz = rows.zKm[row]! - pz - mz * t + drop * sinLat;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const sink = 2 * sag * t;
    const vx = rows.vxKmS[row]! - mx + sink * cosLat * cosLon;
    const vy = rows.vyKmS[row]! - my + sink * cosLat * sinLon;
    const vz = rows.vzKmS[row]! - mz + sink * sinLat;
    const rate = (vx * dx + vy * dy + vz * dz) / range;
    const gx = ((rate * dx) / range - vx) / range;
    const gy = ((rate * dy) / range - vy) / range;
    const gz = ((rate * dz) / range - vz) / range;
    const level = cosLon * gx + sinLon * gy;
    jacobian[0] = cosLon * gy - sinLon * gx;
    jacobian[1] = cosLat * gz - sinLat * level;
    jacobian[2] = cosLat * level + sinLat * gz;
    const residual = rows.value[row]! - rate - offsetKmS;
    const w = rows.weight[row]!;
    w1 += w;
    wr += w * residual;
    sums.misfit += w * residual * residual;
    for (let i = 0; i < PARAMETERS; i++) {
      const weighted = w * jacobian[i]!;
      groupSum[i] = groupSum[i]! + weighted;
      right[i] = right[i]! + weighted * residual;
      for (let j = 0; j <= i; j++) normal[5 * i + j] = normal[5 * i + j]! + weighted * jacobian[j]!;
    }
  }
  const k = variance / (1 + variance * w1);
  sums.misfit -= k * wr * wr;
  for (let i = 0; i < PARAMETERS; i++) {
    const part = k * groupSum[i]!;
    right[i] = right[i]! - part * wr;
    for (let j = 0; j <= i; j++) normal[5 * i + j] = normal[5 * i + j]! - part * groupSum[j]!;
  }
}

/** The sum of weighted squares alone, of ranges to a point at Earth-fixed km: what the search along a ring asks for. */
export function rangeMisfit(rows: Rows, px: number, py: number, pz: number): number {
  const fromAxis = Math.sqrt(px * px + py * py);
  const sinLon = fromAxis > 0 ? py / fromAxis : 0;
  const cosLon = fromAxis > 0 ? px / fromAxis : 1;
  const fromCentre = Math.sqrt(fromAxis * fromAxis + pz * pz);
  const sinLat = pz / fromCentre;
  const cosLat = fromAxis / fromCentre;
  const { motionEastKmS: me, motionNorthKmS: mn } = rows;
  const mx = -sinLon * me - sinLat * cosLon * mn;
  const my = cosLon * me - sinLat * sinLon * mn;
  const mz = cosLat * mn;
  let misfit = 0;
  let row = 0;
  for (let group = 0; row < rows.ranges; group++) {
    const end = rows.groupEnd[group]!;
    let weightSum = 0;
    let residualSum = 0;
    for (; row < end; row++) {
      const t = rows.dtS[row]!;
      const dx = rows.xKm[row]! - px - mx * t;
      const dy = rows.yKm[row]! - py - my * t;
      const dz = rows.zKm[row]! - pz - mz * t;
      const residual = rows.value[row]! - Math.sqrt(dx * dx + dy * dy + dz * dz);
      const weight = rows.weight[row]!;
      weightSum += weight;
      residualSum += weight * residual;
      misfit += weight * residual * residual;
    }
    const variance = rows.groupVariance[group]!;
    misfit -= (variance / (1 + variance * weightSum)) * residualSum * residualSum;
  }
  return misfit;
}
