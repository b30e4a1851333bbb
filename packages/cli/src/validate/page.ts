// SPDX-License-Identifier: MIT
import {
  type Check,
  type CountryFit,
  defaultPolicy,
  holds,
  type ReportTable,
  type ValidationReport,
} from "@perigee/network";

/** `docs/validation.md` from the reports of all kinds. */
export function validationPage(reports: readonly ValidationReport[], fits: readonly CountryFit[]): string {
  const parts = [
    "# Validation",
    "<!-- Written by `perigee validate all`; edits are lost. -->",
    "What the engine says, beside what was measured of a real network or printed by others. This page is written by one command from " +
      "recorded files that are not part of the project:",
    "```sh\npnpm perigee validate all --data ../shared/data --out docs\n```",
    "Each kind also runs alone, on other files of the same form: `perigee validate countries --file other.csv`; `perigee help` lists them.",
    summaryOf(reports),
    ...reports.flatMap(section),
    parametersOf(reports, fits),
  ];
  return `${parts.join("\n\n")}\n`;
}

function summaryOf(reports: readonly ValidationReport[]): string {
  return table(
    ["comparison", "checks that hold"],
    reports.map(report => {
      const judged = report.checks.filter(check => check.holds !== null);
      const good = judged.filter(check => check.holds).length;
      return [
        `[${report.title}](#${anchor(report.title)})`,
        judged.length === 0
          ? "figures only"
          : `${good} of ${judged.length}${holds(report) ? "" : " **(misses)**"}`,
      ];
    }),
  );
}

function section(report: ValidationReport): string[] {
  return [
    `## ${report.title}`,
    ...report.text,
    `Data: ${report.sources.join("; ")}.`,
    checksTable(report.checks),
    ...report.tables.flatMap(t => [`**${t.title}**`, table(t.columns, t.rows)]),
    ...report.plots.map(plot => `![${plot.title}](images/validation/${plot.file}.svg)`),
    ...(report.limits.length === 0
      ? []
      : ["What this cannot say:", report.limits.map(limit => `- ${limit}`).join("\n")]),
  ];
}

export function checksTable(checks: readonly Check[]): string {
  return table(
    ["what", "measured or printed", "modelled", "must be", "holds"],
    checks.map(check => [
      check.what,
      check.measured,
      check.modelled,
      check.target ?? "–",
      check.holds === null ? "–" : check.holds ? "yes" : "**no**",
    ]),
  );
}

function parametersOf(reports: readonly ValidationReport[], fits: readonly CountryFit[]): string {
  const rows = new Map<string, readonly string[]>();
  for (const { title, kind, parameters } of reports) {
    for (const { name, value, how } of parameters) {
      // One model serves several reports of a kind.
      const key = JSON.stringify([kind, name, value]);
      if (!rows.has(key)) rows.set(key, [title, name, value, how]);
    }
  }
  const parts = [
    "## Free parameters",
    "Numbers that physics does not give. Those that the comparisons above set or assume:",
    table(["comparison", "parameter", "value", "how it was set"], [...rows.values()]),
    "Those of the engine itself that these comparisons depend on most, from the default policy " +
      "(`packages/network/src/policy.ts`, which has all of them with their sources):",
    table(["parameter", "value", "how it was set"], policyRows()),
  ];
  if (fits.length > 0)
    parts.push(
      "What each parameter of the country model buys: error of the median for countries that took no part in the fit " +
        "(`perigee validate fit --file …`).",
      fitsTable(fits),
    );
  return parts.join("\n\n");
}

function policyRows(): string[][] {
  const { scheduler, routes, link } = defaultPolicy;
  return [
    [
      "fixed part of a round trip",
      `${link.fixedMs} ms`,
      "fitted by others to three-probe round trips of eight sites, 2024",
    ],
    ["missed grants, healthy", String(link.missProbability), "the same; the best countries' medians agree"],
    ["grants every 4 frames", `${100 * link.fourFrameShare} %`, "the same"],
    ["laser hop", `${routes.laserHopMs} ms`, "assumed, 0.1 to 0.3 ms"],
    ["fibre", `${routes.fibreStretch} × great circle, ${routes.fibreUsPerKm} µs/km`, "assumed, 1.3 to 1.5"],
    ["least elevation", `${scheduler.minElevationDeg}°`, "filings"],
    ["distance to the geostationary arc", `${scheduler.userGsoSeparationDeg}°`, "filings"],
    ["weight of elevation", String(scheduler.weights.elevation), "assumed"],
    [
      "weight of what other terminals take",
      String(scheduler.weights.contention),
      "set to elevations that two dishes recorded",
    ],
    [
      "weight of the satellite before",
      String(scheduler.weights.stickiness),
      "set to how often two dishes changed",
    ],
  ];
}

export function fitsTable(fits: readonly CountryFit[]): string {
  const { columns, rows } = fitRows(fits);
  return table(columns, rows);
}

/** Fits as rows of text. */
export function fitRows(fits: readonly CountryFit[]): ReportTable {
  const fitted = ({ free, model }: CountryFit, name: keyof CountryFit["model"]) =>
    free.includes(name) ? model[name].toFixed(2) : "–";
  return {
    title: "Fits",
    columns: [
      "base, ms",
      "spread, ms",
      "per laser hop, ms",
      "per 1,000 km of fibre, ms",
      "full cell, ms",
      "median error left out, ms",
      "mean error left out, ms",
    ],
    rows: fits.map(fit => [
      fitted(fit, "baseMs"),
      fitted(fit, "spreadMs"),
      fitted(fit, "laserHopMs"),
      fitted(fit, "fibreMsPer1000Km"),
      fitted(fit, "loadMs"),
      fit.crossValidation.medianAbsMs.toFixed(2),
      fit.crossValidation.meanAbsMs.toFixed(2),
    ]),
  };
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

/** As forges make it of a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
}
