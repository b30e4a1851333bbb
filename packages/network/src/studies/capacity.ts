// SPDX-License-Identifier: MIT
import { createEphemeris } from "@perigee/orbit";
import { allocate } from "../capacity/allocate.ts";
import { type Allocation, BOTTLENECKS, type Bottleneck, type Direction } from "../capacity/allocation.ts";
import {
  type BusyLink,
  busiestLinks,
  capacityByGateway,
  capacityByPop,
  capacityBySatellite,
  type GatewayCapacity,
  type PopCapacity,
  type SatelliteCapacity,
} from "../capacity/capacity-tables.ts";
import { type CellRain, createChannelRater } from "../capacity/channel-rates.ts";
import { satelliteRates } from "../capacity/rates.ts";
import type { CellsRequest, PlannedCells, Planner } from "../plan.ts";
import { SLOT_MS, slotStartMs } from "../slot.ts";

export interface CapacityOptions extends CellsRequest {
  /** A plan of this request that is there already: then only capacity is worked out. */
  readonly planned?: PlannedCells;
  /** Rain over the users; default dry. */
  readonly rain?: CellRain;
  /** Per cell: 0 for those that compete and are not counted; default all count. */
  readonly counted?: Uint8Array;
  /** Links in the list of the fullest; default 20. */
  readonly busiest?: number;
}

/** Sums over the counted cells in one direction, Mbit/s. */
export interface CapacityTotals {
  readonly demandMbps: number;
  readonly carriedMbps: number;
  /** Carried over demand; 1 where nothing is wanted. */
  readonly satisfiedShare: number;
  /** Cells, and what they go without, by what keeps them from more; `demand`: cells that have all they want. */
  readonly bottlenecks: Readonly<
    Record<Bottleneck, { readonly cells: number; readonly missingMbps: number }>
  >;
}

export interface CapacityResult {
  readonly planned: PlannedCells;
  readonly allocation: Allocation;
  readonly totals: Readonly<Record<Direction, CapacityTotals>>;
  /** Counted cells with demand. */
  readonly cellsWithDemand: number;
  /** Per cell: what it wants, all classes, Mbit/s. */
  readonly downDemandMbps: Float32Array;
  readonly upDemandMbps: Float32Array;
  /** The whole plan's, whatever is counted. */
  readonly pops: readonly PopCapacity[];
  readonly gateways: readonly GatewayCapacity[];
  readonly satellites: readonly SatelliteCapacity[];
  readonly busiest: readonly BusyLink[];
}

/**
 * What the network carries in one slot: demand, what of it is carried, what stands in the way where it is not, and the
 * fullest gateways, satellites and links. Plans the slot unless `planned` is given.
 *
 * @throws RangeError for arrays of another size than the table.
 *
 * @example
 * ```ts
 * const { totals } = capacity(planner, { slot: slotAt(atMs), cells, demand });
 * console.log(`${(100 * totals.down.satisfiedShare).toFixed(1)} % of the downlink demand is carried`);
 * ```
 */
export function capacity(planner: Planner, options: CapacityOptions): CapacityResult {
  const { planned: known, rain, counted, busiest = 20, ...request } = options;
  const { cells, demand, slot } = request;
  if (counted !== undefined && counted.length !== cells.count)
    throw new RangeError(`one entry is needed for each of ${cells.count} cells`);
  const planned = known ?? planner.planCells(request);
  const { plan } = planned;
  const middle = planner.motion.fleetAt(
    slotStartMs(slot) + SLOT_MS / 2,
    createEphemeris(planner.elements.length),
  );
  const allocation = allocate(plan, demand, {
    channels: createChannelRater(cells).ratesOf(plan, middle, rain),
    satellites: satelliteRates(planner.generation),
  });
  const wanted = { down: new Float32Array(cells.count), up: new Float32Array(cells.count) };
  for (const { downMbps, upMbps } of demand.classes) {
    for (let c = 0; c < cells.count; c++) {
      wanted.down[c]! += downMbps[c]!;
      wanted.up[c]! += upMbps[c]!;
    }
  }
  const counts = (c: number): boolean => counted === undefined || counted[c] === 1;
  let cellsWithDemand = 0;
  for (let c = 0; c < cells.count; c++)
    if (counts(c) && wanted.down[c]! + wanted.up[c]! > 0) cellsWithDemand++;
  return {
    planned,
    allocation,
    totals: {
      down: totalsOf(wanted.down, allocation.downMbps, allocation.downBottleneck, counts),
      up: totalsOf(wanted.up, allocation.upMbps, allocation.upBottleneck, counts),
    },
    cellsWithDemand,
    downDemandMbps: wanted.down,
    upDemandMbps: wanted.up,
    pops: capacityByPop(allocation, plan, demand),
    gateways: capacityByGateway(allocation, plan),
    satellites: capacityBySatellite(allocation, plan),
    busiest: busiestLinks(allocation, plan, busiest),
  };
}

function totalsOf(
  wantedMbps: Float32Array,
  gotMbps: Float32Array,
  bottleneck: Uint8Array,
  counts: (cell: number) => boolean,
): CapacityTotals {
  const cells = BOTTLENECKS.map(() => 0);
  const missing = BOTTLENECKS.map(() => 0);
  let [demandMbps, carriedMbps] = [0, 0];
  for (let c = 0; c < wantedMbps.length; c++) {
    if (!counts(c) || wantedMbps[c] === 0) continue;
    demandMbps += wantedMbps[c]!;
    carriedMbps += gotMbps[c]!;
    cells[bottleneck[c]!]!++;
    missing[bottleneck[c]!]! += Math.max(0, wantedMbps[c]! - gotMbps[c]!);
  }
  return {
    demandMbps,
    carriedMbps,
    satisfiedShare: demandMbps === 0 ? 1 : carriedMbps / demandMbps,
    bottlenecks: Object.fromEntries(
      BOTTLENECKS.map((name, k) => [name, { cells: cells[k]!, missingMbps: missing[k]! }]),
    ) as CapacityTotals["bottlenecks"],
  };
}
