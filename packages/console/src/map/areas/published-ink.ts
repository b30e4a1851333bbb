// SPDX-License-Identifier: MIT
import type { PublishedStateView } from "@perigee/operator/contract";
import type { Ink, Pattern } from "../cells/cell-ink.ts";
import type { Theme } from "../palette.ts";

export type PublishedStateName = PublishedStateView["state"];

/** What the map's four answers are called. */
export const PUBLISHED_WORDS: Record<PublishedStateName, string> = {
  served: "Service",
  inPart: "In part",
  notServed: "No service",
  notPublished: "Not published",
};

const COLOURS: Record<Theme, Record<PublishedStateName, string>> = {
  dark: { served: "#2bb5a0", inPart: "#f5c04e", notServed: "#8a9ab3", notPublished: "#c79bf7" },
  light: { served: "#12806c", inPart: "#a86a00", notServed: "#66758b", notPublished: "#6f3bb5" },
};
const PATTERNS: Record<PublishedStateName, Pattern> = {
  served: "plain",
  inPart: "diagonal",
  notServed: "cross",
  notPublished: "dots",
};
/** Most land may have no service: it must not be louder than what is served. */
const OPACITIES: Record<PublishedStateName, number> = {
  served: 0.62,
  inPart: 0.6,
  notServed: 0.24,
  notPublished: 0.6,
};

/** The look of a state; each has a pattern of its own, so that none is told by colour alone. */
export function publishedInk(theme: Theme, state: PublishedStateName): Ink {
  return { colour: COLOURS[theme][state], opacity: OPACITIES[state], pattern: PATTERNS[state] };
}
