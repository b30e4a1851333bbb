// SPDX-License-Identifier: MIT
import type { Elements } from "./elements.ts";

/** Remembers which (catalogue number, epoch) pairs were seen, and where. */
export class SeenSets {
  readonly #places = new Map<string, string>();

  /** Notes `set` at `place`; answers the earlier place where the same number and epoch stood, if any. */
  note(set: Elements, place: string): string | undefined {
    const key = `${set.catalogNumber} ${set.epochDayMs} ${set.epochMsOfDay}`;
    const earlier = this.#places.get(key);
    if (earlier === undefined) this.#places.set(key, place);
    return earlier;
  }
}

export const DUPLICATE_RULE = "A catalogue number and epoch appear once in a text.";
