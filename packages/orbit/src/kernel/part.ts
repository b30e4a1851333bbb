// SPDX-License-Identifier: MIT
import { type SatRec, sgp4 } from "satellite.js";
import type { Elements } from "../elements.ts";
import { EARTH_RATE_RAD_S, gmstRad } from "../frames.ts";
import { minutesSinceEpoch, satrecOf } from "../satrec.ts";
import { constantsOf } from "./columns.ts";
import { COLUMNS } from "./formulas.ts";
import { AXES, EPOCH_NUMBERS, INSTANT_NUMBERS, type Layout, TILE, TILE_NUMBERS } from "./layout.ts";
import { scalarStates } from "./near-earth-scalar.ts";
import type { WasmStates } from "./wasm.ts";

/** `ecef`: Earth-fixed, velocity relative to the ground. `teme`: as SGP4 gives it. */
export type Frame = "ecef" | "teme";

/** What near-earth satellites are computed with. */
export type KernelName = "f64x2" | "typescript" | "satellite.js";

/** Instants to compute: UTC milliseconds, or minutes after each satellite's own epoch (then in TEME). */
export interface Job {
  readonly instants: ArrayLike<number>;
  readonly clock: "utc" | "sinceEpoch";
  readonly frame: Frame;
}

/** Satellites in one go over all instants: their constants, 35 kB, stay in the first cache. */
const BLOCK = 256;
const MINUTES_PER_MS = 1 / 60_000;
/** Satellites `from` to `from + elements.length` of a fleet whose numbers lie in `memory`. */
export interface Part {
  /** How many of them the kernel always leaves to the full model. */
  readonly fullModelCount: number;
  /** Computes all of them at all instants of the job. */
  run(job: Job): void;
  /** Writes the instants of a job, and computes satellite `index` of the fleet alone. */
  runOne(index: number, job: Job): void;
}

/**
 * Prepares a part of a fleet, and writes its constants. `from` must be a multiple of four. The kernel computes what
 * it vouches for and leaves NaN elsewhere; there the full model of satellite.js gives the state or the error code.
 */
export function createPart(
  elements: readonly Elements[],
  from: number,
  layout: Layout,
  memory: ArrayBuffer | SharedArrayBuffer,
  wasm: WasmStates | undefined,
  fullModelOnly = false,
): Part {
  const numbers = new Float64Array(memory, 0, Math.floor(memory.byteLength / 8));
  const errors = new Uint8Array(memory, layout.errors, layout.capacity * layout.stride);
  const { stride } = layout;
  const to = from + elements.length;
  const padded = Math.ceil(to / TILE) * TILE;
  const fullModelCount = writeConstants(elements, from, layout, numbers, fullModelOnly);

  function writeInstants({ instants, clock, frame }: Job): void {
    if (instants.length > layout.capacity)
      throw new RangeError(`${instants.length} instants, and there is room for ${layout.capacity}`);
    for (let k = 0; k < instants.length; k++) {
      const at = instants[k]!;
      const turning = frame === "ecef" && clock === "utc";
      const place = layout.instants + INSTANT_NUMBERS * k;
      numbers[place] = at;
      numbers[place + 1] = turning ? gmstRad(at) : 0;
      numbers[place + 2] = turning ? EARTH_RATE_RAD_S : 0;
    }
  }

  /** The kernel, over satellites `first` to `last`; whether it declined anywhere. */
  function kernel(job: Job, first: number, last: number, withWasm: WasmStates | undefined): boolean {
    const utc = job.clock === "utc";
    const epochTile = utc ? EPOCH_NUMBERS : 0;
    const epochPlace = utc ? layout.epochs : layout.noEpoch;
    const scale = utc ? MINUTES_PER_MS : 1;
    const times = job.instants.length;
    const { columns, instants, states } = layout;
    if (withWasm === undefined)
      return scalarStates(
        ...[numbers, columns, epochPlace, epochTile, instants, times, first, last, scale, states, stride],
      );
    return (
      withWasm(
        ...[columns * 8, epochPlace * 8, epochTile * 8, instants * 8, times],
        ...[first, last, scale, states * 8, stride * 8],
      ) !== 0
    );
  }

  /** Answers with the full model wherever the kernel left NaN, and writes the error codes. */
  function complete(job: Job, first: number, last: number): void {
    for (let k = 0; k < job.instants.length; k++) {
      const row = layout.states + AXES * k * stride;
      for (let i = first; i < last; i++) {
        if (Number.isNaN(numbers[row + i]!)) errors[k * stride + i] = fullModel(job, k, i, row + i);
      }
    }
  }

  function fullModel({ instants, clock, frame }: Job, k: number, i: number, place: number): number {
    const set = elements[i - from]!;
    const record: SatRec = satrecOf(set);
    const at = instants[k]!;
    const answer = sgp4(record, clock === "utc" ? minutesSinceEpoch(set, at) : at);
    if (answer === null) {
      for (let axis = 0; axis < AXES; axis++) numbers[place + axis * stride] = Number.NaN;
      return record.error;
    }
    const { position: r, velocity: v } = answer;
    const turning = frame === "ecef" && clock === "utc";
    const gmst = turning ? gmstRad(at) : 0;
    const rate = turning ? EARTH_RATE_RAD_S : 0;
    const c = Math.cos(gmst);
    const s = Math.sin(gmst);
    // The same turn as `temeToEcef`, without its object; by 0 it changes nothing.
    const x = c * r.x + s * r.y;
    const y = c * r.y - s * r.x;
    numbers[place] = x;
    numbers[place + stride] = y;
    numbers[place + 2 * stride] = r.z;
    numbers[place + 3 * stride] = c * v.x + s * v.y + rate * y;
    numbers[place + 4 * stride] = c * v.y - s * v.x - rate * x;
    numbers[place + 5 * stride] = v.z;
    return 0;
  }

  return {
    fullModelCount,
    run(job) {
      writeInstants(job);
      for (let k = 0; k < job.instants.length; k++) errors.fill(0, k * stride + from, k * stride + padded);
      for (let first = from; first < to; first += BLOCK) {
        if (kernel(job, first, Math.min(first + BLOCK, padded), wasm))
          complete(job, first, Math.min(first + BLOCK, to));
      }
    },
    runOne(index, job) {
      writeInstants(job);
      for (let k = 0; k < job.instants.length; k++) errors[k * stride + index] = 0;
      if (kernel(job, index, index + 1, undefined)) complete(job, index, index + 1);
    },
  };
}

/** Fills the tiles, the last one up with its last satellite. Returns how many satellites the kernel cannot serve. */
function writeConstants(
  elements: readonly Elements[],
  from: number,
  layout: Layout,
  numbers: Float64Array,
  fullModelOnly: boolean,
): number {
  const padded = Math.ceil(elements.length / TILE) * TILE;
  let fullModelCount = 0;
  for (let k = 0; k < padded; k++) {
    const set = elements[Math.min(k, elements.length - 1)]!;
    const constants = constantsOf(satrecOf(set));
    const served = constants.e2limit > 0 && !fullModelOnly;
    if (!served && k < elements.length) fullModelCount += 1;
    const tile = (from + k) >> 2;
    const lane = (from + k) & 3;
    const place = layout.columns + tile * TILE_NUMBERS + lane;
    for (let j = 0; j < COLUMNS.length; j++) numbers[place + TILE * j] = served ? constants[COLUMNS[j]!] : 0;
    const epoch = layout.epochs + tile * EPOCH_NUMBERS + lane;
    numbers[epoch] = set.epochDayMs;
    numbers[epoch + TILE] = set.epochMsOfDay;
  }
  return fullModelCount;
}
