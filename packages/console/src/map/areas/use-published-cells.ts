// SPDX-License-Identifier: MIT
import type { PublicMap } from "@perigee/operator/contract";
import { useEffect, useMemo, useState } from "react";
import { useTheme } from "../../app/theme.ts";
import { type PublishedCells, published, publishedCells } from "../../data/published.ts";
import type { CellGeometry } from "../cells/cell-geometry.ts";
import { NO_INK } from "../cells/cell-ink.ts";
import { useCellMesh, useStableList } from "../cells/use-cell-mesh.ts";
import type { MapEngine } from "../map-engine.ts";
import { publishedInk } from "./published-ink.ts";

/** From here on a cell of resolution 5 is some pixels wide. */
const NEAR_ZOOM = 5.6;
const FAR_RESOLUTION = 3;
const MOST_PARENTS = 40;
const AT_ONCE = 4;
const NOTHING: ReadonlyMap<string, PublishedCells> = new Map();

/** Draws the published map: large cells from afar, the cells themselves where the map is near enough. */
export function usePublishedCells(
  engine: MapEngine | null,
  geometry: CellGeometry,
  map: PublicMap | null,
): { readonly near: boolean } {
  const theme = useTheme();
  const far = useMemo(() => map && publishedCells(map), [map]);
  const farCells = useStableList(far?.cells ?? null);
  const mesh = useCellMesh(geometry, farCells, null);
  const near = useNear(engine, geometry, far, map?.version ?? null);

  useEffect(() => {
    if (!engine || !far || !mesh || mesh.cells !== farCells) return;
    const inks = far.cells.map((cell, i) =>
      near.has(cell) ? NO_INK : publishedInk(theme, far.states[i]?.state ?? "notPublished"),
    );
    engine.cells.setCoarse({ mesh: mesh.shape, inks });
  }, [engine, far, farCells, mesh, near, theme]);

  const all = useMemo(() => [...near.values()], [near]);
  const nearCells = useStableList(useMemo(() => all.flatMap(({ cells }) => cells), [all]));
  const nearMesh = useCellMesh(geometry, nearCells, null);
  useEffect(() => {
    if (!engine) return;
    if (all.length === 0) engine.cells.setFine(null);
    else if (nearMesh && nearMesh.cells === nearCells) {
      const inks = all.flatMap(({ states }) => states.map(({ state }) => publishedInk(theme, state)));
      engine.cells.setFine({ mesh: nearMesh.shape, inks });
    }
  }, [engine, all, nearCells, nearMesh, theme]);
  return { near: near.size > 0 };
}

/** The cells of the large ones in view, once the map is near enough; those of another version are forgotten. */
function useNear(
  engine: MapEngine | null,
  geometry: CellGeometry,
  far: PublishedCells | null,
  version: string | null,
): ReadonlyMap<string, PublishedCells> {
  const [near, setNear] = useState(NOTHING);
  const known = useMemo(() => new Set(far?.cells), [far]);
  useEffect(() => {
    if (!engine || version === null) return;
    const got = new Map<string, PublishedCells>();
    let looks = 0;
    const look = async () => {
      const mine = ++looks;
      const lonLatDeg = engine.cells.lookedAt(NEAR_ZOOM);
      const inView = lonLatDeg && (await geometry.ask("cellsAt", { lonLatDeg, resolution: FAR_RESOLUTION }));
      const wanted = (inView ?? []).filter(cell => known.has(cell));
      if (mine !== looks) return;
      if (wanted.length === 0 || wanted.length > MOST_PARENTS) {
        setNear(NOTHING);
        return;
      }
      const queue = wanted.filter(cell => !got.has(cell));
      const work = async () => {
        for (let cell = queue.pop(); cell !== undefined && mine === looks; cell = queue.pop()) {
          const answer = await published.cells(cell);
          if (answer.ok) got.set(cell, publishedCells(answer.value));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      if (mine !== looks) return;
      setNear(new Map([...got].filter(([cell]) => wanted.includes(cell))));
    };
    const listen = () => void look();
    engine.map.on("moveend", listen);
    listen();
    return () => {
      looks = -1;
      engine.map.off("moveend", listen);
    };
  }, [engine, geometry, known, version]);
  return near;
}
