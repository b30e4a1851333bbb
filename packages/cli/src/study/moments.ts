// SPDX-License-Identifier: MIT
import { CliError } from "../command.ts";

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
/** A year and a day: nothing is studied for longer at once. */
const MOST_MS = 367 * 86_400_000;

/** A length of time, `90s`, `15min` (or `15m`), `24h` or `7d`, as milliseconds. */
export function readDuration(flag: string, text: string): number {
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s|min|m|h|d)$/.exec(text.trim()) ?? [];
  const ms = number === undefined ? Number.NaN : Number(number) * UNITS_MS[unit!]!;
  if (ms > 0 && ms <= MOST_MS) return ms;
  throw new CliError(`--${flag} takes a length of time like 90s, 15min, 24h or 7d, at most 367d`, 2);
}

/** An instant in ISO 8601, UTC where no offset is said: `2026-05-21T12:00`, `2026-05-21`. */
export function readInstant(flag: string, text: string): number {
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;
  const hasOffset = /(Z|[+-]\d\d:\d\d)$/.test(text) && text.includes("T");
  const atMs = iso.test(text) ? Date.parse(text.includes("T") && !hasOffset ? `${text}Z` : text) : Number.NaN;
  if (Number.isFinite(atMs) && atMs >= FIRST_MS && atMs < LAST_MS) return atMs;
  throw new CliError(`--${flag} takes an instant like 2026-05-21T12:00Z, from 1958 to 2200`, 2);
}

/** SGP4's elements begin with Sputnik. */
const FIRST_MS = Date.UTC(1958, 0, 1);
const LAST_MS = Date.UTC(2200, 0, 1);

/** A number within bounds. */
export function readNumber(
  flag: string,
  text: string,
  least: number,
  most: number,
  kind: "any" | "whole" = "any",
): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= least && value <= most && (kind === "any" || Number.isInteger(value))) return value;
  throw new CliError(
    `--${flag} takes a ${kind === "whole" ? "whole " : ""}number from ${least} to ${most}`,
    2,
  );
}

/** An instant as people and files read it. */
export function instantText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.000Z$/, "Z");
}
