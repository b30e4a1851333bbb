// SPDX-License-Identifier: MIT
import type { ThemeName } from "./figure.ts";

/** Colours of everything but the data. */
export interface Theme {
  readonly background: string;
  /** Titles and labels. */
  readonly ink: string;
  /** Subtitle, tick labels, source line. */
  readonly quiet: string;
  readonly axis: string;
  readonly gridLine: string;
  readonly ocean: string;
  readonly land: string;
  readonly coast: string;
  /** Colours of series, in order; told apart with every common form of colour blindness. */
  readonly series: readonly string[];
}

/**
 * Series colours after Okabe and Ito, "Color Universal Design" (2008; Wong, Nature Methods 8, 441, 2011), in an order
 * that starts with those of most contrast; their yellow is left out on white.
 */
const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: "#ffffff",
    ink: "#1b1f24",
    quiet: "#57606a",
    axis: "#6e7781",
    gridLine: "#e4e7eb",
    ocean: "#f4f6f8",
    land: "#dfe3e8",
    coast: "#9aa4af",
    series: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"],
  },
  dark: {
    background: "#10151b",
    ink: "#eef2f6",
    quiet: "#a3adb8",
    axis: "#8a95a1",
    gridLine: "#29323c",
    ocean: "#151c24",
    land: "#2a333d",
    coast: "#566372",
    series: ["#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#ffffff"],
  },
};

export function themeOf(name: ThemeName = "light"): Theme {
  return THEMES[name];
}

/** Colour of the i-th series; beyond the palette it starts again, and lines tell themselves apart by dashes. */
export function seriesColour(theme: Theme, i: number): string {
  return theme.series[i % theme.series.length]!;
}
