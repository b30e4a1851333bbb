// SPDX-License-Identifier: MIT
import { cellCentre } from "@perigee/earth";
import { chooseRound, type Direction } from "@perigee/locate";
import { createFleetMotion, type FleetMotion, slotStartMs } from "@perigee/network";
import {
  createEphemeris,
  createPropagator,
  type Ephemeris,
  lookAnglesFrom,
  observerFrame,
  stateAt,
} from "@perigee/orbit";
import type { RangingVisit } from "@perigee/world";
import type { NetworkService } from "../network-service.ts";

/** Slots of a round, one satellite each: from four on all sides no bearing is left to who delays answers. */
export const ROUND_SLOTS = 4;
/** Questions of a slot, ms after its start. */
const QUESTIONS_MS = [0, 5_000, 10_000] as const;
/** Terminals are linked from this elevation on. */
const LEAST_ELEVATION_DEG = 25;
const LEAST_SINE_SQUARED = Math.sin((LEAST_ELEVATION_DEG * Math.PI) / 180) ** 2;

/** The questions of a round over one cell: a list for each of its slots, empty where no satellite stands there. */
export type RoundVisits = readonly (readonly RangingVisit[])[];

type Candidate = Direction & { readonly satellite: number };

/**
 * The satellites as rounds use them. A round begins with a slot whose number is a multiple of {@link ROUND_SLOTS}, and so
 * lies between two knots of the fleet's motion: however many cells are measured, SGP4 runs once a round.
 */
export class RoundSky {
  readonly #network: Pick<NetworkService, "constellation" | "outageAt">;
  #motion: { readonly of: unknown; readonly fleet: FleetMotion; readonly serves: Uint8Array } | null = null;
  /** The fleet at each question of the round. */
  #states: Ephemeris[] = [];
  #slot = Number.NaN;
  readonly #visits = new Map<string, RoundVisits>();

  constructor(network: Pick<NetworkService, "constellation" | "outageAt">) {
    this.#network = network;
  }

  /**
   * What a round asks that begins with a slot, where it is heard in a cell. Chosen for spread of azimuths over the cell's
   * middle: no position enters.
   */
  over(cell: string, fromSlot: number): RoundVisits {
    if (this.#slot !== fromSlot || this.#motion?.of !== this.#network.constellation) this.#move(fromSlot);
    const known = this.#visits.get(cell);
    if (known !== undefined) return known;
    const found = this.#choose(cell, fromSlot);
    this.#visits.set(cell, found);
    return found;
  }

  #move(fromSlot: number): void {
    const { constellation } = this.#network;
    if (this.#motion?.of !== constellation) {
      const { elements, shells, shellOf } = constellation;
      this.#motion = {
        of: constellation,
        fleet: createFleetMotion(createPropagator(elements)),
        serves: Uint8Array.from(shellOf, shell => (shells[shell]!.service === "broadband" ? 1 : 0)),
      };
      this.#states = Array.from({ length: ROUND_SLOTS * QUESTIONS_MS.length }, () =>
        createEphemeris(elements.length),
      );
    }
    for (const [k, states] of this.#states.entries())
      this.#motion.fleet.fleetAt(questionMs(fromSlot, k), states);
    this.#slot = fromSlot;
    this.#visits.clear();
  }

  #choose(cell: string, fromSlot: number): RoundVisits {
    const centre = { ...cellCentre(cell), altitudeKm: 0 };
    const slots = Array.from({ length: ROUND_SLOTS }, (_, slot) => this.#candidates(centre, fromSlot, slot));
    return chooseRound(slots).map((index, slot) => {
      const chosen = slots[slot]![index];
      if (chosen === undefined) return [];
      const { satellite } = chosen;
      return QUESTIONS_MS.map((_, question): RangingVisit => {
        const k = slot * QUESTIONS_MS.length + question;
        return { satellite, atMs: questionMs(fromSlot, k), state: stateAt(this.#states[k]!, satellite) };
      });
    });
  }

  /** Satellites that serve, work and stand high enough in the middle of a slot. */
  #candidates(at: { latDeg: number; lonDeg: number; altitudeKm: number }, fromSlot: number, slot: number) {
    const { serves } = this.#motion!;
    const middle = slot * QUESTIONS_MS.length + 1;
    const states = this.#states[middle]!;
    const broken = new Set(this.#network.outageAt(questionMs(fromSlot, middle))?.satellites);
    const frame = observerFrame(at);
    const { xKm: x, yKm: y, zKm: z, up: axis } = frame;
    const found: Candidate[] = [];
    const { count, xKm, yKm, zKm } = states;
    for (let i = 0; i < count; i++) {
      const dx = xKm[i]! - x;
      const dy = yKm[i]! - y;
      const dz = zKm[i]! - z;
      const up = dx * axis[0] + dy * axis[1] + dz * axis[2];
      // Most are below the horizon. Also false for who has no state: comparisons with NaN are.
      if (!(up > 0 && up * up >= LEAST_SINE_SQUARED * (dx * dx + dy * dy + dz * dz))) continue;
      if (serves[i] === 0 || broken.has(i)) continue;
      const { azimuthDeg, elevationDeg } = lookAnglesFrom(frame, stateAt(states, i));
      found.push({ satellite: i, azimuthDeg, elevationDeg });
    }
    return found;
  }
}

/** The instant of a round's k-th question, UTC ms. */
function questionMs(fromSlot: number, k: number): number {
  const slot = Math.floor(k / QUESTIONS_MS.length);
  return slotStartMs(fromSlot + slot) + QUESTIONS_MS[k % QUESTIONS_MS.length]!;
}
