// SPDX-License-Identifier: MIT
import type { DishPose } from "./dish-calibration.ts";
import { SLOT_PHASE_S, slug } from "./ping-report.ts";
import { quantile } from "./quantiles.ts";
import { percent, shown, type ValidationReport } from "./report.ts";
import { CERTAIN_DEG, type ServingResult, type SkySample, sectorShares } from "./serving.ts";

/** Medians of chosen and planned elevation may differ by this. */
const ELEVATION_TARGET_DEG = 6;
/** Shares of a sector may differ by this. */
const SECTOR_TARGET = 0.15;
/** Half of a dish's steering cone [S: 100 degrees wide, filings of 2021]. */
const CONE_DEG = 50;
/** Shares of one-slot dwells may differ by this. */
const DWELL_TARGET = 0.15;

export function servingReport(name: string, result: ServingResult): ValidationReport {
  const { calibration, chosen, available, planned, dwell, plannedDwell } = result;
  const { pose, residualDeg } = calibration;
  const one = dwell[0]! / sum(dwell);
  const plannedOne = (plannedDwell[0] ?? 0) / sum(plannedDwell);
  const samples = [
    ["chosen", chosen],
    ["available", available],
    [`available within ${CONE_DEG}° of where the dish faces`, withinCone(available, calibration.pose)],
    ["planned", planned],
  ] as const;
  const sectors = samples.map(([, { azimuthDeg }]) => sectorShares(azimuthDeg));
  const ours = sectors.at(-1)!;
  // Towards and away from the geostationary arc; east and west depend on how the dish was put up.
  const furthest = Math.max(...[0, 2].map(k => Math.abs(sectors[0]![k]! - ours[k]!)));
  const lift = quantile(chosen.elevationDeg, 0.5) - quantile(planned.elevationDeg, 0.5);
  return {
    kind: "serving",
    title: `Serving satellites seen from ${name}`,
    text: [
      `${result.slots} slots recorded. The angles in the file are a dish's own, taken for one that faces north: before any comparison ` +
        "the dish's stand is found from the tracks themselves, as the one pose under which they are tracks of satellites.",
      `Found: it faces azimuth ${shown(pose.azimuthDeg, 0)}, elevation ${shown(pose.elevationDeg, 0)} degrees, ${shown(pose.degPerPixel, 2)} ` +
        `degrees a pixel. Tracks then lie ${shown(residualDeg)} degrees from a satellite in the median; ${percent(result.identifiedShare)} of ` +
        `the slots are within ${CERTAIN_DEG} and are used.`,
    ],
    sources: ["Obstruction-map tracks per second with that day's elements, recorded by others (SatInView)"],
    checks: [
      {
        what: "second (mod 15) at which the satellite changes",
        measured: `${result.phaseS} (${percent(result.jumps[result.phaseS]! / sum([...result.jumps]))} of all jumps)`,
        modelled: String(SLOT_PHASE_S),
        target: "equal",
        holds: result.phaseS === SLOT_PHASE_S,
      },
      {
        what: "dwells of one slot",
        measured: percent(one),
        modelled: percent(plannedOne),
        target: `within ${percent(DWELL_TARGET)}`,
        holds: Math.abs(one - plannedOne) <= DWELL_TARGET,
      },
      {
        what: "longest dwell, slots",
        measured: String(dwell.length),
        modelled: String(plannedDwell.length),
        target: null,
        holds: null,
      },
      {
        what: "median elevation chosen",
        measured: `${shown(quantile(chosen.elevationDeg, 0.5))}° of ${shown(quantile(available.elevationDeg, 0.5))}° available`,
        modelled: `${shown(quantile(planned.elevationDeg, 0.5))}°`,
        target: `within ${ELEVATION_TARGET_DEG}°`,
        holds: Math.abs(lift) <= ELEVATION_TARGET_DEG,
      },
      {
        what: "share of the northern and of the southern sector, larger difference",
        measured: "–",
        modelled: percent(furthest),
        target: `at most ${percent(SECTOR_TARGET)}`,
        holds: furthest <= SECTOR_TARGET,
      },
    ],
    tables: [
      {
        title: "Elevation, degrees",
        columns: ["", "5 %", "20 %", "50 %", "80 %", "95 %", "at 45° and more"],
        rows: samples.map(([title, { elevationDeg }]) => [
          title,
          ...[0.05, 0.2, 0.5, 0.8, 0.95].map(p => shown(quantile(elevationDeg, p))),
          percent(elevationDeg.filter(deg => deg >= 45).length / elevationDeg.length),
        ]),
      },
      {
        title: "Azimuth",
        columns: ["", "north", "east", "south", "west"],
        rows: samples.map(([title], k) => [title, ...sectors[k]!.map(percent)]),
      },
      {
        title: "Dwell, share of stays by slots",
        columns: ["", "1", "2", "3", "4 and more"],
        rows: [
          ["recorded", ...dwellShares(dwell)],
          ["planned", ...dwellShares(plannedDwell)],
        ],
      },
    ],
    plots: [
      {
        kind: "cdf",
        file: `serving-${slug(name)}`,
        title: `Elevation of the serving satellite, ${name}`,
        xLabel: "Elevation",
        xUnit: "°",
        samples: samples.map(([title, sample]: readonly [string, SkySample]) => ({
          name: title,
          values: sample.elevationDeg,
        })),
      },
    ],
    parameters: [
      {
        name: "dish azimuth, elevation, degrees a pixel",
        value: `${shown(pose.azimuthDeg, 0)}, ${shown(pose.elevationDeg, 0)}, ${shown(pose.degPerPixel, 2)}`,
        how: "found from this record's tracks against satellites that were there; the planner has no part in it",
      },
    ],
    limits: [
      "Tolerances are this page's own. East and west have none: they miss by up to 20 % of the slots.",
      `${shown(result.availableMean, 0)} satellites are available in the mean: with tracks known to a degree, a wrong one is named now and then.`,
      "Obstructions at the dish are not known, and a plan does not know where a dish faces: what it gets wrong between east and west is " +
        "the dish's bearing.",
    ],
  };
}

/** Those of a sample that a dish can steer to without turning. */
function withinCone(sample: SkySample, { azimuthDeg, elevationDeg }: DishPose): SkySample {
  const rad = Math.PI / 180;
  const kept = [...sample.elevationDeg.keys()].filter(k => {
    const elevation = sample.elevationDeg[k]! * rad;
    const turn = (sample.azimuthDeg[k]! - azimuthDeg) * rad;
    const cosine =
      Math.sin(elevation) * Math.sin(elevationDeg * rad) +
      Math.cos(elevation) * Math.cos(elevationDeg * rad) * Math.cos(turn);
    return cosine >= Math.cos(CONE_DEG * rad);
  });
  return {
    elevationDeg: kept.map(k => sample.elevationDeg[k]!),
    azimuthDeg: kept.map(k => sample.azimuthDeg[k]!),
  };
}

function dwellShares(counts: readonly number[]): string[] {
  const all = sum(counts);
  return [...[0, 1, 2].map(k => percent((counts[k] ?? 0) / all)), percent(sum(counts.slice(3)) / all)];
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
