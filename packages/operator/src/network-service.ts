// SPDX-License-Identifier: MIT
import { cellIndex } from "@perigee/earth";
import {
  CELL_REASONS,
  type CellsServing,
  createPlanner,
  diffPlans,
  handoverGap,
  type LinkState,
  laserLengths,
  type Outage,
  type Planner,
  type Site,
  SLOT_MS,
  type SlotPlan,
  slotStartMs,
} from "@perigee/network";
import { createEphemeris, createPropagator, type Ephemeris, type Propagator } from "@perigee/orbit";
import { conditionedLinks, hopsUnder, type PlacedCondition } from "./conditions/conditioned-links.ts";
import { type Condition, LinkConditions } from "./conditions/link-conditions.ts";
import { hopsOver, joinedParts, namesOf, type Target, targetOf } from "./conditions/target.ts";
import type { Constellation } from "./constellation.ts";
import { RadioSilence } from "./dish/radio-silence.ts";
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
  /** The plan as it is without conditions on links, but for what they put out of order. */
  readonly unconditioned: SlotPlan;
  /** What was out of order when it was made. */
  readonly outage: Outage | undefined;
}

const NOT_PERMITTED = CELL_REASONS.indexOf("notPermitted");

/** Keeps the constellation, makes the plan of each slot and remembers the two newest. */
export class NetworkService {
  readonly seed: number;
  readonly rain: Rain | null;
  readonly conditions: LinkConditions;
  readonly silence: RadioSilence;
  #constellation: Constellation;
  #planner: Planner;
  #sitesPlanner: SitesPlanner;
  readonly #gatewayRain: GatewayRain | null;
  #plans: PlannedSlot[] = [];
  /** Made when somebody wants to draw: a start need not wait for it. */
  #propagator: Propagator | null = null;
  #packed: { slot: number; bytes: Buffer } | null = null;
  /** What targets mean in the constellation in force; `null`: nothing there is called so. */
  #targets = new Map<string, Target | null>();

  constructor(
    constellation: Constellation,
    seed: number,
    rain: Rain | null = null,
    conditions = new LinkConditions(),
    silence = new RadioSilence(),
  ) {
    this.seed = seed;
    this.rain = rain;
    this.conditions = conditions;
    this.silence = silence;
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
    this.#targets = new Map();
  }

  /**
   * Makes (or makes again, when permissions or failures changed inside a slot) the plan of a slot.
   *
   * @param slot - Slot number.
   * @param sites - Every terminal, with whether it may be given a beam.
   * @param planet - The planet's plan of the slot: it serves the terminals in the cells that it had leave to serve. The
   *   others, at sea beyond its table, admitted since it was made, or behind what has failed since, are planned by
   *   themselves.
   * @param atMs - Conditions on links are those of this instant, UTC ms.
   */
  plan(
    slot: number,
    sites: readonly Site[],
    planet: CellsServing | null = null,
    atMs = slotStartMs(slot),
  ): PlannedSlot {
    const started = performance.now();
    const before = this.planOf(slot - 1)?.unconditioned ?? null;
    const outage = this.outageAt(atMs);
    const { plan: ofPlanet, sites: byPlanet } = this.#servedByPlanet(slot, sites, before, planet, outage);
    const alone = sites.filter(site => !byPlanet.has(site));
    const plans: SlotPlan[] = ofPlanet === null ? [] : [ofPlanet];
    const own = alone.length > 0 || planet === null ? this.#serveAlone(slot, alone, outage) : null;
    if (own !== null) plans.push(this.#planner.plan(slot, alone, before, own));
    const { plan, rainedOn } = rainedLinks(
      joined(plans, sites),
      sites,
      site => (byPlanet.has(site) ? planet! : own!),
      this.rain,
    );
    const unconditioned = this.#movedInside(plan, atMs);
    return this.#keep({
      plan: this.#asItIs(unconditioned, atMs),
      unconditioned,
      outage,
      rainedOn,
      computeMs: performance.now() - started,
      changedSatellites:
        before === null ? 0 : diffPlans(before, plan).filter(change => change.satelliteChanged).length,
    });
  }

  /**
   * Puts the conditions of another instant on the links of a slot that is planned.
   *
   * @returns `null` where something failed or came back since, so that the slot must be planned again.
   */
  recondition(slot: number, atMs: number): PlannedSlot | null {
    const planned = this.planOf(slot);
    if (planned === undefined) return null;
    if (JSON.stringify(this.outageAt(atMs)) !== JSON.stringify(planned.outage)) return null;
    const plan = this.#asItIs(planned.unconditioned, atMs);
    return this.#keep({ ...planned, plan });
  }

  /** What conditions put out of order at an instant, in the constellation in force; `undefined`: nothing. */
  outageAt(atMs: number): Outage | undefined {
    return joinedParts(
      this.#placedAt(atMs).flatMap(({ effects, target }) =>
        effects.off === true && target.kind === "network" ? [target.parts] : [],
      ),
    );
  }

  /** Why a condition cannot be put on this; `null`: it can. Terminals are not looked up. */
  faultOfTarget(on: string): string | null {
    const found = targetOf(this.#planner, on);
    return found.ok ? null : found.message;
  }

  /** Terminals whose way leads over a condition's target in a slot. */
  terminalsUnder({ on }: Condition, slot: number): string[] {
    const target = this.#targetOf(on);
    const links = this.planOf(slot)?.unconditioned.links ?? [];
    if (target === null) return [];
    return links.filter(link => hopsUnder(link, target).length > 0).map(({ terminalId }) => terminalId);
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

  /** The part of a slot's plan that the planet's plan serves: not over what failed since that was made. */
  #servedByPlanet(
    slot: number,
    sites: readonly Site[],
    before: SlotPlan | null,
    planet: CellsServing | null,
    outage: Outage | undefined,
  ): { readonly plan: SlotPlan | null; readonly sites: ReadonlySet<Site> } {
    if (planet === null) return { plan: null, sites: new Set() };
    const served = sites.filter(site => isServedBy(planet, site));
    const plan = this.#planner.plan(slot, served, before, planet);
    if (outage === undefined) return { plan, sites: new Set(served) };
    const names = namesOf(this.#planner, outage);
    const broken = new Set(
      plan.links.filter(link => hopsOver(link, names).length > 0).map(({ terminalId }) => terminalId),
    );
    return {
      plan: { ...plan, links: plan.links.filter(({ terminalId }) => !broken.has(terminalId)) },
      sites: new Set(served.filter(({ id }) => !broken.has(id))),
    };
  }

  #serveAlone(slot: number, sites: readonly Site[], outage: Outage | undefined): CellsServing {
    return this.#sitesPlanner.serve(slot, sites, { fade: this.#gatewayRain?.in(slot), outage });
  }

  /** Who is moved to another satellite inside a slot is interrupted then, not at the slot's start. */
  #movedInside(plan: SlotPlan, atMs: number): SlotPlan {
    const earlier = this.planOf(plan.slot)?.unconditioned;
    if (earlier === undefined || atMs <= plan.fromMs) return plan;
    const was = new Map(earlier.links.map(link => [link.terminalId, link]));
    const { policy } = this.#planner;
    const links = plan.links.map((link): LinkState => {
      const known = was.get(link.terminalId);
      if (known === undefined) return link;
      if (known.satellite.catalogNumber === link.satellite.catalogNumber) return { ...link, gap: known.gap };
      const gap = handoverGap(policy.link, this.seed, link.terminalId, plan.slot, atMs);
      if (gap === null) return { ...link, gap };
      const untilMs = Math.min(gap.untilMs, link.untilMs);
      return { ...link, gap: { ...gap, untilMs, dropUntilMs: Math.min(gap.dropUntilMs, untilMs) } };
    });
    return { ...plan, links };
  }

  /** Without the terminals whose radio is off, and with the conditions of an instant on the links of the others. */
  #asItIs(plan: SlotPlan, atMs: number): SlotPlan {
    return conditionedLinks(this.silence.without(plan), this.#placedAt(atMs));
  }

  #placedAt(atMs: number): PlacedCondition[] {
    return this.conditions.at(atMs).flatMap(({ on, fromMs: _, untilMs: __, ...effects }) => {
      const target = this.#targetOf(on);
      return target === null ? [] : [{ effects, target }];
    });
  }

  #targetOf(on: string): Target | null {
    let target = this.#targets.get(on);
    if (target === undefined) {
      const found = targetOf(this.#planner, on);
      target = found.ok ? found.value : null;
      this.#targets.set(on, target);
    }
    return target;
  }

  #keep(planned: PlannedSlot): PlannedSlot {
    const { slot } = planned.plan;
    this.#plans = [...this.#plans.filter(p => p.plan.slot !== slot && p.plan.slot >= slot - 2), planned].sort(
      (a, b) => a.plan.slot - b.plan.slot,
    );
    return planned;
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
