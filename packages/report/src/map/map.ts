// SPDX-License-Identifier: MIT
import type { ColourScaleOptions, FigureOptions } from "../figure/figure.ts";

/** Rings of [longitude, latitude], degrees WGS 84, as in GeoJSON (RFC 7946); either direction is understood. */
export type LandGeometry =
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly (readonly number[])[])[] }
  | {
      readonly type: "MultiPolygon";
      readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
    };

/** GeoJSON that outlines land: a geometry, a feature, or a collection of features; other geometries are ignored. */
export type LandOutline =
  | LandGeometry
  | { readonly type: "Feature"; readonly geometry: LandOutline | { readonly type: string } | null }
  | { readonly type: "FeatureCollection"; readonly features: readonly unknown[] }
  | { readonly type: "GeometryCollection"; readonly geometries: readonly unknown[] };

/** Points, each a dot: satellites, gateways, terminals. */
export interface PointLayer {
  readonly kind: "points";
  readonly name: string;
  readonly latDeg: ArrayLike<number>;
  readonly lonDeg: ArrayLike<number>;
  /** Radius, CSS pixels; 2.2 without it. */
  readonly radius?: number;
  readonly colour?: string;
  readonly labels?: readonly string[];
}

/** Lines along great circles: laser links, routes, ground tracks. */
export interface PathLayer {
  readonly kind: "paths";
  readonly name: string;
  /** Each path: [longitude, latitude] in degrees, at least two. */
  readonly paths: readonly (readonly (readonly [number, number])[])[];
  readonly strokeWidth?: number;
  readonly colour?: string;
}

/**
 * Cells with values, coloured by a scale. Up to `outlineLimit` cells in view with a `boundary` are drawn one by one; above it, or
 * without one, small areas of equal size are drawn, each with the mean of its cells, so that 590,000 cells or 1.9 million stay one picture.
 */
export interface CellLayer {
  readonly kind: "cells";
  readonly name: string;
  /** Centres, degrees. */
  readonly latDeg: ArrayLike<number>;
  readonly lonDeg: ArrayLike<number>;
  /** NaN: not drawn. */
  readonly values: ArrayLike<number>;
  readonly colour: ColourScaleOptions;
  /** Outline of a cell, [longitude, latitude] in degrees, not closed. */
  readonly boundary?: (cell: number) => readonly (readonly [number, number])[];
  /** 8,000 without it. */
  readonly outlineLimit?: number;
  /** What is drawn of the cells in one small area; `max` or `min` keep a single bad cell visible. `mean` without it. */
  readonly combine?: "mean" | "max" | "min";
  /** Area of a cell, km²; no smaller area is averaged over. 253 (H3 resolution 5) without it. */
  readonly cellAreaKm2?: number;
}

export type MapLayer = PointLayer | PathLayer | CellLayer;

export interface MapOptions extends FigureOptions {
  /** `equalEarth` without it: areas are true, which a share of cells needs. */
  readonly projection?: "equalEarth" | "equirectangular" | "orthographic";
  /** Middle of the map, degrees; latitude only for `orthographic`. 0, 0 without it. */
  readonly centre?: { readonly latDeg: number; readonly lonDeg: number };
  /** Show only this part of the Earth; east may be smaller than west across the antimeridian. */
  readonly extent?: {
    readonly southDeg: number;
    readonly westDeg: number;
    readonly northDeg: number;
    readonly eastDeg: number;
  };
  readonly land?: LandOutline;
  readonly layers: readonly MapLayer[];
}
