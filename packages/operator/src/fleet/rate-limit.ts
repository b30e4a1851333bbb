// SPDX-License-Identifier: MIT

/** How many requests a name has in each span of time. */
export interface Allowance {
  readonly requests: number;
  readonly spanMs: number;
}

/** Of one account, whatever its programs; since 27 March 2026. */
export const requestsPerAccount: Allowance = { requests: 250, spanMs: 60_000 };
/** Tokens asked for from one network address. */
export const tokensPerAddress: Allowance = { requests: 1_000, spanMs: 15 * 60_000 };

/** What is left after a request was counted. */
export interface Standing {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Until the span ends and the count begins anew; ms. */
  readonly resetMs: number;
}

/** Names remembered at once; the one whose span began first is forgotten first. */
const MOST_NAMES = 100_000;

/** Counts requests by name in fixed spans. A refused one does not count, so that waiting always helps. */
export class RateLimit {
  readonly #allowance: Allowance;
  readonly #spans = new Map<string, { readonly fromMs: number; used: number }>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  take(name: string, nowMs: number): Standing {
    const { requests: limit, spanMs } = this.#allowance;
    let span = this.#spans.get(name);
    if (span === undefined || nowMs - span.fromMs >= spanMs || nowMs < span.fromMs) {
      span = { fromMs: nowMs, used: 0 };
      this.#spans.delete(name);
      this.#spans.set(name, span);
      const [oldest] = this.#spans.keys();
      if (this.#spans.size > MOST_NAMES && oldest !== undefined) this.#spans.delete(oldest);
    }
    const allowed = span.used < limit;
    if (allowed) span.used++;
    return { allowed, limit, remaining: limit - span.used, resetMs: span.fromMs + spanMs - nowMs };
  }
}
