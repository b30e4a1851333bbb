// SPDX-License-Identifier: MIT
// For tests only: small slots without geometry. Delays are small whole milliseconds, so that ties abound and sums are
// exact, and every oracle can be written over plain lists.
import fc from "fast-check";
import { LIGHT_KM_PER_MS } from "../laser-geometry.ts";
import { topologyOf } from "../laser-topology.ts";
import type { SlotGraphInputs } from "../slot-graph.ts";

export interface RandomSlot extends SlotGraphInputs {
  readonly satellites: number;
}

/** @param spread Delays are 1 to `spread` ms: few for ties, many for unique shortest ways. */
export function randomSlot(
  options: { satellites?: number; spread?: number; priced?: boolean } = {},
): fc.Arbitrary<RandomSlot> {
  const { satellites: most = 12, spread = 4, priced = true } = options;
  const weight = fc.integer({ min: 1, max: spread });
  const price = fc.integer({ min: 0, max: spread });
  return fc
    .record({ satellites: fc.integer({ min: 2, max: most }), gateways: fc.integer({ min: 1, max: 3 }) })
    .chain(({ satellites, gateways }) => {
      const satellite = fc.nat(satellites - 1);
      return fc.record({
        satellites: fc.constant(satellites),
        gateways: fc.constant(gateways),
        links: fc.uniqueArray(fc.record({ a: satellite, b: satellite, ms: weight, up: fc.nat(9) }), {
          maxLength: 3 * satellites,
          selector: ({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}`,
        }),
        landings: fc.uniqueArray(fc.record({ s: satellite, g: fc.nat(gateways - 1), ms: weight }), {
          minLength: 1,
          maxLength: 6,
          selector: ({ s, g }) => `${s} ${g}`,
        }),
        fibreMs: fc.array(weight, { minLength: 2 * gateways, maxLength: 2 * gateways }),
        prices: fc.option(fc.infiniteStream(price)).filter(p => priced || p === null),
      });
    })
    .map(({ satellites, gateways, links, landings, fibreMs, prices }) => {
      const good = links
        .filter(({ a, b }) => a !== b)
        .map(link => ({ ...link, a: Math.min(link.a, link.b), b: Math.max(link.a, link.b) }))
        .sort((p, q) => p.a - q.a || p.b - q.b);
      const topology = topologyOf(
        satellites,
        good.map(({ a, b }) => [a, b]),
      );
      const sorted = landings.sort((p, q) => p.s - q.s || p.g - q.g);
      const draws = (count: number) => Float64Array.from({ length: count }, () => prices?.next().value ?? 0);
      const none = new Int32Array(0);
      return {
        satellites,
        lasers: {
          topology,
          up: Uint8Array.from(good, ({ up }) => (up > 0 ? 1 : 0)),
          km: Float64Array.from(good, ({ ms }) => ms * LIGHT_KM_PER_MS),
          state: { fromMs: 0, untilMs: 15_000, a: none, b: none, readyMs: new Float64Array(0) },
        },
        contacts: {
          satellite: Int32Array.from(sorted, ({ s }) => s),
          gateway: Int32Array.from(sorted, ({ g }) => g),
          downMbps: new Float32Array(sorted.length),
          upMbps: new Float32Array(sorted.length),
          rangeKm: Float32Array.from(sorted, ({ ms }) => ms * LIGHT_KM_PER_MS),
        },
        fibre: { gateways, pops: 2, ms: Float64Array.from(fibreMs) },
        hopMs: 0,
        ...(prices === null
          ? {}
          : { laserPriceMs: draws(topology.rows.to.length), contactPriceMs: draws(sorted.length) }),
      };
    });
}

/** One step of a route, towards the PoP. Gateway g is node `satellites + g`, the PoP is the last. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  readonly ms: number;
  /** Two directions of a laser are one link. */
  readonly link: string;
}

/** All steps of a slot towards a PoP, listed from the inputs alone. */
export function stepsTo(slot: RandomSlot, pop: number): Step[] {
  const { lasers, contacts, fibre, satellites } = slot;
  const { topology, up, km } = lasers;
  const { offset, to } = topology.rows;
  const steps: Step[] = [];
  for (let i = 0; i < satellites; i++) {
    for (let e = offset[i]!; e < offset[i + 1]!; e++) {
      const j = to[e]!;
      const k = topology.a.findIndex((a, n) => a === Math.min(i, j) && topology.b[n] === Math.max(i, j));
      if (up[k] === 0) continue;
      const ms = km[k]! / LIGHT_KM_PER_MS + slot.hopMs;
      steps.push({ from: i, to: j, ms, cost: ms + (slot.laserPriceMs?.[e] ?? 0), link: `laser ${k}` });
    }
  }
  contacts.satellite.forEach((s, c) => {
    const ms = contacts.rangeKm[c]! / LIGHT_KM_PER_MS;
    const cost = ms + (slot.contactPriceMs?.[c] ?? 0);
    steps.push({ from: s, to: satellites + contacts.gateway[c]!, ms, cost, link: `contact ${c}` });
  });
  for (let g = 0; g < fibre.gateways; g++) {
    const ms = fibre.ms[g * fibre.pops + pop]!;
    steps.push({ from: satellites + g, to: satellites + fibre.gateways, ms, cost: ms, link: `fibre ${g}` });
  }
  return steps;
}

/** Least costs from every node to the PoP, relaxed until nothing changes (Bellman and Ford). */
export function leastCosts(slot: RandomSlot, steps: readonly Step[]): Float64Array {
  const nodes = slot.satellites + slot.fibre.gateways + 1;
  const cost = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  cost[nodes - 1] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (const step of steps) {
      if (cost[step.to]! + step.cost >= cost[step.from]!) continue;
      cost[step.from] = cost[step.to]! + step.cost;
      changed = true;
    }
  }
  return cost;
}

/** Every path without repeated nodes, as steps. */
export function allPaths(steps: readonly Step[], from: number, to: number): Step[][] {
  const found: Step[][] = [];
  const path: Step[] = [];
  const visited = new Set<number>([from]);
  const go = (node: number) => {
    if (node === to) {
      found.push([...path]);
      return;
    }
    for (const step of steps) {
      if (step.from !== node || visited.has(step.to)) continue;
      visited.add(step.to);
      path.push(step);
      go(step.to);
      path.pop();
      visited.delete(step.to);
    }
  };
  go(from);
  return found;
}
