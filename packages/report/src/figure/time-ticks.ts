// SPDX-License-Identifier: MIT
import type { Tick } from "./ticks.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map(n => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(n => n * MINUTE),
  ...[1, 2, 3, 6, 12].map(n => n * HOUR),
  ...[1, 2, 7, 14].map(n => n * DAY),
];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Ticks of a time axis, UTC: whole seconds, minutes, hours or days, or first days of months; at most about `most`. The
 * first tick and each new day say the date in a second line, after a line feed.
 */
export function timeTicks(minMs: number, maxMs: number, most: number): Tick[] {
  const step = STEPS.find(candidate => (maxMs - minMs) / candidate <= most);
  if (step === undefined) return monthTicks(minMs, maxMs, most);
  const ticks: Tick[] = [];
  let lastDay: number | null = null;
  for (let value = Math.ceil(minMs / step) * step; value <= maxMs; value += step) {
    const day = Math.floor(value / DAY);
    const date = dateLabel(value, lastDay === null);
    if (step >= DAY) ticks.push({ value, label: date });
    else
      ticks.push({ value, label: day === lastDay ? clock(value, step) : `${clock(value, step)}\n${date}` });
    lastDay = day;
  }
  return ticks;
}

function monthTicks(minMs: number, maxMs: number, most: number): Tick[] {
  const start = new Date(minMs);
  const end = new Date(maxMs);
  const months = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const span = months(end) - months(start) + 1;
  const stride = [1, 3, 6, 12].find(n => span / n <= most) ?? 12 * Math.ceil(span / 12 / most);
  const ticks: Tick[] = [];
  for (let month = Math.ceil(months(start) / stride) * stride; month <= months(end); month += stride) {
    const value = Date.UTC(Math.floor(month / 12), month % 12, 1);
    const year = Math.floor(month / 12);
    if (value < minMs || value > maxMs) continue;
    const name = MONTHS[month % 12]!;
    ticks.push({ value, label: ticks.length === 0 || month % 12 === 0 ? `${name}\n${year}` : name });
  }
  return ticks;
}

function clock(utcMs: number, step: number): string {
  return new Date(utcMs).toISOString().slice(11, step < MINUTE ? 19 : 16);
}

function dateLabel(utcMs: number, withYear: boolean): string {
  const date = new Date(utcMs);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return withYear ? `${day} ${date.getUTCFullYear()}` : day;
}
