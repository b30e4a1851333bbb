// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { scanQuotes } from "./scan-quotes.ts";

/** Lines as paragraphs; what stands in the marks, speech only. */
function spoken(text: string): string[] {
  const paragraphs: { from: number; to: number }[] = [];
  let from = 0;
  for (const line of text.split("\n")) {
    paragraphs.push({ from, to: from + line.length });
    from += line.length + 1;
  }
  return scanQuotes(text, paragraphs)
    .filter(({ use }) => use === "speech")
    .map(({ inner }) => text.slice(inner.from, inner.to));
}

describe("marks", () => {
  const cases: readonly (readonly [why: string, text: string, quotes: readonly string[]])[] = [
    ["curly", "She said “we left early” and went.", ["we left early"]],
    ["straight", 'She said "we left early" and "came back".', ["we left early", "came back"]],
    ["guillemets and low marks", "«Gone», he said. „All of it“, she said.", ["Gone", "All of it"]],
    ["single, with apostrophes", "‘It’s the owners’ fault,’ he said.", ["It’s the owners’ fault,"]],
    ["straight single, with a decade", "In the '90s he said 'it can't last' often.", ["it can't last"]],
    ["possessives are no marks", "The dogs' home and the cats' home, the minister's idea.", []],
    ["inches are no marks", 'A 5" pipe and a 6" pipe.', []],
    ["inner marks stay inside", "“He told me ‘go’, and I went,” she said.", ["He told me ‘go’, and I went,"]],
    ["paragraphs: opened again, closed once", "“One.\n“Two.\n“Three,” he said.", ["One.", "Two.", "Three,"]],
    ["paragraphs: closing mark missing", "“One is lost, he said.\nTwo.", ["One is lost, he said."]],
    ["names", "the tanker “Blue Star” and commander “Fox” left", []],
  ];
  for (const [why, text, quotes] of cases) test(why, () => assert.deepEqual(spoken(text), quotes));

  test("any words between marks come back as they are, whatever stands around", () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 1, maxLength: 6 })
      .map(w => w.join(" "));
    const pair = fc.constantFrom(["“", "”"], ['"', '"'], ["«", "»"], ["‘", "’"]);
    fc.assert(
      fc.property(fc.array(fc.tuple(words, pair, words), { minLength: 1, maxLength: 5 }), parts => {
        const text = parts
          .map(([before, [a, b], quote]) => `The ${before} said ${a}${quote},${b} then.`)
          .join(" ");
        assert.deepEqual(
          spoken(text),
          parts.map(([, , quote]) => `${quote},`),
        );
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  test("spans are in order and inside their paragraphs, for any marks", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("“", "”", '"', "'", "’", "‘", "«", "»", " ", "a", "s", ".", ",", "\n"),
          maxLength: 200,
        }),
        text => {
          let from = 0;
          const paragraphs = text.split("\n").map(line => {
            const range = { from, to: from + line.length };
            from += line.length + 1;
            return range;
          });
          let last = 0;
          for (const { inner, outer, paragraph } of scanQuotes(text, paragraphs)) {
            assert.ok(
              outer.from >= last && outer.from < inner.from && inner.from <= inner.to && inner.to <= outer.to,
            );
            assert.ok(outer.to <= paragraphs[paragraph]!.to);
            last = outer.to;
          }
        },
      ),
      { numRuns: 500, seed: 6 },
    );
  });
});
