// SPDX-License-Identifier: MIT
// For tests and benchmarks only: a plan as a plain list of flows over named resources, for the twins that check the
// allocator. Nothing is grouped.
import { NO_ROUTE, SHARE_PARTS } from "../../beams/cell-plan.ts";
import type { Direction } from "../allocation.ts";
import type { SmallNetwork } from "./random-network.ts";

export interface FlatFlow {
  /** Flow number, class and direction of the allocation's rate that this is. */
  readonly flow: number;
  readonly rank: number;
  readonly direction: Direction;
  readonly demand: number;
  readonly weight: number;
  readonly resources: readonly string[];
}

export interface FlatNetwork {
  /** Flows with a way and a demand, in the order of service: class by class, up before down. */
  readonly flows: readonly FlatFlow[];
  readonly capacity: ReadonlyMap<string, number>;
}

export function flatNetwork({ plan, demand, rates }: SmallNetwork): FlatNetwork {
  const capacity = new Map<string, number>();
  const named = (name: string, mbps: number): string => {
    capacity.set(name, mbps);
    return name;
  };
  const cells = plan.beam.length;
  const { laserMbps } = rates.satellites;
  /** What all contacts of a satellite with a gateway carry together. */
  const contacts = new Map<string, Record<Direction, number>>();
  plan.contacts.satellite.forEach((s, c) => {
    const pair = `${s} ${plan.contacts.gateway[c]}`;
    const sum = contacts.get(pair) ?? { up: 0, down: 0 };
    // Up for the user is down for the satellite.
    sum.up += plan.contacts.downMbps[c]!;
    sum.down += plan.contacts.upMbps[c]!;
    contacts.set(pair, sum);
  });
  const attached = [
    ...Array.from(plan.beam, (beam, cell) => ({
      cell,
      beam,
      share: plan.share[cell]!,
      mbps: rates.channels,
      at: cell,
    })),
    ...Array.from(plan.extra.cell, (cell, k) => ({
      cell,
      beam: plan.extra.beam[k]!,
      share: plan.extra.share[k]!,
      mbps: rates.channels.extra,
      at: k,
    })),
  ];
  const byPop = new Map(plan.trees.map(tree => [tree.pop, tree]));
  const routed = attached.map(({ cell, beam }) => {
    const tree = byPop.get(plan.pop[cell]!);
    return beam >= 0 && tree !== undefined && tree.next[plan.beams.satellite[beam]!] !== NO_ROUTE;
  });
  const flows: FlatFlow[] = [];
  for (const [rank, wanted] of demand.classes.entries()) {
    for (const direction of ["up", "down"] as const) {
      const key = direction === "up" ? "upMbps" : "downMbps";
      const carries = attached.map(({ share, mbps, at }, f) =>
        routed[f] ? (mbps[key][at]! * share) / SHARE_PARTS : 0,
      );
      const perCell = new Float64Array(cells);
      attached.forEach(({ cell }, f) => {
        perCell[cell]! += carries[f]!;
      });
      attached.forEach(({ cell, beam }, f) => {
        if (!routed[f] || carries[f] === 0 || !(wanted[key][cell]! > 0)) return;
        const part = carries[f]! / perCell[cell]!;
        const tree = byPop.get(plan.pop[cell]!)!;
        let s = plan.beams.satellite[beam]!;
        const resources = [
          named(`share ${f} ${direction}`, carries[f]!),
          named(`satellite ${s} ${direction}`, rates.satellites[key][s]!),
        ];
        for (let next = tree.next[s]!; next >= 0; s = next, next = tree.next[s]!) {
          const way = direction === "up" ? `${s} to ${next}` : `${next} to ${s}`;
          resources.push(named(`laser ${way}`, Math.min(laserMbps[s]!, laserMbps[next]!)));
        }
        const gateway = -1 - tree.next[s]!;
        const pair = `${s} ${gateway}`;
        resources.push(named(`contact ${pair} ${direction}`, contacts.get(pair)![direction]));
        if (rates.fibreMbps !== undefined) {
          const mbps = rates.fibreMbps[gateway * rates.fibrePops! + tree.pop]!;
          resources.push(named(`fibre ${gateway} ${tree.pop} ${direction}`, mbps));
        }
        flows.push({
          flow: f,
          rank,
          direction,
          demand: wanted[key][cell]! * part,
          weight: wanted.weight[cell]! * part,
          resources,
        });
      });
    }
  }
  return { flows, capacity };
}

/** The flows of each class and direction, in the order of service. */
export function stagesOf(flows: readonly FlatFlow[]): FlatFlow[][] {
  return [...Map.groupBy(flows, ({ rank, direction }) => `${rank} ${direction}`).values()];
}
