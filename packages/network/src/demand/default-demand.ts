// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import type { CellDemand } from "../beams/cell-plan.ts";
import { dayFactor, solarHour } from "./day-curve.ts";
import { DEMAND_CLASSES, demandOfClasses, emptyClass } from "./demand-classes.ts";
import { defaultCellLimit, type SubscriberOptions, subscribersOf } from "./subscribers.ts";

/** How customers become traffic. */
export interface TrafficOptions {
  /** Mean rate of one subscriber in the busy hour. Default 2.75 down, 0.325 up. */
  readonly busyHourDownMbps?: number;
  readonly busyHourUpMbps?: number;
  /** Part of every subscriber's traffic that is voice, control or bought with priority. Default 0.1, assumed. */
  readonly priorityShare?: number;
  /**
   * Ships and aircraft in each cell of open water, busy-hour rates, the same everywhere. Default 0.13 down, 0.016 up: a
   * third of the world's 109,000 seagoing ships (UNCTAD, Review of Maritime Transport 2024) at 5 Mbit/s over 1.33
   * million cells. Assumed.
   */
  readonly oceanDownMbps?: number;
  readonly oceanUpMbps?: number;
  /** The instant, UTC ms, that gives each cell its time of day. Default: the busy hour everywhere at once. */
  readonly atMs?: number;
}

/** A ship's rate in the busy hour; its part of a cell's rate counts as that part of a subscriber. */
const SHIP_DOWN_MBPS = 5;

/**
 * What cells want by default: {@link subscribersOf} and {@link demandOf} in one. For slot after slot keep the
 * subscribers and call the second alone.
 */
export function defaultDemand(cells: CellTable, options: SubscriberOptions & TrafficOptions): CellDemand {
  return demandOf(cells, subscribersOf(cells, options), options);
}

/**
 * The traffic of these subscribers, in classes `priority` and `standard`; weights are subscribers in both. Rates follow
 * the time of day by mean solar time; open water has the same curve, for crews are people too.
 *
 * @throws RangeError when `subscribers` has not one number per cell, or an option is out of range.
 */
export function demandOf(
  cells: CellTable,
  subscribers: Float32Array,
  options: TrafficOptions = {},
): CellDemand {
  const {
    busyHourDownMbps = defaultCellLimit.busyHourDownMbps,
    busyHourUpMbps = defaultCellLimit.busyHourUpMbps,
    priorityShare = 0.1,
    oceanDownMbps = 0.13,
    oceanUpMbps = 0.016,
    atMs,
  } = options;
  if (subscribers.length !== cells.count) {
    throw new RangeError(
      `${subscribers.length} numbers of subscribers are no match for ${cells.count} cells.`,
    );
  }
  for (const rate of [busyHourDownMbps, busyHourUpMbps, oceanDownMbps, oceanUpMbps]) {
    if (!(rate >= 0 && rate <= 1e6))
      throw new RangeError(`${rate} Mbit/s is no rate of a subscriber or a cell.`);
  }
  if (!(priorityShare >= 0 && priorityShare <= 1)) {
    throw new RangeError(`priorityShare is ${priorityShare}; a part from 0 to 1 is needed.`);
  }
  const shares = [priorityShare, 1 - priorityShare];
  const classes = DEMAND_CLASSES.map(name => emptyClass(name, cells.count));
  for (let cell = 0; cell < cells.count; cell++) {
    const isWater = cells.land[cell] === 0;
    const factor = atMs === undefined ? 1 : dayFactor(solarHour(atMs, cells.lonDeg[cell]!));
    const down = factor * (subscribers[cell]! * busyHourDownMbps + (isWater ? oceanDownMbps : 0));
    const up = factor * (subscribers[cell]! * busyHourUpMbps + (isWater ? oceanUpMbps : 0));
    if (down === 0 && up === 0) continue;
    const weight = subscribers[cell]! + (isWater ? oceanDownMbps / SHIP_DOWN_MBPS : 0);
    for (let k = 0; k < 2; k++) {
      if (shares[k] === 0) continue;
      classes[k]!.downMbps[cell] = down * shares[k]!;
      classes[k]!.upMbps[cell] = up * shares[k]!;
      classes[k]!.weight[cell] = weight;
    }
  }
  return demandOfClasses(classes);
}
