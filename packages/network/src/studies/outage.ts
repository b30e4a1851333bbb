// SPDX-License-Identifier: MIT
import { type CellPlan, NO_ROUTE, type Outage, type RouteTree } from "../beams/cell-plan.ts";
import type { CellsRequest, PlannedCells, Planner } from "../plan.ts";
import { fastReroute } from "../routing/fast-reroute.ts";
import type { Site } from "../slot-plan.ts";
import { type CapacityResult, capacity } from "./capacity.ts";
import { type PlanDifference, planDifference } from "./plan-at.ts";

export interface OutageOptions extends Omit<CellsRequest, "outage"> {
  /** What fails at the slot's start; a function chooses by what the network carries while all is well. */
  readonly failures: Outage | ((before: CapacityResult) => Outage);
  /** PoP per cell once the failure is known, where subscribers move to another; default they stay where they are. */
  readonly popOfCellAfter?: Int16Array;
  /** Whose delay is compared; their cells must be in the table. */
  readonly sites?: readonly Site[];
  /** Per cell: 0 for those that compete and are not counted; default all count. */
  readonly counted?: Uint8Array;
}

/** What happens to a cell; index into it is `OutageResult.fate`. */
export const CELL_FATES = ["unaffected", "moved", "lost", "gained", "unserved"] as const;
export type CellFate = (typeof CELL_FATES)[number];

/** A site's link before and after. Round trips: median, idle, at the slot's start; NaN without a link. */
export interface SiteOutage {
  readonly id: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly before: SiteWay | null;
  readonly after: SiteWay | null;
}

export interface SiteWay {
  readonly satellite: string;
  readonly gateway: string;
  readonly pop: string;
}

/** What satellites do in the first moment, before anything is planned anew: each uses an alternate that it has ready. */
export interface ImmediateRepair {
  /** Pairs of satellite and PoP, both well, whose next step failed; and those of them with a working alternate. */
  readonly affected: number;
  readonly repaired: number;
  /** Of all pairs with a way, share with an alternate for any one failure of a link, and of a neighbour. */
  readonly linkShare: number;
  readonly nodeShare: number;
}

export interface OutageResult {
  readonly failures: Outage;
  readonly before: CapacityResult;
  readonly after: CapacityResult;
  /** Per cell: index into {@link CELL_FATES}. */
  readonly fate: Uint8Array;
  /** Counted cells by fate. */
  readonly byFate: Readonly<Record<CellFate, number>>;
  readonly difference: PlanDifference;
  /** Per cell: how much longer the way from its satellite to its PoP became, one way, ms; NaN without one before or after. */
  readonly addedMs: Float32Array;
  readonly sites: readonly SiteOutage[];
  readonly immediate: ImmediateRepair;
}

/**
 * A slot before and after a failure: who loses service, who moves, what it costs in delay and in capacity, and what of
 * it would have been repaired at once. Only what the failure touches is planned anew, as a live operator does.
 *
 * @throws RangeError for arrays of another size than the table.
 *
 * @example
 * ```ts
 * const failures = failuresOf(planner, ["share:5%"], 1);
 * if (failures.ok) console.log(outage(planner, { slot, cells, demand, failures: failures.value }).byFate);
 * ```
 */
export function outage(planner: Planner, options: OutageOptions): OutageResult {
  const { failures: failing, popOfCellAfter, sites = [], counted, ...request } = options;
  const counting = counted === undefined ? {} : { counted };
  const planned = planner.planCells(request);
  const before = capacity(planner, { ...request, ...counting, planned });
  const failures = typeof failing === "function" ? failing(before) : failing;
  const failed = { ...request, outage: failures };
  const again =
    popOfCellAfter === undefined
      ? planner.replanCells(planned, failed)
      : // Other PoPs, other trees: nothing of the old plan's routes is of use.
        planner.planCells({ ...failed, popOfCell: popOfCellAfter });
  const after = capacity(planner, { ...failed, ...counting, planned: again });
  const fate = fates(planned.plan, again.plan);
  const byFate = CELL_FATES.map(() => 0);
  fate.forEach((code, c) => {
    if (counted === undefined || counted[c] === 1) byFate[code]!++;
  });
  return {
    failures,
    before,
    after,
    fate,
    byFate: Object.fromEntries(CELL_FATES.map((name, code) => [name, byFate[code]!])) as Record<
      CellFate,
      number
    >,
    difference: planDifference(planned.plan, again.plan),
    addedMs: addedDelay(planned.plan, again.plan),
    sites: siteOutages(planner, request, planned, again, sites),
    immediate: immediateRepair(planned, failures),
  };
}

/** Moved: another satellite or another gateway. */
function fates(before: CellPlan, after: CellPlan): Uint8Array {
  const [from, to] = [landings(before), landings(after)];
  const code = (fate: CellFate): number => CELL_FATES.indexOf(fate);
  return Uint8Array.from(before.beam, (was, c) => {
    const is = after.beam[c]!;
    if (was < 0) return is < 0 ? code("unserved") : code("gained");
    if (is < 0) return code("lost");
    const same =
      before.beams.satellite[was] === after.beams.satellite[is] &&
      before.pop[c] === after.pop[c] &&
      from(c) === to(c);
    return same ? code("unaffected") : code("moved");
  });
}

/** Which gateway a cell's traffic lands at. Ways are followed once per satellite and tree. */
function landings(plan: CellPlan): (cell: number) => number {
  const byPop = new Map(plan.trees.map(tree => [tree.pop, landingsOf(tree)]));
  return c => {
    const beam = plan.beam[c]!;
    return beam < 0 ? -1 : (byPop.get(plan.pop[c]!)?.[plan.beams.satellite[beam]!] ?? -1);
  };
}

function landingsOf({ next }: RouteTree): Int32Array {
  const UNKNOWN = -2;
  const landing = new Int32Array(next.length).fill(UNKNOWN);
  const chain: number[] = [];
  for (let start = 0; start < next.length; start++) {
    let i = start;
    while (i >= 0 && landing[i] === UNKNOWN) {
      chain.push(i);
      i = next[i]!;
    }
    const found = i >= 0 ? landing[i]! : i === NO_ROUTE ? -1 : -1 - i;
    for (let k = chain.pop(); k !== undefined; k = chain.pop()) landing[k] = found;
  }
  return landing;
}

function addedDelay(before: CellPlan, after: CellPlan): Float32Array {
  const [was, is] = [delays(before), delays(after)];
  return Float32Array.from(before.beam, (_, c) => is(c) - was(c));
}

/** One way from a cell's satellite to its PoP; NaN without a beam. */
function delays(plan: CellPlan): (cell: number) => number {
  const byPop = new Map(plan.trees.map(tree => [tree.pop, tree.delayMs]));
  return c => {
    const beam = plan.beam[c]!;
    return beam < 0 ? Number.NaN : (byPop.get(plan.pop[c]!)?.[plan.beams.satellite[beam]!] ?? Number.NaN);
  };
}

function siteOutages(
  planner: Planner,
  { slot, cells }: CellsRequest,
  before: PlannedCells,
  after: PlannedCells,
  sites: readonly Site[],
): SiteOutage[] {
  if (sites.length === 0) return [];
  const [was, is] = [before, after].map(
    ({ plan }) => new Map(planner.plan(slot, sites, null, { cells, plan }).links.map(l => [l.terminalId, l])),
  ) as [Map<string, Link>, Map<string, Link>];
  return sites.map(({ id }) => ({
    id,
    beforeMs: was.get(id)?.rttMs.median ?? Number.NaN,
    afterMs: is.get(id)?.rttMs.median ?? Number.NaN,
    before: wayOf(was.get(id)),
    after: wayOf(is.get(id)),
  }));
}

type Link = ReturnType<Planner["plan"]>["links"][number];

function wayOf(link: Link | undefined): SiteWay | null {
  return link === undefined
    ? null
    : { satellite: link.satellite.name, gateway: link.gateway.id, pop: link.pop.code };
}

function immediateRepair({ answer }: PlannedCells, failures: Outage): ImmediateRepair {
  const dead = {
    satellites: new Set(failures.satellites),
    gateways: new Set(failures.gateways),
    pops: new Set(failures.pops),
    lasers: new Set((failures.lasers ?? []).flatMap(([a, b]) => [`${a}-${b}`, `${b}-${a}`])),
  };
  const fails = (i: number, next: number): boolean =>
    next < 0 ? dead.gateways.has(-1 - next) : dead.satellites.has(next) || dead.lasers.has(`${i}-${next}`);
  let [routed, links, nodes, affected, repaired] = [0, 0, 0, 0, 0];
  for (const tree of answer.trees) {
    const alternates = fastReroute(answer.graph, tree);
    for (let i = 0; i < tree.next.length; i++) {
      const next = tree.next[i]!;
      if (next === NO_ROUTE) continue;
      routed++;
      const other = alternates.next[i]!;
      if (other !== NO_ROUTE) links++;
      nodes += alternates.avoidsNode[i]!;
      if (dead.satellites.has(i) || dead.pops.has(tree.pop) || !fails(i, next)) continue;
      affected++;
      if (other !== NO_ROUTE && !fails(i, other)) repaired++;
    }
  }
  return {
    affected,
    repaired,
    linkShare: routed === 0 ? 1 : links / routed,
    nodeShare: routed === 0 ? 1 : nodes / routed,
  };
}
