// SPDX-License-Identifier: MIT
// Reading, broken on purpose: days, quotations, origins, conflicts, places.
import { mutantsOf, type Row } from "./row.ts";

const rows: readonly Row[] = [
  [
    "a weekday is the latest one not after the document",
    "packages/intake/src/quotes/said-on.ts",
    "(weekdayOf(anchor) - weekday + 7) % 7",
    "(weekdayOf(anchor) - weekday + 6) % 7",
    "packages/intake/src/quotes/said-on.test.ts",
  ],
  [
    "a reported weekday is not in the future",
    "packages/intake/src/dates/reported-date.ts",
    "((weekdayOf(at) - wanted + 7) % 7)",
    "((weekdayOf(at) - wanted + 6) % 7)",
    "packages/intake/src/dates/reported-date.test.ts",
  ],
  [
    "two sentences of one speech are two quotations",
    "packages/intake/src/lineage/link-quotes.ts",
    "if (clashes(as, bs)) continue;",
    "",
    "packages/intake/src/lineage/link-quotes.test.ts",
  ],
  [
    "words said months apart are two quotations",
    "packages/intake/src/lineage/link-quotes.ts",
    "if (apart > 3) return false;",
    "",
    "packages/intake/src/lineage/link-quotes.test.ts",
  ],
  [
    "a reworded quotation is altered",
    "packages/intake/src/lineage/fidelity.ts",
    "2 * changed >= compared",
    "changed > compared",
    "packages/intake/src/labelled-reports.test.ts",
  ],
  [
    "a quotation ends at a closing mark",
    "packages/intake/src/quotes/scan-quotes.ts",
    "if (CLOSERS[mark] === undefined) return false;",
    "",
    "packages/intake/src/quotes/scan-quotes.test.ts",
  ],
  [
    "a day that one document prints holds for its copies",
    "packages/intake/src/lineage/infer-dates.ts",
    "const day = dayOf(all) ?? dayInPrint(all, known);",
    "const day = dayOf(all);",
    "packages/intake/src/lineage/link-quotes.test.ts",
  ],
  [
    "copies of a claim are one origin",
    "packages/intake/src/origins/count-origins.ts",
    "const { id, kind } = originOf(a, book, access.get(a.documentId));",
    'const { kind, ...o } = originOf(a, book, access.get(a.documentId)); const id = o.id.concat("@", a.documentId);',
    "packages/intake/src/read.test.ts",
  ],
  [
    "what somebody dismisses they do not assert",
    "packages/intake/src/origins/count-origins.ts",
    'if (a.stance === "dismissed") continue;',
    "",
    "packages/intake/src/read.test.ts",
  ],
  [
    "a conflict is about one subject",
    "packages/intake/src/conflicts/find-conflicts.ts",
    "same(subjectKey(a.subject, book), subjectKey(b.subject, book)) &&",
    "",
    "packages/intake/src/labelled-reports.test.ts",
  ],
  [
    "a hypothetical asserts nothing",
    "packages/intake/src/propositions/clauses.ts",
    "if (hypothetical && template.ifToo !== true) return null;",
    "",
    "packages/intake/src/read.test.ts",
  ],
  [
    "a small namesake gets no pin",
    "packages/intake/src/places/place-mentions.ts",
    "KNOWN_TOWN_PEOPLE = 15_000",
    "KNOWN_TOWN_PEOPLE = 0",
    "packages/intake/src/places/place-mentions.test.ts",
  ],
  [
    "refused excludes switched off",
    "packages/intake/src/tables/predicates.json",
    '{ "with": "DEACTIVATED", "area": "overlap" }, ',
    "",
    "packages/intake/src/read.test.ts",
  ],
  [
    "expressions of tables are bounded",
    "packages/intake/src/tables/pattern.ts",
    "return ways > PATTERN_WAYS",
    "return ways > Number.MAX_VALUE * 2",
    "packages/intake/src/tables/pattern.test.ts",
  ],
];

export const intakeMutants = mutantsOf(rows);
