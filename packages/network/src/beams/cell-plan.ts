// SPDX-License-Identifier: MIT
// The plan of one slot as plain arrays, and what holds in it. The planner keeps these rules and the checker, written
// apart from it, tests them; where the two could read a rule differently, the rule is here.
//
// Places: a cell is its centre at height 0 on the WGS 84 ellipsoid; "seen from a cell" is seen from there, "up" is the
// ellipsoid's normal. A satellite is where the planner was told at the slot's start and end; its middle is the cubic
// Hermite mean of both (millimetres from the truth in 15 s). "Over the whole slot" is at start and end; the
// geostationary arc is judged at the middle too, because a satellite passes it.
//
// A cell with a beam (`beam[c]` or any `extra` of it):
//   1. is permitted, and its PoP has a finite `delayMs` in its tree from the satellite;
//   2. sees the satellite at or above the satellite's least elevation over the whole slot, and is seen from it at most
//      `maxSteerDeg` of its generation from the direction to the Earth's centre;
//   3. sees it at least `userGsoSeparationDeg` from every point of the geostationary arc above its horizon, at the
//      slot's start, middle and end.
// A satellite: serves, has no error at either end, is not out of order; has at most `beams` of its generation.
// A beam: serves 1 to `cellsPerBeam` different cells, the shares add up to at most 64, each is at least 1.
// A colour: of one satellite, any cell of one beam and any cell of another of the same colour are at least
//   `sameColourSeparationDeg` apart, seen from the satellite, at start and end. A cell that both beams serve is 0
//   degrees from itself: such beams differ in colour.
// A cell: has at most `coFrequencyBeamsPerCell` beams of one colour, of whatever satellites, and at most
//   `beamsPerCell` beams in all.
// A cell without a beam has the first reason that is true of it:
//   `notPermitted`; `noSatellite`: none passes 2; `geostationaryArc`: none passes 2 and 3; `noRoute`: none that passes
//   reaches the cell's PoP, or it has none; `noBeam`: some could serve, and their beams or colours are taken.

/** A beam's time is given away in parts of this size: a cell with `share` s has s / 64 of it. */
export const SHARE_PARTS = 64;

/** Why a cell has no beam, in the order of the codes in {@link CellPlan.reason}; `served` has one. */
export const CELL_REASONS = [
  "served",
  "notPermitted",
  "noSatellite",
  "geostationaryArc",
  "noRoute",
  "noBeam",
] as const;
export type CellReason = (typeof CELL_REASONS)[number];

/** What a plan was made from, each by a hash: the same inputs give the same plan, byte for byte. */
export interface PlanInputs {
  readonly elements: string;
  readonly ground: string;
  readonly cells: string;
  readonly demand: string;
  readonly policy: string;
  /** Which cells may be served. */
  readonly permitted: string;
  /** {@link planDigest} of the plan before it, whose satellites it prefers; the empty string: none. */
  readonly previous: string;
  /** What was out of order; the empty string: nothing. */
  readonly outage: string;
  readonly seed: number;
}

/** Further beams of cells that one share cannot carry: structure of arrays, sorted by cell, then beam. */
export interface ExtraBeams {
  readonly cell: Int32Array;
  readonly beam: Int32Array;
  /** Parts of that beam's time, 1 to {@link SHARE_PARTS}. */
  readonly share: Uint8Array;
}

/** The beams of a slot: structure of arrays, index = beam. */
export interface BeamTable {
  /** Ascending: the beams of one satellite lie in a row, and a beam's place in the row names it. */
  readonly satellite: Int32Array;
  /** 0 to `colours` - 1 of the policy. */
  readonly colour: Uint8Array;
}

/** The part of a plan that the beam planner decides; index = cell of the `CellTable`. */
export interface BeamPlan {
  readonly slot: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Per cell: index of its beam in `beams`; -1: none. */
  readonly beam: Int32Array;
  /** Per cell: parts of its beam's time, 1 to {@link SHARE_PARTS}; 0 without a beam. */
  readonly share: Uint8Array;
  /** Per cell: index into {@link CELL_REASONS}. */
  readonly reason: Uint8Array;
  readonly extra: ExtraBeams;
  /**
   * Beams in use. A beam hops among its cells, all of one colour; nothing says which of its cells it lights when, hence
   * the rule for colours at the head of this file. Only after a re-plan may a beam be left without cells: the others
   * of its row keep their places.
   */
  readonly beams: BeamTable;
  /** Per cell: index of the PoP where its traffic goes; -1: none. */
  readonly pop: Int16Array;
}

/**
 * Which satellite serves which cell in one slot, with which beam, and how its traffic reaches the ground. A value:
 * structure of arrays, index = cell of the `CellTable`, satellite of the elements, gateway and PoP of the ground segment.
 */
export interface CellPlan extends BeamPlan {
  readonly inputs: PlanInputs;
  readonly contacts: Contacts;
  /** One per PoP that any cell uses. */
  readonly trees: readonly RouteTree[];
}

/** Which gateway antennas track which satellites in a slot; sorted by satellite, then gateway. */
export interface Contacts {
  readonly satellite: Int32Array;
  readonly gateway: Int32Array;
  /** Rates of each link after rain, Mbit/s; down is satellite to ground (the users' uplink). */
  readonly downMbps: Float32Array;
  readonly upMbps: Float32Array;
  /** Ground range at the slot's start, km. */
  readonly rangeKm: Float32Array;
}

/**
 * Shortest routes to one PoP: from every satellite in the plan of a planet; in that of a few cells at least from those in
 * view of cells that go to this PoP, others may be left without one.
 */
export interface RouteTree {
  /** Index of the PoP in the ground segment. */
  readonly pop: number;
  /** One way, satellite to PoP, ms; Infinity: no route. */
  readonly delayMs: Float64Array;
  /** Next satellite on the way; `-1 - g` where the satellite lands at gateway g; {@link NO_ROUTE} without a route. */
  readonly next: Int32Array;
}

export const NO_ROUTE = -2_147_483_648;

/** What each cell wants in a slot. */
export interface CellDemand {
  /** Names the demand in plans. */
  readonly version: string;
  /** Strict priority, most urgent first; inside a class rates follow `weight`. */
  readonly classes: readonly DemandClass[];
}

/** One class of traffic; index = cell. */
export interface DemandClass {
  readonly name: string;
  readonly downMbps: Float32Array;
  readonly upMbps: Float32Array;
  /** Weight of the cell's aggregate in a fair share, normally its subscribers; above 0 where there is demand. */
  readonly weight: Float32Array;
}

/** What is out of order in a slot. */
export interface Outage {
  /** Satellite indices. */
  readonly satellites?: readonly number[];
  /** Gateway indices. */
  readonly gateways?: readonly number[];
  /** Laser links, as pairs of satellite indices. */
  readonly lasers?: readonly (readonly [number, number])[];
  /** PoP indices. */
  readonly pops?: readonly number[];
}
