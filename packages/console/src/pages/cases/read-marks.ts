// SPDX-License-Identifier: MIT
import type { IntakeReportView } from "@perigee/operator/contract";
import type { DocumentRead } from "../../data/cases.ts";
import type { TextMark } from "./marked-text.ts";

export const MARK_WORDS: Readonly<Record<string, string>> = {
  statement: "Statement",
  place: "Place",
  date: "Date",
  number: "Number",
  gap: "Not answered",
  aside: "Kept aside",
};

/** Passages that are read for what they are about: everything else is kept aside. */
const READ = new Set(["paragraph", "listItem"]);

/** Everything that was found in one document, by its place. */
export function marksOf(document: DocumentRead, report: IntakeReportView): readonly TextMark[] {
  const own = <T extends { readonly documentId: string }>(list: readonly T[]) =>
    list.filter(({ documentId }) => documentId === document.id);
  const mark = (kind: string, { from, to }: { readonly from: number; readonly to: number }): TextMark => ({
    id: `${kind} ${from}`,
    kind,
    from,
    to,
  });
  return [
    ...document.passages.filter(({ kind }) => !READ.has(kind)).map(passage => mark("aside", passage)),
    ...own(report.statements).map(({ id, range }) => ({ ...mark("statement", range), id })),
    ...own(report.places).map(place => mark("place", place)),
    ...own(report.dates).map(date => mark("date", date)),
    ...own(report.numbers).map(number => mark("number", number)),
    ...own(report.gaps).map(gap => mark("gap", gap)),
  ];
}
