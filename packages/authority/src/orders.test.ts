// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { noonMs, terminal } from "./fixture.ts";
import { expire, type Order, type RestoreResult, restore, suspend } from "./orders.ts";
import type { Terminal } from "./terminal.ts";

const hourMs = 3_600_000;
const ground = "Reported stolen by its owner";
const base = { terminal: terminal(), officer: "Ada Officer", ground, hours: 24, atMs: noonMs, earlier: [] };

test("a suspension is an order, a decision and a terminal that belong together", () => {
  const result = suspend(base);
  assert.ok(result.ok);
  const { order, decision, terminal: after } = result.value;
  assert.equal(after.state, "suspended");
  assert.deepEqual(after.suspension, {
    orderId: order.id,
    officer: "Ada Officer",
    ground,
    fromMs: noonMs,
    untilMs: noonMs + 24 * hourMs,
  });
  assert.equal(order.expiresAtMs, noonMs + 24 * hourMs);
  assert.equal(order.endedAtMs, null);
  assert.deepEqual(
    [decision.subject, decision.action, decision.outcome, decision.orderId, decision.reasons],
    ["ut-1", "suspend", "suspended", order.id, [ground]],
  );
  assert.deepEqual(suspend(base), result, "the same request makes the same ids");
  assert.notEqual(suspendOk({ ...base, hours: 23 }).order.id, order.id);
});

function suspendOk(request: Parameters<typeof suspend>[0]) {
  const result = suspend(request);
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  return result.value;
}

test("an order without officer, ground or term is refused", () => {
  const faults: readonly (readonly [object, string, string])[] = [
    [{ officer: " x " }, "officerInvalid", "officer"],
    [{ officer: "x".repeat(81) }, "officerInvalid", "officer"],
    [{ ground: "too short" }, "groundInvalid", "ground"],
    [{ ground: `short${" ".repeat(20)}` }, "groundInvalid", "ground"],
    [{ ground: "x".repeat(501) }, "groundInvalid", "ground"],
    [{ hours: 0 }, "hoursInvalid", "hours"],
    [{ hours: 73 }, "hoursInvalid", "hours"],
    [{ hours: 1.5 }, "hoursInvalid", "hours"],
    [{ hours: Number.NaN }, "hoursInvalid", "hours"],
    [{ terminal: terminal({ state: "registered" }) }, "illegalTerminalTransition", "event"],
  ];
  for (const [fault, code, place] of faults) {
    const result = suspend({ ...base, ...fault });
    assert.ok(!result.ok);
    assert.deepEqual([result.error.code, result.error.place], [code, place]);
  }
});

test("no second suspension while one is in force, by whomever", () => {
  const first = suspendOk(base);
  const again = suspend({
    ...base,
    terminal: first.terminal,
    earlier: [first.order],
    officer: "Bo Officer",
    ground: "Another ground entirely",
    atMs: noonMs + hourMs,
  });
  assert.equal(!again.ok && again.error.code, "illegalTerminalTransition");
});

test("it expires at its term and not before, and only once", () => {
  const { order, terminal: suspended } = suspendOk(base);
  const untilMs = noonMs + 24 * hourMs;
  const early = expire(suspended, order, untilMs - 1);
  assert.equal(!early.ok && early.error.code, "termNotOver");
  const late = expire(suspended, order, untilMs + 5_000);
  assert.ok(late.ok);
  assert.equal(late.value.terminal.state, "active");
  assert.equal(late.value.order.endedAtMs, untilMs, "it ended when its term did, not when that was recorded");
  assert.equal(late.value.decision.action, "expire");
  const twice = expire(late.value.terminal, late.value.order, untilMs + 5_000);
  assert.equal(!twice.ok && twice.error.code, "illegalTerminalTransition");
});

test("restoring ends exactly the suspension in force", () => {
  const { order, terminal: suspended } = suspendOk(base);
  const request = {
    terminal: suspended,
    suspension: order,
    officer: "Bo Officer",
    ground: "The owner has it back",
  };
  const result = restore({ ...request, atMs: noonMs + hourMs });
  assert.ok(result.ok);
  assert.equal(result.value.terminal.state, "active");
  assert.equal(result.value.terminal.suspension, null);
  assert.equal(result.value.ended.endedAtMs, noonMs + hourMs);
  assert.equal(result.value.ended.id, order.id);
  assert.equal(result.value.decision.action, "restore");
  const other = { ...order, id: "ord_other" };
  const wrong = restore({ ...request, suspension: other, atMs: noonMs + hourMs });
  assert.equal(!wrong.ok && wrong.error.code, "orderNotLive");
  const unnamed = restore({ ...request, officer: "", atMs: noonMs });
  assert.equal(!unnamed.ok && unnamed.error.code, "officerInvalid");
  const idle = restore({ ...request, terminal: terminal(), atMs: noonMs });
  assert.equal(!idle.ok && idle.error.code, "illegalTerminalTransition");
});

test("after a full term the same officer or the same ground must wait three days", () => {
  const first = suspendOk({ ...base, hours: 72 });
  const endMs = noonMs + 72 * hourMs;
  const ended = expire(first.terminal, first.order, endMs);
  assert.ok(ended.ok);
  const next = { ...base, terminal: ended.value.terminal, earlier: [ended.value.order], hours: 1 };
  const reworded = { ...next, ground: "REPORTED   stolen; by its owner!", officer: "Bo Officer" };
  const sameOfficer = { ...next, officer: "ADA  officer", ground: "A ground never named before" };
  for (const request of [reworded, sameOfficer]) {
    const tooSoon = suspend({ ...request, atMs: endMs + 72 * hourMs - 1 });
    assert.equal(!tooSoon.ok && tooSoon.error.code, "suspensionTimeUsedUp");
    assert.ok(suspend({ ...request, atMs: endMs + 72 * hourMs }).ok);
  }
  assert.ok(
    suspend({ ...sameOfficer, officer: "Bo Officer", atMs: endMs }).ok,
    "another officer, another ground",
  );
  const elsewhere = { ...next, terminal: terminal({ id: "ut-2" }), atMs: endMs };
  assert.ok(suspend(elsewhere).ok, "another terminal");
});

test("the same person under another name is the same officer", () => {
  const first = suspendOk({ ...base, hours: 72, officerId: "person-1" });
  assert.equal(first.order.officerId, "person-1");
  const endMs = noonMs + 72 * hourMs;
  const ended = expire(first.terminal, first.order, endMs);
  assert.ok(ended.ok);
  const next = { terminal: ended.value.terminal, earlier: [ended.value.order], hours: 1, atMs: endMs };
  const renamed = { ...next, officer: "Ada Married", ground: "A ground never named before" };
  const again = suspend({ ...renamed, officerId: "person-1" });
  assert.equal(!again.ok && again.error.code, "suspensionTimeUsedUp");
  assert.ok(suspend({ ...renamed, officerId: "person-2" }).ok);
});

test("a suspension whose end is not on record counts with its whole term", () => {
  const { order } = suspendOk({ ...base, hours: 72 });
  const again = suspend({ ...base, earlier: [order], hours: 1, atMs: noonMs + 73 * hourMs });
  assert.equal(!again.ok && again.error.code, "suspensionTimeUsedUp");
});

const officers = ["Ada Officer", "Bo Officer"];
const grounds = ["Reported stolen by its owner", "Seen where it must not be"];
const attempt = fc.record({
  waitHours: fc.integer({ min: 0, max: 100 }),
  officer: fc.constantFrom(...officers),
  ground: fc.constantFrom(...grounds),
  hours: fc.constantFrom(1, 10, 24, 36, 72),
  restoreAfter: fc.option(fc.integer({ min: 0, max: 71 })),
});

test("no officer and no ground ever holds a terminal for more than 72 hours in any 144", () => {
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 1, maxLength: 15 }), attempts => {
      let ut: Terminal = terminal();
      let orders: readonly Order[] = [];
      // One entry per hour in which the terminal was suspended.
      const held: { hour: number; officer: string; ground: string }[] = [];
      let hour = 0;
      for (const { waitHours, officer, ground, hours, restoreAfter } of attempts) {
        hour += waitHours;
        const atMs = noonMs + hour * hourMs;
        const result = suspend({ terminal: ut, officer, ground, hours, atMs, earlier: orders });
        if (!result.ok) {
          assert.equal(result.error.code, "suspensionTimeUsedUp");
          continue;
        }
        const { order, terminal: suspended } = result.value;
        const heldHours = Math.min(hours, restoreAfter ?? hours);
        for (let i = 0; i < heldHours; i++) held.push({ hour: hour + i, officer, ground });
        hour += heldHours;
        const endMs = noonMs + hour * hourMs;
        const end =
          heldHours === hours
            ? expire(suspended, order, endMs)
            : restore({ terminal: suspended, suspension: order, officer, ground, atMs: endMs });
        assert.ok(end.ok);
        ut = end.value.terminal;
        const closed: Order = "ended" in end.value ? (end.value as RestoreResult).ended : end.value.order;
        orders = [...orders, closed];
      }
      for (let from = 0; from <= hour; from++) {
        const inSpan = held.filter(h => h.hour >= from && h.hour < from + 144);
        for (const officer of officers) assert.ok(inSpan.filter(h => h.officer === officer).length <= 72);
        for (const ground of grounds) assert.ok(inSpan.filter(h => h.ground === ground).length <= 72);
      }
    }),
    { numRuns: 200 },
  );
});
