// SPDX-License-Identifier: MIT
import { SHARE_PARTS } from "./cell-plan.ts";

const parts = new Float64Array(SHARE_PARTS);

/**
 * Divides a beam's time among its cells, in parts of 64. A cell without demand gets `idleParts`, one with demand at least
 * 1. The rest follows demand: where a beam carries all of it, in proportion, so that all have the same headroom; where
 * it does not, each cell gets what it wants up to a common level (max-min), so that a heavy cell does not starve the
 * light ones: it gets further beams. Rounding by largest remainder, ties to the earlier cell.
 *
 * @param load Per cell: demand in beams' worth, 0 or more, at most 32 cells.
 * @param out Per cell: its parts; they add up to 64, to less where no cell has demand.
 */
export function divideBeam(load: Float64Array, count: number, idleParts: number, out: Uint8Array): void {
  let total = 0;
  let busy = 0;
  for (let k = 0; k < count; k++) {
    total += load[k]!;
    if (load[k]! > 0) busy++;
  }
  // Idle cells are never given so much that a busy one would have none.
  const idle = Math.max(1, Math.min(idleParts, Math.floor((SHARE_PARTS - busy) / Math.max(1, count - busy))));
  const free = SHARE_PARTS - (count - busy) * idle;
  const level = total > 1 ? commonLevel(load, count, busy) : Number.POSITIVE_INFINITY;
  const whole = Math.min(1, total);
  let beyond = 0;
  for (let k = 0; k < count; k++) {
    parts[k] = load[k]! > 0 ? Math.max(0, (free * Math.min(load[k]!, level)) / whole - 1) : 0;
    beyond += parts[k]!;
  }
  let left = free - busy;
  for (let k = 0; k < count; k++) {
    if (load[k]! > 0) {
      const exact = beyond > 0 ? (parts[k]! * (free - busy)) / beyond : 0;
      out[k] = 1 + Math.floor(exact);
      parts[k] = exact - Math.floor(exact);
      left -= Math.floor(exact);
    } else {
      out[k] = idle;
      parts[k] = Number.NEGATIVE_INFINITY;
    }
  }
  if (busy === 0) return;
  for (; left > 0; left--) {
    let most = 0;
    for (let k = 1; k < count; k++) if (parts[k]! > parts[most]!) most = k;
    out[most]! += 1;
    parts[most]! -= 1;
  }
}

/** The level w at which the sum of min(load, w) is 1, for loads that add up to more. */
function commonLevel(load: Float64Array, count: number, busy: number): number {
  let level = 1 / busy;
  for (;;) {
    let below = 0;
    let above = 0;
    for (let k = 0; k < count; k++) {
      if (load[k]! > level) above++;
      else below += load[k]!;
    }
    const next = (1 - below) / above;
    // Rising towards the answer, a finite number of steps: each moves a load from above to below.
    if (!(above > 0) || !(next > level)) return level;
    level = next;
  }
}
