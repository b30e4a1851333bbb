// SPDX-License-Identifier: MIT

const QUARTER_S = 15;
/** Five minutes of quarters. */
const RECENT = 20;

/** Share of pings to one target that were lost, by quarters of a minute: a ring that begins with the router's start. */
export class LossRecord {
  /** Complete quarters since the start; the newest is at `(quarters - 1) mod size`. */
  quarters = 0;
  readonly dropRate: Float32Array;
  #dropped = 0;
  #seconds = 0;

  /** @param size quarters that are kept, at least five minutes of them */
  constructor(size: number = RECENT) {
    this.dropRate = new Float32Array(size);
  }

  /** Takes a second. */
  push(dropRate: number): void {
    this.#dropped += dropRate;
    this.#seconds += 1;
    if (this.#seconds < QUARTER_S) return;
    this.dropRate[this.quarters % this.dropRate.length] = this.#dropped / QUARTER_S;
    this.quarters += 1;
    this.#dropped = 0;
    this.#seconds = 0;
  }

  /** Counts seconds that nobody sampled; what was lost in them is not known and stands as nothing. */
  skip(seconds: number): void {
    const quarters = Math.floor(seconds / QUARTER_S);
    this.quarters += quarters;
    for (let back = 1; back <= Math.min(quarters, this.dropRate.length); back++)
      this.dropRate[(this.quarters - back) % this.dropRate.length] = 0;
  }

  /** Over the last five minutes, or what there is of them. */
  get recent(): number {
    const count = Math.min(RECENT, this.quarters);
    let dropped = this.#dropped;
    for (let back = 1; back <= count; back++)
      dropped += this.dropRate[(this.quarters - back) % this.dropRate.length]! * QUARTER_S;
    const seconds = count * QUARTER_S + this.#seconds;
    return seconds === 0 ? 0 : dropped / seconds;
  }
}
