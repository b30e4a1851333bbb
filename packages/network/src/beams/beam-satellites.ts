// SPDX-License-Identifier: MIT
import { altitudeFromMeanMotionKm, type Elements } from "@perigee/orbit";
import { GENERATIONS, generationsOf } from "../payload.ts";
import type { SchedulerPolicy } from "../policy.ts";

/** What the beam planner has to know of each satellite besides where it is: structure of arrays, index = satellite. */
export interface BeamSatellites {
  readonly count: number;
  /** 1 where it serves. */
  readonly serving: Uint8Array;
  /** User beams at once. */
  readonly beams: Uint16Array;
  /** Off the direction to the Earth's centre, degrees. */
  readonly maxSteerDeg: Float64Array;
  /** Least elevation at a cell. */
  readonly minElevationDeg: Float64Array;
  /** Rank by catalogue number: 0 oldest to 1 newest. */
  readonly newness: Float64Array;
}

/**
 * Reads a fleet's beams off its elements.
 *
 * @param serving Per satellite: 1 where it serves users.
 * @param generation Per satellite: index into `GENERATIONS`, as `generationsOf` gives it.
 */
export function beamSatellites(
  elements: readonly Elements[],
  serving: Uint8Array,
  policy: SchedulerPolicy,
  generation: Uint8Array = generationsOf(elements),
): BeamSatellites {
  const payload = Array.from(generation, kind => GENERATIONS[kind]!);
  return {
    count: elements.length,
    serving,
    beams: Uint16Array.from(payload, ({ downBeams }) => Math.min(downBeams, policy.beamsPerSatellite)),
    maxSteerDeg: Float64Array.from(payload, ({ maxSteerDeg }) =>
      Math.min(maxSteerDeg, policy.beams.maxSteerDeg),
    ),
    minElevationDeg: Float64Array.from(elements, set =>
      altitudeFromMeanMotionKm(set.meanMotionRevPerDay) < policy.lowShellBelowKm
        ? policy.lowShellMinElevationDeg
        : policy.minElevationDeg,
    ),
    newness: newnessOf(elements),
  };
}

function newnessOf(elements: readonly Elements[]): Float64Array {
  const order = Array.from(elements.keys()).sort(
    (a, b) => elements[a]!.catalogNumber - elements[b]!.catalogNumber,
  );
  const newness = new Float64Array(elements.length);
  order.forEach((i, rank) => {
    newness[i] = elements.length > 1 ? rank / (elements.length - 1) : 0;
  });
  return newness;
}
