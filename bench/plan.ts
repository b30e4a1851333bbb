// SPDX-License-Identifier: MIT
// CPU time of one slot's plan of the whole planet: antennas, lasers, routes to every PoP, beams, colours, shares, and who
// gets what; stage by stage, and how it grows with cells and satellites.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type CellTable, planetCells, populationOf } from "@perigee/earth";
import {
  type Allocation,
  allocate,
  CELL_REASONS,
  type CellDemand,
  type CellPlan,
  createChannelRater,
  createPlanner,
  defaultDemand,
  encodeCellPlan,
  type PlannedCells,
  satelliteRates,
  slotAt,
  slotStartMs,
} from "@perigee/network";
import { builtInElements, createEphemeris, type Elements, parseElements, walkerShell } from "@perigee/orbit";
import { type Bench, quantile, round } from "./result.ts";

/** 2026-05-30 23:00: ten minutes after the recorded elements were taken. */
const AT_MS = Date.UTC(2026, 4, 30, 23);
const RECORDED = new URL("../../shared/data/tle/starlink-2026-05-30.tle.gz", import.meta.url);
const SEED = 1;
/** Slots before the clock counts: code is compiled, and the plan before is a warm one. */
const FIRST_SLOTS = 2;
const COUNTED_SLOTS = 5;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The fleet that flew, where the record is; else the built-in one. */
function fleet(): readonly Elements[] {
  if (!existsSync(RECORDED)) return builtInElements(AT_MS).elements;
  const parsed = parseElements(gunzipSync(readFileSync(RECORDED)).toString("utf8"));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function walker(satellites: number): readonly Elements[] {
  const made = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 500, satellites, planes: 200, phasing: 69 },
    AT_MS,
  );
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** Every `step`-th cell of a table. */
function thinned(cells: CellTable, step: number): CellTable {
  const kept = <T extends Float64Array | Uint8Array | BigUint64Array>(all: T): T =>
    (all as Float64Array).filter((_, c) => c % step === 0) as unknown as T;
  return {
    count: Math.ceil(cells.count / step),
    id: kept(cells.id),
    latDeg: kept(cells.latDeg),
    lonDeg: kept(cells.lonDeg),
    areaKm2: kept(cells.areaKm2),
    land: kept(cells.land),
  };
}

interface Measured {
  /** Median and least over the counted slots, s. */
  readonly cpuSeconds: number;
  readonly cpuSecondsLeast: number;
  /** Mean per slot, ms. */
  readonly stagesMs: ReadonlyMap<string, number>;
  readonly plan: CellPlan;
  /** Of cells that want something, in the last slot. */
  readonly unservedShare: number;
  /** The same of a cold plan of that slot. */
  readonly unservedShareCold: number;
  readonly satisfiedShareDown: number;
  readonly pops: number;
}

function measure(elements: readonly Elements[], cells: CellTable, demand: CellDemand): Measured {
  const planner = createPlanner({ elements, seed: SEED });
  const channels = createChannelRater(cells);
  const satellites = satelliteRates(planner.generation);
  const state = createEphemeris(elements.length);
  const popOfCell = planner.popsOf(cells);
  const stages = new Map<string, number>();
  const spent: number[] = [];
  let previous: PlannedCells | null = null;
  let allocation: Allocation | null = null;
  let slot = slotAt(AT_MS);
  for (let k = 0; k < FIRST_SLOTS + COUNTED_SLOTS; k++, slot++) {
    let last = cpuMs();
    const from = last;
    const done = (stage: string) => {
      const now = cpuMs();
      if (k >= FIRST_SLOTS) stages.set(stage, (stages.get(stage) ?? 0) + (now - last) / COUNTED_SLOTS);
      last = now;
    };
    const planned = planner.planCells({ slot, cells, demand, popOfCell, previous, onStage: done });
    done("names");
    const rates = channels.ratesOf(planned.plan, planner.motion.fleetAt(slotStartMs(slot), state));
    done("rates");
    allocation = allocate(planned.plan, demand, { channels: rates, satellites });
    done("allocation");
    if (k >= FIRST_SLOTS) spent.push((cpuMs() - from) / 1000);
    previous = planned;
  }
  const cold = planner.planCells({ slot: slot - 1, cells, demand, popOfCell });
  return {
    cpuSeconds: quantile(spent, 0.5),
    cpuSecondsLeast: Math.min(...spent),
    stagesMs: stages,
    plan: previous!.plan,
    unservedShare: unserved(previous!.plan, demand),
    unservedShareCold: unserved(cold.plan, demand),
    satisfiedShareDown: allocation!.totals.down.satisfiedShare,
    pops: previous!.plan.trees.length,
  };
}

/** Of the cells that want something: the share without a beam. */
function unserved(plan: CellPlan, { classes }: CellDemand): number {
  let wanting = 0;
  let without = 0;
  for (let c = 0; c < plan.beam.length; c++) {
    if (!classes.some(({ downMbps, upMbps }) => downMbps[c]! > 0 || upMbps[c]! > 0)) continue;
    wanting++;
    if (plan.beam[c]! < 0) without++;
  }
  return without / wanting;
}

export const bench: Bench = async progress => {
  const elements = fleet();
  const figures: Record<string, number> = { satellites: elements.length };
  const hash = createHash("sha256");
  const land = planetCells({ ocean: false });
  const planet = planetCells({ ocean: true });
  const people = populationOf(land, land);
  const cases = [
    ["50k", thinned(land, 12), elements],
    ["590k", land, elements],
    ["1900k", planet, elements],
    ["1kSatellites", land, elements.filter((_, i) => i % 10 === 0)],
    ["40kSatellites", land, walker(40_000)],
  ] as const;
  for (const [name, cells, fleetOf] of cases) {
    const population = cells === land ? people : populationOf(cells, land);
    const measured = measure(fleetOf, cells, defaultDemand(cells, { population }));
    figures[`cpuSeconds${name}`] = round(measured.cpuSeconds);
    figures[`cpuSecondsLeast${name}`] = round(measured.cpuSecondsLeast);
    figures[`cells${name}`] = cells.count;
    figures[`unservedPercent${name}`] = round(100 * measured.unservedShare);
    figures[`unservedPercentCold${name}`] = round(100 * measured.unservedShareCold);
    if (name === "590k" || name === "1900k") {
      figures[`satisfiedShareDown${name}`] = round(measured.satisfiedShareDown);
      figures[`beams${name}`] = measured.plan.beams.satellite.length;
      for (const [stage, ms] of measured.stagesMs) figures[`${stage}Ms${name}`] = round(ms);
      for (const [code, reason] of CELL_REASONS.entries())
        figures[`${reason}Cells${name}`] = measured.plan.reason.reduce(
          (sum, r) => sum + (r === code ? 1 : 0),
          0,
        );
    }
    if (name === "590k") {
      figures["popTrees"] = measured.pops;
      hash.update(encodeCellPlan(measured.plan));
      figures["peakMemoryMb590k"] = Math.round(process.resourceUsage().maxRSS / 1024);
    }
    progress(`${name}: ${round(measured.cpuSeconds)} s`);
  }
  figures["peakMemoryMb"] = Math.round(process.resourceUsage().maxRSS / 1024);
  return {
    workload: `one warm slot of the planet from (elements, ground, demand, plan before) to routes, beams and rates: median of ${COUNTED_SLOTS}; ${elements.length} satellites, land (${land.count} cells) and served ocean (${planet.count}), busy hour everywhere`,
    checksum: hash.digest("hex"),
    figures,
    peers: {},
    ratios: {
      cost590kTo50k: round(figures["cpuSeconds590k"]! / figures["cpuSeconds50k"]!),
      cost1900kTo590k: round(figures["cpuSeconds1900k"]! / figures["cpuSeconds590k"]!),
      cost40kTo10kSatellites: round(figures["cpuSeconds40kSatellites"]! / figures["cpuSeconds590k"]!),
    },
  };
};
