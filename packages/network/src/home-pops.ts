// SPDX-License-Identifier: MIT
import { cellCentre, distanceKm } from "@perigee/earth";
import { type ObserverFrame, observerFrame } from "@perigee/orbit";
import { nearestHomePop, type Pop } from "./ground-segment.ts";
import { gsoArc, tooNearGso } from "./gso.ts";
import { createMinHeap } from "./heap.ts";
import {
  type NetworkSample,
  type SampledNetwork,
  sampleInstantsMs,
  sampleNetwork,
} from "./network-sample.ts";
import type { Policy } from "./policy.ts";
import { LIGHT_KM_PER_MS } from "./routing/laser-geometry.ts";
import { createSky, skyOf } from "./visibility.ts";

/** Cells whose home is remembered: a forgotten one costs milliseconds, and comes out the same. */
const REMEMBERED_CELLS = 4096;
/**
 * How far beyond the nearest PoP of an instant the first search looks, ms. Nearly always enough to prove which PoP has
 * the least mean; where it is not, the second search has no limit.
 */
const FIRST_LOOK_MS = 2;

/** Which PoP is home to a cell: a property of the network and the cell, not of a slot. */
export interface HomePops {
  /**
   * The PoP with the least mean one-way delay from the centre of `cell`, over the sample instants of the policy:
   * terminal, best usable satellite, lasers, gateway, fibre. All PoPs that are a home of subscribers compete. Ties to
   * the last bit go to the first code. Where no gateway is in reach at any of the instants, {@link nearestHomePop}.
   *
   * @param cell - As given by `cellAt`.
   * @throws RangeError when `cell` is none.
   */
  homeOf(cell: string): Pop | null;
  /** The PoPs that compete, with their means over the instants at which the place has a route; least first. */
  meanDelays(latDeg: number, lonDeg: number): { readonly pop: Pop; readonly oneWayMs: number }[];
}

/** What {@link createHomePops} needs to know of a network. */
export interface HomePopInputs extends SampledNetwork {
  readonly policy: Policy;
  /** Per satellite: least elevation at a terminal, degrees. */
  readonly minElevationDeg: Float64Array;
}

/** Sums over the samples that have a route; where `exact` is 0 the sum is a lower bound. */
interface Totals {
  readonly samples: number;
  readonly ms: Float64Array;
  readonly exact: Uint8Array;
}

/**
 * Chooses homes by delay. The samples are taken at the first question (some tens of milliseconds each for 10,000
 * satellites) and kept: they are a function of the elements alone, so an answer never depends on earlier ones.
 */
export function createHomePops(inputs: HomePopInputs): HomePops {
  const { propagator, lasers, ground, policy, minElevationDeg } = inputs;
  const satellites = propagator.count;
  const nodes = satellites + ground.gateways.length;
  const pops = ground.pops
    .filter(pop => pop.iata !== null)
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const leastElevationDeg = minElevationDeg.reduce((a, b) => Math.min(a, b), 90);
  const heap = createMinHeap(nodes);
  const delay = new Float64Array(nodes);
  const best = new Float64Array(pops.length);
  const sky = createSky(satellites);
  const homes = new Map<string, Pop | null>();
  let samples: NetworkSample[] | undefined;
  let fibreMs: Float64Array[] | undefined;

  function reach(node: number, ms: number): void {
    if (ms >= delay[node]!) return;
    delay[node] = ms;
    heap.push(node, ms);
  }

  /** Pushes the satellites that a terminal may use. */
  function lookUp(
    frame: ObserverFrame,
    arc: ReturnType<typeof gsoArc>,
    { fleet, usable }: NetworkSample,
  ): void {
    const separationDeg = policy.scheduler.userGsoSeparationDeg;
    skyOf(frame, fleet, usable, leastElevationDeg, sky);
    for (let k = 0; k < sky.count; k++) {
      const i = sky.satellite[k]!;
      if (sky.elevationDeg[k]! < minElevationDeg[i]!) continue;
      if (tooNearGso(arc, fleet.xKm[i]!, fleet.yKm[i]!, fleet.zKm[i]!, separationDeg)) continue;
      reach(i, sky.rangeKm[k]! / LIGHT_KM_PER_MS);
    }
  }

  /**
   * Dijkstra from what is in the heap, until everything within `slackMs` of the nearest PoP is settled. Leaves the
   * delays to the PoPs in `best` and returns the delay up to which they are final.
   */
  function search(sample: NetworkSample, fibre: readonly Float64Array[], slackMs: number): number {
    best.fill(Number.POSITIVE_INFINITY);
    let least = Number.POSITIVE_INFINITY;
    for (let node = heap.pop(); node >= 0; node = heap.pop()) {
      const base = heap.lastKey;
      if (base > least + slackMs) return base;
      if (node < satellites) {
        for (let e = sample.landingOffset[node]!; e < sample.landingOffset[node + 1]!; e++) {
          reach(satellites + sample.landingGateway[e]!, base + sample.landingMs[e]!);
        }
        for (let e = lasers.offset[node]!; e < lasers.offset[node + 1]!; e++) {
          reach(lasers.neighbour[e]!, base + sample.laserMs[e]!);
        }
        continue;
      }
      fibre[node - satellites]!.forEach((ms, p) => {
        if (base + ms < best[p]!) best[p] = base + ms;
        if (base + ms < least) least = base + ms;
      });
    }
    return Number.POSITIVE_INFINITY;
  }

  function totalsFrom(latDeg: number, lonDeg: number, slackMs: number): Totals {
    samples ??= sampleInstantsMs(propagator.elements, policy.home).map(atMs =>
      sampleNetwork(inputs, policy.routes, atMs),
    );
    fibreMs ??= ground.gateways.map(gateway =>
      Float64Array.from(
        pops,
        pop => (policy.routes.fibreStretch * distanceKm(gateway, pop) * policy.routes.fibreUsPerKm) / 1000,
      ),
    );
    const frame = observerFrame({ latDeg, lonDeg, altitudeKm: 0 });
    const arc = gsoArc(frame);
    const ms = new Float64Array(pops.length);
    const exact = new Uint8Array(pops.length).fill(1);
    let routed = 0;
    for (const sample of samples) {
      delay.fill(Number.POSITIVE_INFINITY);
      heap.clear();
      lookUp(frame, arc, sample);
      const final = search(sample, fibreMs, slackMs);
      // Fibre joins every gateway with every PoP: there is a way to all of them or to none.
      if (best.every(value => value === Number.POSITIVE_INFINITY)) continue;
      routed += 1;
      best.forEach((value, p) => {
        ms[p]! += Math.min(value, final);
        if (value > final) exact[p] = 0;
      });
    }
    return { samples: routed, ms, exact };
  }

  function leastDelay(latDeg: number, lonDeg: number): Pop | null {
    for (const slackMs of [FIRST_LOOK_MS, Number.POSITIVE_INFINITY]) {
      const { samples: routed, ms, exact } = totalsFrom(latDeg, lonDeg, slackMs);
      if (routed === 0) break;
      const winner = ms.indexOf(Math.min(...ms));
      // What beats the lower bounds of all others beats them all.
      if (exact[winner] === 1) return pops[winner]!;
    }
    return nearestHomePop(ground, latDeg, lonDeg);
  }

  return {
    homeOf(cell) {
      const known = homes.get(cell);
      if (known !== undefined) return known;
      const { latDeg, lonDeg } = cellCentre(cell);
      const home = leastDelay(latDeg, lonDeg);
      if (homes.size >= REMEMBERED_CELLS) homes.delete(homes.keys().next().value!);
      homes.set(cell, home);
      return home;
    },
    meanDelays(latDeg, lonDeg) {
      const { samples: routed, ms } = totalsFrom(latDeg, lonDeg, Number.POSITIVE_INFINITY);
      if (routed === 0) return [];
      return pops
        .map((pop, p) => ({ pop, oneWayMs: ms[p]! / routed }))
        .sort((a, b) => a.oneWayMs - b.oneWayMs);
    },
  };
}
