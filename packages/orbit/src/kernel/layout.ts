// SPDX-License-Identifier: MIT
import { COLUMNS } from "./formulas.ts";

/** Satellites of one tile: the kernel takes two pairs at a time. */
export const TILE = 4;
/** Numbers of one tile: every column of its four satellites, one after the other. */
export const TILE_NUMBERS = TILE * COLUMNS.length;
/** Numbers of one tile of epochs: four days and four times of day, milliseconds. */
export const EPOCH_NUMBERS = 2 * TILE;
/** Numbers of one instant: the time, the frame's turn and its rate. */
export const INSTANT_NUMBERS = 3;
/** x, y, z (km), vx, vy, vz (km/s). */
export const AXES = 6;

/**
 * Where a fleet's numbers lie in one memory, as indices of doubles (`errors`: of bytes).
 *
 * - `columns`: tile by tile, {@link TILE_NUMBERS} each: constants of SGP4.
 * - `epochs`: tile by tile, {@link EPOCH_NUMBERS} each; then one tile of zeros, for minutes since each epoch.
 * - `instants`: {@link INSTANT_NUMBERS} each.
 * - `states`: `[instant][axis][satellite]`, `stride` numbers per axis.
 * - `errors`: `[instant][satellite]`, `stride` bytes per instant.
 */
export interface Layout {
  readonly count: number;
  /** `count` made up to whole tiles. */
  readonly stride: number;
  /** Instants that have room. */
  readonly capacity: number;
  readonly columns: number;
  readonly epochs: number;
  readonly noEpoch: number;
  readonly instants: number;
  readonly states: number;
  readonly errors: number;
  readonly bytes: number;
}

/** What one 32-bit memory can hold, bytes: 4 GiB. */
const MAX_BYTES = 2 ** 32;

/**
 * Lays out `count` satellites and `capacity` instants behind `reservedBytes`; the instants once for each of `parts`
 * that compute at the same time (see {@link layoutOfPart}). Throws RangeError above 4 GiB.
 */
export function layoutOf(count: number, capacity: number, reservedBytes: number, parts = 1): Layout {
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new RangeError(`room for ${capacity} instants: it must be a whole number from 1`);
  const tiles = Math.ceil(count / TILE);
  const stride = tiles * TILE;
  const columns = reservedBytes / 8;
  const epochs = columns + tiles * TILE_NUMBERS;
  const noEpoch = epochs + tiles * EPOCH_NUMBERS;
  const instants = noEpoch + EPOCH_NUMBERS;
  const states = instants + parts * capacity * INSTANT_NUMBERS;
  const errors = (states + capacity * AXES * stride) * 8;
  const bytes = Math.ceil((errors + capacity * stride) / 8) * 8;
  if (bytes > MAX_BYTES)
    throw new RangeError(
      `${count} satellites at ${capacity} instants need ${Math.ceil(bytes / 2 ** 20)} MiB, and 4,096 is the most`,
    );
  return { count, stride, capacity, columns, epochs, noEpoch, instants, states, errors, bytes };
}

/** The layout as part number `part` sees it, with instants that no other part writes. */
export function layoutOfPart(layout: Layout, part: number): Layout {
  return { ...layout, instants: layout.instants + part * layout.capacity * INSTANT_NUMBERS };
}
