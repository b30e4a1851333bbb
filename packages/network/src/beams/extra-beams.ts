// SPDX-License-Identifier: MIT
import type { BeamAssignment, PlanWork } from "./beam-assignment.ts";
import { BUSY, EXTRA } from "./beam-rows.ts";
import { divideBeam } from "./beam-shares.ts";
import { SHARE_PARTS } from "./cell-plan.ts";

/** Less than this of a beam is not worth another one. */
const LEAST_NEED = 0.05;

/** A list of (cell, beam of the rows, share), in the order of assignment. */
export interface ExtraList {
  readonly cell: number[];
  readonly beam: number[];
  readonly share: number[];
}

/** What further beams start from. */
export interface ExtraStart {
  /** Per cell: parts of its first beam. */
  readonly share: Uint8Array;
  /** Further beams that stay. More are added at the end. */
  readonly extra: ExtraList;
  /** Per cell: 1 where it may get more. `null`: all may. */
  readonly open: Uint8Array | null;
}

/**
 * Gives cells that want more than their share another beam, and another, in rounds: in each, whoever lacks most comes
 * first and gets one. Colours differ as `coFrequencyBeamsPerCell` says.
 */
export function assignExtraBeams(work: PlanWork, assignment: BeamAssignment, start: ExtraStart): void {
  const { extra, share } = start;
  const { rows, load, groups, treeOfCell, cellBeam, policy } = work;
  const { cellsPerBeam, beamsPerCell, coFrequencyBeamsPerCell, colours, idleParts } = policy.beams;
  let waiting = beamsInNeed(work, start);
  if (waiting.length === 0) return;

  const n = groups.cellCount;
  const allColours = (1 << colours) - 1;
  const given = new Float64Array(n);
  for (let c = 0; c < n; c++) given[c] = share[c]! / SHARE_PARTS;
  const beamsOf = new Uint8Array(n);
  const onColour = new Uint8Array(n * colours);
  const list = new Int32Array(cellsPerBeam);
  const want = new Float64Array(cellsPerBeam);
  const parts = new Uint8Array(cellsPerBeam);

  const note = (cell: number, beam: number, shared: number) => {
    given[cell]! += shared / SHARE_PARTS;
    beamsOf[cell]! += 1;
    onColour[cell * colours + rows.colour[beam]!]! += 1;
  };
  extra.cell.forEach((cell, k) => {
    note(cell, extra.beam[k]!, extra.share[k]!);
  });

  const lack = (cell: number) => Math.max(0, load[cell]! - given[cell]!);

  /** The cells of a beam that lack most, into `list`, heaviest first; all of one group and tree. */
  function neediest(beam: number): number {
    const from = beam * cellsPerBeam;
    let count = 0;
    for (let k = from; k < from + rows.cellCount[beam]!; k++) {
      const cell = rows.cells[k]!;
      if (start.open?.[cell] === 0 || beamsOf[cell]! + 1 >= beamsPerCell) continue;
      const lacks = lack(cell);
      if (lacks < LEAST_NEED / 4) continue;
      let at = count++;
      for (; at > 0 && want[at - 1]! < lacks; at--) {
        want[at] = want[at - 1]!;
        list[at] = list[at - 1]!;
      }
      want[at] = lacks;
      list[at] = cell;
    }
    const first = list[0]!;
    let sum = 0;
    let kept = 0;
    // A beam that is full of heavier cells is not shared further.
    for (let k = 0; k < count && sum < 1; k++) {
      const cell = list[k]!;
      if (groups.groupOfCell[cell] !== groups.groupOfCell[first] || treeOfCell[cell] !== treeOfCell[first])
        continue;
      sum += want[k]!;
      want[kept] = want[k]!;
      list[kept++] = cell;
    }
    return sum >= LEAST_NEED ? kept : 0;
  }

  function forbiddenTo(count: number): number {
    let bits = 0;
    for (let k = 0; k < count; k++) {
      const cell = list[k]!;
      const first = rows.colour[cellBeam[cell]!]!;
      for (let hue = 0; hue < colours; hue++) {
        const used = onColour[cell * colours + hue]! + (hue === first ? 1 : 0);
        if (used >= coFrequencyBeamsPerCell) bits |= 1 << hue;
      }
    }
    return bits;
  }

  for (let round = 1; round < beamsPerCell && waiting.length > 0; round++) {
    waiting = waiting.filter(from => {
      let count = neediest(from);
      if (count === 0) return false;
      const first = list[0]!;
      let forbidden = forbiddenTo(count);
      if (forbidden === allColours && count > 1) {
        // Together they have had every colour: the neediest alone may not.
        count = 1;
        forbidden = forbiddenTo(1);
      }
      if (forbidden === allColours) return false;
      // The satellite that serves them has the best score for them, but for a little load.
      let beam = rows.open(rows.satellite[from]!, list, count, EXTRA, forbidden);
      if (beam < 0)
        beam = assignment.serveMore(groups.groupOfCell[first]!, treeOfCell[first]!, list, count, forbidden);
      if (beam < 0) return false;
      divideBeam(want, count, idleParts, parts);
      for (let k = 0; k < count; k++) {
        const cell = list[k]!;
        extra.cell.push(cell);
        extra.beam.push(beam);
        extra.share.push(parts[k]!);
        note(cell, beam, parts[k]!);
      }
      return true;
    });
  }
}

/** Beams whose cells lack at least `LEAST_NEED` together: those that lack most beams first. */
function beamsInNeed({ rows, load, policy }: PlanWork, { share, open }: ExtraStart): number[] {
  const { cellsPerBeam } = policy.beams;
  const byNeed: number[][] = [];
  for (let i = 0; i < rows.row.length; i++) {
    const first = rows.row[i]!;
    for (let beam = first; beam < first + rows.used[i]!; beam++) {
      if (rows.kind[beam] !== BUSY) continue;
      let need = 0;
      for (let k = beam * cellsPerBeam; k < beam * cellsPerBeam + rows.cellCount[beam]!; k++) {
        const cell = rows.cells[k]!;
        if (open?.[cell] !== 0) need += Math.max(0, load[cell]! - share[cell]! / SHARE_PARTS);
      }
      if (need < LEAST_NEED) continue;
      const whole = Math.min(Math.ceil(need), MOST_CLASSES);
      byNeed[whole] ??= [];
      byNeed[whole].push(beam);
    }
  }
  return byNeed.reverse().flat();
}

const MOST_CLASSES = 64;
