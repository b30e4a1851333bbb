// SPDX-License-Identifier: MIT
import type { Elements, Propagator } from "@perigee/orbit";
import type { FleetState } from "./fleet-motion.ts";
import { createGatewayWatch } from "./ground/gateway-sky.ts";
import type { GroundSegment } from "./ground-segment.ts";
import type { HomePolicy, RoutePolicy } from "./policy.ts";
import { LIGHT_KM_PER_MS, laserKm } from "./routing/laser-geometry.ts";

/** Who may hold a laser with whom: compressed rows; the neighbours of `i` are `neighbour[offset[i] … offset[i + 1] - 1]`. */
export interface LaserNeighbours {
  readonly offset: Int32Array;
  readonly neighbour: Int32Array;
}

/** Which links are up at one instant, and what each of them costs. */
export interface NetworkSample {
  readonly fleet: FleetState;
  /** Per satellite: 1 where it serves and SGP4 can place it. */
  readonly usable: Uint8Array;
  /** Per entry of `LaserNeighbours.neighbour`: milliseconds with processing, Infinity where the laser is down. */
  readonly laserMs: Float64Array;
  /** The gateways that track satellite `i` are entries `landingOffset[i]` to `landingOffset[i + 1] - 1` of the next two. */
  readonly landingOffset: Int32Array;
  readonly landingGateway: Int32Array;
  readonly landingMs: Float64Array;
}

/** What the samples are taken of. */
export interface SampledNetwork {
  readonly propagator: Propagator;
  readonly lasers: LaserNeighbours;
  readonly serving: Uint8Array;
  readonly ground: GroundSegment;
}

/** The instants of the samples, UTC ms: from the median epoch on, a fixed step apart. None where there are no elements. */
export function sampleInstantsMs(elements: readonly Elements[], policy: HomePolicy): number[] {
  if (elements.length === 0) return [];
  const epochs = Float64Array.from(elements, set => set.epochDayMs + set.epochMsOfDay).sort();
  const median = Math.round(epochs[epochs.length >> 1]!);
  return Array.from({ length: policy.samples }, (_, k) => median + k * policy.stepMin * 60_000);
}

/** The network at one instant. */
export function sampleNetwork(network: SampledNetwork, policy: RoutePolicy, atMs: number): NetworkSample {
  const { propagator, lasers, serving } = network;
  const fleet = propagator.propagate(atMs);
  const usable = serving.map((serves, i) => (fleet.error[i] === 0 ? serves : 0));
  const laserMs = new Float64Array(lasers.neighbour.length).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < usable.length; a++) {
    for (let e = lasers.offset[a]!; e < lasers.offset[a + 1]!; e++) {
      const b = lasers.neighbour[e]!;
      if (usable[a] === 0 || usable[b] === 0) continue;
      const km = laserKm(fleet, a, b, policy);
      if (km >= 0) laserMs[e] = km / LIGHT_KM_PER_MS + policy.laserHopMs;
    }
  }
  return { fleet, usable, laserMs, ...landingsOf(network, policy, fleet, usable) };
}

/** Who can land where: what each gateway sees, turned round to rows per satellite. */
function landingsOf(
  { ground }: SampledNetwork,
  policy: RoutePolicy,
  fleet: FleetState,
  usable: Uint8Array,
): Pick<NetworkSample, "landingOffset" | "landingGateway" | "landingMs"> {
  const sky = createGatewayWatch(usable.length, ground, policy).look(fleet, [], usable, new Set());
  const count = sky.offset[ground.gateways.length]!;
  const landingOffset = new Int32Array(usable.length + 1);
  for (let k = 0; k < count; k++) landingOffset[sky.satellite[k]! + 1]! += 1;
  for (let i = 0; i < usable.length; i++) landingOffset[i + 1]! += landingOffset[i]!;
  const filled = landingOffset.slice(0, -1);
  const landingGateway = new Int32Array(count);
  const landingMs = new Float64Array(count);
  for (let g = 0; g < ground.gateways.length; g++) {
    for (let k = sky.offset[g]!; k < sky.offset[g + 1]!; k++) {
      const at = filled[sky.satellite[k]!]!++;
      landingGateway[at] = g;
      landingMs[at] = sky.rangeKm[k]! / LIGHT_KM_PER_MS;
    }
  }
  return { landingOffset, landingGateway, landingMs };
}
