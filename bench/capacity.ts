// SPDX-License-Identifier: MIT
// Capacity of a whole slot: real land and ocean cells, gateways and PoPs under a Walker fleet of 9,929 satellites, two
// classes of traffic up and down, more wanted than fits. Every result is certified. npm has no allocator of this kind
// to compare with: the plain progressive filling of textbooks stands beside it at a size that it can do.
import { createHash } from "node:crypto";
import { type CellTable, planetCells, populationOf } from "@perigee/earth";
import { builtInGround } from "@perigee/network";
import { allocate } from "../packages/network/src/capacity/allocate.ts";
import type { Allocation, TrafficPlan } from "../packages/network/src/capacity/allocation.ts";
import { certify } from "../packages/network/src/capacity/certify.ts";
import { createChannelRater } from "../packages/network/src/capacity/channel-rates.ts";
import { type CongestionPrices, congestionPrices } from "../packages/network/src/capacity/prices.ts";
import { flatNetwork } from "../packages/network/src/capacity/testing/flat-network.ts";
import { loadSolver, throughputBound } from "../packages/network/src/capacity/testing/linear-programs.ts";
import { progressiveFilling } from "../packages/network/src/capacity/testing/progressive-filling.ts";
import {
  type SyntheticCase,
  syntheticPlan,
} from "../packages/network/src/capacity/testing/synthetic-plan.ts";
import { type Bench, quantile, round } from "./result.ts";

/** Land, of which a fleet of today sells about this many lines; a cell is sold out at some 650. */
const SUBSCRIBERS = 14e6;
const PEOPLE = 8.2e9;
const SOLD_OUT = 650;
const RUNS = 7;
const PRICED_SLOTS = 8;

const cpuSecondsOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** Every `step`-th cell. */
function thinned(cells: CellTable, step: number): CellTable {
  const keep = (_: unknown, i: number): boolean => i % step === 0;
  return {
    count: Math.ceil(cells.count / step),
    id: cells.id.filter(keep),
    latDeg: cells.latDeg.filter(keep),
    lonDeg: cells.lonDeg.filter(keep),
    areaKm2: cells.areaKm2.filter(keep),
    land: cells.land.filter(keep),
  };
}

/** Everyone sells a little, towns sell out; a few travellers in every cell, fewer at sea. */
function subscribersOf(cells: CellTable, everywhere: CellTable): Float64Array {
  const scale = everywhere.count / cells.count;
  return Float64Array.from(populationOf(cells), (people, i) => {
    const wanted = (people * SUBSCRIBERS) / PEOPLE;
    return scale * (SOLD_OUT * (1 - Math.exp(-wanted / SOLD_OUT)) + (cells.land[i] ? 0.05 : 0.02));
  });
}

export const bench: Bench = async progress => {
  const ground = builtInGround();
  const figures: Record<string, number> = {};
  const hash = createHash("sha256");
  let small: SyntheticCase | undefined;
  progress("cells of the planet");
  const land = planetCells({ ocean: false });
  const planet = planetCells({ ocean: true });
  for (const [name, cells, whole] of [
    ["60k", thinned(land, 10), land],
    ["590k", land, land],
    ["1900k", planet, planet],
  ] as const) {
    progress(`${name}: ${cells.count} cells, a plan for them`);
    const made = syntheticPlan(cells, subscribersOf(cells, whole), ground);
    small ??= made;
    const { plan, demand, rates, fleet } = made;
    const rater = createChannelRater(cells);
    const rating = Array.from({ length: RUNS }, () => cpuSecondsOf(() => rater.ratesOf(plan, fleet)));
    progress(`${name}: allocation`);
    let allocation: Allocation | undefined;
    const seconds = Array.from({ length: RUNS }, () =>
      cpuSecondsOf(() => {
        allocation = allocate(plan, demand, rates);
      }),
    );
    if (allocation === undefined) throw new Error("nothing was allocated");
    hash.update(allocation.downMbps).update(allocation.upMbps);
    figures[`cpuSeconds${name}`] = round(quantile(seconds, 0.5));
    figures[`firstCpuSeconds${name}`] = round(seconds[0]!);
    figures[`channelRatesCpuSeconds${name}`] = round(quantile(rating, 0.5));
    figures[`rssMB${name}`] = Math.round(process.memoryUsage().rss / 1e6);
    progress(`${name}: certificate`);
    const certificate = certify(allocation, plan, demand, rates);
    if (!certificate.holds) throw new Error(JSON.stringify(certificate.violations));
    figures[`flows${name}`] = certificate.flows;
    figures[`bottleneckedFlows${name}`] = certificate.bottlenecked;
    figures[`satisfiedShareDown${name}`] = round(allocation.totals.down.satisfiedShare);
  }
  if (small === undefined) throw new Error("no case was made");

  progress("prices: the same slot, routed again with the prices of the one before");
  let plan: TrafficPlan = small.plan;
  let prices: CongestionPrices | undefined;
  const carriedGbps: number[] = [];
  for (let slot = 0; slot <= PRICED_SLOTS; slot++) {
    const allocation = allocate(plan, small.demand, small.rates);
    carriedGbps.push((allocation.totals.down.carriedMbps + allocation.totals.up.carriedMbps) / 1000);
    prices = congestionPrices(allocation, plan, prices);
    plan = small.rerouted(prices);
  }
  figures["carriedGbpsUnpriced"] = round(carriedGbps[0]!);
  // The way there does not count.
  figures["carriedGbpsPriced"] = round(quantile(carriedGbps.slice(PRICED_SLOTS / 2), 0.5));
  progress("the most that a linear solver gets through the same ways, fair or not");
  const bound = throughputBound(await loadSolver(), flatNetwork(small)) / 1000;
  figures["boundGbpsUnpriced"] = round(bound);

  progress("the plain twin, 595 cells");
  const tiny = thinned(land, 1000);
  const few = syntheticPlan(tiny, subscribersOf(tiny, land), ground);
  const plain = cpuSecondsOf(() => {
    progressiveFilling(flatNetwork(few));
  });
  const ours = quantile(
    Array.from({ length: RUNS }, () => cpuSecondsOf(() => allocate(few.plan, few.demand, few.rates))),
    0.5,
  );
  return {
    workload:
      "allocation of one slot: two classes up and down, max-min by subscribers, 9,929 satellites, built-in gateways and PoPs; medians of 7 runs",
    checksum: hash.digest("hex"),
    figures: { ...figures, cpuSeconds595: round(ours) },
    peers: { plainFillingCpuSeconds595: round(plain) },
    ratios: {
      plainFillingToOurs595: round(plain / ours),
      carriedToBound60k: round(figures["carriedGbpsUnpriced"]! / bound),
      cpu1900kTo590k: round(figures["cpuSeconds1900k"]! / figures["cpuSeconds590k"]!),
      carriedPricedToUnpriced: round(figures["carriedGbpsPriced"]! / figures["carriedGbpsUnpriced"]!),
    },
  };
};
