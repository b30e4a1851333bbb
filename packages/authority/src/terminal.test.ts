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
const restriction = { orderId: "ord", ground: "a named ground", fromMs: 30, reviewMs: 40 };
const basis = { kind: "finding", id: "fin" } as const;
const deactivation = {
  orderId: "ord",
  ground: "a ground",
  basis,
  returnsTo: "active",
  fromMs: 30,
  reviewMs: 40,
} as const;
const binding = {
  accountId: "acc",
  planId: "plan",
  serviceAddress: { latDeg: 1, lonDeg: 2 },
  serviceLineId: "line",
};
const examples: { readonly [T in TerminalEvent["type"]]: TerminalEvent & { readonly type: T } } = {
  sell: { type: "sell", holder: "first" },
  register: { type: "register", ...binding },
  verify: { type: "verify" },
  activate: { type: "activate" },
  pause: { type: "pause" },
  resume: { type: "resume" },
  restrict: { type: "restrict", restriction },
  liftRestriction: { type: "liftRestriction" },
  suspend: { type: "suspend", suspension },
  restore: { type: "restore" },
  expireSuspension: { type: "expireSuspension" },
  deactivate: { type: "deactivate", deactivation },
  reinstate: { type: "reinstate" },
  release: { type: "release" },
  transfer: { type: "transfer", holder: "second" },
  retire: { type: "retire" },
};

/**
 * All legal moves, written down a second time as arrows, from the states of reference §7 and the issue: manufactured, sold,
 * registered, verified, active, which may become restricted, suspended or deactivated and come back, and transferred or
 * retired, which nothing can while an order stands.
 */
const arrows = `
  manufactured -sell-> sold
  manufactured -register-> registered
  manufactured -retire-> retired
  sold -register-> registered
  sold -transfer-> sold
  sold -deactivate-> deactivated
  sold -retire-> retired
  registered -verify-> verified
  registered -release-> sold
  registered -transfer-> sold
  registered -deactivate-> deactivated
  registered -retire-> retired
  verified -activate-> active
  verified -release-> sold
  verified -transfer-> sold
  verified -deactivate-> deactivated
  verified -retire-> retired
  active -pause-> paused
  active -restrict-> restricted
  active -suspend-> suspended
  active -deactivate-> deactivated
  active -release-> sold
  active -transfer-> sold
  active -retire-> retired
  paused -resume-> active
  paused -deactivate-> deactivated
  paused -release-> sold
  paused -transfer-> sold
  paused -retire-> retired
  restricted -liftRestriction-> active
  restricted -deactivate-> deactivated
  suspended -restore-> active
  suspended -expireSuspension-> active
  suspended -deactivate-> deactivated
  deactivated -reinstate-> active
`
  .trim()
  .split(/\n\s*/);

const states = Object.keys(terminalStates) as TerminalState[];
const inState = (state: TerminalState): Terminal => ({ ...manufactureTerminal("ut", "UT", 0), state });

test("exactly the listed moves are legal", () => {
  const found: string[] = [];
  for (const state of states) {
    for (const event of Object.values(examples)) {
      const change = applyTerminalEvent(inState(state), event, 5);
      if (change.ok) {
        found.push(`${state} -${event.type}-> ${change.value.terminal.state}`);
        assert.equal(change.value.terminal.stateSinceMs, 5);
      } else {
        assert.equal(change.error.code, "illegalTerminalTransition");
        assert.match(change.error.message, new RegExp(`${state}.*${event.type}`));
      }
    }
  }
  assert.deepEqual(found.sort(), arrows.sort());
});

function walk(...types: readonly TerminalEvent["type"][]): readonly Terminal[] {
  const steps = [manufactureTerminal("ut", "UT", 0)];
  for (const [i, type] of types.entries()) {
    const change = applyTerminalEvent(steps.at(-1)!, examples[type], 10 * (i + 1));
    assert.ok(change.ok, type);
    steps.push(change.value.terminal);
  }
  return steps;
}

test("what holds a terminal is on it exactly while it holds", () => {
  const way = [
    "sell",
    "register",
    "verify",
    "activate",
    "suspend",
    "restore",
    "restrict",
    "liftRestriction",
  ] as const;
  for (const terminal of walk(...way, "deactivate", "reinstate", "pause", "resume", "retire")) {
    const { state } = terminal;
    assert.equal(terminal.suspension !== null, state === "suspended", state);
    assert.equal(terminal.restriction !== null, state === "restricted", state);
    assert.equal(terminal.deactivation !== null, state === "deactivated", state);
  }
});

test("a reinstated terminal is what it was, and no more", () => {
  for (const returnsTo of ["sold", "registered", "verified", "active"] as const) {
    const before: Terminal = { ...inState("deactivated"), deactivation: { ...deactivation, returnsTo } };
    const change = applyTerminalEvent(before, { type: "reinstate" }, 5);
    assert.ok(change.ok);
    assert.equal(change.value.terminal.state, returnsTo);
  }
});

test("F24 a transfer leaves whose it was, its account, line and user behind; identity and origin stay", () => {
  const steps = walk("sell", "register", "verify", "activate");
  const { serviceLineId, ...bound } = steps.at(-1)!;
  assert.deepEqual({ ...bound, serviceLineId }, { ...steps[2]!, state: "active", stateSinceMs: 40 });
  assert.equal(steps.at(-1)!.holder, "first");
  const known = {
    kitNumber: "KIT000001",
    serial: "SN0001",
    publicKey: "key",
    donor: "donor",
    flags: { lost: 3 },
  };
  const change = applyTerminalEvent({ ...steps.at(-1)!, ...known, user: "user" }, examples.transfer, 99);
  assert.ok(change.ok);
  assert.deepEqual(change.value.terminal, {
    ...manufactureTerminal("ut", "UT", 99),
    ...known,
    holder: "second",
    state: "sold",
  });
});

test("every state can be reached and every row has a sentence", () => {
  const reached = new Set<string>(["manufactured"]);
  for (const rows of Object.values(terminalTransitions)) {
    for (const row of Object.values(rows)) {
      reached.add(row.to);
      assert.match(row.sentence, /^[A-Z].*\.$/);
    }
  }
  assert.deepEqual([...reached].sort(), [...states].sort());
});
