// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { type ObserverFrame, observerFrame } from "@perigee/orbit";
import type { FleetState } from "./fleet-motion.ts";
import type { GroundSegment, Pop } from "./ground-segment.ts";
import { type GsoArc, gsoArc, tooNearGso } from "./gso.ts";
import { createMinHeap } from "./heap.ts";
import { type LaserGrid, laserLengthKm } from "./lasers.ts";
import type { RoutePolicy } from "./policy.ts";
import { isAbove, satellitesAbove } from "./visibility.ts";

/** Speed of light in vacuum, km per millisecond (exact by definition of the metre). */
export const LIGHT_KM_PER_MS = 299.792458;

/** Least one-way delays from satellites to one PoP, at the start of one slot, over links that hold until its end. */
export interface RouteTree {
  /**
   * Per satellite: milliseconds to the PoP, Infinity where there is no way. Least for the wanted satellites and for
   * all that are nearer; for others an upper bound, or Infinity, because the search stops early.
   */
  readonly delayMs: Float64Array;
  /** Per satellite: the next node towards the PoP, a satellite, or `satellites + gateway index`; -1: none. */
  readonly next: Int32Array;
  /** The satellites and, last, the gateway (index into the ground segment) on the way from `satellite`. */
  pathFrom(satellite: number): { readonly satellites: number[]; readonly gateway: number };
}

/** Finds routes over lasers, gateways and fibre, slot by slot. */
export interface Router {
  /** Sets the slot's positions at start and end; `usable` is 0 for satellites that carry no traffic. */
  beginSlot(start: FleetState, end: FleetState, usable: Uint8Array): void;
  /** Routes from the `wanted` satellites (indices) to a PoP: Dijkstra from the PoP, until the last of them is reached. */
  routesTo(pop: Pop, wanted: Iterable<number>): RouteTree;
  /** Satellites that a gateway can track from the slot's start to its end, by rising index. */
  satellitesOver(gateway: number): Int32Array;
  /** One-way delay of the fibre between a gateway and a PoP. */
  fibreMs(gateway: number, pop: Pop): number;
  /** Length of that fibre, stretch included. */
  fibreKm(gateway: number, pop: Pop): number;
  readonly gatewayFrames: readonly ObserverFrame[];
}

export function createRouter(
  satellites: number,
  lasers: LaserGrid,
  ground: GroundSegment,
  policy: RoutePolicy,
): Router {
  const gateways = ground.gateways;
  const nodes = satellites + gateways.length;
  const frames = gateways.map(({ latDeg, lonDeg }) => observerFrame({ latDeg, lonDeg, altitudeKm: 0 }));
  const arcs: GsoArc[] = frames.map(gsoArc);
  const heap = createMinHeap(nodes);
  const delay = new Float64Array(nodes);
  const missing = new Uint8Array(satellites);
  const found = new Int32Array(satellites);
  const fibre = new Map<string, Float64Array>();
  const above: (Int32Array | undefined)[] = new Array(gateways.length);
  let slot: { readonly start: FleetState; readonly end: FleetState } | undefined;
  let usable: Uint8Array = new Uint8Array(satellites);

  function current() {
    if (slot === undefined) throw new Error("beginSlot comes before the first question");
    return slot;
  }

  function satellitesOver(gateway: number): Int32Array {
    const known = above[gateway];
    if (known !== undefined) return known;
    const { start, end } = current();
    const frame = frames[gateway]!;
    const arc = arcs[gateway]!;
    const { minElevationDeg } = gateways[gateway]!;
    const least = policy.gatewayGsoSeparationDeg;
    const count = satellitesAbove(frame, start, usable, minElevationDeg, found);
    const tracked = found
      .subarray(0, count)
      .filter(
        i =>
          isAbove(frame, end, i, minElevationDeg) &&
          !tooNearGso(arc, start.xKm[i]!, start.yKm[i]!, start.zKm[i]!, least) &&
          !tooNearGso(arc, end.xKm[i]!, end.yKm[i]!, end.zKm[i]!, least),
      );
    above[gateway] = tracked;
    return tracked;
  }

  function fibreTo(pop: Pop): Float64Array {
    let lengths = fibre.get(pop.code);
    if (lengths === undefined) {
      lengths = Float64Array.from(gateways, gateway => policy.fibreStretch * distanceKm(gateway, pop));
      fibre.set(pop.code, lengths);
    }
    return lengths;
  }

  function routesTo(pop: Pop, wanted: Iterable<number>): RouteTree {
    const { start, end } = current();
    const { xKm, yKm, zKm } = start;
    const { offset, neighbour } = lasers;
    const next = new Int32Array(nodes).fill(-1);
    let left = 0;
    missing.fill(0);
    for (const satellite of wanted) {
      left += 1 - missing[satellite]!;
      missing[satellite] = 1;
    }
    delay.fill(Number.POSITIVE_INFINITY);
    heap.clear();
    fibreTo(pop).forEach((km, gateway) => {
      delay[satellites + gateway] = (km * policy.fibreUsPerKm) / 1000;
      heap.push(satellites + gateway, delay[satellites + gateway]!);
    });
    while (left > 0) {
      const node = heap.pop();
      if (node < 0) break;
      const base = heap.lastKey;
      if (node >= satellites) {
        const frame = frames[node - satellites]!;
        for (const i of satellitesOver(node - satellites)) {
          const dx = xKm[i]! - frame.xKm;
          const dy = yKm[i]! - frame.yKm;
          const dz = zKm[i]! - frame.zKm;
          const through = base + Math.sqrt(dx * dx + dy * dy + dz * dz) / LIGHT_KM_PER_MS;
          if (through < delay[i]!) {
            delay[i] = through;
            next[i] = node;
            heap.push(i, through);
          }
        }
        continue;
      }
      left -= missing[node]!;
      missing[node] = 0;
      for (let e = offset[node]!; e < offset[node + 1]!; e++) {
        const i = neighbour[e]!;
        if (usable[i] === 0) continue;
        const km = laserLengthKm(start, node, i, policy);
        if (km < 0 || laserLengthKm(end, node, i, policy) < 0) continue;
        const through = base + km / LIGHT_KM_PER_MS + policy.laserHopMs;
        if (through < delay[i]!) {
          delay[i] = through;
          next[i] = node;
          heap.push(i, through);
        }
      }
    }
    return treeOf(satellites, delay.slice(0, satellites), next);
  }

  return {
    beginSlot(start, end, mayCarry) {
      slot = { start, end };
      usable = mayCarry;
      above.fill(undefined);
    },
    routesTo,
    satellitesOver,
    fibreKm: (gateway, pop) => fibreTo(pop)[gateway]!,
    fibreMs: (gateway, pop) => (fibreTo(pop)[gateway]! * policy.fibreUsPerKm) / 1000,
    gatewayFrames: frames,
  };
}

function treeOf(count: number, delayMs: Float64Array, next: Int32Array): RouteTree {
  return {
    delayMs,
    next,
    pathFrom(satellite) {
      const satellites: number[] = [];
      let node = satellite;
      while (node >= 0 && node < count) {
        satellites.push(node);
        node = next[node]!;
      }
      if (node < 0) throw new RangeError(`no route from satellite ${satellite}`);
      return { satellites, gateway: node - count };
    },
  };
}
