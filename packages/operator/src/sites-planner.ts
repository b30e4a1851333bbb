// SPDX-License-Identifier: MIT
import { type CellTable, cellIndex, cellName, cellTableOf } from "@perigee/earth";
import {
  type CellsServing,
  type GatewayFade,
  type PlanInputs,
  type Planner,
  type Site,
  type SlotAnswer,
  type SlotMemory,
  terminalDemand,
} from "@perigee/network";

interface Remembered {
  readonly slot: number;
  readonly cells: CellTable;
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

  constructor(planner: Planner) {
    this.#planner = planner;
    this.#popIndex = new Map(planner.ground.pops.map(({ code }, index) => [code, index]));
  }

  /**
   * The plan of the sites' cells in a slot, taking up that of the slot before.
   *
   * @param fade - Rain over gateways.
   */
  serve(slot: number, sites: readonly Site[], fade?: GatewayFade): CellsServing {
    const cells = this.#tableOf(sites);
    const permitted = new Uint8Array(cells.count);
    for (const site of sites) if (site.permitted) permitted[cellIndex(cells, site.cell)] = 1;
    const popOfCell = Int16Array.from(permitted, (may, c) => (may === 1 ? this.#homeOf(cells, c) : -1));
    const demand = terminalDemand(cells, sites);
    if (!demand.ok) throw new RangeError(demand.error.message);
    const answer = this.#planner.answer({
      slot,
      cells,
      demand: demand.value,
      permitted,
      popOfCell,
      previous: this.#memoryOf(slot - 1, cells),
      ...(fade === undefined ? {} : { fade }),
    });
    this.#remembered = [
      ...this.#remembered.filter(m => m.slot !== slot && m.slot > slot - REMEMBERED_SLOTS),
      { slot, cells, answer },
    ];
    return {
      cells,
      plan: { ...answer.beams, inputs: UNNAMED, contacts: answer.contacts, trees: answer.trees },
    };
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
