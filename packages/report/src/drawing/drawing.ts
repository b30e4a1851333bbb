// SPDX-License-Identifier: MIT

/**
 * A picture as a value: what every plot and map makes, and what `drawingToSvg` and `drawingToPng` write. Lengths in
 * CSS pixels (1/96 inch), origin top left, y down. Colours are `#rrggbb`.
 */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Name of the picture, read aloud by screen readers. */
  readonly title: string;
  /** What the picture shows, for those who cannot see it. */
  readonly description: string;
  readonly background: string;
  readonly shapes: readonly Shape[];
}

export type Shape = PathShape | TextShape | GridShape | GroupShape;

/** Lines and areas. */
export interface PathShape {
  readonly kind: "path";
  /** Path data in SVG syntax (SVG 2, section 9.3). */
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  /** Width of the stroke; 1 without it. Joins and caps are round. */
  readonly strokeWidth?: number;
  /** Lengths of dashes and gaps in turn. */
  readonly dash?: readonly number[];
  /** 0 to 1; 1 without it. */
  readonly opacity?: number;
}

/** One line of text. */
export interface TextShape {
  readonly kind: "text";
  readonly text: string;
  /** The anchor's place on the baseline. */
  readonly x: number;
  readonly y: number;
  /** Font size. */
  readonly size: number;
  readonly fill: string;
  readonly bold?: boolean;
  /** Which part of the text lies at x; `start` without it. */
  readonly anchor?: "start" | "middle" | "end";
  /** Clockwise around (x, y), degrees. */
  readonly rotateDeg?: number;
  /** Colour of an outline behind the letters that keeps them readable over lines. */
  readonly halo?: string;
}

/** A raster of few colours: heat maps and maps of very many cells. */
export interface GridShape {
  readonly kind: "grid";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the top left; 0: nothing, else 1 + index into `colours`. */
  readonly levels: Uint8Array;
  /** At most 255. */
  readonly colours: readonly string[];
}

/** Shapes that belong together. */
export interface GroupShape {
  readonly kind: "group";
  /** Shown by browsers as a tooltip, read by screen readers. */
  readonly title?: string;
  /** Nothing outside is drawn: path data as in {@link PathShape.d}. */
  readonly clip?: string;
  readonly shapes: readonly Shape[];
}
