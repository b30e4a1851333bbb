// SPDX-License-Identifier: MIT
import { landOutline } from "@perigee/earth";
import type { LatencyPath, LatencyResult, LatencySample } from "@perigee/network";
import { cdfPlot, type Drawing, linePlot, type Table, worldMap } from "@perigee/report";
import type { Engine } from "./engine.ts";
import type { Views } from "./output.ts";

export const LATENCY_VIEWS = { tables: ["series", "paths"], pictures: ["line", "cdf", "map"] } as const;

/** A latency study as tables and pictures. */
export function latencyViews(result: LatencyResult, engine: Engine): Views {
  return {
    tables: { series: () => seriesTable(result, engine), paths: () => pathTable(result, engine) },
    pictures: {
      line: () => seriesPlot(result, engine),
      cdf: () => distributionPlot(result, engine),
      map: () => pathMap(result, engine),
    },
  };
}

/** `Kyiv, UA to Lisbon, PT`. */
export function endsText({ from, to }: LatencyResult): string {
  return to === null ? `${from.name} to its PoP` : `${from.name} to ${to.name}`;
}

const modeText = ({ mode }: LatencyResult): string =>
  mode === "service" ? "as subscribers see it, idle links" : "least path over satellites alone";

function seriesTable(result: LatencyResult, { notes }: Engine): Table {
  const { samples } = result;
  const text = (name: string, of: (sample: LatencySample) => string | null | undefined) => ({
    name,
    type: "text" as const,
    values: samples.map(sample => of(sample) ?? null),
  });
  const number = (
    name: string,
    unit: string,
    digits: number,
    of: (sample: LatencySample) => number | null | undefined,
  ) => ({ name, type: "f64" as const, unit, digits, values: samples.map(sample => of(sample) ?? null) });
  const ends = (["from", "to"] as const).filter(end => end === "from" || result.to !== null);
  const isService = result.mode === "service";
  return {
    title: `Round-trip time, ${endsText(result)}`,
    notes: { ...notes, mode: result.mode },
    columns: [
      { name: "at", type: "instant", values: samples.map(({ atMs }) => Math.round(atMs)) },
      number("rttMs", "ms", 3, ({ rttMs }) => (Number.isNaN(rttMs) ? null : rttMs)),
      { name: "laserHops", type: "i32", values: samples.map(({ laserHops }) => laserHops) },
      number("lengthKm", "km", 1, ({ lengthKm }) => lengthKm),
      text("unserved", ({ unserved }) => unserved),
      ...ends.flatMap(end => [
        text(`${end}Satellite`, sample => sample[end]?.satellite),
        number(`${end}ElevationDeg`, "degrees", 2, sample => sample[end]?.elevationDeg),
        ...(isService
          ? [
              text(`${end}Gateway`, sample => sample[end]?.gateway),
              text(`${end}Pop`, sample => sample[end]?.pop),
              number(`${end}GapMs`, "ms", 0, sample => sample[end]?.gapMs),
            ]
          : []),
      ]),
    ],
  };
}

/** A row per hop of every way. */
function pathTable(result: LatencyResult, { notes }: Engine): Table {
  const rows = result.paths.flatMap((path, k) =>
    path.hops.map((hop, h) => ({
      path: k + 1,
      rttMs: path.rttMs,
      hop: h + 1,
      ...hop,
      to: path.nodes[h + 1]!,
      from: path.nodes[h]!,
    })),
  );
  const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  return {
    title: `Ways, ${endsText(result)}`,
    notes: { ...notes, mode: result.mode },
    columns: [
      { name: "path", type: "i32", values: column(({ path }) => path) },
      { name: "rttMs", type: "f64", unit: "ms", digits: 3, values: column(({ rttMs }) => rttMs) },
      { name: "hop", type: "i32", values: column(({ hop }) => hop) },
      { name: "kind", type: "text", values: column(({ kind }) => kind) },
      { name: "from", type: "text", values: column(({ from }) => from.name) },
      { name: "to", type: "text", values: column(({ to }) => to.name) },
      { name: "lengthKm", type: "f64", unit: "km", digits: 1, values: column(({ lengthKm }) => lengthKm) },
      { name: "delayMs", type: "f64", unit: "ms", digits: 3, values: column(({ delayMs }) => delayMs) },
    ],
  };
}

function seriesPlot(result: LatencyResult, { source }: Engine): Drawing {
  const { samples, summary } = result;
  return linePlot({
    title: `Round-trip time, ${endsText(result)}`,
    subtitle: `${modeText(result)}; median ${summary.p50Ms.toFixed(1)} ms`,
    source,
    x: { label: "Time", scale: "time" },
    y: { label: "Round-trip time", unit: "ms", min: 0 },
    series: [
      {
        name: result.mode,
        x: samples.map(({ atMs }) => atMs),
        y: samples.map(({ rttMs }) => rttMs),
        step: result.mode === "service",
      },
    ],
    lines: Number.isNaN(result.fibreRttMs)
      ? []
      : [{ axis: "y", at: result.fibreRttMs, label: "straight fibre along the ground" }],
  });
}

function distributionPlot(result: LatencyResult, { source }: Engine): Drawing {
  return cdfPlot({
    title: `Round-trip time, ${endsText(result)}`,
    subtitle: `${modeText(result)}; ${result.summary.samples} samples`,
    source,
    x: { label: "Round-trip time", unit: "ms" },
    samples: [{ name: result.mode, values: result.samples.map(({ rttMs }) => rttMs) }],
    lines: Number.isNaN(result.fibreRttMs)
      ? []
      : [{ axis: "x", at: result.fibreRttMs, label: "straight fibre" }],
  });
}

function pathMap(result: LatencyResult, { source }: Engine): Drawing {
  const { paths } = result;
  // Each node once, however many ways meet there.
  const nodes = [...new Map(paths.flatMap(path => path.nodes).map(node => [node.id, node])).values()];
  const frame = frameOf(nodes);
  return worldMap({
    title: `Ways, ${endsText(result)}`,
    subtitle:
      paths.length === 0
        ? "no way at any instant"
        : paths.map((path, k) => `${k + 1}: ${path.rttMs.toFixed(1)} ms`).join(", "),
    source,
    land: landOutline("50m"),
    ...(frame === null ? {} : { extent: frame, projection: "equirectangular" as const }),
    layers: [
      // The way in use on top.
      ...paths
        .map((path, k) => ({
          kind: "paths" as const,
          name: `Way ${k + 1}`,
          paths: [lineOf(path)],
          strokeWidth: k === 0 ? 2.4 : 1.6,
        }))
        .reverse(),
      ...(["satellite", "gateway", "pop", "terminal"] as const).map(kind => {
        const own = nodes.filter(node => node.kind === kind);
        return {
          kind: "points" as const,
          name: { satellite: "Satellite", gateway: "Gateway", pop: "PoP", terminal: "Terminal" }[kind],
          latDeg: own.map(({ latDeg }) => latDeg),
          lonDeg: own.map(({ lonDeg }) => lonDeg),
          radius: kind === "terminal" ? 4 : 3,
          ...(kind === "gateway" || kind === "satellite" ? {} : { labels: own.map(({ name }) => name) }),
        };
      }),
    ],
  });
}

function lineOf({ nodes }: LatencyPath): readonly (readonly [number, number])[] {
  return nodes.map(({ latDeg, lonDeg }) => [lonDeg, latDeg] as const);
}

/** The frame of a few points with a margin; `null`: the world, where they lie far apart. */
function frameOf(points: readonly { readonly latDeg: number; readonly lonDeg: number }[]) {
  const lat = points.map(({ latDeg }) => latDeg);
  const lon = points.map(({ lonDeg }) => lonDeg);
  const [south, north] = [Math.min(...lat), Math.max(...lat)];
  const [west, east] = [Math.min(...lon), Math.max(...lon)];
  const margin = 4 + 0.1 * Math.max(north - south, east - west);
  if (points.length === 0 || east - west + 2 * margin > 200) return null;
  return {
    southDeg: Math.max(-90, south - margin),
    northDeg: Math.min(90, north + margin),
    westDeg: Math.max(-180, west - margin),
    eastDeg: Math.min(180, east + margin),
  };
}
