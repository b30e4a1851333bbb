// SPDX-License-Identifier: MIT
import { COMB_PRINTED, type CombFindings, type QuantileCase } from "./comb.ts";
import type { CountryResult } from "./countries.ts";
import type { DrawnRtts } from "./drawn-rtts.ts";
import { DISTANCE_LAW, distanceLaw, ULUKHAKTOK } from "./laser-path.ts";
import { quantile } from "./quantiles.ts";
import { RAIN_PERCENTS, RAIN_RATES_MM_PER_H, type RainLawRow, type RainSiteRow } from "./rain-figures.ts";
import { type Check, percent, shown, type ValidationReport } from "./report.ts";
import type { VisibleRow } from "./visible.ts";

const VISIBLE_TARGET = 0.1;
/** A difference below half of a satellite is rounding of the printed table. */
const VISIBLE_ROUNDING = 0.5;

/** Counts over latitudes; `counted` is of one constellation, rows as in `printed`. */
export function visibleReport(
  constellation: string,
  printed: readonly VisibleRow[],
  counted: readonly VisibleRow[],
): ValidationReport {
  const errorOf = (k: number, of: (row: VisibleRow) => number): number => {
    const target = of(printed[k]!);
    return Math.max(0, Math.abs(of(counted[k]!) - target) - VISIBLE_ROUNDING) / target;
  };
  const check = (what: string, of: (row: VisibleRow) => number, target: number | null): Check => {
    const errors = printed.map((_, k) => errorOf(k, of));
    const worst = Math.max(...errors);
    const within = errors.filter(error => error <= VISIBLE_TARGET).length;
    return {
      what,
      measured: `${printed.length} latitudes`,
      modelled: `${within} within ±10 %, farthest ${percent(worst)} (${printed[errors.indexOf(worst)]!.latDeg}°)`,
      target: target === null ? null : "all within ±10 %",
      holds: target === null ? null : worst <= target,
    };
  };
  return {
    kind: "visible",
    title: `Satellites in view: ${constellation}`,
    text: [
      "Satellites above 430 km that stand at or over an elevation, mean over a day and the globe, by latitude. The printed means are " +
        "whole numbers of 48 samples, on a spherical Earth: latitudes are taken as geocentric.",
    ],
    sources: ["10,359 public element sets of 21 May 2026, counted by others"],
    checks: [
      check("mean at 25 degrees and more", row => row.mean25, VISIBLE_TARGET),
      check("mean at 40 degrees and more", row => row.mean40, VISIBLE_TARGET),
      check("mean at 20 degrees and more", row => row.mean20, VISIBLE_TARGET),
      check("highest, median elevation", row => row.bestMedianDeg, VISIBLE_TARGET),
    ],
    tables: [
      {
        title: "Printed / counted",
        columns: ["latitude", "mean at 25°", "mean at 40°", "mean at 20°", "highest, median"],
        rows: printed.map((row, k) => [
          `${row.latDeg}°`,
          `${row.mean25} / ${shown(counted[k]!.mean25)}`,
          `${row.mean40} / ${shown(counted[k]!.mean40)}`,
          `${row.mean20} / ${shown(counted[k]!.mean20)}`,
          `${row.bestMedianDeg}° / ${shown(counted[k]!.bestMedianDeg, 0)}°`,
        ]),
      },
    ],
    plots: [
      {
        kind: "line",
        file: `visible-${constellation.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`,
        title: `Satellites at 25 degrees and more: ${constellation}`,
        xLabel: "Latitude",
        xUnit: "°",
        yLabel: "Satellites in view, mean",
        series: [
          {
            name: "printed",
            x: printed.map(row => row.latDeg),
            y: printed.map(row => row.mean25),
            points: true,
          },
          {
            name: "counted",
            x: counted.map(row => row.latDeg),
            y: counted.map(row => row.mean25),
            points: true,
          },
        ],
      },
    ],
    parameters: [],
    limits: [
      "Half a satellite of any difference is taken for the printed table's rounding.",
      "That the printed latitudes are geocentric is inferred: read as geodetic, the mean at 25 degrees and more is off by 11 % (built-in) and 14 % " +
        "(real elements) at 60 degrees, and within 10 % elsewhere.",
    ],
  };
}

/** The comb of differences and the printed tables of waits. */
export function combReport(
  findings: readonly CombFindings[],
  cases: readonly QuantileCase[],
): ValidationReport {
  const { strength, spacingMs } = COMB_PRINTED;
  return {
    kind: "comb",
    title: "The comb of 4/3 ms",
    text: [
      "Three probes at a time go through the grants and frames of one terminal, as the data plane lays them; their round trips differ by " +
        "whole frames, and most often by a grant period.",
    ],
    sources: [
      "Pairwise differences of three-probe round trips of eight sites, October and November 2024 (LENS)",
    ],
    checks: findings.flatMap((found): Check[] => {
      const frames = Math.round(found.grantPeriodMs / (4 / 3)) as 3 | 4;
      const teeth = COMB_PRINTED.teethMs[frames];
      const top = found.teeth.slice(0, 2).map(({ ms }) => ms);
      return [
        {
          what: `spacing of the comb, grants every ${frames} frames`,
          measured: `${spacingMs} ms`,
          modelled: `${shown(found.spacingMs, 3)} ms`,
          target: "within 0.01 ms",
          holds: Math.abs(found.spacingMs - spacingMs) <= 0.01,
        },
        {
          what: `strength of the comb, grants every ${frames} frames`,
          measured: `${strength[0]} to ${strength[1]}`,
          modelled: shown(found.strength, 2),
          target: "in that range",
          holds: found.strength >= strength[0] && found.strength <= strength[1],
        },
        {
          what: `most frequent differences, grants every ${frames} frames`,
          measured: teeth.map(ms => shown(ms, 2)).join(", "),
          modelled: top.map(ms => shown(ms, 2)).join(", "),
          target: "the same",
          holds: teeth.every((ms, k) => Math.abs(ms - top[k]!) < 0.01),
        },
      ];
    }),
    tables: cases.map(({ name, source, settings, rows }) => ({
      title: `Round trips of a ${name} (${source}; ${settings})`,
      columns: ["share", "printed, ms", "modelled, ms", "difference"],
      rows: rows.map(({ p, printedMs, modelledMs }) => [
        `${(100 * p).toFixed(p > 0.99 ? 1 : 0)} %`,
        shown(printedMs),
        shown(modelledMs),
        shown(modelledMs - printedMs),
      ]),
    })),
    plots: findings.map(found => ({
      kind: "cdf" as const,
      file: `comb-${Math.round(found.grantPeriodMs / (4 / 3))}-frames`,
      title: `Differences of probes sent together, a grant every ${shown(found.grantPeriodMs, 2)} ms`,
      xLabel: "Absolute difference",
      xUnit: "ms",
      xMax: 24,
      samples: [{ name: "simulated", values: found.differencesMs.map(Math.abs) }],
    })),
    parameters: [
      { name: "gap between probes, mean", value: "0.15 ms", how: "assumed; the recorder does not say" },
      { name: "noise of a round trip", value: "0.15 ms", how: "assumed; within the printed strengths" },
    ],
    limits: [
      "The recorded differences themselves are not at hand, only what was printed of them.",
      "Frames and grant periods go into the simulation: that they come out says that grants and frames are laid as meant, not that the " +
        "periods are right. Gap and noise were chosen so that the strength falls into the printed range.",
    ],
  };
}

/** A path of lasers, and how delay grows with distance. */
export function laserPathReport(
  drawn: DrawnRtts,
  countries: readonly CountryResult[] | null,
): ValidationReport {
  const law = countries === null || countries.length < 3 ? null : distanceLaw(countries);
  const middle = quantile(drawn.rttMs, 0.5);
  const measured = 80.8;
  return {
    kind: "laser-path",
    title: "A path over lasers",
    text: [
      `${ULUKHAKTOK.name}, 2,590 km from its PoP Seattle and far from gateways: probes of autumn 2024 against a plan with the ` +
        "satellites of today. Then there were fewer satellites that far north, and sites missed more than half of their grants.",
    ],
    sources: ["Some 6,900 probes, October and November 2024 (LENS)", "Medians of 82 countries over distance"],
    checks: [
      {
        what: "median round trip",
        measured: `${measured} ms (2024)`,
        modelled: `${shown(middle)} ms (2026), ${shown(drawn.meanLasers)} lasers`,
        target: null,
        holds: null,
      },
      ...(law === null
        ? []
        : [
            {
              what: "growth with distance to the PoP",
              measured: `${shown(DISTANCE_LAW.perThousandKmMs, 2)} ms per 1,000 km (82 countries), ${shown(law.measured.perThousandKmMs, 2)} (these)`,
              modelled: `${shown(law.modelled.perThousandKmMs, 2)} (these)`,
              target: "within 15 % of these countries'",
              holds: Math.abs(law.modelled.perThousandKmMs / law.measured.perThousandKmMs - 1) <= 0.15,
            },
          ]),
    ],
    tables: [
      {
        title: `${ULUKHAKTOK.name}, round trips, ms`,
        columns: ["share", "measured 2024", "planned 2026"],
        rows: ULUKHAKTOK.quantiles.map(([p, ms]) => [percent(p), shown(ms), shown(quantile(drawn.rttMs, p))]),
      },
    ],
    plots: [],
    parameters: [],
    limits: ["That year's elements are not at hand; only the shape of the comparison carries over."],
  };
}

/** P.838 and P.618 against the printed tables. */
export function rainReport(laws: readonly RainLawRow[], sites: readonly RainSiteRow[]): ValidationReport {
  const lawErrors = laws.flatMap(({ printed, computed }) =>
    printed.dbPerKm.map((db, k) => Math.max(0, Math.abs(computed.dbPerKm[k]! - db) - rounding(db)) / db),
  );
  const siteErrors = sites
    .flatMap(({ printed, computed }) =>
      printed.map((db, k) => (db === null || db < 1 ? Number.NaN : Math.abs(computed[k]! / db - 1))),
    )
    .filter(Number.isFinite);
  return {
    kind: "rain",
    title: "Rain",
    text: [
      "Specific attenuation by Recommendation P.838-3, circular polarisation at 45 degrees, and attenuation exceeded at four sites by " +
        "P.618-13 with the rain rates that the table names.",
    ],
    sources: [
      "Recommendations ITU-R P.838-3 and P.618-13; tables as printed in the project's reference figures",
    ],
    checks: [
      {
        what: "dB per km, farthest from the printed table",
        measured: `${lawErrors.length} values`,
        modelled: percent(Math.max(...lawErrors)),
        target: "at most 3 %, rounding apart",
        holds: Math.max(...lawErrors) <= 0.03,
      },
      {
        what: "dB exceeded at sites, values from 1 dB, median difference",
        measured: `${siteErrors.length} values`,
        modelled: percent(quantile(siteErrors, 0.5)),
        target: "at most 15 %",
        holds: quantile(siteErrors, 0.5) <= 0.15,
      },
    ],
    tables: [
      {
        title: "k, alpha and dB/km, printed / computed",
        columns: ["GHz", "k", "alpha", ...RAIN_RATES_MM_PER_H.map(rate => `${rate} mm/h`)],
        rows: laws.map(({ frequencyGhz, printed, computed }) => [
          String(frequencyGhz),
          `${printed.k} / ${shown(computed.k, 4)}`,
          `${printed.alpha} / ${shown(computed.alpha, 3)}`,
          ...printed.dbPerKm.map((db, k) => `${db} / ${shown(computed.dbPerKm[k]!, 2)}`),
        ]),
      },
      {
        title: "dB exceeded, printed / computed",
        columns: ["site", "GHz", ...RAIN_PERCENTS.map(p => `${p} % of the time`)],
        rows: sites.map(({ site, frequencyGhz, printed, computed }) => [
          site,
          String(frequencyGhz),
          ...printed.map((db, k) => `${db ?? "–"} / ${shown(computed[k]!)}`),
        ]),
      },
    ],
    plots: [],
    parameters: [
      {
        name: "rain heights",
        value: "3.2, 2.9, 4.6, 5 km",
        how: "assumed for Kyiv, London, Miami and Singapore; the printed table does not say which it took",
      },
    ],
    limits: ["The second table was itself computed by others, not measured."],
  };
}

/** Half of the last printed digit, taking two significant digits as printed. */
function rounding(db: number): number {
  return db < 1 ? 0.005 : db < 10 ? 0.05 : 0.5;
}
