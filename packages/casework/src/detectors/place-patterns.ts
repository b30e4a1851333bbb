// SPDX-License-Identifier: MIT
// Patterns of where a terminal is: P1, P2, P3, P8, P12, P13.
import type { CaseBook } from "../records.ts";
import { placeReasons } from "./from-telemetry.ts";
import type { DetectorLimits } from "./limits.ts";
import { cellName, grouped, rounded, signalOf } from "./making.ts";
import type { CellGeometry, Observations, Visit } from "./rows.ts";
import type { Signal } from "./signal.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** P1: more days out of the account's country, in the 365 before the last one, than roaming allows. */
export function abroadForLong(
  book: CaseBook,
  { countryDays }: Observations,
  limits: DetectorLimits,
): Signal[] {
  return countryDays.flatMap(({ terminal, stays }) => {
    const last = stays.at(-1)?.day;
    const home = accountCountry(book, terminal);
    if (last === undefined || home === null) return [];
    const abroad = stays.filter(
      ({ day, countries }) => day > last - 365 && countries.length > 0 && !countries.includes(home),
    );
    const days = new Set(abroad.map(({ day }) => day)).size;
    if (days <= limits.daysAbroad) return [];
    const where = [...new Set(abroad.flatMap(({ countries }) => countries))].sort().join(", ");
    return signalOf(book, "P1", {
      terminals: [terminal],
      atMs: (last + 1) * dayMs - 1,
      text: `${terminal} of an account in ${home} was in ${where} on ${days} days of the last 365; plans roam for ${limits.daysAbroad}.`,
      figures: { daysAbroad: days, limitDays: limits.daysAbroad },
    });
  });
}

/** P2: first seen in another country than it was sold or sent to, and never there since. */
export function neverWhereSold(book: CaseBook, { countryDays }: Observations): Signal[] {
  return countryDays.flatMap(({ terminal, stays }) => {
    const first = stays.find(({ countries }) => countries.length > 0);
    const sold = soldIn(book, terminal) ?? accountCountry(book, terminal);
    if (first === undefined || sold === null) return [];
    if (stays.some(({ countries }) => countries.includes(sold))) return [];
    const last = stays.at(-1)!;
    return signalOf(book, "P2", {
      terminals: [terminal],
      atMs: (last.day + 1) * dayMs - 1,
      text: `${terminal} went to ${sold} by its papers and was first seen in ${first.countries.join(" and ")}; it was never seen in ${sold}.`,
      figures: { daysSeen: stays.length, daysSeenWhereSold: 0 },
    });
  });
}

/**
 * P3: many in one sensitive cell at one time, most of them new there together. Arrivals are counted where the visits begin
 * after the first day of the rows: who was there before anybody looked has arrived at no known time.
 */
export function clusters(
  book: CaseBook,
  { visits, sensitiveCells }: Observations,
  limits: DetectorLimits,
): Signal[] {
  const areaOf = new Map(sensitiveCells.map(({ cell, area }) => [cell, area]));
  const sinceMs = Math.min(...visits.map(({ fromMs }) => fromMs)) + dayMs;
  return [
    ...grouped(
      visits.filter(({ cell }) => areaOf.has(cell)),
      ({ cell }) => cell,
    ),
  ].flatMap(([cell, inCell]) => {
    const peak = busiest(inCell);
    const terminals = [...new Set(peak.visits.map(({ terminal }) => terminal))];
    if (terminals.length < limits.clusterTerminals) return [];
    const firstFrom = new Map<string, number>();
    for (const { terminal, fromMs } of inCell) {
      firstFrom.set(terminal, Math.min(fromMs, firstFrom.get(terminal) ?? Number.POSITIVE_INFINITY));
    }
    const arrivals = terminals.map(id => firstFrom.get(id)!).filter(fromMs => fromMs >= sinceMs);
    const together = mostWithin(arrivals, limits.clusterArrivalDays * dayMs);
    return signalOf(book, "P3", {
      terminals,
      atMs: peak.atMs,
      text: `${terminals.length} terminals were in cell ${cellName(cell)} (${areaOf.get(cell)}) at once, ${together} of which came within ${limits.clusterArrivalDays} days.`,
      figures: {
        terminals: terminals.length,
        limitTerminals: limits.clusterTerminals,
        cameTogether: together,
      },
    });
  });
}

/** The instant at which most terminals are in, the earliest such; by a sweep over arrivals and departures. */
function busiest(visits: readonly Visit[]): { readonly atMs: number; readonly visits: readonly Visit[] } {
  const starts = visits.map(({ fromMs }) => fromMs).sort((a, b) => a - b);
  const ends = visits.map(({ untilMs }) => untilMs).sort((a, b) => a - b);
  let best = 0;
  let atMs = starts[0] ?? 0;
  let over = 0;
  for (const [i, start] of starts.entries()) {
    while (over < ends.length && ends[over]! <= start) over++;
    if (i + 1 - over > best) {
      best = i + 1 - over;
      atMs = start;
    }
  }
  return { atMs, visits: visits.filter(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs) };
}

/** The most instants that lie within a span. */
function mostWithin(instants: readonly number[], spanMs: number): number {
  const sorted = instants.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [i, atMs] of sorted.entries()) {
    while (atMs - sorted[from]! > spanMs) from++;
    most = Math.max(most, i - from + 1);
  }
  return most;
}

/** P8: asks for service again and again where there is none. */
export function outsideServiceArea(
  book: CaseBook,
  { attempts }: Observations,
  limits: DetectorLimits,
): Signal[] {
  const refused = attempts.filter(({ reason }) => placeReasons.has(reason));
  return [...grouped(refused, ({ terminal }) => terminal)].flatMap(([terminal, rows]) => {
    const instants = rows.map(({ atMs }) => atMs).sort((a, b) => a - b);
    const minutes = (instants.at(-1)! - instants[0]!) / 60_000;
    if (rows.length < limits.attempts || minutes < limits.attemptMinutes) return [];
    const cells = [...new Set(rows.map(({ cell }) => cellName(cell)))].sort();
    return signalOf(book, "P8", {
      terminals: [terminal],
      atMs: instants.at(-1)!,
      text: `${terminal} asked ${rows.length} times over ${rounded(minutes)} minutes where there is no service: ${cells.slice(0, 5).join(", ")}.`,
      figures: { attempts: rows.length, minutes: rounded(minutes), cells: cells.length },
    });
  });
}

/** P12: hours within the radius of a listed site, if any point of its cell is. */
export function nearListedSite(
  book: CaseBook,
  { visits, sites }: Observations,
  limits: DetectorLimits,
  geometry: CellGeometry,
): Signal[] {
  const found: Signal[] = [];
  const byCell = grouped(visits, ({ cell }) => cell);
  for (const { id, title, cell: siteCell, radiusKm, asserter } of sites) {
    const near: Visit[] = [];
    for (const [cell, rows] of byCell) {
      const apartKm =
        geometry.distanceKm(cell, siteCell) - geometry.reachKm(cell) - geometry.reachKm(siteCell);
      if (apartKm <= radiusKm) near.push(...rows);
    }
    for (const [terminal, rows] of grouped(near, row => row.terminal)) {
      const hours = rows.reduce((sum, { fromMs, untilMs }) => sum + (untilMs - fromMs), 0) / hourMs;
      if (hours < limits.siteHours) continue;
      found.push(
        signalOf(book, "P12", {
          terminals: [terminal],
          atMs: Math.max(...rows.map(({ untilMs }) => untilMs)),
          text: `${terminal} was ${rounded(hours, 1)} hours in cells that may lie within ${radiusKm} km of ${title} (${id}, listed by ${asserter}).`,
          figures: { hours: rounded(hours, 1), limitHours: limits.siteHours, radiusKm },
        }),
      );
    }
  }
  return found;
}

/** P13: silent for long, then back in another country or far away. */
export function silentThenElsewhere(
  book: CaseBook,
  { visits }: Observations,
  limits: DetectorLimits,
  geometry: CellGeometry,
): Signal[] {
  return [...grouped(visits, ({ terminal }) => terminal)].flatMap(([terminal, rows]) => {
    const inOrder = rows.toSorted((a, b) => a.fromMs - b.fromMs);
    let last = inOrder[0]!;
    return inOrder.slice(1).flatMap(row => {
      const before = last;
      if (row.untilMs > last.untilMs) last = row;
      const days = (row.fromMs - before.untilMs) / dayMs;
      if (days < limits.silentDays) return [];
      const apartKm = geometry.distanceKm(before.cell, row.cell);
      const moved = before.country !== null && row.country !== null && before.country !== row.country;
      if (!moved && apartKm < limits.jumpKm) return [];
      return signalOf(book, "P13", {
        terminals: [terminal],
        atMs: row.fromMs,
        text: `${terminal} was silent for ${rounded(days)} days and came back ${rounded(apartKm)} km away${moved ? `, in ${row.country} and not in ${before.country}` : ""}.`,
        figures: { silentDays: rounded(days, 1), distanceKm: rounded(apartKm), limitDays: limits.silentDays },
      });
    });
  });
}

/** Country of the account that a terminal belongs to. */
function accountCountry(book: CaseBook, terminalId: string): string | null {
  const accountId = book.get("terminal", terminalId)?.accountId ?? null;
  return accountId === null ? null : (book.get("account", accountId)?.country ?? null);
}

/** Where its papers say that it went last before anybody registered it. */
function soldIn(book: CaseBook, terminalId: string): string | null {
  const papers = book
    .about("custody", terminalId)
    .filter(({ terminalId: own, step }) => own === terminalId && (step === "sale" || step === "shipment"))
    .filter(({ country }) => country !== null)
    .toSorted((a, b) => a.atMs - b.atMs);
  return papers.at(-1)?.country ?? null;
}
