// SPDX-License-Identifier: MIT
import {
  type Account,
  type Admission,
  type DayStay,
  type Decision,
  emptyHistory,
  type LocationHistory,
  type Order,
  type Party,
  type Terminal,
} from "@perigee/authority";
import type { Queryable } from "./storage/database.ts";
import { lastAdmissions } from "./storage/decisions.ts";
import { readRecords } from "./storage/records.ts";

/** All that the authority holds of one terminal. */
export interface Entry {
  terminal: Terminal;
  readonly account: Account | null;
  readonly holder: string | null;
  history: LocationHistory;
  admission: Admission | null;
  /** What the last admission decision in the log says; survives a restart. */
  decided: Pick<Decision, "outcome" | "reasons"> | null;
  leaseUntilMs: number | null;
}

/** An order and where its decision stands in the log. */
export interface StoredOrder extends Order {
  readonly ledgerIndex: number;
}

/** What is on record, as the authority needs it at hand. */
export interface Registry {
  readonly entries: Map<string, Entry>;
  readonly orders: Map<string, StoredOrder>;
}

/** Reads the records as they are known now. Positions are not on record: terminals report them anew. */
export async function loadRegistry(db: Queryable): Promise<Registry> {
  const open = async <T>(table: "account" | "terminal" | "order_record"): Promise<T[]> =>
    (await readRecords<T>(db, table)).filter(r => r.validToMs === null).map(r => r.document);
  const parties = new Map((await readRecords<Party>(db, "party")).map(r => [r.id, r.document]));
  const accounts = new Map((await open<Account>("account")).map(a => [a.id, a]));
  const stays = Map.groupBy(
    await readRecords<{ day: number; country: string }>(db, "country_stay"),
    r => r.id,
  );
  const decided = await lastAdmissions(db);
  const entries = (await open<Terminal>("terminal")).map((terminal): [string, Entry] => {
    const account = terminal.accountId === null ? null : (accounts.get(terminal.accountId) ?? null);
    return [
      terminal.id,
      {
        terminal,
        account,
        holder: account === null ? null : (parties.get(account.holder)?.name ?? null),
        history: { ...emptyHistory, stays: dayStays((stays.get(terminal.id) ?? []).map(r => r.document)) },
        admission: null,
        decided: decided.get(terminal.id) ?? null,
        leaseUntilMs: null,
      },
    ];
  });
  const orders = (await open<StoredOrder>("order_record")).map((order): [string, StoredOrder] => [
    order.id,
    order,
  ]);
  return { entries: new Map(entries), orders: new Map(orders) };
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
