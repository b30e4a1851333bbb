// SPDX-License-Identifier: MIT
// An allocation as tables for people: what each PoP, gateway and satellite carries, and which links are full.
import type { CellDemand } from "../beams/cell-plan.ts";
import type { Allocation, Loads, TrafficPlan } from "./allocation.ts";

/** What the cells of one PoP want and get, Mbit/s. */
export interface PopCapacity {
  /** Index in the ground segment. */
  readonly pop: number;
  readonly cells: number;
  readonly downDemandMbps: number;
  readonly downMbps: number;
  readonly upDemandMbps: number;
  readonly upMbps: number;
}

/** Sums over the cells of each PoP that any cell uses, by index. Cells without a PoP are in none. */
export function capacityByPop(allocation: Allocation, plan: TrafficPlan, demand: CellDemand): PopCapacity[] {
  const pops = plan.pop.reduce((most, pop) => Math.max(most, pop + 1), 0);
  const sums = Array.from({ length: pops }, (_, pop) => ({
    pop,
    cells: 0,
    downDemandMbps: 0,
    downMbps: 0,
    upDemandMbps: 0,
    upMbps: 0,
  }));
  for (let cell = 0; cell < plan.pop.length; cell++) {
    const sum = sums[plan.pop[cell]!];
    if (sum === undefined) continue;
    sum.cells += 1;
    sum.downMbps += allocation.downMbps[cell]!;
    sum.upMbps += allocation.upMbps[cell]!;
    for (const { downMbps, upMbps } of demand.classes) {
      sum.downDemandMbps += downMbps[cell]!;
      sum.upDemandMbps += upMbps[cell]!;
    }
  }
  return sums.filter(({ cells }) => cells > 0);
}

/** What the antennas of one gateway carry, Mbit/s. */
export interface GatewayCapacity {
  /** Index in the ground segment. */
  readonly gateway: number;
  /** Antennas in use. */
  readonly contacts: number;
  readonly downMbps: number;
  readonly downCapacityMbps: number;
  readonly upMbps: number;
  readonly upCapacityMbps: number;
  /** Of its contacts in their fuller direction. */
  readonly greatestUtilisation: number;
}

/** Sums over the contacts of each gateway that has any, by index. */
export function capacityByGateway(allocation: Allocation, plan: TrafficPlan): GatewayCapacity[] {
  const { down, up } = allocation.contacts;
  const sums = new Map<number, { -readonly [Key in keyof GatewayCapacity]: GatewayCapacity[Key] }>();
  plan.contacts.gateway.forEach((gateway, c) => {
    let sum = sums.get(gateway);
    if (sum === undefined) {
      sum = {
        gateway,
        contacts: 0,
        downMbps: 0,
        downCapacityMbps: 0,
        upMbps: 0,
        upCapacityMbps: 0,
        greatestUtilisation: 0,
      };
      sums.set(gateway, sum);
    }
    sum.contacts += 1;
    sum.downMbps += down.carriedMbps[c]!;
    sum.downCapacityMbps += down.capacityMbps[c]!;
    sum.upMbps += up.carriedMbps[c]!;
    sum.upCapacityMbps += up.capacityMbps[c]!;
    sum.greatestUtilisation = Math.max(sum.greatestUtilisation, down.utilisation[c]!, up.utilisation[c]!);
  });
  return [...sums.values()].sort((a, b) => a.gateway - b.gateway);
}

/** What one satellite's payload carries for its own users, Mbit/s; what only passes over its lasers is not in it. */
export interface SatelliteCapacity {
  readonly satellite: number;
  readonly beams: number;
  readonly downMbps: number;
  readonly downCapacityMbps: number;
  readonly upMbps: number;
  readonly upCapacityMbps: number;
}

/** Every satellite with a beam in use, by index. */
export function capacityBySatellite(allocation: Allocation, plan: TrafficPlan): SatelliteCapacity[] {
  const { down, up } = allocation.satellites;
  const beams = new Int32Array(down.carriedMbps.length);
  for (const s of plan.beams.satellite) beams[s]!++;
  const rows: SatelliteCapacity[] = [];
  beams.forEach((count, satellite) => {
    if (count === 0) return;
    rows.push({
      satellite,
      beams: count,
      downMbps: down.carriedMbps[satellite]!,
      downCapacityMbps: down.capacityMbps[satellite]!,
      upMbps: up.carriedMbps[satellite]!,
      upCapacityMbps: up.capacityMbps[satellite]!,
    });
  });
  return rows;
}

/** One direction of a laser link or of a contact. `from` and `to`: satellites, or a gateway as named by `kind`. */
export interface BusyLink {
  readonly kind: "laser" | "satelliteToGateway" | "gatewayToSatellite";
  readonly from: number;
  readonly to: number;
  readonly carriedMbps: number;
  readonly capacityMbps: number;
  readonly utilisation: number;
  /** What would come if only beams were scarce. */
  readonly offeredMbps: number;
}

/** The `count` fullest links, by utilisation, then by what is offered; ties in the order of the plan, lasers first. */
export function busiestLinks(allocation: Allocation, plan: TrafficPlan, count: number): BusyLink[] {
  const links: BusyLink[] = [];
  const add = (kind: BusyLink["kind"], loads: Loads, from: Int32Array, to: Int32Array): void => {
    loads.utilisation.forEach((utilisation, k) => {
      if (utilisation === 0) return;
      links.push({
        kind,
        from: from[k]!,
        to: to[k]!,
        carriedMbps: loads.carriedMbps[k]!,
        capacityMbps: loads.capacityMbps[k]!,
        utilisation,
        offeredMbps: loads.offeredMbps[k]!,
      });
    });
  };
  const { lasers, contacts } = allocation;
  const { satellite, gateway } = plan.contacts;
  add("laser", lasers.aToB, lasers.a, lasers.b);
  add("laser", lasers.bToA, lasers.b, lasers.a);
  add("satelliteToGateway", contacts.up, satellite, gateway);
  add("gatewayToSatellite", contacts.down, gateway, satellite);
  return links
    .sort((a, b) => b.utilisation - a.utilisation || b.offeredMbps - a.offeredMbps)
    .slice(0, Math.max(0, count));
}
