// SPDX-License-Identifier: MIT
import { type DayStay, emptyHistory } from "@perigee/authority";
import type { Queryable } from "../storage/database.ts";
import { lastAdmissions } from "../storage/decisions.ts";
import { readRecords } from "../storage/records.ts";
import type { TerminalDesk } from "./terminal-desk.ts";

/** A terminal of which nothing is known but its records. */
export function newDesk(): TerminalDesk {
  return {
    ...{ history: emptyHistory, admission: null, decided: null, leaseUntilMs: null },
    ...{ identity: null, isCalling: false, verdict: null, refusedCells: new Set() },
  };
}

/** What is stored of the desks. Positions are not on record: terminals report them anew. */
export async function loadDesks(db: Queryable, ids: readonly string[]): Promise<Map<string, TerminalDesk>> {
  const stays = Map.groupBy(await readRecords<{ day: number; country: string }>(db, "stay"), r => r.id);
  const decided = await lastAdmissions(db);
  return new Map(
    ids.map(id => [
      id,
      {
        ...newDesk(),
        history: { ...emptyHistory, stays: dayStays((stays.get(id) ?? []).map(r => r.document)) },
        decided: decided.get(id) ?? null,
      },
    ]),
  );
}

function dayStays(rows: readonly { day: number; country: string }[]): DayStay[] {
  return [...Map.groupBy(rows, r => r.day)]
    .sort(([a], [b]) => a - b)
    .map(([day, on]) => ({ day, countries: [...new Set(on.map(r => r.country))] }));
}

/** Countries that the newest day of `after` shows and `before` does not: what is to be put on record. */
export function newStays(
  before: readonly DayStay[],
  after: readonly DayStay[],
): { day: number; country: string }[] {
  const today = after.at(-1);
  if (today === undefined) return [];
  const known = before.findLast(s => s.day === today.day)?.countries ?? [];
  return today.countries.filter(c => !known.includes(c)).map(country => ({ day: today.day, country }));
}
