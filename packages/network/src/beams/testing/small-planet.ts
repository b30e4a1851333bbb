// SPDX-License-Identifier: MIT
// For tests only: a fleet, some regions of cells and plain routes to a few PoPs, with nothing of the planner in them.
import { type CellTable, cellAt, cellTableOf } from "@perigee/earth";
import {
  builtInElements,
  createEphemeris,
  createPropagator,
  geodeticToEcef,
  walkerShell,
} from "@perigee/orbit";
import { uniform } from "../../draw.ts";
import type { FleetState } from "../../fleet-motion.ts";
import { defaultPolicy, type SchedulerPolicy } from "../../policy.ts";
import { SLOT_MS, slotAt, slotStartMs } from "../../slot.ts";
import type { BeamInputs } from "../beam-planner.ts";
import { type BeamSatellites, beamSatellites } from "../beam-satellites.ts";
import type { CellDemand, RouteTree } from "../cell-plan.ts";
import { createSlotFleet, placeSlotFleet, type SlotFleet, weighSlotFleet } from "../slot-fleet.ts";

export const EPOCH_MS = Date.UTC(2026, 10, 21, 12);
export const SLOT = slotAt(EPOCH_MS);

/** Cells of rectangles `[south, west, north, east]`, met by a grid finer than a cell. */
export function cellsIn(...boxes: readonly (readonly [number, number, number, number])[]): CellTable {
  const names = new Set<string>();
  for (const [south, west, north, east] of boxes)
    for (let lat = south; lat <= north; lat += 0.09)
      for (let lon = west; lon <= east; lon += 0.09 / Math.cos((lat * Math.PI) / 180))
        names.add(cellAt(lat, lon));
  const table = cellTableOf([...names]);
  if (!table.ok) throw new Error(table.error.message);
  return table.value;
}

/** A fleet whose states can be had for any slot. */
export interface SmallFleet {
  readonly count: number;
  readonly satellites: BeamSatellites;
  at(slot: number): { readonly start: FleetState; readonly end: FleetState };
}

const fleetOf = (elements: Parameters<typeof createPropagator>[0], policy: SchedulerPolicy): SmallFleet => {
  const propagator = createPropagator(elements);
  return {
    count: elements.length,
    satellites: beamSatellites(elements, new Uint8Array(elements.length).fill(1), policy),
    at: slot => ({
      start: propagator.propagate(slotStartMs(slot), createEphemeris(elements.length)),
      end: propagator.propagate(slotStartMs(slot) + SLOT_MS, createEphemeris(elements.length)),
    }),
  };
};

/** The built-in constellation without those of other services. */
export function builtInFleet(policy: SchedulerPolicy = defaultPolicy.scheduler): SmallFleet {
  const { elements, shellOf, shells } = builtInElements(EPOCH_MS);
  return fleetOf(
    elements.filter((_, i) => shells[shellOf[i]!]!.service === "broadband"),
    policy,
  );
}

/** A sparse shell: few satellites in view of anywhere. */
export function sparseFleet(planes: number, policy: SchedulerPolicy): SmallFleet {
  const shell = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: planes * 20, planes, phasing: 1 },
    EPOCH_MS,
  );
  if (!shell.ok) throw new Error(shell.error.message);
  return fleetOf(shell.value, policy);
}

/** Everything that a planner works out of a fleet for a slot, of all satellites. */
export function slotFleetOf(
  { count, satellites }: SmallFleet,
  policy: SchedulerPolicy,
  states: { readonly start: FleetState; readonly end: FleetState },
  slot: number = SLOT,
): SlotFleet {
  const slotFleet = createSlotFleet(count);
  const inputs = { satellites, policy, slot, ...states, outOfOrder: [] };
  placeSlotFleet(slotFleet, inputs);
  weighSlotFleet(slotFleet, inputs, Int32Array.from(satellites.serving.keys()));
  return slotFleet;
}

/** The same fleet with other beams. */
export function withBeams(fleet: SmallFleet, beams: number): SmallFleet {
  return {
    ...fleet,
    satellites: { ...fleet.satellites, beams: new Uint16Array(fleet.count).fill(beams) },
  };
}

/** Demand drawn per cell: none in a share of `idle`, else some Mbit/s, now and then far more than a beam. */
export function drawnDemand(cells: CellTable, seed: number, idle = 0.3, heavy = 0.02): CellDemand {
  const downMbps = new Float32Array(cells.count);
  for (let c = 0; c < cells.count; c++) {
    const kind = uniform(seed, c, 1, 0);
    const size = uniform(seed, c, 2, 0);
    downMbps[c] = kind < idle ? 0 : kind > 1 - heavy ? 300 + 4000 * size : 1 + 150 * size;
  }
  const upMbps = downMbps.map(mbps => mbps / 12);
  const weight = downMbps.map(mbps => mbps / 3);
  return { version: `drawn-${seed}`, classes: [{ name: "standard", downMbps, upMbps, weight }] };
}

const POPS = [
  { latDeg: 52.2, lonDeg: 21 },
  { latDeg: -1.3, lonDeg: 36.8 },
  { latDeg: 47.6, lonDeg: -122.3 },
];

/** Delays by straight lines to the first of three PoPs; each satellite lands at a gateway of its own longitude. */
export function plainTrees(start: FleetState, pops = POPS.length): RouteTree[] {
  return POPS.slice(0, pops).map((place, pop) => {
    const { xKm, yKm, zKm } = geodeticToEcef({ ...place, altitudeKm: 0 });
    const delayMs = start.xKm.map(
      (x, i) => (Math.hypot(x - xKm, start.yKm[i]! - yKm, start.zKm[i]! - zKm) / 299.792) * 1.2,
    );
    const next = Int32Array.from(
      start.xKm,
      (x, i) => -1 - Math.floor(2 * (Math.atan2(start.yKm[i]!, x) + 4)),
    );
    return { pop, delayMs, next };
  });
}

/** The inputs of one slot over everything above; nearest longitude decides the PoP. */
export function inputsOf(
  cells: CellTable,
  fleet: SmallFleet,
  demand: CellDemand,
  slot: number = SLOT,
): BeamInputs & { readonly trees: readonly RouteTree[] } {
  const { start, end } = fleet.at(slot);
  return {
    slot,
    start,
    end,
    permitted: new Uint8Array(cells.count).fill(1),
    demand,
    popOfCell: Int16Array.from(cells.lonDeg, lon => (lon < -60 ? 2 : lon < 30 ? 0 : 1)),
    trees: plainTrees(start),
    previous: null,
  };
}
