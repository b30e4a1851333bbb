// SPDX-License-Identifier: MIT

/** Milliseconds in each unit of `grpc-timeout` (gRPC over HTTP/2, "Timeout → TimeoutUnit"). */
const MS_PER_UNIT: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** The longest a timer of Node takes, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * How long the client is willing to wait.
 *
 * @param value of the header: one to eight digits and a unit, e.g. `999m`
 * @returns milliseconds; null if the header is not of that form
 */
export function timeoutMs(value: string): number | null {
  const unit = MS_PER_UNIT[value.slice(-1)];
  const amount = value.slice(0, -1);
  if (unit === undefined || !/^\d{1,8}$/.test(amount)) return null;
  return Math.min(Number(amount) * unit, LONGEST_MS);
}
