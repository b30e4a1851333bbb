// SPDX-License-Identifier: MIT
import { type CellTable, cellIndex, cellName, cellTableOf } from "@perigee/earth";
import {
  type CellsServing,
  createRouteEngine,
  type GatewayFade,
  type Outage,
  type PlanInputs,
  type Planner,
  type RouteEngine,
  type Site,
  type SlotAnswer,
  type SlotMemory,
  type SlotQuestion,
  terminalDemand,
} from "@perigee/network";

/** What else a slot is planned with. */
export interface SiteConditions {
  /** Rain over gateways. */
  readonly fade?: GatewayFade | undefined;
  readonly outage?: Outage | undefined;
}

interface Remembered {
  readonly slot: number;
  readonly cells: CellTable;
  readonly question: SlotQuestion;
  /** The slot as it was planned first, and as it is after what failed in it. */
  readonly first: SlotAnswer;
  readonly answer: SlotAnswer;
}

/** Slots whose plans are kept: a slot is planned again when permissions change in it, from the slot before it. */
const REMEMBERED_SLOTS = 3;

/** Plans the cells of given terminals and no others: what serves them while the planet is not planned. */
export class SitesPlanner {
  readonly #planner: Planner;
  readonly #popIndex: ReadonlyMap<string, number>;
  #table: { readonly key: string; readonly cells: CellTable } | null = null;
  #remembered: readonly Remembered[] = [];
  /** Made when something fails. */
  #routes: RouteEngine | null = null;

  constructor(planner: Planner) {
    this.#planner = planner;
    this.#popIndex = new Map(planner.ground.pops.map(({ code }, index) => [code, index]));
  }

  /**
   * The plan of the sites' cells in a slot, taking up that of the slot before. Asked again with more out of order and
   * nothing else changed, only what failed since is planned anew.
   */
  serve(slot: number, sites: readonly Site[], { fade, outage }: SiteConditions = {}): CellsServing {
    const cells = this.#tableOf(sites);
    const permitted = new Uint8Array(cells.count);
    for (const site of sites) if (site.permitted) permitted[cellIndex(cells, site.cell)] = 1;
    const popOfCell = Int16Array.from(permitted, (may, c) => (may === 1 ? this.#homeOf(cells, c) : -1));
    const demand = terminalDemand(cells, sites);
    if (!demand.ok) throw new RangeError(demand.error.message);
    const question: SlotQuestion = {
      slot,
      cells,
      demand: demand.value,
      permitted,
      popOfCell,
      previous: this.#memoryOf(slot - 1, cells),
      ...(fade === undefined ? {} : { fade }),
      ...(outage === undefined ? {} : { outage }),
    };
    const known = this.#remembered.find(m => m.slot === slot);
    const first =
      known !== undefined && differsInFailures(known.question, question)
        ? known.first
        : this.#planner.answer(question);
    const answer = first === known?.first ? this.#after(first, known.question, question) : first;
    this.#remembered = [
      ...this.#remembered.filter(m => m.slot !== slot && m.slot > slot - REMEMBERED_SLOTS),
      { slot, cells, question: first === known?.first ? known.question : question, first, answer },
    ];
    return {
      cells,
      plan: { ...answer.beams, inputs: UNNAMED, contacts: answer.contacts, trees: answer.trees },
    };
  }

  /** A slot after a failure in it. */
  #after(first: SlotAnswer, asked: SlotQuestion, question: SlotQuestion): SlotAnswer {
    const { outage } = question;
    if (outage === undefined || JSON.stringify(outage) === JSON.stringify(asked.outage)) return first;
    const { elements } = this.#planner;
    this.#routes ??= createRouteEngine(elements.length);
    // Of few cells routes are found for the satellites in view: a way around a failure leads over others too.
    const trees = first.trees.map(({ pop }) => this.#routes!.treeTo(first.graph, pop));
    return this.#planner.answerAgain({ ...first, trees }, { ...question, outage });
  }

  /** The same object for the same cells: the network keeps what it worked out of a table. */
  #tableOf(sites: readonly Site[]): CellTable {
    const names = [...new Set(sites.map(site => site.cell))].sort();
    const key = names.join();
    if (this.#table?.key !== key) {
      const table = cellTableOf(names);
      if (!table.ok) throw new RangeError(table.error.message);
      this.#table = { key, cells: table.value };
    }
    return this.#table.cells;
  }

  #homeOf(cells: CellTable, cell: number): number {
    const home = this.#planner.homes.homeOf(cellName(cells, cell));
    return home === null ? -1 : this.#popIndex.get(home.code)!;
  }

  /** What a slot leaves to the next one, in terms of a table that may have other cells. */
  #memoryOf(slot: number, cells: CellTable): SlotMemory | null {
    const known = this.#remembered.find(m => m.slot === slot);
    if (known === undefined) return null;
    const { beams, contacts, lasers, trees } = known.answer;
    const at = Int32Array.from({ length: cells.count }, (_, c) => cellIndex(known.cells, cellName(cells, c)));
    return {
      slot,
      cells: {
        beam: at.map(c => (c < 0 ? -1 : beams.beam[c]!)),
        pop: Int16Array.from(at, c => (c < 0 ? -1 : beams.pop[c]!)),
        beams: beams.beams,
        trees,
      },
      contacts,
      lasers,
    };
  }
}

/** Whether a question is one asked before with nothing new but failures. */
function differsInFailures(asked: SlotQuestion, question: SlotQuestion): boolean {
  const same = <T extends Uint8Array | Int16Array>(a: T, b: T): boolean =>
    a.length === b.length && a.every((value, k) => value === b[k]);
  return (
    asked.cells === question.cells &&
    asked.demand.version === question.demand.version &&
    asked.fade === question.fade &&
    same(asked.permitted, question.permitted) &&
    same(asked.popOfCell, question.popOfCell) &&
    holdsAll(question.outage, asked.outage)
  );
}

/** Whether everything out of order in `parts` is so in `all` too. */
function holdsAll(all: Outage = {}, parts: Outage = {}): boolean {
  const lasers = new Set(all.lasers?.map(pair => pair.join()));
  return (
    (["satellites", "gateways", "pops"] as const).every(kind => {
      const list = new Set(all[kind]);
      return (parts[kind] ?? []).every(index => list.has(index));
    }) && (parts.lasers ?? []).every(pair => lasers.has(pair.join()))
  );
}

/** A plan of terminals' cells is named by its terminals, not by what it was made of. */
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
