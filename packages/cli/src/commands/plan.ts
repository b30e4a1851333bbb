// SPDX-License-Identifier: MIT
import { readFile } from "node:fs/promises";
import {
  CELL_REASONS,
  type CellPlan,
  cellPlanFromJson,
  cellPlanToJson,
  decodeCellPlan,
  encodeCellPlan,
  type PlanAtResult,
  planAt,
  planDigest,
  slotStartMs,
} from "@perigee/network";
import type { Table } from "@perigee/report";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { countedRows } from "../study/cell-rows.ts";
import { cellFlags, type StudyCells, studyCells } from "../study/cells.ts";
import { demandFlags, studyDemand } from "../study/demand.ts";
import { type Engine, engineFlags, openEngine } from "../study/engine.ts";
import { cellMap } from "../study/maps.ts";
import { instantText, readNumber } from "../study/moments.ts";
import { outFiles, type Views, writeViews } from "../study/output.ts";
import { progressBar } from "../study/progress-bar.ts";

const VIEWS = {
  tables: ["cells", "beams", "contacts"],
  pictures: ["map"],
  files: ["plan", "json"],
} as const;
const MOST_PLAN_BYTES = 512 * 1024 * 1024;
/** Every colour code a hue of its own on the map, and unserved cells none. */
const UNSERVED = Number.NaN;

/** `perigee plan`: who serves whom in one slot, as a file. */
export const plan: Command = {
  name: "plan",
  usage: [
    [
      "plan [--at t] [--diff] [--out x.plan] [--replay x.plan]",
      "who serves whom in one slot, as a file; and again",
    ],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, {
      ...engineFlags,
      ...cellFlags,
      ...demandFlags,
      diff: { type: "boolean" },
      warm: { type: "string" },
      replay: { type: "string" },
    } as const);
    if (words.length > 0) throw new CliError(`"${words[0]}": plan takes flags only`, 2);
    const warm =
      flags.warm === undefined ? (flags.diff ? 1 : 0) : readNumber("warm", flags.warm, 0, 5760, "whole");
    if (flags.diff && warm === 0) throw new CliError("--diff needs a slot before: --warm 1 or more", 2);
    const files = outFiles(flags.out, VIEWS);
    const recorded = flags.replay === undefined ? null : await readPlan(flags.replay);
    const bar = progressBar("stages");
    bar.stage("Preparing");
    // A recorded plan says itself which slot it is of.
    const at = recorded === null ? flags.at : instantText(recorded.fromMs);
    const engine = await openEngine({ ...flags, ...(at === undefined ? {} : { at }) });
    const cells = await studyCells(flags, 0);
    const { demand, title } = await studyDemand(flags, cells, engine.slotMs);
    engine.planner.popsOf(cells.cells);
    bar.stage("Planning");
    const before = process.cpuUsage();
    const result = planAt(engine.planner, {
      atMs: engine.atMs,
      cells: cells.cells,
      demand,
      warmSlots: warm,
    });
    const { user, system } = process.cpuUsage(before);
    bar.clear();
    if (recorded !== null && flags.replay !== undefined) compare(flags.replay, recorded, result);
    await writeViews(files, viewsOf(result, cells, engine, title));
    const cpuSeconds = (user + system) / 1e6 / (warm + 1);
    if (flags.json) return void console.log(JSON.stringify(jsonOf(result, engine, title, cpuSeconds)));
    print(result, cells.title, cpuSeconds);
  },
};

function print({ slot, digest, summary, difference }: PlanAtResult, title: string, cpuSeconds: number): void {
  console.log(
    `slot ${slot}, ${instantText(slotStartMs(slot))}, ${title}: ${summary.cells} cells, ${(100 * summary.servedShare).toFixed(2)} % of the permitted served`,
  );
  printTable(
    ["cells", "count"],
    CELL_REASONS.filter(name => summary.byReason[name] > 0).map(name => [
      name,
      String(summary.byReason[name]),
    ]),
  );
  console.log(
    `${summary.beams} beams of ${summary.satellites} satellites (${summary.extraBeams} further beams of busy cells, at most ${summary.mostCellsPerBeam} cells on a beam)`,
  );
  console.log(
    `${summary.contacts} antennas of ${summary.gateways} gateways, routes to ${summary.pops} PoPs; ${cpuSeconds.toFixed(2)} s of CPU a slot`,
  );
  if (difference !== null) {
    const { changes, satelliteChanged, gained, lost, adjusted } = difference;
    console.log(
      `against the slot before: ${changes.length} cells changed; ${satelliteChanged} another satellite, ${adjusted} another beam, colour or share, ${gained} gained, ${lost} lost service`,
    );
  }
  console.log(`digest ${digest}`);
}

function jsonOf(result: PlanAtResult, engine: Engine, demand: string, cpuSeconds: number): object {
  const { slot, digest, summary, difference, planned } = result;
  const { changes, ...counts } = difference ?? { changes: [] };
  return {
    slot,
    from: instantText(slotStartMs(slot)),
    digest,
    inputs: planned.plan.inputs,
    summary,
    difference: difference === null ? null : { changed: changes.length, ...counts },
    cpuSeconds,
    demand,
    notes: engine.notes,
  };
}

async function readPlan(path: string): Promise<CellPlan> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new CliError(`${path}: ${error.message}`);
  });
  if (bytes.length > MOST_PLAN_BYTES) throw new CliError(`${path}: larger than ${MOST_PLAN_BYTES} bytes`);
  const read =
    bytes[0] === 0x7b ? cellPlanFromJson(bytes.toString("utf8")) : decodeCellPlan(new Uint8Array(bytes));
  if (!read.ok)
    throw new CliError(`${path}: ${read.error.message} [${read.error.code} at ${read.error.place}]`);
  return read.value;
}

/** @throws CliError where the plan made now is not the recorded one; it names the inputs that differ. */
function compare(path: string, recorded: CellPlan, { planned, digest }: PlanAtResult): void {
  const was = planDigest(recorded);
  if (was === digest) {
    console.error(`${path}: planned again, the same bytes (${digest})`);
    return;
  }
  const names = Object.keys(recorded.inputs) as (keyof CellPlan["inputs"])[];
  const other = names.filter(name => recorded.inputs[name] !== planned.plan.inputs[name]);
  const why =
    other.length > 0
      ? `made from other ${other.join(", ")}; give the flags that it was made with`
      : "made from the same inputs by another version of the planner";
  throw new CliError(`${path}: its digest is ${was}, planned again ${digest}: ${why}`);
}

function viewsOf(result: PlanAtResult, study: StudyCells, engine: Engine, demand: string): Views {
  const { plan: made } = result.planned;
  const { beams, contacts } = made;
  const { planner, source } = engine;
  const notes = { ...engine.notes, demand, digest: result.digest, slot: String(result.slot) };
  const satelliteName = (i: number): string => planner.elements[i]!.name;
  return {
    files: { plan: () => encodeCellPlan(made), json: () => cellPlanToJson(made) },
    tables: {
      cells: () => cellTable(made, study, engine, notes),
      beams: () => ({
        title: "Beams",
        notes,
        columns: [
          { name: "beam", type: "i32", values: Int32Array.from(beams.satellite.keys()) },
          { name: "satellite", type: "text", values: Array.from(beams.satellite, satelliteName) },
          { name: "colour", type: "i32", values: beams.colour },
        ],
      }),
      contacts: () => ({
        title: "Gateway antennas",
        notes,
        columns: [
          { name: "satellite", type: "text", values: Array.from(contacts.satellite, satelliteName) },
          {
            name: "gateway",
            type: "text",
            values: Array.from(contacts.gateway, g => planner.ground.gateways[g]!.id),
          },
          { name: "downMbps", type: "f32", unit: "Mbit/s", digits: 0, values: contacts.downMbps },
          { name: "upMbps", type: "f32", unit: "Mbit/s", digits: 0, values: contacts.upMbps },
          { name: "rangeKm", type: "f32", unit: "km", digits: 1, values: contacts.rangeKm },
        ],
      }),
    },
    pictures: {
      map: () =>
        cellMap(
          study,
          Float64Array.from(made.beam, (b, c) => (b < 0 ? UNSERVED : made.share[c]! / 64)),
          { label: "Share of a beam's time", min: 0, max: 1 },
          {
            title: `${result.summary.byReason.served} cells on ${result.summary.beams} beams`,
            subtitle: `${study.title}; slot ${result.slot}`,
            source,
          },
        ),
    },
  };
}

function cellTable(
  made: CellPlan,
  study: StudyCells,
  { planner }: Engine,
  notes: Table["notes"] & object,
): Table {
  const { rows, columns } = countedRows(study);
  const of = <T>(value: (c: number, beam: number) => T): (T | null)[] =>
    Array.from(rows, c => (made.beam[c]! < 0 ? null : value(c, made.beam[c]!)));
  return {
    title: `Plan of slot ${made.slot}`,
    notes,
    columns: [
      ...columns,
      { name: "reason", type: "text", values: Array.from(rows, c => CELL_REASONS[made.reason[c]!]!) },
      {
        name: "satellite",
        type: "text",
        values: of((_, b) => planner.elements[made.beams.satellite[b]!]!.name),
      },
      {
        name: "catalogNumber",
        type: "i32",
        values: of((_, b) => planner.elements[made.beams.satellite[b]!]!.catalogNumber),
      },
      { name: "beam", type: "i32", values: of((_, b) => b) },
      { name: "colour", type: "i32", values: of((_, b) => made.beams.colour[b]!) },
      { name: "shareOf64", type: "i32", values: of(c => made.share[c]!) },
      { name: "pop", type: "text", values: of(c => planner.ground.pops[made.pop[c]!]?.code ?? "") },
    ],
  };
}
