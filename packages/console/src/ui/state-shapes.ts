// SPDX-License-Identifier: MIT
import type { Outcome } from "@perigee/operator/contract";

/** How an outcome looks, in tables and on the map alike: a shape first, a colour second. */
export interface StateShape {
  /** SVG path in a 16 × 16 box. */
  readonly path: string;
  readonly filled: boolean;
  /** Name of the colour token. */
  readonly tone: "ok" | "warn" | "bad" | "mute";
}

/** Shape per outcome; `unknown` stands for a terminal that was never admitted or refused. */
export const STATE_SHAPES: Record<Outcome | "unknown", StateShape> = {
  allow: { path: "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10z", filled: true, tone: "ok" },
  provisional: { path: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z", filled: false, tone: "ok" },
  restricted: { path: "M8 2.5L13.8 13H2.2z", filled: true, tone: "warn" },
  deny: { path: "M4 4L12 12M12 4L4 12", filled: false, tone: "bad" },
  txOff: { path: "M8 2.5L13.5 8L8 13.5L2.5 8z", filled: false, tone: "bad" },
  unknown: { path: "M4 8H12", filled: false, tone: "mute" },
};

/** Shapes of fixed things on the ground. */
export const GROUND_SHAPES = {
  gateway: "M8 2.5L14 13.5H2z",
  pop: "M3.5 3.5H12.5V12.5H3.5z",
} as const;
