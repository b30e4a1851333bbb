// SPDX-License-Identifier: MIT
// CPU time of one slot's plan of the whole planet, stage by stage, and how it grows with cells and satellites.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type CellTable, planetCells, populationOf } from "@perigee/earth";
import {
  builtInGround,
  calmPolicy,
  createBeamPlanner,
  createFleetMotion,
  defaultDemand,
  defaultPolicy,
  type FleetState,
  type Policy,
  SLOT_MS,
  serviceByOrbit,
  slotAt,
  slotStartMs,
} from "@perigee/network";
import {
  builtInElements,
  createEphemeris,
  createPropagator,
  type Elements,
  geodeticToEcef,
  parseElements,
  planesOf,
} from "@perigee/orbit";
import type { BeamInputs } from "../packages/network/src/beams/beam-planner.ts";
import { beamSatellites } from "../packages/network/src/beams/beam-satellites.ts";
import { type BeamPlan, CELL_REASONS, type RouteTree } from "../packages/network/src/beams/cell-plan.ts";
import { type Bench, quantile, round } from "./result.ts";

/** 2026-05-30 22:50, when the recorded elements are from. */
const EPOCH_MS = Date.UTC(2026, 4, 30, 22, 50);
const RECORDED = new URL("../../shared/data/tle/starlink-2026-05-30.tle.gz", import.meta.url);
const POPS = 60;
const WARM_UP = 2;
const SLOTS = 5;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The fleet that flew, where the record is; else the built-in one. */
function flownElements(): readonly Elements[] {
  if (!existsSync(RECORDED)) return builtInElements(EPOCH_MS).elements;
  const parsed = parseElements(gunzipSync(readFileSync(RECORDED)).toString("utf8"));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** A fleet of another size: every n-th satellite, or copies of all moved along their orbits and their orbits turned. */
function resized(elements: readonly Elements[], size: number): Elements[] {
  return Array.from({ length: size }, (_, k) => {
    const copy = Math.floor(k / elements.length);
    const set =
      elements[size < elements.length ? Math.floor((k * elements.length) / size) : k % elements.length]!;
    return {
      ...set,
      catalogNumber: set.catalogNumber + 1_000_000 * copy,
      raanDeg: (set.raanDeg + 1.7 * copy) % 360,
      meanAnomalyDeg: (set.meanAnomalyDeg + 83 * copy) % 360,
    };
  });
}

/** Cells of whole neighbourhoods, spread over the table, some `count` of them. */
function thinned(cells: CellTable, count: number): CellTable {
  const step = cells.count / count;
  const RUN = 343;
  const keep = (_: unknown, c: number): boolean => Math.floor(c / RUN) % Math.round(step) === 0;
  const id = cells.id.filter(keep);
  return {
    count: id.length,
    id,
    latDeg: cells.latDeg.filter(keep),
    lonDeg: cells.lonDeg.filter(keep),
    areaKm2: cells.areaKm2.filter(keep),
    land: cells.land.filter(keep),
  };
}

/** A slot's work in stages: each does its part, in order, and is timed. More stages are added here. */
interface SlotWork {
  readonly names: readonly string[];
  /** Plans the slot; calls `done` after each stage. */
  run(slot: number, done: (stage: string) => void): BeamPlan;
  /** Plans the slot last run again, as if there had been none before it. */
  cold(slot: number): BeamPlan;
  readonly demandDown: Float32Array;
  /** Shares of cells that kept satellite and gateway of the slot before. */
  readonly kept: () => { readonly satellite: number; readonly gateway: number };
}

function slotWork(cells: CellTable, elements: readonly Elements[], policy: Policy): SlotWork {
  const serviceOf = serviceByOrbit(planesOf(elements));
  const serving = Uint8Array.from(elements, (_, i) => (serviceOf(i) === "broadband" ? 1 : 0));
  const satellites = beamSatellites(elements, serving, policy.scheduler);
  const motion = createFleetMotion(createPropagator(elements));
  const planner = createBeamPlanner({ cells, satellites, policy: policy.scheduler, seed: 1 });
  const demand = defaultDemand(cells, { population: populationOf(cells) });
  const pops = builtInGround()
    .pops.slice(0, POPS)
    .map(place => geodeticToEcef({ ...place, altitudeKm: 0 }));
  const popOfCell = Int16Array.from(cells.latDeg, (latDeg, c) => {
    const at = geodeticToEcef({ latDeg, lonDeg: cells.lonDeg[c]!, altitudeKm: 0 });
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    pops.forEach((pop, k) => {
      const km2 = (pop.xKm - at.xKm) ** 2 + (pop.yKm - at.yKm) ** 2 + (pop.zKm - at.zKm) ** 2;
      if (km2 < least) [nearest, least] = [k, km2];
    });
    return nearest;
  });
  const [start, end] = [createEphemeris(elements.length), createEphemeris(elements.length)];
  const permitted = new Uint8Array(cells.count).fill(1);
  let previous: BeamInputs["previous"] = null;
  let last: BeamInputs["previous"] = null;

  const inputs = (slot: number, trees: readonly RouteTree[]): BeamInputs => ({
    slot,
    start,
    end,
    permitted,
    demand,
    popOfCell,
    trees,
    previous,
  });
  let trees: RouteTree[] = [];
  return {
    names: ["motion", "satellites", "sky", "wishes", "beams", "repair", "extra", "idle", "output"],
    demandDown: demand.classes.reduce(
      (sum, { downMbps }) => sum.map((mbps, c) => mbps + downMbps[c]!),
      new Float32Array(cells.count),
    ),
    run(slot, done) {
      motion.fleetAt(slotStartMs(slot), start);
      motion.fleetAt(slotStartMs(slot) + SLOT_MS, end);
      done("motion");
      trees = straightTrees(start, pops);
      done("");
      const plan = planner.plan({ ...inputs(slot, trees), onStage: done });
      last = previous;
      previous = { ...plan, trees };
      return plan;
    },
    cold: slot => planner.plan({ ...inputs(slot, trees), previous: null }),
    kept: () => keptOf(last, previous, popOfCell),
  };
}

/** In place of real routes: straight lines, one fifth longer; landing by the longitude below. Not counted. */
function straightTrees(
  fleet: FleetState,
  pops: readonly { xKm: number; yKm: number; zKm: number }[],
): RouteTree[] {
  const next = Int32Array.from(
    fleet.xKm,
    (x, i) => -1 - Math.floor(20 * (Math.atan2(fleet.yKm[i]!, x) + Math.PI)),
  );
  return pops.map(({ xKm, yKm, zKm }, pop) => ({
    pop,
    delayMs: fleet.xKm.map((x, i) => {
      const km = Math.sqrt((x - xKm) ** 2 + (fleet.yKm[i]! - yKm) ** 2 + (fleet.zKm[i]! - zKm) ** 2);
      return Number.isNaN(km) ? Number.POSITIVE_INFINITY : (1.2 * km) / 299.792458;
    }),
    next,
  }));
}

function keptOf(before: BeamInputs["previous"], after: BeamInputs["previous"], popOfCell: Int16Array) {
  let both = 0;
  let satellite = 0;
  let gateway = 0;
  for (let c = 0; before !== null && after !== null && c < popOfCell.length; c++) {
    const [a, b] = [before.beam[c]!, after.beam[c]!];
    if (a < 0 || b < 0) continue;
    const [was, is] = [before.beams.satellite[a]!, after.beams.satellite[b]!];
    both += 1;
    if (was === is) satellite += 1;
    if (before.trees[popOfCell[c]!]!.next[was] === after.trees[popOfCell[c]!]!.next[is]) gateway += 1;
  }
  return { satellite: satellite / both, gateway: gateway / both };
}

/** Cells with demand by why they have no beam; and, of those that a satellite could serve, the share without one. */
function unserved(plan: BeamPlan, demandDown: Float32Array) {
  const count = Object.fromEntries(CELL_REASONS.map(reason => [reason, 0])) as Record<string, number>;
  let idleWithout = 0;
  for (let c = 0; c < plan.beam.length; c++) {
    if (demandDown[c]! > 0) count[CELL_REASONS[plan.reason[c]!]!]! += 1;
    else if (plan.beam[c]! < 0) idleWithout += 1;
  }
  const within = count["served"]! + count["noBeam"]!;
  return { count, idleWithout, share: count["noBeam"]! / within };
}

export const bench: Bench = async progress => {
  const flown = flownElements();
  const land = planetCells({ ocean: false });
  const hash = createHash("sha256");
  const figures: Record<string, number> = { satellites: flown.length, slots: SLOTS };

  /** Warms up, plans some slots in a row, and notes the least and the median CPU time of a slot. */
  const measure = (name: string, cells: CellTable, elements: readonly Elements[], policy: Policy) => {
    const work = slotWork(cells, elements, policy);
    const first = slotAt(EPOCH_MS);
    const totals: number[] = [];
    const stages = new Map<string, number[]>();
    let most = 0;
    let coldLess = Number.NEGATIVE_INFINITY;
    let plan: BeamPlan | undefined;
    for (let slot = first; slot < first + WARM_UP + SLOTS; slot++) {
      let total = 0;
      let before = cpuSeconds();
      plan = work.run(slot, stage => {
        const now = cpuSeconds();
        if (stage !== "") {
          total += now - before;
          if (slot >= first + WARM_UP) stages.set(stage, [...(stages.get(stage) ?? []), now - before]);
        }
        before = now;
      });
      if (slot < first + WARM_UP) continue;
      totals.push(total);
      const now = unserved(plan, work.demandDown).share;
      most = Math.max(most, now);
      coldLess = Math.max(coldLess, now - unserved(work.cold(slot), work.demandDown).share);
    }
    const made = plan!;
    figures[`cpuSeconds${name}`] = round(Math.min(...totals));
    figures[`cpuSecondsMedian${name}`] = round(quantile(totals, 0.5));
    const { count, idleWithout } = unserved(made, work.demandDown);
    figures[`cells${name}`] = cells.count;
    figures[`unservedShareMost${name}`] = most;
    figures[`unservedShareWarmLessColdMost${name}`] = coldLess;
    for (const array of [
      made.beam,
      made.share,
      made.reason,
      made.beams.satellite,
      made.beams.colour,
      made.extra.beam,
    ])
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    progress(
      `${name}: ${cells.count} cells, ${elements.length} satellites, ${figures[`cpuSeconds${name}`]} s`,
    );
    return { work, made, stages, count, idleWithout };
  };

  measure("50k", thinned(land, 50_000), flown, defaultPolicy);
  {
    const { work, made, stages, count, idleWithout } = measure("590k", land, flown, defaultPolicy);
    for (const name of work.names)
      figures[`${name}Ms590k`] = round(1000 * quantile(stages.get(name) ?? [0], 0.5));
    for (const reason of CELL_REASONS) figures[`busyCells590k.${reason}`] = count[reason]!;
    figures["idleCellsWithoutBeam590k"] = idleWithout;
    figures["beams590k"] = made.beams.satellite.length;
    figures["extraBeams590k"] = made.extra.cell.length;
    figures["keptSatellite590k"] = round(work.kept().satellite);
  }
  {
    const { work } = measure("590kCalm", land, flown, calmPolicy);
    figures["keptSatellite590kCalm"] = round(work.kept().satellite);
    figures["keptGateway590kCalm"] = round(work.kept().gateway);
  }
  figures["peakMemoryMb590k"] = Math.round(process.resourceUsage().maxRSS / 1024);
  measure("1kSatellites", land, resized(flown, 1000), defaultPolicy);
  measure("40kSatellites", land, resized(flown, 40_000), defaultPolicy);
  measure("1900k", planetCells({ ocean: true }), flown, defaultPolicy);
  figures["peakMemoryMb"] = Math.round(process.resourceUsage().maxRSS / 1024);

  const recorded = existsSync(RECORDED)
    ? "satellites as flown on 2026-05-30"
    : "satellites of the built-in table";
  return {
    workload:
      `${SLOTS} slots in a row after ${WARM_UP}, ${flown.length} ${recorded}, H3 cells of resolution 5, ` +
      `${POPS} PoPs, default demand in the busy hour; beams, colours, masks and time-sharing`,
    checksum: hash.digest("hex"),
    figures,
    peers: {},
    ratios: {
      cost590kTo50k: round(figures["cpuSeconds590k"]! / figures["cpuSeconds50k"]!),
      cost1900kTo590k: round(figures["cpuSeconds1900k"]! / figures["cpuSeconds590k"]!),
      cost10kTo1kSatellites: round(figures["cpuSeconds590k"]! / figures["cpuSeconds1kSatellites"]!),
      cost40kTo10kSatellites: round(figures["cpuSeconds40kSatellites"]! / figures["cpuSeconds590k"]!),
    },
  };
};
