// SPDX-License-Identifier: MIT
// Patterns of what a terminal is and how it moves: P7, P9, P11. Each rests on measurements of the network.
import type { LocationEvidence } from "@perigee/locate";
import type { CaseBook } from "../records.ts";
import type { DetectorLimits } from "./limits.ts";
import { grouped, rounded, signalOf } from "./making.ts";
import type { LocationRow, Observations } from "./rows.ts";
import type { Signal } from "./signal.ts";

/** P7: faster than the plan or the area allows, surely, in windows that adjoin. */
export function tooFast(book: CaseBook, { speeds }: Observations, limits: DetectorLimits): Signal[] {
  return speeds.flatMap(({ terminal, windows, capKmh, errorKmh }) => {
    const least = capKmh + limits.speedSigmas * errorKmh;
    let run: (typeof windows)[number][] = [];
    let longest: typeof run = [];
    for (const window of windows) {
      const adjoins = run.length === 0 || run.at(-1)!.toMs === window.fromMs;
      if (window.speedKmh <= least) run = [];
      else run = adjoins ? [...run, window] : [window];
      if (run.length > longest.length) longest = run;
    }
    if (longest.length < limits.speedWindows) return [];
    const slowest = Math.min(...longest.map(({ speedKmh }) => speedKmh));
    return signalOf(book, "P7", {
      terminals: [terminal],
      atMs: longest.at(-1)!.toMs,
      text: `${terminal} went at ${rounded(slowest)} km/h and more over ${longest.length} adjoining windows; ${rounded(capKmh)} km/h are allowed.`,
      figures: { speedKmh: rounded(slowest), capKmh, windows: longest.length, errorKmh },
    });
  });
}

/** P9: sessions of one identity that one device can hardly have made. The rule is the authority's, with its readings. */
export function twoPlaces(book: CaseBook, { cloneAlarms }: Observations): Signal[] {
  return [...grouped(cloneAlarms, ({ terminalId }) => terminalId)].map(([terminal, alarms]) => {
    const last = alarms.toSorted((a, b) => a.atMs - b.atMs).at(-1)!;
    const innocent = new Map(
      alarms.flatMap(alarm => alarm.innocent.map(each => [each.reading, each.because])),
    );
    return signalOf(book, "P9", {
      terminals: [terminal],
      atMs: last.atMs,
      text: `${alarms.length} times sessions of ${terminal} were in two places: the last ${rounded(last.distanceKm)} km apart within ${rounded(last.elapsedMs / 1000)} s.`,
      figures: {
        alarms: alarms.length,
        distanceKm: rounded(last.distanceKm),
        elapsedS: rounded(last.elapsedMs / 1000),
      },
      innocent: [...innocent].map(([reading, because]) => `${reading}: ${because}`),
    });
  });
}

/** P11: the network's own measurements contradict the claimed place, in independent windows. Nothing else counts here. */
export function notWhereClaimed(
  book: CaseBook,
  { locations }: Observations,
  limits: DetectorLimits,
): Signal[] {
  return [...grouped(locations, ({ terminal }) => terminal)].flatMap(([terminal, rows]) => {
    const against = rows.filter(({ verdict }) => verdict === "inconsistent");
    const windows = apart(against.flatMap(({ contradictions }) => contradictions));
    if (windows < limits.contradictions) return [];
    const offsets = against.flatMap(({ offsetKm }) => offsetKm ?? []);
    const agreed = rows.filter(({ verdict }) => verdict === "consistent").length;
    const atMs = Math.max(...against.map(row => row.atMs));
    const far =
      offsets.length === 0
        ? "at no place that explains them"
        : `about ${rounded(Math.max(...offsets), 1)} km away`;
    return signalOf(book, "P11", {
      terminals: [terminal],
      atMs,
      text: `In ${windows} independent windows the measurements contradict where ${terminal} says it is: ${far}.`,
      figures: { windows, limitWindows: limits.contradictions, agreeingVerdicts: agreed },
      innocent: agreed === 0 ? [] : [`${terminal}: ${agreed} other verdicts agree with its word.`],
    });
  });
}

/** The most windows that share no time with each other: verdicts in a row rest on the same ones, which count once. */
function apart(windows: readonly { readonly fromMs: number; readonly toMs: number }[]): number {
  let count = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of windows.toSorted((a, b) => a.toMs - b.toMs)) {
    if (fromMs < lastMs) continue;
    count++;
    lastMs = toMs;
  }
  return count;
}

/** A verdict's evidence as detectors read it: no cell of it is needed here. */
export function locationRowOf({ terminalId, atMs, verdict, windows }: LocationEvidence): LocationRow {
  const contradictions = windows.filter(({ outcome }) => outcome === "contradicts");
  const offsets = contradictions.flatMap(({ offsetKm }) => offsetKm ?? []);
  return {
    ...{ terminal: terminalId, atMs, verdict },
    contradictions: contradictions.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
    offsetKm: offsets.length === 0 ? null : Math.max(...offsets),
  };
}
