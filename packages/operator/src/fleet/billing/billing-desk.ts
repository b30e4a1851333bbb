// SPDX-License-Identifier: MIT
import { type Decision, decisionOf } from "@perigee/authority";
import type { AuthorityService } from "../../authority/authority-service.ts";
import type { Database } from "../../storage/database.ts";
import { type CycleUse, cycleUse } from "../data/cycle-use.ts";
import { Meter } from "../data/meter.ts";
import type { UsagePort } from "../ports.ts";
import type { Product } from "../products.ts";
import { atAnInstantOfItsOwn } from "../same-instant.ts";
import { accountNumberOf } from "../wire-ids.ts";
import { addEvent, readStory } from "./account-records.ts";
import { type Bill, billOf, cyclesSoFar, isMetered } from "./bill.ts";
import type { BillingClock } from "./billing-clock.ts";
import { type Cycle, cycleAt } from "./cycle.ts";
import { poolIdOf } from "./pool-id.ts";
import { PriceList } from "./price-list.ts";
import type { AccountStory, DataEvent } from "./story.ts";

/** What a bill needs of the operator. */
export interface BillingNeeds {
  readonly db: Database;
  readonly authority: Pick<AuthorityService, "book" | "log" | "policy">;
  readonly time: BillingClock;
  readonly products: readonly Product[];
  /** Asked each time: telemetry may start after the API. */
  readonly usage: () => UsagePort | null;
}

/** Who decides something about an account's data or money, as the ledger names them. */
export type Decider = NonNullable<Decision["actor"]>;

/** Works out bills and data use from the records, and adds to them what accounts buy. */
export class BillingDesk {
  readonly time: BillingClock;
  readonly prices: PriceList;
  readonly #needs: BillingNeeds;
  readonly #meter: Meter;

  constructor(needs: BillingNeeds) {
    this.#needs = needs;
    this.time = needs.time;
    this.prices = new PriceList(needs.products, planId => needs.authority.policy.planById.get(planId));
    this.#meter = new Meter(needs.db, needs.time, needs.usage);
  }

  /** The records of an account that its bill and its data use are made from. */
  async story(accountId: string): Promise<AccountStory> {
    const { db, authority } = this.#needs;
    return await readStory(db, authority.book, accountId, line => this.prices.productOf(line), this.time);
  }

  /** The running cycle of an account; `null` before its first line. */
  cycle({ billingDay }: AccountStory): Cycle | null {
    return billingDay === null ? null : cycleAt(billingDay, this.time.nowMs());
  }

  /** What an account used in a cycle so far, and what that counts as. */
  async use(story: AccountStory, cycle: Cycle): Promise<CycleUse> {
    const bytes = new Map<string, number[]>();
    for (const line of story.lines) {
      const days = await this.#meter.days(line, cycle);
      bytes.set(
        line.lineId,
        days.map(day => day.downBytes + day.upBytes),
      );
    }
    return cycleUse(
      story,
      this.prices.terms,
      productId => poolIdOf(story.accountId, productId),
      cycle,
      this.time.nowMs(),
      lineId => bytes.get(lineId)!,
    );
  }

  /** The bill of an account as it stands. */
  async bill(accountId: string): Promise<Bill> {
    const story = await this.story(accountId);
    const nowMs = this.time.nowMs();
    const uses: CycleUse[] = [];
    for (const cycle of cyclesSoFar(story, nowMs)) {
      if (cycle.untilMs <= nowMs && isMetered(story, cycle)) uses.push(await this.use(story, cycle));
    }
    const name = accountNumberOf(accountId).replace(/^ACC-/, "");
    return billOf(name, story, this.prices.terms, id => poolIdOf(accountId, id), uses, nowMs);
  }

  /**
   * Records what an account buys, decides about its data, or paid: one decision, one ledger entry, one row.
   *
   * @param event - Without its time, which is now.
   * @param text - A sentence for the ledger.
   */
  async record(
    accountId: string,
    actor: Decider,
    event: WithoutTime<DataEvent>,
    text: string,
  ): Promise<void> {
    await atAnInstantOfItsOwn(async () => {
      const dated = { ...event, atMs: this.time.nowMs() } as DataEvent;
      const decision = decisionOf({
        atMs: this.time.real(dated.atMs),
        subject: accountId,
        action: `data ${event.kind}`,
        outcome: "recorded",
        reasons: [],
        text,
        inputs: { event: JSON.stringify(dated) },
        actor,
      });
      await this.#needs.authority.log(decision, (tx, ledgerIndex) =>
        addEvent(tx, accountId, dated, ledgerIndex),
      );
    });
  }
}

/** An event before it is dated. */
type WithoutTime<E> = E extends DataEvent ? Omit<E, "atMs"> : never;
