// SPDX-License-Identifier: MIT
import { type CellTable, cellName, cellsVersion, cellTableOf, isCell } from "@perigee/earth";
import type { CellDemand, CellPlan, Outage, PlanInputs } from "./beams/cell-plan.ts";
import { planDigest } from "./beams/cell-plan-bytes.ts";
import type { CellLoads } from "./capacity/link-load.ts";
import { cellRow } from "./cell-rows.ts";
import { terminalDemand } from "./demand/terminal-demand.ts";
import type { GatewayFade } from "./ground/contacts.ts";
import { createHomeTable } from "./ground/home-table.ts";
import type { Pop } from "./ground-segment.ts";
import { createHomePops, type HomePops } from "./home-pops.ts";
import { hashInput } from "./input-hash.ts";
import { leastElevationDeg } from "./least-elevation.ts";
import {
  createNetwork,
  type Network,
  type NetworkOptions,
  type SlotAnswer,
  type SlotMemory,
  type SlotQuestion,
} from "./network.ts";
import { linksOfSites } from "./site-links.ts";
import type { Site, SlotPlan } from "./slot-plan.ts";

/** What a planner is made of. */
export interface PlannerOptions extends NetworkOptions {
  /**
   * The PoP where a site's addresses live; default the one with the least mean delay, {@link HomePops}. Sites of one cell
   * share a beam and with it a PoP: that of the first of them.
   */
  readonly homePopOf?: (site: Site) => Pop | null;
}

/** What a plan of cells is asked with. */
export interface CellsRequest {
  readonly slot: number;
  readonly cells: CellTable;
  readonly demand: CellDemand;
  /** Per cell: 1 where it may be served; default everywhere. */
  readonly permitted?: Uint8Array;
  /** Per cell: index of its PoP in the ground segment, -1 for none; default {@link Planner.popsOf}. */
  readonly popOfCell?: Int16Array;
  /** The plan of the slot before, of the same cells; `null`: a cold start. */
  readonly previous?: PlannedCells | null;
  readonly outage?: Outage;
  /** Rain over gateways. */
  readonly fade?: GatewayFade;
  readonly prices?: NonNullable<SlotQuestion["prices"]>;
  readonly wantedMbps?: Float32Array;
  readonly onStage?: (stage: string) => void;
}

/** A plan of cells, with what the next slot and a failure in this one start from. */
export interface PlannedCells {
  readonly plan: CellPlan;
  readonly answer: SlotAnswer;
}

/** Plans slots over one set of elements and one ground segment. Holds buffers: one per thread. */
export interface Planner extends Network {
  /** Where the addresses of a cell's subscribers live, unless `homePopOf` says otherwise. */
  readonly homes: HomePops;
  /** The same for a whole table: per cell an index into the PoPs of the ground segment, -1 for none. Remembered. */
  popsOf(cells: CellTable): Int16Array;
  /**
   * Who serves which cell in a slot, with which beam, over which way to the ground. Pure: the same request gives the
   * same plan, byte for byte.
   *
   * @throws RangeError for arrays of another size than the table: a caller's error.
   */
  planCells(request: CellsRequest): PlannedCells;
  /**
   * The slot of `planned` again, after a failure in it: only what the outage touches is planned anew.
   *
   * @param request The request that `planned` answered, with the outage.
   */
  replanCells(planned: PlannedCells, request: CellsRequest & { readonly outage: Outage }): PlannedCells;
  /**
   * Who serves whom in a slot: a plan of the sites' cells, and what it means for each site. `previous` is the plan
   * before it, for stickiness and handover gaps; `null` where there is none. The same arguments give the same plan, byte
   * for byte, whatever was asked before.
   *
   * @param cells The plan of this slot for more cells than those of the sites (a planet's): then that is what serves them,
   *   and cells that it lacks are not served.
   * @throws RangeError for a site without a finite position, without a cell or with an id given twice: a caller's error.
   */
  plan(slot: number, sites: readonly Site[], previous: SlotPlan | null, cells?: CellsServing): SlotPlan;
}

/** A plan of cells and the table that it is of. */
export interface CellsServing {
  readonly cells: CellTable;
  readonly plan: CellPlan;
  /** What its users' traffic does to links; left out where the plan was not made for all of it. */
  readonly loads?: CellLoads;
}

export function createPlanner(options: PlannerOptions): Planner {
  const network = createNetwork(options);
  const { elements, ground, policy, seed, propagator, topology, serving } = network;
  const homeInputs = {
    propagator,
    lasers: { offset: topology.rows.offset, neighbour: topology.rows.to },
    serving,
    ground,
    policy,
    minElevationDeg: Float64Array.from(elements, set => leastElevationDeg(set, policy.scheduler)),
  };
  const homes = createHomePops(homeInputs);
  const homeTable = createHomeTable(homeInputs);
  const knownPops = new WeakMap<CellTable, Int16Array>();
  const indexOfPop = new Map(ground.pops.map((pop, index) => [pop.code, index]));
  const indexOfGateway = new Map(ground.gateways.map(({ id }, index) => [id, index]));
  const popIndex = (pop: Pop | null) => (pop === null ? -1 : (indexOfPop.get(pop.code) ?? -1));
  const homePopOf = options.homePopOf ?? ((site: Site) => homes.homeOf(site.cell));
  const groundName = hashInput(ground);
  const policyName = hashInput(policy);
  let lastTable: { readonly key: string; readonly cells: CellTable } | undefined;

  function popsOf(cells: CellTable): Int16Array {
    let pops = knownPops.get(cells);
    if (pops === undefined) {
      // Cell by cell where that is cheaper than the delays of a whole planet.
      pops =
        cells.count <= FEW_CELLS
          ? Int16Array.from({ length: cells.count }, (_, c) => popIndex(homes.homeOf(cellName(cells, c))))
          : homeTable.homesOf(cells);
      knownPops.set(cells, pops);
    }
    return pops;
  }

  function questionOf(request: CellsRequest): SlotQuestion {
    const { previous, permitted, popOfCell, ...rest } = request;
    return {
      ...rest,
      permitted: permitted ?? new Uint8Array(request.cells.count).fill(1),
      popOfCell: popOfCell ?? popsOf(request.cells),
      previous: previous == null ? null : memoryOf(previous.answer),
    };
  }

  function named(request: CellsRequest, question: SlotQuestion, answer: SlotAnswer): PlannedCells {
    const inputs: PlanInputs = {
      elements: network.elementsVersion,
      ground: groundName,
      cells: cellsVersion(request.cells),
      demand: request.demand.version,
      policy: policyName,
      permitted: hashInput(question.permitted),
      previous: request.previous == null ? "" : planDigest(request.previous.plan),
      outage: request.outage === undefined ? "" : hashInput(request.outage),
      seed,
    };
    const { beams, contacts, trees } = answer;
    return { plan: { ...beams, inputs, contacts, trees }, answer };
  }

  function tableOf(ids: readonly string[]): CellTable {
    const key = ids.join();
    if (lastTable?.key === key) return lastTable.cells;
    const table = cellTableOf(ids);
    if (!table.ok) throw new RangeError(table.error.message);
    lastTable = { key, cells: table.value };
    return table.value;
  }

  /** A plan of the sites' cells, for `use` alone: its memory is the next one's. */
  function planSites(
    slot: number,
    sites: readonly Site[],
    previous: SlotPlan | null,
    use: (serving: CellsServing) => SlotPlan,
  ): SlotPlan {
    const cells = tableOf([...new Set(sites.map(site => site.cell))].sort());
    const permitted = new Uint8Array(cells.count);
    const popOfCell = new Int16Array(cells.count).fill(-1);
    for (const site of sites) {
      const c = cellRow(cells, site.cell);
      if (!site.permitted || permitted[c] === 1) continue;
      permitted[c] = 1;
      popOfCell[c] = popIndex(homePopOf(site));
    }
    const demand = terminalDemand(cells, sites);
    if (!demand.ok) throw new RangeError(demand.error.message);
    const question: SlotQuestion = {
      slot,
      cells,
      demand: demand.value,
      permitted,
      popOfCell,
      previous: previous === null ? null : memoryOfSites(previous, sites, cells),
      routes: "ofServing",
    };
    const answer = network.answer(question);
    const { beams, contacts, trees } = answer;
    const plan = use({ cells, plan: { ...beams, inputs: UNNAMED, contacts, trees } });
    network.release(answer);
    return plan;
  }

  /** What a plan of sites tells of their cells: the satellites that served them, and where their traffic landed. */
  function memoryOfSites(previous: SlotPlan, sites: readonly Site[], cells: CellTable): SlotMemory {
    const cellOf = new Map(sites.map(site => [site.id, cellRow(cells, site.cell)]));
    const beam = new Int32Array(cells.count).fill(-1);
    const pop = new Int16Array(cells.count).fill(-1);
    const satellite: number[] = [];
    const gateway = new Int32Array(cells.count).fill(-1);
    for (const link of previous.links) {
      const c = cellOf.get(link.terminalId);
      const i = link.satellite.index;
      // A link of other elements names another satellite.
      if (c === undefined || elements[i]?.catalogNumber !== link.satellite.catalogNumber) continue;
      beam[c] = satellite.length;
      satellite.push(i);
      pop[c] = indexOfPop.get(link.pop.code) ?? -1;
      gateway[c] = indexOfGateway.get(link.gateway.id) ?? -1;
    }
    return {
      slot: previous.slot,
      cells: {
        beam,
        pop,
        beams: { satellite: Int32Array.from(satellite), colour: new Uint8Array(satellite.length) },
        gateway,
      },
      contacts: null,
      lasers: null,
    };
  }

  return {
    ...network,
    homes,
    popsOf,
    planCells(request) {
      const question = questionOf(request);
      return named(request, question, network.answer(question));
    },
    replanCells(planned, request) {
      const question = questionOf(request);
      return named(
        request,
        question,
        network.answerAgain(planned.answer, { ...question, outage: request.outage }),
      );
    },
    plan(slot, sites, previous, given) {
      checkSites(sites);
      const links = (serving: CellsServing) => linksOfSites(network, serving, slot, sites, previous);
      return given === undefined ? planSites(slot, sites, previous, links) : links(given);
    },
  };
}

/** Up to here a home is searched per cell. */
const FEW_CELLS = 2_000;

/** A plan of sites is named by its sites, not by what it was made of. */
const UNNAMED: PlanInputs = {
  elements: "",
  ground: "",
  cells: "",
  demand: "",
  policy: "",
  permitted: "",
  previous: "",
  outage: "",
  seed: 0,
};

function memoryOf({ beams, contacts, trees, lasers }: SlotAnswer): SlotMemory {
  return { slot: beams.slot, cells: { ...beams, trees }, contacts, lasers };
}

function checkSites(sites: readonly Site[]): void {
  const seen = new Set<string>();
  for (const { id, latDeg, lonDeg, heightM, cell } of sites) {
    if (seen.has(id)) throw new RangeError(`site ${id} is given twice`);
    seen.add(id);
    if (!(Math.abs(latDeg) <= 90 && Number.isFinite(lonDeg) && Number.isFinite(heightM))) {
      throw new RangeError(`site ${id} has no position: ${latDeg}, ${lonDeg}, ${heightM} m`);
    }
    if (!isCell(cell)) throw new RangeError(`site ${id} is in "${cell}", which is no cell`);
  }
}
