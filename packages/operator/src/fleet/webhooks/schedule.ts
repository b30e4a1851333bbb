// SPDX-License-Identifier: MIT

/** Seconds to wait after each failure in turn: about three days in all, then the message is given up. */
export const retryAfterS: readonly number[] = [5, 30, 120, 600, 3_600, 18_000, 43_200, 86_400, 86_400];

/**
 * When a message is sent again after a number of failures.
 *
 * @param failures - Of this message, from 1.
 * @param spread - From 0 to below 1: half of the wait is varied by it, so that many receivers do not come back at once.
 * @returns milliseconds to wait; `null`: it is given up
 */
export function retryAfterMs(failures: number, spread: number): number | null {
  const waitS = retryAfterS[failures - 1];
  return waitS === undefined ? null : Math.round(waitS * 1000 * (0.5 + spread / 2));
}

/** Whether an answer of a receiver means that the message arrived. A redirect does not: it is not followed. */
export const isArrived = (status: number): boolean => status >= 200 && status < 300;

/** Whether a receiver says that it wants no more messages (Standard Webhooks 1.0.0, "410 Gone"). */
export const isGone = (status: number): boolean => status === 410;
