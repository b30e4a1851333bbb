// SPDX-License-Identifier: MIT
// What the detectors look at: the operator's telemetry and its other records as their plain rows.
import { createHash } from "node:crypto";
import type { LastCell } from "@perigee/authority";
import {
  type AccountLink,
  type ActivationRow,
  attemptsFrom,
  locationRowOf,
  nothingSeen,
  type Observations,
  type PatternId,
  patterns,
  type SensitiveCell,
  type SpeedRow,
  type Visit,
} from "@perigee/casework";
import { type BoundaryView, cellBoundary, cellCentre, distanceKm, placeOf } from "@perigee/earth";
import { SLOT_MS, slotAt, slotStartMs } from "@perigee/network";
import { viewById } from "../boundary.ts";
import type { OperatorContext } from "../context.ts";
import type { PublicMap } from "../public/public-map.ts";
import type { CellVisit } from "../telemetry/row.ts";
import { evidenceAbout } from "./location-rows.ts";

const DAY_MS = 86_400_000;
/** How far back telemetry is looked at. The longest pattern waits 14 days for somebody to come back. */
export const LOOK_BACK_MS = 30 * DAY_MS;
/** Visits of one look; more are of the next, or of a smaller fleet. */
const MOST_VISITS = 500_000;
/** Rows of the last hours, for attempts that were refused. */
const MOST_ROWS = 1_000_000;
/** Uncertainty of the speed over one window of 60 s, km/h, as the authority's rules have it. */
const SPEED_ERROR_KMH = 5;

/** Everything that was looked at, and how much of it there was. */
export interface Look {
  readonly observations: Observations;
  readonly lastCells: readonly LastCell[];
  readonly fromMs: number;
  /** More visits were on record than one look takes. */
  readonly truncated: boolean;
}

/** Members of the observations for which the operator keeps no rows: patterns that need them are blind, and say so. */
const notKept: ReadonlySet<string> = new Set(["cloneAlarms", "sites"] satisfies (keyof Observations)[]);

/** What a pattern had to look at: its rows, 0 if there are none now, `null` if none are ever kept. */
export function rowsFor(pattern: PatternId, seen: Observations): number | null {
  const needs: readonly string[] = patterns[pattern].needs;
  if (needs.some(need => notKept.has(need))) return null;
  const counts = needs.flatMap(need => (need === "book" ? [] : [seen[need as keyof Observations].length]));
  return counts.length === 0 ? 0 : Math.min(...counts);
}

/** The rows of now. Reads telemetry of {@link LOOK_BACK_MS}; the caller puts the read of cells on record. */
export async function lookAround(operator: OperatorContext, map: PublicMap, nowMs: number): Promise<Look> {
  const { authority, telemetry, db } = operator;
  const fromMs = nowMs - LOOK_BACK_MS;
  const terminals = authority.terminalIds();
  const known = terminals.map(id => {
    const { history, plan } = authority.record(id);
    return { terminal: id, history, plan };
  });
  const lastCells = known.flatMap(({ terminal, history: { last } }) =>
    last === null ? [] : [{ terminalId: terminal, cell: last.cell }],
  );
  const found = await telemetry.whoWas(baseCells, fromMs, nowMs);
  const visits = visitsOf(found.slice(-MOST_VISITS), viewById(authority.policy.boundaryView)!);
  const { rows } = await telemetry.recent({ fromSlot: slotAt(nowMs - 8 * 3_600_000), maxRows: MOST_ROWS });
  const measured = await evidenceAbout(db, terminals, fromMs);
  const observations: Observations = {
    ...nothingSeen,
    countryDays: known.map(({ terminal, history }) => ({ terminal, stays: history.stays })),
    visits,
    sensitiveCells: sensitiveCells(operator, map, visits, nowMs),
    activations: registrations(operator),
    links: sharedContacts(operator),
    speeds: known.flatMap(({ terminal, plan, history }): SpeedRow[] =>
      plan === null
        ? []
        : [
            {
              ...{ terminal, windows: history.windows, capKmh: plan.maxSpeedKmh },
              errorKmh: SPEED_ERROR_KMH,
            },
          ],
    ),
    attempts: attemptsFrom(rows.map(row => ({ ...row, atMs: slotStartMs(row.slot) }))),
    locations: measured.map(locationRowOf),
    listings: [...authority.book.all("case")].flatMap(({ id, listing, openedMs }) =>
      listing === null
        ? []
        : [{ id, text: `${listing.seller} ${listing.place} ${listing.offer}`, seenMs: openedMs }],
    ),
  };
  return { observations, lastCells, fromMs, truncated: found.length > MOST_VISITS };
}

/** The 122 cells of resolution 0, which hold all others (h3geo.org, "H3Index Bit Layout"). */
const baseCells: readonly bigint[] = Array.from(
  { length: 122 },
  (_, i) => (1n << 59n) | (BigInt(i) << 45n) | ((1n << 45n) - 1n),
);

/** Stretches of slots as visits; the country is that of the cell's centre. */
export function visitsOf(found: readonly CellVisit[], view: BoundaryView): Visit[] {
  const countries = new Map<bigint, string | null>();
  const countryOf = (cell: bigint): string | null => {
    let country = countries.get(cell);
    if (country === undefined) {
      const { latDeg, lonDeg } = cellCentre(cell.toString(16));
      ({ country } = placeOf(latDeg, lonDeg, view));
      countries.set(cell, country);
    }
    return country;
  };
  return found.map(({ terminal, account, cell, fromSlot, untilSlot }) => ({
    ...{ terminal, account, cell, country: countryOf(cell) },
    ...{ fromMs: slotStartMs(fromSlot), untilMs: slotStartMs(untilSlot) + SLOT_MS },
  }));
}

/** Visited cells in special zones, and those that the published map shows without service. */
function sensitiveCells(
  { authority: { policy } }: OperatorContext,
  map: PublicMap,
  visits: readonly Visit[],
  nowMs: number,
): SensitiveCell[] {
  return [...new Set(visits.map(({ cell }) => cell))].flatMap(cell => {
    const name = cell.toString(16);
    const zone = policy.zonesByCell.get(name)?.[0];
    if (zone !== undefined) return [{ cell, area: `${zone.title}, a special zone of the policy in force` }];
    const state = map.state(name, nowMs);
    if (state.state !== "notServed") return [];
    return [{ cell, area: `an area without service by the published map (${state.reasons.join(", ")})` }];
  });
}

/** When terminals came to be somebody's, by the papers: the day from which they can be switched on. */
function registrations({ authority: { book } }: OperatorContext): ActivationRow[] {
  return [...book.all("custody")].flatMap(({ terminalId, step, atMs, country }) => {
    const account = book.get("terminal", terminalId)?.accountId ?? null;
    const area = country ?? (account === null ? null : book.get("account", account)?.country);
    if (step !== "registration" || area === null || area === undefined) return [];
    return [{ terminal: terminalId, account, atMs, area }];
  });
}

/** Accounts whose contacts share an address. Only a hash of it leaves here. */
function sharedContacts({ authority: { book } }: OperatorContext): AccountLink[] {
  return [...book.all("contact")].flatMap(({ accountId, email }) => {
    const address = email.trim().toLowerCase();
    if (address === "") return [];
    const key = createHash("sha256").update(`email ${address}`).digest("hex").slice(0, 32);
    return [{ account: accountId, kind: "email" as const, key }];
  });
}

/** Distances between cells, and how far a cell reaches, km. */
export const cellGeometry = {
  distanceKm: (a: bigint, b: bigint): number =>
    distanceKm(cellCentre(a.toString(16)), cellCentre(b.toString(16))),
  reachKm: (cell: bigint): number => {
    const name = cell.toString(16);
    const centre = cellCentre(name);
    return Math.max(...cellBoundary(name).map(corner => distanceKm(centre, corner)));
  },
};
