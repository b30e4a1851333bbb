// SPDX-License-Identifier: MIT
import { ROW_BYTES } from "./columns.ts";
import type { TelemetryRow } from "./row.ts";
import { type SlotBatch, unpackRow } from "./slot-batch.ts";
import type { Words } from "./words.ts";

/** The newest slots in memory, bounded by their number and by their size. */
export class RecentWindow {
  readonly #words: Words;
  readonly #mostSlots: number;
  readonly #mostRows: number;
  /** By slot, ascending. */
  #batches: SlotBatch[] = [];
  #rows = 0;
  readonly #newest = new Map<string, TelemetryRow | { readonly batch: SlotBatch; readonly at: number }>();

  /** @param mostBytes - The oldest slots go when all together would be larger; the newest one stays. */
  constructor(words: Words, mostSlots: number, mostBytes: number) {
    this.#words = words;
    this.#mostSlots = mostSlots;
    this.#mostRows = Math.floor(mostBytes / ROW_BYTES);
  }

  /** The oldest slot that is held; `null`: none is. */
  get firstSlot(): number | null {
    return this.#batches[0]?.slot ?? null;
  }

  add(batch: SlotBatch): void {
    this.#batches.push(batch);
    this.#rows += batch.count;
    for (let at = 0; at < batch.count; at++) {
      this.#newest.set(this.#words.textOf(batch.columns.terminal[at]!)!, { batch, at });
    }
    const eldest = batch.slot - this.#mostSlots;
    let gone = 0;
    while (gone < this.#batches.length - 1) {
      const oldest = this.#batches[gone]!;
      if (oldest.slot > eldest && this.#rows <= this.#mostRows) break;
      this.#rows -= oldest.count;
      gone++;
    }
    if (gone > 0) this.#forget(gone, eldest);
  }

  /** What was newest of each terminal when the process before ended. */
  restore(rows: readonly TelemetryRow[]): void {
    for (const row of rows) this.#newest.set(row.terminal, row);
  }

  newest(terminal: string): TelemetryRow | null {
    const found = this.#newest.get(terminal);
    if (found === undefined) return null;
    return "batch" in found ? unpackRow(found.batch, found.at, this.#words) : found;
  }

  /**
   * Rows of held slots from `fromSlot` on, whole slots, until `mostRows` are reached.
   *
   * @returns the slot after the last that was looked at.
   */
  collect(
    fromSlot: number,
    accounts: ReadonlySet<string> | undefined,
    mostRows: number,
    into: TelemetryRow[],
  ): number {
    const wanted = accounts === undefined ? null : new Set<number>();
    for (const account of accounts ?? []) {
      const code = this.#words.find(account);
      if (code !== undefined) wanted!.add(code);
    }
    let next = fromSlot;
    for (const batch of this.#batches) {
      if (batch.slot < fromSlot) continue;
      if (into.length >= mostRows) break;
      const { account } = batch.columns;
      for (let i = 0; i < batch.count; i++) {
        if (wanted === null || wanted.has(account[i]!)) into.push(unpackRow(batch, i, this.#words));
      }
      next = batch.slot + 1;
    }
    return next;
  }

  /** Lets go of the oldest batches, and of terminals that nothing was heard of since: a row is all that holds a batch. */
  #forget(count: number, eldestSlot: number): void {
    for (const old of this.#batches.slice(0, count)) {
      for (let at = 0; at < old.count; at++) {
        const terminal = this.#words.textOf(old.columns.terminal[at]!)!;
        const newest = this.#newest.get(terminal);
        if (newest === undefined || !("batch" in newest) || newest.batch !== old) continue;
        if (old.slot > eldestSlot) this.#newest.set(terminal, unpackRow(old, at, this.#words));
        else this.#newest.delete(terminal);
      }
    }
    this.#batches = this.#batches.slice(count);
  }
}
