// SPDX-License-Identifier: MIT
import { sgp4 } from "satellite.js";
import type { Elements } from "./elements.ts";
import { createEphemeris, type Ephemeris } from "./ephemeris.ts";
import { EARTH_RATE_RAD_S, gmstRad } from "./frames.ts";
import { minutesSinceEpoch, satrecOf } from "./satrec.ts";

/** SGP4/SDP4 over a fixed list of satellites; index = position in that list. */
export interface Propagator {
  readonly count: number;
  readonly elements: readonly Elements[];
  /**
   * States of all satellites at `atMs` (UTC milliseconds). Writes into `out` where given, whose `count` must be
   * this propagator's; else into a new ephemeris. Never throws for a satellite: see `error`.
   */
  propagate(atMs: number, out?: Ephemeris): Ephemeris;
  /** As `propagate`, for a few: entry k of the answer is satellite `indices[k]`. */
  propagateSome(indices: ArrayLike<number>, atMs: number, out?: Ephemeris): Ephemeris;
  /**
   * The raw model, for verification: TEME position and velocity (km, km/s) of one satellite, `minutes` after its
   * own epoch, into `out[0..5]` (NaN on error). Returns the SGP4 error code.
   */
  temeState(index: number, minutes: number, out: Float64Array): number;
}

/**
 * Prepares `elements` for propagation (satellite.js: Vallado's SGP4, AIAA 2006-6753, WGS-72 constants, improved
 * mode). Time runs as minutes from each set's split epoch, so the epoch's microseconds are kept.
 */
export function createPropagator(elements: readonly Elements[]): Propagator {
  const records = elements.map(satrecOf);
  const state = new Float64Array(6);

  const temeState = (index: number, minutes: number, out: Float64Array): number => {
    const record = records[index];
    if (record === undefined) throw new RangeError(`no satellite ${index} among ${records.length}`);
    const answer = sgp4(record, minutes);
    if (answer === null) {
      out.fill(Number.NaN, 0, 6);
      return record.error;
    }
    const { position: r, velocity: v } = answer;
    out[0] = r.x;
    out[1] = r.y;
    out[2] = r.z;
    out[3] = v.x;
    out[4] = v.y;
    out[5] = v.z;
    return 0;
  };

  const fill = (indices: ArrayLike<number> | undefined, atMs: number, out: Ephemeris): Ephemeris => {
    const gmst = gmstRad(atMs);
    const c = Math.cos(gmst);
    const s = Math.sin(gmst);
    out.atMs = atMs;
    out.gmstRad = gmst;
    for (let k = 0; k < out.count; k++) {
      const i = indices === undefined ? k : indices[k]!;
      const set = elements[i]!;
      out.error[k] = temeState(i, minutesSinceEpoch(set, atMs), state);
      // The same turn as `temeToEcef`, without its object.
      const x = c * state[0]! + s * state[1]!;
      const y = c * state[1]! - s * state[0]!;
      out.xKm[k] = x;
      out.yKm[k] = y;
      out.zKm[k] = state[2]!;
      out.vxKmS[k] = c * state[3]! + s * state[4]! + EARTH_RATE_RAD_S * y;
      out.vyKmS[k] = c * state[4]! - s * state[3]! - EARTH_RATE_RAD_S * x;
      out.vzKmS[k] = state[5]!;
    }
    return out;
  };

  return {
    count: elements.length,
    elements,
    propagate: (atMs, out) => fill(undefined, atMs, sized(out, elements.length)),
    propagateSome: (indices, atMs, out) => {
      for (let k = 0; k < indices.length; k++) {
        if (elements[indices[k]!] === undefined)
          throw new RangeError(`no satellite ${indices[k]} among ${elements.length}`);
      }
      return fill(indices, atMs, sized(out, indices.length));
    },
    temeState,
  };
}

function sized(out: Ephemeris | undefined, count: number): Ephemeris {
  if (out === undefined) return createEphemeris(count);
  if (out.count !== count)
    throw new RangeError(`the ephemeris holds ${out.count} satellites, ${count} are needed`);
  return out;
}
