// SPDX-License-Identifier: MIT
import { sql } from "kysely";
import type { Database, Queryable } from "../../storage/database.ts";
import { bodyOf, type EventKind, type WebhookEvent } from "./events.ts";

/** Where an account wants to be told of what happens. */
export interface Webhook {
  readonly id: string;
  readonly accountId: string;
  readonly url: string;
  readonly secret: string;
  readonly events: readonly EventKind[];
  readonly madeAtMs: number;
}

/** A message on its way. */
export interface Message {
  readonly row: number;
  readonly webhookId: string;
  readonly messageId: string;
  readonly lane: string;
  readonly body: string;
  readonly attempts: number;
}

/** What became of a message, or is becoming. */
export interface Delivery {
  readonly messageId: string;
  readonly atMs: number;
  readonly attempts: number;
  readonly state: "waiting" | "delivered" | "givenUp";
  /** When it is sent again, while it waits. */
  readonly nextMs: number;
  readonly lastAnswer: string | null;
}

/** Messages of one webhook that wait; who is further behind gets no more. */
export const mostWaiting = 10_000;
/** How long it is kept that a message arrived, or did not. */
const KEPT_MS = 3 * 86_400_000;
/** How far the decisions were read. */
const CURSOR = "webhook-decisions";

/** Webhooks and messages, as they are kept. */
export class WebhookStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async live(accountId?: string): Promise<Webhook[]> {
    let query = this.#db.selectFrom("webhook").selectAll().where("ended_at_ms", "is", null).orderBy("id");
    if (accountId !== undefined) query = query.where("account_id", "=", accountId);
    return (await query.execute()).map(row => ({
      id: row.id,
      accountId: row.account_id,
      url: row.url,
      secret: row.secret,
      events: row.events as EventKind[],
      madeAtMs: row.made_at_ms,
    }));
  }

  async add({ id, accountId, url, secret, events, madeAtMs }: Webhook): Promise<void> {
    const row = { id, account_id: accountId, url, secret, events: JSON.stringify(events) };
    await this.#db
      .insertInto("webhook")
      .values({ ...row, made_at_ms: madeAtMs, ended_at_ms: null })
      .execute();
  }

  /** Ends a webhook; what waits for it goes nowhere. @returns whether there was one */
  async end(id: string, nowMs: number): Promise<boolean> {
    const ended = await this.#db
      .updateTable("webhook")
      .set({ ended_at_ms: nowMs })
      .where("id", "=", id)
      .where("ended_at_ms", "is", null)
      .executeTakeFirst();
    await this.#db
      .updateTable("webhook_message")
      .set({ done_ms: nowMs, given_up: true })
      .where("webhook_id", "=", id)
      .where("done_ms", "is", null)
      .execute();
    return ended.numUpdatedRows > 0n;
  }

  /** Up to which entry of the ledger decisions were read. */
  async cursor(): Promise<number> {
    const kept = await this.#db
      .selectFrom("setting")
      .select("value")
      .where("key", "=", CURSOR)
      .executeTakeFirst();
    return kept === undefined ? await this.skipDecisions() : Number(kept.value);
  }

  /** Takes what was decided so far as read: a first webhook is told of what comes, not of all that ever was. */
  async skipDecisions(): Promise<number> {
    const { newest } = await this.#db
      .selectFrom("decision")
      .select(eb => eb.fn.max("ledger_index").as("newest"))
      .executeTakeFirstOrThrow();
    const cursor = Number(newest ?? -1);
    await moveCursor(this.#db, cursor);
    return cursor;
  }

  /**
   * Addresses events to webhooks, and moves the cursor with them: a decision is told once, whatever breaks in between.
   *
   * @param cursor - `null`: these events are not of decisions.
   */
  async enqueue(
    webhooks: readonly Webhook[],
    events: readonly WebhookEvent[],
    cursor: number | null,
    nowMs: number,
    nextId: () => string,
  ): Promise<void> {
    const rows = events.flatMap(event =>
      webhooks
        .filter(hook => hook.accountId === event.accountId && hook.events.includes(event.kind))
        .map(hook => ({
          webhook_id: hook.id,
          message_id: nextId(),
          lane: event.lane,
          body: bodyOf(event),
          at_ms: event.atMs,
          next_ms: nowMs,
        })),
    );
    if (rows.length === 0 && cursor === null) return;
    await this.#db.transaction().execute(async tx => {
      for (let from = 0; from < rows.length; from += 1_000) {
        await tx
          .insertInto("webhook_message")
          .values(rows.slice(from, from + 1_000))
          .execute();
      }
      if (cursor !== null) await moveCursor(tx, cursor);
    });
  }

  /** Messages whose turn it is: of each webhook and lane the first that has not arrived, if its time has come. */
  async due(nowMs: number, most: number): Promise<Message[]> {
    const { rows } = await sql<{
      row: number;
      webhook_id: string;
      message_id: string;
      lane: string;
      body: string;
      attempts: number;
    }>`
      select * from (
        select distinct on (webhook_id, lane) row, webhook_id, message_id, lane, body, attempts, next_ms
        from webhook_message where done_ms is null
        order by webhook_id, lane, row
      ) as first where next_ms <= ${nowMs} order by next_ms, row limit ${most}`.execute(this.#db);
    return rows.map(({ row, webhook_id, message_id, lane, body, attempts }) => ({
      ...{ row: Number(row), webhookId: webhook_id, messageId: message_id, lane, body, attempts },
    }));
  }

  /** Writes down how sending a message went. `nextMs` `null`: it is not sent again. */
  async attempted(
    row: number,
    attempts: number,
    answer: string,
    next: { readonly nextMs: number } | { readonly doneMs: number; readonly arrived: boolean },
  ): Promise<void> {
    const outcome =
      "nextMs" in next ? { next_ms: next.nextMs } : { done_ms: next.doneMs, given_up: !next.arrived };
    await this.#db
      .updateTable("webhook_message")
      .set({ attempts, last_answer: answer.slice(0, 200), ...outcome })
      .where("row", "=", row)
      .execute();
  }

  /** The newest messages of a webhook. */
  async deliveries(webhookId: string, most: number): Promise<Delivery[]> {
    const rows = await this.#db
      .selectFrom("webhook_message")
      .selectAll()
      .where("webhook_id", "=", webhookId)
      .orderBy("row", "desc")
      .limit(most)
      .execute();
    return rows.map(row => ({
      messageId: row.message_id,
      atMs: row.at_ms,
      attempts: row.attempts,
      state: row.done_ms === null ? "waiting" : row.given_up ? "givenUp" : "delivered",
      nextMs: row.next_ms,
      lastAnswer: row.last_answer,
    }));
  }

  /** Webhooks that are too far behind. */
  async overfull(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom("webhook_message")
      .select("webhook_id")
      .where("done_ms", "is", null)
      .groupBy("webhook_id")
      .having(eb => eb.fn.countAll(), ">", mostWaiting)
      .execute();
    return rows.map(row => row.webhook_id);
  }

  async forget(nowMs: number): Promise<void> {
    await this.#db
      .deleteFrom("webhook_message")
      .where("done_ms", "<", nowMs - KEPT_MS)
      .execute();
  }
}

async function moveCursor(db: Queryable, cursor: number): Promise<void> {
  const value = String(cursor);
  await db
    .insertInto("setting")
    .values({ key: CURSOR, value })
    .onConflict(conflict => conflict.column("key").doUpdateSet({ value }))
    .execute();
}
