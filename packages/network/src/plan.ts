// SPDX-License-Identifier: MIT
import { isCell } from "@perigee/earth";
import {
  altitudeFromMeanMotionKm,
  createEphemeris,
  createPropagator,
  type Elements,
  isSunlit,
  observerFrame,
  type PlaneMap,
  planesOf,
  type Service,
  serviceAtAltitude,
  sunEcef,
} from "@perigee/orbit";
import { hashText, uniform } from "./draw.ts";
import { elementsVersion } from "./elements-version.ts";
import { createFleetMotion, type FleetMotion } from "./fleet-motion.ts";
import { builtInGround, type GroundSegment, type Pop } from "./ground-segment.ts";
import { gsoArc, tooNearGso } from "./gso.ts";
import { createHomePops, type HomePops } from "./home-pops.ts";
import { type LaserGrid, laserGrid } from "./lasers.ts";
import type { LinkState } from "./link-state.ts";
import { linkStateOf } from "./link-state-of.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import { createRouter, LIGHT_KM_PER_MS, type Router } from "./routes.ts";
import { assignSatellites, type Candidate, type Request } from "./scheduler.ts";
import { SLOT_MS, slotStartMs } from "./slot.ts";
import type { Site, SlotPlan, UnservedReason, UnservedSite } from "./slot-plan.ts";
import { createSky, isAbove, remainingSeconds, skyOf } from "./visibility.ts";

/** Draws of {@link plan} for `ScoreWeights.contention`; apart from those of a link. */
const CONTENTION = 16;

/** What a planner is made of. */
export interface PlannerOptions {
  readonly elements: readonly Elements[];
  /** Names the elements in every plan; default a hash of them. */
  readonly elementsVersion?: string;
  /** What a satellite (index) is for; default from its orbit, see {@link serviceByOrbit}. Only broadband serves. */
  readonly serviceOf?: (satellite: number) => Service;
  /** Default {@link builtInGround}. */
  readonly ground?: GroundSegment;
  /** Default {@link defaultPolicy}. */
  readonly policy?: Policy;
  /** 32-bit; every draw of every plan starts from it. */
  readonly seed: number;
  /** The PoP where a site's addresses live; default the one with the least mean delay, {@link HomePops}. */
  readonly homePopOf?: (site: Site) => Pop | null;
}

/** Plans slots over one set of elements and one ground segment. Holds buffers: one per thread. */
export interface Planner {
  readonly elements: readonly Elements[];
  readonly elementsVersion: string;
  readonly ground: GroundSegment;
  readonly policy: Policy;
  readonly planes: PlaneMap;
  readonly motion: FleetMotion;
  readonly lasers: LaserGrid;
  /** Per satellite: 1 where it serves. */
  readonly serving: Uint8Array;
  /** Where the addresses of a cell's subscribers live, unless `homePopOf` says otherwise. */
  readonly homes: HomePops;
  /**
   * Who serves whom in a slot. `previous` is the plan before it, for stickiness and handover gaps; `null` where there
   * is none. The same arguments give the same plan, byte for byte, whatever was asked before.
   *
   * @throws RangeError for a site without a finite position, without a cell or with an id given twice: a caller's error.
   */
  plan(slot: number, sites: readonly Site[], previous: SlotPlan | null): SlotPlan;
}

/** A site on its way through one plan. */
interface SiteWork {
  readonly site: Site;
  readonly pop: Pop | null;
  readonly previous: number;
  options: Omit<Candidate, "oneWayMs" | "gateway" | "landing">[];
  rangeKm: number[];
  refused: UnservedReason | null;
}

export function createPlanner(options: PlannerOptions): Planner {
  const { elements, seed } = options;
  const policy = options.policy ?? defaultPolicy;
  const ground = options.ground ?? builtInGround();
  const version = options.elementsVersion ?? elementsVersion(elements);
  const planes = planesOf(elements);
  const serviceOf = options.serviceOf ?? serviceByOrbit(planes);
  const serving = Uint8Array.from(elements, (_, i) => (serviceOf(i) === "broadband" ? 1 : 0));
  const propagator = createPropagator(elements);
  const motion = createFleetMotion(propagator);
  const lasers = laserGrid(planes, serving);
  const router = createRouter(elements.length, lasers, ground, policy.routes);
  const { scheduler } = policy;
  const minElevationDeg = Float64Array.from(elements, set =>
    altitudeFromMeanMotionKm(set.meanMotionRevPerDay) < scheduler.lowShellBelowKm
      ? scheduler.lowShellMinElevationDeg
      : scheduler.minElevationDeg,
  );
  const leastElevationDeg = Math.min(scheduler.minElevationDeg, scheduler.lowShellMinElevationDeg);
  const homes = createHomePops({ propagator, lasers, serving, ground, policy, minElevationDeg });
  const homePopOf = options.homePopOf ?? (site => homes.homeOf(site.cell));
  const newness = newnessOf(elements);
  const indexOf = new Map(elements.map((set, i) => [set.catalogNumber, i]));
  const start = createEphemeris(elements.length);
  const end = createEphemeris(elements.length);
  const usable = new Uint8Array(elements.length);
  const sky = createSky(elements.length);
  const middle = new Float64Array(3);

  /** Fills `work.options`: satellites that pass every mask from the slot's start to its end. */
  function look(work: SiteWork, slot: number, fromMs: number, sun: ReturnType<typeof sunEcef>): void {
    const { latDeg, lonDeg, heightM, id } = work.site;
    const frame = observerFrame({ latDeg, lonDeg, altitudeKm: heightM / 1000 });
    const arc = gsoArc(frame);
    const least = scheduler.userGsoSeparationDeg;
    const terminal = hashText(id);
    let inView = 0;
    skyOf(frame, start, usable, leastElevationDeg, sky);
    for (let k = 0; k < sky.count; k++) {
      const i = sky.satellite[k]!;
      const minimum = minElevationDeg[i]!;
      // A pass rises once and sinks once: above at both ends is above between them.
      if (sky.elevationDeg[k]! < minimum || !isAbove(frame, end, i, minimum)) continue;
      inView += 1;
      if (tooNearGso(arc, start.xKm[i]!, start.yKm[i]!, start.zKm[i]!, least)) continue;
      if (tooNearGso(arc, end.xKm[i]!, end.yKm[i]!, end.zKm[i]!, least)) continue;
      motion.positionAt(i, fromMs + SLOT_MS / 2, middle, 0);
      if (tooNearGso(arc, middle[0]!, middle[1]!, middle[2]!, least)) continue;
      work.rangeKm.push(sky.rangeKm[k]!);
      work.options.push({
        satellite: i,
        elevationDeg: sky.elevationDeg[k]!,
        minElevationDeg: minimum,
        remainingS: remainingSeconds(frame, start, i, minimum),
        sunlit: isSunlit({ xKm: start.xKm[i]!, yKm: start.yKm[i]!, zKm: start.zKm[i]! }, sun),
        newness: newness[i]!,
        contention: uniform(seed, terminal, slot, CONTENTION + i),
      });
    }
    if (work.options.length === 0) work.refused = inView === 0 ? "noSatellite" : "geostationaryArc";
  }

  function plan(slot: number, sites: readonly Site[], previous: SlotPlan | null): SlotPlan {
    checkSites(sites);
    const fromMs = slotStartMs(slot);
    motion.fleetAt(fromMs, start);
    motion.fleetAt(fromMs + SLOT_MS, end);
    for (let i = 0; i < usable.length; i++) usable[i] = start.error[i] === 0 ? serving[i]! : 0;
    router.beginSlot(start, end, usable);
    const sun = sunEcef(fromMs);
    const before = new Map(previous?.links.map(link => [link.terminalId, link]));

    const works = sites.map((site): SiteWork => {
      const last = before.get(site.id);
      const work: SiteWork = {
        site,
        pop: site.permitted ? homePopOf(site) : null,
        previous: last === undefined ? -1 : (indexOf.get(last.satellite.catalogNumber) ?? -1),
        options: [],
        rangeKm: [],
        refused: site.permitted ? null : "notPermitted",
      };
      if (work.refused === null) look(work, slot, fromMs, sun);
      if (work.refused === null && work.pop === null) work.refused = "noRoute";
      return work;
    });
    const trees = routesFor(works, router);
    const requests = works.map(work => requestOf(work, trees));
    const chosen = assignSatellites(requests, scheduler, { antennas: g => ground.gateways[g]!.antennas });
    const sharers = Map.groupBy(
      works.keys().filter(k => chosen[k] !== null),
      k => `${chosen[k]!.satellite} ${works[k]!.site.cell}`,
    );

    const links: LinkState[] = [];
    const unserved: UnservedSite[] = [];
    works.forEach((work, k) => {
      const choice = chosen[k]!;
      if (choice === null || work.pop === null) {
        const reason = work.refused ?? (requests[k]!.candidates.length === 0 ? "noRoute" : "noBeam");
        unserved.push({ siteId: work.site.id, reason });
        return;
      }
      links.push(
        linkStateOf({
          site: work.site,
          slot,
          seed,
          satellites: trees.get(work.pop.code)!.pathFrom(choice.satellite).satellites,
          gateway: ground.gateways[choice.gateway]!,
          pop: work.pop,
          fibreKm: router.fibreKm(choice.gateway, work.pop),
          sharers: sharers.get(`${choice.satellite} ${work.site.cell}`)!.length,
          previous: previous?.slot === slot - 1 ? (before.get(work.site.id) ?? null) : null,
          elements,
          motion,
          policy,
        }),
      );
    });
    return { slot, fromMs, untilMs: fromMs + SLOT_MS, elementsVersion: version, links, unserved };
  }

  return { elements, elementsVersion: version, ground, policy, planes, motion, lasers, serving, homes, plan };
}

/** What satellites are for, told from their orbits: those in no shell are being raised or lowered. */
export function serviceByOrbit(planes: PlaneMap): (satellite: number) => Service {
  return satellite => {
    const shell = planes.shells[planes.shellOf[satellite]!];
    return shell === undefined ? "raising" : serviceAtAltitude(shell.altitudeKm);
  };
}

/** One route tree per PoP that any site needs. */
function routesFor(works: readonly SiteWork[], router: Router) {
  const wanted = new Map<Pop, Set<number>>();
  for (const { pop, options } of works) {
    if (pop === null || options.length === 0) continue;
    const set = wanted.get(pop) ?? new Set();
    for (const { satellite } of options) set.add(satellite);
    wanted.set(pop, set);
  }
  return new Map([...wanted].map(([pop, satellites]) => [pop.code, router.routesTo(pop, satellites)]));
}

/** A site's choices with their routes; satellites without one are left out. */
function requestOf(work: SiteWork, trees: ReturnType<typeof routesFor>): Request {
  const { site, pop, previous, options, rangeKm } = work;
  const tree = pop === null ? undefined : trees.get(pop.code);
  const candidates: Candidate[] = [];
  if (tree !== undefined) {
    options.forEach((option, k) => {
      const routeMs = tree.delayMs[option.satellite]!;
      if (routeMs === Number.POSITIVE_INFINITY) return;
      const path = tree.pathFrom(option.satellite);
      candidates.push({
        ...option,
        oneWayMs: rangeKm[k]! / LIGHT_KM_PER_MS + routeMs,
        gateway: path.gateway,
        landing: path.satellites.at(-1)!,
      });
    });
  }
  return { siteId: site.id, cell: site.cell, previous, candidates };
}

/** Rank of each satellite by catalogue number, 0 to 1. */
function newnessOf(elements: readonly Elements[]): Float64Array {
  const newness = new Float64Array(elements.length);
  elements
    .map((set, i) => ({ i, catalogNumber: set.catalogNumber }))
    .sort((a, b) => a.catalogNumber - b.catalogNumber)
    .forEach(({ i }, rank) => {
      newness[i] = elements.length > 1 ? rank / (elements.length - 1) : 0;
    });
  return newness;
}

function checkSites(sites: readonly Site[]): void {
  const seen = new Set<string>();
  for (const { id, latDeg, lonDeg, heightM, cell } of sites) {
    if (seen.has(id)) throw new RangeError(`site ${id} is given twice`);
    seen.add(id);
    if (!(Math.abs(latDeg) <= 90 && Number.isFinite(lonDeg) && Number.isFinite(heightM))) {
      throw new RangeError(`site ${id} has no position: ${latDeg}, ${lonDeg}, ${heightM} m`);
    }
    if (!isCell(cell)) throw new RangeError(`site ${id} is in "${cell}", which is no cell`);
  }
}
