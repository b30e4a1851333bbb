// SPDX-License-Identifier: MIT

/** Light or dark; every colour of the map has one value for each. */
export type Theme = "dark" | "light";

/** Colours of the map in one theme, as CSS colours; WebGL reads them with {@link rgb}. */
export interface Palette {
  readonly ocean: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly label: string;
  readonly halo: string;
  readonly accent: string;
  readonly gateway: string;
  readonly pop: string;
  readonly laser: string;
  readonly ok: string;
  readonly warn: string;
  readonly bad: string;
  readonly mute: string;
  readonly night: string;
  /** Opacity of full night. */
  readonly nightOpacity: number;
  /** Shells by their place in the list of shells; later shells begin again. */
  readonly shells: readonly string[];
}

export const PALETTES: Record<Theme, Palette> = {
  dark: {
    ocean: "#0c182a",
    land: "#263a57",
    coast: "#4d6d9b",
    border: "#8ba3c7",
    label: "#dbe5f3",
    halo: "#0a111d",
    accent: "#6fdcf2",
    gateway: "#ffc65c",
    pop: "#e9a8ff",
    laser: "#4fa8bd",
    ok: "#86e08f",
    warn: "#f5c04e",
    bad: "#ff7d7d",
    mute: "#93a4bd",
    night: "#02050a",
    nightOpacity: 0.5,
    shells: [
      "#4fc3f7",
      "#35d6ae",
      "#a4de63",
      "#c79bf7",
      "#f79ac0",
      "#f0a56b",
      "#9aa9c0",
      "#e3d26f",
      "#6f8df5",
      "#5fe0e0",
      "#e07be0",
      "#d98a8a",
    ],
  },
  light: {
    ocean: "#d3e0ec",
    land: "#f6f3ec",
    coast: "#8fa7bf",
    border: "#4d6482",
    label: "#16202e",
    halo: "#f9fbfd",
    accent: "#00728a",
    gateway: "#8a5200",
    pop: "#7d2a9c",
    laser: "#2a8aa3",
    ok: "#1c7a39",
    warn: "#8f5b00",
    bad: "#b3202f",
    mute: "#5d6d84",
    night: "#1f3f73",
    nightOpacity: 0.26,
    shells: [
      "#0b6fb8",
      "#007d66",
      "#4a7a00",
      "#6f3bb5",
      "#b02a6c",
      "#b04a12",
      "#5b6a7f",
      "#7d6a00",
      "#2f4fd0",
      "#006f86",
      "#9a1fa0",
      "#8c3b3b",
    ],
  },
};

/** #rrggbb as three numbers in 0…1. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** The colour of a shell in a palette. */
export function shellColour(palette: Palette, shell: number): string {
  return palette.shells[shell % palette.shells.length] ?? palette.mute;
}

/**
 * Point shapes by shell, so that no shell is told by colour alone; the order is the shader's. With twelve colours a
 * pair of shape and colour stands for one shell of the first twelve.
 */
export const SHELL_SHAPES = ["disc", "square", "diamond", "triangle"] as const;
