// SPDX-License-Identifier: MIT
import type { Gap } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";

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
