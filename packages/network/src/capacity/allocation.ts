// SPDX-License-Identifier: MIT

import type { CellPlan } from "../beams/cell-plan.ts";

/** What of a slot plan capacity depends on: any `CellPlan` will do. */
export type TrafficPlan = Pick<
  CellPlan,
  "slot" | "beam" | "share" | "extra" | "beams" | "pop" | "contacts" | "trees"
>;

/** The users' directions, everywhere in this folder: down is towards the user. */
export type Direction = "up" | "down";

/**
 * What keeps a cell from having more, in the order of the codes in {@link Allocation.downBottleneck}: `demand`: it has
 * all it wants; `unserved`: no beam, or no way to its PoP; else the resource that is full.
 */
export const BOTTLENECKS = ["demand", "unserved", "beam", "satellite", "contact", "laser", "fibre"] as const;
export type Bottleneck = (typeof BOTTLENECKS)[number];

/** Sums over all cells, unserved ones included. */
export interface DirectionTotals {
  readonly demandMbps: number;
  readonly carriedMbps: number;
  /** Carried over demand; 1 where nothing is wanted. */
  readonly satisfiedShare: number;
}

/** What one class got. */
export interface ClassAllocation {
  readonly name: string;
  /** Index = flow: the cell over its beam, then, from the number of cells on, the entries of `CellPlan.extra`. */
  readonly downMbps: Float32Array;
  readonly upMbps: Float32Array;
  readonly totals: Readonly<Record<Direction, DirectionTotals>>;
}

/** The state of many resources of one kind in one direction; structure of arrays. */
export interface Loads {
  readonly capacityMbps: Float32Array;
  readonly carriedMbps: Float32Array;
  /** What would come if only beams were scarce; beyond `capacityMbps` where more is wanted than fits. */
  readonly offeredMbps: Float32Array;
  /** Carried over capacity, 0 to 1; 0 for what carries nothing. */
  readonly utilisation: Float32Array;
  /** Mean wait of a packet because of the load, ms, see {@link queueMs}. */
  readonly queueMs: Float32Array;
}

/** Capacity of a whole slot plan. A value: made of typed arrays; index = cell, beam, satellite or contact of the plan. */
export interface Allocation {
  readonly slot: number;
  /** `CellDemand.version`. */
  readonly demand: string;
  /** Per cell, all classes and beams. */
  readonly downMbps: Float32Array;
  readonly upMbps: Float32Array;
  /** Per cell: index into {@link BOTTLENECKS}, for the most urgent class that is short. */
  readonly downBottleneck: Uint8Array;
  readonly upBottleneck: Uint8Array;
  /** Per cell: mean wait at satellite, lasers, contact and fibre together, one way, ms; the longest of its beams. */
  readonly downQueueMs: Float32Array;
  readonly upQueueMs: Float32Array;
  /** Per cell: utilisation of its share of the beam's time in the busier direction, 0 to 1; the greatest of its beams. */
  readonly accessUtilisation: Float32Array;
  readonly totals: Readonly<Record<Direction, DirectionTotals>>;
  readonly classes: readonly ClassAllocation[];
  /** Per beam: part of its time in use, 0 to 1. */
  readonly beams: Readonly<Record<Direction, Float32Array>>;
  readonly satellites: Readonly<Record<Direction, Loads>>;
  readonly contacts: Readonly<Record<Direction, Loads>>;
  /** Links that a route in use takes, sorted, a below b. Both ways of a link carry both users' directions. */
  readonly lasers: {
    readonly a: Int32Array;
    readonly b: Int32Array;
    readonly aToB: Loads;
    readonly bToA: Loads;
  };
  /** Fibre between gateways and PoPs that a route in use takes. */
  readonly fibres: Readonly<Record<Direction, Loads>> & {
    readonly gateway: Int32Array;
    readonly pop: Int32Array;
  };
}
