// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { type ArrayPool, freshArrays } from "../array-pool.ts";
import type { Contacts, Outage } from "../beams/cell-plan.ts";
import type { GroundSegment } from "../ground-segment.ts";
import type { RoutePolicy } from "../policy.ts";
import { LIGHT_KM_PER_MS } from "./laser-geometry.ts";
import { failed, type LaserSlot } from "./laser-slot.ts";
import type { LinkRows } from "./link-graph.ts";
import { bucketWidth } from "./shortest-tree.ts";

/** One-way delay of the fibre between gateways and PoPs: entry `gateway * pops + pop`, ms; Infinity: not connected. */
export interface FibreTable {
  readonly gateways: number;
  readonly pops: number;
  readonly ms: Float64Array;
}

/** Fibre along great circles, `fibreStretch` times as long, `fibreUsPerKm` per kilometre. */
export function fibreTable(
  ground: GroundSegment,
  policy: Pick<RoutePolicy, "fibreStretch" | "fibreUsPerKm">,
): FibreTable {
  const { gateways, pops } = ground;
  const ms = new Float64Array(gateways.length * pops.length);
  gateways.forEach((gateway, g) => {
    pops.forEach((pop, p) => {
      const km = policy.fibreStretch * distanceKm(gateway, pop);
      ms[g * pops.length + p] = (km * policy.fibreUsPerKm) / 1000;
    });
  });
  return { gateways: gateways.length, pops: pops.length, ms };
}

export interface SlotGraphInputs {
  readonly lasers: LaserSlot;
  /** Sorted by satellite, then gateway. */
  readonly contacts: Contacts;
  readonly fibre: FibreTable;
  /** Processing per laser hop. */
  readonly hopMs: number;
  /** Added to the cost, not to the delay, of a laser in one direction: per row entry, from the row's satellite; 0 or more. */
  readonly laserPriceMs?: Float64Array;
  /** The same per contact, for landing there. */
  readonly contactPriceMs?: Float64Array;
  /** Gateways, satellites and PoPs out of order; lasers are judged by `lasersInSlot`. */
  readonly outage?: Outage;
}

/** All links of a slot with delays at its start and costs: what trees, alternates and repairs are found on. */
export interface SlotGraph {
  readonly satellites: number;
  readonly lasers: LaserSlot;
  readonly rows: LinkRows;
  /** Per row entry: delay, hop processing included; Infinity where the link is down. */
  readonly ms: Float64Array;
  /** Per row entry e of satellite i: cost of the way from `to[e]` to i, price included; without prices it is `ms`. */
  readonly inward: Float64Array;
  /** Whether costs are more than delays. */
  readonly priced: boolean;
  readonly bucketMs: number;
  readonly contacts: Contacts;
  /** The contacts of satellite i: `contactOffset[i]` to `contactOffset[i + 1] - 1`. */
  readonly contactOffset: Int32Array;
  readonly contactMs: Float64Array;
  /** Infinity where an end is out of order. */
  readonly contactCost: Float64Array;
  readonly fibre: FibreTable;
  /** Per PoP: 1 where it is out of order. */
  readonly popDown: Uint8Array;
  /** Per satellite: 1 where an outage took the satellite, or a laser or contact of it. */
  readonly touched: Uint8Array;
}

/**
 * Weighs all links of a slot, once. Throws RangeError for contacts out of order or arrays of another size.
 *
 * @param arrays Where `ms` and `inward` come from; default: new ones.
 */
export function slotGraph(inputs: SlotGraphInputs, arrays: ArrayPool = freshArrays): SlotGraph {
  const { lasers, contacts, fibre, hopMs, laserPriceMs, contactPriceMs, outage } = inputs;
  const { rows, satellites } = lasers.topology;
  const entries = rows.to.length;
  const count = contacts.satellite.length;
  if ((laserPriceMs?.length ?? entries) !== entries || (contactPriceMs?.length ?? count) !== count)
    throw new RangeError("one price per row entry, and one per contact");
  const ms = arrays.float64(entries);
  for (let e = 0; e < entries; e++) {
    const k = rows.link[e]!;
    ms[e] = lasers.up[k] === 1 ? lasers.km[k]! / LIGHT_KM_PER_MS + hopMs : Number.POSITIVE_INFINITY;
  }
  const priced = laserPriceMs !== undefined || contactPriceMs !== undefined;
  const inward = priced ? arrays.float64(entries) : ms;
  if (priced) {
    for (let e = 0; e < entries; e++) inward[e] = ms[e]! + (laserPriceMs?.[rows.reverse[e]!] ?? 0);
  }
  const contactOffset = new Int32Array(satellites + 1);
  const contactMs = new Float64Array(count);
  const contactCost = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    const satellite = contacts.satellite[c]!;
    if (c > 0 && !inOrder(contacts, c)) throw new RangeError(`contact ${c} is out of order`);
    contactOffset[satellite + 1]!++;
    contactMs[c] = contacts.rangeKm[c]! / LIGHT_KM_PER_MS;
    contactCost[c] = contactMs[c]! + (contactPriceMs?.[c] ?? 0);
  }
  for (let i = 0; i < satellites; i++) contactOffset[i + 1]! += contactOffset[i]!;
  const whole: SlotGraph = {
    satellites,
    lasers,
    rows,
    ms,
    inward,
    priced,
    bucketMs: bucketWidth(inward),
    contacts,
    contactOffset,
    contactMs,
    contactCost,
    fibre,
    popDown: new Uint8Array(fibre.pops),
    touched: new Uint8Array(satellites),
  };
  return outage === undefined ? whole : withOutage(whole, outage);
}

/** The same slot with more out of order. */
export function withOutage(graph: SlotGraph, outage: Outage): SlotGraph {
  const { rows, contacts } = graph;
  const dead = failed(graph.lasers.topology, outage);
  const down = (values: Float64Array) =>
    values.map((value, e) => (dead[rows.link[e]!] === 1 ? Number.POSITIVE_INFINITY : value));
  const ms = down(graph.ms);
  const inward = graph.priced ? down(graph.inward) : ms;
  const touched = graph.touched.slice();
  const { a, b } = graph.lasers.topology;
  for (let k = 0; k < dead.length; k++) if (dead[k] === 1) touched[a[k]!] = touched[b[k]!] = 1;
  const satellites = new Set(outage.satellites);
  const gateways = new Set(outage.gateways);
  const contactCost = graph.contactCost.slice();
  for (let c = 0; c < contactCost.length; c++) {
    const satellite = contacts.satellite[c]!;
    if (!satellites.has(satellite) && !gateways.has(contacts.gateway[c]!)) continue;
    contactCost[c] = Number.POSITIVE_INFINITY;
    touched[satellite] = 1;
  }
  const popDown = graph.popDown.slice();
  for (const pop of outage.pops ?? []) popDown[pop] = 1;
  return {
    ...graph,
    lasers: { ...graph.lasers, up: graph.lasers.up.map((up, k) => (dead[k] === 1 ? 0 : up)) },
    ms,
    inward,
    bucketMs: bucketWidth(inward),
    contactCost,
    popDown,
    touched,
  };
}

function inOrder({ satellite, gateway }: Contacts, c: number): boolean {
  const step = satellite[c]! - satellite[c - 1]!;
  return step > 0 || (step === 0 && gateway[c]! >= gateway[c - 1]!);
}
