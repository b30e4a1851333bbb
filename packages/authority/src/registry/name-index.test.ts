// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { defaultThreshold, indexNames } from "./name-index.ts";
import { foldName } from "./names/fold.ts";
import { heldOutPairs, namePairs } from "./names/name-pairs.ts";
import { scoreNames } from "./names/score.ts";
import { editDistance, jaroWinkler } from "./names/similarity.ts";
import { tokensOf } from "./names/tokens.ts";
import type { ListEntry, ScreeningList } from "./screening-list.ts";
import { readScreeningList } from "./screening-list.ts";

function listOf(names: readonly string[]): ScreeningList {
  const entries = names.map(
    (name, i): ListEntry => ({ id: `e${i}`, names: [name], kind: "person", country: null }),
  );
  return { list: "test", version: "1", hash: "", entries };
}

test("F16 156 pairs judged by hand: precision at least 0.97, recall at least 0.98", () => {
  assert.ok(namePairs.length >= 150);
  let [right, wrong, missed] = [0, 0, 0];
  for (const [ours, theirs, same] of namePairs) {
    const found = scoreNames(tokensOf(ours), tokensOf(theirs)).score >= defaultThreshold;
    if (found && same) right++;
    else if (found) wrong++;
    else if (same) missed++;
  }
  // 77 of 78 same pairs are found, and 2 of 78 different ones: figures of the set that the rules were made with.
  assert.ok(right / (right + wrong) >= 0.97, `${wrong} wrong`);
  assert.ok(right / (right + missed) >= 0.98, `${missed} missed`);
});

test("F16 40 pairs that no rule was made with: precision and recall at least 0.85", () => {
  const found = heldOutPairs.filter(
    ([a, b]) => scoreNames(tokensOf(a), tokensOf(b)).score >= defaultThreshold,
  );
  const right = found.filter(([, , same]) => same).length;
  const all = heldOutPairs.filter(([, , same]) => same).length;
  assert.ok(right / found.length >= 0.85, `${found.length - right} of ${found.length} wrong`);
  assert.ok(right / all >= 0.85, `${all - right} of ${all} missed`);
});

test("Jaro–Winkler by the published examples of Winkler (1990, 2006) and edit distance by hand", () => {
  const published: readonly (readonly [string, string, number])[] = [
    ["martha", "marhta", 0.961],
    ["dwayne", "duane", 0.84],
    ["dixon", "dicksonx", 0.813],
    ["jones", "johnson", 0.832],
    ["", "a", 0],
    ["abroms", "abrams", 0.922],
  ];
  for (const [a, b, similarity] of published)
    assert.equal(Math.round(jaroWinkler(a, b) * 1000) / 1000, similarity, a);
  assert.deepEqual(
    [editDistance("abcd", "abdc", 3), editDistance("kitten", "sitting", 3), editDistance("ab", "abcdef", 2)],
    [1, 3, 3],
  );
});

/** Edit distance by the recursive definition. */
function plainDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const [p, q] = [a.slice(0, -1), b.slice(0, -1)];
  const swap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    plainDistance(p, b) + 1,
    plainDistance(a, q) + 1,
    plainDistance(p, q) + same,
    swap ? plainDistance(a.slice(0, -2), b.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
  );
}

test("edit distance is the recursive definition, cut off where it was told to", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
  fc.assert(
    fc.property(word, word, fc.nat(5), (a, b, most) => {
      assert.equal(editDistance(a, b, most), Math.min(plainDistance(a, b), most + 1));
    }),
    { numRuns: cases(2_000), seed: 2 },
  );
});

test("scripts, marks and articles fold into one spelling", () => {
  assert.deepEqual(foldName("Щербаченко, Оксана Ґ."), ["shcherbachenko", "oksana", "g"]);
  assert.deepEqual(foldName("Łucja O’Gallahan-Möhl"), ["lucja", "ogallahan", "mohl"]);
  assert.deepEqual(foldName("Abd al-Karim X"), ["abdulkarim", "x"]);
  assert.deepEqual(foldName("الدرويشاني"), ["al", "druishani"]);
  assert.deepEqual(foldName("\ud800\u0000  —"), []);
});

test("the index finds what comparing every name finds", () => {
  const names = [...new Set(namePairs.map(([, theirs]) => theirs))];
  const index = indexNames(listOf(names));
  // Weights come from the list, so the twin asks an index of the same list for one entry at a time by name.
  for (const [ours, theirs, same] of namePairs) {
    if (!same || scoreNames(tokensOf(ours), tokensOf(theirs)).score < 0.9) continue;
    const found = index.search([ours], 0.75).map(({ name }) => name);
    assert.ok(found.includes(theirs), `${ours} does not find ${theirs}, but ${found.join("; ")}`);
  }
});

test("a score says by which words it came about, is symmetric, and is 1 for a name and itself", () => {
  const pick = fc.constantFrom(...namePairs.map(([ours]) => ours), ...namePairs.map(([, theirs]) => theirs));
  fc.assert(
    fc.property(pick, pick, (a, b) => {
      const there = scoreNames(tokensOf(a), tokensOf(b));
      const back = scoreNames(tokensOf(b), tokensOf(a));
      assert.ok(there.score >= 0 && there.score <= 1);
      assert.ok(Math.abs(there.score - back.score) < 0.03, `${a} | ${b}: ${there.score} and ${back.score}`);
      const sum = there.reasons.reduce((all, { weight }) => all + weight, 0);
      assert.ok(Math.abs(sum - there.score) < 1e-9, "the reasons' weights make the score");
      assert.ok(scoreNames(tokensOf(a), tokensOf(a)).score > 0.999);
    }),
    { numRuns: cases(10_000), seed: 7 },
  );
});

test("any text can be searched for, and searching changes nothing", () => {
  const index = indexNames(listOf(namePairs.map(([name]) => name)));
  const asked = ["Yuri Shestopalov"];
  const before = JSON.stringify(index.search(asked));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), text => {
      for (const { score } of index.search([text])) assert.ok(score >= defaultThreshold && score <= 1);
    }),
    { numRuns: cases(2_000), seed: 1 },
  );
  assert.equal(JSON.stringify(index.search(asked)), before);
});

test("a list with one bad line is not read, and the line is named", () => {
  const good = '{"id":"1","names":["A B"],"kind":"person"}';
  const rows: readonly (readonly [string, string])[] = [
    ["{", "line 2"],
    ['{"id":"1","names":["C"],"kind":"person"}', "line 2: id"],
    ['{"id":"2","names":[],"kind":"person"}', "line 2: names"],
    ['{"id":"2","names":["C"],"kind":"ghost"}', "line 2: kind"],
    ['{"id":"2","names":["C"],"kind":"person","more":1}', "line 2"],
    ["x".repeat(20_001), "line 2"],
  ];
  for (const [bad, place] of rows) {
    const read = readScreeningList([good, bad], { list: "l", version: "1" });
    assert.equal(!read.ok && read.error.place, place, bad.slice(0, 60));
  }
  const read = readScreeningList([good, "", good.replace('"1"', '"2"')], { list: "l", version: "1" });
  assert.equal(read.ok && read.value.entries.length, 2);
});
