// SPDX-License-Identifier: MIT

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A span that is left, in the two units that matter: 3 d 4 h, 5 h 12 min, 4 min 09 s. */
export function leftWords(leftMs: number): string {
  const left = Math.max(0, leftMs);
  const whole = (unitMs: number, ofMs = Number.POSITIVE_INFINITY) => Math.floor((left % ofMs) / unitMs);
  if (left >= 2 * DAY_MS) return `${whole(DAY_MS)} d ${whole(HOUR_MS, DAY_MS)} h`;
  if (left >= HOUR_MS) return `${whole(HOUR_MS)} h ${whole(MINUTE_MS, HOUR_MS)} min`;
  return `${whole(MINUTE_MS)} min ${String(whole(1_000, MINUTE_MS)).padStart(2, "0")} s`;
}

/** How pressing it is: over or within the hour, within a day, or neither. */
export function leftTone(leftMs: number): "bad" | "warn" | "mute" {
  if (leftMs < HOUR_MS) return "bad";
  return leftMs < DAY_MS ? "warn" : "mute";
}
