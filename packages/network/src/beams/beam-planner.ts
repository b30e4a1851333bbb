// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import type { FleetState } from "../fleet-motion.ts";
import type { SchedulerPolicy } from "../policy.ts";
import { SLOT_MS, slotStartMs } from "../slot.ts";
import { createBeamAssignment, type PlanWork } from "./beam-assignment.ts";
import { createBeamRepair } from "./beam-repair.ts";
import { BUSY, createBeamPool, createBeamRows, IDLE } from "./beam-rows.ts";
import type { BeamSatellites } from "./beam-satellites.ts";
import { blocksByNeed } from "./block-order.ts";
import { type CellGroups, groupCells } from "./cell-groups.ts";
import { createCellMasks } from "./cell-masks.ts";
import type { BeamPlan, CellDemand, CellPlan, Outage, RouteTree } from "./cell-plan.ts";
import { assignExtraBeams, type ExtraList } from "./extra-beams.ts";
import { type AnyTree, growWhole } from "./growing-tree.ts";
import { createGsoMask } from "./gso-mask.ts";
import { createPairScorer } from "./pair-score.ts";
import { planOf, type SharedBeams, shareBeams } from "./plan-output.ts";
import { restoreBeams } from "./replan.ts";
import { createSkyIndexer, type SkyIndex } from "./sky-index.ts";
import { createSlotFleet, placeSlotFleet, weighSlotFleet } from "./slot-fleet.ts";
import { landingsOf, loadOf, type Units, unitsOf } from "./slot-wishes.ts";

/** What a beam planner is made of. */
export interface BeamPlannerOptions {
  readonly cells: CellTable;
  readonly satellites: BeamSatellites;
  readonly policy: SchedulerPolicy;
  /** 32-bit; the draws of contention start from it. */
  readonly seed: number;
}

/** One slot's question; index = satellite or cell. */
export interface BeamInputs {
  readonly slot: number;
  /** The fleet at the slot's start and end. */
  readonly start: FleetState;
  readonly end: FleetState;
  /** Per cell: 1 where it may be served. */
  readonly permitted: Uint8Array;
  readonly demand: CellDemand;
  /** Per cell: index of its PoP in the ground segment; -1: none. */
  readonly popOfCell: Int16Array;
  /**
   * Routes to the PoPs, in any order, or who finds them for the satellites in view. A cell whose PoP has none has no route.
   */
  readonly trees: readonly RouteTree[] | RouteFinder;
  /** Its satellites and landing gateways are preferred as the policy says; `null`: none. Of the same cells and satellites. */
  readonly previous: ServedBefore | null;
  /** Only `satellites` count here: the rest shows in `trees`. */
  readonly outage?: Outage;
  /** Told the name of each stage when it is done: for measuring. */
  readonly onStage?: (stage: string) => void;
}

/** How cells were served in the slot before, and where their traffic landed: by the trees, or per cell; -1: nowhere. */
export type ServedBefore = Pick<CellPlan, "beam" | "beams" | "pop"> &
  ({ readonly trees: readonly RouteTree[] } | { readonly gateway: Int32Array });

/**
 * Finds routes when it is known for whom: per PoP (of permitted cells, by rising index) the satellites that may be in
 * view of its cells. For tables of few cells, where few routes are needed; trees may grow when more are.
 */
export type RouteFinder = (
  wanted: readonly { readonly pop: number; readonly satellites: Int32Array }[],
) => readonly AnyTree[];

/** Plans the beams of slots over one set of cells and satellites. Holds buffers: one per thread. */
export interface BeamPlanner {
  readonly cellCount: number;
  /**
   * Which satellite serves which cell with which beam. The same inputs give the same plan, byte for byte, whatever was
   * asked before; what holds in it, see `cell-plan.ts`.
   *
   * @throws RangeError where arrays are not of the planner's cells and satellites: a caller's error.
   */
  plan(inputs: BeamInputs): BeamPlan;
  /**
   * The same slot after a failure: `inputs` with the outage and the routes that remain. Cells keep satellite, beam (its
   * place in the satellite's row), colour and share, except those whose satellite is gone or no longer reaches
   * their PoP, and those no longer permitted. Cells that had no beam are left as they are.
   *
   * @throws RangeError as {@link BeamPlanner.plan}, or where `plan` is of another slot.
   */
  replan(plan: BeamPlan, inputs: BeamInputs): BeamPlan;
}

/** @throws RangeError for a table that is not of H3 cells in order, or for a policy out of its bounds. */
export function createBeamPlanner(options: BeamPlannerOptions): BeamPlanner {
  const { cells, satellites, policy, seed } = options;
  checkPolicy(policy);
  const groups = groupCells(cells);
  const n = groups.cellCount;
  const fleet = createSlotFleet(satellites.count);
  const indexer = createSkyIndexer(groups);
  const pool = createBeamPool(0, policy.beams.cellsPerBeam);
  const masks = createCellMasks(groups, fleet, createGsoMask(policy.userGsoSeparationDeg));
  const scorer = createPairScorer(groups, fleet, policy, seed);
  const load = new Float64Array(n);
  const treeOfCell = new Int16Array(n);
  /** Index of each PoP's tree while cells are told theirs; -1: none. */
  const treeOfPop = new Int16Array(32_768).fill(-1);
  /** Landings of a tree where nobody asks for them. */
  const nowhere = new Int32Array(satellites.count).fill(-1);
  const wanted = new Uint8Array(n);
  const unit = new Int32Array(policy.beams.cellsPerBeam);

  /** Everything that does not depend on what is already assigned. */
  function begin(inputs: BeamInputs, alsoNeeded: Int32Array): PlanWork {
    const { slot, start, end, demand, popOfCell, outage } = inputs;
    checkInputs(inputs, n, satellites.count);
    const fleetInputs = { satellites, policy, slot, start, end, outOfOrder: outage?.satellites ?? [] };
    placeSlotFleet(fleet, fleetInputs);
    const sky = indexer.index(fleet);
    inputs.onStage?.("sky");
    weighSlotFleet(fleet, fleetInputs, sky.seen);
    inputs.onStage?.("satellites");
    const trees =
      typeof inputs.trees === "function" ? inputs.trees(wantedRoutes(groups, sky, inputs)) : inputs.trees;
    checkTrees(trees, satellites.count);
    const weighsLanding = (policy.weights.landing ?? 0) !== 0;
    // Where every route counts, or a longer one may be better, all have to be known.
    if (weighsLanding || policy.weights.path < 0) for (const tree of trees) growWhole(tree);
    loadOf(demand, policy.beams, load);
    for (const [k, { pop }] of trees.entries()) treeOfPop[pop] = k;
    for (let c = 0; c < n; c++) {
      treeOfCell[c] = popOfCell[c]! < 0 ? -1 : treeOfPop[popOfCell[c]!]!;
      wanted[c] = inputs.permitted[c] === 1 && treeOfCell[c]! >= 0 ? 1 : 0;
    }
    for (const { pop } of trees) treeOfPop[pop] = -1;
    const rows = createBeamRows(groups, fleet, satellites, policy.beams, pool, sky, alsoNeeded);
    scorer.beginSlot(slot, rows.used, sky.seen);
    const work = {
      slot,
      policy,
      groups,
      satellites,
      masks,
      scorer,
      sky,
      rows,
      load,
      treeOfCell,
      trees,
      landing: trees.map(tree => (weighsLanding ? landingsOf(tree) : nowhere)),
      cellBeam: new Int32Array(n).fill(-1),
      ...before(inputs.previous, n, weighsLanding),
    };
    inputs.onStage?.("wishes");
    return work;
  }

  /** Serves the wanted cells that have no beam, busy ones or idle ones; blocks with the least supply come first. */
  function serveAll(work: PlanWork, kind: typeof BUSY | typeof IDLE, order: (units: Units) => Int32Array) {
    const mask = new Uint8Array(n);
    let some = false;
    for (let c = 0; c < n; c++) {
      if (wanted[c] === 0 || work.cellBeam[c]! >= 0 || (kind === IDLE && load[c]! > 0)) continue;
      mask[c] = 1;
      some = true;
    }
    const left: number[] = [];
    if (!some) return left;
    const units = unitsOf(groups, mask, treeOfCell, load, policy.beams.cellsPerBeam);
    const assignment = createBeamAssignment(work);
    const inOrder = order(units);
    const kept = new Uint8Array(units.count);
    const take = (u: number): number => {
      const count = units.first[u + 1]! - units.first[u]!;
      for (let k = 0; k < count; k++) unit[k] = units.cells[units.first[u]! + k]!;
      return count;
    };
    if (policy.keepFirst === true) {
      for (const u of inOrder)
        if (kind === IDLE || units.busy[u] === 1)
          kept[u] = assignment.keep(units.tree[u]!, unit, take(u), kind) ? 1 : 0;
    }
    for (const u of inOrder) {
      if (kept[u] === 1 || (kind === BUSY && units.busy[u] === 0)) continue;
      const unserved = assignment.serve(units.group[u]!, units.tree[u]!, unit, take(u), kind);
      for (let k = 0; k < unserved; k++) if (kind === IDLE || load[unit[k]!]! > 0) left.push(unit[k]!);
    }
    return left;
  }

  function plan(inputs: BeamInputs): BeamPlan {
    const work = begin(inputs, new Int32Array(0));
    const { sky } = work;
    const repair = createBeamRepair(work);
    const order = (units: Units) => blocksByNeed(units, groups, sky, satellites);
    const unserved = serveAll(work, BUSY, order);
    inputs.onStage?.("beams");
    for (const cell of unserved) repair.serve(cell);
    inputs.onStage?.("repair");
    const shared: SharedBeams = { share: new Uint8Array(n), extra: noExtra() };
    shareBeams(work, BUSY, shared.share);
    assignExtraBeams(work, createBeamAssignment(work), { ...shared, open: null });
    inputs.onStage?.("extra");
    for (const cell of serveAll(work, IDLE, order)) repair.squeeze(cell);
    shareBeams(work, IDLE, shared.share);
    inputs.onStage?.("idle");
    const made = planOf(work, inputs, shared, false);
    inputs.onStage?.("output");
    return { ...made, ...timesOf(inputs.slot) };
  }

  function replan(before: BeamPlan, inputs: BeamInputs): BeamPlan {
    if (before.slot !== inputs.slot)
      throw new RangeError(`a plan of slot ${before.slot} cannot be re-planned for slot ${inputs.slot}`);
    const work = begin(inputs, before.beams.satellite);
    const restored = restoreBeams(work, before, wanted, fleet.usable);
    // Cells that had no beam are not looked at again.
    for (let c = 0; c < n; c++) if (restored.touched[c] === 0) wanted[c] = 0;
    const order = (units: Units) => blocksByNeed(units, groups, work.sky, satellites);
    const assignment = createBeamAssignment(work);
    for (const cell of serveAll(work, BUSY, order)) {
      unit[0] = cell;
      assignment.serve(groups.groupOfCell[cell]!, treeOfCell[cell]!, unit, 1, BUSY);
    }
    shareBeams(work, BUSY, restored.share);
    assignExtraBeams(work, assignment, { ...restored, open: restored.touched });
    serveAll(work, IDLE, order);
    shareBeams(work, IDLE, restored.share);
    const made = planOf(work, inputs, restored, true);
    inputs.onStage?.("replan");
    return { ...made, ...timesOf(inputs.slot) };
  }

  return { cellCount: n, plan, replan };
}

const noExtra = (): ExtraList => ({ cell: [], beam: [], share: [] });

function timesOf(slot: number): Pick<BeamPlan, "slot" | "fromMs" | "untilMs"> {
  return { slot, fromMs: slotStartMs(slot), untilMs: slotStartMs(slot) + SLOT_MS };
}

/** Which satellite served each cell before, and at which gateway it landed. */
function before(
  previous: BeamInputs["previous"],
  n: number,
  weighsLanding: boolean,
): Pick<PlanWork, "previousSatellite" | "previousGateway"> {
  const previousSatellite = new Int32Array(n).fill(-1);
  const previousGateway = new Int32Array(n).fill(-1);
  if (previous === null) return { previousSatellite, previousGateway };
  const trees = weighsLanding && "trees" in previous ? previous.trees : [];
  const landings = new Map(trees.map(tree => [tree.pop, landingsOf(tree)] as const));
  for (let c = 0; c < n; c++) {
    const beam = previous.beam[c]!;
    if (beam < 0) continue;
    const satellite = previous.beams.satellite[beam]!;
    previousSatellite[c] = satellite;
    if (weighsLanding)
      previousGateway[c] =
        "gateway" in previous ? previous.gateway[c]! : (landings.get(previous.pop[c]!)?.[satellite] ?? -1);
  }
  return { previousSatellite, previousGateway };
}

function checkInputs(inputs: BeamInputs, cells: number, satellites: number): void {
  const { permitted, popOfCell, demand, start, end, previous, outage } = inputs;
  const perCell = [
    permitted,
    popOfCell,
    ...demand.classes.flatMap(({ downMbps, upMbps }) => [downMbps, upMbps]),
    ...(previous === null ? [] : [previous.beam, previous.pop]),
  ];
  if (perCell.some(array => array.length !== cells)) throw new RangeError(`inputs are not of ${cells} cells`);
  if (start.xKm.length !== satellites || end.xKm.length !== satellites)
    throw new RangeError(`inputs are not of ${satellites} satellites`);
  if (outage?.satellites?.some(i => !(i >= 0 && i < satellites)))
    throw new RangeError("the outage names a satellite that is not there");
}

function checkTrees(trees: readonly RouteTree[], satellites: number): void {
  if (trees.some(({ delayMs, next }) => delayMs.length !== satellites || next.length !== satellites))
    throw new RangeError(`inputs are not of ${satellites} satellites`);
  if (trees.some(({ pop }) => !(pop >= 0 && pop < 32_768))) throw new RangeError("a tree is to no PoP");
}

/** Per PoP of permitted cells: the satellites over the blocks that these cells lie in. */
function wantedRoutes(
  { groupOfCell, blockOfGroup }: CellGroups,
  { first, satellite }: SkyIndex,
  { permitted, popOfCell, start }: Pick<BeamInputs, "permitted" | "popOfCell" | "start">,
): { pop: number; satellites: Int32Array }[] {
  const blocks = new Map<number, Set<number>>();
  for (let c = 0; c < permitted.length; c++) {
    const pop = popOfCell[c]!;
    if (permitted[c] === 0 || pop < 0) continue;
    const block = blockOfGroup[groupOfCell[c]!]!;
    const known = blocks.get(pop);
    if (known === undefined) blocks.set(pop, new Set([block]));
    else known.add(block);
  }
  /** Per satellite: the last list that it was put into, counted from 1. */
  const listed = new Int32Array(start.xKm.length);
  const list = new Int32Array(start.xKm.length);
  return [...blocks]
    .sort(([a], [b]) => a - b)
    .map(([pop, over], k) => {
      let count = 0;
      for (const b of over) {
        for (let e = first[b]!; e < first[b + 1]!; e++) {
          const i = satellite[e]!;
          if (listed[i] === k + 1) continue;
          listed[i] = k + 1;
          list[count++] = i;
        }
      }
      return { pop, satellites: list.slice(0, count) };
    });
}

function checkPolicy({ beams, minElevationDeg, lowShellMinElevationDeg }: SchedulerPolicy): void {
  const whole = (value: number, least: number, most: number, name: string) => {
    if (!(Number.isInteger(value) && value >= least && value <= most))
      throw new RangeError(`${name} is ${value}, and has to be a whole number from ${least} to ${most}`);
  };
  whole(beams.colours, 1, 16, "colours");
  whole(beams.cellsPerBeam, 1, 32, "cellsPerBeam");
  whole(beams.coFrequencyBeamsPerCell, 1, 255, "coFrequencyBeamsPerCell");
  whole(beams.beamsPerCell, 1, 255, "beamsPerCell");
  whole(beams.idleParts, 1, 64, "idleParts");
  if (!(beams.beamDownMbps > 0 && beams.beamUpMbps > 0)) throw new RangeError("a beam carries nothing");
  for (const deg of [minElevationDeg, lowShellMinElevationDeg])
    if (!(deg >= 0 && deg < 90)) throw new RangeError(`a least elevation of ${deg} degrees`);
  if (!(beams.sameColourSeparationDeg >= 0 && beams.sameColourSeparationDeg < 90))
    throw new RangeError(`beams of a colour ${beams.sameColourSeparationDeg} degrees apart`);
}
