// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import { createEphemeris } from "@perigee/orbit";
import { CELL_REASONS, type CellReason } from "../beams/cell-plan.ts";
import { leastElevationDeg } from "../least-elevation.ts";
import type { CellsRequest, PlannedCells, Planner } from "../plan.ts";
import { SLOT_MS, slotStartMs } from "../slot.ts";
import { joinedMark, looksOfShare, memoryDigest, type Share, type ShareMark } from "./share.ts";
import { type Span, slotsOfSpan } from "./span.ts";
import { createVisibleCounter } from "./visible-counts.ts";

export interface CoverageOptions
  extends Span,
    Pick<CellsRequest, "cells" | "demand" | "permitted" | "popOfCell" | "outage" | "fade"> {
  /** Per cell: 0 for those that compete and are not counted; default all count. */
  readonly counted?: Uint8Array;
  /** Width of a row of the table by latitude, degrees; default 5. */
  readonly latitudeStepDeg?: number;
  /** Only this share of the slots; default all. */
  readonly share?: Share;
  /** What the shares of a run counted, in order: nothing is planned, they are put together. */
  readonly tallies?: readonly CoverageTally[];
  /** Told how many slots are done. */
  readonly onStep?: (done: number, of: number) => void;
}

/** What is counted of a stretch of slots. Whole numbers throughout: shares add up to what the whole run counts. */
export interface CoverageTally {
  readonly mark: ShareMark;
  /** Per cell, over the slots: sum and least of the satellites in sight, slots with a beam. */
  readonly visibleSum: Float64Array;
  readonly visibleLeast: Uint16Array;
  readonly served: Uint32Array;
  /** Per cell, in slots without a beam: those before the first with one, the most in a row, those after the last. */
  readonly gapFirst: Uint32Array;
  readonly gapLongest: Uint32Array;
  readonly gapLast: Uint32Array;
  /** Per cell: why it was last without a beam. */
  readonly reason: Uint8Array;
  /** Slots of the counted cells by reason. */
  readonly byReason: Float64Array;
  /** Counted cells served, slot by slot. */
  readonly servedCells: Uint32Array;
}

/** Sums over the counted cells of a band of latitude, both edges in degrees. */
export interface LatitudeCoverage {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly cells: number;
  /** Satellites at or above their least elevation: mean and least over cells and slots. */
  readonly visibleMean: number;
  readonly visibleLeast: number;
  /** Of the permitted cells' slots. */
  readonly servedShare: number;
  readonly longestGapS: number;
}

/** Coverage of cells over time; arrays have one entry per cell of the table. */
export interface CoverageResult {
  readonly slots: readonly number[];
  readonly cells: CellTable;
  /** 0 for cells that only compete. */
  readonly counted: Uint8Array;
  readonly permitted: Uint8Array;
  /** Satellites at or above their least elevation at a slot's start. */
  readonly visibleMean: Float32Array;
  readonly visibleLeast: Uint16Array;
  /** Share of the slots with a beam. */
  readonly servedShare: Float32Array;
  /** Slots in a row without a beam, at most; where the step is longer, as far as the looks tell. */
  readonly longestGapSlots: Uint32Array;
  /** Index into `CELL_REASONS`: why a cell was last without a beam; 0: it never was. */
  readonly reason: Uint8Array;
  readonly totals: {
    readonly cells: number;
    readonly permitted: number;
    /** Of the permitted cells' slots, and the same weighted by area. */
    readonly servedShare: number;
    readonly servedAreaShare: number;
    /** Slots of cells by reason, divided by the number of slots: cells, on average. */
    readonly byReason: Readonly<Record<CellReason, number>>;
    readonly visibleMean: number;
    readonly visibleLeast: number;
    readonly longestGapS: number;
  };
  /** From south to north; bands without cells are left out. */
  readonly latitudes: readonly LatitudeCoverage[];
  /** Share of the counted, permitted cells served, slot by slot. */
  readonly servedBySlot: Float64Array;
  /** What all of it follows from. */
  readonly tally: CoverageTally;
}

/**
 * Who is covered, and what for: satellites in sight, beams, reasons and gaps, slot after slot.
 *
 * "In sight" is geometry alone. A cell may see forty satellites and have no beam: too near the geostationary arc, no way
 * to the ground, or all beams taken. Those are the reasons of `CELL_REASONS`.
 *
 * A long run can be divided: with `share` each process counts its part, and `tallies` puts them together, to the same
 * numbers as one process would have.
 *
 * @throws RangeError for a span or share that is none, arrays of another size than the table, or tallies that do not meet.
 *
 * @example
 * ```ts
 * const cells = planetCells({ ocean: false });
 * const demand = defaultDemand(cells, { population: populationOf(cells) });
 * const { totals } = coverage(planner, { cells, demand, fromMs: Date.UTC(2026, 4, 21, 12) });
 * ```
 */
export function coverage(planner: Planner, options: CoverageOptions): CoverageResult {
  const { cells, tallies } = options;
  const n = cells.count;
  const permitted = options.permitted ?? new Uint8Array(n).fill(1);
  const counted = options.counted ?? new Uint8Array(n).fill(1);
  if (counted.length !== n || permitted.length !== n)
    throw new RangeError(`one entry is needed for each of ${n} cells`);
  const all = slotsOfSpan(options);
  const tally =
    tallies === undefined
      ? tallyOf(planner, options, all, permitted, counted)
      : joinedTally(tallies, n, all.length);
  const { visibleSum, visibleLeast, served, gapLongest: longestGapSlots, reason, byReason } = tally;
  const slots = all.slice(tally.mark.first, tally.mark.end);
  const wanted = counted.reduce((sum, counts, c) => sum + counts * permitted[c]!, 0);
  const visibleMean = Float32Array.from(visibleSum, sum => sum / slots.length);
  const servedShare = Float32Array.from(served, count => count / slots.length);
  const means = { cells, counted, permitted, visibleLeast, longestGapSlots, visibleMean, servedShare };
  const whole = bandOf(means, -90, 90);
  return {
    slots,
    ...means,
    reason,
    servedBySlot: Float64Array.from(tally.servedCells, now => (wanted === 0 ? 1 : now / wanted)),
    tally,
    latitudes: bandsOf(means, options.latitudeStepDeg ?? 5),
    totals: {
      cells: whole.cells,
      permitted: wanted,
      servedShare: whole.servedShare,
      servedAreaShare: areaShare(means),
      byReason: Object.fromEntries(
        CELL_REASONS.map((name, code) => [name, byReason[code]! / slots.length]),
      ) as Record<CellReason, number>,
      visibleMean: whole.visibleMean,
      visibleLeast: whole.visibleLeast,
      longestGapS: whole.longestGapS,
    },
  };
}

function emptyTally(n: number, slots: number, mark: ShareMark): CoverageTally {
  return {
    mark,
    visibleSum: new Float64Array(n),
    visibleLeast: new Uint16Array(n).fill(65_535),
    served: new Uint32Array(n),
    gapFirst: new Uint32Array(n),
    gapLongest: new Uint32Array(n),
    gapLast: new Uint32Array(n),
    reason: new Uint8Array(n),
    byReason: new Float64Array(CELL_REASONS.length),
    servedCells: new Uint32Array(slots),
  };
}

function tallyOf(
  planner: Planner,
  options: CoverageOptions,
  slots: readonly number[],
  permitted: Uint8Array,
  counted: Uint8Array,
): CoverageTally {
  const { cells, demand, popOfCell, outage, fade, share } = options;
  const n = cells.count;
  const { lead, first, end } = looksOfShare(slots.length, share);
  /** A look without a beam stands for the time until the next look. */
  const stepSlots = (options.stepMs ?? SLOT_MS) / SLOT_MS;
  const least = Float64Array.from(planner.elements, set => leastElevationDeg(set, planner.policy.scheduler));
  const counter = createVisibleCounter(cells, least);
  const fleet = createEphemeris(planner.elements.length);
  const failed = new Set(outage?.satellites);
  const tally = emptyTally(n, end - first, { first, end, looks: slots.length, before: null, after: null });
  const { visibleSum, visibleLeast, served, gapFirst, gapLongest, gapLast, reason, byReason } = tally;
  let planned: PlannedCells | null = null;
  /** Only the slot right before tells a plan anything. */
  const carried = (): string | null => (planned === null || stepSlots > 1 ? null : memoryDigest(planned));
  let before: string | null = null;
  for (let k = lead; k < end; k++) {
    const slot = slots[k]!;
    if (k === first) before = carried();
    planned = planner.planCells({
      slot,
      cells,
      demand,
      permitted,
      previous: planned,
      ...(popOfCell === undefined ? {} : { popOfCell }),
      ...(outage === undefined ? {} : { outage }),
      ...(fade === undefined ? {} : { fade }),
    });
    options.onStep?.(k + 1 - lead, end - lead);
    if (k < first) continue;
    const { plan } = planned;
    planner.motion.fleetAt(slotStartMs(slot), fleet);
    const usable = planner.serving.map((serves, i) =>
      serves === 1 && fleet.error[i] === 0 && !failed.has(i) ? 1 : 0,
    );
    const visible = counter.countsOf(fleet, usable);
    let now = 0;
    for (let c = 0; c < n; c++) {
      visibleSum[c]! += visible[c]!;
      visibleLeast[c] = Math.min(visibleLeast[c]!, visible[c]!);
      const code = plan.reason[c]!;
      if (code === 0) {
        served[c]!++;
        gapLast[c] = 0;
      } else {
        reason[c] = code;
        gapLast[c]! += stepSlots;
        gapLongest[c] = Math.max(gapLongest[c]!, gapLast[c]!);
        if (served[c] === 0) gapFirst[c] = gapLast[c]!;
      }
      if (counted[c] === 0) continue;
      byReason[code]!++;
      if (code === 0) now++;
    }
    tally.servedCells[k - first] = now;
  }
  // The end of the run, and of a run that is not divided, is followed by nothing.
  const after = end < slots.length ? carried() : null;
  return { ...tally, mark: { ...tally.mark, before, after } };
}

function joinedTally(tallies: readonly CoverageTally[], n: number, looks: number): CoverageTally {
  const joined = emptyTally(n, looks, joinedMark(tallies.map(({ mark }) => mark)));
  if (joined.mark.looks !== looks) throw new RangeError(`these shares are not of a run of ${looks} slots`);
  for (const tally of tallies) {
    const { first, end } = tally.mark;
    if (tally.served.length !== n || tally.servedCells.length !== end - first)
      throw new RangeError(`a share is not of ${n} cells`);
    for (let c = 0; c < n; c++) {
      // A gap may reach over the edge: what the last share left open goes on until this one's first beam.
      const across = joined.gapLast[c]! + tally.gapFirst[c]!;
      joined.gapLongest[c] = Math.max(joined.gapLongest[c]!, tally.gapLongest[c]!, across);
      if (joined.served[c] === 0) joined.gapFirst[c] = across;
      joined.gapLast[c] = tally.served[c] === 0 ? across : tally.gapLast[c]!;
      joined.served[c]! += tally.served[c]!;
      joined.visibleSum[c]! += tally.visibleSum[c]!;
      joined.visibleLeast[c] = Math.min(joined.visibleLeast[c]!, tally.visibleLeast[c]!);
      if (tally.reason[c] !== 0) joined.reason[c] = tally.reason[c]!;
    }
    tally.byReason.forEach((count, code) => {
      joined.byReason[code]! += count;
    });
    joined.servedCells.set(tally.servedCells, first);
  }
  return joined;
}

type PerCell = Pick<
  CoverageResult,
  "cells" | "counted" | "permitted" | "visibleMean" | "visibleLeast" | "servedShare" | "longestGapSlots"
>;

function bandsOf(of: PerCell, stepDeg: number): LatitudeCoverage[] {
  if (!(stepDeg > 0 && stepDeg <= 180)) throw new RangeError(`${stepDeg} degrees are no step of latitude`);
  return Array.from({ length: Math.ceil(180 / stepDeg) }, (_, k) =>
    bandOf(of, -90 + k * stepDeg, Math.min(90, -90 + (k + 1) * stepDeg)),
  ).filter(({ cells }) => cells > 0);
}

/** The northern edge belongs to the next band, but for the pole. */
function bandOf(of: PerCell, southDeg: number, northDeg: number): LatitudeCoverage {
  const { cells, counted, permitted, visibleMean, visibleLeast, servedShare, longestGapSlots } = of;
  let [count, wanted, visible, served] = [0, 0, 0, 0];
  let least = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (let c = 0; c < cells.count; c++) {
    const latDeg = cells.latDeg[c]!;
    if (counted[c] === 0 || latDeg < southDeg || (latDeg >= northDeg && northDeg < 90)) continue;
    count++;
    visible += visibleMean[c]!;
    least = Math.min(least, visibleLeast[c]!);
    if (permitted[c] === 0) continue;
    wanted++;
    served += servedShare[c]!;
    longest = Math.max(longest, longestGapSlots[c]!);
  }
  return {
    southDeg,
    northDeg,
    cells: count,
    visibleMean: count === 0 ? 0 : visible / count,
    visibleLeast: count === 0 ? 0 : least,
    servedShare: wanted === 0 ? 1 : served / wanted,
    longestGapS: (longest * SLOT_MS) / 1000,
  };
}

function areaShare({ cells, counted, permitted, servedShare }: PerCell): number {
  let [area, served] = [0, 0];
  for (let c = 0; c < cells.count; c++) {
    if (counted[c] === 0 || permitted[c] === 0) continue;
    area += cells.areaKm2[c]!;
    served += cells.areaKm2[c]! * servedShare[c]!;
  }
  return area === 0 ? 1 : served / area;
}
