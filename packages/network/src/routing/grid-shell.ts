// SPDX-License-Identifier: MIT
import type { Elements } from "@perigee/orbit";
import { type LaserTopology, topologyOf } from "./laser-topology.ts";

const DAY_MS = 86_400_000;

/** A shell of complete planes, numbered plane by plane as simulators do: satellite j of plane i is `i * perPlane + j`. */
export interface GridShellSpec {
  readonly planes: number;
  readonly perPlane: number;
  readonly inclinationDeg: number;
  /** Kozai's, revolutions per day, as in element sets. */
  readonly meanMotionRevPerDay: number;
  /** Degrees of RAAN over which the planes are spread: 360 (delta, default) or 180 (star). */
  readonly spreadDeg?: number;
  /**
   * How far each plane's satellites lead those of the plane before, in slots; whole slots are taken off, so that
   * satellites of one number stay close. 0.5: every second plane half a slot ahead (default); F / P for Walker's F.
   */
  readonly phaseStepSlots?: number;
  /** Default 1e-7, at perigee 0 degrees. */
  readonly eccentricity?: number;
  /** Elements are rounded to what two lines hold: angles to 0.0001 degrees, mean motion to 1e-8. Default false. */
  readonly asTwoLines?: boolean;
  /** Default `G`. */
  readonly namePrefix?: string;
  /** Default 900001. */
  readonly firstCatalogNumber?: number;
}

/**
 * Elements of such a shell at `epochMs` (UTC, integer milliseconds), no drag. Throws RangeError for counts that are
 * not whole or not positive.
 */
export function gridShell(spec: GridShellSpec, epochMs: number): Elements[] {
  const { planes, perPlane } = spec;
  for (const count of [planes, perPlane]) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError("planes and perPlane are whole, from 1");
  }
  const epochDayMs = Math.floor(epochMs / DAY_MS) * DAY_MS;
  const written = (value: number, digits: number) =>
    spec.asTwoLines === true ? Number(value.toFixed(digits)) : value;
  return Array.from({ length: planes * perPlane }, (_, k) => {
    const plane = Math.floor(k / perPlane);
    const lead = ((plane * (spec.phaseStepSlots ?? 0.5)) % 1) * (360 / perPlane);
    return {
      catalogNumber: (spec.firstCatalogNumber ?? 900_001) + k,
      name: `${spec.namePrefix ?? "G"}-${k}`,
      internationalDesignator: "",
      epochDayMs,
      epochMsOfDay: epochMs - epochDayMs,
      inclinationDeg: spec.inclinationDeg,
      raanDeg: written((plane * (spec.spreadDeg ?? 360)) / planes, 4),
      eccentricity: spec.eccentricity ?? 1e-7,
      argumentOfPerigeeDeg: 0,
      meanAnomalyDeg: written(lead + ((k % perPlane) * 360) / perPlane, 4),
      meanMotionRevPerDay: written(spec.meanMotionRevPerDay, 8),
      bstar: 0,
      nDot: 0,
      nDDot: 0,
      elementSetNumber: 1,
      revolutionNumber: 0,
    };
  });
}

/**
 * The +Grid by number: each satellite with the next of its plane and with the same number of the next plane. A seam
 * (`wrapPlanes` false) leaves the last and the first plane unlinked: where a star's planes fly against each other.
 */
export function gridLinks(planes: number, perPlane: number, wrapPlanes = true): LaserTopology {
  const pairs: [number, number][] = [];
  for (let i = 0; i < planes; i++) {
    for (let j = 0; j < perPlane; j++) {
      const k = i * perPlane + j;
      if (perPlane > 1) pairs.push([k, i * perPlane + ((j + 1) % perPlane)]);
      if (i + 1 < planes) pairs.push([k, k + perPlane]);
      else if (wrapPlanes && planes > 2) pairs.push([k, j]);
    }
  }
  return topologyOf(planes * perPlane, pairs);
}
