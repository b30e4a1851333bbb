// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "@perigee/authority";
import fc from "fast-check";
import { completed, referencesIn } from "./scenario-references.ts";

const start = Date.UTC(2026, 0, 1);
const changed = (kind: string, id: string): Change => ({ kind, id, document: { id } }) as unknown as Change;
const changes = new Map([
  ["cut", [changed("order", "ord_1"), changed("notice", "not_1")]],
  ["gifts", [changed("terminal", "ut_1"), changed("terminal", "ut_2")]],
  ["undone", [{ kind: "order", id: "ord_9", document: null } as Change]],
]);
const complete = (request: unknown) => completed(request, name => changes.get(name), start);

test("ids and instants stand in the place of references, however deep", () => {
  const request = {
    noticeId: { $ref: "cut.notice" },
    basis: { kind: "order", id: { $ref: "cut.order" } },
    terminalIds: [{ $ref: "gifts.terminal[1]" }, "kyiv", { $ref: "gifts.terminal[0]" }],
    fromMs: { $atS: 90 },
    beforeMs: { $atS: -0.5 },
    note: null,
  };
  assert.deepEqual(complete(request), {
    ok: true,
    value: {
      noticeId: "not_1",
      basis: { kind: "order", id: "ord_1" },
      terminalIds: ["ut_2", "kyiv", "ut_1"],
      fromMs: start + 90_000,
      beforeMs: start - 500,
      note: null,
    },
  });
});

test("a reference that leads nowhere, or to several, names its place", () => {
  const refusals: [request: unknown, place: string, message: RegExp][] = [
    [{ a: { $ref: "later.order" } }, "a", /has not been carried out/],
    [{ a: [{ $ref: "cut.appeal" }] }, "a[0]", /changed 0 records of kind appeal/],
    [{ a: { $ref: "gifts.terminal" } }, "a", /changed 2 .*gifts\.terminal\[0\]/],
    [{ a: { $ref: "gifts.terminal[2]" } }, "a", /changed 2 records/],
    [{ a: { $ref: "undone.order" } }, "a", /changed 0 records/],
    [{ a: { $ref: "cut.orders" } }, "a", /no kind of record "orders"/],
    [{ a: { $ref: "cut" } }, "a", /takes "name\.kind"/],
    [{ a: { $ref: 7 } }, "a", /takes "name\.kind"/],
    [{ a: { $ref: "cut.order", more: 1 } }, "a", /stands alone/],
    [{ a: { $atS: "now" } }, "a", /takes seconds/],
    [{ a: { b: { $when: 1 } } }, "a.b", /neither \$ref nor \$atS/],
    [{ $ref: "cut.toString" }, "", /no kind of record/],
  ];
  for (const [request, place, message] of refusals) {
    const done = complete(request);
    assert.ok(!done.ok, JSON.stringify(request));
    assert.equal(done.error.place, place);
    assert.match(done.error.message, message);
  }
});

test("what holds no reference stays as it is", () => {
  fc.assert(
    fc.property(
      fc.jsonValue().filter(value => !JSON.stringify(value).includes('"$')),
      value => {
        assert.deepEqual(complete(value), { ok: true, value });
        assert.deepEqual(referencesIn(value), { ok: true, value: [] });
      },
    ),
    { numRuns: 300 },
  );
});

test("references are found with their places before anything is carried out", () => {
  assert.deepEqual(referencesIn({ a: [{ b: { $ref: "x.order[3]" } }], at: { $atS: 1 } }), {
    ok: true,
    value: [{ reference: { name: "x", kind: "order", nth: 3 }, place: "a[0].b" }],
  });
  let deep: unknown = 1;
  for (let i = 0; i < 60; i++) deep = [deep];
  const tooDeep = referencesIn(deep);
  assert.ok(!tooDeep.ok && /too deep/.test(tooDeep.error.message));
});
