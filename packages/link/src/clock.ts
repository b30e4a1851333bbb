// SPDX-License-Identifier: MIT

/**
 * UTC milliseconds with a sub-millisecond part that never go backwards and are never behind the wall clock. Runs on the
 * monotonic clock and is pushed forward when the wall clock leads: a machine that slept must find its leases expired. A
 * wall clock set back is not followed, so a lease can only die early by it, never late.
 */
export function systemClock(): () => number {
  let originMs = performance.timeOrigin;
  return () => {
    const now = originMs + performance.now();
    const leadMs = Date.now() - now;
    if (leadMs <= 0) return now;
    originMs += leadMs;
    return now + leadMs;
  };
}
