// SPDX-License-Identifier: MIT
import type { Ink, Pattern } from "./cell-ink.ts";

/** The shader's strokes in a 16 × 16 box. */
const STROKES: Record<Pattern, string> = {
  plain: "",
  diagonal: "M-1 6L6 -1M-1 12L12 -1M-1 18L18 -1M5 18L18 5M11 18L18 11",
  dots: "M4 4h.01M8 4h.01M12 4h.01M4 8h.01M8 8h.01M12 8h.01M4 12h.01M8 12h.01M12 12h.01",
  lines: "M0 4H16M0 8H16M0 12H16",
  cross: "M-1 6L6 -1M-1 14L14 -1M4 17L17 4M-1 10L7 18M-1 2L14 17M6 -1L17 10",
  bars: "M4 0V16M8 0V16M12 0V16",
};

/** A small hexagon that looks as a cell does on the map. */
export function CellSwatch({ ink }: { ink: Ink }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className="cell-swatch">
      <rect
        width="16"
        height="16"
        fill={ink.colour}
        opacity={ink.pattern === "plain" ? ink.opacity : ink.opacity * 0.5}
      />
      <path
        d={STROKES[ink.pattern]}
        stroke={ink.colour}
        strokeWidth={ink.pattern === "dots" ? 2.2 : 1.6}
        strokeLinecap="round"
        fill="none"
      />
      <path d="M8 0.8L14.4 4.4V11.6L8 15.2L1.6 11.6V4.4z" fill="none" stroke={ink.colour} />
    </svg>
  );
}
