// SPDX-License-Identifier: MIT
import { createEphemeris, type ObserverFrame, observerFrame } from "@perigee/orbit";
import type { FleetMotion, FleetState } from "../fleet-motion.ts";
import { slotAt } from "../slot.ts";
import { createSky, skyOf } from "../visibility.ts";
import { MAP_SIDE, type ServingRecord } from "./serving-record.ts";

/** A dish on the ground. */
export interface Observer {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly heightM: number;
}

/** What a dish saw in one slot, at some instants, and every satellite that stood in its sky then. */
export interface SlotTrack {
  readonly slot: number;
  /** Pixels from the map's middle, right and down; one per instant. */
  readonly dx: readonly number[];
  readonly dy: readonly number[];
  /** Unit vectors east, north, up per instant, three numbers each. */
  readonly candidates: readonly { readonly satellite: number; readonly enu: Float64Array }[];
}

/** Tracks are compared at this many instants of a slot. */
const INSTANTS = 3;
/** Slots with fewer seconds recorded are left out. */
const LEAST_SECONDS = 11;
/** Satellites lower than this cannot serve, whatever the filings. */
const LEAST_ELEVATION_DEG = 20;

/** The slots of a record that are nearly whole, each with the satellites in view. `every` takes each n-th only. */
export function slotTracks(
  record: ServingRecord,
  observer: Observer,
  motion: FleetMotion,
  satellites: number,
  every = 1,
): SlotTrack[] {
  const frame = observerFrame({
    latDeg: observer.latDeg,
    lonDeg: observer.lonDeg,
    altitudeKm: observer.heightM / 1000,
  });
  const fleet = createEphemeris(satellites);
  const sky = createSky(satellites);
  const usable = new Uint8Array(satellites);
  const rowsOf = new Map<number, number[]>();
  for (let i = 0; i < record.atMs.length; i++) {
    const slot = slotAt(record.atMs[i]!);
    const rows = rowsOf.get(slot);
    if (rows === undefined) rowsOf.set(slot, [i]);
    else rows.push(i);
  }
  return [...rowsOf]
    .filter(([, rows]) => rows.length >= LEAST_SECONDS)
    .filter((_, k) => k % every === 0)
    .map(([slot, rows]): SlotTrack => {
      // The second at the edge may still show the satellite before.
      const at = Array.from(
        { length: INSTANTS },
        (_, k) => rows[1 + Math.round((k * (rows.length - 3)) / (INSTANTS - 1))]!,
      );
      const seen = new Map<number, Float64Array>();
      at.forEach((row, k) => {
        motion.fleetAt(record.atMs[row]!, fleet);
        for (let i = 0; i < satellites; i++) usable[i] = fleet.error[i] === 0 ? 1 : 0;
        skyOf(frame, fleet, usable, LEAST_ELEVATION_DEG, sky);
        for (const i of sky.satellite.subarray(0, sky.count)) {
          if (k > 0 && !seen.has(i)) continue;
          const enu = seen.get(i) ?? new Float64Array(3 * INSTANTS).fill(Number.NaN);
          seen.set(i, enu);
          directionTo(frame, fleet, i, enu, 3 * k);
        }
      });
      const middle = (MAP_SIDE - 1) / 2;
      return {
        slot,
        dx: at.map(row => record.x[row]! - middle),
        dy: at.map(row => record.y[row]! - middle),
        candidates: [...seen]
          .filter(([, enu]) => enu.every(Number.isFinite))
          .map(([satellite, enu]) => ({ satellite, enu })),
      };
    });
}

function directionTo(
  frame: ObserverFrame,
  fleet: FleetState,
  i: number,
  out: Float64Array,
  offset: number,
): void {
  const { east, north, up } = frame;
  const x = fleet.xKm[i]! - frame.xKm;
  const y = fleet.yKm[i]! - frame.yKm;
  const z = fleet.zKm[i]! - frame.zKm;
  const range = Math.hypot(x, y, z);
  out[offset] = (east[0] * x + east[1] * y) / range;
  out[offset + 1] = (north[0] * x + north[1] * y + north[2] * z) / range;
  out[offset + 2] = (up[0] * x + up[1] * y + up[2] * z) / range;
}
