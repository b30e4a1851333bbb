// SPDX-License-Identifier: MIT
// Which satellites ask terminals for their distance, and where those satellites are: a round of four slots, three questions
// each, the satellites on as many sides as there are.
import { cellCentre } from "@perigee/earth";
import { chooseRound, type Direction } from "@perigee/locate";
import {
  builtInElements,
  createPropagator,
  type EcefState,
  lookAnglesFrom,
  observerFrame,
  type Propagator,
  stateAt,
} from "@perigee/orbit";
import type { RangingVisit } from "@perigee/world";
import { hourMs, startMs } from "./calendar.ts";

const slotMs = 15_000;
const slots = 4;
const questionsMs = [0, 5_000, 10_000] as const;
const leastElevationDeg = 25;
/** From a round's first question to after its last. */
export const roundMs = slots * slotMs;

const middleOfRegion = observerFrame({ latDeg: 48.6, lonDeg: 37.9, altitudeKm: 0 });
/** As far from the middle as anybody is, a satellite above 25 degrees stands this high there at least. */
const leastInMiddleDeg = 15;

/** Satellites near the region at the instants of a round. */
type RoundStates = readonly (readonly { readonly satellite: number; readonly state: EcefState }[])[];

let fleet: Propagator | null = null;
const states = new Map<number, RoundStates>();
const visits = new Map<string, readonly RangingVisit[]>();

/** The questions of a round that begins at an instant, to devices in the beam of a cell. */
export function roundOver(cell: string, fromMs: number): readonly RangingVisit[] {
  const name = `${fromMs} ${cell}`;
  let found = visits.get(name);
  if (found === undefined) {
    found = choose(cell, fromMs);
    visits.set(name, found);
  }
  return found;
}

function choose(cell: string, fromMs: number): readonly RangingVisit[] {
  const round = statesOf(fromMs);
  const frame = observerFrame({ ...cellCentre(cell), altitudeKm: 0 });
  const candidates = Array.from({ length: slots }, (_, slot) => {
    const middle = round[slot * questionsMs.length + 1]!;
    return middle.flatMap(({ satellite, state }): (Direction & { readonly satellite: number })[] => {
      const { azimuthDeg, elevationDeg } = lookAnglesFrom(frame, state);
      return elevationDeg >= leastElevationDeg ? [{ satellite, azimuthDeg, elevationDeg }] : [];
    });
  });
  return chooseRound(candidates).flatMap((index, slot) => {
    const chosen = candidates[slot]![index];
    if (chosen === undefined) return [];
    return questionsMs.flatMap((laterMs, question): RangingVisit[] => {
      const at = round[slot * questionsMs.length + question]!;
      const seen = at.find(({ satellite }) => satellite === chosen.satellite);
      return seen === undefined ? [] : [{ ...seen, atMs: fromMs + slot * slotMs + laterMs }];
    });
  });
}

function statesOf(fromMs: number): RoundStates {
  let found = states.get(fromMs);
  if (found !== undefined) return found;
  const propagator = fleetOf();
  found = Array.from({ length: slots * questionsMs.length }, (_, k) => {
    const slot = Math.floor(k / questionsMs.length);
    const ephemeris = propagator.propagate(fromMs + slot * slotMs + questionsMs[k % questionsMs.length]!);
    return Array.from({ length: ephemeris.count }, (_, satellite) => ({
      satellite,
      state: stateAt(ephemeris, satellite),
    })).filter(({ state }) => lookAnglesFrom(middleOfRegion, state).elevationDeg >= leastInMiddleDeg);
  });
  states.set(fromMs, found);
  return found;
}

/** The broadband shells of the built-in constellation: patterns, dated to the story. */
function fleetOf(): Propagator {
  if (fleet === null) {
    const { elements, shells, shellOf } = builtInElements(startMs + 12 * hourMs);
    fleet = createPropagator(elements.filter((_, i) => shells[shellOf[i]!]!.service === "broadband"));
  }
  return fleet;
}
