// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { readQuery } from "./query.ts";

const schema = z.object({
  page: z.number().int().min(0).default(0),
  ids: z.array(z.string()).optional(),
  ends: z.boolean().default(false),
  text: z.string().max(5).optional(),
});

test("a query reads back as what was written, in both ways of writing lists", () => {
  const values = fc.record({
    page: fc.nat(1_000_000),
    ids: fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 20,
    }),
    ends: fc.boolean(),
  });
  fc.assert(
    fc.property(values, fc.constantFrom("ids", "ids[]"), (value, name) => {
      const query = new URLSearchParams({ page: String(value.page), ends: String(value.ends), other: "1" });
      for (const id of value.ids) query.append(name, id);
      assert.deepEqual(readQuery(schema, query.toString()), { ok: true, value: { ...value } });
    }),
  );
});

test("what does not fit is named", () => {
  const cases: [string, string][] = [
    ["page=1e3", "page"],
    ["page=0x10", "page"],
    ["page=", "page"],
    ["page=1.5", "page"],
    ["ends=yes", "ends"],
    ["text=toolong", "text"],
    ["text=a&text=b", "text"],
    ["text=a%00", "text"],
    ["ids=%00", "ids"],
    [`ids=a${"&ids=a".repeat(1_000)}`, "ids"],
  ];
  for (const [text, member] of cases) {
    const read = readQuery(schema, text);
    assert.equal(read.ok ? null : read.error.member, member, text);
  }
  assert.deepEqual(readQuery(schema, "ends=True&__proto__=1&constructor=2"), {
    ok: true,
    value: { page: 0, ends: true },
  });
});
