// SPDX-License-Identifier: MIT

/** UTC milliseconds of a day. */
export const dayMs = 86_400_000;

/** A billing cycle: whole UTC days, half-open. */
export interface Cycle {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The last day of the month on which a cycle may begin: every month has it. */
const LATEST_BILLING_DAY = 28;

/**
 * The day of the month (1–28, UTC) on which an account's cycles begin: the day on which its first service line was
 * opened. An account has one billing day, so that its lines can draw on one pool of data.
 *
 * @param firstLineMs - UTC ms at which the account's first line was opened.
 */
export const billingDayOf = (firstLineMs: number): number =>
  Math.min(new Date(firstLineMs).getUTCDate(), LATEST_BILLING_DAY);

/** The cycle that an instant lies in. */
export function cycleAt(billingDay: number, atMs: number): Cycle {
  const at = new Date(atMs);
  const month = at.getUTCMonth() - (at.getUTCDate() < billingDay ? 1 : 0);
  return {
    fromMs: Date.UTC(at.getUTCFullYear(), month, billingDay),
    untilMs: Date.UTC(at.getUTCFullYear(), month + 1, billingDay),
  };
}

/** Every cycle that has a part of an interval, the earliest first. */
export function cyclesOf(billingDay: number, fromMs: number, untilMs: number): Cycle[] {
  const cycles: Cycle[] = [];
  for (let at = fromMs; at < untilMs; at = cycles.at(-1)!.untilMs) cycles.push(cycleAt(billingDay, at));
  return cycles;
}

/** How many days a cycle has: 28 to 31. */
export const daysIn = ({ fromMs, untilMs }: Cycle): number => (untilMs - fromMs) / dayMs;

/** Days of a cycle that are left at an instant, the running one included: what is begun is paid for. */
export const daysLeft = ({ untilMs }: Cycle, atMs: number): number => Math.ceil((untilMs - atMs) / dayMs);

/** The UTC midnight before an instant. */
export const dayOf = (atMs: number): number => Math.floor(atMs / dayMs) * dayMs;
