// SPDX-License-Identifier: MIT
import type { CellDemand, DemandClass } from "../beams/cell-plan.ts";
import type { Allocation, ClassAllocation, Direction, TrafficPlan } from "./allocation.ts";
import { BOTTLENECKS } from "./allocation.ts";
import { type FlowNetwork, flowNetwork, RESOURCE_KINDS } from "./flow-network.ts";
import { describeLoads } from "./loads.ts";
import { defaultQueuePolicy, type QueuePolicy } from "./queueing.ts";
import type { NetworkRates } from "./rates.ts";
import { type Filling, fillToLevels } from "./water-filling.ts";

const DEMAND_MET = BOTTLENECKS.indexOf("demand");
const BEAM = BOTTLENECKS.indexOf("beam");
const UNSERVED = BOTTLENECKS.indexOf("unserved");
/** Codes of the kinds of resources, in the order of {@link RESOURCE_KINDS}. */
const CODE_OF_KIND = RESOURCE_KINDS.map(kind => BOTTLENECKS.indexOf(kind));

/**
 * Who gets what in a slot: demand-capped weighted max-min fairness, class by class.
 *
 * The most urgent class is filled first, the next gets what is left, and so on; inside a class, up before down. The two
 * directions meet only on laser links, where one tree's up and another's down may run the same way: up, a fifteenth of
 * the traffic, goes first because a stalled acknowledgement stalls a download. Inside a class and direction every cell's
 * rate over weight is as equal as demands, beams, satellites, lasers, contacts and fibre allow (progressive filling,
 * exact; see {@link fillToLevels}). {@link certify} proves it of a result.
 *
 * Deterministic: no clock, no draw, ties by index. Linear in cells but for the sorting of those behind something full.
 *
 * @param plan Which beams, ways and contacts there are. Its shares are kept: time that a cell leaves idle is not lent.
 * @param demand Rows of as many cells as the plan has.
 * @throws RangeError where plan, demand and rates do not fit together, or a demand is negative or without weight.
 */
export function allocate(
  plan: TrafficPlan,
  demand: CellDemand,
  rates: NetworkRates,
  queues: QueuePolicy = defaultQueuePolicy,
): Allocation {
  const network = flowNetwork(plan, rates);
  const { capacity, flows, groups } = network;
  const cells = plan.beam.length;
  const carried = new Float64Array(capacity.length);
  const offered = new Float64Array(capacity.length);
  const bottleneck = { up: new Uint8Array(cells), down: new Uint8Array(cells) };
  const left = { up: network.shareUp.slice(), down: network.shareDown.slice() };
  const groupTotal = new Float64Array(groups);
  const residual = new Float64Array(capacity.length);
  let byGroup: GroupRows | null = null;

  const classes = demand.classes.map((wanted, rank): ClassAllocation => {
    const last = rank === demand.classes.length - 1;
    const result = { up: fill("up"), down: fill("down") };
    return {
      name: wanted.name,
      upMbps: result.up.mbps,
      downMbps: result.down.mbps,
      totals: { up: result.up.totals, down: result.down.totals },
    };

    function fill(direction: Direction) {
      const path = network[direction];
      const codes = bottleneck[direction];
      const beamLeft = left[direction];
      // First as if only beams were scarce: most flows are done with that.
      const { mbps, demandMbps } = takeFromBeams(
        network,
        plan,
        wanted,
        direction,
        beamLeft,
        codes,
        groupTotal,
      );
      for (let r = 0; r < residual.length; r++) residual[r] = Math.max(0, capacity[r]! - carried[r]!);
      const { tight, groupsBehind } = findTight(network, path, groupTotal, residual, offered);
      if (groupsBehind.length > 0) {
        byGroup ??= rowsByGroup(network);
        fillBehind(
          network,
          plan,
          wanted,
          path,
          byGroup,
          groupsBehind,
          tight,
          residual,
          mbps,
          codes,
          groupTotal,
        );
      }
      let carriedMbps = 0;
      for (let g = 0; g < groups; g++) {
        const total = groupTotal[g]!;
        carriedMbps += total;
        if (total > 0) {
          for (let p = network.offset[g]!; p < network.offset[g + 1]!; p++) carried[path[p]!]! += total;
        }
      }
      if (!last) for (let f = 0; f < flows; f++) beamLeft[f] = Math.max(0, beamLeft[f]! - mbps[f]!);
      const satisfiedShare = demandMbps > 0 ? carriedMbps / demandMbps : 1;
      return { mbps, totals: { demandMbps, carriedMbps, satisfiedShare } };
    }
  });
  return describeLoads(plan, demand, network, classes, carried, offered, bottleneck, queues);
}

/**
 * Gives every flow the less of its demand and what its beam has left; sums per group into `groupTotal`. Marks cells
 * that this leaves short, unless a more urgent class was short before.
 */
function takeFromBeams(
  network: FlowNetwork,
  plan: TrafficPlan,
  wanted: DemandClass,
  direction: Direction,
  beamLeft: Float32Array,
  codes: Uint8Array,
  groupTotal: Float64Array,
) {
  const cells = plan.beam.length;
  const { group, flows } = network;
  const part = direction === "up" ? network.partUp : network.partDown;
  const demand = direction === "up" ? wanted.upMbps : wanted.downMbps;
  const { weight, name } = wanted;
  if (demand.length !== cells || weight.length !== cells) {
    throw new RangeError(
      `class ${name} has ${demand.length} demands and ${weight.length} weights for ${cells} cells`,
    );
  }
  const mbps = new Float32Array(flows);
  groupTotal.fill(0);
  let demandMbps = 0;
  for (let cell = 0; cell < cells; cell++) {
    const asked = demand[cell]!;
    if (asked === 0) continue;
    if (!(asked > 0 && asked < Number.POSITIVE_INFINITY && weight[cell]! > 0)) {
      throw new RangeError(
        `class ${name}, cell ${cell}: ${asked} Mbit/s ${direction} at weight ${weight[cell]}`,
      );
    }
    demandMbps += asked;
    const g = group[cell]!;
    if (g < 0) {
      // One of its further beams may have a route: the loop below decides.
      if (codes[cell] === DEMAND_MET && (part === null || part[cell] === 1)) codes[cell] = UNSERVED;
      continue;
    }
    const own = part === null ? asked : Math.fround(asked * part[cell]!);
    const carries = beamLeft[cell]!;
    if (own <= carries) {
      mbps[cell] = own;
      groupTotal[g]! += own;
    } else {
      mbps[cell] = carries;
      groupTotal[g]! += carries;
      if (codes[cell] === DEMAND_MET) codes[cell] = BEAM;
    }
  }
  for (let f = cells; f < flows; f++) {
    const g = group[f]!;
    const cell = plan.extra.cell[f - cells]!;
    if (g < 0 || part === null) continue;
    const own = Math.fround(demand[cell]! * part[f]!);
    const rate = Math.min(own, beamLeft[f]!);
    mbps[f] = rate;
    groupTotal[g]! += rate;
    if (rate < own && codes[cell] === DEMAND_MET) codes[cell] = BEAM;
  }
  return { mbps, demandMbps };
}

/** Which resources may run full, and which groups use any: no others need more than the sums at hand. */
function findTight(
  network: FlowNetwork,
  path: Int32Array,
  groupTotal: Float64Array,
  residual: Float64Array,
  offered: Float64Array,
) {
  const { groups, offset } = network;
  const load = new Float64Array(residual.length);
  for (let g = 0; g < groups; g++) {
    const total = groupTotal[g]!;
    if (total === 0) continue;
    for (let p = offset[g]!; p < offset[g + 1]!; p++) load[path[p]!]! += total;
  }
  const tight = new Uint8Array(residual.length);
  for (let r = 0; r < residual.length; r++) {
    offered[r]! += load[r]!;
    if (load[r]! > residual[r]!) tight[r] = 1;
  }
  const groupsBehind: number[] = [];
  for (let g = 0; g < groups; g++) {
    if (groupTotal[g] === 0) continue;
    for (let p = offset[g]!; p < offset[g + 1]!; p++) {
      if (tight[path[p]!] === 0) continue;
      groupsBehind.push(g);
      break;
    }
  }
  return { tight, groupsBehind };
}

/** Flows in the order of their groups, compressed rows. */
interface GroupRows {
  readonly offset: Int32Array;
  readonly flow: Int32Array;
}

function rowsByGroup({ group, groups, flows }: FlowNetwork): GroupRows {
  const offset = new Int32Array(groups + 1);
  for (let f = 0; f < flows; f++) if (group[f]! >= 0) offset[group[f]! + 1]!++;
  for (let g = 0; g < groups; g++) offset[g + 1]! += offset[g]!;
  const at = offset.slice();
  const flow = new Int32Array(offset[groups]!);
  for (let f = 0; f < flows; f++) if (group[f]! >= 0) flow[at[group[f]!]!++] = f;
  return { offset, flow };
}

/** Shares out what is tight among the groups behind it, and corrects their flows and totals. */
function fillBehind(
  network: FlowNetwork,
  plan: TrafficPlan,
  wanted: DemandClass,
  path: Int32Array,
  rows: GroupRows,
  groupsBehind: readonly number[],
  tight: Uint8Array,
  residual: Float64Array,
  mbps: Float32Array,
  codes: Uint8Array,
  groupTotal: Float64Array,
): void {
  const cells = plan.beam.length;
  const part = path === network.up ? network.partUp : network.partDown;
  const weightOf = (f: number): number => {
    const weight = wanted.weight[f < cells ? f : plan.extra.cell[f - cells]!]!;
    return part === null ? weight : weight * part[f]!;
  };
  const count = groupsBehind.length;
  const flowOffset = new Int32Array(count + 1);
  const pathOffset = new Int32Array(count + 1);
  const most = groupsBehind.reduce((sum, g) => sum + rows.offset[g + 1]! - rows.offset[g]!, 0);
  const demand = new Float64Array(most);
  const weight = new Float64Array(most);
  const flowAt = new Int32Array(most);
  const tightPath: number[] = [];
  let size = 0;
  groupsBehind.forEach((g, k) => {
    for (let i = rows.offset[g]!; i < rows.offset[g + 1]!; i++) {
      const f = rows.flow[i]!;
      if (mbps[f] === 0) continue;
      demand[size] = mbps[f]!;
      weight[size] = weightOf(f);
      flowAt[size++] = f;
    }
    flowOffset[k + 1] = size;
    for (let p = network.offset[g]!; p < network.offset[g + 1]!; p++) {
      if (tight[path[p]!] !== 0) tightPath.push(path[p]!);
    }
    pathOffset[k + 1] = tightPath.length;
  });
  const { level, bottleneck }: Filling = fillToLevels({
    groups: count,
    flowOffset,
    demand: demand.subarray(0, size),
    weight: weight.subarray(0, size),
    pathOffset,
    path: Int32Array.from(tightPath),
    capacity: residual,
  });
  for (let k = 0; k < count; k++) {
    const at = level[k]!;
    if (at === Number.POSITIVE_INFINITY) continue;
    const code = CODE_OF_KIND[kindOf(network, bottleneck[k]!)]!;
    let total = 0;
    for (let i = flowOffset[k]!; i < flowOffset[k + 1]!; i++) {
      const fair = weight[i]! * at;
      if (fair < demand[i]!) {
        const f = flowAt[i]!;
        mbps[f] = fair;
        total += fair;
        const cell = f < cells ? f : plan.extra.cell[f - cells]!;
        if (codes[cell] === DEMAND_MET || codes[cell] === BEAM) codes[cell] = code;
      } else {
        total += demand[i]!;
      }
    }
    groupTotal[groupsBehind[k]!] = total;
  }
}

/** Index into {@link RESOURCE_KINDS}. */
function kindOf({ base }: FlowNetwork, resource: number): number {
  let kind = 0;
  while (resource >= base[kind + 1]!) kind++;
  return kind;
}
