// SPDX-License-Identifier: MIT
// Proof that an allocation is max-min fair, from its rates alone. Shares no code with the allocator: resources by name,
// ways walked anew, every sum made again.
import { type CellDemand, NO_ROUTE, SHARE_PARTS } from "../beams/cell-plan.ts";
import type { Allocation, Direction, Loads, TrafficPlan } from "./allocation.ts";
import type { NetworkRates } from "./rates.ts";

/** One broken condition. */
export interface Violation {
  readonly code:
    | "rateNotPossible"
    | "rateAboveDemand"
    | "rateWithoutRoute"
    | "overCapacity"
    | "notMaxMin"
    | "sumsDisagree";
  readonly message: string;
  /** The cell, flow or resource. */
  readonly place: string;
}

export interface Certificate {
  readonly holds: boolean;
  /** Flows (of one class, in one direction) with a demand. */
  readonly flows: number;
  /** Of these, with all they want; and with less, each behind a full resource where no flow of its class has more. */
  readonly met: number;
  readonly bottlenecked: number;
  /** Without a beam or a way, which nothing can be fair about. */
  readonly unserved: number;
  /** Greatest load over capacity of any resource. */
  readonly greatestUtilisation: number;
  /** How many of each kind; kinds without any are absent. */
  readonly counts: Readonly<Partial<Record<Violation["code"], number>>>;
  /** The first {@link MOST_VIOLATIONS}. */
  readonly violations: readonly Violation[];
}

export const MOST_VIOLATIONS = 20;
/** Relative: rates are kept in single precision, 6e-8. */
const TOLERANCE = 1e-6;

/**
 * Checks the conditions that hold for the max-min fair allocation and for no other (Bertsekas and Gallager, Data
 * Networks, 6.5.2: each flow has a bottleneck), class by class in the order of service:
 *
 * 1. no rate is negative or above its demand, and none has no way to the ground;
 * 2. no resource carries more than its capacity, no beam is used for more than all its time;
 * 3. a flow with less than its demand has on its way a resource that is full with this and more urgent classes, and
 *    on which no flow of its class and direction has a greater rate over weight;
 * 4. what the allocation says of cells, satellites, contacts and lasers are the sums of its flows.
 *
 * All to 1e-6 relative.
 */
export function certify(
  allocation: Allocation,
  plan: TrafficPlan,
  demand: CellDemand,
  rates: NetworkRates,
): Certificate {
  const violations: Violation[] = [];
  const counts: Partial<Record<Violation["code"], number>> = {};
  const fail = (code: Violation["code"], place: string, message: string): void => {
    counts[code] = (counts[code] ?? 0) + 1;
    if (violations.length < MOST_VIOLATIONS) violations.push({ code, place, message });
  };
  const ways = createWays(plan, rates);
  const cells = plan.beam.length;
  const flows = cells + plan.extra.cell.length;
  const flowOf = readFlows(plan, rates);
  const beamTime = {
    up: new Float64Array(plan.beams.satellite.length),
    down: new Float64Array(plan.beams.satellite.length),
  };
  const spent = { up: new Float64Array(flows), down: new Float64Array(flows) };
  let judged = 0;
  let met = 0;
  let bottlenecked = 0;
  let unserved = 0;

  for (const [rank, wanted] of demand.classes.entries()) {
    for (const direction of ["up", "down"] as const) {
      const got = allocation.classes[rank]![direction === "up" ? "upMbps" : "downMbps"];
      const asked = direction === "up" ? wanted.upMbps : wanted.downMbps;
      /** Greatest rate over weight on each resource. */
      const highest: number[] = [];
      for (let f = 0; f < flows; f++) {
        const rate = got[f]!;
        if (rate === 0) continue;
        const place = `class ${wanted.name}, flow ${f}, ${direction}`;
        const { cell, beam, part } = flowOf(f);
        const way = beam < 0 ? null : ways.from(plan.beams.satellite[beam]!, plan.pop[cell]!, direction);
        if (!(rate > 0 && rate < Number.POSITIVE_INFINITY))
          fail("rateNotPossible", place, `a rate of ${rate} Mbit/s`);
        else if (way === null) fail("rateWithoutRoute", place, `${rate} Mbit/s without a beam or a way`);
        else {
          const share = part[direction];
          if (rate > asked[cell]! * share.ofDemand * (1 + TOLERANCE)) {
            fail("rateAboveDemand", place, `${rate} of ${asked[cell]! * share.ofDemand} Mbit/s`);
          }
          spent[direction][f]! += rate;
          beamTime[direction][beam]! += rate / share.channelMbps;
          const level = rate / (wanted.weight[cell]! * share.ofDemand);
          for (const r of way) {
            ways.loads[r]! += rate;
            highest[r] = Math.max(highest[r] ?? 0, level);
          }
        }
      }
      for (let f = 0; f < flows; f++) {
        const { cell, beam, part } = flowOf(f);
        const share = part[direction];
        const want = asked[cell]! * share.ofDemand;
        if (!(want > 0)) continue;
        judged += 1;
        const rate = got[f]!;
        if (rate >= want * (1 - TOLERANCE)) {
          met += 1;
          continue;
        }
        const way = beam < 0 ? null : ways.from(plan.beams.satellite[beam]!, plan.pop[cell]!, direction);
        if (way === null) {
          unserved += 1;
          continue;
        }
        const level = rate / (wanted.weight[cell]! * share.ofDemand);
        const full = (r: number): boolean => ways.loads[r]! >= ways.capacities[r]! * (1 - TOLERANCE);
        const shareFull = spent[direction][f]! >= share.mbps * (1 - TOLERANCE);
        if (shareFull || way.some(r => full(r) && level >= (highest[r] ?? 0) * (1 - TOLERANCE)))
          bottlenecked += 1;
        else {
          fail(
            "notMaxMin",
            `class ${wanted.name}, flow ${f}, ${direction}`,
            `${rate} of ${want} Mbit/s, though no resource on its way is full with it at the top`,
          );
        }
      }
    }
  }

  let greatestUtilisation = 0;
  for (const [r, name] of ways.names.entries()) {
    const load = ways.loads[r]!;
    const capacity = ways.capacities[r]!;
    if (load > 0) greatestUtilisation = Math.max(greatestUtilisation, load / capacity);
    if (load > capacity * (1 + TOLERANCE)) fail("overCapacity", name, `${load} of ${capacity} Mbit/s`);
  }
  for (const direction of ["up", "down"] as const) {
    for (let f = 0; f < flows; f++) {
      const { mbps } = flowOf(f).part[direction];
      if (spent[direction][f]! > mbps * (1 + TOLERANCE)) {
        fail(
          "overCapacity",
          `flow ${f}, ${direction}`,
          `${spent[direction][f]} of ${mbps} Mbit/s of its beam`,
        );
      }
    }
    for (const [beam, time] of beamTime[direction].entries()) {
      if (time > 1 + TOLERANCE) fail("overCapacity", `beam ${beam}, ${direction}`, `${time} of its time`);
    }
    compareSums(allocation, plan, direction, spent[direction], beamTime[direction], ways, fail);
  }
  return {
    holds: violations.length === 0,
    flows: judged,
    met,
    bottlenecked,
    unserved,
    greatestUtilisation,
    counts,
    violations,
  };
}

type Fail = (code: Violation["code"], place: string, message: string) => void;

/** Condition 4. */
function compareSums(
  allocation: Allocation,
  plan: TrafficPlan,
  direction: Direction,
  spent: Float64Array,
  beamTime: Float64Array,
  ways: ReturnType<typeof createWays>,
  fail: Fail,
): void {
  const same = (place: string, said: number, is: number): void => {
    if (Math.abs(said - is) > 10 * TOLERANCE * Math.max(said, is)) {
      fail("sumsDisagree", place, `said to be ${said}, is ${is}`);
    }
  };
  const cells = plan.beam.length;
  const perCell = spent.slice(0, cells);
  plan.extra.cell.forEach((cell, k) => {
    perCell[cell]! += spent[cells + k]!;
  });
  const said = direction === "up" ? allocation.upMbps : allocation.downMbps;
  for (let cell = 0; cell < cells; cell++) same(`cell ${cell}, ${direction}`, said[cell]!, perCell[cell]!);
  for (const [beam, time] of beamTime.entries())
    same(`beam ${beam}, ${direction}`, allocation.beams[direction][beam]!, time);
  const { satellites, contacts, lasers } = allocation;
  const of = (name: string): number => ways.loads[ways.byName.get(name) ?? -1] ?? 0;
  /** Rows of one name stand for one resource. */
  const compare = (loads: Loads, nameOf: (k: number) => string): void => {
    const said = new Map<string, number>();
    for (const [k, mbps] of loads.carriedMbps.entries()) {
      const name = nameOf(k);
      said.set(name, (said.get(name) ?? 0) + mbps);
      if (mbps > loads.capacityMbps[k]! * (1 + TOLERANCE)) {
        fail("overCapacity", name, `row ${k} carries ${mbps} of ${loads.capacityMbps[k]} Mbit/s`);
      }
    }
    for (const [name, mbps] of said) same(name, mbps, of(name));
  };
  compare(satellites[direction], s => `satellite ${s} ${direction}`);
  const { satellite, gateway } = plan.contacts;
  compare(
    contacts[direction],
    c => `contact of satellite ${satellite[c]} with gateway ${gateway[c]} ${direction}`,
  );
  compare(lasers.aToB, k => `laser from ${lasers.a[k]} to ${lasers.b[k]}`);
  compare(lasers.bToA, k => `laser from ${lasers.b[k]} to ${lasers.a[k]}`);
}

interface FlowPart {
  /** Mbit/s of the flow's share of its beam, and of all of the beam's channel. */
  readonly mbps: number;
  readonly channelMbps: number;
  /** Of the cell's demand, and of its weight. */
  readonly ofDemand: number;
}
interface Flow {
  readonly cell: number;
  readonly beam: number;
  readonly part: Readonly<Record<Direction, FlowPart>>;
}

/** What each flow is, by the rule that a cell divides over its beams in proportion to what they carry. */
function readFlows(plan: TrafficPlan, { channels }: NetworkRates): (flow: number) => Flow {
  const cells = plan.beam.length;
  const { extra } = plan;
  const hasRoute = (beam: number, cell: number): boolean => {
    if (beam < 0 || plan.pop[cell]! < 0) return false;
    const tree = plan.trees.find(({ pop }) => pop === plan.pop[cell]);
    return tree !== undefined && tree.next[plan.beams.satellite[beam]!] !== NO_ROUTE;
  };
  /** Flows of the cells that have more than one beam. */
  const several = new Map<number, number[]>();
  extra.cell.forEach((cell, k) => {
    const list = several.get(cell) ?? [cell];
    list.push(cells + k);
    several.set(cell, list);
  });
  const bare = (f: number) => {
    const k = f - cells;
    const cell = k < 0 ? f : extra.cell[k]!;
    const beam = k < 0 ? plan.beam[f]! : extra.beam[k]!;
    const time = (k < 0 ? plan.share[f]! : extra.share[k]!) / SHARE_PARTS;
    const down = k < 0 ? channels.downMbps[f]! : channels.extra.downMbps[k]!;
    const up = k < 0 ? channels.upMbps[f]! : channels.extra.upMbps[k]!;
    return { cell, beam, time, down, up };
  };
  return f => {
    const { cell, beam, time, down, up } = bare(f);
    const all = several.get(cell);
    const part = (direction: Direction, channelMbps: number): FlowPart => {
      const mbps = channelMbps * time;
      if (all === undefined) return { mbps, channelMbps, ofDemand: f === cell ? 1 : 0 };
      let sum = 0;
      for (const other of all) {
        const that = bare(other);
        if (hasRoute(that.beam, cell)) sum += that[direction] * that.time;
      }
      const ofDemand = sum > 0 ? (hasRoute(beam, cell) ? mbps / sum : 0) : f === cell ? 1 : 0;
      return { mbps, channelMbps, ofDemand };
    };
    return { cell, beam, part: { up: part("up", up), down: part("down", down) } };
  };
}

/** Resources by name, and the ways over them, each walked once. */
function createWays(plan: TrafficPlan, rates: NetworkRates) {
  const names: string[] = [];
  const capacities: number[] = [];
  const loads: number[] = [];
  const byName = new Map<string, number>();
  const known = new Map<string, readonly number[] | null>();
  const trees = new Map(plan.trees.map(tree => [tree.pop, tree]));
  /** Several contacts of one pair carry together. */
  const contacts = new Map<string, { up: number; down: number }>();
  plan.contacts.satellite.forEach((s, c) => {
    const key = `${s} ${plan.contacts.gateway[c]}`;
    const { up, down } = contacts.get(key) ?? { up: 0, down: 0 };
    contacts.set(key, { up: up + plan.contacts.downMbps[c]!, down: down + plan.contacts.upMbps[c]! });
  });
  const resource = (name: string, mbps: number): number => {
    let r = byName.get(name);
    if (r === undefined) {
      r = names.length;
      byName.set(name, r);
      names.push(name);
      capacities.push(mbps);
      loads.push(0);
    }
    return r;
  };
  function walk(satellite: number, pop: number, direction: Direction): readonly number[] | null {
    const tree = trees.get(pop);
    if (tree === undefined || tree.next[satellite] === NO_ROUTE) return null;
    const totals = direction === "up" ? rates.satellites.upMbps : rates.satellites.downMbps;
    const way = [resource(`satellite ${satellite} ${direction}`, totals[satellite]!)];
    let s = satellite;
    for (let next = tree.next[s]!; next >= 0; next = tree.next[s]!) {
      const [from, to] = direction === "up" ? [s, next] : [next, s];
      const { laserMbps } = rates.satellites;
      way.push(resource(`laser from ${from} to ${to}`, Math.min(laserMbps[from]!, laserMbps[to]!)));
      s = next;
    }
    const gateway = -1 - tree.next[s]!;
    const contact = contacts.get(`${s} ${gateway}`);
    if (contact === undefined) return null;
    way.push(resource(`contact of satellite ${s} with gateway ${gateway} ${direction}`, contact[direction]));
    if (rates.fibreMbps !== undefined) {
      const mbps = rates.fibreMbps[gateway * (rates.fibrePops ?? 0) + pop] ?? 0;
      way.push(resource(`fibre from gateway ${gateway} to PoP ${pop} ${direction}`, mbps));
    }
    return way;
  }
  return {
    names,
    capacities,
    loads,
    byName,
    from(satellite: number, pop: number, direction: Direction): readonly number[] | null {
      if (pop < 0) return null;
      const key = `${satellite} ${pop} ${direction}`;
      let way = known.get(key);
      if (way === undefined) {
        way = walk(satellite, pop, direction);
        known.set(key, way);
      }
      return way;
    },
  };
}
