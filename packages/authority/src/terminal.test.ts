// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyTerminalEvent,
  manufactureTerminal,
  type Terminal,
  type TerminalEvent,
  type TerminalState,
  terminalStates,
  terminalTransitions,
} from "./terminal.ts";

const suspension = { orderId: "ord", officer: "Officer", ground: "a named ground", fromMs: 30, untilMs: 40 };
const events: readonly TerminalEvent[] = [
  { type: "register", accountId: "acc", planId: "plan", serviceAddress: null },
  { type: "activate" },
  { type: "suspend", suspension },
  { type: "restore" },
  { type: "expireSuspension" },
  { type: "retire" },
];

/** All legal moves, written down a second time as arrows. */
const arrows = [
  "manufactured register registered",
  "manufactured retire retired",
  "registered activate active",
  "registered retire retired",
  "active suspend suspended",
  "active retire retired",
  "suspended restore active",
  "suspended expireSuspension active",
];

test("exactly the listed moves are legal", () => {
  const found: string[] = [];
  for (const state of Object.keys(terminalStates) as TerminalState[]) {
    const before: Terminal = { ...manufactureTerminal("ut", "UT", 0), state };
    for (const event of events) {
      const change = applyTerminalEvent(before, event, 5);
      if (change.ok) {
        found.push(`${state} ${event.type} ${change.value.terminal.state}`);
        assert.equal(change.value.terminal.stateSinceMs, 5);
      } else {
        assert.equal(change.error.code, "illegalTerminalTransition");
        assert.match(change.error.message, new RegExp(`${state}.*${event.type}`));
      }
    }
  }
  assert.deepEqual(found.sort(), arrows.sort());
});

test("registration binds, suspension is carried exactly while suspended", () => {
  let terminal = manufactureTerminal("ut", "UT", 0);
  for (const [at, index] of [0, 1, 2, 3].entries()) {
    const change = applyTerminalEvent(terminal, events[index]!, 10 * (at + 1));
    assert.ok(change.ok);
    terminal = change.value.terminal;
    assert.equal(terminal.suspension !== null, terminal.state === "suspended");
    assert.equal(terminal.accountId, "acc");
    assert.equal(terminal.planId, "plan");
  }
  assert.equal(terminal.state, "active");
});

test("every state can be reached and every row has a sentence", () => {
  const reached = new Set<string>(["manufactured"]);
  for (const rows of Object.values(terminalTransitions)) {
    for (const row of Object.values(rows)) {
      reached.add(row.to);
      assert.match(row.sentence, /^[A-Z].*\.$/);
    }
  }
  assert.deepEqual([...reached].sort(), Object.keys(terminalStates).sort());
});
