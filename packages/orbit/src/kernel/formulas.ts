// SPDX-License-Identifier: MIT
// The formulas of near-earth SGP4, once. This function is what a person reads and what the tests take for the truth;
// `generate/` reads the text between the two marks and writes from it the loop in TypeScript
// (`near-earth-scalar.ts`) and the interleaved f64x2 AssemblyScript (`near-earth.as`). All three do the same
// operations in the same order, so that they give the same bytes.
import { cos, roughCos, roughSin, sin } from "./sine.ts";

/** WGS-72 as SGP4 takes it (AIAA 2006-6753, `getgravconst`): equatorial radius, km. */
export const EARTH_RADIUS_KM = 6378.135;
/** sqrt(mu) in Earth radii and minutes: 60 / sqrt(R^3 / 398600.8). */
export const XKE = 60 / Math.sqrt(EARTH_RADIUS_KM ** 3 / 398_600.8);
/** Speed unit, Earth radii per minute over `XKE`, as km/s. */
export const SPEED_KM_S = (EARTH_RADIUS_KM * XKE) / 60;
export const HALF_RADIUS_KM = 0.5 * EARTH_RADIUS_KM;
export const HALF_J2 = 0.5 * 0.001082616;

/** Where the formulas stop being good to 1e-7 km: the eccentricity (squared) that two steps of Newton can serve. */
export const ECCENTRICITY_LIMIT = 0.04;
/** SGP4 gives up below -0.001; the comparison itself is left to the full model. */
export const LOWEST_ECCENTRICITY = -0.000999;
/** SGP4 calls a radius below the Earth's a decayed satellite, km; likewise. */
export const LOWEST_RADIUS_KM = EARTH_RADIUS_KM * 1.000000001;
/** Below this the J2 terms of a nearly decayed orbit are no small angles any more. */
export const LOWEST_PARAMETER_KM = EARTH_RADIUS_KM * 0.9;
/**
 * Three years of low orbit, or a drag that has run away: the last bit of such an angle is 0.1 mm, rad. It also keeps
 * every angle far below what `sine.ts` can reduce.
 */
export const LARGEST_ANGLE = 100_000;

/**
 * One satellite's constants, in the order of the kernels' columns. Names are those of AIAA 2006-6753, where
 * `sgp4init` makes them from the mean elements (Hoots and Roehrich 1980, pages 10 to 14).
 */
export const COLUMNS = [
  "mo",
  "mdot",
  "argpo",
  "argpdot",
  "nodeo",
  "nodedot",
  "nodecf",
  "eta",
  "delmo",
  "omgcof",
  "xmcof",
  "cc1",
  "d2",
  "d3",
  "d4",
  /** e0 + B* C5 sin M0: the eccentricity without its drag terms in t and in M. */
  "eccentricity",
  /** B* C4 */
  "bcc4",
  /** B* C5 */
  "bcc5",
  /** n0'' t2cof and so on: rad, not turns of the mean motion. */
  "nt2cof",
  "nt3cof",
  "nt4cof",
  "nt5cof",
  /** a0'' = (XKE / n0'')^(2/3), km */
  "aoKm",
  /** a0''^(-1/2), of Earth radii */
  "isao",
  "aycof",
  "xlcof",
  /** 3/2 (3 cos^2 i - 1) */
  "con41x15",
  /** 1 - cos^2 i */
  "x1mth2",
  /** 1/4 (7 cos^2 i - 1) */
  "x7thm1x025",
  "cosio",
  /** 3/2 cos i */
  "cosiox15",
  "sinio",
  /** The square of {@link ECCENTRICITY_LIMIT}, or 0 for a satellite that the kernel must always decline. */
  "e2limit",
] as const;

export type Column = (typeof COLUMNS)[number];
export type Constants = Readonly<Record<Column, number>>;

/** A state, and whether the kernel vouches for it: if not, the full model must be asked. */
export interface KernelState {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly vx: number;
  readonly vy: number;
  readonly vz: number;
  readonly sound: boolean;
}

const { abs, max, sqrt } = Math;

/**
 * Near-earth SGP4 (Hoots and Roehrich, Spacetrack Report 3, 1980, pages 10 to 20; errata and order of AIAA 2006-6753),
 * km and km/s. Three changes, all algebraic: angles that would be added to angles are small rotations of sine and
 * cosine, which needs no arc tangent; Kepler's equation is solved for E - u, which is the `esine` of the report; and
 * the Earth's turn is a shift of the node.
 *
 * @param t minutes since the epoch
 * @param turn angle from the frame of the elements (TEME) to the frame of the answer, rad: sidereal time, or 0
 * @param rate the rate of that angle, rad/s, or 0
 */
export function nearEarthState(constants: Constants, t: number, turn: number, rate: number): KernelState {
  const { mo, mdot, argpo, argpdot, nodeo, nodedot, nodecf, eta, delmo, omgcof, xmcof } = constants;
  const { cc1, d2, d3, d4, eccentricity, bcc4, bcc5, nt2cof, nt3cof, nt4cof, nt5cof } = constants;
  const { aoKm, isao, aycof, xlcof, con41x15, x1mth2, x7thm1x025, cosio, cosiox15, sinio, e2limit } =
    constants;

  // ── formulas ──
  // Secular effects of the Earth's shape and of drag on the angles.
  const t2 = t * t;
  const xmdf = mo + mdot * t;
  const node = nodeo + nodedot * t + nodecf * t2 - turn;
  const delmRoot = 1 + eta * roughCos(xmdf);
  const drift = omgcof * t + xmcof * (delmRoot * delmRoot * delmRoot - delmo);
  const mm = xmdf + drift;
  const argpm = argpo + argpdot * t - drift;

  // Drag on semi-major axis, eccentricity and mean longitude.
  const tempa = abs(1 - t * (cc1 + t * (d2 + t * (d3 + t * d4))));
  const templ = t2 * (nt2cof + t * (nt3cof + t * (nt4cof + t * nt5cof)));
  const emRaw = eccentricity - bcc4 * t - bcc5 * roughSin(mm);
  const em = max(emRaw, 0.000001);
  const amKm = aoKm * (tempa * tempa);
  const isq = isao / tempa;
  const iam = isq * isq;

  // Long-period periodics: the eccentricity vector, and u = M + omega, the mean argument of latitude.
  const axnl = em * roughCos(argpm);
  const inverseP = iam / (1 - em * em);
  const aynl = em * roughSin(argpm) + inverseP * aycof;
  const u = mm + argpm + templ + inverseP * xlcof * axnl;
  const sinU = sin(u);
  const cosU = cos(u);

  // Kepler: w = E - u solves w = p cos w + q sin w. First guess to the third order, then one step of Newton.
  const p = axnl * sinU - aynl * cosU;
  const q = axnl * cosU + aynl * sinU;
  const w0 = p / (1 - q);
  const w1 = w0 * (1 - 0.5 * (w0 * w0));
  const ww = w1 * w1;
  const sinW1 = w1 * (1 - ww * (1 / 6 - ww * (1 / 120)));
  const cosW1 = 1 - ww * (0.5 - ww * (1 / 24));
  const step = (p * cosW1 + q * sinW1 - w1) / (1 + p * sinW1 - q * cosW1);
  const esine = w1 + step;
  const sinW = sinW1 + step * cosW1;
  const cosW = cosW1 - step * sinW1;
  const sinE = sinU * cosW + cosU * sinW;
  const cosE = cosU * cosW - sinU * sinW;

  // Short-period preliminaries: distance, argument of latitude.
  const oneLessEcose = 1 - (q * cosW - p * sinW);
  const el2 = axnl * axnl + aynl * aynl;
  const b2 = 1 - el2;
  const betal = sqrt(b2);
  const ir = 1 / oneLessEcose;
  const across = esine / (1 + betal);
  const sinu = ir * (sinE - aynl - axnl * across);
  const cosu = ir * (cosE - axnl + aynl * across);
  const twoSinu = sinu + sinu;
  const sin2u = twoSinu * cosu;
  const cos2u = 1 - twoSinu * sinu;

  // Short-period periodics.
  const inversePl = iam / b2;
  const temp1 = HALF_J2 * inversePl;
  const temp2 = temp1 * inversePl;
  const swing = x1mth2 * cos2u;
  const radiusKm = amKm * oneLessEcose * (1 - temp2 * betal * con41x15) + HALF_RADIUS_KM * temp1 * swing;
  const shiftU = temp2 * x7thm1x025 * sin2u;
  const tilt = temp2 * cosiox15;
  const shiftNode = tilt * sin2u;
  const shiftI = tilt * sinio * cos2u;
  const speed = SPEED_KM_S * isq;
  const nm1 = speed * iam * temp1;
  const irsq = ir * speed;
  const outward = esine * irsq - nm1 * x1mth2 * sin2u;
  const ahead = betal * irsq + nm1 * (swing + con41x15);

  // Turn the three angles by their small shifts, below 1e-3: the next term is 4e-14.
  const su2 = shiftU * shiftU;
  const sinShiftU = shiftU * (1 - su2 * (1 / 6));
  const cosShiftU = 1 - su2 * 0.5;
  const sinSu = sinu * cosShiftU - cosu * sinShiftU;
  const cosSu = cosu * cosShiftU + sinu * sinShiftU;
  const sn2 = shiftNode * shiftNode;
  const sinShiftNode = shiftNode * (1 - sn2 * (1 / 6));
  const cosShiftNode = 1 - sn2 * 0.5;
  const sinNode = sin(node) * cosShiftNode + cos(node) * sinShiftNode;
  const cosNode = cos(node) * cosShiftNode - sin(node) * sinShiftNode;
  const si2 = shiftI * shiftI;
  const sinShiftI = shiftI * (1 - si2 * (1 / 6));
  const cosShiftI = 1 - si2 * 0.5;
  const sinI = sinio * cosShiftI + cosio * sinShiftI;
  const cosI = cosio * cosShiftI - sinio * sinShiftI;

  // Unit vectors along the radius (ux, uy, uz) and ahead of it.
  const mx = sinNode * cosI;
  const my = cosNode * cosI;
  const ux = cosNode * cosSu - mx * sinSu;
  const uy = my * sinSu + sinNode * cosSu;
  const uz = sinI * sinSu;
  const x = radiusKm * ux;
  const y = radiusKm * uy;
  const z = radiusKm * uz;
  const vx = outward * ux - ahead * (mx * cosSu + cosNode * sinSu) + rate * y;
  const vy = outward * uy + ahead * (my * cosSu - sinNode * sinSu) - rate * x;
  const vz = outward * uz + ahead * (sinI * cosSu);

  // What the kernel vouches for; NaN is never sound.
  const tame = abs(u) < LARGEST_ANGLE && amKm * b2 > LOWEST_PARAMETER_KM;
  const sound = tame && el2 < e2limit && emRaw > LOWEST_ECCENTRICITY && radiusKm > LOWEST_RADIUS_KM;
  // ── end of the formulas ──
  return { x, y, z, vx, vy, vz, sound };
}
