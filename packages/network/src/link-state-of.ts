// SPDX-License-Identifier: MIT
import {
  type Ecef,
  type Elements,
  ecefToGeodetic,
  lookAnglesFrom,
  type ObserverFrame,
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
  const here = frameOf(site, site.heightM / 1000);
  const points = new Float64Array(3 * (satellites.length + 2));
  put(points, 0, here);
  put(points, points.length - 3, frameOf(gateway, 0));
  const delayAt = (atMs: number): number => {
    moveSatellites(inputs, atMs, points);
    return totalMs(inputs, points);
  };
  const middleMs = delayAt(fromMs + SLOT_MS / 2);
  const endMs = delayAt(untilMs);
  // Last, so that the satellites stay where they are at the start.
  const oneWayMs = [delayAt(fromMs), middleMs, endMs] as const;
  const hops = hopsOf(inputs, points);
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
function hopsOf(inputs: LinkInputs, points: Float64Array): PathHop[] {
  const { satellites, fibreKm, policy } = inputs;
  const last = satellites.length;
  const hops: PathHop[] = [];
  for (let k = 0; k <= last; k++) {
    const lengthKm = lengthOf(points, k);
    const kind = k === 0 ? "up" : k === last ? "down" : "laser";
    hops.push({ kind, lengthKm, delayMs: hopMs(policy, lengthKm, k > 0 && k < last) });
  }
  hops.push({ kind: "fibre", lengthKm: fibreKm, delayMs: fibreMs(inputs) });
  return hops;
}

/** The sum of the delays of {@link hopsOf}. */
function totalMs(inputs: LinkInputs, points: Float64Array): number {
  const last = inputs.satellites.length;
  let sum = 0;
  for (let k = 0; k <= last; k++) sum += hopMs(inputs.policy, lengthOf(points, k), k > 0 && k < last);
  return sum + fibreMs(inputs);
}

/** Of the hop from point k to the next, km. */
function lengthOf(points: Float64Array, k: number): number {
  const a = 3 * k;
  return Math.hypot(
    points[a + 3]! - points[a]!,
    points[a + 4]! - points[a + 1]!,
    points[a + 5]! - points[a + 2]!,
  );
}

function hopMs({ routes }: Policy, lengthKm: number, isLaser: boolean): number {
  return lengthKm / LIGHT_KM_PER_MS + (isLaser ? routes.laserHopMs : 0);
}

function fibreMs({ fibreKm, policy }: LinkInputs): number {
  return (fibreKm * policy.routes.fibreUsPerKm) / 1000;
}

interface KnownFrame {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeKm: number;
  readonly frame: ObserverFrame;
}

const frames = new WeakMap<object, KnownFrame>();

/** The frame of a place on the ground, remembered: sites and gateways are the same ones slot after slot. */
function frameOf(
  place: { readonly latDeg: number; readonly lonDeg: number },
  altitudeKm: number,
): ObserverFrame {
  const { latDeg, lonDeg } = place;
  const known = frames.get(place);
  // A caller may have changed what it gave.
  if (known?.latDeg === latDeg && known.lonDeg === lonDeg && known.altitudeKm === altitudeKm)
    return known.frame;
  const frame = observerFrame({ latDeg, lonDeg, altitudeKm });
  frames.set(place, { latDeg, lonDeg, altitudeKm, frame });
  return frame;
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
