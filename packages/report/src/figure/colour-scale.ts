// SPDX-License-Identifier: MIT
import type { ColourScaleOptions, ThemeName } from "./figure.ts";
import { domainOf, scaleOf } from "./scale.ts";
import type { Tick } from "./ticks.ts";

/** Steps of a colour scale: more than an eye tells apart, few enough for small files. */
export const COLOUR_STEPS = 48;

/**
 * Stops of viridis (S. van der Walt and N. Smith, 2015, CC0): even in lightness, readable in grey and with every
 * common form of colour blindness.
 */
const VIRIDIS = [
  "#440154",
  "#482878",
  "#3e4989",
  "#31688e",
  "#26828e",
  "#1f9e89",
  "#35b779",
  "#6ece58",
  "#b5de2b",
  "#fde725",
];
/** Blue to orange, the pair that all common forms of colour blindness keep apart; lightest, or on dark darkest, midway. */
const DIVERGING: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ["#08306b", "#2f6fae", "#8ab8dc", "#f1f1ee", "#f3b27a", "#d0661f", "#7a3008"],
  dark: ["#a9d3f5", "#4f9bd9", "#2b5f8f", "#2b2f36", "#8f5524", "#db8637", "#ffd2a1"],
};

export interface ColourScale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** From the lowest value to the highest, {@link COLOUR_STEPS} of them. */
  readonly colours: readonly string[];
  /** 1 + index of a value's colour, 0 for NaN; values outside the range take its ends. */
  level(value: number): number;
  /** Where a value lies between the ends, 0 to 1. */
  share(value: number): number;
}

/**
 * How values become colours. A sequential scale starts near the background and ends far from it, on light and dark alike.
 *
 * @throws RangeError when min is not below max, or a logarithmic scale would reach 0.
 */
export function colourScale(
  options: ColourScaleOptions,
  data: readonly [number, number] | null,
  theme: ThemeName,
): ColourScale {
  const { palette = "sequential", scale: kind = "linear", middle = 0 } = options;
  let range = data;
  if (palette === "diverging" && range !== null) {
    const reach = Math.max(Math.abs(range[0] - middle), Math.abs(range[1] - middle)) || 1;
    range = [middle - reach, middle + reach];
  }
  const domain = domainOf({ ...options, scale: kind }, range, 6);
  const scale = scaleOf(kind, domain, [0, 1], 6);
  const share = (value: number): number => {
    if (kind === "log" && value <= 0) return 0;
    if (palette !== "diverging" || !(domain[0] < middle && middle < domain[1]))
      return Math.min(1, Math.max(0, scale.at(value)));
    const half =
      value < middle
        ? (0.5 * (value - domain[0])) / (middle - domain[0])
        : 0.5 + (0.5 * (value - middle)) / (domain[1] - middle);
    return Math.min(1, Math.max(0, half));
  };
  const stops =
    palette === "diverging" ? DIVERGING[theme] : theme === "dark" ? VIRIDIS : [...VIRIDIS].reverse();
  const colours = Array.from({ length: COLOUR_STEPS }, (_, i) => mixed(stops, (i + 0.5) / COLOUR_STEPS));
  return {
    min: domain[0],
    max: domain[1],
    ticks: scale.ticks,
    colours,
    share,
    level: value =>
      Number.isNaN(value) ? 0 : 1 + Math.min(COLOUR_STEPS - 1, Math.floor(share(value) * COLOUR_STEPS)),
  };
}

function mixed(stops: readonly string[], share: number): string {
  const place = share * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(place));
  const from = Number.parseInt(stops[i]!.slice(1), 16);
  const to = Number.parseInt(stops[i + 1]!.slice(1), 16);
  let rgb = 0;
  for (const shift of [16, 8, 0]) {
    const a = (from >> shift) & 255;
    rgb = (rgb << 8) | Math.round(a + (((to >> shift) & 255) - a) * (place - i));
  }
  return `#${rgb.toString(16).padStart(6, "0")}`;
}
