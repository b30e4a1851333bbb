// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import type { Elements } from "@perigee/orbit";
import type { CellDemand, CellPlan, Outage } from "../beams/cell-plan.ts";
import type { GroundSegment } from "../ground-segment.ts";
import { GENERATIONS, type Generation, generationsOf } from "../payload.ts";
import type { Policy, SchedulerPolicy } from "../policy.ts";
import { type Ground, groundAt, groundOf, type Points, skyAt } from "./own-sky.ts";

/** What plans are made over, and what the checker has to know of it: facts, none of the planner's results. */
export interface CheckedNetwork {
  readonly cells: CellTable;
  readonly elements: readonly Elements[];
  /** Per satellite: 1 where it serves. */
  readonly serving: Uint8Array;
  readonly ground: GroundSegment;
  /** What terminals are promised, wherever in their cell they stand. */
  readonly policy: Policy;
  /** What is asked at the centres of cells for that: elevations and the arc's separation are wider. */
  readonly cellPolicy: SchedulerPolicy;
  /** Which satellites may hold a laser with which. */
  readonly topology: { readonly a: Int32Array; readonly b: Int32Array };
  /** Per satellite: index into `GENERATIONS`; default `generationsOf(elements)`. */
  readonly generation?: Uint8Array;
}

/** A plan with what it was asked. */
export interface CheckedSlot {
  readonly plan: CellPlan;
  readonly permitted: Uint8Array;
  readonly demand: CellDemand;
  readonly outage?: Outage;
  /** Per link of the topology: 1 where it has been acquired; default all. */
  readonly acquired?: Uint8Array;
  /** Beams without cells are left behind by a re-plan. */
  readonly replanned?: boolean;
  /** Trees hold only ways from satellites that a permitted cell of their PoP sees, as those of few cells do. */
  readonly inViewOnly?: boolean;
  /** Unserved cells whose reason is looked into, by brute force over all satellites; default 2,000. */
  readonly sample?: number;
}

/** A satellite may be 10 m from SGP4, for it is interpolated: at 460 km that is 0.0013 degrees. */
export const DEG = 0.002;

/** What all parts of a check read. */
export interface PlanCase extends CheckedNetwork, Omit<CheckedSlot, "plan"> {
  readonly plan: CellPlan;
  readonly payload: readonly Generation[];
  /** Per satellite: the fewer of what its payload has and what the policy grants. */
  readonly beams: Uint16Array;
  readonly maxSteerDeg: Float64Array;
  /** At the centre of a cell, and at its corners. */
  readonly minElevationDeg: Float64Array;
  readonly cornerElevationDeg: Float64Array;
  /** Per satellite: 1 where it serves and has a position from start to end. Outages not counted. */
  readonly alive: Uint8Array;
  /** As `alive`, without the satellites of the outage. */
  readonly usable: Uint8Array;
  readonly place: Ground;
  readonly gateway: Ground;
  /** The sky at the slot's start, a quarter, its middle, three quarters and its end. */
  readonly sky: readonly [Points, Points, Points, Points, Points];
}

/** Mean radius of the orbit over the equator's, from Kepler's third law: WGS 72, as SGP4. */
function altitudeKm(set: Elements): number {
  const radPerS = (set.meanMotionRevPerDay * 2 * Math.PI) / 86_400;
  return Math.cbrt(398_600.8 / radPerS ** 2) - 6378.135;
}

/** The least elevation of each satellite. */
function leastElevations(elements: readonly Elements[], policy: SchedulerPolicy): Float64Array {
  const { minElevationDeg, lowShellMinElevationDeg, lowShellBelowKm } = policy;
  return Float64Array.from(elements, set =>
    altitudeKm(set) < lowShellBelowKm ? lowShellMinElevationDeg : minElevationDeg,
  );
}

export function planCase(network: CheckedNetwork, slot: CheckedSlot): PlanCase {
  const { elements, serving, cells, ground, policy, cellPolicy } = network;
  const { fromMs, untilMs } = slot.plan;
  const payload = Array.from(network.generation ?? generationsOf(elements), code => GENERATIONS[code]!);
  const [start, q1, middle, q3, end] = skyAt(
    elements,
    [0, 0.25, 0.5, 0.75, 1].map(part => fromMs + part * (untilMs - fromMs)),
  ) as unknown as PlanCase["sky"];
  const alive = serving.map((serves, i) =>
    serves === 1 && Number.isFinite(start.x[i]! + end.x[i]!) ? 1 : 0,
  );
  const usable = alive.slice();
  for (const i of slot.outage?.satellites ?? []) usable[i] = 0;
  return {
    ...network,
    ...slot,
    payload,
    beams: Uint16Array.from(payload, ({ downBeams }) =>
      Math.min(downBeams, policy.scheduler.beamsPerSatellite),
    ),
    maxSteerDeg: Float64Array.from(payload, ({ maxSteerDeg }) =>
      Math.min(maxSteerDeg, policy.scheduler.beams.maxSteerDeg),
    ),
    minElevationDeg: leastElevations(elements, cellPolicy),
    cornerElevationDeg: leastElevations(elements, policy.scheduler),
    alive,
    usable,
    place: placesOf(cells),
    gateway: groundAt(ground.gateways),
    sky: [start, q1, middle, q3, end],
  };
}

const placesKnown = new WeakMap<CellTable, Ground>();

function placesOf(cells: CellTable): Ground {
  let places = placesKnown.get(cells);
  if (places === undefined) {
    places = groundOf(cells);
    placesKnown.set(cells, places);
  }
  return places;
}
