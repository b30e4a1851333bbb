// SPDX-License-Identifier: MIT
import type { DrawnRtts } from "./drawn-rtts.ts";
import type { PingFindings, PingRecord } from "./pings.ts";
import { median, quantile } from "./quantiles.ts";
import { percent, shown, type ValidationReport } from "./report.ts";

/** Real slots begin at these seconds of a minute, mod 15. */
export const SLOT_PHASE_S = 12;

export interface PingPlan {
  /** With the policy's missed grants. */
  readonly idle: DrawnRtts;
  /** With those that the record asks for; see `fitMissProbability`. */
  readonly loaded: DrawnRtts;
  readonly missProbability: number;
  readonly constellation: string;
}

export function pingsReport(
  name: string,
  record: PingRecord,
  findings: PingFindings,
  plan: PingPlan,
): ValidationReport {
  const { quantiles, phaseS, explained, stepsMs, insideMs, lostShare, lostAtEdgeShare } = findings;
  const plannedSteps = stepsOf(plan.loaded);
  return {
    kind: "pings",
    title: `Pings from ${name}`,
    text: [
      `${findings.count} answered pings. The record alone gives the slot's phase; the plan is of the place with ${plan.constellation}.`,
    ],
    sources: ["pings to the first hop behind the satellite, recorded by others; see the file"],
    checks: [
      {
        what: "second (mod 15) at which slots begin",
        measured: String(phaseS),
        modelled: String(SLOT_PHASE_S),
        target: "equal",
        holds: phaseS === SLOT_PHASE_S,
      },
      {
        what: "least round trip (0.1 %)",
        measured: `${shown(quantile(record.rttMs, 0.001))} ms`,
        modelled: `${shown(quantile(plan.idle.rttMs, 0.001))} ms`,
        target: null,
        holds: null,
      },
      {
        what: "step of the median from slot to slot, median",
        measured: `${shown(median(stepsMs))} ms (inside a slot ${shown(median(insideMs))})`,
        modelled: `${shown(median(plannedSteps))} ms`,
        target: null,
        holds: null,
      },
      {
        what: "lost pings",
        measured: `${percent(lostShare)}, of them ${percent(lostAtEdgeShare)} in a slot's first second (by chance 7 %)`,
        modelled: "–",
        target: null,
        holds: null,
      },
    ],
    tables: [
      {
        title: "Round trips, ms",
        columns: [
          "share",
          "measured",
          "planned, healthy",
          `planned, missed grants ${shown(plan.missProbability, 2)}`,
        ],
        rows: quantiles.map(({ p, ms }) => [
          percent(p),
          shown(ms),
          shown(quantile(plan.idle.rttMs, p)),
          shown(quantile(plan.loaded.rttMs, p)),
        ]),
      },
    ],
    plots: [
      {
        kind: "line",
        file: `pings-phase-${slug(name)}`,
        title: "Which second begins a slot",
        xLabel: "Second of 15",
        xUnit: "s",
        yLabel: "Variance explained by slots that begin there",
        series: [{ name, x: explained.map((_, k) => k), y: explained, points: true }],
      },
      {
        kind: "cdf",
        file: `pings-${slug(name)}`,
        title: `Round trips, ${name}`,
        xLabel: "Round trip",
        xUnit: "ms",
        xMax: 150,
        samples: [
          { name: "measured", values: record.rttMs },
          { name: "planned, healthy", values: plan.idle.rttMs },
          { name: "planned, with the record's load", values: plan.loaded.rttMs },
        ],
      },
    ],
    parameters: [
      {
        name: "missed grants at this place",
        value: shown(plan.missProbability, 2),
        how: "fitted to this record's quantiles; how loaded the place was, nobody has published",
      },
    ],
    limits: ["The record's own satellites are not at hand; the plan is of a fleet of the right density."],
  };
}

/** Missed grants, in steps of 0.05, with which the plan's quantiles come nearest to the record's. */
export function fitMissProbability(
  findings: PingFindings,
  plan: (missProbability: number) => DrawnRtts,
): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let q = 0; q <= 0.9; q += 0.05) {
    const rising = plan(q).rttMs.toSorted();
    const misfit = findings.quantiles.reduce(
      (sum, { p, ms }) => sum + Math.abs(Math.log(quantile(rising, p) / ms)),
      0,
    );
    if (misfit < least) {
      least = misfit;
      best = q;
    }
  }
  return best;
}

function stepsOf({ rttMs, perSlot }: DrawnRtts): Float64Array {
  const medians = Array.from({ length: rttMs.length / perSlot }, (_, k) =>
    median(rttMs.subarray(k * perSlot, (k + 1) * perSlot)),
  );
  return Float64Array.from(medians.slice(1), (ms, k) => Math.abs(ms - medians[k]!));
}

/** A name as part of a file's. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
