// SPDX-License-Identifier: MIT
import type { Map as MapLibreMap } from "maplibre-gl";
import { GROUND_SHAPES, STATE_SHAPES } from "../ui/state-shapes.ts";
import type { Palette } from "./palette.ts";

const SIZE_PX = 40;

/** Draws the map's symbols from the shapes that the tables use, in the colours of the theme. */
export function addIcons(map: MapLibreMap, palette: Palette): void {
  for (const [outcome, shape] of Object.entries(STATE_SHAPES))
    put(map, `terminal-${outcome}`, shape.path, palette[shape.tone], shape.filled, palette.halo);
  put(map, "gateway", GROUND_SHAPES.gateway, palette.gateway, false, palette.halo);
  put(map, "pop", GROUND_SHAPES.pop, palette.pop, false, palette.halo);
  put(map, "focus", "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z", palette.accent, false, palette.halo);
}

function put(
  map: MapLibreMap,
  name: string,
  path: string,
  colour: string,
  filled: boolean,
  halo: string,
): void {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE_PX;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  context.scale(SIZE_PX / 20, SIZE_PX / 20);
  context.translate(2, 2);
  context.lineJoin = context.lineCap = "round";
  const shape = new Path2D(path);
  context.strokeStyle = halo;
  context.lineWidth = filled ? 2.5 : 4.5;
  context.stroke(shape);
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 2;
  if (filled) context.fill(shape);
  else context.stroke(shape);
  const image = context.getImageData(0, 0, SIZE_PX, SIZE_PX);
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 1 });
}
