// SPDX-License-Identifier: MIT
import {
  type Ecef,
  type Elements,
  ecefToGeodetic,
  geodeticToEcef,
  lookAnglesFrom,
  observerFrame,
} from "@perigee/orbit";
import { accessTiming, handoverGap, medianWaitMs, waitQuantileMs } from "./access.ts";
import type { FleetMotion } from "./fleet-motion.ts";
import type { Gateway, Pop } from "./ground-segment.ts";
import { siteRates } from "./link-budget.ts";
import type { LinkState, PathHop, PathNode } from "./link-state.ts";
import type { Policy } from "./policy.ts";
import { LIGHT_KM_PER_MS } from "./routing/laser-geometry.ts";
import { SLOT_MS, slotStartMs } from "./slot.ts";
import type { Site } from "./slot-plan.ts";

/** A decided path and all that its link is computed from. */
export interface LinkInputs {
  readonly site: Site;
  readonly slot: number;
  readonly seed: number;
  /** From the serving satellite to the one above the gateway; at least one. */
  readonly satellites: readonly number[];
  readonly gateway: Gateway;
  readonly pop: Pop;
  /** Between gateway and PoP, stretch included. */
  readonly fibreKm: number;
  /** Sites on the same beam, this one included. */
  readonly sharers: number;
  /** The terminal's link in the slot before; `null`: none. */
  readonly previous: LinkState | null;
  readonly elements: readonly Elements[];
  readonly motion: FleetMotion;
  readonly policy: Policy;
}

/** The link state of one site on a decided path: geometry at start, middle and end, rates, waits and interruption. */
export function linkStateOf(inputs: LinkInputs): LinkState {
  const { site, slot, seed, satellites, gateway, pop, policy, elements } = inputs;
  const fromMs = slotStartMs(slot);
  const untilMs = fromMs + SLOT_MS;
  const here = observerFrame({ latDeg: site.latDeg, lonDeg: site.lonDeg, altitudeKm: site.heightM / 1000 });
  const points = new Float64Array(3 * (satellites.length + 2));
  put(points, 0, here);
  put(
    points,
    points.length - 3,
    geodeticToEcef({ latDeg: gateway.latDeg, lonDeg: gateway.lonDeg, altitudeKm: 0 }),
  );
  const delayAt = (atMs: number): number => {
    moveSatellites(inputs, atMs, points);
    return totalMs(hopsOf(inputs, points));
  };
  const middleMs = delayAt(fromMs + SLOT_MS / 2);
  const endMs = delayAt(untilMs);
  // Last, so that the satellites stay where they are at the start.
  moveSatellites(inputs, fromMs, points);
  const hops = hopsOf(inputs, points);
  const oneWayMs = [totalMs(hops), middleMs, endMs] as const;
  const serving = elements[satellites[0]!]!;
  const look = lookAnglesFrom(here, { xKm: points[3]!, yKm: points[4]!, zKm: points[5]! });
  const access = accessTiming(policy.link, seed, site.id, slot);
  const changed =
    inputs.previous !== null && inputs.previous.satellite.catalogNumber !== serving.catalogNumber;
  const unavoidableMs = 2 * oneWayMs[0] + policy.link.fixedMs;
  return {
    terminalId: site.id,
    slot,
    fromMs,
    untilMs,
    satellite: { index: satellites[0]!, catalogNumber: serving.catalogNumber, name: serving.name },
    gateway: { id: gateway.id, name: gateway.name },
    pop: { code: pop.code, city: pop.city },
    elevationDeg: look.elevationDeg,
    azimuthDeg: look.azimuthDeg,
    nodes: nodesOf(inputs, points),
    hops,
    oneWayMs,
    fixedMs: policy.link.fixedMs,
    access,
    ...siteRates(site, look, inputs.sharers),
    lossProbability: policy.link.lossProbability,
    gap: changed ? handoverGap(policy.link, seed, site.id, slot, fromMs) : null,
    rttMs: {
      floor: unavoidableMs + waitQuantileMs(access, 0),
      median: unavoidableMs + medianWaitMs(access),
    },
  };
}

/** Writes Earth-fixed x, y, z (km) of the path's satellites at an instant, between those of site and gateway. */
function moveSatellites({ satellites, motion }: LinkInputs, atMs: number, points: Float64Array): void {
  for (let k = 0; k < satellites.length; k++) motion.positionAt(satellites[k]!, atMs, points, 3 * (k + 1));
}

function put(points: Float64Array, offset: number, { xKm, yKm, zKm }: Ecef): void {
  points[offset] = xKm;
  points[offset + 1] = yKm;
  points[offset + 2] = zKm;
}

/** Up, lasers, down, fibre. Radio and laser run at the speed of light in vacuum; a laser hop adds its processing. */
function hopsOf({ satellites, fibreKm, policy }: LinkInputs, points: Float64Array): PathHop[] {
  const { routes } = policy;
  const hops: PathHop[] = [];
  for (let k = 0; k <= satellites.length; k++) {
    const a = 3 * k;
    const lengthKm = Math.hypot(
      points[a + 3]! - points[a]!,
      points[a + 4]! - points[a + 1]!,
      points[a + 5]! - points[a + 2]!,
    );
    const kind = k === 0 ? "up" : k === satellites.length ? "down" : "laser";
    const delayMs = lengthKm / LIGHT_KM_PER_MS + (kind === "laser" ? routes.laserHopMs : 0);
    hops.push({ kind, lengthKm, delayMs });
  }
  hops.push({ kind: "fibre", lengthKm: fibreKm, delayMs: (fibreKm * routes.fibreUsPerKm) / 1000 });
  return hops;
}

function totalMs(hops: readonly PathHop[]): number {
  return hops.reduce((sum, hop) => sum + hop.delayMs, 0);
}

function nodesOf({ site, satellites, gateway, pop, elements }: LinkInputs, points: Float64Array): PathNode[] {
  return [
    {
      kind: "terminal",
      id: site.id,
      name: site.id,
      latDeg: site.latDeg,
      lonDeg: site.lonDeg,
      altitudeKm: site.heightM / 1000,
    },
    ...satellites.map((satellite, k): PathNode => {
      const a = 3 * (k + 1);
      const { catalogNumber, name } = elements[satellite]!;
      const place = ecefToGeodetic({ xKm: points[a]!, yKm: points[a + 1]!, zKm: points[a + 2]! });
      return { kind: "satellite", id: String(catalogNumber), name, ...place };
    }),
    {
      kind: "gateway",
      id: gateway.id,
      name: gateway.name,
      latDeg: gateway.latDeg,
      lonDeg: gateway.lonDeg,
      altitudeKm: 0,
    },
    { kind: "pop", id: pop.code, name: pop.city, latDeg: pop.latDeg, lonDeg: pop.lonDeg, altitudeKm: 0 },
  ];
}
