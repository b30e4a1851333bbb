// SPDX-License-Identifier: MIT

/** Stands at the head of what is written from the formulas. */
export const GENERATED =
  "Written from formulas.ts by generate/main.ts: change the formulas, then run it. A test compares.";
