// SPDX-License-Identifier: MIT
import { type CellDemand, SHARE_PARTS } from "../beams/cell-plan.ts";
import type {
  Allocation,
  ClassAllocation,
  Direction,
  DirectionTotals,
  Loads,
  TrafficPlan,
} from "./allocation.ts";
import { type FlowNetwork, firstContact } from "./flow-network.ts";
import { type QueuePolicy, queueMs } from "./queueing.ts";

/** Makes an allocation of what every class got and every resource carries: loads, delays, sums per cell. */
export function describeLoads(
  plan: TrafficPlan,
  demand: CellDemand,
  network: FlowNetwork,
  classes: readonly ClassAllocation[],
  carried: Float64Array,
  offered: Float64Array,
  bottleneck: Readonly<Record<Direction, Uint8Array>>,
  queues: QueuePolicy,
): Allocation {
  const { base, capacity } = network;
  /** Every second resource from `first` to the end of its kind. */
  const loads = (kind: number, half: 0 | 1): Loads => {
    const pick = (values: Float64Array): Float32Array =>
      Float32Array.from(
        { length: (base[kind + 1]! - base[kind]!) >> 1 },
        (_, k) => values[base[kind]! + 2 * k + half]!,
      );
    const capacityMbps = pick(capacity);
    const carriedMbps = pick(carried);
    const utilisation = carriedMbps.map((mbps, k) => (mbps > 0 ? Math.min(1, mbps / capacityMbps[k]!) : 0));
    return {
      capacityMbps,
      carriedMbps,
      offeredMbps: pick(offered),
      utilisation,
      queueMs: utilisation.map((u, k) => queueMs(u, capacityMbps[k]!, queues)),
    };
  };
  const pair = (kind: number): Record<Direction, Loads> => ({ up: loads(kind, 0), down: loads(kind, 1) });
  const ofContacts = pair(1);
  const { downMbps: toGround, upMbps: fromGround } = plan.contacts;
  const perCell = sumCells(plan, network, classes);
  const waits = {
    up: groupQueues(network, network.up, carried, queues),
    down: groupQueues(network, network.down, carried, queues),
  };
  return {
    slot: plan.slot,
    demand: demand.version,
    downMbps: perCell.down,
    upMbps: perCell.up,
    downBottleneck: bottleneck.down,
    upBottleneck: bottleneck.up,
    downQueueMs: cellQueues(plan, network, waits.down),
    upQueueMs: cellQueues(plan, network, waits.up),
    accessUtilisation: perCell.accessUtilisation,
    totals: { up: sumTotals(classes, "up"), down: sumTotals(classes, "down") },
    classes,
    beams: { up: perCell.beamUp, down: perCell.beamDown },
    satellites: pair(0),
    contacts: {
      up: shareAmongContacts(plan, ofContacts.up, toGround, queues),
      down: shareAmongContacts(plan, ofContacts.down, fromGround, queues),
    },
    lasers: { a: network.laserA, b: network.laserB, aToB: loads(2, 0), bToA: loads(2, 1) },
    fibres: { gateway: network.fibreGateway, pop: network.fibrePop, ...pair(3) },
  };
}

/** Contacts of one satellite and gateway carry in proportion to their rates: what the first stands for is divided. */
function shareAmongContacts(
  plan: TrafficPlan,
  together: Loads,
  capacityMbps: Float32Array,
  queues: QueuePolicy,
): Loads {
  const first = capacityMbps.map((_, c) => firstContact(plan.contacts, c));
  const divide = (mbps: Float32Array): Float32Array =>
    mbps.map((_, c) => {
      const all = together.capacityMbps[first[c]!]!;
      // A pair without any rate: what is wanted of it stands at its first contact.
      if (all === 0) return mbps[c]!;
      return mbps[first[c]!]! * (capacityMbps[c]! / all);
    });
  const utilisation = together.utilisation.map((_, c) =>
    capacityMbps[c]! > 0 ? together.utilisation[first[c]!]! : 0,
  );
  return {
    capacityMbps: capacityMbps.slice(),
    carriedMbps: divide(together.carriedMbps),
    offeredMbps: divide(together.offeredMbps),
    utilisation,
    queueMs: utilisation.map((u, c) => queueMs(u, capacityMbps[c]!, queues)),
  };
}

function sumTotals(classes: readonly ClassAllocation[], direction: Direction): DirectionTotals {
  let demandMbps = 0;
  let carriedMbps = 0;
  for (const { totals } of classes) {
    demandMbps += totals[direction].demandMbps;
    carriedMbps += totals[direction].carriedMbps;
  }
  return { demandMbps, carriedMbps, satisfiedShare: demandMbps > 0 ? carriedMbps / demandMbps : 1 };
}

/** Adds up classes per cell, and the time in use per cell and beam. */
function sumCells(plan: TrafficPlan, network: FlowNetwork, classes: readonly ClassAllocation[]) {
  const cells = plan.beam.length;
  const { flows, shareUp, shareDown } = network;
  const up = new Float32Array(cells);
  const down = new Float32Array(cells);
  const accessUtilisation = new Float32Array(cells);
  const beamUp = new Float32Array(plan.beams.satellite.length);
  const beamDown = new Float32Array(plan.beams.satellite.length);
  for (let f = 0; f < flows; f++) {
    let upMbps = 0;
    let downMbps = 0;
    for (let k = 0; k < classes.length; k++) {
      upMbps += classes[k]!.upMbps[f]!;
      downMbps += classes[k]!.downMbps[f]!;
    }
    if (upMbps === 0 && downMbps === 0) continue;
    const extra = f - cells;
    const cell = extra < 0 ? f : plan.extra.cell[extra]!;
    const beam = extra < 0 ? plan.beam[f]! : plan.extra.beam[extra]!;
    const part = (extra < 0 ? plan.share[f]! : plan.extra.share[extra]!) / SHARE_PARTS;
    const upUse = upMbps > 0 ? upMbps / shareUp[f]! : 0;
    const downUse = downMbps > 0 ? downMbps / shareDown[f]! : 0;
    up[cell]! += upMbps;
    down[cell]! += downMbps;
    beamUp[beam]! += upUse * part;
    beamDown[beam]! += downUse * part;
    accessUtilisation[cell] = Math.min(1, Math.max(accessUtilisation[cell]!, upUse, downUse));
  }
  return { up, down, accessUtilisation, beamUp, beamDown };
}

/** Sum of the waits on each group's way, ms. */
function groupQueues(
  network: FlowNetwork,
  path: Int32Array,
  carried: Float64Array,
  queues: QueuePolicy,
): Float32Array {
  const { capacity, offset } = network;
  const wait = carried.map((mbps, r) => queueMs(mbps / capacity[r]!, capacity[r]!, queues));
  return Float32Array.from({ length: network.groups }, (_, g) => {
    let sum = 0;
    for (let p = offset[g]!; p < offset[g + 1]!; p++) sum += wait[path[p]!]!;
    return sum;
  });
}

function cellQueues(plan: TrafficPlan, { group, flows }: FlowNetwork, waitMs: Float32Array): Float32Array {
  const cells = plan.beam.length;
  const out = new Float32Array(cells);
  for (let f = 0; f < flows; f++) {
    const g = group[f]!;
    if (g < 0) continue;
    const cell = f < cells ? f : plan.extra.cell[f - cells]!;
    if (waitMs[g]! > out[cell]!) out[cell] = waitMs[g]!;
  }
  return out;
}
