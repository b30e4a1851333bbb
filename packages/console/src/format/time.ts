// SPDX-License-Identifier: MIT

/** UTC time of day: 14:05:09. */
export function clockTime(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(11, 19);
}

/** UTC date: 2026-11-21. */
export function date(utc: number | string): string {
  return new Date(utc).toISOString().slice(0, 10);
}

/** UTC date and minute: 2026-11-21 14:05 UTC. */
export function dateTime(utc: number | string): string {
  return `${new Date(utc).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** How long ago, in the one unit that matters: 8 s, 12 min, 5 h, 3 d. Never negative. */
export function age(fromMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - fromMs) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Whole seconds until an instant, never negative, two digits: 07. */
export function secondsLeft(untilMs: number, nowMs: number): string {
  return String(Math.max(0, Math.ceil((untilMs - nowMs) / 1000))).padStart(2, "0");
}
