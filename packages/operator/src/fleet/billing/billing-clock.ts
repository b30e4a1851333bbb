// SPDX-License-Identifier: MIT
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";

/** A jump of billing time: so far ahead, from a moment of real time on. */
interface Travel {
  readonly atMs: number;
  readonly byMs: number;
}

const SETTING = "billing-travels";

/** Ten years: far enough for any contract, and every date stays one. */
const FURTHEST_MS = 10 * 366 * 86_400_000;

/**
 * The time that bills go by. It is real time, unless a test has sent it ahead; then everything that happens later
 * happens later on the bills too, and what happened before the jump stays where it was.
 */
export class BillingClock {
  readonly #clock: Clock;
  readonly #db: Database;
  #travels: readonly Travel[];

  private constructor(clock: Clock, db: Database, travels: readonly Travel[]) {
    this.#clock = clock;
    this.#db = db;
    this.#travels = travels;
  }

  static async open(clock: Clock, db: Database): Promise<BillingClock> {
    const row = await db.selectFrom("setting").select("value").where("key", "=", SETTING).executeTakeFirst();
    return new BillingClock(clock, db, row === undefined ? [] : (JSON.parse(row.value) as Travel[]));
  }

  /** UTC ms of billing time, now. */
  nowMs(): number {
    return this.of(this.#clock.nowMs());
  }

  /** The billing time of a moment of real time. */
  of(realMs: number): number {
    return this.#travels.reduce((at, { atMs, byMs }) => (atMs <= realMs ? at + byMs : at), realMs);
  }

  /** The moment of real time at which billing time reached or passed an instant: for all of a jump, its beginning. */
  real(billingMs: number): number {
    let ahead = 0;
    for (const { atMs, byMs } of this.#travels) {
      if (billingMs < atMs + ahead) break;
      if (billingMs < atMs + ahead + byMs) return atMs;
      ahead += byMs;
    }
    return billingMs - ahead;
  }

  /**
   * Sends billing time ahead; never back, for bills were made.
   *
   * @returns billing time after the jump, or `null` where it would go further than ten years
   */
  async travel(byMs: number): Promise<number | null> {
    if (!Number.isSafeInteger(byMs) || byMs < 1)
      throw new RangeError(`billing time cannot go ${byMs} ms ahead`);
    if (this.#travels.reduce((sum, travel) => sum + travel.byMs, byMs) > FURTHEST_MS) return null;
    const travels = [...this.#travels, { atMs: this.#clock.nowMs(), byMs }];
    const value = JSON.stringify(travels);
    await this.#db
      .insertInto("setting")
      .values({ key: SETTING, value })
      .onConflict(conflict => conflict.column("key").doUpdateSet({ value }))
      .execute();
    this.#travels = travels;
    return this.nowMs();
  }
}
