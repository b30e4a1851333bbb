// SPDX-License-Identifier: MIT
import type { LayerSpecification } from "maplibre-gl";
import type { Palette } from "../palette.ts";

/** The operator's own areas: an outline that is no border, and a name. The open one is stronger. */
export function areaStyleLayers(palette: Palette, font: string[]): LayerSpecification[] {
  const isOpen = ["boolean", ["get", "open"], false] as const;
  return [
    {
      id: "areas-fill",
      type: "fill",
      source: "areas",
      paint: { "fill-color": palette.accent, "fill-opacity": ["case", [...isOpen], 0.22, 0.08] },
    },
    {
      id: "areas-line",
      type: "line",
      source: "areas",
      paint: {
        "line-color": palette.accent,
        "line-width": ["case", [...isOpen], 2.4, 1.2],
        "line-dasharray": [3, 2],
      },
    },
    {
      id: "areas-name",
      type: "symbol",
      source: "areas",
      minzoom: 3.5,
      layout: { "text-field": ["get", "title"], "text-font": font, "text-size": 11 },
      paint: { "text-color": palette.accent, "text-halo-color": palette.halo, "text-halo-width": 1.4 },
    },
  ];
}
