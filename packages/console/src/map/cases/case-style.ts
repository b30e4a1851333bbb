// SPDX-License-Identifier: MIT
import type { LayerSpecification } from "maplibre-gl";
import type { Palette } from "../palette.ts";

const ring = (id: string, radius: number, colour: string, kinds: readonly string[]): LayerSpecification => ({
  id,
  type: "circle",
  source: "cases",
  filter: ["in", ["get", "kind"], ["literal", [...kinds]]],
  paint: {
    "circle-radius": radius,
    "circle-opacity": 0,
    "circle-stroke-color": colour,
    "circle-stroke-width": 2,
  },
});

/** A ring for a terminal that is looked at, a double one near a protected site; names of places. */
export function caseLayers(palette: Palette, font: string[]): LayerSpecification[] {
  return [
    ring("case-candidates", 11, palette.warn, ["candidate", "protected"]),
    ring("case-protected", 15, palette.warn, ["protected"]),
    {
      id: "case-place-names",
      type: "symbol",
      source: "cases",
      filter: ["==", ["get", "kind"], "place"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": 11.5,
        "text-anchor": "top",
        "text-offset": [0, 0.6],
        "text-optional": true,
      },
      paint: { "text-color": palette.accent, "text-halo-color": palette.halo, "text-halo-width": 1.4 },
    },
  ];
}

/** Dots of places that documents name: under the symbols of terminals, which are what one chooses. */
export function casePlaceLayers(palette: Palette): LayerSpecification[] {
  return [
    {
      id: "case-places",
      type: "circle",
      source: "cases",
      filter: ["==", ["get", "kind"], "place"],
      paint: {
        "circle-radius": 4,
        "circle-color": palette.accent,
        "circle-stroke-color": palette.halo,
        "circle-stroke-width": 1.4,
      },
    },
  ];
}
