// SPDX-License-Identifier: MIT
import { altitudeFromMeanMotionKm, type Elements } from "@perigee/orbit";
import type { BeamGeneration, SchedulerPolicy } from "../policy.ts";

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
 */
export function beamSatellites(
  elements: readonly Elements[],
  serving: Uint8Array,
  policy: SchedulerPolicy,
): BeamSatellites {
  const generations = elements.map(set => generationOf(set, policy.beams.generations));
  return {
    count: elements.length,
    serving,
    beams: Uint16Array.from(generations, generation => generation.beams),
    maxSteerDeg: Float64Array.from(generations, generation => generation.maxSteerDeg),
    minElevationDeg: Float64Array.from(elements, set =>
      altitudeFromMeanMotionKm(set.meanMotionRevPerDay) < policy.lowShellBelowKm
        ? policy.lowShellMinElevationDeg
        : policy.minElevationDeg,
    ),
    newness: newnessOf(elements),
  };
}

/**
 * The generation of a satellite: by the launch year in its international designator (`2023-026A`), else by the
 * built-in shell that its name tells (`PG-43-483-17`), else the first.
 *
 * @throws RangeError where the policy names no generation.
 */
export function generationOf(
  set: Pick<Elements, "internationalDesignator" | "name">,
  generations: readonly BeamGeneration[],
): BeamGeneration {
  const first = generations[0];
  if (first === undefined) throw new RangeError("the policy names no generation of satellites");
  const year = /^(\d{4})-\d{3}/.exec(set.internationalDesignator)?.[1];
  if (year !== undefined)
    return generations.findLast(generation => generation.fromYear <= Number(year)) ?? first;
  const shell = /^PG-(.+)-\d+$/.exec(set.name)?.[1];
  return (
    (shell === undefined ? undefined : generations.find(({ shells }) => shells.includes(shell))) ?? first
  );
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
