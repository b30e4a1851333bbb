// SPDX-License-Identifier: MIT
import { slug } from "./ping-report.ts";
import { type Check, shown, type ValidationReport } from "./report.ts";
import { PATH_CHANGE_MS, type SeriesResult } from "./series.ts";

const TARGET_MS = 0.05;
/** Instants at which two equally good paths change hands may fall on either side of a sample. */
const MOST_CHANGES_SHARE = 0.01;

/** Published round trips of another simulator over the same shells. */
export function seriesReport(results: readonly SeriesResult[]): ValidationReport {
  const title = ({ shell, from, to }: SeriesResult) => `${shell.name}, ${from} to ${to}`;
  return {
    kind: "series",
    title: "Another simulator's round trips",
    text: [
      "Hypatia's pings in ns-3 over filed shells, as published by LEOCraft's authors, against this engine in the same geometry: same " +
        "elements, +Grid, flat-Earth reach, no processing.",
    ],
    sources: ["published_hypatia_*.csv (LEOCraft), 200 s each, and Hypatia's list of 100 cities"],
    checks: results.map(
      (result): Check => ({
        what: title(result),
        measured: `${result.atS.length} pings`,
        modelled:
          `median difference ${shown(result.medianAbsMs, 4)} ms, largest ${shown(result.largestMs, 3)} ms` +
          (result.pathChanges.length === 0 ? "" : `; another path at ${result.pathChanges.join(", ")} s`),
        target: `within ${TARGET_MS} ms but for changes of path`,
        holds:
          result.largestMs <= TARGET_MS &&
          result.pathChanges.length <= Math.ceil(MOST_CHANGES_SHARE * result.atS.length),
      }),
    ),
    tables: [],
    plots: results.map(result => ({
      kind: "line" as const,
      file: `series-${slug(title(result))}`,
      title: title(result),
      xLabel: "Time",
      xUnit: "s",
      yLabel: "Round trip",
      yUnit: "ms",
      series: [
        { name: "published", x: result.atS, y: result.publishedMs },
        { name: "ours", x: result.atS, y: result.oursMs },
      ],
    })),
    parameters: [],
    limits: [
      `A sample more than ${PATH_CHANGE_MS} ms away is a change of path that falls between two samples of theirs.`,
    ],
  };
}
