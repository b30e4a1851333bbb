// SPDX-License-Identifier: MIT

/** Where the time comes from: the wall in a live operator, the scenario in a simulated one. */
export interface Clock {
  readonly mode: "live" | "sim";
  /** UTC milliseconds. */
  nowMs(): number;
}

/** The wall clock. */
export const liveClock: Clock = { mode: "live", nowMs: () => Date.now() };

/** A clock that stands until it is moved. It never runs backwards. */
export class SimClock implements Clock {
  readonly mode = "sim";
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  moveTo(atMs: number): void {
    if (atMs < this.#nowMs) throw new Error(`time cannot run backwards: ${this.#nowMs} to ${atMs}`);
    this.#nowMs = atMs;
  }
}
