// SPDX-License-Identifier: MIT
import { cellBoundary, cellCentre, distanceKm, isCell } from "@perigee/earth";
import type { Book } from "../book.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { ProtectedSite } from "./exceptions.ts";

/**
 * Where a terminal reported from last, as an H3 resolution 5 cell. Cells and not positions: a request stays in the
 * ledger, and raw positions must not. The operator fills them in from its own records.
 */
export interface LastCell {
  readonly terminalId: string;
  readonly cell: string;
}

/**
 * Protected sites among terminals or near them, by id, sorted. A site counts as near when any point of a terminal's cell
 * may lie within its radius: cells are coarse, and an error here is an error on the side of looking.
 *
 * @param lastCells of terminals; those of others are ignored
 */
export function protectedSitesNear(
  book: Book,
  terminalIds: Iterable<string>,
  lastCells: readonly LastCell[],
): readonly string[] {
  const asked = new Set(terminalIds);
  const found = new Set<string>();
  for (const terminalId of asked) {
    for (const site of book.about("protectedSite", terminalId)) found.add(site.id);
  }
  const cells = new Set(lastCells.filter(({ terminalId }) => asked.has(terminalId)).map(({ cell }) => cell));
  const sites = [...book.all("protectedSite")].filter(({ id }) => !found.has(id));
  for (const cell of cells) {
    if (sites.length === 0) break;
    const centre = cellCentre(cell);
    const reachKm = Math.max(...cellBoundary(cell).map(corner => distanceKm(centre, corner)));
    for (const { id, site, radiusKm } of sites) {
      if (distanceKm(centre, site) <= radiusKm + reachKm) found.add(id);
    }
  }
  return [...found].sort();
}

/** Whether text names a cell that {@link protectedSitesNear} understands. */
export const isLastCell = isCell;

/**
 * Whether whoever gives an order about one terminal has seen which protected sites it serves.
 *
 * @param seen ids of the sites that the request names
 * @returns the sites, or `protectedSiteUnseen`
 */
export function checkSeen(
  book: Book,
  terminalId: string,
  seen: readonly string[],
): Result<readonly ProtectedSite[], AuthorityError<"protectedSiteUnseen">> {
  const sites = book.about("protectedSite", terminalId);
  const unseen = sites.filter(site => !seen.includes(site.id));
  if (unseen.length === 0) return succeed(sites);
  const names = unseen.map(({ id, title, kind }) => `${id} (${title}, ${kind})`).join(", ");
  return fail(
    "protectedSiteUnseen",
    "protectedSitesSeen",
    `${terminalId} serves a protected site: ${names}. Name each in the request, once you have looked.`,
  );
}
