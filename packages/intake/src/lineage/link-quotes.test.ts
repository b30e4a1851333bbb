// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readDocument } from "../documents/read-document.ts";
import type { ReadDocument } from "../model.ts";
import { statementsOf } from "../quotes/statements.ts";
import { linkQuotes } from "./link-quotes.ts";
import { paraphraseTable } from "./paraphrase-table.ts";
import { standsIn, trigramCosine, wordings } from "./wording.ts";

const { wordingOf } = wordings(paraphraseTable);

function linkTexts(...texts: string[]) {
  const documents = texts.map((text, i): ReadDocument => {
    const read = readDocument({ id: `d${i}`, text, mediaType: "text/plain" });
    assert.ok(read.ok);
    return read.value;
  });
  return linkQuotes(
    documents,
    documents.flatMap(document => statementsOf(document)),
  );
}

describe("wordings", () => {
  const words = fc
    .array(fc.stringMatching(/^[a-z]{1,7}$/), { minLength: 1, maxLength: 12 })
    .map(w => w.join(" "));

  test("cosine of trigrams is that of a plain count over all trigrams", () => {
    const plain = (a: string, b: string) => {
      const grams = (text: string) =>
        Array.from({ length: text.length }, (_, i) => ` ${text} `.slice(i, i + 3));
      const [x, y] = [grams(a), grams(b)];
      const all = [...new Set([...x, ...y])];
      const u = all.map(g => x.filter(h => h === g).length);
      const v = all.map(g => y.filter(h => h === g).length);
      const dot = (p: number[], q: number[]) => p.reduce((sum, n, i) => sum + n * q[i]!, 0);
      return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
    };
    fc.assert(
      fc.property(words, words, (a, b) => {
        assert.ok(Math.abs(trigramCosine(wordingOf(a), wordingOf(b)) - plain(a, b)) < 1e-12);
      }),
      { seed: 6 },
    );
  });

  test("marks, case, brackets and spelling variants are no wording; cut parts stand in order", () => {
    assert.deepEqual(
      wordingOf("The “Kiev” plan [of May], it’s said:").words,
      wordingOf("the Kyiv plan its said").words,
    );
    const whole = wordingOf("The gate was shut because the sea rose, and that was all.");
    assert.ok(standsIn(wordingOf("the gate was shut… that was all"), whole));
    assert.ok(!standsIn(wordingOf("that was all… the gate was shut"), whole));
    assert.ok(!standsIn(wordingOf("the gate was open"), whole));
  });
});

describe("the same words", () => {
  test("one speech's two sentences stay two, although they share words", () => {
    const one = `Mayor Ann Lee said: "The bridge will be closed to lorries on weekdays. The bridge will be open to cars on weekdays."`;
    const { groups } = linkTexts(one, one);
    assert.deepEqual(
      groups.map(({ members }) => members.length),
      [2, 2],
    );
  });

  test("two sentences of one report that a third is like stay two", () => {
    const { groups } = linkTexts(
      `Mayor Ann Lee said: "We will rebuild the harbour wall before the winter storms." Lee said: "We will rebuild the harbour mall before the winter storms."`,
      `Mayor Ann Lee said: "We will rebuild the harbour hall before the winter storms."`,
    );
    assert.deepEqual(groups.map(({ members }) => members.length).sort(), [1, 2]);
  });

  test("a day of the week in an undated report is dated by when the words were in print", () => {
    // 14 May 2031 is a Wednesday.
    const { statements } = linkTexts(
      `14 May 2031\n\nMayor Ann Lee said: "We have nothing to hide from the public."`,
      `Mayor Ann Lee said on Monday: "We have nothing to hide from the public."`,
    );
    assert.equal(statements.find(s => s.documentId === "d0")?.saidOn?.from, "2031-05-12");
  });

  test("the same words of two people are not one quotation", () => {
    const { groups } = linkTexts(
      `Mayor Ann Lee said: "We have nothing to hide from the public."`,
      `Engineer Bo Park said: "We have nothing to hide from the public."`,
    );
    assert.equal(groups.length, 2);
  });

  test("the same words of one person months apart are not one quotation", () => {
    const { groups } = linkTexts(
      `3 May 2031\n\nMayor Ann Lee said on Friday: "We have nothing to hide from the public."`,
      `3 November 2031\n\nMayor Ann Lee said on Friday: "We have nothing to hide from the public."`,
    );
    assert.equal(groups.length, 2);
  });

  test("an ellipsis hides words: a partial quotation; other words: an altered one", () => {
    const whole = `Mayor Ann Lee said: "The bridge is safe for cars, but it is not safe for lorries until June."`;
    const { statements } = linkTexts(
      whole,
      whole,
      `Mayor Ann Lee said: "The bridge is safe for cars… until June."`,
      `Mayor Ann Lee said: "The bridge is quite safe for cars, but not at all for lorries until June."`,
    );
    assert.deepEqual(
      statements.filter(({ direct }) => direct).map(({ fidelity }) => fidelity),
      ["verbatim", "verbatim", "partial", "altered"],
    );
  });

  test("linking does not depend on how many documents repeat the words, nor on their order", () => {
    const a = `Mayor Ann Lee said: "We have nothing to hide from the public."`;
    const b = `Mayor Ann Lee said: "The bridge will be closed to lorries on weekdays."`;
    const members = (texts: string[]) =>
      linkTexts(...texts)
        .groups.map(({ members }) => members.length)
        .sort();
    assert.deepEqual(members([a, b, a, a]), [1, 3]);
    assert.deepEqual(members([b, a, a, a]), [1, 3]);
  });

  test("too many statements are the caller's error", () => {
    assert.throws(() => linkQuotes([], new Array(50_001)), RangeError);
  });
});
