// SPDX-License-Identifier: MIT
import { SLOT_MS, type SlotPlan, slotStartMs } from "@perigee/network";
import type { LinkRecord } from "../contract.ts";
import type { Database } from "./database.ts";

const DAY_SLOTS = 86_400_000 / SLOT_MS;
/** Rows in all: with more than 347 terminals the record reaches less far back than a day. */
const MOST_ROWS = 2_000_000;
/** Rows of one statement: a database counts its parameters. */
const ROWS_AT_ONCE = 5_000;

/** The links of every terminal in the slots of the last day. */
export class LinkRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Keeps what a slot was planned to be; planned again, the later plan counts. What is older than a day goes.
   *
   * @param reasonOf - Reason of a terminal's admission.
   */
  async add(plan: SlotPlan, reasonOf: (terminalId: string) => string, ids: readonly string[]): Promise<void> {
    const links = new Map(plan.links.map(link => [link.terminalId, link]));
    const unserved = new Map(plan.unserved.map(({ siteId, reason }) => [siteId, reason]));
    const rows = ids.map(id => {
      const link = links.get(id);
      const refusal = unserved.get(id);
      const admission = reasonOf(id);
      return {
        terminal_id: id,
        slot: plan.slot,
        // What the authority refuses has no beam either: its reason says more.
        reason:
          link === undefined && refusal !== undefined && refusal !== "notPermitted" ? refusal : admission,
        link:
          link === undefined
            ? null
            : JSON.stringify({
                satellite: { catalogNumber: link.satellite.catalogNumber, name: link.satellite.name },
                gateway: link.gateway.name,
                pop: link.pop.code,
                elevationDeg: link.elevationDeg,
                rttMs: link.rttMs.median,
                downMbps: link.downMbps,
                upMbps: link.upMbps,
              } satisfies LinkRecord["link"]),
      };
    });
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await this.#db
        .insertInto("link_record")
        .values(rows.slice(from, from + ROWS_AT_ONCE))
        .onConflict(conflict =>
          conflict
            .columns(["terminal_id", "slot"])
            .doUpdateSet(eb => ({ reason: eb.ref("excluded.reason"), link: eb.ref("excluded.link") })),
        )
        .execute();
    }
    const kept = Math.min(DAY_SLOTS, Math.floor(MOST_ROWS / Math.max(1, ids.length)));
    await this.#db
      .deleteFrom("link_record")
      .where("slot", "<=", plan.slot - kept)
      .execute();
  }

  /** A terminal's link in a slot; `null` where that is not on record. */
  async find(terminalId: string, slot: number): Promise<LinkRecord | null> {
    const row = await this.#db
      .selectFrom("link_record")
      .selectAll()
      .where("terminal_id", "=", terminalId)
      .where("slot", "=", slot)
      .executeTakeFirst();
    if (row === undefined) return null;
    const from = new Date(slotStartMs(slot)).toISOString();
    return { terminalId, slot, from, reason: row.reason, link: row.link as LinkRecord["link"] };
  }
}
