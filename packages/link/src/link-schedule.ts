// SPDX-License-Identifier: MIT
import type { HandoverGap, LinkState } from "@perigee/network";

/** Slots known at once: the current one, the one whose bytes are still in the air, and some ahead. */
const SLOTS_MAX = 16;
/** Bytes sent in a slot arrive well before this much later; then its state is of no more use. */
const KEEP_PAST_MS = 5_000;

/** The link states of one terminal, ordered in time and not overlapping. */
export class LinkSchedule {
  #states: LinkState[] = [];

  /** Puts a state in its place. It replaces whatever it overlaps: the later word is the better plan. */
  set(state: LinkState, nowMs: number): void {
    const kept = this.#states.filter(
      other =>
        other.untilMs > nowMs - KEEP_PAST_MS &&
        (other.untilMs <= state.fromMs || other.fromMs >= state.untilMs),
    );
    this.#states = [...kept, state].sort((a, b) => a.fromMs - b.fromMs).slice(0, SLOTS_MAX);
  }

  /** The state that covers an instant, or `null`: no link. */
  at(ms: number): LinkState | null {
    for (const state of this.#states) if (state.fromMs <= ms && ms < state.untilMs) return state;
    return null;
  }

  /** The interruption that covers an instant. */
  gapAt(ms: number): HandoverGap | null {
    for (const { gap } of this.#states) if (gap !== null && gap.fromMs <= ms && ms < gap.untilMs) return gap;
    return null;
  }

  /** When the next known state after an instant begins, or `null`. */
  nextFromMs(afterMs: number): number | null {
    for (const state of this.#states) if (state.fromMs > afterMs) return state.fromMs;
    return null;
  }
}
