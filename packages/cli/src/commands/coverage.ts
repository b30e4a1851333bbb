// SPDX-License-Identifier: MIT
import { CELL_REASONS, type CoverageResult, instantsOf, coverage as study } from "@perigee/network";
import { linePlot, type Table } from "@perigee/report";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { countedRows } from "../study/cell-rows.ts";
import { cellFlags, type StudyCells, studyCells } from "../study/cells.ts";
import { demandFlags, studyDemand } from "../study/demand.ts";
import { type Engine, engineFlags, openEngine } from "../study/engine.ts";
import { cellMap } from "../study/maps.ts";
import { readDuration } from "../study/moments.ts";
import { type Views, writeViews } from "../study/output.ts";
import { inputsOf, type PartedStudy, partFlags, runStudy, studyFiles } from "../study/parted.ts";
import { progressBar } from "../study/progress-bar.ts";

const VIEWS = {
  tables: ["cells", "latitudes"],
  pictures: ["served", "visible", "gap", "latitudes"],
} as const;

const FLAGS = {
  ...engineFlags,
  ...cellFlags,
  ...demandFlags,
  ...partFlags,
  over: { type: "string" },
  step: { type: "string" },
} as const;

/** `perigee coverage`: who is in sight and who has a beam. */
export const coverage: Command = {
  name: "coverage",
  usage: [
    [
      "coverage [--region place,km | --bbox s,w,n,e | --country XX]",
      "satellites in sight, served share, reasons, gaps",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, FLAGS);
    await runStudy(coverageStudy, args, words, flags);
  },
};

/** Coverage, by shares of its slots. */
export const coverageStudy: PartedStudy<CoverageResult["tally"]> = {
  name: "coverage",
  async open(args) {
    const { words, flags } = readArguments(args, FLAGS);
    if (words.length > 0) throw new CliError(`"${words[0]}": coverage takes flags only`, 2);
    const overMs = flags.over === undefined ? 0 : readDuration("over", flags.over);
    const stepMs = flags.step === undefined ? 15_000 : readDuration("step", flags.step);
    if (stepMs % 15_000 !== 0) throw new CliError("--step takes whole slots of 15s", 2);
    const files = studyFiles(flags, VIEWS);
    const bar = progressBar("slots");
    bar.stage("Preparing");
    const engine = await openEngine(flags);
    const cells = await studyCells(flags);
    const { demand, title } = await studyDemand(flags, cells, engine.slotMs);
    const options = {
      cells: cells.cells,
      counted: cells.counted,
      demand,
      fromMs: engine.atMs,
      overMs,
      stepMs,
    };
    return {
      looks: instantsOf(options).length,
      inputs: inputsOf(engine, cells.cells, cells.counted, demand, overMs, stepMs),
      compute(share) {
        bar.stage("Planning");
        const { tally } = study(engine.planner, {
          ...options,
          ...(share === undefined ? {} : { share }),
          onStep: bar.step,
        });
        bar.clear();
        return tally;
      },
      async show(tallies) {
        const result = study(engine.planner, { ...options, tallies });
        bar.clear();
        await writeViews(files, viewsOf(result, cells, engine, title));
        const { totals, latitudes, slots } = result;
        if (flags.json !== true) return print(result, cells.title);
        const report = { title: cells.title, slots: slots.length, totals, latitudes, notes: engine.notes };
        console.log(JSON.stringify(report));
      },
    };
  },
};

function print({ totals, latitudes, slots }: CoverageResult, title: string): void {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  console.log(
    `${title}: ${totals.cells} cells over ${slots.length} slot${slots.length === 1 ? "" : "s"}, ${percent(totals.servedShare)} served (${percent(totals.servedAreaShare)} of the area)`,
  );
  const missing = CELL_REASONS.filter(reason => reason !== "served" && totals.byReason[reason] > 0);
  for (const reason of missing) console.log(`  ${reason}: ${totals.byReason[reason].toFixed(1)} cells`);
  console.log(
    `satellites in sight: ${totals.visibleMean.toFixed(1)} on average, at least ${totals.visibleLeast}; longest gap ${totals.longestGapS.toFixed(0)} s\n`,
  );
  printTable(
    ["latitude", "cells", "in sight", "least", "served", "longest gap s"],
    [...latitudes]
      .reverse()
      .map(row => [
        `${row.southDeg} to ${row.northDeg}°`,
        String(row.cells),
        row.visibleMean.toFixed(1),
        String(row.visibleLeast),
        percent(row.servedShare),
        row.longestGapS.toFixed(0),
      ]),
  );
}

function viewsOf(result: CoverageResult, study: StudyCells, engine: Engine, demandTitle: string): Views {
  const { totals, slots } = result;
  const source = engine.source;
  const over = `${study.title}; ${slots.length} slot${slots.length === 1 ? "" : "s"}`;
  return {
    tables: {
      cells: () => cellTable(result, study, engine, demandTitle),
      latitudes: () => latitudeTable(result, engine),
    },
    pictures: {
      served: () =>
        cellMap(
          study,
          result.servedShare,
          { label: "Share of slots with a beam", min: 0, max: 1 },
          {
            title: `${(100 * totals.servedShare).toFixed(1)} % of cells are served`,
            subtitle: over,
            source,
          },
          { combine: "min" },
        ),
      visible: () =>
        cellMap(
          study,
          result.visibleMean,
          { label: "Satellites in sight", min: 0 },
          {
            title: `${totals.visibleMean.toFixed(0)} satellites in sight on average`,
            subtitle: over,
            source,
          },
        ),
      gap: () =>
        cellMap(
          study,
          Float64Array.from(result.longestGapSlots, slots => 15 * slots),
          { label: "Longest time without a beam", unit: "s", min: 0 },
          { title: `Longest gap ${totals.longestGapS.toFixed(0)} s`, subtitle: over, source },
          { combine: "max" },
        ),
      latitudes: () =>
        linePlot({
          title: "Satellites in sight by latitude",
          subtitle: over,
          source,
          x: { label: "Latitude", unit: "degrees" },
          y: { label: "Satellites", min: 0 },
          series: (["visibleMean", "visibleLeast"] as const).map(name => ({
            name: name === "visibleMean" ? "mean" : "least",
            x: result.latitudes.map(({ southDeg, northDeg }) => (southDeg + northDeg) / 2),
            y: result.latitudes.map(row => row[name]),
            points: true,
          })),
        }),
    },
  };
}

function cellTable(result: CoverageResult, study: StudyCells, engine: Engine, demandTitle: string): Table {
  const { pick, columns, rows } = countedRows(study);
  return {
    title: `Coverage of ${study.title}`,
    notes: { ...engine.notes, demand: demandTitle, slots: String(result.slots.length) },
    columns: [
      ...columns,
      { name: "visibleMean", type: "f32", digits: 2, values: pick(result.visibleMean) },
      { name: "visibleLeast", type: "i32", values: pick(result.visibleLeast) },
      { name: "servedShare", type: "f32", digits: 4, values: pick(result.servedShare) },
      {
        name: "longestGapS",
        type: "f32",
        unit: "s",
        digits: 0,
        values: Float64Array.from(rows, c => 15 * result.longestGapSlots[c]!),
      },
      {
        name: "reason",
        type: "text",
        description: "Why it was last without a beam; served: it never was.",
        values: Array.from(rows, c => CELL_REASONS[result.reason[c]!]!),
      },
    ],
  };
}

function latitudeTable({ latitudes }: CoverageResult, { notes }: Engine): Table {
  return {
    title: "Coverage by latitude",
    notes,
    columns: [
      { name: "southDeg", type: "f64", values: latitudes.map(row => row.southDeg) },
      { name: "northDeg", type: "f64", values: latitudes.map(row => row.northDeg) },
      { name: "cells", type: "i32", values: latitudes.map(row => row.cells) },
      { name: "visibleMean", type: "f64", digits: 3, values: latitudes.map(row => row.visibleMean) },
      { name: "visibleLeast", type: "i32", values: latitudes.map(row => row.visibleLeast) },
      { name: "servedShare", type: "f64", digits: 6, values: latitudes.map(row => row.servedShare) },
      { name: "longestGapS", type: "f64", unit: "s", values: latitudes.map(row => row.longestGapS) },
    ],
  };
}
