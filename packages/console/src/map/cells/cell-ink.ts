// SPDX-License-Identifier: MIT
import type { PlanetCell } from "@perigee/operator/contract";
import { type Coverage, reasonOf } from "../../data/coverage.ts";
import type { CellReason } from "../../data/planet.ts";
import { rgb } from "../palette.ts";
import { beamColour, type CellPalette } from "./cell-palette.ts";

/** Strokes over a fill, so that no meaning is told by colour alone; the order is the shader's. */
export const PATTERNS = ["plain", "diagonal", "dots", "lines", "cross", "bars"] as const;
export type Pattern = (typeof PATTERNS)[number];

/** How a cell looks. */
export interface Ink {
  readonly colour: string;
  /** Of the fill, 0 to 1. */
  readonly opacity: number;
  readonly pattern: Pattern;
}

/** Nothing is drawn. */
export const NO_INK: Ink = { colour: "#000000", opacity: 0, pattern: "plain" };

/** Most land may be not permitted: it must not be louder than what is served. */
const REASON_OPACITY: Readonly<Partial<Record<CellReason, number>>> = { served: 0.62, notPermitted: 0.24 };

const REASON_PATTERNS: Readonly<Record<CellReason, Pattern>> = {
  served: "plain",
  noBeam: "diagonal",
  notPermitted: "cross",
  noSatellite: "dots",
  geostationaryArc: "lines",
  noRoute: "bars",
};

/** Texels of a row of inks; keep equal to INK_WIDTH in the shader. */
export const INK_WIDTH = 1024;

/** Where the ramp of carried Mbit/s per km² steps up: half a decade each. */
export const CAPACITY_STEPS = [0.01, 0.03, 0.1, 0.3, 1, 3] as const;
/** Where the ramp of met demand steps up. */
export const MET_STEPS = [0.25, 0.5, 0.75, 0.9, 0.99, 0.9999] as const;

export function reasonInk(palette: CellPalette, reason: CellReason): Ink {
  return {
    colour: palette.reason[reason],
    opacity: REASON_OPACITY[reason] ?? 0.5,
    pattern: REASON_PATTERNS[reason],
  };
}

/** Some cells of a parent are served: their colour, with strokes of what the others lack. */
export function partlyInk(palette: CellPalette, reason: CellReason): Ink {
  return { colour: palette.reason.served, opacity: 0.38, pattern: REASON_PATTERNS[reason] };
}

export function rampInk(palette: CellPalette, value: number, steps: readonly number[]): Ink {
  return { colour: palette.ramp[stepOf(value, steps)] ?? "#888888", opacity: 0.78, pattern: "plain" };
}

/** How many steps a value has reached. */
export function stepOf(value: number, steps: readonly number[]): number {
  let step = 0;
  while (step < steps.length && value >= (steps[step] ?? 0)) step += 1;
  return step;
}

/** A beam by its frequency colour; a cell with little of the beam's time is fainter. */
export function beamInk(palette: CellPalette, colour: number, share: number): Ink {
  return { colour: beamColour(palette, colour), opacity: 0.3 + 0.5 * Math.min(1, share), pattern: "plain" };
}

/** The same ink with most of it gone, for cells that lie under what is looked at. */
export function faded(ink: Ink): Ink {
  return { ...ink, opacity: 0.35 * ink.opacity };
}

/** The look of each parent of a coverage. */
export function parentInks(
  coverage: Coverage,
  layer: "coverage" | "capacity" | "met",
  palette: CellPalette,
): Ink[] {
  const { count, servedShare, satisfiedShare, downMbpsPerKm2, permitted } = coverage;
  return Array.from({ length: count }, (_, i) => {
    const reason = reasonOf(coverage.reason[i] ?? 0);
    const served = servedShare[i] ?? 0;
    if (permitted[i] === 0) return reasonInk(palette, "notPermitted");
    if (served <= 0) return reasonInk(palette, reason === "served" ? "noBeam" : reason);
    if (layer === "capacity") return rampInk(palette, downMbpsPerKm2[i] ?? 0, CAPACITY_STEPS);
    if (layer === "met") return rampInk(palette, satisfiedShare[i] ?? 0, MET_STEPS);
    return served >= 1 ? reasonInk(palette, "served") : partlyInk(palette, reason);
  });
}

/** The look of one cell of resolution 5, and what is written in it where there is room. */
export function cellInk(
  cell: PlanetCell,
  areaKm2: number,
  layer: "coverage" | "capacity" | "met",
  palette: CellPalette,
): Ink {
  if (cell.reason !== "served" || cell.colour === null) return reasonInk(palette, cell.reason);
  if (layer === "capacity") return rampInk(palette, cell.downMbps / areaKm2, CAPACITY_STEPS);
  if (layer === "met") return rampInk(palette, metShare(cell), MET_STEPS);
  return beamInk(palette, cell.colour, cell.share);
}

/** Carried over demanded; all of it where nothing is wanted. */
export function metShare(cell: Pick<PlanetCell, "demandDownMbps" | "downMbps">): number {
  return cell.demandDownMbps > 0 ? Math.min(1, cell.downMbps / cell.demandDownMbps) : 1;
}

/** Inks as two rows of RGBA bytes per {@link INK_WIDTH} cells: colour and opacity, then pattern. */
export function packInks(inks: readonly Ink[]): { readonly texels: Uint8Array; readonly rows: number } {
  const rows = 2 * Math.max(1, Math.ceil(inks.length / INK_WIDTH));
  const texels = new Uint8Array(4 * INK_WIDTH * rows);
  inks.forEach(({ colour, opacity, pattern }, i) => {
    const at = 4 * (2 * Math.floor(i / INK_WIDTH) * INK_WIDTH + (i % INK_WIDTH));
    const [red, green, blue] = rgb(colour);
    texels.set([255 * red, 255 * green, 255 * blue, Math.round(255 * opacity)], at);
    texels[at + 4 * INK_WIDTH] = PATTERNS.indexOf(pattern);
  });
  return { texels, rows };
}
