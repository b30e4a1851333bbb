// SPDX-License-Identifier: MIT
import type { Planet, PlanetCell } from "@perigee/operator/contract";

/** Why a cell has no beam; `served` has one. */
export type CellReason = PlanetCell["reason"];

/** The reasons in the order of the codes in a coverage body. */
export const CELL_REASONS: readonly CellReason[] = [
  "served",
  "notPermitted",
  "noSatellite",
  "geostationaryArc",
  "noRoute",
  "noBeam",
];

/** Whether a slot's plan can be asked for. */
export function planKept(planet: Planet | null, slot: number): boolean {
  return (
    planet?.state === "ready" &&
    planet.slots !== null &&
    slot >= planet.slots.first &&
    slot <= planet.slots.last
  );
}
