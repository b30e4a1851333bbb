// SPDX-License-Identifier: MIT
import {
  createPlanner,
  diffPlans,
  laserPairs,
  type Planner,
  type Site,
  SLOT_MS,
  type SlotPlan,
  slotStartMs,
} from "@perigee/network";
import { createEphemeris, createPropagator, type Ephemeris, type Propagator } from "@perigee/orbit";
import type { Constellation } from "./constellation.ts";

/** A plan with what it took to make it. */
export interface PlannedSlot {
  readonly plan: SlotPlan;
  /** Milliseconds of computing. */
  readonly computeMs: number;
  /** Terminals whose satellite changed against the slot before. */
  readonly changedSatellites: number;
}

/** Keeps the constellation, makes the plan of each slot and remembers the two newest. */
export class NetworkService {
  readonly #seed: number;
  #constellation: Constellation;
  #planner: Planner;
  #plans: PlannedSlot[] = [];
  /** Made when somebody wants to draw: a start need not wait for it. */
  #propagator: Propagator | null = null;
  #packed: { slot: number; bytes: Buffer } | null = null;

  constructor(constellation: Constellation, seed: number) {
    this.#seed = seed;
    this.#constellation = constellation;
    this.#planner = this.#plannerFor(constellation);
  }

  get constellation(): Constellation {
    return this.#constellation;
  }

  /** Laser links that are up at a moment, as pairs of satellite indices. */
  lasers(atMs: number): number[] {
    const fleet = this.#planner.motion.fleetAt(atMs, createEphemeris(this.#planner.elements.length));
    return Array.from(laserPairs(this.#planner.lasers, fleet, this.#planner.policy.routes));
  }

  /** Puts another constellation in place; plans already made stay until their slots are over. */
  replace(constellation: Constellation): void {
    const planner = this.#plannerFor(constellation);
    this.#propagator = null;
    this.#planner = planner;
    this.#constellation = constellation;
    this.#packed = null;
  }

  /**
   * Makes (or makes again, when permissions changed inside a slot) the plan of a slot.
   *
   * @param slot - Slot number.
   * @param sites - Every terminal, with whether it may be given a beam.
   */
  plan(slot: number, sites: readonly Site[]): PlannedSlot {
    const started = performance.now();
    const before = this.planOf(slot - 1)?.plan ?? null;
    const plan = this.#planner.plan(slot, sites, before);
    const planned = {
      plan,
      computeMs: performance.now() - started,
      changedSatellites:
        before === null ? 0 : diffPlans(before, plan).filter(change => change.satelliteChanged).length,
    };
    this.#plans = [...this.#plans.filter(p => p.plan.slot !== slot && p.plan.slot >= slot - 2), planned].sort(
      (a, b) => a.plan.slot - b.plan.slot,
    );
    return planned;
  }

  planOf(slot: number): PlannedSlot | undefined {
    return this.#plans.find(p => p.plan.slot === slot);
  }

  /**
   * Where every satellite is during a slot, for drawing: a header (Float64 slot start, Float64 slot length in
   * milliseconds, Uint32 count, Uint32 0), then Float32 x, y and z of all satellites at the slot's start, middle and
   * end. Little-endian, Earth-fixed kilometres, NaN where a satellite has no position.
   */
  packedEphemeris(slot: number): Buffer {
    if (this.#packed?.slot !== slot) {
      const startMs = slotStartMs(slot);
      this.#propagator ??= createPropagator(this.#constellation.elements);
      const propagator = this.#propagator;
      const { count } = propagator;
      const bytes = Buffer.alloc(24 + 9 * 4 * count);
      bytes.writeDoubleLE(startMs, 0);
      bytes.writeDoubleLE(SLOT_MS, 8);
      bytes.writeUInt32LE(count, 16);
      const values = new Float32Array(bytes.buffer, bytes.byteOffset + 24, 9 * count);
      let out: Ephemeris | undefined;
      [0, 0.5, 1].forEach((fraction, k) => {
        out = propagator.propagate(startMs + fraction * SLOT_MS, out);
        values.set(out.xKm, (3 * k + 0) * count);
        values.set(out.yKm, (3 * k + 1) * count);
        values.set(out.zKm, (3 * k + 2) * count);
      });
      this.#packed = { slot, bytes };
    }
    return this.#packed.bytes;
  }

  #plannerFor(constellation: Constellation): Planner {
    return createPlanner({
      elements: constellation.elements,
      elementsVersion: constellation.checksum,
      serviceOf: index => constellation.shells[constellation.shellOf[index]!]!.service,
      seed: this.#seed,
    });
  }
}
