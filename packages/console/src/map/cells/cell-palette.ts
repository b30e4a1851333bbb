// SPDX-License-Identifier: MIT
import type { CellReason } from "../../data/planet.ts";
import type { Theme } from "../palette.ts";

/** Colours of cells in one theme, as #rrggbb. */
export interface CellPalette {
  readonly reason: Readonly<Record<CellReason, string>>;
  /** Frequency colours of beams by their number; later numbers begin again. */
  readonly beams: readonly string[];
  /** From little to much; lightness alone tells the order. */
  readonly ramp: readonly string[];
}

export const CELL_PALETTES: Record<Theme, CellPalette> = {
  dark: {
    reason: {
      served: "#2bb5a0",
      noBeam: "#f5c04e",
      notPermitted: "#8a9ab3",
      noSatellite: "#ff7d7d",
      geostationaryArc: "#c79bf7",
      noRoute: "#f79ac0",
    },
    beams: ["#4fc3f7", "#35d6ae", "#c79bf7", "#a4de63", "#f79ac0", "#6f8df5", "#e3d26f", "#5fe0e0"],
    ramp: ["#28406e", "#2b5f92", "#2883a0", "#2ea796", "#63c67e", "#b1de63", "#f6f07c"],
  },
  light: {
    reason: {
      served: "#12806c",
      noBeam: "#a86a00",
      notPermitted: "#66758b",
      noSatellite: "#c02836",
      geostationaryArc: "#6f3bb5",
      noRoute: "#b02a6c",
    },
    beams: ["#0b6fb8", "#007d66", "#6f3bb5", "#4a7a00", "#b02a6c", "#2f4fd0", "#7d6a00", "#006f86"],
    ramp: ["#cfe6d6", "#a3d3c4", "#72bab7", "#449da9", "#2b7c9a", "#235a88", "#1c3568"],
  },
};

/** The hue of a frequency colour; its number stands beside it wherever there is room. */
export function beamColour(palette: CellPalette, colour: number): string {
  return palette.beams[colour % palette.beams.length] ?? "#888888";
}
