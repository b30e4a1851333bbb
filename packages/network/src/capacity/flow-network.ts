// SPDX-License-Identifier: MIT
// A plan seen by its traffic: which flows share a way to the ground, and what each way is made of.
import { type Contacts, NO_ROUTE, type RouteTree, SHARE_PARTS } from "../beams/cell-plan.ts";
import type { TrafficPlan } from "./allocation.ts";
import { laserLinkMbps, type NetworkRates } from "./rates.ts";

/** What a resource is, by its kind's place in this list. */
export const RESOURCE_KINDS = ["satellite", "contact", "laser", "fibre"] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/**
 * Flow `f` is the traffic of cell `f` over its beam; flow `cells + k` is that of the cell of extra beam `k`. A cell with
 * several beams spreads its connections over them by what each can carry, as hashing does, so that its demand and its
 * weight are divided in that proportion. All flows of one satellite and one PoP take the same way: they form a group.
 *
 * Resources are numbered in one row. Up and down (the users' directions) of one thing lie together: `2 i` is up, `2 i
 * + 1` down for satellites, contacts and fibre; for a laser link between a < b, `2 i` carries a to b and `2 i + 1` b to
 * a, whichever way the users' traffic goes.
 *
 * A satellite and a gateway may hold several contacts at once, one per band: they carry traffic as one resource, that of
 * the first of them, and those of the others have no capacity.
 */
export interface FlowNetwork {
  readonly flows: number;
  readonly groups: number;
  /** Per flow: group, -1: no beam, no PoP or no route. */
  readonly group: Int32Array;
  readonly groupSatellite: Int32Array;
  readonly groupPop: Int32Array;
  /** Resources of group g: entries `offset[g]` to `offset[g + 1] - 1` of `up` and `down`. */
  readonly offset: Int32Array;
  readonly up: Int32Array;
  readonly down: Int32Array;
  /** Mbit/s that a flow's share of its beam carries. */
  readonly shareUp: Float32Array;
  readonly shareDown: Float32Array;
  /** Part of its cell's demand that a flow takes, for each direction; `null` where no cell has several beams. */
  readonly partUp: Float32Array | null;
  readonly partDown: Float32Array | null;
  /** Per resource, Mbit/s. */
  readonly capacity: Float64Array;
  /** First resource of each kind, in the order of {@link RESOURCE_KINDS}, then their number. */
  readonly base: readonly number[];
  /** Laser links in use by any tree, a below b, sorted. */
  readonly laserA: Int32Array;
  readonly laserB: Int32Array;
  /** Gateway and PoP pairs in use; in the order of their first group. */
  readonly fibreGateway: Int32Array;
  readonly fibrePop: Int32Array;
}

/**
 * Reads the flows of a plan.
 *
 * @throws RangeError where the plan breaks its contract: a PoP without a tree, a tree that lands where there is no
 * contact or that runs in a circle, a rate that is missing or negative.
 */
export function flowNetwork(plan: TrafficPlan, rates: NetworkRates): FlowNetwork {
  const cells = plan.beam.length;
  const flows = cells + plan.extra.cell.length;
  const satellites = rates.satellites.downMbps.length;
  const groups = createGroups(plan, satellites);
  const group = new Int32Array(flows).fill(-1);
  const shareUp = new Float32Array(flows);
  const shareDown = new Float32Array(flows);
  const { channels } = rates;
  for (let cell = 0; cell < cells; cell++) {
    const beam = plan.beam[cell]!;
    const pop = plan.pop[cell]!;
    if (beam < 0 || pop < 0) continue;
    group[cell] = groups.of(beam, pop);
    const part = plan.share[cell]! / SHARE_PARTS;
    shareUp[cell] = channels.upMbps[cell]! * part;
    shareDown[cell] = channels.downMbps[cell]! * part;
  }
  for (let f = cells, k = 0; f < flows; f++, k++) {
    const pop = plan.pop[plan.extra.cell[k]!]!;
    if (pop < 0) continue;
    group[f] = groups.of(plan.extra.beam[k]!, pop);
    const part = plan.extra.share[k]! / SHARE_PARTS;
    shareUp[f] = channels.extra.upMbps[k]! * part;
    shareDown[f] = channels.extra.downMbps[k]! * part;
  }
  const ways = waysOf(plan, satellites, groups.satellite, groups.pop);
  // A satellite without a route: its flows carry nothing and name no resource.
  for (let f = 0; f < flows; f++) if (group[f]! >= 0 && ways.routed[group[f]!] === 0) group[f] = -1;
  return {
    flows,
    groups: groups.satellite.length,
    group,
    groupSatellite: Int32Array.from(groups.satellite),
    groupPop: Int32Array.from(groups.pop),
    shareUp,
    shareDown,
    partUp: cells === flows ? null : partsOf(plan, group, shareUp),
    partDown: cells === flows ? null : partsOf(plan, group, shareDown),
    capacity: capacities(plan, rates, ways),
    ...ways,
  };
}

/** Numbers the pairs of satellite and PoP as they are met; the cells of a beam mostly share one. */
function createGroups(plan: TrafficPlan, satellites: number) {
  const satellite: number[] = [];
  const pop: number[] = [];
  const next: number[] = [];
  const first = new Int32Array(satellites).fill(-1);
  const last = new Int32Array(plan.beams.satellite.length).fill(-1);
  const of = (beam: number, wanted: number): number => {
    const known = last[beam]!;
    if (known >= 0 && pop[known] === wanted) return known;
    const s = plan.beams.satellite[beam]!;
    if (!(s < satellites)) throw new RangeError(`beam ${beam} is of satellite ${s}, which has no rate`);
    let g = first[s]!;
    while (g >= 0 && pop[g] !== wanted) g = next[g]!;
    if (g < 0) {
      g = satellite.length;
      satellite.push(s);
      pop.push(wanted);
      next.push(first[s]!);
      first[s] = g;
    }
    last[beam] = g;
    return g;
  };
  return { satellite, pop, of };
}

/** Walks every group's tree to the ground. */
function waysOf(
  plan: TrafficPlan,
  satellites: number,
  groupSatellite: readonly number[],
  groupPop: readonly number[],
) {
  const groups = groupSatellite.length;
  const trees = treesByPop(plan);
  const contactOf = contactIndex(plan, satellites);
  const lasers = createPairs(satellites);
  const fibres = new Map<number, number>();
  const fibreGateway: number[] = [];
  const fibrePop: number[] = [];
  const contacts = plan.contacts.satellite.length;
  const laserBase = 2 * satellites + 2 * contacts;
  const offset = new Int32Array(groups + 1);
  const routed = new Uint8Array(groups);
  const up: number[] = [];
  const down: number[] = [];
  /** Where in `up` and `down` fibre stands: its base is known when all lasers are. */
  const fibreAt: number[] = [];
  for (let g = 0; g < groups; g++) {
    const pop = groupPop[g]!;
    const tree = trees.get(pop);
    if (tree === undefined) throw new RangeError(`cells use PoP ${pop}, for which the plan has no tree`);
    let s = groupSatellite[g]!;
    offset[g] = up.length;
    if (tree.next[s] === NO_ROUTE) continue;
    routed[g] = 1;
    up.push(2 * s);
    down.push(2 * s + 1);
    for (let hops = 0; tree.next[s]! >= 0; hops++) {
      if (hops > satellites)
        throw new RangeError(`the tree of PoP ${pop} runs in a circle at satellite ${s}`);
      const n = tree.next[s]!;
      const forward = s < n ? 0 : 1;
      const pair = 2 * lasers.of(Math.min(s, n), Math.max(s, n));
      up.push(laserBase + pair + forward);
      down.push(laserBase + pair + 1 - forward);
      s = n;
    }
    const gateway = -1 - tree.next[s]!;
    const contact = contactOf(s, gateway);
    if (contact < 0) {
      throw new RangeError(
        `the tree of PoP ${pop} lands satellite ${s} at gateway ${gateway} without a contact`,
      );
    }
    const key = gateway * 65_536 + pop;
    let fibre = fibres.get(key);
    if (fibre === undefined) {
      fibre = fibreGateway.length;
      fibres.set(key, fibre);
      fibreGateway.push(gateway);
      fibrePop.push(pop);
    }
    fibreAt.push(up.length + 1);
    up.push(2 * (satellites + contact), 2 * fibre);
    down.push(2 * (satellites + contact) + 1, 2 * fibre + 1);
  }
  offset[groups] = up.length;
  const { a, b, rank } = lasers.sorted();
  const fibreBase = laserBase + 2 * a.length;
  const finish = (path: readonly number[]): Int32Array => {
    const out = Int32Array.from(path, r =>
      r < laserBase ? r : laserBase + 2 * rank[(r - laserBase) >> 1]! + ((r - laserBase) & 1),
    );
    for (const at of fibreAt) out[at] = fibreBase + path[at]!;
    return out;
  };
  return {
    offset,
    up: finish(up),
    down: finish(down),
    routed,
    base: [0, 2 * satellites, laserBase, fibreBase, fibreBase + 2 * fibreGateway.length],
    laserA: a,
    laserB: b,
    fibreGateway: Int32Array.from(fibreGateway),
    fibrePop: Int32Array.from(fibrePop),
  };
}

function treesByPop(plan: TrafficPlan): Map<number, RouteTree> {
  return new Map(plan.trees.map(tree => [tree.pop, tree]));
}

/** The first contact of a satellite with a gateway; -1: none. Contacts are sorted by satellite. */
function contactIndex(plan: TrafficPlan, satellites: number): (satellite: number, gateway: number) => number {
  const { satellite, gateway } = plan.contacts;
  const first = new Int32Array(satellites + 1);
  for (let c = 0; c < satellite.length; c++) first[satellite[c]! + 1]!++;
  for (let s = 0; s < satellites; s++) first[s + 1]! += first[s]!;
  return (s, g) => {
    for (let c = first[s]!; c < first[s + 1]!; c++) if (gateway[c] === g) return c;
    return -1;
  };
}

/** The first contact of the same satellite and gateway. */
export function firstContact({ satellite, gateway }: Contacts, contact: number): number {
  let c = contact;
  while (c > 0 && satellite[c - 1] === satellite[c] && gateway[c - 1] === gateway[c]) c -= 1;
  return c;
}

/** Numbers unordered pairs of satellites as they are met. Few per satellite: a list each. */
function createPairs(satellites: number) {
  const first = new Int32Array(satellites).fill(-1);
  const from: number[] = [];
  const to: number[] = [];
  const next: number[] = [];
  return {
    of(a: number, b: number): number {
      let p = first[a]!;
      while (p >= 0 && to[p] !== b) p = next[p]!;
      if (p < 0) {
        p = to.length;
        from.push(a);
        to.push(b);
        next.push(first[a]!);
        first[a] = p;
      }
      return p;
    },
    /** The pairs in order, and the place of each in it. */
    sorted() {
      const order = Int32Array.from(to.keys()).sort((p, q) => from[p]! - from[q]! || to[p]! - to[q]!);
      const rank = new Int32Array(order.length);
      order.forEach((p, k) => {
        rank[p] = k;
      });
      return { a: order.map(p => from[p]!), b: order.map(p => to[p]!), rank };
    },
  };
}

/** A cell's parts in proportion to what its beams can carry; a cell that can carry nothing keeps all on its first. */
function partsOf(plan: TrafficPlan, group: Int32Array, share: Float32Array): Float32Array {
  const cells = plan.beam.length;
  const { cell } = plan.extra;
  const parts = new Float32Array(share.length);
  parts.fill(1, 0, cells);
  for (let from = 0; from < cell.length; ) {
    let to = from;
    while (to < cell.length && cell[to] === cell[from]) to++;
    const own = cell[from]!;
    let sum = group[own]! < 0 ? 0 : share[own]!;
    for (let k = from; k < to; k++) if (group[cells + k]! >= 0) sum += share[cells + k]!;
    if (sum > 0) {
      parts[own] = group[own]! < 0 ? 0 : share[own]! / sum;
      for (let k = from; k < to; k++) if (group[cells + k]! >= 0) parts[cells + k] = share[cells + k]! / sum;
    }
    from = to;
  }
  return parts;
}

function capacities(plan: TrafficPlan, rates: NetworkRates, ways: ReturnType<typeof waysOf>): Float64Array {
  const [satelliteBase, contactBase, laserBase, fibreBase, end] = ways.base as [
    number,
    number,
    number,
    number,
    number,
  ];
  const capacity = new Float64Array(end).fill(Number.POSITIVE_INFINITY);
  ways.laserA.forEach((a, p) => {
    const mbps = laserLinkMbps(rates.satellites, a, ways.laserB[p]!);
    capacity.fill(mbps, laserBase + 2 * p, laserBase + 2 * p + 2);
  });
  rates.satellites.upMbps.forEach((mbps, s) => {
    capacity[satelliteBase + 2 * s] = mbps;
    capacity[satelliteBase + 2 * s + 1] = rates.satellites.downMbps[s]!;
  });
  // A contact's names are the satellite's: its down is the users' up.
  capacity.fill(0, contactBase, laserBase);
  plan.contacts.downMbps.forEach((mbps, c) => {
    const first = contactBase + 2 * firstContact(plan.contacts, c);
    capacity[first]! += mbps;
    capacity[first + 1]! += plan.contacts.upMbps[c]!;
  });
  const { fibreMbps, fibrePops } = rates;
  if (fibreMbps !== undefined) {
    if (fibrePops === undefined) throw new RangeError("fibreMbps needs fibrePops, the length of its rows");
    ways.fibreGateway.forEach((gateway, q) => {
      const mbps = fibreMbps[gateway * fibrePops + ways.fibrePop[q]!];
      capacity.fill(mbps ?? Number.NaN, fibreBase + 2 * q, fibreBase + 2 * q + 2);
    });
  }
  const wrong = capacity.findIndex(mbps => !(mbps >= 0));
  if (wrong >= 0) throw new RangeError(`resource ${wrong} has a capacity of ${capacity[wrong]} Mbit/s`);
  return capacity;
}
