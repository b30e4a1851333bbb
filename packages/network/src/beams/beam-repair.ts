// SPDX-License-Identifier: MIT
import { mayServe, type PlanWork } from "./beam-assignment.ts";
import { BUSY, IDLE } from "./beam-rows.ts";

/** Looks at (cell, satellite) pairs that one plan spends on repair: some 0.1 s of CPU where it needs them all. */
const MOST_LOOKS = 600_000;

const NOT_YET = new Int32Array(0);

/** Finds beams for cells that the first pass left without. */
export interface BeamRepair {
  /**
   * Serves a cell with demand: by a new beam, by room in a beam, in the place of a cell without demand, or by moving
   * others from satellite to satellite along a shortest chain until one has room. Whoever had a beam and demand keeps
   * one. Where no colour stands in the way, the chain is an augmenting path of the flow from cells to satellites, and
   * without one the number of cells served cannot be greater (Ford and Fulkerson 1956): with that, a further satellite
   * never lowers it.
   */
  serve(cell: number): boolean;
  /** Serves a cell without demand by room in a beam that has only such cells. */
  squeeze(cell: number): boolean;
}

export function createBeamRepair(work: PlanWork): BeamRepair {
  const { groups, sky, rows, load, cellBeam, policy } = work;
  const { cellsPerBeam } = policy.beams;
  const satelliteCount = rows.row.length;
  /** Made when a cell needs repair: most plans have none. How a satellite was reached: from which, which cell would move. */
  let seen = NOT_YET;
  let cameFrom = NOT_YET;
  let moves = NOT_YET;
  let queue = NOT_YET;
  const one = new Int32Array(1);
  let search = 0;
  let looks = MOST_LOOKS;

  function allowed(cell: number, i: number): boolean {
    looks -= 1;
    return mayServe(work, cell, i);
  }

  /** Gives a cell that satellite i may serve a place in one of its beams. */
  function place(cell: number, i: number): boolean {
    one[0] = cell;
    const opened = rows.open(i, one, 1, BUSY, 0);
    if (opened >= 0) return settle(cell, opened);
    return joinOne(cell, i, BUSY);
  }

  /** A place in an open beam of a kind: as it is, or in the place of a cell without demand, or in an unused colour. */
  function joinOne(cell: number, i: number, kind: number): boolean {
    if (!hasRoom(i, kind)) return false;
    const first = rows.row[i]!;
    const spare = rows.unusedColour(i);
    rows.consider(i, cell);
    let yielding = -1;
    let recoloured = -1;
    for (let beam = first; beam < first + rows.used[i]!; beam++) {
      if (rows.kind[beam] !== kind) continue;
      const full = rows.cellCount[beam] === cellsPerBeam;
      const admits = rows.admits(beam);
      if (!full && admits) {
        rows.join(beam, cell, rows.colour[beam]!);
        return settle(cell, beam);
      }
      if (!admits && spare < 0) continue;
      if (!full) recoloured = beam;
      else if (kind === BUSY && idleCellOf(beam) >= 0) yielding = beam;
    }
    const beam = recoloured >= 0 ? recoloured : yielding;
    if (beam < 0) return false;
    const hue = rows.admits(beam) ? rows.colour[beam]! : spare;
    if (beam !== recoloured) {
      const idle = idleCellOf(beam);
      rows.leave(beam, idle);
      cellBeam[idle] = -1;
    }
    rows.join(beam, cell, hue);
    return settle(cell, beam);
  }

  function settle(cell: number, beam: number): boolean {
    cellBeam[cell] = beam;
    return true;
  }

  function idleCellOf(beam: number): number {
    const from = beam * cellsPerBeam;
    for (let k = from; k < from + rows.cellCount[beam]!; k++) {
      const cell = rows.cells[k]!;
      if (load[cell] === 0) return cell;
    }
    return -1;
  }

  function serve(cell: number): boolean {
    if (search === 0) {
      seen = new Int32Array(satelliteCount);
      cameFrom = new Int32Array(satelliteCount);
      moves = new Int32Array(satelliteCount);
      queue = new Int32Array(satelliteCount);
    }
    search += 1;
    let tail = 0;
    const block = groups.blockOfGroup[groups.groupOfCell[cell]!]!;
    for (let e = sky.first[block]!; e < sky.first[block + 1]! && looks > 0; e++) {
      const i = sky.satellite[e]!;
      if (!allowed(cell, i)) continue;
      if (place(cell, i)) return true;
      seen[i] = search;
      cameFrom[i] = -1;
      moves[i] = cell;
      queue[tail++] = i;
    }
    for (let head = 0; head < tail && looks > 0; head++) {
      const i = queue[head]!;
      const first = rows.row[i]!;
      for (let beam = first; beam < first + rows.used[i]!; beam++) {
        if (rows.kind[beam] !== BUSY) continue;
        for (let k = 0; k < rows.cellCount[beam]!; k++) {
          const moved = rows.cells[beam * cellsPerBeam + k]!;
          const from = groups.blockOfGroup[groups.groupOfCell[moved]!]!;
          for (let e = sky.first[from]!; e < sky.first[from + 1]! && looks > 0; e++) {
            const to = sky.satellite[e]!;
            if (seen[to] === search || !allowed(moved, to)) continue;
            seen[to] = search;
            cameFrom[to] = i;
            moves[to] = moved;
            queue[tail++] = to;
            if (rows.used[to]! >= work.satellites.beams[to]! && !hasRoom(to, BUSY)) continue;
            if (moveAlong(to)) return true;
            // A colour stood in the way: some may have moved, all are served, and this chain is spent.
            if (cellBeam[moved] !== beam) return false;
          }
        }
      }
    }
    return false;
  }

  /** Whether a beam of a kind has room, or would have if its idle cells yielded. */
  function hasRoom(i: number, kind: number): boolean {
    const first = rows.row[i]!;
    for (let beam = first; beam < first + rows.used[i]!; beam++) {
      if (rows.kind[beam] !== kind) continue;
      if (rows.cellCount[beam]! < cellsPerBeam || (kind === BUSY && idleCellOf(beam) >= 0)) return true;
    }
    return false;
  }

  /** Moves every cell of the chain that ends at satellite `last` one satellite on; true where the first has its beam. */
  function moveAlong(last: number): boolean {
    for (let i = last; i >= 0; i = cameFrom[i]!) {
      const cell = moves[i]!;
      const before = cellBeam[cell]!;
      if (!place(cell, i)) return false;
      if (before >= 0) rows.leave(before, cell);
    }
    return true;
  }

  function squeeze(cell: number): boolean {
    const block = groups.blockOfGroup[groups.groupOfCell[cell]!]!;
    for (let e = sky.first[block]!; e < sky.first[block + 1]! && looks > 0; e++) {
      const i = sky.satellite[e]!;
      if (!allowed(cell, i)) continue;
      if (joinOne(cell, i, IDLE)) return true;
    }
    return false;
  }

  return { serve, squeeze };
}
