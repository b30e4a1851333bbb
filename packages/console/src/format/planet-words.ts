// SPDX-License-Identifier: MIT
import type { PlanetCell, PlanetCellDetail } from "@perigee/operator/contract";
import type { TimeKind } from "../data/as-of.ts";
import type { CellReason } from "../data/planet.ts";

/** What a cell is, in two or three words. */
export const REASON_WORDS: Record<CellReason, string> = {
  served: "Served",
  noBeam: "Waiting for a beam",
  notPermitted: "Not permitted or sold out",
  noSatellite: "No satellite",
  geostationaryArc: "Geostationary arc",
  noRoute: "No way to the ground",
};

/** Why, in a sentence. */
export const REASON_SENTENCES: Record<CellReason, string> = {
  served: "A beam serves it.",
  noBeam: "Satellites see it, but their beams or colours are taken by other cells.",
  notPermitted: "The authority does not permit service here, or no more is sold.",
  noSatellite: "No satellite is high enough above it for the whole slot.",
  geostationaryArc: "Every satellite above it stands too near the geostationary arc.",
  noRoute: "No satellite above it has a way to its point of presence.",
};

export const BOTTLENECK_WORDS: Record<PlanetCell["bottleneck"], string> = {
  demand: "Nothing: all that is wanted is carried",
  unserved: "It has no beam",
  beam: "Its beam is full",
  satellite: "Its satellite is full",
  contact: "The gateway link is full",
  laser: "A laser is full",
  fibre: "The fibre is full",
};

export const PLANET_HOP_WORDS: Record<PlanetCellDetail["hops"][number]["kind"], string> = {
  up: "Up to",
  laser: "Laser to",
  down: "Down to",
  fibre: "Fibre to",
};

/** What a time bar says about the shown slot. */
export const TIME_WORDS: Record<TimeKind, string> = {
  live: "Live",
  recorded: "Past, as recorded",
  positions: "Past, positions only: no plan is kept",
  coming: "To come, positions only",
  outside: "Outside what is kept",
};
