// SPDX-License-Identifier: MIT
import { type LinkState, plannedRttMs } from "@perigee/network";
import type { AuthorityService } from "../authority/authority-service.ts";
import type { SlotStep } from "../slot-loop.ts";

/** One terminal in one slot of a run. `null` where there is no link. */
export interface TerminalSlot {
  readonly slot: number;
  /** Start of the slot, UTC ms. */
  readonly fromMs: number;
  readonly terminalId: string;
  /** What admission said, `ALLOW` or why not; `null` before the terminal was heard of. */
  readonly admission: string | null;
  /** What it can reach: `all`, the account site, or `nothing`. */
  readonly reach: string | null;
  /** Why a terminal that may be linked has no link; `null` where it has one, or may not. */
  readonly unserved: string | null;
  readonly satellite: string | null;
  readonly catalogNumber: number | null;
  readonly elevationDeg: number | null;
  readonly gateway: string | null;
  readonly pop: string | null;
  /** Median round trip of an idle link in the middle of the slot. */
  readonly rttMs: number | null;
  readonly downMbps: number | null;
  readonly upMbps: number | null;
  readonly laserHops: number | null;
  /** Terminal to PoP. */
  readonly lengthKm: number | null;
  readonly lossProbability: number | null;
  /** Interruption at the slot's start; 0: none. */
  readonly gapMs: number | null;
}

/** Every terminal of the authority in one step of a run, in the authority's order. */
export function terminalSlots(authority: AuthorityService, { slot, planned }: SlotStep): TerminalSlot[] {
  const links = new Map(planned.plan.links.map(link => [link.terminalId, link]));
  const unserved = new Map(planned.plan.unserved.map(({ siteId, reason }) => [siteId, reason]));
  return authority.terminalIds().map((terminalId): TerminalSlot => {
    const admission = authority.admissionOf(terminalId);
    const link = links.get(terminalId);
    return {
      slot,
      fromMs: planned.plan.fromMs,
      terminalId,
      admission: admission?.reason ?? null,
      reach: admission?.reach ?? null,
      unserved: admission?.linked === true && link === undefined ? (unserved.get(terminalId) ?? null) : null,
      ...(link === undefined ? NO_LINK : ofLink(link)),
    };
  });
}

type LinkPart = Omit<TerminalSlot, "slot" | "fromMs" | "terminalId" | "admission" | "reach" | "unserved">;

const NO_LINK: LinkPart = {
  satellite: null,
  catalogNumber: null,
  elevationDeg: null,
  gateway: null,
  pop: null,
  rttMs: null,
  downMbps: null,
  upMbps: null,
  laserHops: null,
  lengthKm: null,
  lossProbability: null,
  gapMs: null,
};

function ofLink(link: LinkState): LinkPart {
  const { satellite, gateway, pop, hops, gap } = link;
  return {
    satellite: satellite.name,
    catalogNumber: satellite.catalogNumber,
    elevationDeg: link.elevationDeg,
    gateway: gateway.id,
    pop: pop.code,
    rttMs: plannedRttMs(link, (link.fromMs + link.untilMs) / 2),
    downMbps: link.downMbps,
    upMbps: link.upMbps,
    laserHops: hops.filter(({ kind }) => kind === "laser").length,
    lengthKm: hops.reduce((sum, { lengthKm }) => sum + lengthKm, 0),
    lossProbability: link.lossProbability,
    gapMs: gap === null ? 0 : gap.untilMs - gap.fromMs,
  };
}
