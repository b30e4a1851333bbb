// SPDX-License-Identifier: MIT
import { type City, cityRttMs, createCityNetwork, createForwardingState } from "../routing/city-network.ts";
import { flatEarthRangeKm } from "../routing/city-reach.ts";
import { gridLinks, gridShell } from "../routing/grid-shell.ts";
import { type RecordResult, readLines, refuseLine } from "./record.ts";

/** A shell of Hypatia's published runs. */
export interface HypatiaShell {
  readonly name: string;
  readonly planes: number;
  readonly perPlane: number;
  readonly inclinationDeg: number;
  readonly meanMotionRevPerDay: number;
  readonly altitudeKm: number;
  /** Ground links reach altitude / tan of this over a flat Earth. */
  readonly elevationDeg: number;
}

/** Filed shells with the reach of the published comparison (LEOCraft's configuration of Hypatia). */
export const HYPATIA_SHELLS: readonly HypatiaShell[] = [
  {
    name: "Kuiper K1",
    planes: 34,
    perPlane: 34,
    inclinationDeg: 51.9,
    meanMotionRevPerDay: 14.8,
    altitudeKm: 630,
    elevationDeg: 35,
  },
  {
    name: "Starlink S1",
    planes: 72,
    perPlane: 22,
    inclinationDeg: 53,
    meanMotionRevPerDay: 15.19,
    altitudeKm: 550,
    elevationDeg: 25,
  },
  {
    name: "Telesat T1",
    planes: 27,
    perPlane: 13,
    inclinationDeg: 98.98,
    meanMotionRevPerDay: 13.66,
    altitudeKm: 1015,
    elevationDeg: 10,
  },
];

/** Hypatia's element sets begin here. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const NS_PER_MS = 1e6;

/** One published ping. Nodes are satellites first, then cities. */
export interface SeriesRow {
  readonly src: number;
  readonly dst: number;
  readonly timeMs: number;
  /** 0 and below: no answer. */
  readonly rttMs: number;
}

const COLUMNS = "src,dst,time_ns,ping_ns";

/** Reads CSV with the columns `src`, `dst`, `time_ns`, `ping_ns` in this order; the line that names them may be missing. */
export function parseSeries(text: string): RecordResult<SeriesRow[]> {
  const isNamed = text
    .replace(/^\uFEFF/, "")
    .trimStart()
    .startsWith(COLUMNS);
  return readLines(
    isNamed ? text.slice(text.indexOf(COLUMNS) + COLUMNS.length) : text,
    (line, place) => {
      const [src, dst, timeNs, pingNs, ...more] = line.split(",").map(Number);
      const isRow = [src, dst, timeNs, pingNs].every(Number.isFinite) && more.length === 0;
      return isRow && src! >= 0 && dst! >= 0 && timeNs! >= 0
        ? { src: src!, dst: dst!, timeMs: timeNs! / NS_PER_MS, rttMs: pingNs! / NS_PER_MS }
        : refuseLine(place, `not ${COLUMNS}`);
    },
    1_000_000,
  );
}

/** Reads Hypatia's list of cities: number, name, latitude, longitude, height in metres, in lines without a head. */
export function parseCities(text: string): RecordResult<City[]> {
  return readLines(
    text,
    (line, place) => {
      const [, name, lat, lon, height] = line.split(",");
      const [latDeg, lonDeg, heightM] = [Number(lat), Number(lon), Number(height)];
      if (
        name === undefined ||
        !(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 360 && Number.isFinite(heightM))
      )
        return refuseLine(place, "not a number, a name, latitude, longitude and height");
      return { name, latDeg, lonDeg, altitudeKm: heightM / 1000 };
    },
    100_000,
  );
}

export interface SeriesResult {
  readonly shell: HypatiaShell;
  readonly from: string;
  readonly to: string;
  readonly atS: Float64Array;
  readonly publishedMs: Float64Array;
  readonly oursMs: Float64Array;
  readonly medianAbsMs: number;
  /** Largest |difference| without changes of path; see {@link PATH_CHANGE_MS}. */
  readonly largestMs: number;
  /** Samples farther apart: the two took different paths at that instant. */
  readonly pathChanges: readonly number[];
}

/** Two shortest paths that change hands a moment apart differ by more than this; geometry never does. */
export const PATH_CHANGE_MS = 0.5;

/**
 * Computes the same pings as a published series. Which shell it is of, the node numbers say: cities come after the shell's
 * satellites, and the three shells have different numbers of them.
 */
export function validateSeries(
  rows: readonly SeriesRow[],
  cities: readonly City[],
): { readonly ok: true; readonly value: SeriesResult } | { readonly ok: false; readonly message: string } {
  const { src, dst } = rows[0]!;
  const shell = HYPATIA_SHELLS.find(({ planes, perPlane }) =>
    [src, dst].every(node => node >= planes * perPlane && node < planes * perPlane + cities.length),
  );
  if (shell === undefined)
    return { ok: false, message: `Nodes ${src} and ${dst} are cities of none of the known shells.` };
  const first = shell.planes * shell.perPlane;
  const from = cities[src - first]!;
  const to = cities[dst - first]!;
  const network = createCityNetwork({
    cities: [from, to],
    shells: [
      {
        elements: gridShell({ ...shell, asTwoLines: true }, EPOCH_MS),
        lasers: gridLinks(shell.planes, shell.perPlane),
        reach: { kind: "range", maxKm: flatEarthRangeKm(shell.altitudeKm, shell.elevationDeg) },
      },
    ],
  });
  const state = createForwardingState(network.satellites, 2);
  const oursMs = Float64Array.from(rows, ({ timeMs }) => {
    network.stateAt(EPOCH_MS + timeMs, state);
    return cityRttMs(state, 0, 1);
  });
  const publishedMs = Float64Array.from(rows, ({ rttMs }) => (rttMs > 0 ? rttMs : Number.NaN));
  const apart = oursMs.map((ms, k) => Math.abs(ms - publishedMs[k]!));
  const known = apart.filter(Number.isFinite).sort();
  return {
    ok: true,
    value: {
      shell,
      from: from.name,
      to: to.name,
      atS: Float64Array.from(rows, ({ timeMs }) => timeMs / 1000),
      publishedMs,
      oursMs,
      medianAbsMs: known[known.length >> 1] ?? Number.NaN,
      largestMs: known.filter(ms => ms <= PATH_CHANGE_MS).at(-1) ?? Number.NaN,
      pathChanges: [...apart.keys()].filter(k => apart[k]! > PATH_CHANGE_MS).map(k => rows[k]!.timeMs / 1000),
    },
  };
}
