// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { IntakeReportView } from "@perigee/operator/contract";
import { documentOf, readingOf, type StatementRead } from "../../data/cases.ts";
import { claimWords, nextSteps, originName } from "./case-words.ts";
import { countingPlaces } from "./places-read.ts";
import { quoteGroups } from "./quote-groups.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const statement = (part: Partial<StatementRead>) =>
  ({ direct: true, quoteGroup: "g", fidelity: "verbatim", text: "", ...part }) as StatementRead;

test("a claim is told without its codes, and what is denied is denied once", () => {
  assert.equal(claimWords("Ann, USED_BY, goods:terminal.", ["USED_BY"]), "Ann, used by, terminal");
  assert.equal(claimWords("not SOLD, goods:kit.", ["SOLD"], true), "Sold, kit");
  assert.equal(claimWords("not SOLD, goods:kit.", ["SOLD"]), "Not sold, kit");
});

test("names and next steps", () => {
  assert.equal(originName("person:maren-ostby", new Map()), "Maren Ostby");
  assert.equal(originName("a", new Map([["a", "Agency"]])), "Agency");
  assert.deepEqual(nextSteps(["case.add", "case.dismiss", "case.triage"]), ["case.triage", "case.dismiss"]);
});

test("a file goes as text where it is UTF-8 text, else as its bytes", () => {
  assert.deepEqual(documentOf("a.txt", "text/plain", bytes("å")), {
    name: "a.txt",
    mediaType: "text/plain",
    text: "å",
  });
  const pdf = documentOf("a", "", bytes("%PDF-1.7"));
  assert.deepEqual([pdf.mediaType, atob(pdf.base64 ?? "")], ["application/pdf", "%PDF-1.7"]);
  assert.equal(documentOf("page.HTM", "", bytes("<p>")).mediaType, "text/html");
  assert.equal(atob(documentOf("a.txt", "", Uint8Array.of(0xe5)).base64 ?? ""), "\u00e5");
  const long = new Uint8Array(100_000).fill(0xff);
  assert.equal(atob(documentOf("a", "", long).base64 ?? "").length, long.length);
});

test("a text is shown with marks only where the offsets fit it", () => {
  const report = (from: number) =>
    ({
      documents: [{ id: "1", name: "a" }],
      statements: [statement({ documentId: "1", text: "yes", quoteRanges: [{ from, to: from + 3 }] })],
    }) as unknown as IntakeReportView;
  const given = [{ name: "a", mediaType: "text/plain" as const, text: "\ufeffShe:\r\n“yes”" }];
  assert.equal(readingOf(given, report(6)).texts.get("1"), "She:\n“yes”");
  assert.equal(readingOf(given, report(5)).texts.size, 0);
});

test("quotations of one document are compared with nothing; others with the nearest to the speaker's words", () => {
  const list = [
    statement({ id: "1", documentId: "a", fidelity: "altered", text: "long and altered" }),
    statement({ id: "2", documentId: "b", text: "short" }),
    statement({ id: "3", documentId: "b", text: "again" }),
    statement({ id: "4", documentId: "c", quoteGroup: "alone" }),
    statement({ id: "5", documentId: "d", quoteGroup: null }),
  ];
  assert.deepEqual(
    quoteGroups(list).map(({ first, others }) => [first.id, ...others.map(({ id }) => id)]),
    [["2", "1"]],
  );
});

test("only a place of the event that is known for sure goes on the map, once", () => {
  const pin = { id: "geo:x", name: "X", kind: "town", latDeg: 1, lonDeg: 2 };
  const mention = (part: object) => ({ of: "event", status: "located", pin, ...part });
  const places = [
    mention({}),
    mention({}),
    mention({ of: "dateline", pin: { ...pin, id: "geo:y" } }),
    mention({ status: "ambiguous", pin: null }),
    mention({ pin: { ...pin, id: "country:X", kind: "country" } }),
  ] as unknown as IntakeReportView["places"];
  assert.deepEqual(countingPlaces(places), [{ id: "geo:x", name: "X", latDeg: 1, lonDeg: 2 }]);
});
