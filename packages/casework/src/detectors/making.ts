// SPDX-License-Identifier: MIT
import { contentId } from "../commands/case-command.ts";
import type { CaseBook } from "../records.ts";
import { mitigationsOf } from "./mitigations.ts";
import type { PatternId } from "./patterns.ts";
import type { Signal } from "./signal.ts";

/** A signal from what a detector saw, with what the record says for those it is about. */
export function signalOf(
  book: CaseBook,
  pattern: PatternId,
  seen: {
    readonly terminals: readonly string[];
    readonly accounts?: readonly string[];
    readonly atMs: number;
    readonly text: string;
    readonly figures: Signal["figures"];
    readonly innocent?: readonly string[];
  },
): Signal {
  const terminals = [...new Set(seen.terminals)].sort();
  const accounts = [...new Set(seen.accounts ?? [])].sort();
  const { atMs, text, figures } = seen;
  const innocentOnRecord = [
    ...terminals.flatMap(id => mitigationsOf(book, id, atMs).map(({ text: said }) => `${id}: ${said}`)),
    ...(seen.innocent ?? []),
  ];
  const content = { pattern, terminals, accounts, atMs, text, figures };
  return { id: contentId("sig", content), ...content, innocentOnRecord };
}

/** Rows by what they have in common, in the order in which the keys first appear. */
export function grouped<T, K>(rows: Iterable<T>, keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** A number for people. */
export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** A cell's name: its H3 index in hexadecimal. */
export function cellName(cell: bigint): string {
  return cell.toString(16);
}
