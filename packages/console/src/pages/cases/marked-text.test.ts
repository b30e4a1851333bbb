// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { segmentsOf, type TextMark } from "./marked-text.ts";

test("marks that overlap become stretches with one or both", () => {
  const marks: TextMark[] = [
    { id: "b", kind: "date", from: 4, to: 9 },
    { id: "a", kind: "statement", from: 2, to: 6 },
  ];
  assert.deepEqual(
    segmentsOf("0123456789", marks).map(({ text, marks: over }) => `${text}:${over.map(({ id }) => id)}`),
    ["01:", "23:a", "45:a,b", "678:b", "9:"],
  );
});

test("joined, the stretches are the text; each character has the marks over it and no others", () => {
  const mark = fc.record({
    id: fc.string({ minLength: 1, maxLength: 2 }),
    kind: fc.constant("x"),
    from: fc.integer({ min: -3, max: 20 }),
    to: fc.integer({ min: -3, max: 20 }),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 15 }), fc.array(mark, { maxLength: 8 }), (text, marks) => {
      const segments = segmentsOf(text, marks);
      assert.equal(segments.map(segment => segment.text).join(""), text);
      for (const segment of segments)
        for (let at = segment.from; at < segment.from + segment.text.length; at++)
          assert.deepEqual(
            segment.marks.map(({ id }) => id).sort(),
            marks
              .filter(({ from, to }) => from <= at && at < to)
              .map(({ id }) => id)
              .sort(),
          );
    }),
  );
});
