// SPDX-License-Identifier: MIT

/** Lets one asynchronous piece of work run at a time, in the order of asking. */
export class Exclusive {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    // A failure belongs to whoever asked for that work; the next in line is not told.
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
