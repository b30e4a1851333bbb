// SPDX-License-Identifier: MIT
import type { Elements } from "./elements.ts";
import { type BulkStates, bulkStates, createFleet, type PropagatorOptions } from "./kernel/fleet.ts";
import type { Frame, KernelName } from "./kernel/part.ts";

/** SGP4/SDP4 of a fixed list of satellites at many instants in one call. */
export interface BulkPropagator {
  readonly count: number;
  /** Instants that one call may have. */
  readonly capacity: number;
  /** What near-earth satellites are computed with. */
  readonly kernel: KernelName;
  /** Satellites that satellite.js computes at every instant: deep space and eccentricities from 0.04. */
  readonly fullModelCount: number;
  /** All satellites at all instants, UTC milliseconds. Never throws for a satellite: see `errors`. */
  propagate(atMs: ArrayLike<number>, frame?: Frame): BulkStates;
  /** All satellites at minutes after their own epochs, in TEME: the raw model. */
  propagateSinceEpoch(minutes: ArrayLike<number>): BulkStates;
}

/** How a {@link BulkPropagator} is made. */
export interface BulkOptions extends PropagatorOptions {
  /** Instants of the longest call, at least 1. Each takes 49 bytes per satellite; all must fit into 4 GiB. */
  readonly capacity: number;
}

/**
 * Prepares `elements` for many instants at once: the answers stay in the propagator's memory, so that nothing is
 * copied. Throws RangeError if satellites times instants do not fit.
 */
export function createBulkPropagator(elements: readonly Elements[], options: BulkOptions): BulkPropagator {
  const fleet = createFleet(elements, options.capacity, options);
  return {
    count: elements.length,
    capacity: options.capacity,
    kernel: fleet.kernel,
    fullModelCount: fleet.part.fullModelCount,
    propagate(atMs, frame = "ecef") {
      fleet.part.run({ instants: atMs, clock: "utc", frame });
      return bulkStates(fleet, atMs.length, frame);
    },
    propagateSinceEpoch(minutes) {
      fleet.part.run({ instants: minutes, clock: "sinceEpoch", frame: "teme" });
      return bulkStates(fleet, minutes.length, "teme");
    },
  };
}
