// SPDX-License-Identifier: MIT
import type { Drawing, Shape, TextShape } from "../drawing/drawing.ts";
import { linePath, rectanglePath } from "../drawing/path-data.ts";
import { textWidth } from "../drawing/stroke-text.ts";
import type { FigureOptions } from "./figure.ts";
import { type Theme, themeOf } from "./theme.ts";

/** Font sizes, CSS pixels; at 720 px across a column of 16 cm the smallest prints at about 6 points. */
export const SIZE = { title: 17, subtitle: 13, label: 12, tick: 11.5, source: 10 } as const;
const MARGIN = 22;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly mark: "line" | "area" | "dot";
  readonly dash?: readonly number[];
  /** Of an area; 1 without it. */
  readonly opacity?: number;
}

/** A figure with its texts in place and a box free for the data. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly texts: readonly Shape[];
  readonly box: Box;
}

/**
 * Places title, subtitle, legend and source line, and says what room is left.
 *
 * @throws RangeError when the figure's sides are not from 200 to 4,000 px, or its texts leave no room.
 */
export function layOut(
  options: FigureOptions,
  legend: readonly LegendEntry[],
  defaults: { readonly width: number; readonly height: number } = { width: 720, height: 440 },
): Layout {
  const { width = defaults.width, height = defaults.height } = options;
  for (const side of [width, height]) {
    if (!(side >= 200 && side <= 4000))
      throw new RangeError("A figure's sides must be from 200 to 4,000 px.");
  }
  const theme = themeOf(options.theme);
  const texts: Shape[] = [];
  const across = width - 2 * MARGIN;
  let y = MARGIN - 4;
  const paragraph = (text: string, size: number, fill: string, bold: boolean): void => {
    for (const line of wrapped(text, size, bold, across)) {
      y += size * 1.25;
      texts.push({ kind: "text", text: line, x: MARGIN, y, size, fill, bold });
    }
  };
  paragraph(options.title, SIZE.title, theme.ink, true);
  if (options.subtitle !== undefined) {
    y += 3;
    paragraph(options.subtitle, SIZE.subtitle, theme.quiet, false);
  }
  y += 10;
  if (legend.length > 0) y = legendRows(legend, theme, across, y + 4, texts);
  let bottom = height - 14;
  if (options.source !== undefined) {
    const lines = wrapped(options.source, SIZE.source, false, across);
    lines.forEach((text, i) => {
      const line = bottom - (lines.length - 1 - i) * SIZE.source * 1.3;
      texts.push({ kind: "text", text, x: MARGIN, y: line, size: SIZE.source, fill: theme.quiet });
    });
    bottom -= lines.length * SIZE.source * 1.3 + 6;
  }
  if (bottom - y < 60) throw new RangeError(`A figure of ${width} × ${height} px has no room for its texts.`);
  return { width, height, theme, texts, box: { left: MARGIN, right: width - MARGIN, top: y, bottom } };
}

/** Puts a figure together. */
export function drawing(
  layout: Layout,
  options: FigureOptions,
  fallback: string,
  data: readonly Shape[],
): Drawing {
  const parts = [options.subtitle, fallback, options.source].filter(
    part => part !== undefined && part !== "",
  );
  return {
    width: layout.width,
    height: layout.height,
    title: options.title,
    description: options.description ?? parts.join(". "),
    background: layout.theme.background,
    shapes: [...data, ...layout.texts],
  };
}

/** Breaks a text into lines no wider than `across`, at spaces where it can and inside a word where it must. */
export function wrapped(text: string, size: number, bold: boolean, across: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, size, bold) <= across) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const character of word) {
      if (line !== "" && textWidth(line + character, size, bold) > across) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Rows of swatches and names; gives the y below them. */
function legendRows(
  entries: readonly LegendEntry[],
  theme: Theme,
  across: number,
  top: number,
  shapes: Shape[],
): number {
  const swatch = 18;
  const rowHeight = 18;
  let x = MARGIN;
  let y = top + 10;
  for (const { name, colour, mark, dash, opacity = 1 } of entries) {
    const label: Omit<TextShape, "x" | "y"> = { kind: "text", text: name, size: SIZE.label, fill: theme.ink };
    const needed = swatch + 6 + textWidth(name, SIZE.label);
    if (x > MARGIN && x + needed > MARGIN + across) {
      x = MARGIN;
      y += rowHeight;
    }
    if (mark === "line") {
      const d = linePath(x, y - 4, x + swatch, y - 4);
      shapes.push({
        kind: "path",
        d,
        stroke: colour,
        strokeWidth: 2.2,
        ...(dash === undefined ? {} : { dash }),
      });
    } else if (mark === "area") {
      shapes.push({ kind: "path", d: rectanglePath(x + 3, y - 9, swatch - 6, 10), fill: colour, opacity });
    } else {
      shapes.push({ kind: "path", d: `M${x + swatch / 2} ${y - 4}h.01`, stroke: colour, strokeWidth: 8 });
    }
    shapes.push({ ...label, x: x + swatch + 6, y });
    x += needed + 20;
  }
  return y + 12;
}
