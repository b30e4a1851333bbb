// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";

/** What one cell can carry, and what a household of it takes in the busy hour: what limits sales. */
export interface CellLimitPolicy {
  /** Down: eight channels of 240 MHz at 2.9 bit/s/Hz, one co-frequency beam per cell. Up: eight of 60 MHz at 1.25. */
  readonly cellDownMbps: number;
  readonly cellUpMbps: number;
  /** Mean rate of one subscriber in the busy hour. */
  readonly busyHourDownMbps: number;
  readonly busyHourUpMbps: number;
  /** Busy-hour demand sold per unit of capacity. */
  readonly oversubscription: number;
}

/**
 * Capacity from public filings on channels and measured spectral efficiency; the busy hour is assumed, 2.5 to 3 down and
 * 0.25 to 0.4 up being usual for fixed broadband. The uplink binds, as field tests of rural density found (X-Lab, 2025).
 */
export const defaultCellLimit: CellLimitPolicy = {
  cellDownMbps: 5600,
  cellUpMbps: 600,
  busyHourDownMbps: 2.75,
  busyHourUpMbps: 0.325,
  oversubscription: 1,
};

/** Most subscribers a cell can have before its busy hour exceeds what it carries, down or up. */
export function subscriberLimit(policy: CellLimitPolicy = defaultCellLimit): number {
  const { cellDownMbps, cellUpMbps, busyHourDownMbps, busyHourUpMbps, oversubscription } = policy;
  return oversubscription * Math.min(cellDownMbps / busyHourDownMbps, cellUpMbps / busyHourUpMbps);
}

/** What a buyer is told: order now, wait, or no. */
export type ServiceStatus = "available" | "waitlist" | "soldOut";

/** Sold out at the cell's limit, a waiting list above 90 % of it. */
export function serviceStatus(subscribers: number, limit: number = subscriberLimit()): ServiceStatus {
  // Counts kept in single precision: the limit itself may have lost its last digits.
  if (subscribers >= limit * (1 - 1e-6)) return "soldOut";
  return subscribers > 0.9 * limit ? "waitlist" : "available";
}

/** Where customers live. */
export interface SubscriberOptions {
  /** People per cell, as `populationOf` of `@perigee/earth` gives them. */
  readonly population: Float32Array;
  /** Customers in all cells of the table. Default: {@link WORLD_CUSTOMERS} by the table's share of the world's people. */
  readonly customers?: number;
  /** 1 where service is sold; nobody is a customer elsewhere. Default: everywhere. */
  readonly sold?: Uint8Array;
  readonly limit?: CellLimitPolicy;
}

/** September 2026, carried on from 10 million in February 2026 and a million more every 53 days (trade press). */
export const WORLD_CUSTOMERS = 14_000_000;
const WORLD_PEOPLE = 8.2e9;

/**
 * Below this density a place is rural (Degree of Urbanisation, UN Statistical Commission 2020: clusters of 300 people
 * per km² and more are urban).
 */
const RURAL_PER_KM2 = 300;
/**
 * How fast interest falls with density beyond it: cities have fibre. Assumed, and set so that at today's number of
 * customers only cells of the largest cities are sold out, as Manila, Jakarta and Mexico City were in 2025.
 */
const URBAN_DECLINE = 0.5;
/** A smaller part of a customer, from the far rim of a village, is none. */
const NOBODY = 1e-6;

/**
 * Customers per cell. Of p people at density ρ, p (1 + ρ / 300 km⁻²)^-0.5 are interested, so the countryside takes up
 * service several times as readily as a city, yet cities hold the most customers. One share of all interested are
 * customers, the same in every cell, but no cell has more than its {@link subscriberLimit}: there it is sold
 * out, and others make up the number. When all interested people are customers, or their cells sold out, there are
 * fewer customers than asked for.
 *
 * @throws RangeError when an array has not one number per cell, or customers are negative.
 */
export function subscribersOf(cells: CellTable, options: SubscriberOptions): Float32Array<ArrayBuffer> {
  const { population, sold, limit: policy = defaultCellLimit } = options;
  if (population.length !== cells.count || (sold && sold.length !== cells.count)) {
    throw new RangeError(`Population and sale need one number for each of ${cells.count} cells.`);
  }
  const interested = new Float32Array(cells.count);
  let people = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    people += population[cell]!;
    if (sold && sold[cell] === 0) continue;
    const density = population[cell]! / cells.areaKm2[cell]!;
    interested[cell] = population[cell]! * (1 + density / RURAL_PER_KM2) ** -URBAN_DECLINE;
  }
  const customers = options.customers ?? WORLD_CUSTOMERS * Math.min(1, people / WORLD_PEOPLE);
  if (!(customers >= 0)) throw new RangeError(`There cannot be ${customers} customers.`);
  const limit = subscriberLimit(policy);
  const share = cappedShare(interested, customers, limit);
  for (let cell = 0; cell < cells.count; cell++) {
    const subscribers = Math.min(limit, share * interested[cell]!);
    interested[cell] = subscribers < NOBODY ? 0 : subscribers;
  }
  return interested;
}

/** The share s, at most 1, for which the sum of min(limit, s × amount) is `total`, or comes nearest to it. */
function cappedShare(amounts: Float32Array, total: number, limit: number): number {
  const rising = Float64Array.from(amounts).sort();
  const sums = new Float64Array(rising.length + 1);
  for (let i = 0; i < rising.length; i++) sums[i + 1] = sums[i]! + rising[i]!;
  // The largest amounts reach the limit first.
  for (let open = rising.length; open > 0 && sums[open]! > 0; open--) {
    const share = (total - (rising.length - open) * limit) / sums[open]!;
    if (share * rising[open - 1]! <= limit) return Math.max(0, Math.min(1, share));
  }
  return 1;
}
