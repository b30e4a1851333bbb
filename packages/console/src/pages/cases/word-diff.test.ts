// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type WordPiece, wordDiff } from "./word-diff.ts";

const shown = (pieces: readonly WordPiece[]) =>
  pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("");
const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The length of a longest common subsequence by its definition. */
function longest(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [first, ...rest] = a;
  const at = b.indexOf(first as string);
  return Math.max(longest(rest, b), at < 0 ? 0 : 1 + longest(rest, b.slice(at + 1)));
}

test("changed words are marked on both sides, and nothing else", () => {
  const [left, right] = wordDiff(
    "“We stopped the vessel as soon as the alarm sounded,” she said.",
    "We halted the ship at once when the alarm sounded.",
  );
  assert.equal(shown(left), "“We [stopped] the [vessel as soon as] the alarm sounded,” [she said].");
  assert.equal(shown(right), "We [halted] the [ship at once when] the alarm sounded.");
});

test("case, punctuation and the shape of apostrophes are no change", () => {
  for (const side of wordDiff("It’s NOT sold; never was.", "It's not sold, never was!"))
    assert.equal(
      side.some(({ changed }) => changed),
      false,
    );
  assert.deepEqual(wordDiff("", ""), [[], []]);
  assert.deepEqual(wordDiff("", "all new"), [[], [{ text: "all new", changed: true }]]);
});

test("pieces joined are the wording; what is kept is a longest common subsequence", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "not", ",", "— "), { maxLength: 9 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [one.join(" "), other.join(" ")];
      const sides = wordDiff(a, b);
      for (const [i, side] of sides.entries())
        assert.equal(side.map(piece => piece.text).join(""), [a, b][i]);
      const kept = sides.map(side =>
        side.filter(({ changed }) => !changed).flatMap(piece => words(piece.text)),
      );
      assert.deepEqual(kept[0], kept[1]);
      assert.equal(kept[0]?.length, longest(words(a), words(b)));
    }),
    { numRuns: 300 },
  );
});

test("texts too long to compare keep their equal beginnings and ends", () => {
  const long = (word: string) => `same ${`${word} `.repeat(3_000)}end`;
  const [left, right] = wordDiff(long("one"), long("two"));
  for (const side of [left, right])
    assert.deepEqual(
      side.map(({ changed }) => changed),
      [false, true, false],
    );
});
