// SPDX-License-Identifier: MIT
import { ecefToGeodetic, geodeticToEcef, lookAngles } from "@perigee/orbit";
import { leastElevationDeg } from "../least-elevation.ts";
import type { PathHop, PathNode } from "../link-state.ts";
import type { Planner } from "../plan.ts";
import {
  type CityNetwork,
  type CityShell,
  createCityNetwork,
  createForwardingState,
  forwardingPath,
} from "../routing/city-network.ts";
import { LIGHT_KM_PER_MS } from "../routing/laser-geometry.ts";
import { topologyOf } from "../routing/laser-topology.ts";
import { kShortestPaths } from "../routing/paths.ts";
import type {
  LatencyEnd,
  LatencyOptions,
  LatencyPath,
  LatencyPlace,
  LatencySample,
  LatencySeries,
} from "./latency.ts";
import { looksOfShare } from "./share.ts";
import { instantsOf } from "./span.ts";

/** The serving satellites of a planner and its lasers, with two places as cities. */
interface DirectNetwork {
  readonly network: CityNetwork;
  /** Per satellite of the network: its index in the planner. */
  readonly satellite: readonly number[];
}

/** Least delays from dish to dish over satellites and lasers alone. */
export function directLatency(planner: Planner, options: LatencyOptions): LatencySeries {
  const { from, to } = options;
  if (to === null) throw new RangeError("a direct way needs two places");
  const direct = directNetwork(planner, [from, to], options);
  const { network } = direct;
  const state = createForwardingState(network.satellites, 2);
  const instants = instantsOf(options);
  const samples: LatencySample[] = [];
  let paths: LatencyPath[] = [];
  // Each instant stands for itself: no lead is needed.
  const { first, end } = looksOfShare(instants.length, options.share);
  for (const atMs of instants.subarray(first, end)) {
    network.stateAt(atMs, state);
    const nodes = forwardingPath(state, network.satellites, 1);
    if (nodes.length > 0 && paths.length === 0) {
      paths = pathsOf(planner, direct, options, atMs, nodes);
    }
    samples.push(sampleOf(planner, direct, [from, to], options, atMs, nodes));
    options.onStep?.(samples.length, end - first);
  }
  return { samples, paths, mark: { first, end, looks: instants.length, before: null, after: null } };
}

function directNetwork(
  planner: Planner,
  places: readonly LatencyPlace[],
  options: LatencyOptions,
): DirectNetwork {
  const { elements, serving, topology, policy } = planner;
  const least = elements.map(set => leastElevationDeg(set, policy.scheduler));
  // A shell here is what shares a least elevation; the lasers know no shells.
  const angles = [...new Set(least)].sort((a, b) => a - b);
  const satellite = angles.flatMap(deg =>
    Array.from(elements.keys()).filter(i => serving[i] === 1 && least[i] === deg),
  );
  const indexOf = new Map(satellite.map((i, k) => [i, k]));
  const interShell: [number, number][] = [];
  topology.a.forEach((a, k) => {
    const ends = [indexOf.get(a), indexOf.get(topology.b[k]!)];
    if (ends[0] !== undefined && ends[1] !== undefined) interShell.push([ends[0], ends[1]]);
  });
  const shells = angles.map((minDeg): CityShell => {
    const own = satellite.filter(i => least[i] === minDeg).map(i => elements[i]!);
    return {
      elements: own,
      lasers: topologyOf(own.length, []),
      reach: { kind: "elevation", minDeg },
    };
  });
  const network = createCityNetwork({
    shells,
    interShell,
    cities: places.map(({ name, latDeg, lonDeg, heightM = 0 }) => ({
      name,
      latDeg,
      lonDeg,
      altitudeKm: heightM / 1000,
    })),
    attachment: options.attachment ?? "all",
    groundRelay: options.groundRelay ?? false,
    hopMs: options.hopMs ?? policy.routes.laserHopMs,
    laserRules: policy.routes,
  });
  return { network, satellite };
}

function sampleOf(
  planner: Planner,
  direct: DirectNetwork,
  ends: readonly [LatencyPlace, LatencyPlace],
  options: LatencyOptions,
  atMs: number,
  nodes: readonly number[],
): LatencySample {
  if (nodes.length === 0) {
    const none = { atMs, rttMs: Number.NaN, laserHops: 0, lengthKm: 0, from: null, to: null };
    return { ...none, unserved: "noPath" };
  }
  const { rttMs, hops } = pathOf(planner, direct, options, atMs, nodes);
  return {
    atMs,
    rttMs,
    laserHops: hops.filter(({ kind }) => kind === "laser").length,
    lengthKm: hops.reduce((sum, { lengthKm }) => sum + lengthKm, 0),
    from: endOf(planner, direct, ends[0], nodes[1]!),
    to: endOf(planner, direct, ends[1], nodes.at(-2)!),
    unserved: null,
  };
}

function endOf(planner: Planner, direct: DirectNetwork, place: LatencyPlace, node: number): LatencyEnd {
  const { catalogNumber, name } = planner.elements[direct.satellite[node]!]!;
  const { xKm, yKm, zKm } = direct.network.positions;
  const at = { xKm: xKm[node]!, yKm: yKm[node]!, zKm: zKm[node]! };
  const site = { latDeg: place.latDeg, lonDeg: place.lonDeg, altitudeKm: (place.heightM ?? 0) / 1000 };
  const { elevationDeg } = lookAngles(site, at);
  return { satellite: name, catalogNumber, elevationDeg, gateway: null, pop: null, gapMs: 0 };
}

function pathsOf(
  planner: Planner,
  direct: DirectNetwork,
  options: LatencyOptions,
  atMs: number,
  shortest: readonly number[],
): LatencyPath[] {
  const { network } = direct;
  const count = options.paths ?? 1;
  if (count === 1) return [pathOf(planner, direct, options, atMs, shortest)];
  const mayPass = new Uint8Array(network.satellites + 2).fill(1);
  if (options.groundRelay !== true) mayPass.fill(0, network.satellites);
  return kShortestPaths(network.graphAt(atMs), network.satellites, network.satellites + 1, count, {
    mayPass,
  }).map(({ nodes }) => pathOf(planner, direct, options, atMs, nodes));
}

/** Hop by hop, from the positions that the network was asked for last. */
function pathOf(
  planner: Planner,
  { network, satellite }: DirectNetwork,
  options: LatencyOptions,
  atMs: number,
  path: readonly number[],
): LatencyPath {
  const { xKm, yKm, zKm } = network.positions;
  const isCity = (node: number): boolean => node >= network.satellites;
  const points = path.map(node => {
    if (!isCity(node)) return { xKm: xKm[node]!, yKm: yKm[node]!, zKm: zKm[node]! };
    const { latDeg, lonDeg, altitudeKm = 0 } = network.cities[node - network.satellites]!;
    return geodeticToEcef({ latDeg, lonDeg, altitudeKm });
  });
  const nodes = path.map((node, k): PathNode => {
    const place = ecefToGeodetic(points[k]!);
    if (isCity(node)) {
      const { name } = network.cities[node - network.satellites]!;
      return { kind: "terminal", id: name, name, ...place };
    }
    const { catalogNumber, name } = planner.elements[satellite[node]!]!;
    return { kind: "satellite", id: String(catalogNumber), name, ...place };
  });
  const hopMs = options.hopMs ?? planner.policy.routes.laserHopMs;
  const hops = path.slice(1).map((node, k): PathHop => {
    const [a, b] = [points[k]!, points[k + 1]!];
    const lengthKm = Math.hypot(b.xKm - a.xKm, b.yKm - a.yKm, b.zKm - a.zKm);
    const kind = isCity(path[k]!) ? "up" : isCity(node) ? "down" : "laser";
    return { kind, lengthKm, delayMs: lengthKm / LIGHT_KM_PER_MS + (kind === "laser" ? hopMs : 0) };
  });
  const rttMs = 2 * hops.reduce((sum, { delayMs }) => sum + delayMs, 0);
  return { atMs, rttMs, nodes, hops, overheadMs: 0 };
}
