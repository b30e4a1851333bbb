// SPDX-License-Identifier: MIT
import { cellIndex } from "@perigee/earth";
import {
  CELL_REASONS,
  type CellsServing,
  createPlanner,
  diffPlans,
  laserLengths,
  type Planner,
  type Site,
  SLOT_MS,
  type SlotPlan,
  slotStartMs,
} from "@perigee/network";
import { createEphemeris, createPropagator, type Ephemeris, type Propagator } from "@perigee/orbit";
import type { Constellation } from "./constellation.ts";
import { SitesPlanner } from "./sites-planner.ts";
import { GatewayRain } from "./weather/gateway-rain.ts";
import type { Rain } from "./weather/rain.ts";
import { rainedLinks } from "./weather/rained-links.ts";

/** A plan with what it took to make it. */
export interface PlannedSlot {
  readonly plan: SlotPlan;
  /** Milliseconds of computing. */
  readonly computeMs: number;
  /** Terminals whose satellite changed against the slot before. */
  readonly changedSatellites: number;
  /** Terminals with a link through rain. */
  readonly rainedOn: readonly string[];
}

const NOT_PERMITTED = CELL_REASONS.indexOf("notPermitted");

/** Keeps the constellation, makes the plan of each slot and remembers the two newest. */
export class NetworkService {
  readonly seed: number;
  readonly rain: Rain | null;
  #constellation: Constellation;
  #planner: Planner;
  #sitesPlanner: SitesPlanner;
  readonly #gatewayRain: GatewayRain | null;
  #plans: PlannedSlot[] = [];
  /** Made when somebody wants to draw: a start need not wait for it. */
  #propagator: Propagator | null = null;
  #packed: { slot: number; bytes: Buffer } | null = null;

  constructor(constellation: Constellation, seed: number, rain: Rain | null = null) {
    this.seed = seed;
    this.rain = rain;
    this.#constellation = constellation;
    this.#planner = this.#plannerFor(constellation);
    this.#sitesPlanner = new SitesPlanner(this.#planner);
    this.#gatewayRain = rain === null ? null : new GatewayRain(this.#planner, rain);
  }

  get constellation(): Constellation {
    return this.#constellation;
  }

  /** Of the constellation in force. Its buffers are this thread's. */
  get planner(): Planner {
    return this.#planner;
  }

  /** Laser links that are up at a moment, as pairs of satellite indices. */
  lasers(atMs: number): number[] {
    const { elements, motion, topology, policy } = this.#planner;
    const fleet = motion.fleetAt(atMs, createEphemeris(elements.length));
    const km = laserLengths(topology, fleet, policy.routes, new Float64Array(topology.a.length));
    return Array.from(km).flatMap((length, k) => (length < 0 ? [] : [topology.a[k]!, topology.b[k]!]));
  }

  /** Puts another constellation in place; plans already made stay until their slots are over. */
  replace(constellation: Constellation): void {
    const planner = this.#plannerFor(constellation);
    this.#propagator = null;
    this.#planner = planner;
    this.#sitesPlanner = new SitesPlanner(planner);
    this.#constellation = constellation;
    this.#packed = null;
  }

  /**
   * Makes (or makes again, when permissions changed inside a slot) the plan of a slot.
   *
   * @param slot - Slot number.
   * @param sites - Every terminal, with whether it may be given a beam.
   * @param planet - The planet's plan of the slot: it serves the terminals in the cells that it had leave to serve. The
   *   others, at sea beyond its table or admitted since it was made, are planned by themselves.
   */
  plan(slot: number, sites: readonly Site[], planet: CellsServing | null = null): PlannedSlot {
    const started = performance.now();
    const before = this.planOf(slot - 1)?.plan ?? null;
    const byPlanet = new Set(planet === null ? [] : sites.filter(site => isServedBy(planet, site)));
    const alone = sites.filter(site => !byPlanet.has(site));
    const plans: SlotPlan[] = [];
    if (planet !== null) plans.push(this.#planner.plan(slot, [...byPlanet], before, planet));
    const own = alone.length > 0 || planet === null ? this.#serveAlone(slot, alone) : null;
    if (own !== null) plans.push(this.#planner.plan(slot, alone, before, own));
    const { plan, rainedOn } = rainedLinks(
      joined(plans, sites),
      sites,
      site => (byPlanet.has(site) ? planet! : own!),
      this.rain,
    );
    const planned = {
      plan,
      rainedOn,
      computeMs: performance.now() - started,
      changedSatellites:
        before === null ? 0 : diffPlans(before, plan).filter(change => change.satelliteChanged).length,
    };
    this.#plans = [...this.#plans.filter(p => p.plan.slot !== slot && p.plan.slot >= slot - 2), planned].sort(
      (a, b) => a.plan.slot - b.plan.slot,
    );
    return planned;
  }

  planOf(slot: number): PlannedSlot | undefined {
    return this.#plans.find(p => p.plan.slot === slot);
  }

  /**
   * Where every satellite is during a slot, for drawing: a header (Float64 slot start, Float64 slot length in
   * milliseconds, Uint32 count, Uint32 0), then Float32 x, y and z of all satellites at the slot's start, middle and
   * end. Little-endian, Earth-fixed kilometres, NaN where a satellite has no position.
   */
  packedEphemeris(slot: number): Buffer {
    if (this.#packed?.slot !== slot) {
      const startMs = slotStartMs(slot);
      this.#propagator ??= createPropagator(this.#constellation.elements);
      const propagator = this.#propagator;
      const { count } = propagator;
      const bytes = Buffer.alloc(24 + 9 * 4 * count);
      bytes.writeDoubleLE(startMs, 0);
      bytes.writeDoubleLE(SLOT_MS, 8);
      bytes.writeUInt32LE(count, 16);
      const values = new Float32Array(bytes.buffer, bytes.byteOffset + 24, 9 * count);
      let out: Ephemeris | undefined;
      [0, 0.5, 1].forEach((fraction, k) => {
        out = propagator.propagate(startMs + fraction * SLOT_MS, out);
        values.set(out.xKm, (3 * k + 0) * count);
        values.set(out.yKm, (3 * k + 1) * count);
        values.set(out.zKm, (3 * k + 2) * count);
      });
      this.#packed = { slot, bytes };
    }
    return this.#packed.bytes;
  }

  #serveAlone(slot: number, sites: readonly Site[]): CellsServing {
    return this.#sitesPlanner.serve(slot, sites, this.#gatewayRain?.in(slot));
  }

  #plannerFor(constellation: Constellation): Planner {
    return createPlanner({
      elements: constellation.elements,
      elementsVersion: constellation.checksum,
      serviceOf: index => constellation.shells[constellation.shellOf[index]!]!.service,
      seed: this.seed,
    });
  }
}

/** Whether the planet's plan had leave to serve the site's cell: then what it says of it holds, service or none. */
function isServedBy({ cells, plan }: CellsServing, site: Site): boolean {
  const c = cellIndex(cells, site.cell);
  return c >= 0 && plan.reason[c] !== NOT_PERMITTED;
}

/** Plans of one slot as one, links and refusals in the order of the sites. */
function joined(plans: readonly SlotPlan[], sites: readonly Site[]): SlotPlan {
  const [first, ...others] = plans;
  if (others.length === 0) return first!;
  const order = new Map(sites.map(({ id }, k) => [id, k]));
  return {
    ...first!,
    links: plans
      .flatMap(({ links }) => links)
      .sort((a, b) => order.get(a.terminalId)! - order.get(b.terminalId)!),
    unserved: plans
      .flatMap(({ unserved }) => unserved)
      .sort((a, b) => order.get(a.siteId)! - order.get(b.siteId)!),
  };
}
