// SPDX-License-Identifier: MIT
// For tests only: the router's twin. All links listed, with visibility and GSO tests of its own, then relaxed until
// nothing changes (Bellman and Ford).
import { distanceKm } from "@perigee/earth";
import { lookAnglesFrom, observerFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import type { GroundSegment, Pop } from "../ground-segment.ts";
import { gsoArc, gsoSeparationDeg } from "../gso.ts";
import type { LaserNeighbours } from "../network-sample.ts";
import type { RoutePolicy } from "../policy.ts";
import { LIGHT_KM_PER_MS, laserKm } from "../routing/laser-geometry.ts";

/** Links in the direction of the search: from the PoP's side outwards. Gateway g is node `satellites + g`. */
export interface LinksUp {
  readonly satellites: number;
  readonly edges: readonly (readonly [from: number, to: number, ms: number])[];
}

/** Every link that is up at both states; its delay is that of the first. */
export function linksUp(
  start: FleetState,
  end: FleetState,
  usable: Uint8Array,
  lasers: LaserNeighbours,
  ground: GroundSegment,
  policy: RoutePolicy,
): LinksUp {
  const count = usable.length;
  const edges: [from: number, to: number, ms: number][] = [];
  const points = [start, end].map(({ xKm, yKm, zKm }) =>
    Array.from(xKm, (x, i) => ({ xKm: x, yKm: yKm[i]!, zKm: zKm[i]! })),
  );
  ground.gateways.forEach((gateway, g) => {
    const frame = observerFrame({ ...gateway, altitudeKm: 0 });
    const arc = gsoArc(frame);
    for (let i = 0; i < count; i++) {
      if (usable[i] === 0) continue;
      const tracked = points.every(at => {
        const { xKm, yKm, zKm } = at[i]!;
        if (lookAnglesFrom(frame, at[i]!).elevationDeg < gateway.minElevationDeg) return false;
        return gsoSeparationDeg(arc, xKm, yKm, zKm) >= policy.gatewayGsoSeparationDeg;
      });
      if (tracked)
        edges.push([count + g, i, lookAnglesFrom(frame, points[0]![i]!).rangeKm / LIGHT_KM_PER_MS]);
    }
  });
  for (let a = 0; a < count; a++) {
    for (const b of lasers.neighbour.subarray(lasers.offset[a]!, lasers.offset[a + 1]!)) {
      if (usable[a] === 0 || usable[b] === 0) continue;
      const km = laserKm(start, a, b, policy);
      if (km < 0 || laserKm(end, a, b, policy) < 0) continue;
      edges.push([a, b, km / LIGHT_KM_PER_MS + policy.laserHopMs]);
    }
  }
  return { satellites: count, edges };
}

/** Per satellite: least one-way delay to the PoP, ms; Infinity where there is no way. */
export function bellmanFord(
  { satellites, edges }: LinksUp,
  ground: GroundSegment,
  pop: Pop,
  policy: RoutePolicy,
): Float64Array {
  const delay = new Float64Array(satellites + ground.gateways.length).fill(Number.POSITIVE_INFINITY);
  ground.gateways.forEach((gateway, g) => {
    delay[satellites + g] = (policy.fibreStretch * distanceKm(gateway, pop) * policy.fibreUsPerKm) / 1000;
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to, ms] of edges) {
      if (delay[from]! + ms >= delay[to]!) continue;
      delay[to] = delay[from]! + ms;
      changed = true;
    }
  }
  return delay.subarray(0, satellites);
}
