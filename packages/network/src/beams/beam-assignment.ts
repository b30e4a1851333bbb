// SPDX-License-Identifier: MIT
import type { SchedulerPolicy } from "../policy.ts";
import { type BeamRows, type BUSY, EXTRA, type IDLE, NO_COLOUR } from "./beam-rows.ts";
import type { BeamSatellites } from "./beam-satellites.ts";
import type { CellGroups } from "./cell-groups.ts";
import { bitCount, type CellMasks, PASSES } from "./cell-masks.ts";
import { type AnyTree, growFor, hasRoute, leastUnknownMs } from "./growing-tree.ts";
import type { GroupWish, PairScorer } from "./pair-score.ts";
import type { SkyIndex } from "./sky-index.ts";

/** Everything that the stages of one plan share. */
export interface PlanWork {
  readonly slot: number;
  readonly policy: SchedulerPolicy;
  readonly groups: CellGroups;
  readonly satellites: BeamSatellites;
  readonly masks: CellMasks;
  readonly scorer: PairScorer;
  readonly sky: SkyIndex;
  readonly rows: BeamRows;
  /** Per cell: demand in beams' worth. */
  readonly load: Float64Array;
  /** Per cell: index of the tree to its PoP; -1: none. */
  readonly treeOfCell: Int16Array;
  readonly trees: readonly AnyTree[];
  /** Per tree: gateway where each satellite lands. */
  readonly landing: readonly Int32Array[];
  /** Per cell: beam of `rows`, -1: none. */
  readonly cellBeam: Int32Array;
  /** Per cell: satellite that served it in the previous plan, and gateway where it landed; -1: none. */
  readonly previousSatellite: Int32Array;
  readonly previousGateway: Int32Array;
}

/** Assigns beams to cells that have none. */
export interface BeamAssignment {
  /** Serves all of the cells by the satellite that most of them had, if it lands them where it did. */
  keep(tree: number, cells: Int32Array, count: number, kind: typeof BUSY | typeof IDLE): boolean;
  /**
   * Serves `cells[0]` to `cells[count - 1]`, of one group and tree: all by the satellite with the best score that may
   * serve them all and has beam and colour left; where none may serve them all, by several.
   *
   * @returns How many stay without a beam; they are moved to the front of `cells`.
   */
  serve(
    group: number,
    tree: number,
    cells: Int32Array,
    count: number,
    kind: typeof BUSY | typeof IDLE,
  ): number;
  /** Opens a further beam for cells of one group and tree; -1 where it cannot. */
  serveMore(group: number, tree: number, cells: Int32Array, count: number, forbidden: number): number;
}

export function createBeamAssignment(work: PlanWork): BeamAssignment {
  const { sky, rows, masks, scorer, satellites, load, cellBeam, groups } = work;
  /** Satellites that may serve some of the cells at hand, and which of them. */
  const partialSatellite: number[] = [];
  const partialBits: number[] = [];
  const wish: GroupWish = {
    group: 0,
    delayMs: NONE,
    knownMs: Number.POSITIVE_INFINITY,
    landing: NO_GATEWAY,
    satellite: -1,
    gateway: -1,
  };
  const part = new Int32Array(32);
  /** Pairs of group and satellite that no colour is left to: crowded groups would ask again and again. */
  let spent: ReturnType<typeof createSpent> | undefined;

  /** Begins to rank the satellites for cells of a group. */
  function rank(group: number, tree: number, cells: Int32Array, count: number): void {
    const before = mostServedAlike(cells, count);
    wish.group = group;
    wish.delayMs = work.trees[tree]!.delayMs;
    wish.knownMs = leastUnknownMs(work.trees[tree]!);
    wish.landing = work.landing[tree]!;
    wish.satellite = before < 0 ? -1 : work.previousSatellite[before]!;
    wish.gateway = before < 0 ? -1 : work.previousGateway[before]!;
    const block = groups.blockOfGroup[group]!;
    scorer.begin(wish, sky.satellite, sky.first[block]!, sky.first[block + 1]!);
  }

  /** A cell of those that most of them had the satellite of; of equals the first. -1: none had one. */
  function mostServedAlike(cells: Int32Array, count: number): number {
    const { previousSatellite } = work;
    let best = -1;
    let most = 0;
    for (let k = 0; most < count - k; k++) {
      const before = previousSatellite[cells[k]!]!;
      if (before < 0) continue;
      let same = 1;
      for (let j = k + 1; j < count; j++) if (previousSatellite[cells[j]!] === before) same++;
      if (same <= most) continue;
      most = same;
      best = cells[k]!;
    }
    return best;
  }

  function keep(tree: number, cells: Int32Array, count: number, kind: typeof BUSY | typeof IDLE): boolean {
    const before = mostServedAlike(cells, count);
    if (before < 0) return false;
    const i = work.previousSatellite[before]!;
    const gateway = work.previousGateway[before]!;
    return (
      rows.row[i]! >= 0 &&
      (gateway < 0 || work.landing[tree]![i] === gateway) &&
      masks.passing(cells, count, i) === (count === 32 ? -1 : (1 << count) - 1) &&
      hasRoute(work.trees[tree]!, i) &&
      open(i, cells, count, kind)
    );
  }

  function serve(
    group: number,
    tree: number,
    cells: Int32Array,
    count: number,
    kind: typeof BUSY | typeof IDLE,
  ): number {
    const from = sky.first[groups.blockOfGroup[group]!]!;
    let left = count;
    while (left > 0) {
      rank(group, tree, cells, left);
      const all = left === 32 ? -1 : (1 << left) - 1;
      let partials = 0;
      for (let k = scorer.next(); k >= 0; k = scorer.next()) {
        const i = sky.satellite[from + k]!;
        if (rows.used[i]! >= satellites.beams[i]!) continue;
        const bits = masks.passing(cells, left, i);
        if (bits === 0) continue;
        if (wish.delayMs[i] === Number.POSITIVE_INFINITY) {
          // It came by the best that its route could be. Who came before it comes again, with the same result.
          if (!growFor(work.trees[tree]!, i)) continue;
          rank(group, tree, cells, left);
          partials = 0;
        } else if (bits === all) {
          if (open(i, cells, left, kind)) return 0;
        } else {
          partialSatellite[partials] = i;
          partialBits[partials++] = bits;
        }
      }
      const served = servePart(cells, left, partials, kind);
      if (served === 0) return left;
      left = keepOthers(cells, left, served);
    }
    return 0;
  }

  function open(i: number, cells: Int32Array, count: number, kind: number): boolean {
    const beam = rows.open(i, cells, count, kind, 0);
    if (beam < 0) return false;
    for (let k = 0; k < count; k++) cellBeam[cells[k]!] = beam;
    return true;
  }

  /** Lets the satellite that may serve most of the cells with demand, then most cells, do so; returns which, as bits. */
  function servePart(cells: Int32Array, count: number, partials: number, kind: number): number {
    let busy = 0;
    for (let k = 0; k < count; k++) if (load[cells[k]!]! > 0) busy |= 1 << k;
    for (;;) {
      let best = -1;
      let most = 0;
      for (let k = 0; k < partials; k++) {
        const worth = 32 * bitCount(partialBits[k]! & busy) + bitCount(partialBits[k]!);
        if (worth > most) {
          most = worth;
          best = k;
        }
      }
      if (best < 0) return 0;
      const bits = partialBits[best]!;
      let n = 0;
      for (let k = 0; k < count; k++) if ((bits & (1 << k)) !== 0) part[n++] = cells[k]!;
      if (open(partialSatellite[best]!, part, n, kind)) return bits;
      partialBits[best] = 0;
    }
  }

  function serveMore(
    group: number,
    tree: number,
    cells: Int32Array,
    count: number,
    forbidden: number,
  ): number {
    const from = sky.first[groups.blockOfGroup[group]!]!;
    rank(group, tree, cells, count);
    const all = count === 32 ? -1 : (1 << count) - 1;
    spent ??= createSpent(groups, sky);
    const mine = spent.first[group]!;
    for (let k = scorer.next(); k >= 0; k = scorer.next()) {
      const i = sky.satellite[from + k]!;
      if (spent.is[mine + k] === 1 || rows.used[i]! >= satellites.beams[i]!) continue;
      if (masks.passing(cells, count, i) !== all) continue;
      if (wish.delayMs[i] === Number.POSITIVE_INFINITY) {
        if (growFor(work.trees[tree]!, i)) rank(group, tree, cells, count);
        continue;
      }
      const beam = rows.open(i, cells, count, EXTRA, forbidden);
      if (beam >= 0) return beam;
      if (beam === NO_COLOUR) spent.is[mine + k] = 1;
    }
    return -1;
  }

  return { keep, serve, serveMore };
}

/** Whether a satellite reaches a cell's PoP and passes its masks. */
export function mayServe(work: PlanWork, cell: number, satellite: number): boolean {
  return (
    work.masks.look(cell, satellite) === PASSES && hasRoute(work.trees[work.treeOfCell[cell]!]!, satellite)
  );
}

/** Moves the cells whose bit is not set to the front; returns how many. */
function keepOthers(cells: Int32Array, count: number, bits: number): number {
  let kept = 0;
  for (let k = 0; k < count; k++) if ((bits & (1 << k)) === 0) cells[kept++] = cells[k]!;
  return kept;
}

/** Per group, one mark for each satellite of its block: those of group g from `first[g]` on. */
function createSpent(groups: CellGroups, sky: SkyIndex): { first: Int32Array; is: Uint8Array } {
  const first = new Int32Array(groups.groupCount + 1);
  for (let g = 0; g < groups.groupCount; g++) {
    const block = groups.blockOfGroup[g]!;
    first[g + 1] = first[g]! + sky.first[block + 1]! - sky.first[block]!;
  }
  return { first, is: new Uint8Array(first[groups.groupCount]!) };
}

const NONE = new Float64Array(0);
const NO_GATEWAY = new Int32Array(0);
