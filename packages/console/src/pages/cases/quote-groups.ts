// SPDX-License-Identifier: MIT
import type { StatementRead } from "../../data/cases.ts";

/** The same words as several documents give them. */
export interface QuoteVariants {
  /** What the others are compared with: the nearest to the speaker's own words, of these the longest. */
  readonly first: StatementRead;
  readonly others: readonly StatementRead[];
}

const NEARNESS: readonly StatementRead["fidelity"][] = [
  "verbatim",
  "translated",
  "altered",
  "partial",
  "indirect",
];

/** Quotations that more than one document gives, in reading order; a document that repeats itself is one. */
export function quoteGroups(statements: readonly StatementRead[]): readonly QuoteVariants[] {
  const groups = new Map<string, StatementRead[]>();
  for (const statement of statements) {
    const { quoteGroup, documentId } = statement;
    if (quoteGroup === null) continue;
    const group = groups.get(quoteGroup) ?? [];
    if (!group.some(of => of.documentId === documentId)) group.push(statement);
    groups.set(quoteGroup, group);
  }
  return [...groups.values()].flatMap(group => {
    const [first, ...others] = group.toSorted(
      (a, b) => NEARNESS.indexOf(a.fidelity) - NEARNESS.indexOf(b.fidelity) || b.text.length - a.text.length,
    );
    return first === undefined || others.length === 0 ? [] : [{ first, others }];
  });
}
