// SPDX-License-Identifier: MIT
import { cellIndex, distanceKm } from "@perigee/earth";
import { plannedRttMs } from "../access.ts";
import { demandOf } from "../demand/default-demand.ts";
import type { Pop } from "../ground-segment.ts";
import type { LinkState } from "../link-state.ts";
import type { Planner } from "../plan.ts";
import { slotAt, slotStartMs } from "../slot.ts";
import type { Site } from "../slot-plan.ts";
import type { CountryRow } from "./country-rows.ts";
import { type CountrySite, countrySites, type SettledLand } from "./country-sites.ts";

/** The planned links of one country's places: structure of arrays, index = link. */
export interface CountryPaths {
  readonly row: CountryRow;
  readonly places: readonly CountrySite[];
  /** Share of places times slots that had a link. */
  readonly servedShare: number;
  /** Planned round trip in the middle of the slot: path twice, fixed part, median wait. */
  readonly plannedMs: Float64Array;
  readonly laserHops: Float64Array;
  /** Fibre between gateway and PoP, one way. */
  readonly fibreKm: Float64Array;
  /** Of the terminal's cell; see {@link CountrySite.load}. */
  readonly load: Float64Array;
  /** Gateways that land the links, most used first. */
  readonly landings: readonly { readonly gateway: string; readonly share: number }[];
  /** PoPs that the links end at, most used first. */
  readonly pops: readonly { readonly code: string; readonly share: number }[];
}

/** How much is planned. */
export interface CountryPlanOptions {
  readonly land: SettledLand;
  /** Makes the planner that knows the homes of the places; it must pass the function on as `homePopOf`. */
  readonly plannerWith: (homePopOf: (site: Site) => Pop | null) => Planner;
  /** First slot's instant, UTC ms: near the elements' epoch. */
  readonly fromMs: number;
  /** Places per country; default 24. */
  readonly places?: number;
  /** Slots planned; default 16. Each is a plan of all land, some 1.5 s. */
  readonly slots?: number;
  /** Between two of them, in slots; default 389, some 97 minutes: with 16 a day, and all phases of a revolution. */
  readonly stride?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

/** The paths of all countries, and the planner that knows their gateways and homes. */
export interface PlannedCountries {
  readonly paths: readonly CountryPaths[];
  readonly planner: Planner;
}

/**
 * Plans all land with its default demand, so that beams, antennas and lasers are as contested as that makes them, and looks up the
 * places of countries in it. Addresses live where {@link homeAmong} says, and where that knows no PoP, where the planner puts
 * them: the table's PoP is an input, not a result.
 */
export function planCountries(rows: readonly CountryRow[], options: CountryPlanOptions): PlannedCountries {
  const { land, plannerWith, fromMs, places = 24, slots = 16, stride = 389, onProgress } = options;
  const all = rows.map(row => countrySites(row, land, places));
  const rowOf = new Map(all.flat().map(({ site, row }) => [site.id, row]));
  const homeOf = (site: Site): Pop | null => {
    const row = rowOf.get(site.id);
    const home = row === undefined ? null : homeAmong(planner.ground.pops, row, site);
    return home ?? planner.homes.homeOf(site.cell);
  };
  const planner: Planner = plannerWith(homeOf);
  const sites = all.flat().map(({ site }) => site);
  const loads = new Map(all.flat().map(({ site, load }) => [site.id, load]));
  const links = new Map<string, LinkState[]>(rows.map(({ code }) => [code, []]));
  const onLand = sites.filter(({ cell }) => cellIndex(land.cells, cell) >= 0);
  const elsewhere = sites.filter(site => !onLand.includes(site));
  const popOfCell = homesOfCells(planner, land, onLand, homeOf);
  for (let k = 0; k < slots; k++) {
    const slot = slotAt(fromMs) + k * stride;
    const demand = demandOf(land.cells, land.subscribers, { atMs: slotStartMs(slot) });
    const { plan } = planner.planCells({ slot, cells: land.cells, demand, popOfCell });
    const served = [
      ...planner.plan(slot, onLand, null, { cells: land.cells, plan }).links,
      // Towns on islets that the land map lacks are planned on their own.
      ...(elsewhere.length === 0 ? [] : planner.plan(slot, elsewhere, null).links),
    ];
    for (const link of served) links.get(rowOf.get(link.terminalId)!.code)!.push(link);
    onProgress?.(k + 1, slots);
  }
  const paths = rows.map((row, r): CountryPaths => {
    const own = links.get(row.code)!;
    return {
      row,
      places: all[r]!,
      servedShare: own.length / (all[r]!.length * slots),
      plannedMs: Float64Array.from(own, link => plannedRttMs(link, (link.fromMs + link.untilMs) / 2)),
      laserHops: Float64Array.from(own, ({ hops }) => hops.filter(({ kind }) => kind === "laser").length),
      fibreKm: Float64Array.from(own, ({ hops }) =>
        hops.reduce((km, { kind, lengthKm }) => km + (kind === "fibre" ? lengthKm : 0), 0),
      ),
      load: Float64Array.from(own, link => loads.get(link.terminalId)!),
      landings: shares(own.map(({ gateway }) => gateway.id)).map(([gateway, share]) => ({ gateway, share })),
      pops: shares(own.map(({ pop }) => pop.code)).map(([code, share]) => ({ code, share })),
    };
  });
  return { paths, planner };
}

/**
 * The PoP of a place: the nearest of the one that the table names and those that stand in the country itself. Large countries
 * have many, and only the largest part of their addresses is at the one named.
 */
export function homeAmong(pops: readonly Pop[], row: CountryRow, site: Site): Pop | null {
  let home: Pop | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const pop of pops) {
    // A PoP without an IATA code is no home of subscribers.
    if (pop.iata === null || (pop.iata !== row.mainPop && pop.country !== row.code2)) continue;
    const km = distanceKm(site, pop);
    if (km >= least) continue;
    least = km;
    home = pop;
  }
  return home;
}

/** Homes of all cells by delay, those of the places as told. */
function homesOfCells(
  planner: Planner,
  land: SettledLand,
  sites: readonly Site[],
  homeOf: (site: Site) => Pop | null,
): Int16Array {
  const homes = planner.popsOf(land.cells).slice();
  for (const site of sites) {
    const home = homeOf(site);
    homes[cellIndex(land.cells, site.cell)] =
      home === null ? -1 : planner.ground.pops.findIndex(({ code }) => code === home.code);
  }
  return homes;
}

function shares(ids: readonly string[]): [id: string, share: number][] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([id, count]) => [id, count / ids.length]);
}
