// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { noonMs, terminal } from "../fixture.ts";
import { MapBook } from "../map-book.ts";
import { type Terminal, terminalStates } from "../terminal.ts";
import { kitCheck } from "./kit-check.ts";

const number = "KIT00000042";

function check(more: Partial<Terminal>, asked = number) {
  const book = new MapBook();
  const document = terminal({ kitNumber: number, ...more });
  book.apply([{ kind: "terminal", id: document.id, document }]);
  return kitCheck(book, asked, noonMs);
}

test("yes and no before buying second-hand, and nothing more", () => {
  const free = { mayBeActivated: "yes", reportedStolenOrBlocked: "no" };
  const used = { mayBeActivated: "no", reportedStolenOrBlocked: "no" };
  const against = { mayBeActivated: "no", reportedStolenOrBlocked: "yes" };
  const suspension = { orderId: "o", officer: "x", ground: "g", fromMs: 0, untilMs: noonMs + 1 };
  const rows: readonly (readonly [Partial<Terminal>, object])[] = [
    [{ state: "sold" }, free],
    [{ state: "manufactured" }, free],
    [{ state: "active" }, used],
    [{ state: "retired" }, used],
    [{ state: "sold", flags: { lost: 1 } }, against],
    [{ state: "sold", flags: { seized: 1 } }, against],
    [{ state: "active", flags: { cloneSuspect: 1 } }, against],
    [{ state: "suspended", suspension }, against],
    [{ state: "suspended", suspension: { ...suspension, untilMs: noonMs } }, used],
    [{ state: "deactivated" }, against],
    [{ state: "restricted" }, against],
  ];
  for (const [more, answer] of rows) assert.deepEqual(check(more), answer, more.state);
  assert.deepEqual(check({ state: "sold" }, " kit 0000 0042"), free);
});

test("a number that is not on record is as one in somebody's service, and the form alone is refused", () => {
  assert.deepEqual(check({ state: "sold" }, "KIT00000043"), check({ state: "active" }));
  // Whatever else a record is about is no kit number.
  assert.deepEqual(
    check({ state: "sold", serial: "KIT00000043" }, "KIT00000043"),
    check({ state: "active" }),
  );
  for (const bad of ["", "42", "KIT", "KIT-0042", "KIT00000042; drop", "KIT0000004ü"]) {
    assert.equal(check({ state: "sold" }, bad), null);
  }
});

test("no answer tells whose it is or why: there are three answers whatever the terminal is", () => {
  const states = Object.keys(terminalStates) as Terminal["state"][];
  const flags = fc.record({ lost: fc.nat(), seized: fc.nat(), cloneSuspect: fc.nat() }, { requiredKeys: [] });
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(...states), flags, fc.option(fc.string()), (state, marks, holder) => {
      seen.add(JSON.stringify(check({ state, flags: marks, holder })));
    }),
    { numRuns: cases(5_000), seed: 1 },
  );
  assert.equal(seen.size, 3);
});
