// SPDX-License-Identifier: MIT
import type { FeatureCollection } from "geojson";
import type { Map as MapLibreMap } from "maplibre-gl";
import { outlineFeature } from "./cell-features.ts";
import type { Ink } from "./cell-ink.ts";
import { CellLayer } from "./cell-layer.ts";
import type { CellMesh } from "./cell-mesh.ts";
import type { CELL_SOURCES } from "./cell-style.ts";

/** Cells to draw: their shape, their looks in the same order, and texts beside them. */
export interface CellPicture {
  readonly mesh: CellMesh;
  readonly inks: readonly Ink[];
}

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
/** Columns and rows of points by which the cells in view are found. */
const LOOK_POINTS = 14;

type Put = (source: (typeof CELL_SOURCES)[number], data: FeatureCollection) => void;

/** Draws cells into the map; keeps what it was given, so that a new style shows the same. */
export class CellPainter {
  readonly #map: MapLibreMap;
  readonly #put: Put;
  readonly #pictures: Record<"coarse" | "fine" | "beams", CellPicture | null> = {
    coarse: null,
    fine: null,
    beams: null,
  };
  #layers: Record<"coarse" | "fine" | "beams", CellLayer> | null = null;

  constructor(map: MapLibreMap, put: Put) {
    this.#map = map;
    this.#put = put;
  }

  /** Adds the layers to a fresh style, under `beforeId`. */
  furnish(beforeId: string): void {
    this.#layers = {
      coarse: new CellLayer("cells-coarse", null),
      fine: new CellLayer("cells-fine", null),
      beams: new CellLayer("cells-beams", 1),
    };
    for (const name of ["coarse", "fine", "beams"] as const) {
      this.#map.addLayer(this.#layers[name], beforeId);
      this.#show(name);
    }
  }

  setCoarse(picture: CellPicture | null): void {
    this.#pictures.coarse = picture;
    this.#show("coarse");
  }

  setFine(picture: CellPicture | null, labels: FeatureCollection = NOTHING): void {
    this.#pictures.fine = picture;
    this.#put("cell-labels", labels);
    this.#show("fine");
  }

  setBeams(picture: CellPicture | null, ties: FeatureCollection, labels: FeatureCollection): void {
    this.#pictures.beams = picture;
    this.#put("beam-ties", ties);
    this.#put("beam-labels", labels);
    this.#show("beams");
  }

  clearBeams(): void {
    this.setBeams(null, NOTHING, NOTHING);
  }

  /** The outline of the selected cell. */
  setFocus(corners: readonly (readonly [number, number])[] | null): void {
    this.#put("cell-focus", outlineFeature(corners));
  }

  /** Points all over the view as longitude, latitude; `null` when the map is farther than this zoom. */
  lookedAt(leastZoom: number): Float32Array | null {
    if (this.#map.getZoom() < leastZoom) return null;
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const points = new Float32Array(2 * LOOK_POINTS ** 2);
    for (let i = 0; i < LOOK_POINTS ** 2; i++) {
      const x = ((i % LOOK_POINTS) / (LOOK_POINTS - 1)) * clientWidth;
      const y = (Math.floor(i / LOOK_POINTS) / (LOOK_POINTS - 1)) * clientHeight;
      const { lng, lat } = this.#map.unproject([x, y]).wrap();
      points.set([lng, lat], 2 * i);
    }
    return points;
  }

  #show(name: "coarse" | "fine" | "beams"): void {
    const picture = this.#pictures[name];
    this.#layers?.[name].set(picture?.mesh ?? null, picture?.inks ?? []);
    // For whoever needs to know what the picture shows without reading pixels.
    this.#map.getContainer().dataset[`${name}Cells`] = String(
      picture?.inks.filter(ink => ink.opacity > 0).length ?? 0,
    );
    this.#map.triggerRepaint();
  }
}
