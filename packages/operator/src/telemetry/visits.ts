// SPDX-License-Identifier: MIT
import type { CellVisit } from "./row.ts";

/**
 * Stretches of slots in which a terminal stayed in one cell, made of rows (or of a day's): in a stretch without a gap,
 * slots and their numbers in the row of all its slots there grow together, so their difference stays the same.
 *
 * @param rows - A select or file with terminal, account, cell, slot.
 */
export const selectVisits = (rows: string): string => `
  SELECT terminal, account, cell, min(slot)::UINTEGER AS from_slot, max(slot)::UINTEGER AS until_slot
  FROM (
    SELECT terminal, account, cell, slot,
      slot::BIGINT - row_number() OVER (PARTITION BY terminal, account, cell ORDER BY slot) AS stretch
    FROM (${rows}) WHERE cell IS NOT NULL
  )
  GROUP BY terminal, account, cell, stretch`;

/** Visits in order, those that go on from one day into the next as one. */
export function joinVisits(visits: readonly CellVisit[]): CellVisit[] {
  const sorted = [...visits].sort(
    (a, b) =>
      a.fromSlot - b.fromSlot ||
      (a.terminal < b.terminal ? -1 : a.terminal > b.terminal ? 1 : 0) ||
      (a.cell < b.cell ? -1 : 1),
  );
  const last = new Map<string, number>();
  const joined: CellVisit[] = [];
  for (const visit of sorted) {
    const key = JSON.stringify([visit.terminal, visit.account, visit.cell.toString(16)]);
    const at = last.get(key);
    const before = at === undefined ? undefined : joined[at];
    if (at !== undefined && before !== undefined && before.untilSlot + 1 === visit.fromSlot) {
      joined[at] = { ...before, untilSlot: visit.untilSlot };
    } else {
      last.set(key, joined.length);
      joined.push(visit);
    }
  }
  return joined;
}
