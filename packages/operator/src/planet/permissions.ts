// SPDX-License-Identifier: MIT
import { emptyHistory, evaluate, manufactureTerminal, observe, type Policy } from "@perigee/authority";
import type { BoundaryView, Place } from "@perigee/earth";

/** A territory as cells have it: what the authority needs to know of a place in it. */
export type CellTerritory = Pick<Place, "territory" | "territoryName" | "country" | "zone">;

/**
 * Which territories an ordinary terminal may be linked in at an instant: 1 or 0 each. The authority's own rules are
 * asked about a terminal of no standing, which every rule lets keep its link but those of the area.
 */
export function permittedTerritories(
  territories: readonly CellTerritory[],
  policy: Policy,
  boundaryView: Pick<BoundaryView, "id" | "version">,
  atMs: number,
): Uint8Array<ArrayBuffer> {
  const terminal = manufactureTerminal("nobodys", "Nobody's", 0);
  return Uint8Array.from(territories, territory => {
    // Rules ask for the territory; a cell and a position only stand in their places.
    const place: Place = { ...territory, insidePolygon: true, distanceKm: 0 };
    const located = observe(emptyHistory, { atMs, latDeg: 0, lonDeg: 0 }, atMs, () => ({ cell: "", place }));
    if (!located.ok) throw new RangeError(located.error.message);
    const { linked } = evaluate({
      atMs,
      terminal,
      account: null,
      location: located.value,
      policy,
      boundaryView,
    });
    return linked ? 1 : 0;
  });
}
