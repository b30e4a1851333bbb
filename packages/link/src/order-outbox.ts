// SPDX-License-Identifier: MIT
// The authority's end of numbered orders: what the data plane has not acknowledged is kept and sent again. A message may
// be lost, doubled or overtaken; as orders are dated or counted, what is true afterwards does not depend on it.
import type { DatedRevocation, Result, TransmitOrder } from "./contract.ts";
import type { NumberedOrder } from "./messages.ts";

/** Sends an order. An answer may never come. */
export type SendOrder = (sequence: number, order: NumberedOrder) => Promise<Result<unknown>>;

interface Pending {
  readonly order: NumberedOrder;
  readonly settle: (result: Result<unknown>) => void;
  /** Settled with the acknowledgement, to whichever copy it was. */
  readonly acknowledged: PromiseWithResolvers<Result<unknown>>;
  timer: NodeJS.Timeout | null;
}

/** More unacknowledged orders than this are folded into one of each kind and reason. */
const ORDERS_MAX = 256;

export class OrderOutbox {
  readonly #send: SendOrder;
  readonly #resendMs: number;
  readonly #pending = new Map<number, Pending>();
  #nextSequence = 1;

  /** @param resendMs An order without an answer is sent again after this time. */
  constructor(send: SendOrder, resendMs: number) {
    this.#send = send;
    this.#resendMs = resendMs;
  }

  /** Orders without an acknowledgement. */
  get size(): number {
    return this.#pending.size;
  }

  /** Sends an order until it is acknowledged. Answers with the report, or at once when the authority is cut off. */
  give(order: NumberedOrder): Promise<Result<unknown>> {
    if (this.#pending.size >= ORDERS_MAX) this.#fold();
    return new Promise(resolve => this.#dispatch(this.#add(order, resolve)));
  }

  /** Sends everything again that is unacknowledged, the oldest first, and waits for the answers. */
  async catchUp(): Promise<number> {
    await Promise.all([...this.#pending.keys()].map(sequence => this.#dispatch(sequence)));
    return this.#pending.size;
  }

  /** Nobody is there any more to acknowledge anything. */
  close(result: Result<never>): void {
    for (const { timer, settle, acknowledged } of this.#pending.values()) {
      if (timer !== null) clearTimeout(timer);
      acknowledged.resolve(result);
      settle(result);
    }
    this.#pending.clear();
  }

  #add(order: NumberedOrder, settle: (result: Result<unknown>) => void): number {
    const sequence = this.#nextSequence++;
    this.#pending.set(sequence, { order, settle, acknowledged: Promise.withResolvers(), timer: null });
    return sequence;
  }

  async #dispatch(sequence: number): Promise<void> {
    const pending = this.#pending.get(sequence);
    if (pending === undefined) return;
    if (pending.timer !== null) clearTimeout(pending.timer);
    pending.timer = setTimeout(() => void this.#dispatch(sequence), this.#resendMs);
    pending.timer.unref();
    const result = await Promise.race([this.#send(sequence, pending.order), pending.acknowledged.promise]);
    const isCutOff = !result.ok && result.error.code === "AUTHORITY_UNREACHABLE";
    if (!isCutOff) {
      this.#pending.delete(sequence);
      pending.acknowledged.resolve(result);
    }
    if (pending.timer !== null) clearTimeout(pending.timer);
    pending.timer = null;
    pending.settle(result);
  }

  /** One terminal's newest word of each kind says all that its older ones said. */
  #fold(): void {
    const revocations = new Map<string, DatedRevocation>();
    const refusals = new Map<string, DatedRevocation>();
    const transmits = new Map<string, TransmitOrder>();
    const settles = [...this.#pending.values()].map(({ timer, settle, acknowledged }) => {
      if (timer !== null) clearTimeout(timer);
      return (result: Result<unknown>): void => {
        acknowledged.resolve(result);
        settle(result);
      };
    });
    for (const { order } of this.#pending.values()) {
      if (order.call === "revokeMany")
        for (const id of order.terminalIds) keepNewest(revocations, id, order.revocation);
      else if (order.call === "setRefusals")
        for (const { terminalId, refusal } of order.refusals) keepNewest(refusals, terminalId, refusal);
      else
        for (const o of order.orders) {
          const known = transmits.get(o.terminalId);
          if (known === undefined || o.sequence > known.sequence) transmits.set(o.terminalId, o);
        }
    }
    this.#pending.clear();
    const settleAll = (result: Result<unknown>): void => {
      for (const settle of settles.splice(0)) settle(result);
    };
    for (const [revocation, ids] of groupIds(revocations))
      this.#add({ call: "revokeMany", terminalIds: ids, revocation }, settleAll);
    if (refusals.size > 0) {
      const all = [...refusals].map(([terminalId, refusal]) => ({ terminalId, refusal }));
      this.#add({ call: "setRefusals", refusals: all }, settleAll);
    }
    if (transmits.size > 0) this.#add({ call: "transmit", orders: [...transmits.values()] }, settleAll);
    for (const sequence of [...this.#pending.keys()]) void this.#dispatch(sequence);
  }
}

function keepNewest(known: Map<string, DatedRevocation>, id: string, revocation: DatedRevocation): void {
  const before = known.get(id);
  if (before === undefined || revocation.atMs >= before.atMs) known.set(id, revocation);
}

function groupIds(revocations: ReadonlyMap<string, DatedRevocation>): Map<DatedRevocation, string[]> {
  const groups = new Map<DatedRevocation, string[]>();
  for (const [id, revocation] of revocations) {
    const ids = groups.get(revocation);
    if (ids === undefined) groups.set(revocation, [id]);
    else ids.push(id);
  }
  return groups;
}
