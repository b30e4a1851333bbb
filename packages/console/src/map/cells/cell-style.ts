// SPDX-License-Identifier: MIT
import type { LayerSpecification } from "maplibre-gl";
import type { Palette } from "../palette.ts";

/** Sources of what is drawn of cells beside their fill. */
export const CELL_SOURCES = ["cell-focus", "cell-labels", "beam-ties", "beam-labels"] as const;

/** From here on a cell has room for a text. */
export const CELL_LABEL_ZOOM = 7.4;

/** The outline of the selected cell, the ties of beams, and the numbers of both. */
export function cellStyleLayers(palette: Palette, font: string[]): LayerSpecification[] {
  const text = { "text-color": palette.label, "text-halo-color": palette.halo, "text-halo-width": 1.6 };
  return [
    {
      id: "beam-ties",
      type: "line",
      source: "beam-ties",
      paint: { "line-color": ["get", "colour"], "line-width": 1.6, "line-opacity": 0.9 },
    },
    {
      id: "cell-focus",
      type: "line",
      source: "cell-focus",
      paint: { "line-color": palette.accent, "line-width": 2.5 },
    },
    {
      id: "cell-labels",
      type: "symbol",
      source: "cell-labels",
      minzoom: CELL_LABEL_ZOOM,
      layout: { "text-field": ["get", "text"], "text-font": font, "text-size": 10.5 },
      paint: text,
    },
    {
      id: "beam-labels",
      type: "symbol",
      source: "beam-labels",
      minzoom: 3,
      layout: {
        "text-field": ["get", "text"],
        "text-font": font,
        "text-size": 12.5,
        // From afar beside the beam, which is no larger than its number.
        "text-offset": [
          "interpolate",
          ["linear"],
          ["zoom"],
          5,
          ["literal", [0.8, -0.5]],
          7,
          ["literal", [0, 0]],
        ],
      },
      paint: { ...text, "text-halo-width": 2 },
    },
  ];
}
