// SPDX-License-Identifier: MIT
import { cellIndex } from "@perigee/earth";
import {
  type CellsServing,
  type LinkState,
  SHARE_PARTS,
  type Site,
  type SlotPlan,
  siteRates,
  userRainDb,
} from "@perigee/network";
import type { Rain } from "./rain.ts";

/** A link whose carrier rain has put out has this rate and loses every packet: the path is there, nothing passes. */
const OUT_MBPS = 0.01;

/**
 * The links of a slot with what rain takes from them: the rate of a dish's channel falls by steps of modulation, and
 * below the last nothing comes through. One instant, the middle, stands for the slot.
 *
 * @param servingOf - The plan of cells that gave a site its link: how many share the beam's time.
 * @returns The plan, and the ids of terminals with a link through rain.
 */
export function rainedLinks(
  plan: SlotPlan,
  sites: readonly Site[],
  servingOf: (site: Site) => CellsServing,
  rain: Rain | null,
): { readonly plan: SlotPlan; readonly rainedOn: readonly string[] } {
  if (rain === null) return { plan, rainedOn: [] };
  const atMs = (plan.fromMs + plan.untilMs) / 2;
  const siteById = new Map(sites.map(site => [site.id, site]));
  const inCell = new Map<string, number>();
  for (const { cell, permitted } of sites) if (permitted) inCell.set(cell, (inCell.get(cell) ?? 0) + 1);
  const rainedOn: string[] = [];
  const links = plan.links.map(link => {
    const site = siteById.get(link.terminalId)!;
    const mmPerH = rain.rateAt(site.latDeg, site.lonDeg, atMs);
    if (mmPerH === 0) return link;
    rainedOn.push(link.terminalId);
    const { cells, plan: ofCells } = servingOf(site);
    const share = ofCells.share[cellIndex(cells, site.cell)]!;
    return rained(link, site, (inCell.get(site.cell)! * SHARE_PARTS) / share, mmPerH);
  });
  return { plan: { ...plan, links }, rainedOn };
}

function rained(link: LinkState, site: Site, sharers: number, mmPerH: number): LinkState {
  const { elevationDeg } = link;
  const rangeKm = link.hops[0]!.lengthKm;
  const { downDb, upDb } = userRainDb(site.latDeg, elevationDeg, mmPerH);
  const { downMbps } = siteRates(site, { elevationDeg, rangeKm, rainDb: downDb }, sharers);
  const { upMbps } = siteRates(site, { elevationDeg, rangeKm, rainDb: upDb }, sharers);
  return {
    ...link,
    // Load may leave it less than its channel carries.
    downMbps: Math.max(OUT_MBPS, Math.min(link.downMbps, downMbps)),
    upMbps: Math.max(OUT_MBPS, Math.min(link.upMbps, upMbps)),
    lossProbability: downMbps > 0 && upMbps > 0 ? link.lossProbability : 1,
  };
}
