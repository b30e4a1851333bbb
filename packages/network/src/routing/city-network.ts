// SPDX-License-Identifier: MIT
import {
  createEphemeris,
  createPropagator,
  type Elements,
  type Ephemeris,
  observerFrame,
} from "@perigee/orbit";
import {
  type Attachment,
  createGroundLinks,
  fillGroundLinks,
  type GroundLinks,
  type Reach,
  type ReachRange,
} from "./city-reach.ts";
import { type LaserRules, LIGHT_KM_PER_MS, laserLengths } from "./laser-geometry.ts";
import { joinTopologies, type LaserTopology, topologyOf } from "./laser-topology.ts";
import { type LinkGraph, rowsOf } from "./link-graph.ts";
import { bucketWidth, createTreeSearch } from "./shortest-tree.ts";

/** A place on the ground that sends and receives. */
export interface City {
  readonly name: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Over the ellipsoid; default 0. */
  readonly altitudeKm?: number;
}

/** Satellites that share a rule of reach, with the lasers among them (indices within the shell). */
export interface CityShell {
  readonly elements: readonly Elements[];
  readonly lasers: LaserTopology;
  readonly reach: Reach;
}

export interface CityNetworkOptions {
  readonly shells: readonly CityShell[];
  readonly cities: readonly City[];
  /** Lasers between shells, as indices over all satellites in order of the shells. */
  readonly interShell?: readonly (readonly [number, number])[];
  /** Default "all". */
  readonly attachment?: Attachment;
  /** Whether a route may come down at a city and go up again; default false. */
  readonly groundRelay?: boolean;
  /** Processing per laser hop; default 0. */
  readonly hopMs?: number;
  /** Default: 5,400 km, 80 km over the ground. A link that breaks them at an instant carries nothing then. */
  readonly laserRules?: LaserRules;
}

/**
 * Where everything goes at one instant: next hop and delay from every node to every city. Nodes are the satellites, in
 * order of the shells, then the cities. Entry `city * nodes + node` speaks of the way from `node` to `city`.
 */
export interface ForwardingState {
  atMs: number;
  readonly satellites: number;
  readonly cities: number;
  /** satellites + cities. */
  readonly nodes: number;
  /** Next node; {@link NO_WAY} without one, and from a city to itself. Of equally good ones the lowest. */
  readonly next: Int32Array;
  /** One way, milliseconds; Infinity without a way, 0 from a city to itself. */
  readonly ms: Float64Array;
}

/** Routing among cities over a constellation, instant by instant. */
export interface CityNetwork {
  readonly satellites: number;
  readonly cities: readonly City[];
  readonly lasers: LaserTopology;
  /** The state at `atMs` (UTC milliseconds, may have a fraction). Writes into `out` where given. */
  stateAt(atMs: number, out?: ForwardingState): ForwardingState;
  /** All links at `atMs`, lasers and ground, over the same nodes: for the questions of `paths.ts`. */
  graphAt(atMs: number): LinkGraph;
  /** Satellites that each city uses, at the instant asked for last. */
  readonly ground: GroundLinks;
  /** Positions at the instant asked for last. */
  readonly positions: Ephemeris;
}

export const NO_WAY = -1;

/** An empty state, to be written into again and again. */
export function createForwardingState(satellites: number, cities: number): ForwardingState {
  const nodes = satellites + cities;
  return {
    atMs: Number.NaN,
    satellites,
    cities,
    nodes,
    next: new Int32Array(cities * nodes),
    ms: new Float64Array(cities * nodes),
  };
}

/**
 * Prepares routing among cities: the work of Hypatia, LEOPath or Celestial's generator, over any number of shells.
 * Without ground relay the cities are only ends of routes. Throws RangeError where lasers and elements of a shell do not
 * fit or an inter-shell link names no satellite.
 */
export function createCityNetwork(options: CityNetworkOptions): CityNetwork {
  const { shells, cities, attachment = "all", groundRelay = false, hopMs = 0 } = options;
  const rules = options.laserRules ?? { laserRangeKm: 5400, laserClearanceKm: 80 };
  const propagator = createPropagator(shells.flatMap(shell => shell.elements));
  const satellites = propagator.count;
  const nodes = satellites + cities.length;
  const lasers = lasersOf(options);
  const ranges = rangesOf(shells);
  const frames = cities.map(({ latDeg, lonDeg, altitudeKm = 0 }) =>
    observerFrame({ latDeg, lonDeg, altitudeKm }),
  );
  const positions = createEphemeris(satellites);
  const ground = createGroundLinks(cities.length);
  const km = new Float64Array(lasers.a.length);
  const laserMs = new Float64Array(2 * lasers.a.length);
  const search = createTreeSearch(nodes);

  function lookAt(atMs: number): void {
    propagator.propagate(atMs, positions);
    laserLengths(lasers, positions, rules, km);
    const { link } = lasers.rows;
    for (let e = 0; e < laserMs.length; e++) {
      const length = km[link[e]!]!;
      laserMs[e] = length < 0 ? Number.POSITIVE_INFINITY : length / LIGHT_KM_PER_MS + hopMs;
    }
    fillGroundLinks(ground, frames, ranges, positions, attachment);
  }

  function stateAt(atMs: number, out = createForwardingState(satellites, cities.length)): ForwardingState {
    if (out.satellites !== satellites || out.cities !== cities.length)
      throw new RangeError("the state to write into is of another network");
    lookAt(atMs);
    const relay = groundRelay ? graphOf() : undefined;
    const rows = relay ?? lasers.rows;
    const inward = relay?.ms ?? laserMs;
    const bucketMs = bucketWidth(inward);
    out.atMs = atMs;
    out.ms.fill(Number.POSITIVE_INFINITY);
    out.next.fill(NO_WAY);
    for (let city = 0; city < cities.length; city++) {
      const ms = out.ms.subarray(city * nodes, (city + 1) * nodes);
      const next = out.next.subarray(city * nodes, (city + 1) * nodes);
      const from = ground.offset[city]!;
      const seeds = ground.satellite.subarray(from, ground.offset[city + 1]!);
      for (let s = 0; s < seeds.length; s++) {
        ms[seeds[s]!] = ground.km[from + s]! / LIGHT_KM_PER_MS;
        next[seeds[s]!] = satellites + city;
      }
      ms[satellites + city] = 0;
      search.run(rows, inward, seeds, seeds.length, ms, next, bucketMs);
      if (relay === undefined) upFromCities(city, ms, next);
    }
    return out;
  }

  /** From each other city by the satellite that promises the shortest way. */
  function upFromCities(to: number, ms: Float64Array, next: Int32Array): void {
    for (let city = 0; city < cities.length; city++) {
      if (city === to) continue;
      let least = Number.POSITIVE_INFINITY;
      for (let e = ground.offset[city]!; e < ground.offset[city + 1]!; e++) {
        const through = ms[ground.satellite[e]!]! + ground.km[e]! / LIGHT_KM_PER_MS;
        if (through >= least) continue;
        least = through;
        next[satellites + city] = ground.satellite[e]!;
      }
      ms[satellites + city] = least;
    }
  }

  function graphOf(): LinkGraph {
    const links: [a: number, b: number, ms: number][] = [];
    for (let k = 0; k < km.length; k++) {
      if (km[k]! >= 0) links.push([lasers.a[k]!, lasers.b[k]!, km[k]! / LIGHT_KM_PER_MS + hopMs]);
    }
    for (let city = 0; city < cities.length; city++) {
      for (let e = ground.offset[city]!; e < ground.offset[city + 1]!; e++)
        links.push([ground.satellite[e]!, satellites + city, ground.km[e]! / LIGHT_KM_PER_MS]);
    }
    links.sort(([a, b], [c, d]) => a - c || b - d);
    const rows = rowsOf(
      nodes,
      Int32Array.from(links, ([a]) => a),
      Int32Array.from(links, ([, b]) => b),
    );
    return { ...rows, ms: Float64Array.from(rows.link, k => links[k]![2]) };
  }

  return {
    satellites,
    cities,
    lasers,
    stateAt,
    graphAt(atMs) {
      lookAt(atMs);
      return graphOf();
    },
    ground,
    positions,
  };
}

/** Nodes from `from` to city `to`, both included; empty without a way. */
export function forwardingPath(state: ForwardingState, from: number, to: number): number[] {
  const row = to * state.nodes;
  if (!(state.ms[row + from]! < Number.POSITIVE_INFINITY)) return [];
  const path = [from];
  for (let node = from; node !== state.satellites + to; path.push(node)) node = state.next[row + node]!;
  return path;
}

/** Round trip between two cities over the same path both ways, milliseconds; Infinity without one. */
export function cityRttMs(state: ForwardingState, from: number, to: number): number {
  return 2 * state.ms[to * state.nodes + state.satellites + from]!;
}

function lasersOf({ shells, interShell = [] }: CityNetworkOptions): LaserTopology {
  for (const { elements, lasers } of shells) {
    if (elements.length !== lasers.satellites)
      throw new RangeError(`lasers of ${lasers.satellites} satellites for ${elements.length} element sets`);
  }
  const joined = joinTopologies(shells.map(shell => shell.lasers));
  if (interShell.length === 0) return joined;
  for (const [a, b] of interShell) {
    if (a === b || !(a >= 0 && b >= 0 && a < joined.satellites && b < joined.satellites))
      throw new RangeError(`no satellites ${a} and ${b} to link`);
  }
  const own = Array.from(joined.a, (a, k) => [a, joined.b[k]!] as const);
  return topologyOf(joined.satellites, [...own, ...interShell]);
}

function rangesOf(shells: readonly CityShell[]): ReachRange[] {
  let from = 0;
  return shells.map(({ elements, reach }) => {
    const until = from + elements.length;
    const range = { from, until, reach };
    from = until;
    return range;
  });
}
