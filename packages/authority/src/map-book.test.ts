// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "./cases.ts";
import { account, terminal } from "./fixture.ts";
import { MapBook } from "./map-book.ts";
import type { Account, Terminal } from "./terminal.ts";

test("a book against a plain list of records, through any changes", () => {
  const name = fc.constantFrom("a", "b", "c");
  const document = fc.record({ holder: fc.option(name), user: fc.option(name), accountId: fc.option(name) });
  const change = fc.record({ id: fc.constantFrom("ut-1", "ut-2", "ut-3"), document: fc.option(document) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), changes => {
      const book = new MapBook();
      // A record that is changed keeps its place; one that ceased to hold and came again comes last.
      let plain: Terminal[] = [];
      for (const { id, document: content } of changes) {
        const next = content === null ? null : terminal({ id, ...content });
        book.apply([{ kind: "terminal", id, document: next }]);
        if (next === null) plain = plain.filter(other => other.id !== id);
        else if (plain.some(other => other.id === id))
          plain = plain.map(other => (other.id === id ? next : other));
        else plain.push(next);
        assert.deepEqual([...book.all("terminal")], plain);
        assert.equal(book.size("terminal"), plain.length);
        for (const subject of ["a", "b", "c"]) {
          const about = plain.filter(ut => [ut.holder, ut.user, ut.accountId].includes(subject));
          const found = book.about("terminal", subject);
          // Those that came to be about it later stand later, which the plain list does not know.
          assert.deepEqual(new Set(found), new Set(about));
          assert.equal(found.length, about.length);
        }
        assert.deepEqual(book.get("terminal", id), next ?? undefined);
      }
    }),
    { numRuns: cases(10_000), seed: 1 },
  );
});

test("kinds do not mix, and a terminal is found by account, holder, donor, user, kit number, serial and key", () => {
  const book = new MapBook();
  const document = terminal({
    ...{ id: "same", accountId: "acc", holder: "h", donor: "d", user: "u" },
    ...{ kitNumber: "KIT00000001", serial: "SN1", publicKey: "key" },
  });
  const other: Account = { ...account, id: "same" };
  book.apply([
    { kind: "terminal", id: "same", document },
    { kind: "account", id: "same", document: other },
  ]);
  for (const subject of ["acc", "h", "d", "u", "KIT00000001", "SN1", "key"]) {
    assert.deepEqual(book.about("terminal", subject), [document], subject);
  }
  assert.deepEqual(book.get("account", "same"), other);
  assert.deepEqual(book.about("account", "h"), []);
  book.apply([{ kind: "terminal", id: "same", document: null }]);
  assert.deepEqual(book.about("terminal", "key"), []);
  assert.deepEqual(book.get("account", "same"), other);
});
