// SPDX-License-Identifier: MIT
import { cellAt, cellIndex } from "@perigee/earth";
import {
  CELL_FATES,
  createPlanner,
  failuresOf,
  type Outage,
  type OutageResult,
  type Site,
  slotAt,
  outage as study,
} from "@perigee/network";
import { barPlot, type PointLayer, type Table } from "@perigee/report";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { countedRows } from "../study/cell-rows.ts";
import { cellFlags, type StudyCells, studyCells } from "../study/cells.ts";
import { demandFlags, studyDemand } from "../study/demand.ts";
import { type Engine, engineFlags, openEngine } from "../study/engine.ts";
import { cellMap } from "../study/maps.ts";
import { outFiles, type Views, writeViews } from "../study/output.ts";
import { placeNamed } from "../study/places.ts";
import { progressBar } from "../study/progress-bar.ts";

const VIEWS = { tables: ["cells", "summary"], pictures: ["map", "delay", "fates"] } as const;
const MOST_PLACES = 100;

/** `perigee outage`: a slot before and after something fails. */
export const outage: Command = {
  name: "outage",
  usage: [
    [
      "outage --fail <kind:name>… [--place p]… [--rehome]",
      "a slot before and after a failure; kinds are satellite,",
    ],
    [
      "outage --fail share:5% [--choose busiest] [--region …]",
      "shell, plane, laser(s), share, gateway(s), country, pop",
    ],
  ],
  async run(args) {
    const { words: others, flags } = readArguments(args, {
      ...engineFlags,
      ...cellFlags,
      ...demandFlags,
      fail: { type: "string", multiple: true },
      place: { type: "string", multiple: true },
      choose: { type: "string" },
      rehome: { type: "boolean" },
    } as const);
    if (others.length > 0) throw new CliError(`"${others[0]}": say what fails with --fail`, 2);
    if (flags.fail === undefined)
      throw new CliError("say what fails: --fail satellite:NAME, gateway:ID, share:5% …", 2);
    if ((flags.place?.length ?? 0) > MOST_PLACES) throw new CliError(`at most ${MOST_PLACES} --place`, 2);
    const choose = flags.choose ?? "random";
    if (choose !== "random" && choose !== "busiest")
      throw new CliError("--choose takes random or busiest", 2);
    const files = outFiles(flags.out, VIEWS);
    const places = (flags.place ?? []).map(placeNamed);
    const bar = progressBar("stages");
    bar.stage("Preparing");
    const engine = await openEngine(flags);
    const { planner } = engine;
    const words = flags.fail;
    const failing = (busy?: OutageResult["before"]): Outage => {
      const failures = failuresOf(planner, words, engine.seed, busy);
      if (failures.ok) return failures.value;
      throw new CliError(`--fail ${failures.error.message} [${failures.error.code}]`, 2);
    };
    const isBusiest = choose === "busiest";
    const failed = words.map(word => (isBusiest && word.endsWith("%") ? `${word} (busiest)` : word));
    // Drawn: known, and refused, before anything is planned. PoPs are named and never chosen.
    const drawn = failing();
    const cells = await studyCells(flags);
    const { demand, title } = await studyDemand(flags, cells, engine.slotMs);
    const sites = places.map(({ name, latDeg, lonDeg }): Site => {
      const cell = cellAt(latDeg, lonDeg);
      if (cellIndex(cells.cells, cell) < 0)
        throw new CliError(`--place ${name}: it is not in the cells of this study`, 2);
      return { id: name, latDeg, lonDeg, heightM: 0, cell, downMbps: 300, upMbps: 40, permitted: true };
    });
    bar.stage("Planning before and after");
    const result = study(planner, {
      slot: slotAt(engine.atMs),
      cells: cells.cells,
      counted: cells.counted,
      demand,
      failures: isBusiest ? failing : drawn,
      sites,
      ...(flags.rehome ? { popOfCellAfter: homesWithout(engine, cells, drawn) } : {}),
    });
    bar.clear();
    await writeViews(files, viewsOf(result, cells, engine, failed));
    if (flags.json)
      return void console.log(JSON.stringify(jsonOf(result, engine, cells.title, failed, title)));
    print(result, cells.title, failed);
  },
};

/** Where subscribers go when their PoP is gone: home as it would be if nobody were given an address there. */
function homesWithout(
  { options, planner }: Engine,
  { cells }: StudyCells,
  { pops = [] }: Outage,
): Int16Array {
  if (pops.length === 0) return planner.popsOf(cells);
  const gone = new Set(pops);
  const ground = {
    ...planner.ground,
    pops: planner.ground.pops.map((pop, p) => (gone.has(p) ? { ...pop, iata: null } : pop)),
  };
  return createPlanner({ ...options, ground }).popsOf(cells);
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const ms = (value: number): string => (Number.isNaN(value) ? "–" : value.toFixed(1));

function print(result: OutageResult, title: string, failed: readonly string[]): void {
  const { byFate, before, after, immediate, failures } = result;
  const counts = [
    [failures.satellites?.length ?? 0, "satellites"],
    [failures.lasers?.length ?? 0, "lasers"],
    [failures.gateways?.length ?? 0, "gateways"],
    [failures.pops?.length ?? 0, "PoPs"],
  ].filter(([count]) => count !== 0);
  console.log(
    `${title}, without ${failed.join(", ")} (${counts.map(([n, what]) => `${n} ${what}`).join(", ")})\n`,
  );
  printTable(
    ["cells", "count"],
    CELL_FATES.map(fate => [fate, String(byFate[fate])]),
  );
  console.log("");
  printTable(
    ["", "before Gbit/s", "after Gbit/s", "carried before", "after"],
    (["down", "up"] as const).map(way => [
      way,
      (before.totals[way].carriedMbps / 1000).toFixed(1),
      (after.totals[way].carriedMbps / 1000).toFixed(1),
      percent(before.totals[way].satisfiedShare),
      percent(after.totals[way].satisfiedShare),
    ]),
  );
  const { affected, repaired } = immediate;
  console.log(
    `\nways that lost their next hop: ${affected}, with an alternate ready: ${repaired}${affected > 0 ? ` (${percent(repaired / affected)})` : ""}`,
  );
  if (result.sites.length === 0) return;
  console.log("");
  printTable(
    ["place", "rtt before ms", "after ms", "over before", "after"],
    result.sites.map(site => [
      site.id,
      ms(site.beforeMs),
      ms(site.afterMs),
      ...[site.before, site.after].map(way =>
        way === null ? "no service" : `${way.satellite} ${way.gateway} ${way.pop}`,
      ),
    ]),
  );
}

function jsonOf(
  result: OutageResult,
  engine: Engine,
  title: string,
  failed: readonly string[],
  demand: string,
): object {
  const { byFate, before, after, immediate, sites, difference } = result;
  return {
    title,
    failed,
    failures: result.failures,
    byFate,
    satelliteChanged: difference.satelliteChanged,
    before: before.totals,
    after: after.totals,
    immediate,
    sites,
    demand,
    notes: engine.notes,
  };
}

function viewsOf(result: OutageResult, study: StudyCells, engine: Engine, failed: readonly string[]): Views {
  const { byFate, fate } = result;
  const { source } = engine;
  const subtitle = `${study.title}, without ${failed.join(", ").slice(0, 80)}`;
  // What a reader looks for first is brightest.
  const harm = { unaffected: 0, gained: 0, moved: 1, lost: 2, unserved: Number.NaN };
  return {
    tables: {
      cells: () => cellTable(result, study, engine, failed),
      summary: () => summaryTable(result, engine, failed),
    },
    pictures: {
      map: () =>
        cellMap(
          study,
          Float64Array.from(fate, code => harm[CELL_FATES[code]!]),
          { label: "0 unaffected, 1 moved to another satellite or gateway, 2 lost service", min: 0, max: 2 },
          { title: `${byFate.lost} cells lose service, ${byFate.moved} move`, subtitle, source },
          { combine: "max", layers: failedLayers(result, engine) },
        ),
      delay: () =>
        cellMap(
          study,
          result.addedMs,
          { label: "Longer way to the PoP, one way", unit: "ms", palette: "diverging" },
          { title: "How much longer the ways become", subtitle, source },
        ),
      fates: () =>
        barPlot({
          title: "What becomes of the cells",
          subtitle,
          source,
          categories: CELL_FATES,
          value: { label: "Cells" },
          series: [{ name: "cells", values: CELL_FATES.map(name => byFate[name]) }],
          digits: 0,
        }),
    },
  };
}

/** Gateways and PoPs that are out of order; satellites would be points everywhere. */
function failedLayers({ failures }: OutageResult, { planner: { ground } }: Engine): PointLayer[] {
  const places = [
    ...(failures.gateways ?? []).map(g => ground.gateways[g]!),
    ...(failures.pops ?? []).map(p => ground.pops[p]!),
  ];
  if (places.length === 0) return [];
  const latDeg = places.map(place => place.latDeg);
  const lonDeg = places.map(place => place.lonDeg);
  return [{ kind: "points", name: "Failed on the ground", latDeg, lonDeg, radius: 4 }];
}

function cellTable(
  result: OutageResult,
  study: StudyCells,
  engine: Engine,
  failed: readonly string[],
): Table {
  const { rows, columns, pick } = countedRows(study);
  const added = pick(result.addedMs);
  return {
    title: `Outage in ${study.title}`,
    notes: { ...engine.notes, failed: failed.join(" ") },
    columns: [
      ...columns,
      { name: "fate", type: "text", values: Array.from(rows, c => CELL_FATES[result.fate[c]!]!) },
      {
        name: "addedMs",
        type: "f64",
        unit: "ms",
        digits: 3,
        values: Array.from(added, value => (Number.isFinite(value) ? value : null)),
      },
      {
        name: "downMbpsBefore",
        type: "f32",
        unit: "Mbit/s",
        digits: 3,
        values: pick(result.before.allocation.downMbps),
      },
      {
        name: "downMbpsAfter",
        type: "f32",
        unit: "Mbit/s",
        digits: 3,
        values: pick(result.after.allocation.downMbps),
      },
    ],
  };
}

function summaryTable(result: OutageResult, { notes }: Engine, failed: readonly string[]): Table {
  const rows: [string, number][] = [
    ...CELL_FATES.map((fate): [string, number] => [`cells ${fate}`, result.byFate[fate]]),
    ...(["down", "up"] as const).flatMap((way): [string, number][] => [
      [`${way} carried before, Mbit/s`, result.before.totals[way].carriedMbps],
      [`${way} carried after, Mbit/s`, result.after.totals[way].carriedMbps],
    ]),
    ["ways that lost their next hop", result.immediate.affected],
    ["of them with an alternate ready", result.immediate.repaired],
  ];
  return {
    title: "Outage",
    notes: { ...notes, failed: failed.join(" ") },
    columns: [
      { name: "figure", type: "text", values: rows.map(([name]) => name) },
      { name: "value", type: "f64", values: rows.map(([, value]) => value) },
    ],
  };
}
