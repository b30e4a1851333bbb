// SPDX-License-Identifier: MIT
import { cellIndex } from "@perigee/earth";
import {
  type Allocation,
  allocate,
  CELL_REASONS,
  type CellDemand,
  type CellLoads,
  type CellPlan,
  type CellReason,
  cellLoads,
  createChannelRater,
  DEMAND_CLASSES,
  demandOf,
  demandVersion,
  type GatewayFade,
  type Outage,
  type PlannedCells,
  type Planner,
  type Site,
  SLOT_MS,
  satelliteRates,
  slotStartMs,
  subscribersOf,
} from "@perigee/network";
import { createEphemeris } from "@perigee/orbit";
import { GatewayRain } from "../weather/gateway-rain.ts";
import type { Rain } from "../weather/rain.ts";
import { RainOverCells } from "./cell-rain.ts";
import type { PlanetCells } from "./planet-cells.ts";
import { type PlanetFigures, type PlanetSlot, rounded } from "./slot-record.ts";

/** What the planet's plan of a slot is asked with. */
export interface PlanetQuestion {
  readonly slot: number;
  /** Per territory of the cells: 1 where an ordinary terminal may be linked. */
  readonly permitted: Uint8Array;
  /** Terminals; a permitted one makes its cell permitted, and wants what its plan allows. */
  readonly sites: readonly Site[];
  /** What is out of order. */
  readonly outage?: Outage | undefined;
}

/** The planet in a slot. */
export interface PlannedPlanet {
  readonly plan: CellPlan;
  /** What it carries, as links feel it. */
  readonly loads: CellLoads;
  readonly record: PlanetSlot;
  /** Per cell; the same array until the permission of a territory changes. */
  readonly subscribers: Float32Array;
}

export interface PlanetPlannerOptions {
  readonly cells: PlanetCells;
  readonly planner: Planner;
  readonly population: Float32Array;
  readonly popOfCell: Int16Array;
  readonly rain: Rain | null;
}

/** Frequency and elevation at which a gateway's rain is shown: the middle of the Ka uplink, half way up the sky. */
const SHOWN_RAIN = { frequencyGHz: 28.5, elevationDeg: 45 } as const;

/** Plans the planet slot by slot: permission, demand, beams and routes, capacity. No I/O and no clock but the CPU's. */
export class PlanetPlanner {
  readonly #options: PlanetPlannerOptions;
  readonly #rater: ReturnType<typeof createChannelRater>;
  readonly #rainOverCells: RainOverCells | null;
  readonly #gatewayRain: GatewayRain | null;
  #everywhere: Float32Array | null = null;
  #sold: { readonly permitted: Uint8Array; readonly subscribers: Float32Array } | null = null;
  #previous: { readonly slot: number; readonly planned: PlannedCells } | null = null;

  constructor(options: PlanetPlannerOptions) {
    this.#options = options;
    const { table } = options.cells;
    this.#rater = createChannelRater(table);
    const { planner, rain } = options;
    this.#rainOverCells = rain === null ? null : new RainOverCells(table, rain);
    this.#gatewayRain = rain === null ? null : new GatewayRain(planner, rain);
  }

  /** The planet's plan of a slot, taking up the one before if that was asked for too. */
  plan(question: PlanetQuestion): PlannedPlanet {
    const cpuBefore = process.threadCpuUsage();
    const { planner, cells, popOfCell } = this.#options;
    const { table } = cells;
    const { slot, outage } = question;
    const subscribers = this.#subscribersUnder(question.permitted);
    const permitted = Uint8Array.from(cells.territoryOf, territory => question.permitted[territory]!);
    const here = question.sites.filter(site => site.permitted && cellIndex(table, site.cell) >= 0);
    for (const site of here) permitted[cellIndex(table, site.cell)] = 1;
    const demand = this.#demandIn(slot, subscribers, here);
    const fade = this.#gatewayRain?.in(slot);
    const previous = this.#previous?.slot === slot - 1 ? this.#previous.planned : null;
    const planned = planner.planCells({
      slot,
      cells: table,
      demand,
      permitted,
      popOfCell,
      previous,
      ...(fade === undefined ? {} : { fade }),
      ...(outage === undefined ? {} : { outage }),
    });
    this.#previous = { slot, planned };
    const allocation = this.#allocate(planned.plan, demand);
    const named = here.map(({ cell, downMbps, upMbps }) => ({
      cell: cellIndex(table, cell),
      downMbps,
      upMbps,
    }));
    const loads = cellLoads(allocation, demand, named);
    const { user, system } = process.threadCpuUsage(cpuBefore);
    const figures = figuresOf(planned.plan, allocation, permitted, {
      planCpuMs: (user + system) / 1000,
      changedCells: previous === null ? null : changedCells(previous.plan, planned.plan),
    });
    return {
      plan: planned.plan,
      loads,
      record: recordOf(planned.plan, allocation, demand, planner, fade, figures),
      subscribers,
    };
  }

  /**
   * Service is sold where an ordinary terminal may be linked. As many live there as would if it were sold everywhere:
   * a country that is closed does not send its customers to the next.
   */
  #subscribersUnder(permitted: Uint8Array): Float32Array {
    if (this.#sold === null || Buffer.compare(this.#sold.permitted, permitted) !== 0) {
      const { cells, population } = this.#options;
      this.#everywhere ??= subscribersOf(cells.table, { population });
      const subscribers = this.#everywhere.map((customers, c) =>
        permitted[cells.territoryOf[c]!] === 1 ? customers : 0,
      );
      this.#sold = { permitted: permitted.slice(), subscribers };
    }
    return this.#sold.subscribers;
  }

  #demandIn(slot: number, subscribers: Float32Array, sites: readonly Site[]): CellDemand {
    const { table } = this.#options.cells;
    const { version, classes } = demandOf(table, subscribers, { atMs: slotStartMs(slot) });
    if (sites.length === 0) return { version, classes };
    // In place of a sum of two demands, one of them nearly empty: two million cells are many.
    const standard = classes.find(({ name }) => name === DEMAND_CLASSES[1])!;
    for (const { cell, downMbps, upMbps } of sites) {
      const c = cellIndex(table, cell);
      standard.downMbps[c]! += downMbps;
      standard.upMbps[c]! += upMbps;
      standard.weight[c]! += 1;
    }
    return { version: demandVersion(classes), classes };
  }

  #allocate(plan: CellPlan, demand: CellDemand): Allocation {
    const { motion, elements, generation } = this.#options.planner;
    const fleet = motion.fleetAt(plan.fromMs + SLOT_MS / 2, createEphemeris(elements.length));
    const losses = this.#rainOverCells?.lossesIn(plan, fleet);
    return allocate(plan, demand, {
      channels: this.#rater.ratesOf(plan, fleet, losses),
      satellites: satelliteRates(generation),
    });
  }
}

/** Cells whose satellite is another than in the slot before, or that got or lost one. */
function changedCells(before: CellPlan, after: CellPlan): number {
  let changed = 0;
  for (let c = 0; c < after.beam.length; c++) {
    const was = before.beam[c]! < 0 ? -1 : before.beams.satellite[before.beam[c]!]!;
    const is = after.beam[c]! < 0 ? -1 : after.beams.satellite[after.beam[c]!]!;
    if (was !== is) changed += 1;
  }
  return changed;
}

function figuresOf(
  plan: CellPlan,
  { totals }: Allocation,
  permitted: Uint8Array,
  made: Pick<PlanetFigures, "planCpuMs" | "changedCells">,
): PlanetFigures {
  const counts = new Int32Array(CELL_REASONS.length);
  for (const reason of plan.reason) counts[reason]!++;
  const byReason = Object.fromEntries(CELL_REASONS.map((reason, k) => [reason, counts[k]!]));
  const both = (key: "demandMbps" | "carriedMbps" | "satisfiedShare") => ({
    down: totals.down[key],
    up: totals.up[key],
  });
  return {
    permitted: permitted.reduce((sum, may) => sum + may, 0),
    served: counts[CELL_REASONS.indexOf("served")]!,
    byReason: byReason as Record<CellReason, number>,
    beams: plan.beams.satellite.length,
    contacts: plan.contacts.satellite.length,
    demandMbps: both("demandMbps"),
    carriedMbps: both("carriedMbps"),
    satisfiedShare: both("satisfiedShare"),
    ...made,
  };
}

function recordOf(
  plan: CellPlan,
  allocation: Allocation,
  demand: CellDemand,
  { ground, elements, elementsVersion }: Planner,
  fade: GatewayFade | undefined,
  figures: PlanetFigures,
): PlanetSlot {
  const { satellites, contacts, lasers } = allocation;
  const routeNext = new Int32Array(plan.trees.length * elements.length);
  plan.trees.forEach(({ next }, k) => {
    routeNext.set(next, k * elements.length);
  });
  return {
    slot: plan.slot,
    elements: elementsVersion,
    figures,
    beam: plan.beam,
    share: plan.share,
    reason: plan.reason,
    pop: plan.pop,
    demandDownMbps: rounded(sumOf(demand, "downMbps")),
    demandUpMbps: rounded(sumOf(demand, "upMbps")),
    downMbps: rounded(Float32Array.from(allocation.downMbps)),
    upMbps: rounded(Float32Array.from(allocation.upMbps)),
    bottleneck: allocation.downBottleneck,
    extraCell: plan.extra.cell,
    extraBeam: plan.extra.beam,
    extraShare: plan.extra.share,
    beamSatellite: plan.beams.satellite,
    beamColour: plan.beams.colour,
    satelliteDownMbps: satellites.down.carriedMbps,
    satelliteUpMbps: satellites.up.carriedMbps,
    contactSatellite: plan.contacts.satellite,
    contactGateway: plan.contacts.gateway,
    contactRangeKm: plan.contacts.rangeKm,
    contactDownMbps: contacts.down.carriedMbps,
    contactUpMbps: contacts.up.carriedMbps,
    contactLoad: contacts.down.utilisation.map((down, k) => Math.max(down, contacts.up.utilisation[k]!)),
    laserA: lasers.a,
    laserB: lasers.b,
    laserLoad: lasers.aToB.utilisation.map((load, k) => Math.max(load, lasers.bToA.utilisation[k]!)),
    routePop: Int16Array.from(plan.trees, ({ pop }) => pop),
    routeNext,
    gatewayRainDb: Float32Array.from(
      ground.gateways,
      (_, g) => fade?.(g)?.(SHOWN_RAIN.frequencyGHz, SHOWN_RAIN.elevationDeg) ?? 0,
    ),
  };
}

function sumOf(demand: CellDemand, key: "downMbps" | "upMbps"): Float32Array<ArrayBuffer> {
  const sum = new Float32Array(demand.classes[0]!.downMbps.length);
  for (const part of demand.classes) {
    const values = part[key];
    for (let c = 0; c < sum.length; c++) sum[c]! += values[c]!;
  }
  return sum;
}
