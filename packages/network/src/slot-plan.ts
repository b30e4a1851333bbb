// SPDX-License-Identifier: MIT
import type { LinkState } from "./link-state.ts";

/** A place that wants service in a slot: one terminal, standing still for 15 s. */
export interface Site {
  /** The terminal's id; unique within one call of `plan`. */
  readonly id: string;
  /** Geodetic degrees (WGS 84), north and east positive. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Metres above the ellipsoid. */
  readonly heightM: number;
  /** Service cell, as given by `cellAt` of `@perigee/earth`. Sites of one cell share a beam. */
  readonly cell: string;
  /** What the subscriber's plan allows. */
  readonly downMbps: number;
  readonly upMbps: number;
  /** `false`: nothing may be radiated for this site, so it gets no beam and no link. */
  readonly permitted: boolean;
}

/**
 * Why a site has no link in a slot.
 *
 * - `notPermitted`: the site's `permitted` is false.
 * - `noSatellite`: no serving satellite stays above the minimum elevation for the whole slot.
 * - `geostationaryArc`: satellites are in view, each of them too near the geostationary arc.
 * - `noRoute`: satellites are usable, none of them reaches a gateway.
 * - `noBeam`: satellites have a route, all their beams or their gateways' antennas are taken.
 * - `outOfOrder`: whoever runs the plan has taken the link away; no planner gives this reason.
 */
export type UnservedReason =
  | "notPermitted"
  | "noSatellite"
  | "geostationaryArc"
  | "noRoute"
  | "noBeam"
  | "outOfOrder";

export interface UnservedSite {
  readonly siteId: string;
  readonly reason: UnservedReason;
}

/** Who serves whom for 15 s. A plain value: JSON keeps all of it, and the same inputs give the same bytes. */
export interface SlotPlan {
  readonly slot: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Which elements the plan was computed from; see `createPlanner`. */
  readonly elementsVersion: string;
  /** In the order of the sites given. */
  readonly links: readonly LinkState[];
  readonly unserved: readonly UnservedSite[];
}

/** What changed for one terminal between two plans. `null`: no link in that plan. */
export interface LinkChange {
  readonly terminalId: string;
  readonly before: LinkState | null;
  readonly after: LinkState | null;
  readonly satelliteChanged: boolean;
  readonly gatewayChanged: boolean;
  readonly popChanged: boolean;
}

/**
 * Terminals whose link appeared, disappeared or moved to another satellite, gateway or PoP; those that only aged by
 * a slot are left out. Order: by terminal id.
 */
export function diffPlans(previous: SlotPlan, next: SlotPlan): LinkChange[] {
  const before = linksById(previous);
  const after = linksById(next);
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes: LinkChange[] = [];
  for (const terminalId of ids) {
    const old = before.get(terminalId) ?? null;
    const now = after.get(terminalId) ?? null;
    const change = {
      terminalId,
      before: old,
      after: now,
      satelliteChanged: old?.satellite.index !== now?.satellite.index,
      gatewayChanged: old?.gateway.id !== now?.gateway.id,
      popChanged: old?.pop.code !== now?.pop.code,
    };
    if (change.satelliteChanged || change.gatewayChanged || change.popChanged) changes.push(change);
  }
  return changes;
}

function linksById(plan: SlotPlan): Map<string, LinkState> {
  return new Map(plan.links.map(link => [link.terminalId, link]));
}
