// SPDX-License-Identifier: MIT
// A day of the network for some hundred terminals, slot by slot: each plan restricted to their cells, with the link of
// every terminal; and how the work grows with the terminals.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { cellAt } from "@perigee/earth";
import { createPlanner, type Planner, type Site, type SlotPlan, slotAt } from "@perigee/network";
import { builtInElements, type Elements, parseElements } from "@perigee/orbit";
import { readTowns } from "../packages/earth/src/towns.ts";
import { type Bench, round } from "./result.ts";

/** 2026-05-30 22:50, when the recorded elements are from. */
const EPOCH_MS = Date.UTC(2026, 4, 30, 22, 50);
const RECORDED = new URL("../../shared/data/tle/starlink-2026-05-30.tle.gz", import.meta.url);
const SLOTS_PER_DAY = 5760;
const SLOTS_PER_HOUR = 240;
const SEED = 1;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The fleet that flew, where the record is; else the built-in one. */
function fleet(): readonly Elements[] {
  if (!existsSync(RECORDED)) return builtInElements(EPOCH_MS).elements;
  const parsed = parseElements(gunzipSync(readFileSync(RECORDED)).toString("utf8"));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** Terminals where people live: each stands for the same number of them, in the towns of the world in one long row. */
function sitesAmongPeople(count: number): Site[] {
  const towns = readTowns();
  const all = towns.people.reduce((sum, people) => sum + people, 0);
  const sites: Site[] = [];
  let passed = 0;
  for (let town = 0; town < towns.count; town++) {
    passed += towns.people[town]!;
    while (sites.length < count && passed >= ((sites.length + 0.5) * all) / count) {
      const [latDeg, lonDeg] = [towns.latDeg[town]!, towns.lonDeg[town]!];
      sites.push({
        id: `terminal-${sites.length}`,
        latDeg,
        lonDeg,
        heightM: 0,
        cell: cellAt(latDeg, lonDeg),
        downMbps: 100,
        upMbps: 20,
        permitted: true,
      });
    }
  }
  return sites;
}

/** What came of a run of slots. */
interface Run {
  served: number;
  unserved: number;
  /** Slots in which a terminal's satellite is another than in the slot before. */
  moved: number;
  readonly checksum: string;
}

function simulate(planner: Planner, sites: readonly Site[], slots: number, hourly: () => void): Run {
  const first = slotAt(EPOCH_MS);
  const hash = createHash("sha256");
  const run = { served: 0, unserved: 0, moved: 0 };
  let previous: SlotPlan | null = null;
  for (let slot = first; slot < first + slots; slot++) {
    const plan: SlotPlan = planner.plan(slot, sites, previous);
    const before = new Map(previous?.links.map(link => [link.terminalId, link.satellite.index]));
    const digest = new Float64Array(3 * plan.links.length);
    plan.links.forEach(({ terminalId, satellite, oneWayMs, downMbps }, k) => {
      digest.set([satellite.index, oneWayMs[1], downMbps], 3 * k);
      const was = before.get(terminalId);
      if (was !== undefined && was !== satellite.index) run.moved += 1;
    });
    hash.update(digest);
    run.served += plan.links.length;
    run.unserved += plan.unserved.length;
    previous = plan;
    if ((slot - first) % SLOTS_PER_HOUR === SLOTS_PER_HOUR - 1) hourly();
  }
  return { ...run, checksum: hash.digest("hex") };
}

export const bench: Bench = async progress => {
  const elements = fleet();
  const sites = new Map([50, 200, 800].map(count => [count, sitesAmongPeople(count)]));
  const figures: Record<string, number> = { satellites: elements.length };
  const started = cpuSeconds();
  const planner = createPlanner({ elements, seed: SEED });
  figures["cpuSecondsReady"] = round(cpuSeconds() - started);
  let hours = 0;
  const day = simulate(planner, sites.get(200)!, SLOTS_PER_DAY, () => {
    hours += 1;
    if (hours % 6 === 0) progress(`200 terminals, ${hours} h: ${round(cpuSeconds() - started)} s`);
  });
  figures["cpuSeconds24h200"] = round(cpuSeconds() - started);
  figures["cells200"] = new Set(sites.get(200)!.map(({ cell }) => cell)).size;
  figures["servedShare200"] = round(day.served / (day.served + day.unserved));
  figures["movedShare200"] = round(day.moved / day.served);
  figures["timesRealTime200"] = Math.round(86_400 / figures["cpuSeconds24h200"]);
  figures["peakMemoryMb"] = Math.round(process.resourceUsage().maxRSS / 1024);

  const hour = (count: number): number => {
    const before = cpuSeconds();
    simulate(planner, sites.get(count)!, SLOTS_PER_HOUR, () => undefined);
    const seconds = cpuSeconds() - before;
    progress(`${count} terminals, 1 h: ${round(seconds)} s`);
    figures[`cpuMsPerSlot${count}`] = round((1000 * seconds) / SLOTS_PER_HOUR);
    return seconds;
  };
  const [few, some, many] = [hour(50), hour(200), hour(800)];
  const recorded = existsSync(RECORDED)
    ? "satellites as flown on 2026-05-30"
    : "satellites of the built-in table";
  return {
    workload:
      `24 h of slots of 15 s (${SLOTS_PER_DAY} plans restricted to the cells of 200 terminals in towns of the world, ` +
      `each after the one before), ${elements.length} ${recorded}; everything from the elements on is counted`,
    checksum: day.checksum,
    figures,
    peers: {},
    ratios: { cost200To50: round(some / few), cost800To200: round(many / some) },
  };
};
