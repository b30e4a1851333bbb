// SPDX-License-Identifier: MIT
import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Drawing, GridShape, PathShape, Shape, TextShape } from "./drawing.ts";
import { strokeText, strokeTextPen, textWidth } from "./stroke-text.ts";

export interface PngOptions {
  /** Device pixels per CSS pixel, 0.25 to 8; 2 without it (192 per inch), 3 or more for print. */
  readonly scale?: number;
  /**
   * `auto`: a sans-serif font of the machine, the room's own letters where it has none; `builtIn`: always the room's own
   * stroke letters, so that machines without any font draw the same picture; bytes: a TrueType or OpenType font. `auto`
   * without it.
   */
  readonly font?: Uint8Array | "auto" | "builtIn";
}

type CanvasModule = typeof import("@napi-rs/canvas");

/** Fonts with the metrics of Helvetica first; then those that systems come with. */
const SANS_SERIF = [
  "Helvetica",
  "Arial",
  "Liberation Sans",
  "Nimbus Sans",
  "Noto Sans",
  "DejaVu Sans",
  "Segoe UI",
  "Roboto",
];
const MOST_PIXELS = 100_000_000;

/**
 * A drawing as a PNG file with its resolution, title and description. The same drawing gives the same bytes on one
 * machine; with `font: "builtIn"` it needs no font. The canvas library is loaded at the first call.
 *
 * @throws RangeError when scale is out of range or the picture would have more than 100 million pixels, or `font` is no
 * font.
 *
 * @example
 * ```ts
 * import { drawingToPng, histogram } from "@perigee/report";
 *
 * const png = await drawingToPng(
 *   histogram({
 *     title: "Round-trip times",
 *     x: { label: "RTT", unit: "ms" },
 *     samples: [{ name: "Berlin", values: [28, 29, 31, 31, 33] }],
 *   }),
 *   { scale: 3 },
 * );
 * String.fromCharCode(...png.subarray(1, 4)); // "PNG"
 * ```
 */
export async function drawingToPng(drawing: Drawing, options: PngOptions = {}): Promise<Uint8Array> {
  const { scale = 2, font = "auto" } = options;
  if (!(scale >= 0.25 && scale <= 8)) throw new RangeError("scale must be from 0.25 to 8.");
  const width = Math.round(drawing.width * scale);
  const height = Math.round(drawing.height * scale);
  if (!(width >= 1 && height >= 1 && width * height <= MOST_PIXELS)) {
    throw new RangeError(`A picture of ${width} × ${height} pixels is out of range.`);
  }
  const canvasModule = await import("@napi-rs/canvas");
  const canvas = canvasModule.createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.lang = "en";
  context.lineJoin = "round";
  context.lineCap = "round";
  context.fillStyle = drawing.background;
  context.fillRect(0, 0, drawing.width, drawing.height);
  new Painter(canvasModule, context, fontFamily(canvasModule, font)).draw(drawing.shapes);
  return canvas.toBuffer("image/png", {
    resolution: Math.round(96 * scale),
    title: drawing.title,
    description: drawing.description,
  });
}

class Painter {
  readonly #canvas: CanvasModule;
  readonly #context: SKRSContext2D;
  readonly #family: string | null;

  constructor(canvas: CanvasModule, context: SKRSContext2D, family: string | null) {
    this.#canvas = canvas;
    this.#context = context;
    this.#family = family;
  }

  draw(shapes: readonly Shape[]): void {
    for (const shape of shapes) {
      this.#context.save();
      switch (shape.kind) {
        case "path":
          this.#path(shape);
          break;
        case "text":
          this.#text(shape);
          break;
        case "grid":
          this.#grid(shape);
          break;
        case "group":
          if (shape.clip !== undefined) this.#context.clip(new this.#canvas.Path2D(shape.clip));
          this.draw(shape.shapes);
      }
      this.#context.restore();
    }
  }

  #path({ d, fill, stroke, strokeWidth = 1, dash, opacity = 1 }: PathShape): void {
    if (d === "") return;
    const context = this.#context;
    const path = new this.#canvas.Path2D(d);
    context.globalAlpha = opacity;
    if (fill !== undefined) {
      context.fillStyle = fill;
      context.fill(path);
    }
    if (stroke !== undefined) {
      context.strokeStyle = stroke;
      context.lineWidth = strokeWidth;
      if (dash !== undefined) context.setLineDash([...dash]);
      context.stroke(path);
    }
  }

  #text({ text, x, y, size, fill, bold = false, anchor = "start", rotateDeg = 0, halo }: TextShape): void {
    const context = this.#context;
    const width = textWidth(text, size, bold);
    context.translate(x, y);
    context.rotate((rotateDeg * Math.PI) / 180);
    if (this.#family === null) {
      context.translate(anchor === "start" ? 0 : anchor === "middle" ? -width / 2 : -width, 0);
      const letters = new this.#canvas.Path2D(strokeText(text, size, bold));
      for (const [colour, extra] of [[halo, 3] as const, [fill, 0] as const]) {
        if (colour === undefined) continue;
        context.strokeStyle = colour;
        context.lineWidth = strokeTextPen(size, bold) + extra;
        context.stroke(letters);
      }
      return;
    }
    context.font = `${bold ? "bold " : ""}${size}px "${this.#family}"`;
    context.textAlign = anchor === "middle" ? "center" : anchor;
    // The layout counts on the widths of Helvetica: a wider font is squeezed rather than let run over its neighbours.
    const most = width * 1.04;
    if (halo !== undefined) {
      context.strokeStyle = halo;
      context.lineWidth = 3;
      context.strokeText(text, 0, 0, most);
    }
    context.fillStyle = fill;
    context.fillText(text, 0, 0, most);
  }

  #grid({ x, y, width, height, columns, rows, levels, colours }: GridShape): void {
    if (columns < 1 || rows < 1) return;
    const raster = this.#canvas.createCanvas(columns, rows);
    const pixels = raster.getContext("2d");
    const image = pixels.createImageData(columns, rows);
    const rgb = colours.map(colour => Number.parseInt(colour.slice(1), 16));
    for (let i = 0; i < columns * rows; i++) {
      const level = levels[i]!;
      if (level === 0) continue;
      const colour = rgb[level - 1]!;
      image.data[4 * i] = colour >> 16;
      image.data[4 * i + 1] = (colour >> 8) & 255;
      image.data[4 * i + 2] = colour & 255;
      image.data[4 * i + 3] = 255;
    }
    pixels.putImageData(image, 0, 0);
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(raster, x, y, width, height);
  }
}

/** Name of the family to draw with; `null`: the room's own letters. */
function fontFamily({ GlobalFonts }: CanvasModule, font: Uint8Array | "auto" | "builtIn"): string | null {
  if (font === "builtIn") return null;
  if (font === "auto") return SANS_SERIF.find(family => GlobalFonts.has(family)) ?? null;
  let sum = 0;
  for (const byte of font) sum = (Math.imul(sum, 31) + byte) >>> 0;
  const family = `Perigee ${font.length} ${sum}`;
  if (!GlobalFonts.has(family) && GlobalFonts.register(Buffer.from(font), family) === null) {
    throw new RangeError("The font is neither TrueType nor OpenType.");
  }
  return family;
}
