// SPDX-License-Identifier: MIT
// The data plane's end of numbered orders: each is carried out once, however often it comes.
import type { BatchReport, LinkEngine, RevocationReport } from "./contract.ts";
import type { NumberedOrder } from "./messages.ts";

export type OrderReport = BatchReport | RevocationReport;

/** Answers remembered. An order repeated after so many others is carried out again, which changes nothing. */
const ANSWERS_KEPT = 1_024;

export class OrderInbox {
  readonly #engine: LinkEngine;
  readonly #answers = new Map<number, OrderReport>();

  constructor(engine: LinkEngine) {
    this.#engine = engine;
  }

  /** Carries an order out, or gives the answer that it was given before. */
  take(sequence: number, order: NumberedOrder): OrderReport {
    const before = this.#answers.get(sequence);
    if (before !== undefined) return "repeated" in before ? { ...before, repeated: true } : before;
    const report = this.#carryOut(order);
    if (this.#answers.size >= ANSWERS_KEPT) this.#answers.delete(this.#answers.keys().next().value!);
    this.#answers.set(sequence, report);
    return report;
  }

  #carryOut(order: NumberedOrder): OrderReport {
    switch (order.call) {
      case "revokeMany":
        return this.#engine.revokeMany(order.terminalIds, order.revocation);
      case "setRefusals":
        return this.#engine.setRefusals(order.refusals);
      case "transmit":
        return this.#engine.transmit(order.orders);
    }
  }
}
