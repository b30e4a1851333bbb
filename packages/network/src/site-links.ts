// SPDX-License-Identifier: MIT
import { CELL_REASONS, type CellPlan, type RouteTree, SHARE_PARTS } from "./beams/cell-plan.ts";
import { loadedLink } from "./capacity/link-load.ts";
import { cellRow } from "./cell-rows.ts";
import type { LinkState } from "./link-state.ts";
import { linkStateOf } from "./link-state-of.ts";
import type { Network } from "./network.ts";
import type { CellsServing } from "./plan.ts";
import { treePath } from "./routing/tree-path.ts";
import { SLOT_MS, slotStartMs } from "./slot.ts";
import type { Site, SlotPlan, UnservedReason, UnservedSite } from "./slot-plan.ts";

/** What a plan of cells means for the sites in them: a link state each, or why there is none. */
export function linksOfSites(
  network: Network,
  { cells, plan, loads }: CellsServing,
  slot: number,
  sites: readonly Site[],
  previous: SlotPlan | null,
): SlotPlan {
  if (plan.slot !== slot) throw new RangeError(`the plan of cells is of slot ${plan.slot}, not of ${slot}`);
  const { elements, ground, policy, motion, fibre, seed } = network;
  const before = previous?.slot === slot - 1 ? new Map(previous.links.map(l => [l.terminalId, l])) : null;
  const trees = new Map(plan.trees.map(tree => [tree.pop, tree]));
  const sharers = new Map<number, number>();
  const cellOf = sites.map(site => {
    const c = cellRow(cells, site.cell);
    if (site.permitted && c >= 0) sharers.set(c, (sharers.get(c) ?? 0) + 1);
    return c;
  });
  const links: LinkState[] = [];
  const unserved: UnservedSite[] = [];
  sites.forEach((site, k) => {
    const c = cellOf[k]!;
    const refused = refusalOf(site, c, plan);
    if (refused !== null) {
      unserved.push({ siteId: site.id, reason: refused });
      return;
    }
    const satellite = plan.beams.satellite[plan.beam[c]!]!;
    const popIndex = plan.pop[c]!;
    const { satellites, gateway } = treePath(trees.get(popIndex) as RouteTree, satellite)!;
    const pop = ground.pops[popIndex]!;
    const link = linkStateOf({
      site,
      slot,
      seed,
      satellites,
      gateway: ground.gateways[gateway]!,
      pop,
      fibreKm: (fibre.ms[gateway * fibre.pops + popIndex]! * 1000) / policy.routes.fibreUsPerKm,
      sharers: (sharers.get(c)! * SHARE_PARTS) / plan.share[c]!,
      previous: before?.get(site.id) ?? null,
      elements,
      motion,
      policy,
    });
    links.push(loads === undefined ? link : loadedLink(link, loads, c));
  });
  return {
    slot,
    fromMs: slotStartMs(slot),
    untilMs: slotStartMs(slot) + SLOT_MS,
    elementsVersion: network.elementsVersion,
    links,
    unserved,
  };
}

function refusalOf(site: Site, c: number, plan: CellPlan): UnservedReason | null {
  if (!site.permitted) return "notPermitted";
  if (c < 0) return "noBeam";
  const reason = CELL_REASONS[plan.reason[c]!]!;
  // A cell that was shut when it was planned, and has a permitted site since.
  if (reason === "served") return null;
  return reason === "notPermitted" ? "noBeam" : reason;
}
