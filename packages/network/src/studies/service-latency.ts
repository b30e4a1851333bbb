// SPDX-License-Identifier: MIT
import { cellAt, cellTableOf, distanceKm } from "@perigee/earth";
import { plannedRttMs } from "../access.ts";
import { terminalDemand } from "../demand/terminal-demand.ts";
import type { LinkState, PathHop, PathNode } from "../link-state.ts";
import { linkStateOf } from "../link-state-of.ts";
import type { PlannedCells, Planner } from "../plan.ts";
import { createDisjointPaths } from "../routing/disjoint-paths.ts";
import { SLOT_MS } from "../slot.ts";
import type { Site, SlotPlan } from "../slot-plan.ts";
import type {
  LatencyEnd,
  LatencyOptions,
  LatencyPath,
  LatencyPlace,
  LatencySample,
  LatencySeries,
} from "./latency.ts";
import { looksOfShare, memoryDigest } from "./share.ts";
import { slotsOfSpan } from "./span.ts";

/** What a household buys: its rates change nothing about its delay here, where nobody else is on its beam. */
const PLAN = { downMbps: 300, upMbps: 40 };

/** Round trips as two subscribers see them: slot after slot, each planned from the one before. */
export function serviceLatency(planner: Planner, options: LatencyOptions): LatencySeries {
  const sites = [siteOf("from", options.from), ...(options.to === null ? [] : [siteOf("to", options.to)])];
  const table = cellTableOf([...new Set(sites.map(({ cell }) => cell))].sort());
  if (!table.ok) throw new RangeError(table.error.message);
  const cells = table.value;
  const demand = terminalDemand(cells, sites);
  if (!demand.ok) throw new RangeError(demand.error.message);
  const slots = slotsOfSpan(options);
  const samples: LatencySample[] = [];
  let paths: LatencyPath[] = [];
  let planned: PlannedCells | null = null;
  let previous: SlotPlan | null = null;
  const { lead, first, end } = looksOfShare(slots.length, options.share);
  /** Only the slot right before tells a plan anything. */
  const carried = (): string | null =>
    planned === null || previous === null || slots[1]! - slots[0]! > 1
      ? null
      : memoryDigest(planned, previous);
  let before: string | null = null;
  for (let k = lead; k < end; k++) {
    const slot = slots[k]!;
    if (k === first) before = carried();
    planned = planner.planCells({ slot, cells, demand: demand.value, previous: planned });
    const plan: SlotPlan = planner.plan(slot, sites, previous, { cells, plan: planned.plan });
    previous = plan;
    options.onStep?.(k + 1 - lead, end - lead);
    if (k < first) continue;
    samples.push(sampleOf(planner, plan, sites.length));
    if (paths.length === 0 && plan.links.length === sites.length) {
      paths = pathsOf(planner, planned, plan, sites, options);
    }
  }
  const after = end < slots.length ? carried() : null;
  return { samples, paths, mark: { first, end, looks: slots.length, before, after } };
}

function siteOf(id: string, { latDeg, lonDeg, heightM = 0 }: LatencyPlace): Site {
  return { id, latDeg, lonDeg, heightM, cell: cellAt(latDeg, lonDeg), ...PLAN, permitted: true };
}

function sampleOf(planner: Planner, plan: SlotPlan, ends: number): LatencySample {
  const atMs = plan.fromMs + SLOT_MS / 2;
  const [from, to] = ["from", "to"].map(id => plan.links.find(link => link.terminalId === id));
  const served = plan.links.length === ends;
  const hops = plan.links.flatMap(link => link.hops);
  return {
    atMs,
    rttMs: served ? roundTripMs(planner, plan.links, atMs) : Number.NaN,
    laserHops: hops.filter(hop => hop.kind === "laser").length,
    lengthKm: hops.reduce((sum, hop) => sum + hop.lengthKm, 0) + betweenPops(planner, plan.links).lengthKm,
    from: from === undefined ? null : endOf(from),
    to: to === undefined ? null : endOf(to),
    unserved: plan.unserved[0]?.reason ?? null,
  };
}

function endOf({ satellite, elevationDeg, gateway, pop, gap }: LinkState): LatencyEnd {
  return {
    satellite: satellite.name,
    catalogNumber: satellite.catalogNumber,
    elevationDeg,
    gateway: gateway.id,
    pop: pop.code,
    gapMs: gap === null ? 0 : gap.untilMs - gap.fromMs,
  };
}

/** Each end's round trip to its PoP, and the fibre between the two. */
function roundTripMs(planner: Planner, links: readonly LinkState[], atMs: number): number {
  return links.reduce((sum, link) => sum + plannedRttMs(link, atMs), 2 * betweenPops(planner, links).delayMs);
}

/** The fibre between the PoPs of two links, by the rule of the fibre behind gateways; none for one link. */
function betweenPops({ ground, policy }: Planner, links: readonly LinkState[]): PathHop {
  const [from, to] = links.map(link => ground.pops.find(({ code }) => code === link.pop.code)!);
  const lengthKm =
    from === undefined || to === undefined ? 0 : policy.routes.fibreStretch * distanceKm(from, to);
  return { kind: "fibre", lengthKm, delayMs: (lengthKm * policy.routes.fibreUsPerKm) / 1000 };
}

/** The way in use, then ways on which the first end keeps clear of each other's lasers and contacts. */
function pathsOf(
  planner: Planner,
  { answer }: PlannedCells,
  plan: SlotPlan,
  sites: readonly Site[],
  options: LatencyOptions,
): LatencyPath[] {
  const count = options.paths ?? 1;
  const [from, ...rest] = plan.links as [LinkState, ...LinkState[]];
  const inUse = pathOf(planner, options, [from, ...rest]);
  if (count === 1) return [inUse];
  const pop = planner.ground.pops.findIndex(({ code }) => code === from.pop.code);
  const tree = answer.trees.find(one => one.pop === pop)!;
  const others = createDisjointPaths(answer.graph)
    .from(from.satellite.index, tree, Math.min(8, count), "links")
    .map(({ satellites, gateway }) =>
      pathOf(planner, options, [
        linkStateOf({
          site: sites[0]!,
          slot: plan.slot,
          seed: planner.seed,
          satellites,
          gateway: planner.ground.gateways[gateway]!,
          pop: planner.ground.pops[pop]!,
          fibreKm:
            (answer.graph.fibre.ms[gateway * answer.graph.fibre.pops + pop]! * 1000) /
            planner.policy.routes.fibreUsPerKm,
          sharers: 1,
          previous: null,
          elements: planner.elements,
          motion: planner.motion,
          policy: planner.policy,
        }),
        ...rest,
      ]),
    );
  const wayOf = ({ nodes }: LatencyPath): string => nodes.map(({ id }) => id).join();
  return [inUse, ...others.filter(path => wayOf(path) !== wayOf(inUse))].slice(0, count);
}

/** Out over one link, across to the other's PoP, and back down the other: at the slot's start. */
function pathOf(planner: Planner, places: Places, links: readonly LinkState[]): LatencyPath {
  const [out, back] = links as [LinkState, LinkState | undefined];
  const { fromMs } = out;
  const between = betweenPops(planner, links);
  // One PoP for both: they meet there, and no fibre is between them.
  const samePop = back !== undefined && back.pop.code === out.pop.code;
  const homeward = back === undefined ? [] : [...back.nodes].reverse();
  const nodes = [...out.nodes, ...(samePop ? homeward.slice(1) : homeward)].map(
    (node): PathNode => (node.kind === "terminal" ? { ...node, name: nameOf(places, node.id) } : node),
  );
  const hops: PathHop[] = [
    ...out.hops,
    ...(back === undefined || samePop ? [] : [between]),
    ...(back === undefined ? [] : [...back.hops].reverse().map(downwards)),
  ];
  const rttMs = roundTripMs(planner, links, fromMs);
  return {
    atMs: fromMs,
    rttMs,
    nodes,
    hops,
    overheadMs: rttMs - 2 * hops.reduce((sum, { delayMs }) => sum + delayMs, 0),
  };
}

type Places = Pick<LatencyOptions, "from" | "to">;

function nameOf({ from, to }: Places, siteId: string): string {
  return (siteId === "from" ? from : (to ?? from)).name;
}

/** A hop of a link as who comes from the internet meets it. */
function downwards(hop: PathHop): PathHop {
  if (hop.kind === "up") return { ...hop, kind: "down" };
  return hop.kind === "down" ? { ...hop, kind: "up" } : hop;
}
