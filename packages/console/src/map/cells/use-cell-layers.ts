// SPDX-License-Identifier: MIT
import { useEffect, useMemo } from "react";
import { useSelectedPlanet } from "../../app/selected-planet.tsx";
import { useTheme } from "../../app/theme.ts";
import { useViewOptions } from "../../app/view-options.ts";
import { api } from "../../data/api.ts";
import { useShownTime } from "../../data/as-of.ts";
import type { Failure } from "../../data/failure.ts";
import { useResource } from "../../data/resource.ts";
import type { Selection } from "../../data/selection.ts";
import type { MapEngine } from "../map-engine.ts";
import { beamFeatures, cellLabels } from "./cell-features.ts";
import { CellGeometry } from "./cell-geometry.ts";
import { beamInk, cellInk, faded, NO_INK, parentInks } from "./cell-ink.ts";
import { CELL_PALETTES } from "./cell-palette.ts";
import { useCellMesh, useStableList } from "./use-cell-mesh.ts";
import { NEAR_PARENTS, useNearCells } from "./use-near-cells.ts";

/** Resolution of the parents that are drawn from afar: twelve thousand hold all land. */
const FAR_RESOLUTION = 3;
/** Resolution of the cells that beams serve. */
const CELL_RESOLUTION = 5;
/** The nearest that the beams of a satellite are looked at. */
const BEAMS_ZOOM = 6.5;
/** From farther away a cell is no wider than a pixel. */
const FOCUS_ZOOM = 4;
const NO_PARENTS: ReadonlySet<string> = new Set();

/** What the panel beside the map says about the layer. */
export interface CellLayersState {
  readonly failure: Failure | null;
  readonly loading: boolean;
  /** Whether single cells are drawn, not only their parents. */
  readonly near: boolean;
}

/** Draws cells, the beams of the selected satellite and the outline of the selected cell; takes clicks on the ground. */
export function useCellLayers(
  engine: MapEngine | null,
  selection: Selection | null,
  select: (selection: Selection) => void,
): CellLayersState {
  const geometry = useMemo(() => new CellGeometry(), []);
  useEffect(() => () => geometry.close(), [geometry]);
  const [{ layer }] = useViewOptions();
  const { planSlot } = useShownTime();
  const slot = layer === "none" ? null : planSlot;
  const palette = CELL_PALETTES[useTheme()];
  const under = useSelectedPlanet().satellite.value !== null;

  const coverage = useResource(slot === null ? null : "coverage", slot, () =>
    api.coverage(FAR_RESOLUTION, slot ?? 0),
  );
  const drawn = coverage.failure ? null : coverage.value;
  const ids = useMemo(() => drawn && Array.from(drawn.id, id => id.toString(16)), [drawn]);
  const listed = useStableList(ids);
  const far = useCellMesh(geometry, listed, NEAR_PARENTS);
  const known = useMemo(() => (far ? new Set(far.shape.parents) : NO_PARENTS), [far]);
  const near = useNearCells(engine, geometry, slot, known);

  useEffect(() => {
    if (!drawn || !far || layer === "none" || far.cells !== listed) {
      engine?.cells.setCoarse(null);
      return;
    }
    const inks = parentInks(drawn, layer, palette);
    far.shape.parents.forEach((parent, i) => {
      if (near.has(parent)) inks[i] = NO_INK;
    });
    engine?.cells.setCoarse({ mesh: far.shape, inks: under ? inks.map(faded) : inks });
  }, [engine, drawn, listed, far, near, layer, palette, under]);

  const nearCells = useMemo(() => [...near.values()].flat(), [near]);
  const nearIds = useStableList(useMemo(() => nearCells.map(({ cell }) => cell), [nearCells]));
  const nearMesh = useCellMesh(geometry, nearIds, null);
  useEffect(() => {
    if (layer === "none" || nearCells.length === 0) engine?.cells.setFine(null);
    else if (nearMesh && nearMesh.cells === nearIds) {
      const { areasKm2, centres } = nearMesh.shape;
      const inks = nearCells.map((cell, i) => cellInk(cell, areasKm2[i] ?? Number.NaN, layer, palette));
      const labels = under ? undefined : cellLabels(nearCells, centres, layer);
      engine?.cells.setFine({ mesh: nearMesh.shape, inks: under ? inks.map(faded) : inks }, labels);
    }
  }, [engine, nearCells, nearIds, nearMesh, layer, palette, under]);

  useBeams(engine, geometry);
  useFocusedCell(engine, geometry, selection);
  useEffect(() => engine?.setDim(slot !== null), [engine, slot]);
  useEffect(() => {
    if (!engine) return;
    engine.onGround = async (latDeg, lonDeg) => {
      if (slot === null) return;
      const at = (resolution: number) =>
        geometry.ask("cellsAt", { lonLatDeg: Float32Array.of(lonDeg, latDeg), resolution });
      const [parents, cells] = await Promise.all([at(FAR_RESOLUTION), at(CELL_RESOLUTION)]);
      const id = cells?.[0];
      const parent = parents?.[0];
      if (id && parent && far?.cells.includes(parent)) select({ kind: "cell", id });
    };
  }, [engine, geometry, far, slot, select]);
  return {
    failure: coverage.failure,
    loading: coverage.loading || (slot !== null && drawn !== null && far === null),
    near: near.size > 0,
  };
}

/** The beams of the selected satellite over whatever layer there is. */
function useBeams(engine: MapEngine | null, geometry: CellGeometry): void {
  const palette = CELL_PALETTES[useTheme()];
  const satellite = useSelectedPlanet().satellite.value;
  const cells = useMemo(
    () => satellite?.beams.flatMap(beam => beam.cells.map(({ cell }) => cell)) ?? null,
    [satellite],
  );
  const listed = useStableList(cells);
  const made = useCellMesh(geometry, listed, null);
  useEffect(() => {
    if (!engine) return;
    if (!satellite || !listed || listed.length === 0) engine.cells.clearBeams();
    else if (made && made.cells === listed) {
      // As strong as can be: they lie over everything, and their shares are in the table.
      const inks = satellite.beams.flatMap(({ colour, cells: own }) =>
        own.map(() => ({ ...beamInk(palette, colour, 1), opacity: 0.92 })),
      );
      const { ties, labels } = beamFeatures(satellite.beams, made.shape.centres, palette);
      engine.cells.setBeams({ mesh: made.shape, inks }, ties, labels);
    }
  }, [engine, satellite, listed, made, palette]);
  const seen = made && satellite ? satellite.catalogNumber : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once; then the satellite is followed by eye
  useEffect(() => {
    if (!engine || !satellite || !made || seen === null) return;
    const { centres } = made.shape;
    const places: { latDeg: number; lonDeg: number }[] = [];
    for (let i = 0; i + 1 < centres.length; i += 2)
      places.push({ latDeg: centres[i + 1] ?? 0, lonDeg: centres[i] ?? 0 });
    engine.fit(places, BEAMS_ZOOM);
  }, [engine, seen]);
}

/** The ring around the selected cell; the map goes there when it is out of view or too far. */
function useFocusedCell(engine: MapEngine | null, geometry: CellGeometry, selection: Selection | null): void {
  const id = selection?.kind === "cell" ? selection.id : null;
  useEffect(() => {
    if (!engine || id === null) {
      engine?.cells.setFocus(null);
      return;
    }
    let wanted = true;
    void geometry.ask("outline", { cell: id }).then(corners => {
      if (!wanted) return;
      engine.cells.setFocus(corners);
      const corner = corners?.[0];
      const seen =
        engine.map.getZoom() > FOCUS_ZOOM && corner && engine.map.getBounds().contains([...corner]);
      if (corner && !seen) engine.flyTo(corner[1], corner[0], 6);
    });
    return () => {
      wanted = false;
    };
  }, [engine, geometry, id]);
}
