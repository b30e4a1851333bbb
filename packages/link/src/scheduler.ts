// SPDX-License-Identifier: MIT
// Alarms at sub-millisecond instants from a timer that only knows whole milliseconds: sleep for the coarse part, poll
// the event loop for the rest. One binary heap; an alarm knows its place in it and can be moved.

/** Something to be run at an instant; set again, it moves. */
export interface Alarm {
  set(atMs: number): void;
  clear(): void;
}

/** Time as the data plane sees it: what time it is, and being woken. Tests run on a twin that they advance by hand. */
export interface Timeline {
  now(): number;
  alarm(run: () => void): Alarm;
}

interface Entry {
  readonly run: () => void;
  atMs: number;
  /** Index in the heap; -1 when not set. */
  place: number;
}

/** A timer of n ms fires up to this much after n, besides being early by up to 1 ms. */
const TIMER_SLACK_MS = 0.2;
/** Long sleeps are cut, so that a clock that jumped is noticed and the timer's 31 bits suffice. */
const SLEEP_MAX_MS = 1_000;

export class Scheduler implements Timeline, Disposable {
  readonly #clock: () => number;
  readonly #pollMs: number;
  readonly #heap: Entry[] = [];
  #timer: NodeJS.Timeout | null = null;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #immediate: NodeJS.Immediate | null = null;
  #running = false;
  #closed = false;

  constructor(clock: () => number, pollMs: number) {
    this.#clock = clock;
    this.#pollMs = pollMs;
  }

  now(): number {
    return this.#clock();
  }

  alarm(run: () => void): Alarm {
    const entry: Entry = { run, atMs: 0, place: -1 };
    return {
      set: atMs => {
        if (this.#closed) return;
        if (entry.place >= 0) this.#remove(entry);
        entry.atMs = atMs;
        this.#insert(entry);
        if (entry.place === 0 && !this.#running) this.#arm();
      },
      clear: () => {
        if (entry.place >= 0) this.#remove(entry);
      },
    };
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#heap.length = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#immediate !== null) clearImmediate(this.#immediate);
  }

  #arm(): void {
    const first = this.#heap[0];
    if (first === undefined || this.#immediate !== null) return;
    const leftMs = first.atMs - this.#clock();
    if (leftMs <= this.#pollMs + TIMER_SLACK_MS) {
      if (leftMs > 0 && this.#pollMs === 0) {
        this.#sleep(1, first.atMs);
        return;
      }
      this.#immediate = setImmediate(() => {
        this.#immediate = null;
        this.#run();
      });
    } else {
      const sleepMs = Math.floor(leftMs - TIMER_SLACK_MS);
      this.#sleep(Math.min(SLEEP_MAX_MS, Math.max(1, sleepMs)), first.atMs);
    }
  }

  #sleep(ms: number, forMs: number): void {
    if (this.#timer !== null) {
      if (this.#timerAtMs <= forMs) return;
      clearTimeout(this.#timer);
    }
    this.#timerAtMs = forMs;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#timerAtMs = Number.POSITIVE_INFINITY;
      this.#run();
    }, ms);
  }

  #run(): void {
    this.#running = true;
    try {
      const nowMs = this.#clock();
      // At most one round of what was set at entry: alarms that set themselves again must not starve the sockets.
      for (let left = this.#heap.length; left > 0; left--) {
        const first = this.#heap[0];
        if (first === undefined || first.atMs > nowMs) break;
        this.#remove(first);
        first.run();
      }
    } finally {
      this.#running = false;
      if (!this.#closed) this.#arm();
    }
  }

  #insert(entry: Entry): void {
    entry.place = this.#heap.length;
    this.#heap.push(entry);
    this.#rise(entry);
  }

  #remove(entry: Entry): void {
    const last = this.#heap.pop()!;
    if (last !== entry) {
      last.place = entry.place;
      this.#heap[last.place] = last;
      this.#rise(last);
      this.#sink(last);
    }
    entry.place = -1;
  }

  #rise(entry: Entry): void {
    while (entry.place > 0) {
      const parent = this.#heap[(entry.place - 1) >> 1]!;
      if (parent.atMs <= entry.atMs) return;
      this.#swap(parent, entry);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const left = this.#heap[2 * entry.place + 1];
      const right = this.#heap[2 * entry.place + 2];
      const child = right !== undefined && left !== undefined && right.atMs < left.atMs ? right : left;
      if (child === undefined || child.atMs >= entry.atMs) return;
      this.#swap(entry, child);
    }
  }

  #swap(upper: Entry, lower: Entry): void {
    const place = upper.place;
    upper.place = lower.place;
    lower.place = place;
    this.#heap[upper.place] = upper;
    this.#heap[lower.place] = lower;
  }
}
