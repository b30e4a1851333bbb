// SPDX-License-Identifier: MIT
import type { Shape } from "../drawing/drawing.ts";
import { linePath } from "../drawing/path-data.ts";
import { textWidth } from "../drawing/stroke-text.ts";
import { axisLabel } from "./axes.ts";
import { COLOUR_STEPS, type ColourScale } from "./colour-scale.ts";
import type { ColourScaleOptions } from "./figure.ts";
import { type Box, SIZE } from "./layout.ts";
import type { Theme } from "./theme.ts";

const BAR_HEIGHT = 10;
export const COLOUR_BAR_HEIGHT = 56;

/** Key of a colour scale: label, bar, ticks; at the top left of a box. */
export function colourBar(scale: ColourScale, options: ColourScaleOptions, box: Box, theme: Theme): Shape[] {
  const width = Math.min(300, box.right - box.left - 40);
  const x = box.left;
  const y = box.top + 18;
  const shapes: Shape[] = [
    {
      kind: "text",
      text: axisLabel({
        label: options.label,
        ...(options.unit === undefined ? {} : { unit: options.unit }),
      }),
      x,
      y: y - 7,
      size: SIZE.label,
      fill: theme.ink,
    },
    {
      kind: "grid",
      x,
      y,
      width,
      height: BAR_HEIGHT,
      columns: COLOUR_STEPS,
      rows: 1,
      levels: Uint8Array.from({ length: COLOUR_STEPS }, (_, i) => i + 1),
      colours: scale.colours,
    },
  ];
  let free = Number.NEGATIVE_INFINITY;
  for (const { value, label } of scale.ticks) {
    const place = x + scale.share(value) * width;
    shapes.push({
      kind: "path",
      d: linePath(place, y + BAR_HEIGHT, place, y + BAR_HEIGHT + 3),
      stroke: theme.axis,
    });
    const half = textWidth(label, SIZE.tick) / 2;
    // The first label may begin at the bar's edge: nothing lies left of it.
    const centre = Math.max(place, x + half);
    if (centre - half < free) continue;
    free = centre + half + 6;
    shapes.push({
      kind: "text",
      text: label,
      x: centre,
      y: y + BAR_HEIGHT + 15,
      size: SIZE.tick,
      fill: theme.quiet,
      anchor: "middle",
    });
  }
  return shapes;
}
