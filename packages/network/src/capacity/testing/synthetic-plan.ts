// SPDX-License-Identifier: MIT
// For benchmarks only: a planet-wide plan with the proportions of a real one, made in seconds by short rules. It stands
// in for the planners so that capacity is measured by itself.
import type { CellTable } from "@perigee/earth";
import { type CellDemand, NO_ROUTE, type RouteTree, SHARE_PARTS } from "../../beams/cell-plan.ts";
import type { Dishes } from "../../ground-segment.ts";
import { createMinHeap } from "../../heap.ts";
import { GENERATIONS, type GenerationId } from "../../payload.ts";
import type { TrafficPlan } from "../allocation.ts";
import { createChannelRater } from "../channel-rates.ts";
import type { CongestionPrices } from "../prices.ts";
import { type NetworkRates, satelliteRates } from "../rates.ts";

const RAD = 180 / Math.PI;
const EARTH_KM = 6371;

/** Walker shells as they fly in 2026, filled up: inclination, altitude, planes, satellites per plane, phasing. */
const SHELLS = [
  { inclinationDeg: 53.2, altitudeKm: 540, planes: 72, perPlane: 18, phasing: 45, generation: "v1.5" },
  { inclinationDeg: 43, altitudeKm: 483, planes: 99, perPlane: 51, phasing: 35, generation: "v2-mini" },
  { inclinationDeg: 53.16, altitudeKm: 475, planes: 40, perPlane: 62, phasing: 19, generation: "v2-mini" },
  { inclinationDeg: 70, altitudeKm: 572, planes: 36, perPlane: 16, phasing: 17, generation: "v1.5" },
  { inclinationDeg: 97.5, altitudeKm: 549, planes: 22, perPlane: 24, phasing: 7, generation: "v1.5" },
] as const satisfies readonly { generation: GenerationId; [key: string]: unknown }[];
const CELLS_PER_BEAM = 8;

interface Site {
  readonly latDeg: number;
  readonly lonDeg: number;
}
interface GatewaySite extends Site {
  readonly dishes: readonly Dishes[];
}

/** Arguments of `allocate`, and where things are. */
export interface SyntheticCase {
  readonly plan: TrafficPlan;
  readonly demand: CellDemand;
  readonly rates: NetworkRates;
  readonly fleet: { readonly xKm: Float64Array; readonly yKm: Float64Array; readonly zKm: Float64Array };
  /** The same beams and contacts with ways that heed prices. */
  rerouted(prices: CongestionPrices): TrafficPlan;
}

/**
 * One slot of real cells and ground sites under a Walker fleet: beams by elevation and load, nearest PoP, shortest ways.
 *
 * @param subscribers Per cell; one in ten of them with priority. 2.75 Mbit/s down and 0.325 up each in the busy hour
 * [M: 2.5 to 3 and 0.25 to 0.4].
 */
export function syntheticPlan(
  table: Pick<CellTable, "count" | "latDeg" | "lonDeg">,
  subscribers: Float64Array,
  ground: { readonly gateways: readonly GatewaySite[]; readonly pops: readonly Site[] },
): SyntheticCase {
  const { gateways, pops } = ground;
  const { count } = table;
  const fleet = fleetOf();
  const cells = vectorsOf(table);
  const contacts = contactsOf(fleet, gateways);
  const lasers = lasersOf(fleet);
  const treesAt = (prices: CongestionPrices | null): RouteTree[] => {
    const contactMs = new Map<number, number>();
    const laserMs = new Map<number, number>();
    prices?.contacts.ms.forEach((ms, k) => {
      contactMs.set(prices.contacts.satellite[k]! * gateways.length + prices.contacts.gateway[k]!, ms);
    });
    prices?.lasers.ms.forEach((ms, k) => {
      laserMs.set(prices.lasers.a[k]! * fleet.count + prices.lasers.b[k]!, ms);
    });
    return pops.map((pop, p) => treeOf(fleet, gateways, contacts, lasers, pop, p, contactMs, laserMs));
  };
  const popVectors = pops.map(vectorOf);
  const pop = new Int16Array(count);
  for (let i = 0; i < count; i++) {
    let best = -2;
    popVectors.forEach(([x, y, z], p) => {
      const dot = x * cells.x[i]! + y * cells.y[i]! + z * cells.z[i]!;
      if (dot <= best) return;
      best = dot;
      pop[i] = p;
    });
  }
  const beams = beamsOf(fleet, cells, subscribers);
  const plan: TrafficPlan = {
    slot: 0,
    ...beams,
    extra: { cell: new Int32Array(), beam: new Int32Array(), share: new Uint8Array() },
    pop,
    contacts,
    trees: treesAt(null),
  };
  const classOf = (name: string, part: number) => ({
    name,
    downMbps: Float32Array.from(subscribers, n => 2.75 * part * n),
    upMbps: Float32Array.from(subscribers, n => 0.325 * part * n),
    weight: Float32Array.from(subscribers, n => Math.max(1e-6, part * n)),
  });
  return {
    plan,
    demand: { version: "synthetic", classes: [classOf("priority", 0.1), classOf("ordinary", 0.9)] },
    rates: {
      channels: createChannelRater(table).ratesOf(plan, fleet),
      satellites: satelliteRates(fleet.generationOf),
    },
    fleet,
    rerouted: prices => ({ ...plan, trees: treesAt(prices) }),
  };
}

function vectorOf({ latDeg, lonDeg }: Site): [x: number, y: number, z: number] {
  const cos = Math.cos(latDeg / RAD);
  return [cos * Math.cos(lonDeg / RAD), cos * Math.sin(lonDeg / RAD), Math.sin(latDeg / RAD)];
}

function fleetOf() {
  const count = SHELLS.reduce((sum, { planes, perPlane }) => sum + planes * perPlane, 0);
  const xKm = new Float64Array(count);
  const yKm = new Float64Array(count);
  const zKm = new Float64Array(count);
  const generationOf = new Uint8Array(count);
  const shellStart: number[] = [];
  let i = 0;
  for (const { inclinationDeg, altitudeKm, planes, perPlane, phasing, generation: kind } of SHELLS) {
    shellStart.push(i);
    const r = EARTH_KM + altitudeKm;
    const [ci, si] = [Math.cos(inclinationDeg / RAD), Math.sin(inclinationDeg / RAD)];
    for (let p = 0; p < planes; p++) {
      const node = (2 * Math.PI * p) / planes;
      for (let s = 0; s < perPlane; s++, i++) {
        const u = 2 * Math.PI * (s / perPlane + (phasing * p) / (planes * perPlane));
        xKm[i] = r * (Math.cos(node) * Math.cos(u) - Math.sin(node) * Math.sin(u) * ci);
        yKm[i] = r * (Math.sin(node) * Math.cos(u) + Math.cos(node) * Math.sin(u) * ci);
        zKm[i] = r * Math.sin(u) * si;
        generationOf[i] = GENERATIONS.findIndex(({ id }) => id === kind);
      }
    }
  }
  return { count, xKm, yKm, zKm, generationOf, shellStart };
}
type Fleet = ReturnType<typeof fleetOf>;

function vectorsOf({ count, latDeg, lonDeg }: Pick<CellTable, "count" | "latDeg" | "lonDeg">) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const z = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const cos = Math.cos(latDeg[i]! / RAD);
    x[i] = cos * Math.cos(lonDeg[i]! / RAD);
    y[i] = cos * Math.sin(lonDeg[i]! / RAD);
    z[i] = Math.sin(latDeg[i]! / RAD);
  }
  return { count, latDeg, lonDeg, x, y, z };
}

/** Each antenna takes the nearest satellite in view that has a link of its band left; one link of a pair at most. */
function contactsOf(fleet: Fleet, gateways: readonly GatewaySite[]): TrafficPlan["contacts"] {
  const used = { Ka: new Uint8Array(fleet.count), E: new Uint8Array(fleet.count) };
  const linksOf = (s: number, band: Dishes["band"]): number =>
    GENERATIONS[fleet.generationOf[s]!]!.gatewayLinks.find(link => link.band === band)?.count ?? 0;
  const rows: { satellite: number; gateway: number; rangeKm: number; downMbps: number; upMbps: number }[] =
    [];
  gateways.forEach((site, gateway) => {
    const inView: { satellite: number; rangeKm: number }[] = [];
    const [x, y, z] = vectorOf(site);
    for (let s = 0; s < fleet.count; s++) {
      const dx = fleet.xKm[s]! - EARTH_KM * x;
      const dy = fleet.yKm[s]! - EARTH_KM * y;
      const dz = fleet.zKm[s]! - EARTH_KM * z;
      const rangeKm = Math.hypot(dx, dy, dz);
      if (dx * x + dy * y + dz * z > Math.sin(25 / RAD) * rangeKm) inView.push({ satellite: s, rangeKm });
    }
    inView.sort((a, b) => a.rangeKm - b.rangeKm || a.satellite - b.satellite);
    const tracked = new Set<number>();
    // E first: it carries more.
    for (const { band, count, downMbps, upMbps } of [...site.dishes].sort((a, b) => b.upMbps - a.upMbps)) {
      const free = inView.filter(({ satellite: s }) => !tracked.has(s) && used[band][s]! < linksOf(s, band));
      for (const { satellite, rangeKm } of free.slice(0, count)) {
        used[band][satellite]!++;
        tracked.add(satellite);
        rows.push({ satellite, gateway, rangeKm, downMbps, upMbps });
      }
    }
  });
  rows.sort((a, b) => a.satellite - b.satellite || a.gateway - b.gateway);
  return {
    satellite: Int32Array.from(rows, row => row.satellite),
    gateway: Int32Array.from(rows, row => row.gateway),
    downMbps: Float32Array.from(rows, row => row.downMbps),
    upMbps: Float32Array.from(rows, row => row.upMbps),
    rangeKm: Float32Array.from(rows, row => row.rangeKm),
  };
}

/** Each satellite's next in its plane and the nearest of the next plane: a +Grid. Rows of `from` to `to`. */
function lasersOf(fleet: Fleet): number[][] {
  const rows: number[][] = Array.from({ length: fleet.count }, () => []);
  SHELLS.forEach(({ planes, perPlane }, shell) => {
    const start = fleet.shellStart[shell]!;
    for (let p = 0; p < planes; p++) {
      for (let s = 0; s < perPlane; s++) {
        const a = start + p * perPlane + s;
        const ahead = start + p * perPlane + ((s + 1) % perPlane);
        let east = -1;
        let least = Number.POSITIVE_INFINITY;
        for (let k = 0; k < perPlane; k++) {
          const b = start + ((p + 1) % planes) * perPlane + k;
          const km = lengthKm(fleet, a, b);
          if (km < least) [least, east] = [km, b];
        }
        for (const b of [ahead, east]) {
          if (lengthKm(fleet, a, b) > 5000 || rows[a]!.includes(b)) continue;
          rows[a]!.push(b);
          rows[b]!.push(a);
        }
      }
    }
  });
  return rows;
}

const lengthKm = ({ xKm, yKm, zKm }: Fleet, a: number, b: number): number =>
  Math.hypot(xKm[a]! - xKm[b]!, yKm[a]! - yKm[b]!, zKm[a]! - zKm[b]!);

/** Shortest ways to a PoP, fibre at 1.4 times the great circle. */
function treeOf(
  fleet: Fleet,
  gateways: readonly GatewaySite[],
  contacts: TrafficPlan["contacts"],
  lasers: readonly number[][],
  pop: Site,
  index: number,
  contactMs: ReadonlyMap<number, number>,
  laserMs: ReadonlyMap<number, number>,
): RouteTree {
  const delayMs = new Float64Array(fleet.count).fill(Number.POSITIVE_INFINITY);
  const next = new Int32Array(fleet.count).fill(NO_ROUTE);
  const heap = createMinHeap(fleet.count);
  const [x, y, z] = vectorOf(pop);
  const fibreMs = gateways.map(site => {
    const [gx, gy, gz] = vectorOf(site);
    return (Math.acos(Math.min(1, gx * x + gy * y + gz * z)) * EARTH_KM * 1.4 * 4.9) / 1000;
  });
  const reach = (s: number, ms: number, to: number): void => {
    if (ms >= delayMs[s]!) return;
    delayMs[s] = ms;
    next[s] = to;
    heap.push(s, ms);
  };
  contacts.satellite.forEach((s, c) => {
    const gateway = contacts.gateway[c]!;
    reach(
      s,
      contacts.rangeKm[c]! / 299.792458 +
        fibreMs[gateway]! +
        (contactMs.get(s * gateways.length + gateway) ?? 0),
      -1 - gateway,
    );
  });
  for (let s = heap.pop(); s >= 0; s = heap.pop()) {
    for (const other of lasers[s]!) {
      const price = laserMs.get(Math.min(s, other) * fleet.count + Math.max(s, other)) ?? 0;
      reach(other, delayMs[s]! + lengthKm(fleet, s, other) / 299.792458 + 0.2 + price, s);
    }
  }
  return { pop: index, delayMs, next };
}

/** Every cell to the highest satellite above 25 degrees, less a price for its load; then into beams, by demand. */
function beamsOf(fleet: Fleet, cells: ReturnType<typeof vectorsOf>, load: Float64Array) {
  const near = nearSatellites(fleet);
  const taken = new Int32Array(fleet.count);
  const beamsAt = Int32Array.from(fleet.generationOf, kind => GENERATIONS[kind]!.downBeams);
  const room = beamsAt.map(count => count * CELLS_PER_BEAM);
  const serving = new Int32Array(cells.count).fill(-1);
  for (let i = 0; i < cells.count; i++) {
    const [x, y, z] = [cells.x[i]!, cells.y[i]!, cells.z[i]!];
    let best = 0;
    for (const s of near(cells.latDeg[i]!, cells.lonDeg[i]!)) {
      if (taken[s] === room[s]) continue;
      const dx = fleet.xKm[s]! - EARTH_KM * x;
      const dy = fleet.yKm[s]! - EARTH_KM * y;
      const dz = fleet.zKm[s]! - EARTH_KM * z;
      const sine = (dx * x + dy * y + dz * z) / Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (sine < Math.sin(25 / RAD)) continue;
      const score = 1.01 + 0.5 * sine - taken[s]! / room[s]!;
      if (score <= best) continue;
      best = score;
      serving[i] = s;
    }
    if (serving[i]! >= 0) taken[serving[i]!]!++;
  }
  const first = new Int32Array(fleet.count + 1);
  for (let s = 0; s < fleet.count; s++) {
    first[s + 1] = first[s]! + Math.min(taken[s]!, beamsAt[s]!);
  }
  const satellite = new Int32Array(first[fleet.count]!);
  for (let s = 0; s < fleet.count; s++) satellite.fill(s, first[s]!, first[s + 1]!);
  const beam = new Int32Array(cells.count).fill(-1);
  const seen = new Int32Array(fleet.count);
  const members = new Int32Array(satellite.length);
  const sum = new Float64Array(satellite.length);
  for (let i = 0; i < cells.count; i++) {
    const s = serving[i]!;
    if (s < 0) continue;
    const b = first[s]! + (seen[s]!++ % (first[s + 1]! - first[s]!));
    beam[i] = b;
    members[b]!++;
    sum[b]! += load[i]!;
  }
  const share = Uint8Array.from(beam, (b, i) =>
    b < 0 ? 0 : 1 + Math.floor(((SHARE_PARTS - members[b]!) * load[i]!) / sum[b]!),
  );
  return { beam, share, beams: { satellite, colour: new Uint8Array(satellite.length) } };
}

/** Satellites near a place, by squares of 5 degrees. */
function nearSatellites(fleet: Fleet): (latDeg: number, lonDeg: number) => readonly number[] {
  const STEP = 5;
  const squares = new Map<number, number[]>();
  const place = Array.from({ length: fleet.count }, (_, s) => {
    const r = Math.hypot(fleet.xKm[s]!, fleet.yKm[s]!, fleet.zKm[s]!);
    return [fleet.xKm[s]! / r, fleet.yKm[s]! / r, fleet.zKm[s]! / r] as const;
  });
  return (latDeg, lonDeg) => {
    const row = Math.floor((latDeg + 90) / STEP);
    const column = Math.floor((lonDeg + 180) / STEP);
    const key = row * 100 + column;
    let list = squares.get(key);
    if (list === undefined) {
      const [x, y, z] = vectorOf({ latDeg: (row + 0.5) * STEP - 90, lonDeg: (column + 0.5) * STEP - 180 });
      // 9 degrees of ground reach and half the square's diagonal.
      const limit = Math.cos((9 + 0.71 * STEP) / RAD);
      list = [...place.keys()].filter(s => x * place[s]![0] + y * place[s]![1] + z * place[s]![2] > limit);
      squares.set(key, list);
    }
    return list;
  };
}
