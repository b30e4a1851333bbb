// SPDX-License-Identifier: MIT
// Contacts and trees of a plan: antennas, ports, geometry, and that every way is there, ends, and is the shortest.
import { NO_ROUTE, type RouteTree } from "../beams/cell-plan.ts";
import type { GatewayBand } from "../payload.ts";
import { arcMarginDeg, inSight } from "./check-sight.ts";
import { distance, elevationDeg, greatCircleKm, type Points, ringAngleDeg } from "./own-sky.ts";
import { DEG, type PlanCase } from "./plan-case.ts";
import type { Findings } from "./plan-findings.ts";

const LIGHT_KM_PER_MS = 299.792458;
/** Two satellites 10 m from SGP4. */
const KM = 0.02;
/** One hop between satellites that are 10 m off, and a range in single precision. */
const HOP_MS = 0.0002;
const BANDS: readonly GatewayBand[] = ["Ka", "E"];

/** Every contact from the slot's start to its end; no antenna and no port twice. */
export function checkContacts(at: PlanCase, found: Findings): void {
  const { plan, ground, policy, payload, usable, gateway: sites, sky, outage } = at;
  const { satellite, gateway, upMbps, downMbps, rangeKm } = plan.contacts;
  // One row may stand for links in both bands; where rows say which they are, bands are counted one by one.
  const { band } = plan.contacts as { readonly band?: Uint8Array };
  const least = policy.routes.gatewayGsoSeparationDeg;
  const down = new Set(outage?.gateways);
  const antennas = new Map<string, number>();
  const ports = new Map<string, number>();
  const add = (tally: Map<string, number>, key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
  if ([gateway, upMbps, downMbps, rangeKm].some(column => column.length !== satellite.length)) {
    found.add("shape", "the columns of contacts differ in length");
    return;
  }
  for (let c = 0; c < satellite.length; c++) {
    const [i, g] = [satellite[c]!, gateway[c]!];
    const site = ground.gateways[g];
    if (payload[i] === undefined || site === undefined) {
      found.add("index", `contact ${c} joins satellite ${i} and gateway ${g}`);
      continue;
    }
    const [before, gatewayBefore] = [satellite[c - 1] ?? -1, gateway[c - 1] ?? -1];
    const same = i === before && g === gatewayBefore;
    if (
      i < before ||
      (i === before && g < gatewayBefore) ||
      (same && (band === undefined || band[c]! <= band[c - 1]!))
    )
      found.add("order", `contact ${c} of satellite ${i} and gateway ${g}`);
    const where = { satellite: i };
    if (usable[i] !== 1 || down.has(g)) found.add("contactOutage", `contact with gateway ${g}`, where);
    for (const instant of [sky[0], sky[4]]) {
      const high = elevationDeg(sites, g, instant, i) - site.minElevationDeg;
      found.least("contactElevationMarginDeg", high);
      if (!(high >= -DEG))
        found.add("contactElevation", `${high.toFixed(4)} degrees over the least of ${site.id}`, where);
      const arc = ringAngleDeg(sites, g, instant, i, least) - least;
      found.least("contactArcMarginDeg", arc);
      if (!(arc >= -DEG))
        found.add("contactArc", `${arc.toFixed(4)} degrees beyond the limit at ${site.id}`, where);
    }
    const km = distance(sites, g, sky[0], i);
    if (!(Math.abs(rangeKm[c]! - km) < KM))
      found.add("contactRange", `${rangeKm[c]} km, ${km.toFixed(3)} found`, where);
    const dishes = site.dishes.filter(dish => band === undefined || dish.band === BANDS[band[c]!]);
    const shared = dishes.filter(dish => payload[i]!.gatewayLinks.some(link => link.band === dish.band));
    const most = (of: "upMbps" | "downMbps") => shared.reduce((sum, dish) => sum + dish[of], 0);
    if (
      !(
        upMbps[c]! > 0 &&
        upMbps[c]! <= most("upMbps") &&
        downMbps[c]! > 0 &&
        downMbps[c]! <= most("downMbps")
      )
    )
      found.add("contactRate", `${upMbps[c]} up and ${downMbps[c]} down at ${site.id}`, where);
    add(antennas, `${g} ${band?.[c] ?? ""}`);
    add(ports, `${i} ${band?.[c] ?? ""}`);
  }
  for (const [key, used] of antennas) {
    const [g, b] = key.split(" ");
    const site = ground.gateways[Number(g)]!;
    const has =
      b === "" ? site.antennas : (site.dishes.find(dish => dish.band === BANDS[Number(b)])?.count ?? 0);
    if (used > has)
      found.add("antennas", `${site.id} tracks ${used} satellites with ${has} antennas ${BANDS[Number(b)]}`);
  }
  for (const [key, used] of ports) {
    const [i, b] = key.split(" ");
    const links = payload[Number(i)]!.gatewayLinks.filter(link => b === "" || link.band === BANDS[Number(b)]);
    const has = links.reduce((sum, link) => sum + link.count, 0);
    if (used > has) found.add("ports", `${used} links with ${has} ports`, { satellite: Number(i) });
  }
  found.figures["contacts"] = satellite.length;
}

/** A laser link that is long and high enough from start to end; what is within 20 m of a limit is neither. */
interface LaserLink {
  readonly a: number;
  readonly b: number;
  readonly ms: number;
  /** Past every doubt, and acquired: a shorter way over it must have been taken. */
  readonly sure: boolean;
}

/** Own reading of which lasers can carry, by pair `a * satellites + b` with a below b. */
export function laserLinks(at: PlanCase): ReadonlyMap<number, LaserLink> {
  const { topology, usable, policy, sky, outage, acquired } = at;
  const { laserRangeKm, laserClearanceKm, laserHopMs } = policy.routes;
  const n = usable.length;
  const broken = new Set((outage?.lasers ?? []).map(([a, b]) => Math.min(a, b) * n + Math.max(a, b)));
  const links = new Map<number, LaserLink>();
  for (let k = 0; k < topology.a.length; k++) {
    const [a, b] = [topology.a[k]!, topology.b[k]!];
    const key = Math.min(a, b) * n + Math.max(a, b);
    if (usable[a] !== 1 || usable[b] !== 1 || broken.has(key) || acquired?.[k] === 0) continue;
    let spareKm = Number.POSITIVE_INFINITY;
    for (const instant of [sky[0], sky[4]]) {
      spareKm = Math.min(spareKm, laserRangeKm - distance(instant, a, instant, b));
      spareKm = Math.min(spareKm, lowestKm(instant, a, b) - 6371 - laserClearanceKm);
    }
    if (!(spareKm > -KM)) continue;
    const ms = distance(sky[0], a, sky[0], b) / LIGHT_KM_PER_MS + laserHopMs;
    links.set(key, { a, b, ms, sure: spareKm > KM });
  }
  return links;
}

/** How near the segment between two satellites comes to the Earth's centre, by golden-section search. */
function lowestKm(sky: Points, a: number, b: number): number {
  const radius = (s: number) => {
    const x = sky.x[a]! + s * (sky.x[b]! - sky.x[a]!);
    const y = sky.y[a]! + s * (sky.y[b]! - sky.y[a]!);
    const z = sky.z[a]! + s * (sky.z[b]! - sky.z[a]!);
    return Math.sqrt(x * x + y * y + z * z);
  };
  let [low, high] = [0, 1];
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-6) {
    const width = golden * (high - low);
    if (radius(high - width) < radius(low + width)) high = low + width;
    else low = high - width;
  }
  return radius((low + high) / 2);
}

/**
 * Every tree. Delays that fall with each hop end; delays that are sums along their way, and that no link and no contact
 * undercuts, are the least there are (the optimality conditions of shortest paths).
 */
export function checkTrees(at: PlanCase, found: Findings): void {
  const { plan, elements, ground, policy, sky, gateway: sites, outage, topology, payload } = at;
  const n = elements.length;
  const links = laserLinks(at);
  const laserCount = new Uint8Array(n);
  for (const end of [topology.a, topology.b]) for (const i of end) laserCount[i]!++;
  laserCount.forEach((has, i) => {
    // The plus grid is flown by satellites with one terminal more.
    const more = policy.routes.laserLayout === "plusGrid" && payload[i]!.lasers > 0 ? 1 : 0;
    if (has > payload[i]!.lasers + more) found.add("laserTerminals", `${has} laser links`, { satellite: i });
  });
  const { satellite, gateway } = plan.contacts;
  const contacts = new Map<number, number>();
  for (let c = 0; c < satellite.length; c++) {
    const [i, g] = [satellite[c]!, gateway[c]!];
    if (sites.x[g] === undefined || elements[i] === undefined) continue;
    contacts.set(i * sites.x.length + g, distance(sky[0], i, sites, g) / LIGHT_KM_PER_MS);
  }
  const seen = new Set<number>();
  for (const tree of plan.trees) {
    const pop = ground.pops[tree.pop];
    if (pop === undefined || seen.has(tree.pop) || tree.delayMs.length !== n || tree.next.length !== n) {
      found.add("treeShape", `tree of PoP ${tree.pop}: unknown, twice, or of another size`);
      continue;
    }
    seen.add(tree.pop);
    const popDown = outage?.pops?.includes(tree.pop) === true;
    const fibreMs = ground.gateways.map(
      site => (policy.routes.fibreStretch * greatCircleKm(site, pop) * policy.routes.fibreUsPerKm) / 1000,
    );
    checkWays(at, tree, links, contacts, fibreMs, popDown, found);
    if (popDown) continue;
    const seenBy = at.inViewOnly === true ? inView(at, tree.pop) : null;
    const undercut = (i: number, ms: number, by: string) => {
      if (seenBy?.[i] === 0 && tree.next[i] === NO_ROUTE) return;
      if (!(tree.delayMs[i]! <= ms + HOP_MS))
        found.add("treeLonger", `PoP ${pop.code}: ${tree.delayMs[i]} ms, ${ms.toFixed(5)} ${by}`, {
          satellite: i,
        });
    };
    for (const [key, ms] of contacts) {
      const [i, g] = [Math.floor(key / sites.x.length), key % sites.x.length];
      if (at.usable[i] === 1 && outage?.gateways?.includes(g) !== true)
        undercut(i, ms + fibreMs[g]!, `at gateway ${g}`);
    }
    for (const { a, b, ms, sure } of links.values()) {
      if (!sure) continue;
      undercut(a, ms + tree.delayMs[b]!, `by satellite ${b}`);
      undercut(b, ms + tree.delayMs[a]!, `by satellite ${a}`);
    }
  }
  found.figures["trees"] = seen.size;
  found.figures["laserLinks"] = links.size;
}

/** Per satellite: 1 where a permitted cell of this PoP sees it past every doubt. */
function inView(at: PlanCase, pop: number): Uint8Array {
  const seen = new Uint8Array(at.usable.length);
  for (let cell = 0; cell < at.cells.count; cell++) {
    if (at.plan.pop[cell] !== pop || at.permitted[cell] !== 1) continue;
    for (let i = 0; i < seen.length; i++) {
      if (seen[i] === 0 && inSight(at, cell, i, DEG) && arcMarginDeg(at, cell, i) > DEG) seen[i] = 1;
    }
  }
  return seen;
}

function checkWays(
  at: PlanCase,
  { pop, delayMs, next }: RouteTree,
  links: ReadonlyMap<number, LaserLink>,
  contacts: ReadonlyMap<number, number>,
  fibreMs: readonly number[],
  popDown: boolean,
  found: Findings,
): void {
  const { outage, usable } = at;
  const n = usable.length;
  for (let i = 0; i < n; i++) {
    const ms = delayMs[i]!;
    const hop = next[i]!;
    const where = { satellite: i };
    if (hop === NO_ROUTE || ms === Number.POSITIVE_INFINITY) {
      if (hop !== NO_ROUTE || ms !== Number.POSITIVE_INFINITY)
        found.add("treeShape", `PoP ${pop}: ${ms} ms by way of ${hop}`, where);
      continue;
    }
    if (popDown || usable[i] !== 1) {
      found.add("treeHop", `PoP ${pop}: a way from or to what is out of order`, where);
      continue;
    }
    let expected: number;
    if (hop < 0) {
      const g = -1 - hop;
      const landing = contacts.get(i * at.gateway.x.length + g);
      if (landing === undefined || outage?.gateways?.includes(g) === true) {
        found.add("treeHop", `PoP ${pop}: no contact with gateway ${g}`, where);
        continue;
      }
      expected = landing + fibreMs[g]!;
    } else {
      const link = links.get(Math.min(i, hop) * n + Math.max(i, hop));
      if (link === undefined) {
        found.add("treeHop", `PoP ${pop}: no laser to satellite ${hop}`, where);
        continue;
      }
      if (!(delayMs[hop]! < ms)) found.add("treeLoop", `PoP ${pop}: satellite ${hop} is no nearer`, where);
      expected = link.ms + delayMs[hop]!;
    }
    if (!(Math.abs(ms - expected) < HOP_MS))
      found.add("treeDelay", `PoP ${pop}: ${ms} ms, ${expected.toFixed(5)} found`, where);
  }
}
