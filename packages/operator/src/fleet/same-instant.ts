// SPDX-License-Identifier: MIT
import { setTimeout as pause } from "node:timers/promises";

/** PostgreSQL's word for a second row under a unique key (its manual, appendix A, class 23). */
const UNIQUE_VIOLATION = "23505";
const MOST_TRIES = 4;

/** The same was decided in the same millisecond, again and again: time does not go on. */
export class SameInstant extends Error {
  /** Answered as a conflict (RFC 9110, section 15.5.10). */
  readonly statusCode = 409;

  constructor() {
    super("The same was asked for at this moment, and is done; ask again.");
  }
}

/**
 * Has something decided that may equal, to the letter and the millisecond, what is on record already. A decision's id is its
 * content, so the records take it once only and nothing of the second is kept; a moment later it is another decision.
 *
 * @param decide - Dates what it decides anew whenever it is called.
 * @throws SameInstant where time does not go on
 */
export async function atAnInstantOfItsOwn<T>(decide: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    try {
      return await decide();
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      // Longer than the resolution of timers, so that the clock shows another millisecond.
      await pause(2);
    }
  }
  throw new SameInstant();
}
