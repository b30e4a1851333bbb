// SPDX-License-Identifier: MIT
import type { StyleSpecification } from "maplibre-gl";
import { areaStyleLayers } from "./areas/area-style.ts";
import { caseLayers, casePlaceLayers } from "./cases/case-style.ts";
import { CELL_SOURCES, cellStyleLayers } from "./cells/cell-style.ts";
import type { Palette } from "./palette.ts";

/** Sources that the map fills later; their names are used nowhere else. */
export const SOURCES = [
  "land",
  "borders",
  "terminals",
  "gateways",
  "pops",
  "focus",
  "areas",
  "cases",
  ...CELL_SOURCES,
] as const;

/** In a crowd of terminals, symbols begin at this zoom and dots end. */
export const CROWD_ZOOM = 7;

const EMPTY = { type: "FeatureCollection" as const, features: [] };
const FONT = ["sans-serif"];

/**
 * Land, borders of the chosen view, and the things on the ground. No glyph server: without `glyphs` the labels are
 * drawn from the system's own sans-serif. Land has no borders of its own.
 */
export function baseStyle(palette: Palette, projection: "globe" | "mercator"): StyleSpecification {
  const label = { "text-color": palette.label, "text-halo-color": palette.halo, "text-halo-width": 1.4 };
  return {
    version: 8,
    projection: { type: projection },
    sources: Object.fromEntries(
      SOURCES.map(name => [
        name,
        { type: "geojson" as const, data: EMPTY, ...(name === "land" ? { maxzoom: 6, tolerance: 0.3 } : {}) },
      ]),
    ),
    layers: [
      { id: "ocean", type: "background", paint: { "background-color": palette.ocean } },
      {
        id: "land",
        type: "fill",
        source: "land",
        paint: { "fill-color": palette.land, "fill-antialias": false },
      },
      {
        id: "coast",
        type: "line",
        source: "land",
        paint: { "line-color": palette.coast, "line-width": 0.7 },
      },
      {
        id: "borders",
        type: "line",
        source: "borders",
        paint: { "line-color": palette.border, "line-opacity": 0.5, "line-width": 0.7 },
      },
      ...cellStyleLayers(palette, FONT),
      ...areaStyleLayers(palette, FONT),
      ...casePlaceLayers(palette),
      {
        id: "pops",
        type: "symbol",
        source: "pops",
        layout: {
          "icon-image": "pop",
          "icon-size": ["interpolate", ["linear"], ["zoom"], 0, 0.34, 2, 0.42, 6, 0.55],
          "icon-allow-overlap": true,
          "text-field": ["step", ["zoom"], "", 2.6, ["get", "name"]],
          "text-font": FONT,
          "text-size": 11,
          "text-anchor": "right",
          "text-offset": [-0.7, 0],
          "text-optional": true,
        },
        paint: { ...label, "text-color": palette.pop },
      },
      {
        id: "gateways",
        type: "symbol",
        source: "gateways",
        layout: {
          "icon-image": "gateway",
          "icon-size": ["interpolate", ["linear"], ["zoom"], 0, 0.34, 2, 0.42, 6, 0.55],
          "icon-allow-overlap": true,
          "text-field": ["step", ["zoom"], "", 3.2, ["get", "name"]],
          "text-font": FONT,
          "text-size": 11,
          "text-anchor": "top",
          "text-offset": [0, 0.6],
          "text-optional": true,
        },
        paint: { ...label, "text-color": palette.gateway },
      },
      {
        id: "terminal-dots",
        type: "circle",
        source: "terminals",
        maxzoom: CROWD_ZOOM,
        layout: { visibility: "none" },
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 0, 1, CROWD_ZOOM, 3],
          "circle-color": [
            "match",
            ["get", "outcome"],
            ["allow", "provisional"],
            palette.ok,
            "restricted",
            palette.warn,
            ["deny", "txOff"],
            palette.bad,
            palette.mute,
          ],
        },
      },
      {
        id: "terminals",
        type: "symbol",
        source: "terminals",
        layout: {
          "icon-image": ["concat", "terminal-", ["get", "outcome"]],
          "icon-size": ["interpolate", ["linear"], ["zoom"], 0, 0.34, 2, 0.46, 6, 0.62],
          "icon-allow-overlap": true,
          "text-field": ["step", ["zoom"], "", 2.4, ["get", "name"]],
          "text-font": FONT,
          "text-size": 11.5,
          "text-anchor": "left",
          "text-offset": [0.8, 0],
          "text-optional": true,
        },
        paint: label,
      },
      ...caseLayers(palette, FONT),
      {
        id: "focus",
        type: "symbol",
        source: "focus",
        layout: {
          "icon-image": "focus",
          "icon-size": 0.75,
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
        },
      },
    ],
  };
}
