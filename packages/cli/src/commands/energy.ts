// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import {
  attackedDemand,
  type CellDemand,
  type EnergyResult,
  GENERATIONS,
  instantsOf,
  POWER_BUDGETS,
  parsePowerBudgets,
  slotStartMs,
  energy as study,
} from "@perigee/network";
import { linePlot, type Table } from "@perigee/report";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { cellFlags, type StudyCells, studyCells } from "../study/cells.ts";
import { demandFlags, studyDemand } from "../study/demand.ts";
import { type Engine, engineFlags, openEngine } from "../study/engine.ts";
import { instantText, readDuration, readNumber } from "../study/moments.ts";
import { outFiles, type Views, writeViews } from "../study/output.ts";
import { placeNamed } from "../study/places.ts";
import { progressBar } from "../study/progress-bar.ts";
import { readText } from "../validate/inputs.ts";

const VIEWS = { tables: ["steps", "satellites"], pictures: ["charge", "service"] } as const;
/** An orbit at 550 km. */
const ORBIT_MS = 95 * 60_000;
const MOST_ATTACKS = 100;

/** The runs that are compared: with an attack there are two. */
interface Run {
  readonly name: string;
  readonly result: EnergyResult;
}

/** `perigee energy`: what serving, and an attack, costs the satellites' batteries. */
export const energy: Command = {
  name: "energy",
  usage: [
    [
      "energy [--over 95min --step 5min] [--power f] [--reserve 20%]",
      "sunlight, draw and charge of every satellite,",
    ],
    ["energy --attack place,km,Mbps… [--region …]", "and what traffic sent to drain them does to service"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, {
      ...engineFlags,
      ...cellFlags,
      ...demandFlags,
      over: { type: "string" },
      step: { type: "string" },
      power: { type: "string" },
      reserve: { type: "string" },
      attack: { type: "string", multiple: true },
    } as const);
    if (words.length > 0) throw new CliError(`"${words[0]}": energy takes flags only`, 2);
    const overMs = flags.over === undefined ? ORBIT_MS : readDuration("over", flags.over);
    const stepMs = flags.step === undefined ? 300_000 : readDuration("step", flags.step);
    if (stepMs % 15_000 !== 0) throw new CliError("--step takes whole slots of 15s", 2);
    const reserveShare = flags.reserve === undefined ? 0.2 : readShare(flags.reserve);
    const files = outFiles(flags.out, VIEWS);
    const budgets = flags.power === undefined ? POWER_BUDGETS : await readBudgets(flags.power);
    const bar = progressBar("steps");
    bar.stage("Preparing");
    const engine = await openEngine(flags);
    const cells = await studyCells(flags);
    const { demand, title } = await studyDemand(flags, cells, engine.slotMs);
    const attack = attackOn(cells, demand, flags.attack ?? []);
    const runOf = (name: string, wanted: CellDemand): Run => {
      bar.stage(name);
      const result = study(engine.planner, {
        ...{ cells: cells.cells, counted: cells.counted, demand: wanted },
        ...{ fromMs: engine.atMs, overMs, stepMs },
        ...{ reserveShare, resumeShare: Math.max(reserveShare, 0.4) },
        budgetOf: i => budgets[GENERATIONS[engine.planner.generation[i]!]!.id],
        onStep: bar.step,
      });
      return { name, result };
    };
    const runs = [runOf("as usual", demand)];
    if (attack !== null) runs.push(runOf("under attack", attack.demand));
    bar.clear();
    const subtitle =
      attack === null ? `${cells.title}; ${title}` : `${cells.title}; ${title}; ${attack.title}`;
    await writeViews(files, viewsOf(runs, engine, subtitle));
    if (flags.json === true) {
      const report = runs.map(({ name, result }) => ({ name, ...summaryOf(result), steps: result.steps }));
      console.log(JSON.stringify({ title: cells.title, demand: title, runs: report, notes: engine.notes }));
      return;
    }
    print(runs, subtitle, instantsOf({ fromMs: engine.atMs, overMs, stepMs }).length);
  },
};

function readShare(text: string): number {
  const [, number] = /^(\d{1,3}(?:\.\d{1,3})?)\s*%$/.exec(text.trim()) ?? [];
  if (number === undefined) throw new CliError("--reserve takes a share like 20%", 2);
  return readNumber("reserve", number, 0, 100) / 100;
}

async function readBudgets(path: string) {
  const read = parsePowerBudgets(await readText(path));
  if (read.ok) return read.value;
  throw new CliError(`${path}: ${read.error.message} [${read.error.code}]`);
}

/** `Kyiv,200,500`: 500 Mbit/s more down in every cell within 200 km of Kyiv. */
function attackOn(
  { cells }: StudyCells,
  demand: CellDemand,
  texts: readonly string[],
): { readonly demand: CellDemand; readonly title: string } | null {
  if (texts.length === 0) return null;
  if (texts.length > MOST_ATTACKS) throw new CliError(`at most ${MOST_ATTACKS} --attack`, 2);
  let attacked = demand;
  let hit = 0;
  let mbpsInAll = 0;
  for (const text of texts) {
    const [, place, km, mbps] = /^(.+),\s*([\d.]+)\s*,\s*([\d.]+)\s*$/.exec(text) ?? [];
    if (place === undefined)
      throw new CliError("--attack takes a place, a radius in km and Mbit/s a cell: Kyiv,200,500", 2);
    const centre = placeNamed(place);
    const withinKm = readNumber("attack", km!, 1, 20_100);
    const down = readNumber("attack", mbps!, 0.001, 1e6);
    const inside = Uint8Array.from(cells.latDeg, (latDeg, c) =>
      distanceKm(centre, { latDeg, lonDeg: cells.lonDeg[c]! }) <= withinKm ? 1 : 0,
    );
    const count = inside.reduce((sum, is) => sum + is, 0);
    if (count === 0) throw new CliError(`--attack ${text}: no cell of this study is there`, 2);
    hit += count;
    mbpsInAll += count * down;
    // As many subscribers as their traffic looks like: 100 Mbit/s each.
    attacked = attackedDemand(attacked, inside, { down, up: down / 100 }, Math.max(1, down / 100));
  }
  return { demand: attacked, title: `${(mbpsInAll / 1000).toFixed(1)} Gbit/s of attack on ${hit} cells` };
}

function summaryOf({ steps, charge, leastCharge, silentSteps, carriedShare, meanDrawW }: EnergyResult) {
  const count = Math.max(1, charge.length);
  return {
    carriedShare,
    carriedGbps: steps.reduce((sum, { carriedMbps }) => sum + carriedMbps, 0) / steps.length / 1000,
    meanDrawW: meanDrawW.reduce((a, b) => a + b, 0) / count,
    leastCharge: leastCharge.reduce((a, b) => Math.min(a, b), 1),
    meanLeastCharge: leastCharge.reduce((a, b) => a + b, 0) / count,
    everSilent: silentSteps.reduce((sum, some) => sum + (some > 0 ? 1 : 0), 0),
    mostSilent: steps.reduce((most, { silent }) => Math.max(most, silent), 0),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function print(runs: readonly Run[], subtitle: string, looks: number): void {
  console.log(`${subtitle}: ${looks} steps\n`);
  const rows = runs.map(({ name, result }) => ({ name, ...summaryOf(result) }));
  printTable(
    [
      "",
      "draw W",
      "least charge",
      "mean of the leasts",
      "ever silent",
      "carried Gbit/s",
      "of what is wanted",
    ],
    rows.map(row => [
      row.name,
      row.meanDrawW.toFixed(0),
      percent(row.leastCharge),
      percent(row.meanLeastCharge),
      String(row.everSilent),
      row.carriedGbps.toFixed(1),
      percent(row.carriedShare),
    ]),
  );
}

function viewsOf(runs: readonly Run[], engine: Engine, subtitle: string): Views {
  const { planner, notes, source } = engine;
  const minutes = runs[0]!.result.steps.map(
    ({ slot }) => (slotStartMs(slot) - slotStartMs(runs[0]!.result.steps[0]!.slot)) / 60_000,
  );
  const x = { label: "Since the start", unit: "min" } as const;
  return {
    tables: {
      steps: () => stepTable(runs, notes),
      satellites: () => satelliteTable(runs, planner.elements, notes),
    },
    pictures: {
      charge: () =>
        linePlot({
          ...{ title: "Charge of the satellites' batteries", subtitle, source, x },
          y: { label: "Share of the battery", min: 0, max: 1 },
          series: runs.flatMap(({ name, result }) => [
            { name: `mean, ${name}`, x: minutes, y: result.steps.map(step => step.meanCharge) },
            {
              name: `least, ${name}`,
              x: minutes,
              y: result.steps.map(step => step.leastCharge),
              dash: "dashed" as const,
            },
          ]),
        }),
      service: () =>
        linePlot({
          ...{ title: "Demand that is carried", subtitle, source, x },
          y: { label: "Share of the downlink demand", min: 0, max: 1 },
          series: runs.map(({ name, result }) => ({
            name,
            x: minutes,
            y: result.steps.map(step => step.carriedShare),
            step: true,
          })),
        }),
    },
  };
}

function stepTable(runs: readonly Run[], notes: Table["notes"] & object): Table {
  const rows = runs.flatMap(({ name, result }) => result.steps.map(step => ({ name, ...step })));
  const column = (
    name: string,
    digits: number,
    pick: (row: (typeof rows)[number]) => number,
    unit?: string,
  ) =>
    ({ name, type: "f64", digits, values: rows.map(pick), ...(unit === undefined ? {} : { unit }) }) as const;
  return {
    title: "Energy, step by step",
    notes,
    columns: [
      { name: "run", type: "text", values: rows.map(({ name }) => name) },
      { name: "at", type: "text", values: rows.map(({ slot }) => instantText(slotStartMs(slot))) },
      column("sunlit", 0, row => row.sunlit),
      column("silent", 0, row => row.silent),
      column("drawKw", 1, row => row.drawKw, "kW"),
      column("inflowKw", 1, row => row.inflowKw, "kW"),
      column("meanCharge", 4, row => row.meanCharge),
      column("leastCharge", 4, row => row.leastCharge),
      column("carriedMbps", 1, row => row.carriedMbps, "Mbit/s"),
      column("carriedShare", 4, row => row.carriedShare),
    ],
  };
}

function satelliteTable(
  runs: readonly Run[],
  elements: readonly { readonly name: string; readonly catalogNumber: number }[],
  notes: Table["notes"] & object,
): Table {
  const all = <T>(of: (satellite: number, run: Run) => T): T[] =>
    runs.flatMap(run => elements.map((_, i) => of(i, run)));
  return {
    title: "Energy, satellite by satellite",
    notes,
    columns: [
      { name: "run", type: "text", values: all((_, { name }) => name) },
      { name: "satellite", type: "text", values: all(i => elements[i]!.name) },
      { name: "catalogNumber", type: "i32", values: all(i => elements[i]!.catalogNumber) },
      { name: "sunlitShare", type: "f32", digits: 4, values: all((i, { result }) => result.sunlitShare[i]!) },
      {
        name: "meanDrawW",
        type: "f32",
        unit: "W",
        digits: 1,
        values: all((i, { result }) => result.meanDrawW[i]!),
      },
      {
        name: "dischargedWh",
        type: "f32",
        unit: "Wh",
        digits: 1,
        values: all((i, { result }) => result.dischargedWh[i]!),
      },
      { name: "leastCharge", type: "f32", digits: 4, values: all((i, { result }) => result.leastCharge[i]!) },
      { name: "charge", type: "f32", digits: 4, values: all((i, { result }) => result.charge[i]!) },
      { name: "silentSteps", type: "i32", values: all((i, { result }) => result.silentSteps[i]!) },
    ],
  };
}
