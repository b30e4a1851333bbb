// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import type { DishSlot } from "./inputs.ts";
import type { Overrides } from "./overrides.ts";

/**
 * How long a terminal goes on with a slot that has ended and was not followed by another, milliseconds: word of the
 * next slot may come a moment late, and that is no outage.
 */
const HOLD_MS = 3000;

/** The slots that a terminal has been told: the one that runs, and the next where it is known. */
export class Schedule {
  /** Oldest first, at most two, with the scene's overrides applied. */
  #slots: readonly DishSlot[] = [];
  /** As they came. */
  #told: readonly DishSlot[] = [];
  #overrides: Overrides = {};

  /** Takes word of a slot; of the same slot again, it replaces what was said. */
  enter(slot: DishSlot): void {
    const others = this.#told.filter(other => other.slot !== slot.slot);
    this.#told = [...others, slot].sort((a, b) => a.slot - b.slot).slice(-2);
    this.#apply();
  }

  /** Changes what slots say, the known ones and those to come. */
  override(overrides: Overrides): void {
    this.#overrides = overrides;
    this.#apply();
  }

  /** What holds at an instant; null: no word. */
  at(atMs: number): DishSlot | null {
    const slots = this.#slots;
    for (let i = slots.length - 1; i >= 0; i--) {
      const slot = slots[i]!;
      if (atMs >= slot.fromMs) return atMs < slot.untilMs + HOLD_MS ? slot : null;
    }
    return null;
  }

  #apply(): void {
    const { slot: changes, pop } = this.#overrides;
    this.#slots = this.#told.map(told => {
      const slot = { ...told, ...changes };
      return pop === undefined || slot.link === null ? slot : { ...slot, link: { ...slot.link, pop } };
    });
  }
}

/** The link that a slot gives: none where admission denies one, whatever the network offers. */
export function linkOf(slot: DishSlot | null): LinkState | null {
  return slot === null || slot.admission?.linked === false ? null : slot.link;
}
