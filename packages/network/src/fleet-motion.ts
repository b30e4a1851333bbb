// SPDX-License-Identifier: MIT
import { createEphemeris, type Ephemeris, type Propagator } from "@perigee/orbit";
import { SLOT_MS, slotAt, slotStartMs } from "./slot.ts";

/** Slots between two propagations of the whole fleet. */
const SLOTS_PER_KNOT = 4;
const KNOT_MS = SLOTS_PER_KNOT * SLOT_MS;

/** Positions and velocities of the whole fleet at one instant, Earth-fixed, km and km/s; NaN where SGP4 failed. */
export type FleetState = Pick<Ephemeris, "xKm" | "yKm" | "zKm" | "vxKmS" | "vyKmS" | "vzKmS" | "error">;

/** The fleet as a function of time. */
export interface FleetMotion {
  readonly count: number;
  /**
   * Writes the state of every satellite at `atMs` into `out` (of `count` satellites) and returns it. Cubic Hermite
   * between SGP4 knots 60 s apart: less than 10 m and 0.5 m/s from SGP4 itself. At a knot it is SGP4's state; between
   * two, a satellite that fails at either has no state. Depends on `atMs` alone, never on earlier calls.
   */
  fleetAt(atMs: number, out: FleetState): FleetState;
  /** One satellite at `atMs`: writes x, y, z (km) into `out[offset]` and on. */
  positionAt(index: number, atMs: number, out: Float64Array, offset: number): void;
}

/**
 * Wraps a propagator so that SGP4 runs once a minute instead of once a slot, and so that the middle and the end of a
 * slot cost nothing. Knots lie on slot starts, so that no slot crosses one.
 */
export function createFleetMotion(propagator: Propagator): FleetMotion {
  const count = propagator.count;
  let left = createEphemeris(count);
  let right = createEphemeris(count);
  let leftMs = Number.NaN;

  /** Makes `left` and `right` enclose `atMs`; returns the fraction of the way between them. */
  function seek(atMs: number): number {
    // The end of a group's last slot is the next knot: it is reached from either side with the same value.
    if (atMs >= leftMs && atMs <= leftMs + KNOT_MS) return (atMs - leftMs) / KNOT_MS;
    const from = slotStartMs(Math.floor(slotAt(atMs) / SLOTS_PER_KNOT) * SLOTS_PER_KNOT);
    if (from === leftMs + KNOT_MS) {
      [left, right] = [right, left];
    } else {
      propagator.propagate(from, left);
    }
    propagator.propagate(from + KNOT_MS, right);
    leftMs = from;
    return (atMs - from) / KNOT_MS;
  }

  function fleetAt(atMs: number, out: FleetState): FleetState {
    const s = seek(atMs);
    // Reached from the interval before it or from the one after: a knot knows nothing of their other ends.
    if (s === 0 || s === 1) return copyState(s === 0 ? left : right, out);
    const h = KNOT_MS / 1000;
    // Hermite basis and its derivative (any numerical analysis text), scaled to seconds.
    const p0 = (1 + 2 * s) * (1 - s) ** 2;
    const p1 = s * s * (3 - 2 * s);
    const m0 = h * s * (1 - s) ** 2;
    const m1 = h * s * s * (s - 1);
    const q = (6 * s * (s - 1)) / h;
    const n0 = (1 - s) * (1 - 3 * s);
    const n1 = s * (3 * s - 2);
    for (const [position, velocity] of AXES) {
      const a = left[position];
      const b = right[position];
      const va = left[velocity];
      const vb = right[velocity];
      const r = out[position];
      const v = out[velocity];
      for (let i = 0; i < count; i++) {
        r[i] = p0 * a[i]! + m0 * va[i]! + p1 * b[i]! + m1 * vb[i]!;
        v[i] = q * (a[i]! - b[i]!) + n0 * va[i]! + n1 * vb[i]!;
      }
    }
    for (let i = 0; i < count; i++) out.error[i] = left.error[i]! || right.error[i]!;
    return out;
  }

  function positionAt(index: number, atMs: number, out: Float64Array, offset: number): void {
    const s = seek(atMs);
    if (s === 0 || s === 1) {
      const knot = s === 0 ? left : right;
      out[offset] = knot.xKm[index]!;
      out[offset + 1] = knot.yKm[index]!;
      out[offset + 2] = knot.zKm[index]!;
      return;
    }
    const h = KNOT_MS / 1000;
    const p0 = (1 + 2 * s) * (1 - s) ** 2;
    const p1 = s * s * (3 - 2 * s);
    const m0 = h * s * (1 - s) ** 2;
    const m1 = h * s * s * (s - 1);
    out[offset] =
      p0 * left.xKm[index]! + m0 * left.vxKmS[index]! + p1 * right.xKm[index]! + m1 * right.vxKmS[index]!;
    out[offset + 1] =
      p0 * left.yKm[index]! + m0 * left.vyKmS[index]! + p1 * right.yKm[index]! + m1 * right.vyKmS[index]!;
    out[offset + 2] =
      p0 * left.zKm[index]! + m0 * left.vzKmS[index]! + p1 * right.zKm[index]! + m1 * right.vzKmS[index]!;
  }

  return { count, fleetAt, positionAt };
}

function copyState(from: FleetState, to: FleetState): FleetState {
  for (const [position, velocity] of AXES) {
    to[position].set(from[position]);
    to[velocity].set(from[velocity]);
  }
  to.error.set(from.error);
  return to;
}

const AXES = [
  ["xKm", "vxKmS"],
  ["yKm", "vyKmS"],
  ["zKm", "vzKmS"],
] as const;
