// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import type { FleetState } from "../fleet-motion.ts";
import { downlinkLadder, uplinkLadder } from "../link-budget.ts";
import type { TrafficPlan } from "./allocation.ts";
import type { RatePair } from "./rates.ts";

const RAD = 180 / Math.PI;
/** WGS 84: semi-major axis, km, and first eccentricity squared. */
const A_KM = 6378.137;
const E2 = 0.00669437999014;

/** Rate of a whole user channel (240 MHz down, 62.5 MHz up) for each cell over its beam. */
export interface ChannelRates extends RatePair {
  /** Index = entry of `CellPlan.extra`. */
  readonly extra: RatePair;
}

/** Rain and wet-dish loss of each cell's path this slot, dB; index = cell. */
export interface CellRain {
  readonly downDb: Float32Array;
  readonly upDb: Float32Array;
}

/** Everything about the cells that a channel's rate depends on, computed once per table. */
export interface ChannelRater {
  /**
   * Channel rates of every cell that has a beam (0 for the others), from where the satellites are: level dishes, the
   * link budget of `link-budget.ts`, the best modulation that it supports.
   *
   * @param fleet Earth-fixed km; the slot's middle is the fairest instant.
   * @param rain Dry everywhere if not given.
   * @throws RangeError where the plan has another number of cells than the table.
   */
  ratesOf(plan: TrafficPlan, fleet: Pick<FleetState, "xKm" | "yKm" | "zKm">, rain?: CellRain): ChannelRates;
}

/** Precomputes the cells' verticals. 24 bytes per cell are kept. */
export function createChannelRater(cells: Pick<CellTable, "count" | "latDeg" | "lonDeg">): ChannelRater {
  const { count } = cells;
  /** Outward normals of the ellipsoid, x y z in a row. */
  const normal = new Float64Array(3 * count);
  for (let i = 0; i < count; i++) {
    const lat = cells.latDeg[i]! / RAD;
    const lon = cells.lonDeg[i]! / RAD;
    const cos = Math.cos(lat);
    normal[3 * i] = cos * Math.cos(lon);
    normal[3 * i + 1] = cos * Math.sin(lon);
    normal[3 * i + 2] = Math.sin(lat);
  }
  const down = downlinkLadder();
  const up = uplinkLadder();

  /**
   * The kernel. With n the cell's vertical, p the cell on the ellipsoid and s the satellite: range |s - p|, sine of the
   * elevation n . (s - p) / range. Losses in dB as in `link-budget.ts`; the ladders turn them into rates.
   */
  function rate(
    plan: TrafficPlan,
    fleet: Pick<FleetState, "xKm" | "yKm" | "zKm">,
    rain: CellRain | undefined,
    cellOf: Int32Array | null,
    beamOf: Int32Array,
    out: RatePair,
  ): void {
    const { xKm, yKm, zKm } = fleet;
    const { satellite } = plan.beams;
    const downLoss = down.maxLossDb;
    const upLoss = up.maxLossDb;
    const steps = downLoss.length;
    for (let k = 0; k < beamOf.length; k++) {
      const beam = beamOf[k]!;
      if (beam < 0) continue;
      const cell = cellOf === null ? k : cellOf[k]!;
      const s = satellite[beam]!;
      const nx = normal[3 * cell]!;
      const ny = normal[3 * cell + 1]!;
      const nz = normal[3 * cell + 2]!;
      const primeKm = A_KM / Math.sqrt(1 - E2 * nz * nz);
      const dx = xKm[s]! - primeKm * nx;
      const dy = yKm[s]! - primeKm * ny;
      const dz = zKm[s]! - primeKm * (1 - E2) * nz;
      const range2 = dx * dx + dy * dy + dz * dz;
      const sine = (nx * dx + ny * dy + nz * dz) / Math.sqrt(range2);
      // Below the horizon, or no position: no rate.
      if (!(sine > 0)) continue;
      const pathDb = down.gasDb / sine - down.scanDb * Math.log10(sine);
      const downDb = rain === undefined ? pathDb : pathDb + rain.downDb[cell]!;
      const upDb = (rain === undefined ? pathDb : pathDb + rain.upDb[cell]!) + 10 * Math.log10(range2);
      let d = 0;
      while (d < steps && !(downDb <= downLoss[d]!)) d++;
      if (d < steps) out.downMbps[k] = down.mbps[d]!;
      let u = 0;
      while (u < steps && !(upDb <= upLoss[u]!)) u++;
      if (u < steps) out.upMbps[k] = up.mbps[u]!;
    }
  }

  return {
    ratesOf(plan, fleet, rain) {
      if (plan.beam.length !== count) {
        throw new RangeError(`the plan has ${plan.beam.length} cells, the table ${count}`);
      }
      const { cell, beam } = plan.extra;
      const rates = { ...ratePair(count), extra: ratePair(cell.length) };
      rate(plan, fleet, rain, null, plan.beam, rates);
      rate(plan, fleet, rain, cell, beam, rates.extra);
      return rates;
    },
  };
}

const ratePair = (length: number): RatePair => ({
  downMbps: new Float32Array(length),
  upMbps: new Float32Array(length),
});
