// SPDX-License-Identifier: MIT
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ValidationReport } from "@perigee/network";
import { CliError } from "../command.ts";
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
} from "./kinds.ts";
import { validationPage } from "./page.ts";
import { pictureOf } from "./pictures.ts";

/** All kinds over the recorded data of a folder; writes the page and its pictures below `out`. */
export async function runEverything(
  data: string,
  out: string,
  progress: ValidateOptions["progress"],
): Promise<ValidationReport[]> {
  const at = (path: string) => join(data, path);
  const options = (...files: string[]): ValidateOptions => ({ files: files.map(at), progress });
  const table = { ...options("measure/countries.csv"), crossValidate: true };
  const countries = await runCountries(table);
  const real = await runCountries({ ...table, elements: at("tle/starlink-2026-05-30.tle.gz") });
  const fits = await runFit(options("measure/countries.csv"));
  const serving = (name: string, place: string) =>
    runServing({
      ...options(`measure/serving-2024-07-17/${name}.csv.gz`),
      elements: at("measure/serving-2024-07-17/starlink.tle.gz"),
      place,
    });
  const series = (await names(at("peers"))).filter(name => /^published_hypatia_.*\.csv$/.test(name));
  const reports = [
    countries.report,
    real.report,
    await runPings({ ...options("measure/ping-seattle-2023-09-11.txt.gz"), place: "Seattle, US" }),
    await serving("brisbane", "Brisbane, AU"),
    await serving("kanazawa", "Kanazawa, JP"),
    await runVisible(options()),
    await runVisible({ ...options(), elements: at("tle/starlink-2026-05-30.tle.gz") }),
    runComb(),
    await runLaserPath(options(), countries.result),
    runRain(),
    await runSeries(options(...series.map(name => `peers/${name}`))),
  ];
  const pictures = join(out, "images", "validation");
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
  for (const report of reports) {
    for (const plot of report.plots)
      await writeFile(join(pictures, `${plot.file}.svg`), pictureOf(plot, report.sources.join("; ")));
  }
  await writeFile(join(out, "validation.md"), validationPage(reports, fits));
  return reports;
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw new CliError(`${folder}: ${(error as Error).message}`);
  }
}
