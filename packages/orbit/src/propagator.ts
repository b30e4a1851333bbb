// SPDX-License-Identifier: MIT
import type { Elements } from "./elements.ts";
import { createEphemeris, type Ephemeris } from "./ephemeris.ts";
import { gmstRad } from "./frames.ts";
import { createFleet, type PropagatorOptions } from "./kernel/fleet.ts";
import type { KernelName } from "./kernel/part.ts";

/** SGP4/SDP4 over a fixed list of satellites; index = position in that list. */
export interface Propagator {
  readonly count: number;
  readonly elements: readonly Elements[];
  /** What near-earth satellites are computed with. */
  readonly kernel: KernelName;
  /** Satellites that satellite.js computes at every instant: deep space and eccentricities from 0.04. */
  readonly fullModelCount: number;
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

const AXES = ["xKm", "yKm", "zKm", "vxKmS", "vyKmS", "vzKmS"] as const;

/**
 * Prepares `elements` for propagation: SGP4 as of AIAA 2006-6753 (WGS-72 constants, improved mode). Near-earth
 * satellites on near-circular orbits run on the kernel of this room; deep space, higher eccentricities and every
 * state near a limit of the model (decay, eccentricity) run on satellite.js, whose error codes they are. Time runs
 * as minutes from each set's split epoch, so that the epoch's microseconds are kept.
 */
export function createPropagator(elements: readonly Elements[], options: PropagatorOptions = {}): Propagator {
  const count = elements.length;
  const { kernel, layout, part, states, errors } = createFleet(elements, 1, options);
  const rows = AXES.map((_, axis) => states.subarray(axis * layout.stride, axis * layout.stride + count));
  const codes = errors.subarray(0, count);

  const stamped = (out: Ephemeris, atMs: number): Ephemeris => {
    out.atMs = atMs;
    out.gmstRad = gmstRad(atMs);
    return out;
  };
  const check = (index: number): void => {
    if (elements[index] === undefined) throw new RangeError(`no satellite ${index} among ${count}`);
  };

  return {
    count,
    elements,
    kernel,
    fullModelCount: part.fullModelCount,
    propagate(atMs, given) {
      const out = stamped(sized(given, count), atMs);
      part.run({ instants: [atMs], clock: "utc", frame: "ecef" });
      AXES.forEach((axis, a) => {
        out[axis].set(rows[a]!);
      });
      out.error.set(codes);
      return out;
    },
    propagateSome(indices, atMs, given) {
      for (let k = 0; k < indices.length; k++) check(indices[k]!);
      const out = stamped(sized(given, indices.length), atMs);
      const job = { instants: [atMs], clock: "utc", frame: "ecef" } as const;
      for (let k = 0; k < indices.length; k++) {
        const i = indices[k]!;
        part.runOne(i, job);
        for (let a = 0; a < AXES.length; a++) out[AXES[a]!][k] = rows[a]![i]!;
        out.error[k] = codes[i]!;
      }
      return out;
    },
    temeState(index, minutes, out) {
      check(index);
      part.runOne(index, { instants: [minutes], clock: "sinceEpoch", frame: "teme" });
      for (let a = 0; a < AXES.length; a++) out[a] = rows[a]![index]!;
      return codes[index]!;
    },
  };
}

function sized(out: Ephemeris | undefined, count: number): Ephemeris {
  if (out === undefined) return createEphemeris(count);
  if (out.count !== count)
    throw new RangeError(`the ephemeris holds ${out.count} satellites, ${count} are needed`);
  return out;
}
