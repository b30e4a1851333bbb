// SPDX-License-Identifier: MIT
// The recorded reports, against labels made by hand before the reader was run on them.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type LinkedQuotes, linkQuotes } from "./lineage/link-quotes.ts";
import type { ReadDocument, Statement } from "./model.ts";
import { statementsOf } from "./quotes/statements.ts";
import { quoteLabels } from "./testing/recorded-report-labels.ts";
import { needsReports, recordedReports, wordsHash } from "./testing/recorded-reports.ts";

describe("five reports of one event", needsReports(), () => {
  let documents: ReadDocument[];
  let linked: LinkedQuotes;
  let direct: Statement[];
  /** Label of each direct statement. */
  const labels = new Map<string, (typeof quoteLabels)[number]>();

  before(() => {
    documents = recordedReports();
    linked = linkQuotes(
      documents,
      documents.flatMap(document => statementsOf(document)),
    );
    direct = linked.statements.filter(statement => statement.direct);
    const left = [...quoteLabels];
    for (const statement of direct) {
      const at = left.findIndex(
        ([id, hash]) => id === statement.documentId && hash === wordsHash(statement.text),
      );
      if (at >= 0) labels.set(statement.id, left.splice(at, 1)[0]!);
    }
  });

  test("at least 46 of 48 quote units are read, and nothing else", () => {
    assert.ok(labels.size >= 46, `${labels.size} of ${quoteLabels.length}`);
    assert.deepEqual(
      direct.filter(({ id }) => !labels.has(id)).map(({ text }) => text),
      [],
    );
  });

  test("each is attributed to who said it", () => {
    for (const [id, [, , , speaker]] of labels) {
      const statement = direct.find(s => s.id === id)!;
      assert.ok(statement.speaker?.name.endsWith(speaker), `${statement.text}: ${statement.speaker?.name}`);
    }
  });

  test("27 quotations; pairs with precision ≥ 0.95 and recall ≥ 0.90", () => {
    assert.equal(linked.groups.length, 27);
    let right = 0;
    let wrong = 0;
    let missed = 0;
    for (const [i, a] of direct.entries())
      for (const b of direct.slice(i + 1)) {
        const same = labels.get(a.id)?.[2] === labels.get(b.id)?.[2];
        const joined = a.quoteGroup === b.quoteGroup;
        if (same && joined) right++;
        else if (joined) wrong++;
        else if (same) missed++;
      }
    assert.equal(right + missed, 37, "the labels hold 37 pairs");
    assert.ok(right / (right + wrong) >= 0.95, `${wrong} wrong`);
    assert.ok(right / (right + missed) >= 0.9, `${missed} missed`);
  });

  test("days of the week: statement and post on Sunday the 11th, spokesmen on Monday the 12th, company on the 8th", () => {
    const day = (document: string, hash: (label: (typeof quoteLabels)[number]) => boolean) =>
      direct
        .filter(({ id, documentId }) => documentId === document && labels.has(id) && hash(labels.get(id)!))
        .map(({ saidOn }) => saidOn?.from);
    assert.deepEqual(new Set(day("002", label => label[2] === "no-business")), new Set(["2024-02-08"]));
    for (const id of ["000", "001", "002", "003", "004"])
      assert.deepEqual(new Set(day(id, label => label[2] === "no-sale")), new Set(["2024-02-11"]), id);
    for (const id of ["000", "001", "002", "003"])
      assert.deepEqual(new Set(day(id, label => label[2] === "supply")), new Set(["2024-02-12"]), id);
    assert.deepEqual(new Set(day("001", label => label[2] === "1b")), new Set(["2024-02-12"]));
    const intelligence = linked.statements.find(
      s => s.documentId === "000" && s.speaker?.name.endsWith("Main Directorate of Intelligence"),
    );
    assert.equal(intelligence?.saidOn?.from, "2024-02-11");
  });

  test("every quotation of the respun report is altered, and none of the others is", () => {
    for (const { documentId, fidelity, text } of direct)
      assert.equal(fidelity === "altered", documentId === "001", `${documentId}: ${text}`);
  });

  test("two wordings of a foreign spokesman are translations; a fragment is partial; a post is verbatim", () => {
    const fidelity = (document: string, quotation: string) =>
      direct
        .filter(({ id, documentId }) => documentId === document && labels.get(id)?.[2] === quotation)
        .map(s => s.fidelity);
    assert.deepEqual(fidelity("002", "supply"), ["translated"]);
    assert.deepEqual(fidelity("002", "2a"), ["translated"]);
    assert.deepEqual(fidelity("002", "2b"), ["partial"]);
    assert.deepEqual(fidelity("004", "no-sale"), ["verbatim"]);
    assert.deepEqual(fidelity("002", "false-reports"), ["verbatim"], "a whole sentence without its capital");
  });

  test("nothing is read from page furniture, promotions, captions, notices and headlines", () => {
    for (const { document, passages } of documents)
      for (const statement of linked.statements.filter(s => s.documentId === document.id)) {
        const home = passages.find(p => p.from <= statement.range.from && statement.range.to <= p.to);
        assert.ok(
          home !== undefined && (home.kind === "paragraph" || home.kind === "listItem"),
          statement.text,
        );
      }
    const furniture = documents[0]!.passages.filter(
      ({ kind }) => kind === "furniture" || kind === "promotion",
    );
    assert.ok(furniture.length >= 13, "the ten stories below the report, their headings and the invitation");
    assert.ok(documents[1]!.passages.filter(({ kind }) => kind === "headline").length === 3);
    assert.equal(documents[3]!.passages.filter(({ kind }) => kind === "caption").length, 1);
    assert.equal(documents[4]!.passages.filter(({ kind }) => kind === "notice").length, 1);
  });

  test("lineage: wire, respun copy, own report, credited copy, repost", () => {
    assert.deepEqual(
      linked.lineage.map(({ kind, from }) => [kind, from]),
      [
        ["wire", "Reuters"],
        ["respun", null],
        ["own", null],
        ["wireCopy", "Reuters"],
        ["repost", "Newsweek"],
      ],
    );
  });

  test("the claimants, with those through whom words came", () => {
    const names = new Set(linked.statements.map(({ speaker }) => speaker?.name ?? ""));
    for (const end of [
      "Peskov",
      "Musk",
      "SpaceX",
      "Kremlin",
      "Intelligence",
      "GUR",
      "Yusov",
      "Ukraine",
      "CNN",
      "Important Stories",
      "IStories",
      "service member",
      "third site",
      "websites",
      "outlets",
    ])
      assert.ok(
        [...names].some(name => name.endsWith(end)),
        end,
      );
    const intercepted = direct.find(({ id }) => labels.get(id)?.[2] === "2a")!;
    assert.match(intercepted.via[0]?.name ?? "", /Directorate/);
    assert.equal(intercepted.channel, "interception");
  });

  test("offsets give the text", () => {
    for (const { document } of documents)
      for (const s of linked.statements.filter(({ documentId }) => documentId === document.id)) {
        const parts = s.direct ? s.quoteRanges : [s.range];
        const text = parts
          .map(({ from, to }) => document.text.slice(from, to).replace(/\s+/g, " ").trim())
          .join(" ");
        assert.equal(text, s.text);
      }
  });
});
