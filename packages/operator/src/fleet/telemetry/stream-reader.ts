// SPDX-License-Identifier: MIT
import type { TelemetryRow } from "../../telemetry/row.ts";
import { columnsJson, enumsJson } from "./columns.ts";
import { nanoseconds, type RowContext, rowsOf } from "./stream-rows.ts";

/** How far a reader has read: a slot, and how many rows of it were given already. */
export interface Position {
  readonly slot: number;
  readonly given: number;
}

/** A position as it is kept. */
export const positionText = ({ slot, given }: Position): string => `${slot}.${given}`;

/** @returns `null` where the text is none */
export function positionIn(text: string): Position | null {
  const [, slot, given] = /^(\d{1,12})\.(\d{1,7})$/.exec(text) ?? [];
  return slot === undefined ? null : { slot: Number(slot), given: Number(given) };
}

/** Rows that were collected, and where the next ones begin. */
export interface Batch {
  readonly rows: string[];
  readonly next: Position;
}

/**
 * Continues a batch with what has come since.
 *
 * @param page - Rows of whole slots from the one before `batch.next.slot` on, of one account, by slot.
 * @param firstSlot - The oldest slot that is still held: a reader who comes later goes on there.
 * @param nextSlot - The slot after the last one in the page.
 * @param size - Most rows of the batch.
 */
export function fill(
  batch: Batch,
  page: readonly TelemetryRow[],
  firstSlot: number,
  nextSlot: number,
  size: number,
  context: RowContext,
): Batch {
  const { rows } = batch;
  const start: Position = batch.next.slot < firstSlot ? { slot: firstSlot, given: 0 } : batch.next;
  const bySlot = Map.groupBy(page, row => row.slot);
  let before = byTerminal(bySlot.get(start.slot - 1));
  for (let slot = start.slot; slot < nextSlot; slot++) {
    const ofSlot = bySlot.get(slot) ?? [];
    let given = 0;
    const skip = slot === start.slot ? start.given : 0;
    for (const row of ofSlot) {
      for (const text of rowsOf(row, before.get(row.terminal), context)) {
        if (given++ < skip) continue;
        if (rows.length === size) return { rows, next: { slot, given: given - 1 } };
        rows.push(text);
      }
    }
    before = byTerminal(ofSlot);
  }
  return { rows, next: nextSlot > start.slot ? { slot: nextSlot, given: 0 } : start };
}

const byTerminal = (rows: readonly TelemetryRow[] = []): Map<string, TelemetryRow> =>
  new Map(rows.map(row => [row.terminal, row]));

/** The whole answer of the stream. */
export function streamJson({ rows, next }: Batch): string {
  const last = nanoseconds(next.given > 0 ? next.slot : next.slot - 1);
  return `{"data":{"values":[${rows.join(",")}],"columnNamesByDeviceType":${columnsJson},"aggregateValues":null,"aggregateColumnNamesByDeviceType":null},"metadata":{"LastPartitionUtcTimestampNs":${last},"enums":${enumsJson}}}`;
}
