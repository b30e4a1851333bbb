// SPDX-License-Identifier: MIT
import { setTimeout as sleep } from "node:timers/promises";
import {
  loadScenario,
  type RunOptions,
  runScenario,
  ScenarioMismatch,
  type ScenarioSummary,
} from "@perigee/operator";
import { parseElements } from "@perigee/orbit";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { demoScenario } from "../demo.ts";
import { readDuration, readNumber } from "../study/moments.ts";
import { outFiles, replaceFile, writeViews } from "../study/output.ts";
import { progressBar } from "../study/progress-bar.ts";
import { SERIES_VIEWS, terminalSeries } from "../study/terminal-series.ts";
import { readText } from "../validate/inputs.ts";

const HOUR_MS = 3_600_000;
const SLOT_MS = 15_000;

/** `perigee sim`: a scenario in simulated time, as fast as the machine allows. */
export const sim: Command = {
  name: "sim",
  usage: [
    [
      "sim [scenario.json] [--over 24h] [--seed n] [--speed x]",
      "run a scenario in simulated time; the demo when unnamed",
    ],
    ["sim … --out terminals.csv --out summary.json", "every terminal in every slot; the run in figures"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, {
      hours: { type: "string" },
      over: { type: "string" },
      speed: { type: "string" },
      seed: { type: "string" },
      elements: { type: "string" },
      out: { type: "string", multiple: true },
      json: { type: "boolean" },
    } as const);
    if (words.length > 1) throw new CliError(`"${words[1]}": sim takes one scenario`, 2);
    const files = outFiles(flags.out, SERIES_VIEWS);
    const hours = spanOf(flags);
    const speed = flags.speed === undefined ? null : readNumber("speed", flags.speed, 0.01, 1e6);
    const seed =
      flags.seed === undefined ? undefined : readNumber("seed", flags.seed, 0, 0xffff_ffff, "whole");
    const scenario = loadScenario(words[0] ?? demoScenario);
    if (!scenario.ok)
      throw new CliError(`${scenario.error.place}: ${scenario.error.message} [${scenario.error.code}]`);
    const elements = await elementsOf(flags.elements, scenario.value.startMs);
    const rows = files.flatMap(({ path, extension }) =>
      extension === "csv" || extension === "parquet" ? [{ path, form: extension } as const] : [],
    );
    const pictures = files.filter(({ extension }) => extension === "svg" || extension === "png");
    const source = `perigee · ${scenario.value.title} · seed ${seed ?? scenario.value.seed}`;
    const notes = {
      scenario: scenario.value.title,
      start: new Date(scenario.value.startMs).toISOString(),
      seed: String(seed ?? scenario.value.seed),
      elements: flags.elements ?? "built-in",
    };
    const series = terminalSeries(rows, pictures.length > 0, source, notes);
    const bar = progressBar("slots");
    bar.stage("Simulating");
    const startedMs = performance.now();
    const pace = async (done: number): Promise<void> => {
      const aheadMs = speed === null ? 0 : (done * SLOT_MS) / speed - (performance.now() - startedMs);
      if (aheadMs > 1) await sleep(aheadMs);
    };
    const options: RunOptions = {
      ...(hours === undefined ? {} : { hours }),
      ...(seed === undefined ? {} : { seed }),
      ...(elements === undefined ? {} : { elements }),
      async onSlot(terminals, done, of) {
        series.take(terminals);
        bar.step(done, of);
        await pace(done);
      },
    };
    const summary = await runScenario(scenario.value, options).catch((error: unknown) => {
      series.discard();
      if (error instanceof ScenarioMismatch) throw new CliError(`${error.message} [${error.code}]`);
      throw error;
    });
    bar.clear();
    series.finish();
    await writeViews(pictures, { pictures: series.pictures });
    const text = `${JSON.stringify(summary, null, 2)}\n`;
    for (const { path, extension } of files) if (extension === "json") await replaceFile(path, [text]);
    if (flags.json) return void console.log(JSON.stringify(summary));
    print(summary, (summary.slots * SLOT_MS) / (performance.now() - startedMs));
  },
};

function spanOf(flags: { readonly hours?: string; readonly over?: string }): number | undefined {
  if (flags.hours !== undefined && flags.over !== undefined)
    throw new CliError("--hours and --over say the same", 2);
  if (flags.over !== undefined) return readDuration("over", flags.over) / HOUR_MS;
  if (flags.hours === undefined) return undefined;
  const hours = Number(flags.hours);
  if (!(hours > 0 && hours <= 8784)) throw new CliError("--hours takes a number up to 8784", 2);
  return hours;
}

/** Reads the elements now, so that a bad file is refused before anything runs. */
async function elementsOf(path: string | undefined, startMs: number): Promise<RunOptions["elements"]> {
  if (path === undefined) return undefined;
  const text = await readText(path);
  const parsed = parseElements(text, { patternEpochMs: startMs });
  if (!parsed.ok) throw new CliError(`${path}: ${parsed.error.message} [${parsed.error.code}]`);
  return { text, source: path };
}

function print(summary: ScenarioSummary, speed: number): void {
  printTable(
    ["terminal", "served", "refused", "handovers", "rtt ms p5/p50/p95", "pops"],
    Object.entries(summary.terminals).map(([id, t]) => [
      id,
      `${(t.served * 100).toFixed(1)} %`,
      Object.keys(t.slotsByReason)
        .filter(r => r !== "ALLOW")
        .join(" ") || "-",
      String(t.handovers),
      t.rttMs === null ? "-" : `${t.rttMs.p5} / ${t.rttMs.p50} / ${t.rttMs.p95}`,
      t.pops.slice(0, 3).join(" ") || "-",
    ]),
  );
  console.log(
    `\n${summary.slots} slots, ${summary.satellites} satellites, ${summary.ledger.entries} ledger entries (${summary.ledger.intact && summary.ledger.differences === 0 ? "intact, replayed" : "NOT INTACT"}), ${speed.toFixed(0)} times real time`,
  );
  for (const line of summary.timeline) console.log(line);
}
