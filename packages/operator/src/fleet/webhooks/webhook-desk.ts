// SPDX-License-Identifier: MIT
import { randomUUID } from "node:crypto";
import type { Book, Decision } from "@perigee/authority";
import type { Database } from "../../storage/database.ts";
import type { Telemetry } from "../../telemetry/row.ts";
import { wireIdentityOf } from "../wire-ids.ts";
import { admissionEvent, alertsEvent, type EventKind, type WebhookEvent } from "./events.ts";
import { isArrived, isGone, retryAfterMs } from "./schedule.ts";
import { newSecret, signatureOf } from "./signature.ts";
import { refuseTarget, type WebhookTargets } from "./target.ts";
import { type Delivery, type Message, type Webhook, WebhookStore } from "./webhook-store.ts";

/** What webhooks need of the operator. */
export interface WebhookNeeds {
  readonly db: Database;
  readonly book: () => Book;
  readonly nowMs: () => number;
  readonly telemetry: () => Pick<Telemetry, "recent"> | null;
  readonly targets: WebhookTargets;
  /** From 0 to below 1, for spreading retries. */
  readonly random: () => number;
}

/** Webhooks of one account. */
export const mostWebhooks = 20;
/** How long a receiver may take. */
const ANSWER_WITHIN_MS = 10_000;
/** Messages on their way at a time. */
const AT_ONCE = 32;
const DECISIONS_AT_ONCE = 2_000;
const PUMP_EVERY_MS = 1_000;

/**
 * Tells accounts of what happens to their terminals. Messages are signed (Standard Webhooks 1.0.0), kept until they have
 * arrived, sent again with growing pauses, and arrive in their order for each terminal: none overtakes one that failed.
 */
export class WebhookDesk implements AsyncDisposable {
  readonly #needs: WebhookNeeds;
  readonly #store: WebhookStore;
  readonly #closing = new AbortController();
  /** Alerts that stand, by terminal: what telemetry said last. */
  readonly #alerts = new Map<string, readonly number[]>();
  #nextSlot = 0;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(needs: WebhookNeeds) {
    this.#needs = needs;
    this.#store = new WebhookStore(needs.db);
  }

  /** Begins to send what waits. */
  start(): void {
    this.#timer = setInterval(() => {
      this.pump().catch((error: Error) => process.emitWarning(`webhooks are not sent: ${error.message}`));
    }, PUMP_EVERY_MS);
    this.#timer.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#closing.abort();
    await this.#running.catch(() => undefined);
  }

  /** Live webhooks of an account. */
  list(accountId: string): Promise<Webhook[]> {
    return this.#store.live(accountId);
  }

  /** @returns why an address is refused, as a sentence; `null`: it is not */
  refuse(url: string): string | null {
    return refuseTarget(url, this.#needs.targets);
  }

  /** A new webhook of an account; whoever makes it is shown its secret, once. `null`: the account has enough. */
  async add(accountId: string, url: string, events: readonly EventKind[]): Promise<Webhook | null> {
    if ((await this.list(accountId)).length >= mostWebhooks) return null;
    if ((await this.#store.live()).length === 0) await this.#store.skipDecisions();
    const madeAtMs = this.#needs.nowMs();
    const webhook = { id: `whk_${randomUUID()}`, accountId, url, secret: newSecret(), events, madeAtMs };
    await this.#store.add(webhook);
    return webhook;
  }

  /** Ends a webhook of an account. @returns whether there was one */
  async end(accountId: string, id: string): Promise<boolean> {
    const mine = (await this.list(accountId)).some(webhook => webhook.id === id);
    return mine && (await this.#store.end(id, this.#needs.nowMs()));
  }

  /** What became of the newest messages of a webhook. */
  deliveries(id: string, most = 100): Promise<Delivery[]> {
    return this.#store.deliveries(id, most);
  }

  /** Reads what has happened, and sends what is due; one round at a time. */
  pump(): Promise<void> {
    this.#running = this.#running.catch(() => undefined).then(() => this.#round());
    return this.#running;
  }

  async #round(): Promise<void> {
    const webhooks = await this.#store.live();
    if (webhooks.length === 0 || this.#closing.signal.aborted) return;
    await this.#readDecisions(webhooks);
    await this.#readTelemetry(webhooks);
    for (const id of await this.#store.overfull()) await this.#store.end(id, this.#needs.nowMs());
    await this.#store.forget(this.#needs.nowMs());
    const byId = new Map(webhooks.map(webhook => [webhook.id, webhook]));
    const due = await this.#store.due(this.#needs.nowMs(), AT_ONCE);
    await Promise.all(
      due.map(message => {
        const webhook = byId.get(message.webhookId);
        return webhook === undefined ? undefined : this.#send(webhook, message);
      }),
    );
  }

  async #readDecisions(webhooks: readonly Webhook[]): Promise<void> {
    const cursor = await this.#store.cursor();
    const rows = await this.#needs.db
      .selectFrom("decision")
      .select(["ledger_index", "document"])
      .where("ledger_index", ">", cursor)
      .orderBy("ledger_index")
      .limit(DECISIONS_AT_ONCE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    const events = rows.flatMap(row => this.#told(row.document as Decision, row.ledger_index) ?? []);
    await this.#enqueue(webhooks, events, last.ledger_index);
  }

  #told(decision: Decision, ledgerIndex: number): WebhookEvent | null {
    if (decision.action !== "admission") return null;
    const terminal = this.#needs.book().get("terminal", decision.subject);
    if (terminal?.accountId == null) return null;
    const { userTerminalId: wireId } = wireIdentityOf(terminal);
    return admissionEvent(decision, ledgerIndex, terminal.accountId, { id: terminal.id, wireId });
  }

  async #readTelemetry(webhooks: readonly Webhook[]): Promise<void> {
    const accounts = new Set(
      webhooks.flatMap(webhook => (webhook.events.includes("terminal.alerts") ? [webhook.accountId] : [])),
    );
    const telemetry = this.#needs.telemetry();
    if (accounts.size === 0 || telemetry === null) return;
    const page = await telemetry.recent({ fromSlot: this.#nextSlot, accounts });
    const events: WebhookEvent[] = [];
    for (const row of page.rows) {
      const terminal = this.#needs.book().get("terminal", row.terminal);
      if (terminal === undefined || !row.reporting) continue;
      const before = this.#alerts.get(row.terminal) ?? null;
      const event = alertsEvent(row, before, wireIdentityOf(terminal).userTerminalId);
      this.#alerts.set(row.terminal, row.alerts);
      if (event !== null) events.push(event);
    }
    this.#nextSlot = page.nextSlot;
    await this.#enqueue(webhooks, events, null);
  }

  #enqueue(webhooks: readonly Webhook[], events: readonly WebhookEvent[], cursor: number | null) {
    return this.#store.enqueue(webhooks, events, cursor, this.#needs.nowMs(), () => `msg_${randomUUID()}`);
  }

  async #send(webhook: Webhook, { row, messageId, body, attempts }: Message): Promise<void> {
    const refusal = this.refuse(webhook.url);
    const status = refusal === null ? await this.#post(webhook, messageId, body) : refusal;
    if (this.#closing.signal.aborted) return;
    const nowMs = this.#needs.nowMs();
    const failures = attempts + 1;
    if (typeof status === "number" && isArrived(status)) {
      return await this.#store.attempted(row, failures, String(status), { doneMs: nowMs, arrived: true });
    }
    const waitMs = retryAfterMs(failures, this.#needs.random());
    const next = waitMs === null ? { doneMs: nowMs, arrived: false } : { nextMs: nowMs + waitMs };
    await this.#store.attempted(row, failures, String(status), next);
    if (typeof status === "number" && isGone(status)) await this.#store.end(webhook.id, nowMs);
  }

  /** @returns the status of the answer, or what went wrong */
  async #post({ url, secret }: Webhook, messageId: string, body: string): Promise<number | string> {
    const timestampS = Math.floor(this.#needs.nowMs() / 1000);
    const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.any([late, this.#closing.signal]),
        headers: {
          "content-type": "application/json",
          "user-agent": "perigee-webhooks",
          "webhook-id": messageId,
          "webhook-timestamp": String(timestampS),
          "webhook-signature": signatureOf(secret, messageId, timestampS, body),
        },
        body,
      });
      // What the receiver says beside its status is of no account, however long.
      await response.body?.cancel();
      return response.status;
    } catch (error) {
      return late.aborted ? "no answer in time" : (error as Error).message;
    }
  }
}
