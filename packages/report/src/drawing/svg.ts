// SPDX-License-Identifier: MIT
import type { Drawing, GridShape, GroupShape, PathShape, Shape, TextShape } from "./drawing.ts";
import { gridRuns } from "./grid-runs.ts";
import { coordinate, rectanglePath } from "./path-data.ts";

/** Families with the metrics of Helvetica first, since the layout counts on its widths. */
const FONT_FAMILY = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', 'Noto Sans', sans-serif";

/**
 * A drawing as an SVG file (SVG 1.1 elements; opens in browsers, Inkscape, LaTeX and word processors). Text stays text,
 * with fonts of the reader's machine; title and description are there for screen readers. No scripts, no links, nothing to
 * load. The same drawing gives the same text.
 *
 * @example
 * ```ts
 * import { drawingToSvg, linePlot } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   linePlot({
 *     title: "Round-trip time",
 *     x: { label: "Time", unit: "s" },
 *     y: { label: "RTT", unit: "ms" },
 *     series: [{ name: "Berlin", x: [0, 15, 30], y: [31, 28, 33], step: true }],
 *   }),
 * );
 * svg.startsWith("<svg "); // true
 * ```
 */
export function drawingToSvg(drawing: Drawing): string {
  const { width, height, title, description, background, shapes } = drawing;
  const prefix = `p${hash(`${title}\n${description}\n${width}x${height}`)}`;
  const writer = new SvgWriter(prefix);
  for (const shape of shapes) writer.shape(shape);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${coordinate(width)}" height="${coordinate(height)}" ` +
    `viewBox="0 0 ${coordinate(width)} ${coordinate(height)}" role="img" ` +
    `aria-labelledby="${prefix}t" aria-describedby="${prefix}d" font-family="${FONT_FAMILY}">\n` +
    `<title id="${prefix}t">${escaped(title)}</title>\n<desc id="${prefix}d">${escaped(description)}</desc>\n` +
    `<path d="${rectanglePath(0, 0, width, height)}" fill="${escaped(background)}"/>\n` +
    `${writer.out.join("\n")}\n</svg>\n`
  );
}

class SvgWriter {
  readonly out: string[] = [];
  readonly #prefix: string;
  #clips = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  shape(shape: Shape): void {
    switch (shape.kind) {
      case "path":
        if (shape.d !== "") this.out.push(path(shape));
        break;
      case "text":
        this.out.push(text(shape));
        break;
      case "grid":
        this.out.push(grid(shape));
        break;
      case "group":
        this.#group(shape);
    }
  }

  #group({ title, clip, shapes }: GroupShape): void {
    let attributes = "";
    if (clip !== undefined) {
      const id = `${this.#prefix}c${this.#clips++}`;
      this.out.push(`<clipPath id="${id}"><path d="${escaped(clip)}"/></clipPath>`);
      attributes = ` clip-path="url(#${id})"`;
    }
    this.out.push(`<g${attributes}>`);
    if (title !== undefined) this.out.push(`<title>${escaped(title)}</title>`);
    for (const shape of shapes) this.shape(shape);
    this.out.push("</g>");
  }
}

function path({ d, fill, stroke, strokeWidth = 1, dash, opacity }: PathShape): string {
  let attributes = ` fill="${escaped(fill ?? "none")}"`;
  if (stroke !== undefined) {
    attributes += ` stroke="${escaped(stroke)}" stroke-width="${coordinate(strokeWidth)}"`;
    attributes += ' stroke-linecap="round" stroke-linejoin="round"';
    if (dash !== undefined) attributes += ` stroke-dasharray="${dash.map(coordinate).join(" ")}"`;
  }
  if (opacity !== undefined) attributes += ` opacity="${coordinate(opacity)}"`;
  return `<path d="${escaped(d)}"${attributes}/>`;
}

function text(shape: TextShape): string {
  const { x, y, size, fill, bold, anchor, rotateDeg, halo } = shape;
  let attributes = ` x="${coordinate(x)}" y="${coordinate(y)}" font-size="${coordinate(size)}" fill="${escaped(fill)}"`;
  if (bold === true) attributes += ' font-weight="bold"';
  if (anchor !== undefined && anchor !== "start") attributes += ` text-anchor="${anchor}"`;
  if (rotateDeg !== undefined) {
    attributes += ` transform="rotate(${coordinate(rotateDeg)} ${coordinate(x)} ${coordinate(y)})"`;
  }
  if (halo !== undefined) {
    attributes += ` stroke="${escaped(halo)}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
  }
  return `<text${attributes}>${escaped(shape.text)}</text>`;
}

function grid(shape: GridShape): string {
  const { x, y, width, height, columns, rows, colours } = shape;
  const scale = `${Number((width / columns).toPrecision(9))} ${Number((height / rows).toPrecision(9))}`;
  const paths = gridRuns(shape)
    .map((d, i) => (d === "" ? "" : `<path d="${d}" fill="${escaped(colours[i]!)}"/>`))
    .filter(element => element !== "");
  // Without crispEdges, renderers show the background as hairlines between neighbours.
  return (
    `<g transform="translate(${coordinate(x)} ${coordinate(y)}) scale(${scale})" shape-rendering="crispEdges">\n` +
    `${paths.join("\n")}\n</g>`
  );
}

/** Text for XML 1.0: markup escaped; characters that XML cannot hold (section 2.2) become U+FFFD. */
function escaped(raw: string): string {
  return raw
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

/** FNV-1a, 32 bits: ids that differ between the pictures of one web page. */
function hash(raw: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < raw.length; i++) h = Math.imul(h ^ raw.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}
