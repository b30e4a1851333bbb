// SPDX-License-Identifier: MIT
import type { LinkState, SlotPlan } from "@perigee/network";
import type { Effects } from "./link-conditions.ts";
import { hopsOver, type Target } from "./target.ts";

/** A condition in force, its target found. */
export interface PlacedCondition {
  readonly effects: Effects;
  readonly target: Target;
}

/** The data plane knows no link without a rate. */
const LEAST_MBPS = 0.01;
/** All conditions together add at most this, one way: the data plane carries delays of up to 10 s. */
const MOST_ADDED_MS = 4_000;

/** Hops of a link that a condition acts on; empty: the link does not lead over its target. */
export function hopsUnder(link: LinkState, target: Target): readonly number[] {
  if (target.kind === "network") return hopsOver(link, target.names);
  return target.terminalId === link.terminalId ? [0] : [];
}

/**
 * A slot's links with what conditions do to them. Delays and losses come once for every hop that a condition acts on
 * and add up; of rates the least counts. A link over something that is off is left out, and its terminal stands among
 * the unserved as `outOfOrder`.
 */
export function conditionedLinks(plan: SlotPlan, conditions: readonly PlacedCondition[]): SlotPlan {
  if (conditions.length === 0) return plan;
  const cut: string[] = [];
  const links = plan.links.flatMap(link => {
    const conditioned = conditionedLink(link, conditions);
    if (conditioned !== null) return [conditioned];
    cut.push(link.terminalId);
    return [];
  });
  const unserved = [...plan.unserved, ...cut.map(siteId => ({ siteId, reason: "outOfOrder" as const }))];
  return { ...plan, links, unserved };
}

function conditionedLink(link: LinkState, conditions: readonly PlacedCondition[]): LinkState | null {
  const addedByHop = link.hops.map(() => 0);
  let { downMbps, upMbps } = link;
  let passes = 1 - link.lossProbability;
  let [mostDown, mostUp] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let touched = false;
  for (const { effects, target } of conditions) {
    const hops = hopsUnder(link, target);
    if (hops.length === 0) continue;
    if (effects.off === true) return null;
    touched = true;
    for (const k of hops) addedByHop[k]! += effects.addedMs ?? 0;
    passes *= (1 - (effects.loss ?? 0)) ** hops.length;
    downMbps *= effects.downFactor ?? 1;
    upMbps *= effects.upFactor ?? 1;
    mostDown = Math.min(mostDown, effects.downMbps ?? mostDown);
    mostUp = Math.min(mostUp, effects.upMbps ?? mostUp);
  }
  if (!touched) return link;
  const wantedMs = addedByHop.reduce((sum, ms) => sum + ms, 0);
  const part = wantedMs > MOST_ADDED_MS ? MOST_ADDED_MS / wantedMs : 1;
  const addedMs = wantedMs * part;
  const [start, middle, end] = link.oneWayMs;
  return {
    ...link,
    hops: link.hops.map((hop, k) => ({ ...hop, delayMs: hop.delayMs + addedByHop[k]! * part })),
    oneWayMs: [start + addedMs, middle + addedMs, end + addedMs],
    downMbps: Math.max(LEAST_MBPS, Math.min(mostDown, downMbps)),
    upMbps: Math.max(LEAST_MBPS, Math.min(mostUp, upMbps)),
    lossProbability: 1 - passes,
    rttMs: { floor: link.rttMs.floor + 2 * addedMs, median: link.rttMs.median + 2 * addedMs },
  };
}
