// SPDX-License-Identifier: MIT
// Invented reports of other events, each with its traps, against their labels.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readDocument } from "./documents/read-document.ts";
import { linkQuotes } from "./lineage/link-quotes.ts";
import type { ReadDocument } from "./model.ts";
import { statementsOf } from "./quotes/statements.ts";
import { readReports } from "./read.ts";
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

  test("wordings of one quotation are linked, and no others; an event by itself and all together", () => {
    const events = Map.groupBy(reports, report => report.event).values();
    for (const event of [reports, ...events]) {
      const own = event.map(({ name }) => documents.find(({ document }) => document.id === name)!);
      const { statements } =
        event === reports
          ? linked
          : linkQuotes(
              own,
              own.flatMap(document => statementsOf(document)),
            );
      const keyed = event.flatMap(({ name, event, quotes }) =>
        quotes.map(({ text, key, missed }) => ({
          key: key === undefined ? `${name} ${text}` : `${event} ${key}`,
          missed: missed === true,
          group: statements.find(s => s.documentId === name && s.text === text)!.quoteGroup,
        })),
      );
      for (const [i, a] of keyed.entries())
        for (const b of keyed.slice(i + 1)) {
          const isLinked = a.group === b.group;
          if (isLinked || !a.missed || !b.missed)
            assert.equal(isLinked, a.key === b.key, `${a.key} · ${b.key}`);
        }
    }
    const missed = reports.flatMap(({ quotes }) => quotes.filter(quote => quote.missed));
    assert.ok(missed.length <= 4, "two pairs of wordings that share too few words");
  });

  for (const [event, own] of Map.groupBy(reports, report => report.event)) {
    const claims = own.flatMap(({ name, claims = [] }) => claims.map(claim => ({ name, claim })));
    if (claims.length === 0) continue;
    test(`what is asserted, by whom, and where: ${event}`, () => {
      const read = readReports(own.map(documentOf));
      assert.ok(read.ok);
      const { propositions, entities } = read.value;
      const nameOf = (id: string | null) => entities.find(e => e.id === id)?.name.toLowerCase() ?? "";
      for (const { name, claim } of claims) {
        const [predicate, polarity, claimant, country] = claim;
        const found = propositions.filter(p => p.predicate === predicate && p.polarity === polarity);
        assert.ok(
          found.some(
            p =>
              (country === null || p.area?.pin.country === country) &&
              p.assertions.some(
                a => a.documentId === name && nameOf(a.claimant).includes(claimant.toLowerCase()),
              ),
          ),
          `${name}: ${claim.join(" ")}`,
        );
      }
    });
  }

  test("refused and shut down is the one conflict of the strait; a denied import is none with a dealer's word", () => {
    const conflictsOf = (event: string) => {
      const read = readReports(reports.filter(r => r.event === event).map(documentOf));
      assert.ok(read.ok);
      const { conflicts, propositions } = read.value;
      return conflicts.map(c => c.propositions.map(id => propositions.find(p => p.id === id)!.predicate));
    };
    assert.deepEqual(conflictsOf("strait"), [["REFUSED", "DEACTIVATED"]]);
    assert.deepEqual(conflictsOf("kits"), []);
  });
});
