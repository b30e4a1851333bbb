// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import type { PathHop, PathNode } from "../link-state.ts";
import type { Planner } from "../plan.ts";
import type { Attachment } from "../routing/city-reach.ts";
import { LIGHT_KM_PER_MS } from "../routing/laser-geometry.ts";
import type { UnservedReason } from "../slot-plan.ts";
import { sortedQuantile } from "../validation/quantiles.ts";
import { directLatency } from "./direct-latency.ts";
import { serviceLatency } from "./service-latency.ts";
import { joinedMark, type Share, type ShareMark } from "./share.ts";
import { instantsOf, type Span } from "./span.ts";

/** A place that sends or answers. */
export interface LatencyPlace {
  readonly name: string;
  /** Geodetic degrees (WGS 84), north and east positive. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Over the ellipsoid; default 0. */
  readonly heightM?: number;
}

export interface LatencyOptions extends Span {
  readonly from: LatencyPlace;
  /** `null`: whatever is behind `from`'s own PoP; only in `service`. */
  readonly to: LatencyPlace | null;
  /**
   * - `service` (default): what two subscribers get. Terminal, satellite, gateway, PoP, fibre to the other's PoP, and up
   *   again; slots, masks, access waits and all. The step is a whole number of slots.
   * - `direct`: the least delay over satellites and lasers alone, from dish to dish, as research simulators count it. No
   *   gateways, PoPs, beams or waits; any step.
   */
  readonly mode?: "service" | "direct";
  /** How many ways are listed for the first instant that has one; default 1. In `service` up to 8. */
  readonly paths?: number;
  /** In `direct`: which of the satellites in reach a place uses; default all. */
  readonly attachment?: Attachment;
  /** In `direct`: whether a way may come down at the other place and go up again; default false. */
  readonly groundRelay?: boolean;
  /** In `direct`: processing per laser hop; default the policy's. Hypatia and its kin count 0. */
  readonly hopMs?: number;
  /** Only this share of the instants; default all. */
  readonly share?: Share;
  /** What the shares of a run measured, in order: nothing is planned, they are put together. */
  readonly series?: readonly LatencySeries[];
  /** Told how many instants are done. */
  readonly onStep?: (done: number, of: number) => void;
}

/** How one end is attached at one instant. */
export interface LatencyEnd {
  readonly satellite: string;
  readonly catalogNumber: number;
  readonly elevationDeg: number;
  /** `null` in `direct`. */
  readonly gateway: string | null;
  readonly pop: string | null;
  /** Start of the interruption by a change of satellite to its end; 0 where there was none. */
  readonly gapMs: number;
}

/** One instant of the series: in `service` the middle of a slot. */
export interface LatencySample {
  readonly atMs: number;
  /** Median round trip as an application sees it, idle links; NaN without a way. */
  readonly rttMs: number;
  /** Both ways to the ground together in `service`. */
  readonly laserHops: number;
  readonly lengthKm: number;
  readonly from: LatencyEnd | null;
  readonly to: LatencyEnd | null;
  /** Why there is no way; `null` where there is one. */
  readonly unserved: UnservedReason | "noPath" | null;
}

/** A way from end to end. */
export interface LatencyPath {
  readonly atMs: number;
  readonly rttMs: number;
  readonly nodes: readonly PathNode[];
  /** `hops[i]` joins `nodes[i]` and `nodes[i + 1]`; delays one way. */
  readonly hops: readonly PathHop[];
  /** Part of the round trip that is not distance: modems, forwarding and the median wait for access. */
  readonly overheadMs: number;
}

/** Figures of a series. Round trips in ms; NaN where there is none. */
export interface LatencySummary {
  readonly samples: number;
  /** Share of instants with a way. */
  readonly servedShare: number;
  readonly leastMs: number;
  readonly p5Ms: number;
  readonly p25Ms: number;
  readonly p50Ms: number;
  readonly p75Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
  readonly meanMs: number;
  /** Steps at which either end changed its satellite, and its gateway. */
  readonly satelliteChanges: number;
  readonly gatewayChanges: number;
  readonly longestOutageMs: number;
}

/** What is measured of a stretch of time. */
export interface LatencySeries {
  readonly samples: readonly LatencySample[];
  /** Of the first instant that has a way, the one in use first; in `service` the others keep clear of its lasers and contacts. */
  readonly paths: readonly LatencyPath[];
  readonly mark: ShareMark;
}

export interface LatencyResult extends LatencySeries {
  readonly mode: "service" | "direct";
  readonly from: LatencyPlace;
  readonly to: LatencyPlace | null;
  readonly summary: LatencySummary;
  /** What else the round trip could be: light in vacuum along the ground, and in fibre along the ground. */
  readonly groundKm: number;
  readonly vacuumRttMs: number;
  readonly fibreRttMs: number;
}

/**
 * Round trips between two places over time. The same arguments give the same numbers.
 *
 * A long run can be divided: with `share` each process measures its part, and `series` puts them together, to the same
 * numbers as one process would have.
 *
 * @throws RangeError for a span or share that is none, a number of paths below 1, a `direct` way to nowhere, or series that
 * do not meet.
 *
 * @example
 * ```ts
 * const planner = createPlanner({ elements: builtInElements(fromMs).elements, seed: 1 });
 * const { summary } = latency(planner, {
 *   from: { name: "Kyiv", latDeg: 50.45, lonDeg: 30.52 },
 *   to: { name: "Lisbon", latDeg: 38.72, lonDeg: -9.14 },
 *   fromMs,
 *   overMs: 60_000,
 * });
 * ```
 */
export function latency(planner: Planner, options: LatencyOptions): LatencyResult {
  const { from, to, mode = "service" } = options;
  if (!((options.paths ?? 1) >= 1)) throw new RangeError("at least one path is listed");
  const { samples, paths, mark } =
    options.series !== undefined
      ? joinedSeries(options.series, instantsOf(options).length)
      : mode === "service"
        ? serviceLatency(planner, options)
        : directLatency(planner, options);
  const groundKm = to === null ? Number.NaN : distanceKm(from, to);
  return {
    mode,
    from,
    to,
    samples,
    paths,
    mark,
    summary: summaryOf(samples),
    groundKm,
    vacuumRttMs: (2 * groundKm) / LIGHT_KM_PER_MS,
    fibreRttMs: (2 * groundKm * planner.policy.routes.fibreUsPerKm) / 1000,
  };
}

function joinedSeries(series: readonly LatencySeries[], looks: number): LatencySeries {
  const mark = joinedMark(series.map(one => one.mark));
  const samples = series.flatMap(one => one.samples);
  if (mark.looks !== looks || samples.length !== looks)
    throw new RangeError(`these shares are not of a run of ${looks} instants`);
  return { samples, paths: series.find(one => one.paths.length > 0)?.paths ?? [], mark };
}

function summaryOf(samples: readonly LatencySample[]): LatencySummary {
  const rising = Float64Array.from(samples.map(({ rttMs }) => rttMs).filter(ms => !Number.isNaN(ms))).sort();
  const at = (p: number): number => sortedQuantile(rising, p);
  let satelliteChanges = 0;
  let gatewayChanges = 0;
  let outageFromMs = Number.NaN;
  let longestOutageMs = 0;
  const stepMs = samples.length > 1 ? samples[1]!.atMs - samples[0]!.atMs : 0;
  for (const [k, sample] of samples.entries()) {
    const before = samples[k - 1];
    if (before !== undefined) {
      if (changed(before, sample, end => end.catalogNumber)) satelliteChanges++;
      if (changed(before, sample, end => end.gateway)) gatewayChanges++;
    }
    if (sample.unserved === null) outageFromMs = Number.NaN;
    else {
      if (Number.isNaN(outageFromMs)) outageFromMs = sample.atMs;
      longestOutageMs = Math.max(longestOutageMs, sample.atMs + stepMs - outageFromMs);
    }
  }
  return {
    samples: samples.length,
    servedShare: rising.length / samples.length,
    leastMs: at(0),
    p5Ms: at(0.05),
    p25Ms: at(0.25),
    p50Ms: at(0.5),
    p75Ms: at(0.75),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    mostMs: at(1),
    meanMs: rising.reduce((sum, ms) => sum + ms, 0) / rising.length,
    satelliteChanges,
    gatewayChanges,
    longestOutageMs,
  };
}

function changed(
  before: LatencySample,
  after: LatencySample,
  of: (end: LatencyEnd) => number | string | null,
): boolean {
  return (["from", "to"] as const).some(side => {
    const [a, b] = [before[side], after[side]];
    return a !== null && b !== null && of(a) !== of(b);
  });
}
