// SPDX-License-Identifier: MIT
import type { LinkMonitor } from "../link-monitor.ts";
import type { CarriedTraffic } from "./make-terminal.ts";

interface Seen {
  readonly atMs: number;
  readonly downBytes: number;
  readonly upBytes: number;
  readonly rate: CarriedTraffic;
}

const NOTHING: CarriedTraffic = { downBps: 0, upBps: 0 };

/** Rates of what programs send through terminals' proxies, from one look of the monitor to the next. */
export class ProxiedTraffic {
  readonly #monitor: LinkMonitor;
  readonly #nowMs: () => number;
  readonly #seen = new Map<string, Seen>();
  #report: object | null = null;

  constructor(monitor: LinkMonitor, nowMs: () => number) {
    this.#monitor = monitor;
    this.#nowMs = nowMs;
  }

  of(terminalId: string): CarriedTraffic {
    const { terminals } = this.#monitor.latest();
    if (terminals !== this.#report) this.#take(terminals);
    return this.#seen.get(terminalId)?.rate ?? NOTHING;
  }

  #take(terminals: ReturnType<LinkMonitor["latest"]>["terminals"]): void {
    this.#report = terminals;
    const atMs = this.#nowMs();
    for (const [id, { downBytes, upBytes }] of terminals) {
      const before = this.#seen.get(id);
      const seconds = before === undefined ? 0 : (atMs - before.atMs) / 1000;
      const rate =
        before === undefined || seconds <= 0
          ? NOTHING
          : {
              downBps: (8 * (downBytes - before.downBytes)) / seconds,
              upBps: (8 * (upBytes - before.upBytes)) / seconds,
            };
      this.#seen.set(id, { atMs, downBytes, upBytes, rate });
    }
  }
}
