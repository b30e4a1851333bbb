// SPDX-License-Identifier: MIT
import type { ValidationReport } from "@perigee/network";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { runEverything } from "../validate/everything.ts";
import {
  runComb,
  runCountries,
  runFit,
  runLaserPath,
  runPings,
  runRain,
  runSeries,
  runServing,
  runVisible,
  type ValidateOptions,
} from "../validate/kinds.ts";
import { fitRows } from "../validate/page.ts";

const KINDS: Readonly<
  Record<string, (options: ValidateOptions) => Promise<ValidationReport> | ValidationReport>
> = {
  countries: async options => (await runCountries(options)).report,
  pings: runPings,
  serving: runServing,
  visible: runVisible,
  comb: runComb,
  "laser-path": options => runLaserPath(options, null),
  rain: runRain,
  series: runSeries,
};

/** `perigee validate`: the engine beside recordings and printed figures. */
export const validate: Command = {
  name: "validate",
  usage: [
    ["validate countries --file countries.csv [--elements f] [--refit]", "country round trips against plans"],
    [
      "validate fit --file countries.csv [--elements f]",
      "fit the country model; errors of countries left out",
    ],
    [
      "validate pings --file pings.txt --place <name or lat,lon>",
      "slot phase, steps and quantiles of a record of pings",
    ],
    [
      "validate serving --file dish.csv --elements tle --place <…>",
      "a dish's satellites: dwell, elevation, azimuth",
    ],
    ["validate visible [--file table.csv] [--elements f]", "satellites in view by latitude"],
    ["validate series --file series.csv [--cities list]", "another simulator's round trips (Hypatia's form)"],
    ["validate comb | laser-path | rain", "printed figures"],
    [
      "validate all [--data ../shared/data] [--out docs]",
      "all of them; writes docs/validation.md and its pictures",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, {
      file: { type: "string" },
      elements: { type: "string" },
      place: { type: "string" },
      cities: { type: "string" },
      data: { type: "string" },
      out: { type: "string" },
      refit: { type: "boolean" },
      json: { type: "boolean" },
    } as const);
    const [kind = "", ...more] = words;
    const files = [...(flags.file === undefined ? [] : [flags.file]), ...more];
    const options: ValidateOptions = {
      files,
      progress,
      ...(flags.elements === undefined ? {} : { elements: flags.elements }),
      ...(flags.place === undefined ? {} : { place: flags.place }),
      ...(flags.cities === undefined ? {} : { cities: flags.cities }),
      ...(flags.refit === undefined ? {} : { refit: flags.refit }),
    };
    if (kind === "fit") {
      const fits = await runFit(options);
      clearProgress();
      if (flags.json) return void console.log(JSON.stringify(fits));
      const { columns, rows } = fitRows(fits);
      return printTable(columns, rows);
    }
    if (kind === "all") {
      const out = flags.out ?? "docs";
      const reports = await runEverything(flags.data ?? "../shared/data", out, progress);
      clearProgress();
      for (const report of reports) print(report);
      console.log(`\n${out}/validation.md and its pictures are written.`);
      return;
    }
    const run = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (run === undefined)
      throw new CliError(`say: perigee validate ${[...Object.keys(KINDS), "fit", "all"].join(" | ")}`, 2);
    const report = await run(options);
    clearProgress();
    if (flags.json) return void console.log(JSON.stringify(report, withPlainArrays));
    print(report);
    for (const { title, columns, rows } of report.tables) {
      console.log(`\n${title}`);
      printTable(columns, rows);
    }
  },
};

function print({ title, checks }: ValidationReport): void {
  console.log(`\n${title}`);
  printTable(
    ["", "measured", "modelled", "must be"],
    checks.map(check => [
      `${check.holds === null ? " " : check.holds ? "✓" : "✗"} ${check.what}`,
      check.measured,
      check.modelled,
      check.target ?? "–",
    ]),
  );
}

/** Typed arrays as lists. */
function withPlainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
}

function progress(what: string, done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}: ${done} of ${of}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
