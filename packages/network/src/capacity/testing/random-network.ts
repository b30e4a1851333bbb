// SPDX-License-Identifier: MIT
// For tests only: small plans with everything in them that capacity depends on, scarce in random places.
import * as fc from "fast-check";
import {
  type CellDemand,
  type DemandClass,
  NO_ROUTE,
  type RouteTree,
  SHARE_PARTS,
} from "../../beams/cell-plan.ts";
import { uniform } from "../../draw.ts";
import type { TrafficPlan } from "../allocation.ts";
import type { NetworkRates } from "../rates.ts";

/** Arguments of `allocate`. */
export interface SmallNetwork {
  readonly plan: TrafficPlan;
  readonly demand: CellDemand;
  readonly rates: NetworkRates;
}

export interface NetworkSize {
  readonly seed: number;
  readonly satellites: number;
  readonly gateways: number;
  readonly pops: number;
  readonly cells: number;
  readonly extras: number;
  readonly classes: number;
  readonly fibre: boolean;
}

/** Sizes for {@link smallNetwork}; what is drawn inside follows the seed. */
export function networkSizes(most: { cells: number; classes: number }): fc.Arbitrary<NetworkSize> {
  return fc.record({
    seed: fc.nat(),
    satellites: fc.integer({ min: 1, max: 6 }),
    gateways: fc.integer({ min: 1, max: 3 }),
    pops: fc.integer({ min: 1, max: 3 }),
    cells: fc.integer({ min: 1, max: most.cells }),
    extras: fc.integer({ min: 0, max: 4 }),
    classes: fc.integer({ min: 1, max: most.classes }),
    fibre: fc.boolean(),
  });
}

/** Plan, demand and rates of some size. About one demand in six is 0; so is one capacity in twelve. */
export function smallNetwork(size: NetworkSize): SmallNetwork {
  let drawn = 0;
  const draw = (): number => uniform(size.seed, drawn++, 0, 0);
  const below = (n: number): number => Math.floor(draw() * n);
  /** Often the same few values, so that ties happen. */
  const amount = (scale: number): number =>
    draw() < 0.5 ? (1 + below(4)) * scale : scale * (0.1 + 4 * draw());
  const capacity = (scale: number): number => (draw() < 1 / 12 ? 0 : amount(scale));
  const contacts = contactsOf(size, draw, capacity);
  const trees = Array.from({ length: size.pops }, (_, pop) =>
    randomTree(pop, size.satellites, contacts, below),
  );

  // Two beams a satellite, each cell on one of them with what time is left, a few cells on several.
  const satellite = Int32Array.from({ length: 2 * size.satellites }, (_, beam) => beam >> 1);
  const spare = new Int32Array(satellite.length).fill(SHARE_PARTS);
  const take = (beam: number): number => {
    const parts = Math.min(spare[beam]!, 1 + below(40));
    spare[beam]! -= parts;
    return parts;
  };
  const beam = new Int32Array(size.cells).fill(-1);
  const share = new Uint8Array(size.cells);
  for (let cell = 0; cell < size.cells; cell++) {
    if (draw() < 0.1) continue;
    const wanted = below(satellite.length);
    const parts = take(wanted);
    if (parts === 0) continue;
    beam[cell] = wanted;
    share[cell] = parts;
  }
  const extra: { cell: number; beam: number; share: number }[] = [];
  for (let k = 0; k < size.extras; k++) {
    const cell = below(size.cells);
    const wanted = below(satellite.length);
    if (beam[cell]! < 0 || beam[cell] === wanted || extra.some(e => e.cell === cell && e.beam === wanted))
      continue;
    const parts = take(wanted);
    if (parts > 0) extra.push({ cell, beam: wanted, share: parts });
  }
  extra.sort((a, b) => a.cell - b.cell || a.beam - b.beam);

  const filled = (length: number, value: () => number): Float32Array => Float32Array.from({ length }, value);
  const classes = Array.from({ length: size.classes }, (_, k): DemandClass => {
    const some = (scale: number): number => (draw() < 1 / 6 ? 0 : amount(scale));
    return {
      name: `class ${k}`,
      downMbps: filled(size.cells, () => some(20)),
      upMbps: filled(size.cells, () => some(5)),
      weight: filled(size.cells, () => amount(1)),
    };
  });
  return {
    plan: {
      slot: 1,
      beam,
      share,
      extra: {
        cell: Int32Array.from(extra, e => e.cell),
        beam: Int32Array.from(extra, e => e.beam),
        share: Uint8Array.from(extra, e => e.share),
      },
      beams: { satellite, colour: new Uint8Array(satellite.length) },
      pop: Int16Array.from({ length: size.cells }, () => (draw() < 0.05 ? -1 : below(size.pops))),
      contacts,
      trees,
    },
    demand: { version: "random", classes },
    rates: {
      channels: {
        downMbps: filled(size.cells, () => capacity(60)),
        upMbps: filled(size.cells, () => capacity(15)),
        extra: {
          downMbps: filled(extra.length, () => capacity(60)),
          upMbps: filled(extra.length, () => capacity(15)),
        },
      },
      satellites: {
        downMbps: filled(size.satellites, () => capacity(40)),
        upMbps: filled(size.satellites, () => capacity(10)),
        laserMbps: filled(size.satellites, () => capacity(25)),
      },
      ...(size.fibre
        ? { fibreMbps: filled(size.gateways * size.pops, () => capacity(40)), fibrePops: size.pops }
        : {}),
    },
  };
}

function contactsOf(
  size: NetworkSize,
  draw: () => number,
  capacity: (scale: number) => number,
): TrafficPlan["contacts"] {
  const pairs: [satellite: number, gateway: number][] = [];
  for (let s = 0; s < size.satellites; s++) {
    for (let g = 0; g < size.gateways; g++) {
      if (draw() < 0.4) pairs.push([s, g]);
      // In a second band as well.
      if (pairs.at(-1)?.[0] === s && pairs.at(-1)?.[1] === g && draw() < 0.3) pairs.push([s, g]);
    }
  }
  return {
    satellite: Int32Array.from(pairs, ([s]) => s),
    gateway: Int32Array.from(pairs, ([, g]) => g),
    downMbps: Float32Array.from(pairs, () => capacity(15)),
    upMbps: Float32Array.from(pairs, () => capacity(60)),
    rangeKm: new Float32Array(pairs.length),
  };
}

/** Satellites join one by one: at one of their gateways, or behind one that has joined; some never do. */
function randomTree(
  pop: number,
  satellites: number,
  contacts: TrafficPlan["contacts"],
  below: (n: number) => number,
): RouteTree {
  const next = new Int32Array(satellites).fill(NO_ROUTE);
  const delayMs = new Float64Array(satellites).fill(Number.POSITIVE_INFINITY);
  const joined: number[] = [];
  const start = below(satellites);
  for (let round = 0; round < 2 * satellites; round++) {
    const s = (start + round) % satellites;
    if (next[s] !== NO_ROUTE) continue;
    const own = [...contacts.satellite.keys()].filter(c => contacts.satellite[c] === s);
    if (own.length > 0 && (joined.length === 0 || below(2) === 0)) {
      next[s] = -1 - contacts.gateway[own[below(own.length)]!]!;
      delayMs[s] = 3;
    } else if (joined.length > 0 && below(6) > 0) {
      next[s] = joined[below(joined.length)]!;
      delayMs[s] = delayMs[next[s]!]! + 2;
    } else continue;
    joined.push(s);
  }
  return { pop, delayMs, next };
}
