// SPDX-License-Identifier: MIT
import { displayWidth, fitText, visibleText } from "../table/display-width.ts";

/** How far a piece of work is. */
export interface ProgressState {
  /** What is going on: "Planning". */
  readonly label: string;
  readonly done: number;
  /** Unknown without it: no bar, no time left. */
  readonly total?: number;
  /** What is counted, in the plural: "slots". */
  readonly unit: string;
  readonly elapsedMs: number;
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LEAST_BAR = 6;
const MOST_BAR = 30;

/**
 * One line of text about a piece of work: label, bar, share, count, rate and time left; never wider than `width`. It only
 * formats: printing it, and how often, is the caller's.
 *
 * @example
 * ```ts
 * import { progressLine } from "@perigee/report";
 *
 * progressLine({ label: "Planning", done: 1440, total: 5760, unit: "slots", elapsedMs: 12_000 }, 72);
 * // "Planning  ███▊░░░░░░░░░░░   25 %  1,440 of 5,760 slots  120/s  36 s left"
 * ```
 */
export function progressLine(state: ProgressState, width = 80): string {
  const { label, done, total, unit, elapsedMs } = state;
  const perSecond = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const rate = perSecond > 0 ? `${rateText(perSecond)}/s` : "";
  const name = visibleText(label);
  if (total === undefined || !(total > 0)) {
    return fitText(joined([name, `${countText(done)} ${unit}`, rate, durationText(elapsedMs)]), width);
  }
  const share = Math.min(1, Math.max(0, done / total));
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const count = `${countText(done)} of ${countText(total)} ${unit}`;
  const time =
    share >= 1
      ? durationText(elapsedMs)
      : perSecond > 0
        ? `${durationText(((total - done) * 1000) / perSecond)} left`
        : "";
  const tail = joined([percent, count, rate, time]);
  const room = width - displayWidth(name) - displayWidth(tail) - 4;
  if (room < LEAST_BAR) return fitText(joined([name, percent.trim(), time, count]), width);
  return joined([name, barText(share, Math.min(MOST_BAR, room)), tail]);
}

/**
 * A length of time in at most two units.
 *
 * @example
 * ```ts
 * import { durationText } from "@perigee/report";
 *
 * [36_000, 245_000, 7_380_000, 273_600_000].map(durationText); // ["36 s", "4 min 05 s", "2 h 03 min", "3 d 4 h"]
 * ```
 */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

function barText(share: number, width: number): string {
  const eighths = Math.floor(share * width * 8);
  const bar = "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
  return bar.padEnd(width, "░");
}

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== "").join("  ");
}

function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Two significant digits below ten, whole numbers up to 10,000, then thousands and millions. */
function rateText(rate: number): string {
  if (rate < 9.95) return String(Number(rate.toPrecision(2)));
  if (rate < 9999.5) return countText(rate);
  return rate < 999_500
    ? `${Number((rate / 1e3).toPrecision(3))}k`
    : `${Number((rate / 1e6).toPrecision(3))}M`;
}
