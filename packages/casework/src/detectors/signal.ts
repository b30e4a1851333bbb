// SPDX-License-Identifier: MIT
import type { PatternId } from "./patterns.ts";

/** What a detector saw. It asks for a person's look, and decides nothing about anybody. */
export interface Signal {
  /** From its content: the same rows give the same signal with the same id. */
  readonly id: string;
  readonly pattern: PatternId;
  /** Terminals that it is about, sorted; accounts where it is about those. */
  readonly terminals: readonly string[];
  readonly accounts: readonly string[];
  /** The last instant that it rests on; UTC ms. */
  readonly atMs: number;
  /** What was seen, in one sentence with its figures. */
  readonly text: string;
  /** What was measured and the limit it is beyond, by name; units in the names. */
  readonly figures: { readonly [name: string]: number };
  /** Words of the record that speak for an innocent reading in this very instance: a donation, a list, a site. */
  readonly innocentOnRecord: readonly string[];
}
