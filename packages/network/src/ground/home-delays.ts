// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import type { Pop } from "../ground-segment.ts";
import { createMinHeap } from "../heap.ts";
import type { HomePopInputs } from "../home-pops.ts";
import { type NetworkSample, sampleInstantsMs, sampleNetwork } from "../network-sample.ts";

/** The network at one sample instant, with the way from every satellite to every PoP known. */
export interface HomeDelays {
  readonly sample: NetworkSample;
  /** One way from satellite i to PoP p at `i * pops + p`, ms; Infinity where there is none. */
  readonly delayMs: Float32Array;
}

/**
 * Shortest ways from all satellites to all PoPs at the sample instants of the policy: what `HomePops` searches from one
 * place, turned round, once for all places. One Dijkstra over the lasers per PoP and instant, from the satellites that
 * land: a way ends at its first gateway, so that gateways are no nodes.
 */
export function homeDelays(inputs: HomePopInputs, pops: readonly Pop[]): HomeDelays[] {
  const { propagator, ground, policy, lasers } = inputs;
  const { fibreStretch, fibreUsPerKm } = policy.routes;
  const fibreMs = pops.map(pop =>
    Float64Array.from(
      ground.gateways,
      gateway => (fibreStretch * distanceKm(gateway, pop) * fibreUsPerKm) / 1000,
    ),
  );
  const satellites = propagator.count;
  const heap = createMinHeap(satellites);
  const delay = new Float64Array(satellites);

  return sampleInstantsMs(propagator.elements, policy.home).map(atMs => {
    const sample = sampleNetwork(inputs, policy.routes, atMs);
    const { landingOffset, landingGateway, landingMs, laserMs } = sample;
    const delayMs = new Float32Array(satellites * pops.length);
    fibreMs.forEach((fibre, p) => {
      delay.fill(Number.POSITIVE_INFINITY);
      heap.clear();
      for (let i = 0; i < satellites; i++) {
        let least = Number.POSITIVE_INFINITY;
        for (let e = landingOffset[i]!; e < landingOffset[i + 1]!; e++) {
          const ms = landingMs[e]! + fibre[landingGateway[e]!]!;
          if (ms < least) least = ms;
        }
        if (least === Number.POSITIVE_INFINITY) continue;
        delay[i] = least;
        heap.push(i, least);
      }
      for (let i = heap.pop(); i >= 0; i = heap.pop()) {
        const base = heap.lastKey;
        for (let e = lasers.offset[i]!; e < lasers.offset[i + 1]!; e++) {
          const j = lasers.neighbour[e]!;
          const ms = base + laserMs[e]!;
          if (ms >= delay[j]!) continue;
          delay[j] = ms;
          heap.push(j, ms);
        }
      }
      for (let i = 0; i < satellites; i++) delayMs[i * pops.length + p] = delay[i]!;
    });
    return { sample, delayMs };
  });
}
