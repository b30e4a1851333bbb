// SPDX-License-Identifier: MIT
import type { Gap } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";

/** Any word of the table at once, tried before each by itself. */
const anyOf = new WeakMap<IntakeTables["gaps"], RegExp>();

function anyGap(gaps: IntakeTables["gaps"]): RegExp {
  let any = anyOf.get(gaps);
  if (any === undefined) {
    const literal = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    any = new RegExp(gaps.flatMap(({ words }) => words.map(literal)).join("|") || "(?!)");
    anyOf.set(gaps, any);
  }
  return any;
}

/** What a sentence says was asked and not answered, or is expressly left unsaid. `who` as the caller knows it. */
export function gapsIn(
  documentId: string,
  text: string,
  range: { readonly from: number; readonly to: number },
  who: string | null,
  tables: IntakeTables,
): Gap[] {
  const sentence = text.slice(range.from, range.to);
  const low = sentence.toLowerCase().replaceAll("’", "'");
  if (!anyGap(tables.gaps).test(low)) return [];
  for (const { kind, words } of tables.gaps) {
    const hit = words.find(w => low.includes(w));
    if (hit === undefined) continue;
    return [
      {
        documentId,
        from: range.from,
        to: range.to,
        who,
        kind,
        words: sentence,
        why: `the table of gaps has "${hit}"`,
      },
    ];
  }
  return [];
}
