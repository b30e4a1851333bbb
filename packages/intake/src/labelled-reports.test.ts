// SPDX-License-Identifier: MIT
// Invented reports of other events, each with its traps, against their labels.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readDocument } from "./documents/read-document.ts";
import { linkQuotes } from "./lineage/link-quotes.ts";
import type { ReadDocument } from "./model.ts";
import { statementsOf } from "./quotes/statements.ts";
import { documentOf, labelledReports } from "./testing/labelled-reports.ts";

const reports = labelledReports();
const documents = reports.map((report): ReadDocument => {
  const read = readDocument(documentOf(report));
  assert.ok(read.ok);
  return read.value;
});
const linked = linkQuotes(
  documents,
  documents.flatMap(document => statementsOf(document)),
);

describe("reports of other events", () => {
  test("there are at least ten", () => assert.ok(reports.length >= 10));

  for (const [i, report] of reports.entries()) {
    const statements = linked.statements.filter(({ documentId }) => documentId === report.name);
    test(`${report.name}: ${report.traps.join("; ")}`, () => {
      assert.equal(documents[i]!.published?.from ?? null, report.published);
      assert.equal(documents[i]!.agency, report.agency);
      assert.deepEqual(
        statements.filter(({ direct }) => direct).map(({ text }) => text),
        report.quotes.map(({ text }) => text),
      );
      for (const label of report.quotes) {
        const found = statements.find(({ direct, text }) => direct && text === label.text)!;
        const note = `${label.text}: ${found.why.join("; ")}`;
        assert.ok(found.speaker?.name.endsWith(label.speaker), `${found.speaker?.name} · ${note}`);
        if (label.saidOn !== null) assert.equal(found.saidOn?.from, label.saidOn, note);
        if (label.channel !== undefined) assert.equal(found.channel, label.channel, note);
        if (label.via !== undefined)
          assert.ok(
            found.via.some(({ name }) => name.includes(label.via!)),
            note,
          );
        if (label.fidelity !== undefined) assert.equal(found.fidelity, label.fidelity, note);
      }
      for (const [words, speaker, stance] of report.indirect) {
        const found = statements.filter(({ direct, text }) => !direct && text.includes(words));
        const names = found.map(s => s.speaker?.name.toLowerCase() ?? "");
        assert.ok(
          names.some(name => name.includes(speaker.toLowerCase())),
          `${words}: ${names.join(", ")}`,
        );
        if (stance !== undefined)
          assert.ok(
            found.some(s => s.stance === stance),
            words,
          );
      }
      for (const words of [...report.notRead, ...(report.notQuotes ?? [])])
        assert.ok(
          !statements.some(s => s.text.includes(words) && (s.direct || report.notRead.includes(words))),
          words,
        );
    });
  }

  test("wordings of one quotation are linked, and no others", () => {
    const keyed = reports.flatMap(({ name, event, quotes }) =>
      quotes.map(({ text, key }) => ({
        key: key === undefined ? `${name} ${text}` : `${event} ${key}`,
        group: linked.statements.find(s => s.documentId === name && s.text === text)!.quoteGroup,
      })),
    );
    for (const a of keyed)
      for (const b of keyed) assert.equal(a.key === b.key, a.group === b.group, `${a.key} · ${b.key}`);
  });
});
