// SPDX-License-Identifier: MIT
import type { Contacts } from "../beams/cell-plan.ts";
import type { LinkRows } from "../routing/link-graph.ts";
import type { Allocation, Loads, TrafficPlan } from "./allocation.ts";

/** How load turns into cost. All values are choices [M]. */
export interface PricePolicy {
  /** Offered load over capacity at which a price stays as it is; above it rises, below it falls. */
  readonly target: number;
  /** Change per slot and unit of load beyond the target, ms. Small steps keep traffic from swinging between two ways. */
  readonly stepMs: number;
  /** The price rises as for at most this much beyond the target, and falls as for at most `mostBelow` under it. */
  readonly mostAbove: number;
  readonly mostBelow: number;
  /** Greatest price, ms. */
  readonly mostMs: number;
}

/** 10 ms is what 3,000 km of laser path cost: the longest detour that a full link is worth. */
export const defaultPricePolicy: PricePolicy = {
  target: 0.9,
  stepMs: 0.5,
  mostAbove: 1,
  mostBelow: 0.5,
  mostMs: 10,
};

/**
 * What the links of a slot cost the routes of the next, one-way ms on top of their delay; links that are not listed cost
 * nothing. Whichever direction is fuller counts, as a tree uses both.
 */
export interface CongestionPrices {
  /** Sorted by a, then b; a below b. */
  readonly lasers: { readonly a: Int32Array; readonly b: Int32Array; readonly ms: Float32Array };
  /** Sorted by satellite, then gateway. */
  readonly contacts: {
    readonly satellite: Int32Array;
    readonly gateway: Int32Array;
    readonly ms: Float32Array;
  };
}

/**
 * Prices for the next slot: the price of this slot, moved by a bounded step towards where offered load meets capacity.
 * That is dual ascent, the price being the multiplier of the link's capacity, by gradient projection (Low and Lapsley,
 * Optimization flow control I, IEEE/ACM Transactions on Networking 7(6), 1999), with the gradient clipped. Depends on
 * this slot's loads and prices alone. Links that cost nothing are not listed; a contact or laser that no route takes any
 * more gets cheaper as an idle one does.
 *
 * @param before The prices that this slot was routed with; none if not given.
 */
export function congestionPrices(
  allocation: Allocation,
  plan: TrafficPlan,
  before?: CongestionPrices,
  policy: PricePolicy = defaultPricePolicy,
): CongestionPrices {
  const { lasers, contacts } = allocation;
  const laserPrices = merge(
    {
      first: lasers.a,
      second: lasers.b,
      utilisation: Float64Array.from(lasers.a, (_, k) =>
        Math.max(offered(lasers.aToB, k), offered(lasers.bToA, k)),
      ),
    },
    before && { first: before.lasers.a, second: before.lasers.b, ms: before.lasers.ms },
    policy,
  );
  const contactPrices = merge(
    pairLoads(plan.contacts, c => Math.max(offered(contacts.up, c), offered(contacts.down, c))),
    before && { first: before.contacts.satellite, second: before.contacts.gateway, ms: before.contacts.ms },
    policy,
  );
  return {
    lasers: { a: laserPrices.first, b: laserPrices.second, ms: laserPrices.ms },
    contacts: { satellite: contactPrices.first, gateway: contactPrices.second, ms: contactPrices.ms },
  };
}

/** The prices per entry of the rows of a slot's lasers, the same from both ends: what `slotGraph` takes. */
export function laserPricesByRow({ lasers }: CongestionPrices, rows: LinkRows): Float64Array {
  const out = new Float64Array(rows.to.length);
  lasers.ms.forEach((ms, k) => {
    const a = lasers.a[k]!;
    if (a >= rows.nodes) return;
    for (let e = rows.offset[a]!; e < rows.offset[a + 1]!; e++) {
      if (rows.to[e] !== lasers.b[k]) continue;
      out[e] = ms;
      out[rows.reverse[e]!] = ms;
    }
  });
  return out;
}

/** The prices per contact of the next slot, 0 for pairs that were not in contact. */
export function pricesByContact({ contacts: priced }: CongestionPrices, contacts: Contacts): Float64Array {
  const out = new Float64Array(contacts.satellite.length);
  let k = 0;
  for (let c = 0; c < out.length; c++) {
    const s = contacts.satellite[c]!;
    const g = contacts.gateway[c]!;
    const isBefore = (j: number): boolean =>
      priced.satellite[j]! < s || (priced.satellite[j] === s && priced.gateway[j]! < g);
    while (k < priced.ms.length && isBefore(k)) k++;
    if (priced.satellite[k] === s && priced.gateway[k] === g) out[c] = priced.ms[k]!;
  }
  return out;
}

/** One row per satellite and gateway, with the fullest of their contacts. */
function pairLoads({ satellite, gateway }: Contacts, utilisationOf: (contact: number) => number): LoadList {
  const first: number[] = [];
  const second: number[] = [];
  const utilisation: number[] = [];
  satellite.forEach((s, c) => {
    const last = first.length - 1;
    if (first[last] === s && second[last] === gateway[c]) {
      utilisation[last] = Math.max(utilisation[last]!, utilisationOf(c));
      return;
    }
    first.push(s);
    second.push(gateway[c]!);
    utilisation.push(utilisationOf(c));
  });
  return {
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    utilisation: Float64Array.from(utilisation),
  };
}

/** Offered over capacity; a link that has lost all its rate but is wanted is as full as can be. */
function offered({ offeredMbps, capacityMbps }: Loads, k: number): number {
  return offeredMbps[k]! > 0 ? offeredMbps[k]! / capacityMbps[k]! : 0;
}

/** Links by two numbers, sorted. */
interface LoadList {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Offered over capacity. */
  readonly utilisation: Float64Array;
}
interface PriceList {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly ms: Float32Array;
}

/** A price below this is none, ms. */
const NOTHING_MS = 1e-3;

/** Walks two sorted lists of links side by side. */
function merge(
  { first: a, second: b, utilisation }: LoadList,
  before: PriceList | undefined,
  { target, stepMs, mostAbove, mostBelow, mostMs }: PricePolicy,
): PriceList {
  const first: number[] = [];
  const second: number[] = [];
  const ms: number[] = [];
  const add = (x: number, y: number, last: number, load: number): void => {
    const excess = Math.min(mostAbove, Math.max(-mostBelow, load - target));
    const price = Math.min(mostMs, last + stepMs * excess);
    if (!(price >= NOTHING_MS)) return;
    first.push(x);
    second.push(y);
    ms.push(price);
  };
  const old = before?.ms.length ?? 0;
  let k = 0;
  let j = 0;
  while (k < a.length || j < old) {
    const order = k >= a.length ? 1 : j >= old ? -1 : a[k]! - before!.first[j]! || b[k]! - before!.second[j]!;
    if (order > 0) {
      add(before!.first[j]!, before!.second[j]!, before!.ms[j]!, 0);
      j += 1;
    } else {
      add(a[k]!, b[k]!, order === 0 ? before!.ms[j]! : 0, utilisation[k]!);
      if (order === 0) j += 1;
      k += 1;
    }
  }
  return { first: Int32Array.from(first), second: Int32Array.from(second), ms: Float32Array.from(ms) };
}
