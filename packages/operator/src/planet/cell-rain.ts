// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import {
  type CellPlan,
  type CellRain,
  type FleetState,
  SLOT_MS,
  slotStartMs,
  userRainDb,
} from "@perigee/network";
import { lookAnglesFrom, observerFrame } from "@perigee/orbit";
import type { Rain } from "../weather/rain.ts";

/** A cell's rain is looked up every so many slots, two minutes: an eighth of the table in each slot. */
const TURNS = 8;

/** Rain over the cells of a table, slot after slot. */
export class RainOverCells {
  readonly #cells: CellTable;
  readonly #rain: Rain;
  readonly #mmPerH: Float32Array;
  #slot = Number.NaN;

  constructor(cells: CellTable, rain: Rain) {
    this.#cells = cells;
    this.#rain = rain;
    this.#mmPerH = new Float32Array(cells.count);
  }

  /**
   * What rain takes from the path of each cell that a plan serves, dB. A function of its arguments alone: a cell has the
   * rain of the last slot in which its turn came, whether or not that slot was asked about.
   *
   * @param fleet - In the slot's middle.
   */
  lossesIn(plan: CellPlan, fleet: FleetState): CellRain {
    const { slot } = plan;
    const missed = slot >= this.#slot && slot - this.#slot < TURNS ? slot - this.#slot : TURNS;
    for (let back = 0; back < missed; back++) this.#look(slot - back);
    this.#slot = slot;
    const downDb = new Float32Array(this.#cells.count);
    const upDb = new Float32Array(this.#cells.count);
    const { latDeg, lonDeg } = this.#cells;
    for (let c = 0; c < downDb.length; c++) {
      const rate = this.#mmPerH[c]!;
      if (rate === 0 || plan.beam[c]! < 0) continue;
      const s = plan.beams.satellite[plan.beam[c]!]!;
      const frame = observerFrame({ latDeg: latDeg[c]!, lonDeg: lonDeg[c]!, altitudeKm: 0 });
      const at = { xKm: fleet.xKm[s]!, yKm: fleet.yKm[s]!, zKm: fleet.zKm[s]! };
      const { elevationDeg } = lookAnglesFrom(frame, at);
      const loss = userRainDb(latDeg[c]!, elevationDeg, rate);
      downDb[c] = loss.downDb;
      upDb[c] = loss.upDb;
    }
    return { downDb, upDb };
  }

  /** Looks up the cells whose turn it is in a slot. */
  #look(slot: number): void {
    const { count, latDeg, lonDeg } = this.#cells;
    const now = this.#rain.snapshotAt(slotStartMs(slot) + SLOT_MS / 2);
    const turn = ((slot % TURNS) + TURNS) % TURNS;
    const until = Math.floor(((turn + 1) * count) / TURNS);
    for (let c = Math.floor((turn * count) / TURNS); c < until; c++)
      this.#mmPerH[c] = now.rateAt(latDeg[c]!, lonDeg[c]!);
  }
}
