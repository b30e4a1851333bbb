// SPDX-License-Identifier: MIT
import { setTimeout as sleep } from "node:timers/promises";
import type { Account, Book } from "@perigee/authority";
import { Exclusive } from "../../exclusive.ts";
import type { Database } from "../../storage/database.ts";
import type { TelemetryPort } from "../ports.ts";
import { accountNumberOf, wireIdentityOf } from "../wire-ids.ts";
import { type Addresses, addressesOf } from "./addresses.ts";
import { RouterWindow } from "./router-window.ts";
import { type Batch, fill, type Position, positionIn, positionText, streamJson } from "./stream-reader.ts";
import type { RowContext } from "./stream-rows.ts";

/** What reading telemetry needs of the operator. */
export interface TelemetryNeeds {
  readonly db: Database;
  readonly book: () => Book;
  readonly nowMs: () => number;
  /** Asked each time: telemetry may start after the API; `null`: there is none. */
  readonly telemetry: () => TelemetryPort | null;
}

/** How often a waiting reader looks whether a slot has come. */
const LOOK_EVERY_MS = 200;

/**
 * Telemetry as the programs of customers read it: each service account has one place in the stream of each account, and
 * whoever asks under that name goes on from there.
 */
export class TelemetryDesk {
  readonly routers = new RouterWindow();
  readonly #needs: TelemetryNeeds;
  readonly #turns = new Map<string, Exclusive>();
  readonly #ordinals = new Map<string, number>();
  readonly #pops = new Map<string, number>();

  constructor(needs: TelemetryNeeds) {
    this.#needs = needs;
  }

  get source(): TelemetryPort | null {
    return this.#needs.telemetry();
  }

  /**
   * Waits until a batch is full or the time is over, moves the reader's place on, and gives the answer as JSON. What was
   * given is not given again, whether or not it arrived.
   *
   * @param signal - Of a caller who hangs up: nothing is given then, and the place stays.
   * @returns `null` where the caller hung up
   */
  async stream(
    clientId: string,
    account: Account,
    size: number,
    lingerMs: number,
    signal: AbortSignal,
  ): Promise<string | null> {
    const key = `${clientId} ${account.id}`;
    const turn = this.#turns.get(key) ?? new Exclusive();
    this.#turns.set(key, turn);
    return await turn.run(async () => {
      const batch = await this.#collect(clientId, account, size, lingerMs, signal);
      if (batch === null) return null;
      await this.#advance(clientId, account.id, batch.next);
      return streamJson(batch);
    });
  }

  async #collect(
    clientId: string,
    account: Account,
    size: number,
    lingerMs: number,
    signal: AbortSignal,
  ): Promise<Batch | null> {
    const deadlineMs = this.#needs.nowMs() + lingerMs;
    const context = this.#context(account.id);
    let batch: Batch = { rows: [], next: await this.#position(clientId, account.id) };
    // The slot before is read too, for comparison; whole slots come even where the number is reached within one.
    let beside = this.#needs.book().about("terminal", account.id).length;
    while (!signal.aborted) {
      const { slot, given } = batch.next;
      const maxRows = size - batch.rows.length + given + beside;
      const accounts = new Set([account.id]);
      const page = await this.source?.recent({ fromSlot: Math.max(0, slot - 1), accounts, maxRows });
      if (page !== undefined) batch = fill(batch, page.rows, page.firstSlot, page.nextSlot, size, context);
      if (batch.rows.length >= size) return batch;
      // A page that ends early though more is held: there is nothing to wait for.
      if (batch.next.slot > slot) continue;
      if ((page?.rows.length ?? 0) >= maxRows) {
        beside = 2 * maxRows;
        continue;
      }
      const leftMs = deadlineMs - this.#needs.nowMs();
      if (leftMs <= 0) return batch;
      await sleep(Math.min(LOOK_EVERY_MS, leftMs), undefined, { signal }).catch(() => undefined);
    }
    return null;
  }

  #context(accountId: string): RowContext {
    const book = this.#needs.book();
    return {
      accountNumber: accountNumberOf(accountId),
      wireId: terminal => wireIdentityOf(book.get("terminal", terminal) ?? unnamed(terminal)).userTerminalId,
      routers: (slot, terminal) => this.routers.of(slot, terminal),
      addresses: (terminal, pop) => this.addresses(terminal, pop),
    };
  }

  /** The addresses of a terminal that is linked through a point of presence. */
  addresses(terminal: string, pop: string): Addresses {
    if (!this.#ordinals.has(terminal)) {
      for (const { id } of this.#needs.book().all("terminal")) {
        if (!this.#ordinals.has(id)) this.#ordinals.set(id, this.#ordinals.size);
      }
    }
    if (!this.#pops.has(pop)) this.#pops.set(pop, this.#pops.size);
    return addressesOf(this.#ordinals.get(terminal) ?? 0, this.#pops.get(pop)!, this.#isPublic(terminal));
  }

  #isPublic(terminal: string): boolean {
    const book = this.#needs.book();
    const lineId = book.get("terminal", terminal)?.serviceLineId ?? null;
    const line = lineId === null ? undefined : book.get("serviceLine", lineId);
    return line !== undefined && "publicIp" in line && line.publicIp === true;
  }

  /** A reader who comes for the first time begins with the oldest that is held. */
  async #position(clientId: string, accountId: string): Promise<Position> {
    const row = await this.#needs.db
      .selectFrom("telemetry_reader")
      .select("position")
      .where("client_id", "=", clientId)
      .where("account_id", "=", accountId)
      .executeTakeFirst();
    return (row && positionIn(row.position)) ?? { slot: 0, given: 0 };
  }

  async #advance(clientId: string, accountId: string, next: Position): Promise<void> {
    const position = positionText(next);
    const atMs = this.#needs.nowMs();
    await this.#needs.db
      .insertInto("telemetry_reader")
      .values({ client_id: clientId, account_id: accountId, position, at_ms: atMs })
      .onConflict(conflict =>
        conflict.columns(["client_id", "account_id"]).doUpdateSet({ position, at_ms: atMs }),
      )
      .execute();
  }
}

/** A terminal whose record is gone: what it is called follows from its id. */
const unnamed = (id: string) => ({ id, kitNumber: null, serial: null });
