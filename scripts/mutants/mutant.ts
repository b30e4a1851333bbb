// SPDX-License-Identifier: MIT

/** An invariant, broken on purpose. */
export interface Mutant {
  /** The rule that this breaks. */
  readonly breaks: string;
  readonly file: string;
  /** Must stand exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files, relative to the repository. */
  readonly caughtBy: readonly string[];
}
