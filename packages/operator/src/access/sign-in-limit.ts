// SPDX-License-Identifier: MIT

/** How often something may be tried within a span. */
export interface Allowance {
  readonly attempts: number;
  readonly spanMs: number;
}

/** Attempts to sign in that fail, per e-mail address and per network address. */
export const perAccount: Allowance = { attempts: 10, spanMs: 15 * 60_000 };
export const perAddress: Allowance = { attempts: 100, spanMs: 15 * 60_000 };

/** Names remembered at once; the oldest is forgotten first. */
const MOST_NAMES = 10_000;

/**
 * Counts attempts by name in fixed spans. An attempt counts when it begins, so that many at once are not many more
 * than few one after another; one that succeeds is taken back.
 */
export class SignInLimit {
  readonly #allowance: Allowance;
  readonly #spans = new Map<string, { fromMs: number; attempts: number }>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** @returns 0 when the attempt may be made, else how many milliseconds to wait. */
  begin(name: string, nowMs: number): number {
    const { attempts, spanMs } = this.#allowance;
    let span = this.#spans.get(name);
    if (span === undefined || nowMs - span.fromMs >= spanMs) {
      span = { fromMs: nowMs, attempts: 0 };
      this.#spans.delete(name);
      this.#spans.set(name, span);
      const [oldest] = this.#spans.keys();
      if (this.#spans.size > MOST_NAMES && oldest !== undefined) this.#spans.delete(oldest);
    }
    if (span.attempts >= attempts) return span.fromMs + spanMs - nowMs;
    span.attempts++;
    return 0;
  }

  /** The attempt was no guess. */
  takeBack(name: string): void {
    const span = this.#spans.get(name);
    if (span !== undefined) span.attempts = Math.max(0, span.attempts - 1);
  }
}
