// SPDX-License-Identifier: MIT
import type { BeamPolicy } from "../policy.ts";
import type { BeamSatellites } from "./beam-satellites.ts";
import { type CellGroups, PLACE } from "./cell-groups.ts";
import type { SkyIndex } from "./sky-index.ts";
import { AT, type SlotFleet } from "./slot-fleet.ts";

const DEG = Math.PI / 180;
/** Numbers per beam in `cone`: its middle at the slot's start and end (unit vectors), cosine and sine of its radius. */
const CONE = 8;
/** Cones are kept in single precision: more than its error in a cosine. */
const SINGLE = 4e-7;

/** Cones with a radius of which this is the cosine (37 degrees) are too wide to add up; their cells are compared. */
const WIDE = 0.8;

/** Why no beam was opened; see {@link BeamRows.open}. */
export const NO_BEAM = -1;
export const NO_COLOUR = -2;

/** What a beam is for; the least is served first. */
export const BUSY = 0;
export const IDLE = 1;
export const EXTRA = 2;

/**
 * The beams of all satellites while a plan is made. Satellites that may be needed have a row of as many beams as they
 * can form; `used[i]` of them are open. Every beam keeps the rule for colours of `cell-plan.ts`.
 */
export interface BeamRows {
  /** Index of the first beam of satellite i's row; -1: it has no row. */
  readonly row: Int32Array;
  readonly used: Uint16Array;
  /** Per beam: satellite, colour, kind, cells. */
  readonly satellite: Int32Array;
  readonly colour: Uint8Array;
  readonly kind: Uint8Array;
  readonly cellCount: Uint8Array;
  /** Cells of beam b: `cells[b * cellsPerBeam]` and on. */
  readonly cells: Int32Array;
  /** Room for its place in the finished plan. */
  readonly rank: Int32Array;
  /**
   * Opens a beam; {@link NO_BEAM} where the satellite has none left or no colour outside `forbidden` (bits) is free,
   * {@link NO_COLOUR} where none is free at all: a lasting obstacle as long as no beam is closed.
   */
  open(satellite: number, cells: Int32Array, count: number, kind: number, forbidden: number): number;
  /** Opens a beam with a given colour that is known to keep the rules. */
  reopen(satellite: number, cells: Int32Array, count: number, kind: number, colour: number): number;
  /** Looks at which colours the beams of a satellite leave to a cell, for {@link BeamRows.admits}. */
  consider(satellite: number, cell: number): void;
  /** Whether a beam of the satellite last considered may serve the cell last considered too, in its colour. */
  admits(beam: number): boolean;
  /** A colour that no beam of the satellite has; -1: each is in use. */
  unusedColour(satellite: number): number;
  /** Lets a beam serve one more cell, which it admits, or in a colour that is unused. */
  join(beam: number, cell: number, colour: number): void;
  /** Takes a cell out of a beam. One without cells denies no colour, and may be opened again. */
  leave(beam: number, cell: number): void;
}

/** Memory for beams that one plan after another uses: what a beam holds is written when it is opened. */
export interface BeamPool {
  satellite: Int32Array;
  colour: Uint8Array;
  kind: Uint8Array;
  cellCount: Uint8Array;
  cells: Int32Array;
  cone: Float32Array;
  rank: Int32Array;
}

/** Memory for as many beams; {@link createBeamRows} makes it larger where it has to. */
export function createBeamPool(beams: number, cellsPerBeam: number): BeamPool {
  return {
    satellite: new Int32Array(beams),
    colour: new Uint8Array(beams),
    kind: new Uint8Array(beams),
    cellCount: new Uint8Array(beams),
    cells: new Int32Array(beams * cellsPerBeam),
    cone: new Float32Array(beams * CONE),
    rank: new Int32Array(beams),
  };
}

/**
 * Empty rows for the satellites in view, and for those named. A row has as many beams as the satellite can form, or
 * fewer where the cells in its view cannot take as many; satellites that are named have all.
 */
export function createBeamRows(
  groups: CellGroups,
  fleet: SlotFleet,
  satellites: BeamSatellites,
  policy: BeamPolicy,
  pool: BeamPool,
  sky: SkyIndex,
  named: Int32Array,
): BeamRows {
  const { cellsPerBeam, colours } = policy;
  const { place } = groups;
  const { at } = fleet;
  const row = new Int32Array(fleet.count).fill(-1);
  /** Beams of each row. */
  const room = new Uint16Array(fleet.count);
  let size = 0;
  for (const i of named) {
    if (row[i] !== -1) continue;
    row[i] = size;
    room[i] = satellites.beams[i]!;
    size += room[i]!;
  }
  const most = beamsInView(groups, sky, fleet.count, policy.beamsPerCell);
  for (let i = 0; i < fleet.count; i++) {
    if (row[i] !== -1 || most[i] === 0) continue;
    row[i] = size;
    room[i] = Math.min(satellites.beams[i]!, most[i]!);
    size += room[i]!;
  }
  const used = new Uint16Array(fleet.count);
  // An eighth more, so that it need not grow again for a few.
  if (pool.satellite.length < size) Object.assign(pool, createBeamPool(size + (size >> 3), cellsPerBeam));
  const { satellite, colour, kind, cellCount, cells, cone, rank } = pool;
  const separation = policy.sameColourSeparationDeg * DEG;
  const cosApart = Math.cos(separation);
  const sinApart = Math.sin(separation);
  const allColours = (1 << colours) - 1;
  /** Directions from the satellite to cells in question: start and end, six numbers each. */
  const ray = new Float64Array(6 * cellsPerBeam);
  const other = new Float64Array(6 * cellsPerBeam);
  const middle = new Float64Array(CONE);
  const single = new Int32Array(1);

  function aim(i: number, list: Int32Array, from: number, count: number, out: Float64Array): void {
    for (let instant = 0; instant < 2; instant++) {
      const o = AT * i + 3 * instant;
      for (let k = 0; k < count; k++) {
        const p = PLACE * list[from + k]! + 3;
        const x = place[p]! - at[o]!;
        const y = place[p + 1]! - at[o + 1]!;
        const z = place[p + 2]! - at[o + 2]!;
        const scale = 1 / Math.sqrt(x * x + y * y + z * z);
        const r = 6 * k + 3 * instant;
        out[r] = x * scale;
        out[r + 1] = y * scale;
        out[r + 2] = z * scale;
      }
    }
  }

  /** Encloses the first `count` rays in a cone at each instant; one radius serves for both. */
  function enclose(count: number): void {
    let least = 1;
    for (let instant = 0; instant < 6; instant += 3) {
      let x = 0;
      let y = 0;
      let z = 0;
      for (let r = instant; r < 6 * count; r += 6) {
        x += ray[r]!;
        y += ray[r + 1]!;
        z += ray[r + 2]!;
      }
      const scale = 1 / Math.sqrt(x * x + y * y + z * z);
      middle[instant] = x * scale;
      middle[instant + 1] = y * scale;
      middle[instant + 2] = z * scale;
      for (let r = instant; r < 6 * count; r += 6) {
        const dot = (ray[r]! * x + ray[r + 1]! * y + ray[r + 2]! * z) * scale;
        if (dot < least) least = dot;
      }
    }
    middle[6] = least;
    middle[7] = Math.sqrt(Math.max(0, 1 - least * least));
  }

  /** Whether all of the first `count` rays are far enough from all cells of a beam of satellite i. */
  function apart(i: number, count: number, beam: number): boolean {
    const n = cellCount[beam]!;
    aim(i, cells, beam * cellsPerBeam, n, other);
    for (let r = 0; r < 6 * count; r += 3) {
      for (let s = r % 6; s < 6 * n; s += 6) {
        if (ray[r]! * other[s]! + ray[r + 1]! * other[s + 1]! + ray[r + 2]! * other[s + 2]! > cosApart)
          return false;
      }
    }
    return true;
  }

  /** Whether the cone enclosed last is far enough from a beam's: both radii and the separation apart. May doubt in vain. */
  function surelyApart(beam: number): boolean {
    const c = CONE * beam;
    if (middle[6]! < WIDE || cone[c + 6]! < WIDE) return false;
    const cosNear = cosApart * middle[6]! - sinApart * middle[7]!;
    const sinNear = sinApart * middle[6]! + cosApart * middle[7]!;
    const limit = cosNear * cone[c + 6]! - sinNear * cone[c + 7]! - SINGLE;
    const start = middle[0]! * cone[c]! + middle[1]! * cone[c + 1]! + middle[2]! * cone[c + 2]!;
    const end = middle[3]! * cone[c + 3]! + middle[4]! * cone[c + 4]! + middle[5]! * cone[c + 5]!;
    return start <= limit && end <= limit;
  }

  /** Whether the middles are so near at one instant that all cells are: within the separation less both radii. */
  function surelyNear(beam: number): boolean {
    const c = CONE * beam;
    const cosBoth = middle[6]! * cone[c + 6]! - middle[7]! * cone[c + 7]!;
    const sinBoth = middle[7]! * cone[c + 6]! + middle[6]! * cone[c + 7]!;
    // Where both radii are wider than the separation there is no such distance.
    if (!(cosBoth > cosApart && sinBoth >= 0)) return false;
    const limit = cosApart * cosBoth + sinApart * sinBoth + SINGLE;
    const start = middle[0]! * cone[c]! + middle[1]! * cone[c + 1]! + middle[2]! * cone[c + 2]!;
    const end = middle[3]! * cone[c + 3]! + middle[4]! * cone[c + 4]! + middle[5]! * cone[c + 5]!;
    return start > limit || end > limit;
  }

  /** Colours, as bits, that are left to the rays enclosed last by beams of satellite i; without `exactly` some too few. */
  function left(i: number, count: number, forbidden: number, exactly: boolean): number {
    const first = row[i]!;
    let bits = forbidden & allColours;
    for (let beam = first; beam < first + used[i]!; beam++) {
      const bit = 1 << colour[beam]!;
      if ((bits & bit) !== 0 || cellCount[beam] === 0 || surelyApart(beam)) continue;
      if (exactly && !surelyNear(beam) && apart(i, count, beam)) continue;
      bits |= bit;
      if (bits === allColours) break;
    }
    return allColours & ~bits;
  }

  function write(beam: number): void {
    for (let k = 0; k < CONE; k++) cone[CONE * beam + k] = middle[k]!;
  }

  /** A beam of satellite i without cells, a new one if it can; -1: all are in use. */
  function emptyBeam(i: number): number {
    const first = row[i]!;
    if (first < 0) return -1;
    if (used[i]! < room[i]!) return first + used[i]!;
    for (let beam = first; beam < first + used[i]!; beam++) if (cellCount[beam] === 0) return beam;
    return -1;
  }

  function add(beam: number, i: number, list: Int32Array, count: number, what: number, hue: number): number {
    if (beam === row[i]! + used[i]!) used[i]! += 1;
    satellite[beam] = i;
    colour[beam] = hue;
    kind[beam] = what;
    cellCount[beam] = count;
    for (let k = 0; k < count; k++) cells[beam * cellsPerBeam + k] = list[k]!;
    write(beam);
    return beam;
  }

  function open(i: number, list: Int32Array, count: number, what: number, forbidden: number): number {
    const beam = emptyBeam(i);
    if (beam < 0) return NO_BEAM;
    aim(i, list, 0, count, ray);
    enclose(count);
    // The quick test first, every pair of cells where it finds none.
    let free = left(i, count, forbidden, false);
    if (free === 0) {
      const atAll = left(i, count, 0, true);
      if (atAll === 0) return NO_COLOUR;
      free = atAll & ~forbidden;
    }
    return free === 0 ? NO_BEAM : add(beam, i, list, count, what, lowest(free));
  }

  function reopen(i: number, list: Int32Array, count: number, what: number, hue: number): number {
    if (count > 0) {
      aim(i, list, 0, count, ray);
      enclose(count);
    }
    return add(row[i]! + used[i]!, i, list, count, what, hue);
  }

  /** How many beams of each colour are too near to the cell considered, and the last of them. */
  const nearCount = new Uint16Array(16);
  const nearBeam = new Int32Array(16);

  function consider(i: number, cell: number): void {
    nearCount.fill(0);
    single[0] = cell;
    aim(i, single, 0, 1, ray);
    enclose(1);
    const first = row[i]!;
    for (let beam = first; beam < first + used[i]!; beam++) {
      const hue = colour[beam]!;
      if (cellCount[beam] === 0 || surelyApart(beam) || apart(i, 1, beam)) continue;
      nearCount[hue]! += 1;
      nearBeam[hue] = beam;
    }
  }

  function admits(beam: number): boolean {
    const hue = colour[beam]!;
    return nearCount[hue] === 0 || (nearCount[hue] === 1 && nearBeam[hue] === beam);
  }

  function unusedColour(i: number): number {
    const first = row[i]!;
    let bits = allColours;
    for (let beam = first; beam < first + used[i]!; beam++)
      if (cellCount[beam]! > 0) bits &= ~(1 << colour[beam]!);
    return bits === 0 ? -1 : lowest(bits);
  }

  function join(beam: number, cell: number, hue: number): void {
    const n = cellCount[beam]!;
    cells[beam * cellsPerBeam + n] = cell;
    cellCount[beam] = n + 1;
    colour[beam] = hue;
    aim(satellite[beam]!, cells, beam * cellsPerBeam, n + 1, ray);
    enclose(n + 1);
    write(beam);
  }

  function leave(beam: number, cell: number): void {
    const from = beam * cellsPerBeam;
    const n = cellCount[beam]!;
    const k = cells.subarray(from, from + n).indexOf(cell);
    if (k < 0) throw new RangeError(`beam ${beam} does not serve cell ${cell}`);
    cells.copyWithin(from + k, from + k + 1, from + n);
    cellCount[beam] = n - 1;
    if (n > 1) {
      aim(satellite[beam]!, cells, from, n - 1, ray);
      enclose(n - 1);
      write(beam);
    }
  }

  return {
    row,
    used,
    satellite,
    colour,
    kind,
    cellCount,
    cells,
    rank,
    open,
    reopen,
    consider,
    admits,
    unusedColour,
    join,
    leave,
  };
}

const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Per satellite: beams that all cells which may see it can take together. */
function beamsInView(
  { firstCell, firstGroup }: CellGroups,
  { first, satellite }: SkyIndex,
  satellites: number,
  beamsPerCell: number,
): Int32Array {
  const most = new Int32Array(satellites);
  for (let b = 0; b + 1 < first.length; b++) {
    const beams = beamsPerCell * (firstCell[firstGroup[b + 1]!]! - firstCell[firstGroup[b]!]!);
    for (let e = first[b]!; e < first[b + 1]!; e++) most[satellite[e]!]! += beams;
  }
  return most;
}
