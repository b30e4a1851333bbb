// SPDX-License-Identifier: MIT
import type { Person } from "./people.ts";

/** NIST SP 800-63B §5.1.1.2: long is what counts; no rules of composition, no forced change. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
const FEWEST_CHARACTERS = 5;

/**
 * What is wrong with a password, in a sentence; `null` for one that will do.
 *
 * It is refused when it is short, when it says little with many characters ("aaaaaaaaaaaa"), or when it holds a word
 * that a guesser tries first for this person: their name, their e-mail address, the product's name.
 */
export function passwordFault(password: string, person: Pick<Person, "name" | "email">): string | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `A password has at least ${SHORTEST_PASSWORD} characters.`;
  if (length > LONGEST_PASSWORD) return `A password has at most ${LONGEST_PASSWORD} characters.`;
  if (new Set(password).size < FEWEST_CHARACTERS) {
    return `A password has at least ${FEWEST_CHARACTERS} different characters.`;
  }
  const plain = password.toLowerCase();
  const words = [
    ...person.name.toLowerCase().split(/\s+/),
    person.email.split("@")[0]!.toLowerCase(),
    "perigee",
  ];
  const found = words.find(word => word.length >= 3 && plain.includes(word));
  return found === undefined ? null : `A password does not contain "${found}".`;
}
