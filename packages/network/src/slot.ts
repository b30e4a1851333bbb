// SPDX-License-Identifier: MIT
// The network's only clock grid. Starlink re-plans the whole world at seconds 12, 27, 42 and 57 of each minute
// (Pan, Zhao and Cai, PIMRC 2023; the same instants in LEOViz). Perigee keeps those instants.

/** Length of one slot, milliseconds. */
export const SLOT_MS = 15_000;

/** Start of slot 0: 1970-01-01T00:00:12Z. */
const ORIGIN_MS = 12_000;

/**
 * The slot that contains an instant: an integer counted from the slot that starts at 1970-01-01T00:00:12Z. A slot
 * contains its start and not its end. Leap seconds do not exist on this scale, as they do not in UTC milliseconds.
 *
 * @param atMs UTC milliseconds.
 */
export function slotAt(atMs: number): number {
  return Math.floor((atMs - ORIGIN_MS) / SLOT_MS);
}

/** UTC milliseconds at which a slot starts; `slotStartMs(slot + 1)` is its end. */
export function slotStartMs(slot: number): number {
  return ORIGIN_MS + slot * SLOT_MS;
}
