// SPDX-License-Identifier: MIT
// CPU time of routing: next hop and delay from every satellite and city to every city, step by step, as Hypatia's
// forwarding state; trees to 60 PoPs over the real fleet; and how they grow. Two npm packages route beside it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  builtInGround,
  type City,
  type CityShell,
  type Contacts,
  cityRttMs,
  createCityNetwork,
  createDisjointPaths,
  createForwardingState,
  createRouteEngine,
  defaultPolicy,
  type FibreTable,
  fastReroute,
  fibreTable,
  gridLinks,
  gridShell,
  type LaserTopology,
  type LinkGraph,
  laserLayout,
  lasersInSlot,
  satellitesAbove,
  slotGraph,
  withOutage,
} from "@perigee/network";
import {
  builtInElements,
  createPropagator,
  type Elements,
  type Ephemeris,
  observerFrame,
  parseTle,
  planesOf,
} from "@perigee/orbit";
import { DirectedGraph } from "graphology";
import { dijkstra } from "graphology-shortest-path";
import createNgraph from "ngraph.graph";
import ngraphPath from "ngraph.path";
import { type Bench, round } from "./result.ts";

const EPOCH_MS = Date.UTC(2026, 4, 30, 12);
const CITIES = 100;
const STEPS = 20;
const POPS = 60;
/** Hypatia's own CPU seconds per step for the same work, on a machine of this kind. */
const HYPATIA_S = { "1584": 12.5, "4408": 635 };

const { routes } = defaultPolicy;
const recorded = new URL("../../shared/data/", import.meta.url);
const micro = (value: number): number => Math.round(value * 1e6) / 1e6;

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export const bench: Bench = async progress => {
  const hash = createHash("sha256");
  const figures: Record<string, number> = {};
  const peers: Record<string, number> = {};
  const ratios: Record<string, number> = {};

  const cities = hundredCities();
  for (const [size, shells] of [
    ["1584", filedShells().slice(0, 1)],
    ["4408", filedShells()],
  ] as const) {
    const net = createCityNetwork({ shells, cities });
    const state = createForwardingState(net.satellites, cities.length);
    const heapBefore = process.memoryUsage().arrayBuffers;
    for (let k = 0; k < 5; k++) net.stateAt(EPOCH_MS + k * 1000, state);
    const seconds = cpuSeconds(() => {
      for (let k = 0; k < STEPS; k++) net.stateAt(EPOCH_MS + k * 1000, state);
    });
    figures[`cpuSecondsPerStep${size}`] = micro(seconds / STEPS);
    figures[`stateMb${size}`] = round((state.ms.byteLength + state.next.byteLength) / 1e6);
    figures[`growthMbOver25Steps${size}`] = round((process.memoryUsage().arrayBuffers - heapBefore) / 1e6);
    ratios[`hypatiaToOurs${size}`] = Math.round(HYPATIA_S[size] / (seconds / STEPS));
    hash.update(new Uint8Array(state.next.buffer)).update(new Uint8Array(state.ms.buffer));
    progress(`${size} satellites, ${CITIES} cities: ${figures[`cpuSecondsPerStep${size}`]} s a step`);
    if (size === "1584") {
      const graph = net.graphAt(state.atMs);
      const expected = (from: number, to: number) => cityRttMs(state, from, to) / 2;
      const theirs = peersOn(graph, net.satellites, expected);
      Object.assign(peers, theirs);
      const perTree = seconds / STEPS / CITIES;
      ratios["graphologyToOursPerTree"] = round(theirs.graphologySecondsPerTree / perTree);
      ratios["ngraphToOursPerPair"] = round(theirs.ngraphSecondsPerPair / (perTree / (CITIES - 1)));
      progress(`others on the same graph: ${JSON.stringify(theirs)}`);
    }
  }

  const real = realFleet();
  const topology = laserLayout(
    planesOf(real, { epochMs: EPOCH_MS }),
    new Uint8Array(real.length).fill(1),
    "plusGrid",
  );
  const main = trees(real, topology, hash);
  figures["satellitesOfFleet"] = real.length;
  figures[`cpuSeconds${POPS}Trees${real.length}`] = micro(main.treeSeconds);
  figures["cpuSecondsWeights"] = micro(main.graphSeconds);
  for (const lost of [1, 100])
    figures[`cpuSecondsRepair${POPS}Trees${lost}Lost`] = micro(main.repairSeconds(lost));
  let shares = main.alternates();
  figures[`cpuSecondsFastReroute${POPS}Trees`] = micro(
    cpuSeconds(() => {
      shares = main.alternates();
    }),
  );
  figures["alternateShare"] = round(shares.linkShare);
  figures["alternateShareAvoidingNextHop"] = round(shares.nodeShare);
  figures["cpuMsFourDisjointPaths"] = round(1000 * main.disjointSeconds(200));
  progress(`${POPS} trees over ${real.length} satellites: ${micro(main.treeSeconds)} s`);

  for (const [size, planes, perPlane] of [
    ["1k", 40, 25],
    ["10k", 100, 100],
    ["40k", 200, 200],
  ] as const) {
    const elements = gridShell(
      { planes, perPlane, inclinationDeg: 53, meanMotionRevPerDay: 15.19 },
      EPOCH_MS,
    );
    const grown = trees(elements, gridLinks(planes, perPlane), hash);
    figures[`cpuSeconds${POPS}Trees${size}`] = micro(grown.treeSeconds);
    progress(`${size}: ${micro(grown.treeSeconds)} s`);
  }
  ratios["growth10kTo1k"] = round(
    figures[`cpuSeconds${POPS}Trees10k`]! / figures[`cpuSeconds${POPS}Trees1k`]!,
  );
  ratios["growth40kTo10k"] = round(
    figures[`cpuSeconds${POPS}Trees40k`]! / figures[`cpuSeconds${POPS}Trees10k`]!,
  );
  figures["peakRssMb"] = round(process.resourceUsage().maxRSS / 1024);

  return {
    workload:
      `forwarding state for ${CITIES} cities over 1,584 satellites (72 x 22, 550 km, 53 degrees, +Grid) and over the ` +
      `five filed shells (4,408), mean of ${STEPS} steps, propagation included; ${POPS} trees over ${real.length} ` +
      `satellites, ${builtInGround().gateways.length} gateways`,
    checksum: hash.digest("hex"),
    figures,
    peers,
    ratios,
  };
};

/** The five shells filed for the first generation: 4,408 satellites; the polar ones as stars of two plane sizes. */
function filedShells(): CityShell[] {
  const filed = [
    [72, 22, 53, 550, 360],
    [72, 22, 53.2, 540, 360],
    [36, 20, 70, 570, 360],
    [6, 58, 97.6, 560, 180],
    [4, 43, 97.6, 560, 180],
  ] as const;
  return filed.map(([planes, perPlane, inclinationDeg, altitudeKm, spreadDeg]) => ({
    // n = sqrt(mu / a^3), WGS-72.
    elements: gridShell(
      {
        planes,
        perPlane,
        inclinationDeg,
        spreadDeg,
        meanMotionRevPerDay: (Math.sqrt(398_600.8 / (6378.135 + altitudeKm) ** 3) * 86_400) / (2 * Math.PI),
      },
      EPOCH_MS,
    ),
    lasers: gridLinks(planes, perPlane, spreadDeg === 360),
    reach: { kind: "elevation", minDeg: 25 },
  }));
}

/** Hypatia's cities where they are at hand, else as many places spread between 55 degrees south and north. */
function hundredCities(): City[] {
  const file = new URL("peers/ground_stations_top100.txt", recorded);
  if (existsSync(file)) {
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.slice(0, CITIES).map(line => {
      const [, name = "", latDeg, lonDeg] = line.split(",");
      return { name, latDeg: Number(latDeg), lonDeg: Number(lonDeg) };
    });
  }
  return Array.from({ length: CITIES }, (_, i) => ({
    name: `place ${i}`,
    latDeg: (Math.asin(0.819 * ((2 * i + 1) / CITIES - 1)) * 180) / Math.PI,
    lonDeg: ((i * 137.50776405) % 360) - 180,
  }));
}

/** 10,395 real satellites where their elements are at hand, else the built-in constellation. */
function realFleet(): readonly Elements[] {
  const file = new URL("tle/starlink-2026-05-30.tle.gz", recorded);
  if (!existsSync(file)) return builtInElements(EPOCH_MS).elements;
  const parsed = parseTle(gunzipSync(readFileSync(file)).toString("utf8"));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function trees(elements: readonly Elements[], topology: LaserTopology, hash: ReturnType<typeof createHash>) {
  const propagator = createPropagator(elements);
  const start = propagator.propagate(EPOCH_MS);
  const end = propagator.propagate(EPOCH_MS + 15_000);
  const ground = builtInGround();
  const fibre: FibreTable = fibreTable(ground, routes);
  const contacts = contactsOf(start);
  const engine = createRouteEngine(elements.length);
  const weigh = () =>
    slotGraph({
      lasers: lasersInSlot({
        topology,
        fromMs: EPOCH_MS,
        untilMs: EPOCH_MS + 15_000,
        start,
        end,
        rules: routes,
        seed: 1,
      }),
      contacts,
      fibre,
      hopMs: routes.laserHopMs,
    });
  let graph = weigh();
  const grow = () => Array.from({ length: POPS }, (_, pop) => engine.treeTo(graph, pop));
  grow();
  const graphSeconds = cpuSeconds(() => {
    graph = weigh();
  });
  let found = grow();
  const treeSeconds = cpuSeconds(() => {
    found = grow();
  });
  const repairSeconds = (lost: number): number => {
    const outage = { satellites: Array.from({ length: lost }, (_, k) => (k * 97) % elements.length) };
    const mend = () => {
      const broken = withOutage(graph, outage);
      return found.map(tree => engine.repair(broken, tree));
    };
    for (const { next } of mend()) hash.update(new Uint8Array(next.buffer));
    return cpuSeconds(mend);
  };
  for (const { next, delayMs } of found)
    hash.update(new Uint8Array(next.buffer)).update(new Uint8Array(delayMs.buffer));
  const alternates = () => {
    const reroutes = found.map(tree => fastReroute(graph, tree));
    const mean = (field: "linkShare" | "nodeShare") =>
      reroutes.reduce((sum, reroute) => sum + reroute[field], 0) / reroutes.length;
    return { linkShare: mean("linkShare"), nodeShare: mean("nodeShare") };
  };
  const disjointSeconds = (queries: number): number => {
    const disjoint = createDisjointPaths(graph);
    const ask = () => {
      for (let q = 0; q < queries; q++)
        disjoint.from((q * 41) % elements.length, found[q % POPS]!, 4, "links");
    };
    ask();
    return cpuSeconds(ask) / queries;
  };
  return { graphSeconds, treeSeconds, repairSeconds, alternates, disjointSeconds };
}

/** Each gateway tracks the nearest satellites it sees, one per antenna. */
function contactsOf(fleet: Ephemeris): Contacts {
  const usable = new Uint8Array(fleet.count).fill(1);
  const seen = new Int32Array(fleet.count);
  const all = builtInGround().gateways.flatMap((gateway, g) => {
    const frame = observerFrame({ latDeg: gateway.latDeg, lonDeg: gateway.lonDeg, altitudeKm: 0 });
    const count = satellitesAbove(frame, fleet, usable, gateway.minElevationDeg, seen);
    const range = (i: number) =>
      Math.hypot(fleet.xKm[i]! - frame.xKm, fleet.yKm[i]! - frame.yKm, fleet.zKm[i]! - frame.zKm);
    return Array.from(seen.subarray(0, count), i => ({ i, g, km: range(i) }))
      .sort((a, b) => a.km - b.km || a.i - b.i)
      .slice(0, gateway.antennas);
  });
  all.sort((a, b) => a.i - b.i || a.g - b.g);
  return {
    satellite: Int32Array.from(all, ({ i }) => i),
    gateway: Int32Array.from(all, ({ g }) => g),
    downMbps: new Float32Array(all.length).fill(20_000),
    upMbps: new Float32Array(all.length).fill(20_000),
    rangeKm: Float32Array.from(all, ({ km }) => km),
  };
}

/**
 * Shortest paths by graphology (one source to all) and ngraph (one pair), over one step's links ready made. Their paths
 * are checked against ours; cities relay nothing, which both are told by links that only leave or only reach them.
 */
function peersOn(graph: LinkGraph, satellites: number, expected: (from: number, to: number) => number) {
  const directed = new DirectedGraph();
  const ngraph = createNgraph<unknown, number>();
  for (let v = 0; v < graph.nodes; v++) {
    directed.addNode(v);
    ngraph.addNode(v);
  }
  for (let v = 0; v < graph.nodes; v++) {
    for (let e = graph.offset[v]!; e < graph.offset[v + 1]!; e++) {
      directed.addDirectedEdge(v, graph.to[e]!, { ms: graph.ms[e]! });
      ngraph.addLink(v, graph.to[e]!, graph.ms[e]!);
    }
  }
  const length = (path: readonly number[]) =>
    path.slice(1).reduce((sum, node, k) => sum + Number(directed.getEdgeAttribute(path[k], node, "ms")), 0);
  const sources = [3, 41, 77];
  let worst = 0;
  const paths: number[][] = [];
  const byGraphology = cpuSeconds(() => {
    for (const source of sources) {
      const found = dijkstra.singleSource(directed, satellites + source, "ms");
      for (let to = 0; to < CITIES; to++) paths.push((found[satellites + to] ?? []).map(Number));
    }
  });
  const finder = ngraphPath.nba(ngraph, { oriented: true, distance: (_from, _to, link) => link.data });
  const pairs = sources.flatMap(source => Array.from({ length: 10 }, (_, k) => [source, 9 * k] as const));
  const byNgraph = cpuSeconds(() => {
    for (const [from, to] of pairs)
      paths.push(
        finder
          .find(satellites + from, satellites + to)
          .map(({ id }) => Number(id))
          .reverse(),
      );
  });
  let compared = 0;
  for (const path of paths) {
    const [from, to] = [path[0]!, path.at(-1)!];
    // Where a city in between shortens the way, the question was another.
    if (path.length < 2 || path.slice(1, -1).some(node => node >= satellites)) continue;
    worst = Math.max(worst, Math.abs(length(path) - expected(from - satellites, to - satellites)));
    compared++;
  }
  return {
    graphologySecondsPerTree: micro(byGraphology / sources.length),
    ngraphSecondsPerPair: micro(byNgraph / pairs.length),
    pathsCompared: compared,
    largestDifferenceMs: worst,
  };
}
