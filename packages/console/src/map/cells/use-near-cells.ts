// SPDX-License-Identifier: MIT
import type { PlanetCell } from "@perigee/operator/contract";
import { useEffect, useRef, useState } from "react";
import { api } from "../../data/api.ts";
import type { MapEngine } from "../map-engine.ts";
import type { CellGeometry } from "./cell-geometry.ts";

/** Cells of resolution 5 that are in view, by their parents. */
export type NearCells = ReadonlyMap<string, readonly PlanetCell[]>;

/** From here on a cell is some pixels wide. */
const NEAR_ZOOM = 5;
/** Resolution of the parents whose 343 cells are asked for at once. */
export const NEAR_PARENTS = 2;
const MOST_PARENTS = 48;
const AT_ONCE = 4;
const NONE: NearCells = new Map();

/**
 * The cells in view once the map is near enough, for one slot; those of the slot before stay until all new ones are
 * here. Empty from afar.
 * @param known parents that have cells at all; the sea has none
 */
export function useNearCells(
  engine: MapEngine | null,
  geometry: CellGeometry,
  slot: number | null,
  known: ReadonlySet<string>,
): NearCells {
  const parents = useParentsInView(engine, geometry, slot !== null, known);
  const answers = useRef(new Map<string, { slot: number; cells: readonly PlanetCell[] }>());
  const [near, setNear] = useState<NearCells>(NONE);
  useEffect(() => {
    if (slot === null || parents.length === 0) {
      answers.current.clear();
      setNear(NONE);
      return;
    }
    let wanted = true;
    const queue = parents.filter(parent => answers.current.get(parent)?.slot !== slot);
    const work = async () => {
      for (let parent = queue.pop(); parent !== undefined && wanted; parent = queue.pop()) {
        const answer = await api.planetCells(parent, slot);
        if (wanted && answer.ok) answers.current.set(parent, answer.value);
      }
    };
    void Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
      if (!wanted) return;
      for (const parent of answers.current.keys())
        if (!parents.includes(parent)) answers.current.delete(parent);
      setNear(new Map([...answers.current].map(([parent, { cells }]) => [parent, cells])));
    });
    return () => {
      wanted = false;
    };
  }, [slot, parents]);
  return near;
}

const NO_PARENTS: readonly string[] = [];

function useParentsInView(
  engine: MapEngine | null,
  geometry: CellGeometry,
  active: boolean,
  known: ReadonlySet<string>,
): readonly string[] {
  const [parents, setParents] = useState(NO_PARENTS);
  useEffect(() => {
    if (!engine || !active) {
      setParents(NO_PARENTS);
      return;
    }
    const take = (found: readonly string[]) => {
      const next = found.filter(parent => known.has(parent)).sort();
      const shown = next.length <= MOST_PARENTS ? next : NO_PARENTS;
      setParents(old => (old.join() === shown.join() ? old : shown));
    };
    const look = async () => {
      const lonLatDeg = engine.cells.lookedAt(NEAR_ZOOM);
      take(
        (lonLatDeg && (await geometry.ask("cellsAt", { lonLatDeg, resolution: NEAR_PARENTS }))) ?? NO_PARENTS,
      );
    };
    const listen = () => void look();
    engine.map.on("moveend", listen);
    listen();
    return () => {
      engine.map.off("moveend", listen);
    };
  }, [engine, geometry, active, known]);
  return parents;
}
