// SPDX-License-Identifier: MIT

/** Rows and columns of the map on the wire. */
export const MAP_SIDE = 123;
/** Angle from the zenith at the rim of the map, degrees, and the elevation there. */
export const MAP_MAX_THETA_DEG = 80;
export const MAP_MIN_ELEVATION_DEG = 90 - MAP_MAX_THETA_DEG;

const CENTRE = (MAP_SIDE - 1) / 2;
const DEG = Math.PI / 180;
/** An obstruction of at least this many seconds is prolonged: this project's choice. */
const PROLONGED_S = 2;
/** Looking after which averages of prolonged obstructions are called valid, seconds: this project's choice. */
const AVERAGES_VALID_S = 4 * 3600;

/** What `get_status` says about obstructions. Shares are 0 to 1. */
export interface ObstructionSummary {
  /** Share of the sky seen so far that is obstructed. */
  readonly skyShare: number;
  /** Share of the time of looking in which the satellite was obstructed. */
  readonly timeShare: number;
  /** Seconds of looking since the map was cleared. */
  readonly validS: number;
  /** Patches of the sky with data. */
  readonly patches: number;
  readonly prolongedDurationS: number;
  /** Mean time between prolonged obstructions; NaN: there was none, as real terminals report it. */
  readonly prolongedIntervalS: number;
  readonly prolongedValid: boolean;
}

/**
 * The patch of the sky in which a direction lies: an azimuthal-equidistant view from below, zenith in the middle,
 * north at the first row, east at the last column.
 *
 * @returns index in the row-major map; -1: below the rim
 */
export function patchOf(azimuthDeg: number, elevationDeg: number): number {
  const radius = ((90 - elevationDeg) / MAP_MAX_THETA_DEG) * CENTRE;
  if (!(radius <= CENTRE)) return -1;
  const row = Math.round(CENTRE - radius * Math.cos(azimuthDeg * DEG));
  const column = Math.round(CENTRE + radius * Math.sin(azimuthDeg * DEG));
  return row * MAP_SIDE + column;
}

/**
 * What a terminal has learnt of its horizon by following satellites: nothing where none has passed.
 *
 * A patch is one byte: how often its satellite was heard and how often not, four bits each, both halved when one is
 * full. So the map follows a tree that was felled, needs 15 kB and stays deterministic.
 */
export class ObstructionMap {
  readonly #patches = new Uint8Array(MAP_SIDE * MAP_SIDE);
  /** Patches with data, and the sum of their obstructed shares. */
  #seen = 0;
  #blockedSum = 0;
  #validS = 0;
  #obstructedS = 0;
  /** Length of the obstruction that goes on, seconds. */
  #runS = 0;
  #prolonged = 0;
  #prolongedS = 0;
  /** When it was last cleared on request, UTC milliseconds; null: never. */
  clearedMs: number | null = null;

  /** Enters a second in which the terminal looked at a satellite. Angles in degrees. */
  look(azimuthDeg: number, elevationDeg: number, obstructed: boolean): void {
    this.#validS += 1;
    if (obstructed) this.#blocked();
    else this.#runS = 0;
    const patch = patchOf(azimuthDeg, elevationDeg);
    if (patch < 0) return;
    const before = this.#patches[patch]!;
    let clear = before >> 4;
    let blocked = before & 15;
    if (obstructed ? blocked === 15 : clear === 15) {
      clear >>= 1;
      blocked >>= 1;
    }
    const after = obstructed ? (clear << 4) | (blocked + 1) : ((clear + 1) << 4) | blocked;
    this.#patches[patch] = after;
    if (before === 0) this.#seen += 1;
    this.#blockedSum += blockedShare(after) - blockedShare(before);
  }

  /** Row-major, {@link MAP_SIDE} squared: -1 no data, 0 never heard, 1 always heard. */
  values(): Float32Array {
    const values = new Float32Array(MAP_SIDE * MAP_SIDE);
    for (let i = 0; i < values.length; i++) {
      const clear = this.#patches[i]! >> 4;
      const seen = clear + (this.#patches[i]! & 15);
      values[i] = seen === 0 ? -1 : clear / seen;
    }
    return values;
  }

  summary(): ObstructionSummary {
    return {
      skyShare: this.skyShare,
      timeShare: this.timeShare,
      validS: this.#validS,
      patches: this.#seen,
      prolongedDurationS: this.#prolonged === 0 ? 0 : this.#prolongedS / this.#prolonged,
      prolongedIntervalS: this.#prolonged === 0 ? Number.NaN : this.#validS / this.#prolonged,
      prolongedValid: this.#validS >= AVERAGES_VALID_S,
    };
  }

  /** Share of the sky seen so far that is obstructed, 0 to 1. */
  get skyShare(): number {
    // The sum is kept by differences and may miss zero by a rounding.
    return this.#seen === 0 ? 0 : Math.max(this.#blockedSum / this.#seen, 0);
  }

  /** Seconds of looking since the map was cleared. */
  get validS(): number {
    return this.#validS;
  }

  /** Share of the time of looking in which the satellite was obstructed, 0 to 1. */
  get timeShare(): number {
    return this.#validS === 0 ? 0 : this.#obstructedS / this.#validS;
  }

  /** Forgets everything. */
  clear(atMs: number): void {
    this.#patches.fill(0);
    this.#seen = 0;
    this.#blockedSum = 0;
    this.#validS = 0;
    this.#obstructedS = 0;
    this.#runS = 0;
    this.#prolonged = 0;
    this.#prolongedS = 0;
    this.clearedMs = atMs;
  }

  #blocked(): void {
    this.#obstructedS += 1;
    this.#runS += 1;
    if (this.#runS < PROLONGED_S) return;
    if (this.#runS === PROLONGED_S) this.#prolonged += 1;
    this.#prolongedS += this.#runS === PROLONGED_S ? PROLONGED_S : 1;
  }
}

/** Share of the looks at a patch in which nothing was heard; 0 where there was none. */
function blockedShare(patch: number): number {
  return patch === 0 ? 0 : (patch & 15) / ((patch >> 4) + (patch & 15));
}
