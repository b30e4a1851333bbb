// SPDX-License-Identifier: MIT
// What the reviewed day shows of the authority. That the day is what the code makes of it, run-scenario.test.ts checks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { ScenarioSummary } from "./run-scenario.ts";

const file = new URL("../../../../demo/summary-24h.json", import.meta.url);
const day = JSON.parse(readFileSync(file, "utf8")) as ScenarioSummary;

interface Line {
  readonly atMs: number;
  readonly subject: string;
  readonly rest: string;
}

const lines = day.timeline.map((text): Line => {
  const [at = "", subject = "", ...rest] = text.split(" ");
  return { atMs: Date.parse(at), subject, rest: rest.join(" ") };
});

/** When the first line about a subject that begins so stands there, from an instant on. */
function at(subject: string, begins: string, fromMs = 0): number {
  const found = lines.find(
    line => line.subject.startsWith(subject) && line.rest.startsWith(begins) && line.atMs >= fromMs,
  );
  assert.ok(found, `nothing in the day: ${subject} ${begins}`);
  return found.atMs;
}

const within = (fromMs: number, toMs: number, seconds: number): void =>
  assert.ok(toMs >= fromMs && toMs - fromMs <= seconds * 1000, `${(toMs - fromMs) / 1000} s`);

test("F2, F3: a refused request leaves the area as it was, and what was never on is not switched off", () => {
  assert.equal(day.decisions["area refuseRequest neverActive"], 1);
  assert.equal(day.decisions["add reason refused"], 1, "a second reason, with a date of its own");
  assert.equal(day.records.areaRequests["request refused"], 1);
  assert.equal(day.records.areaRequests["request needsDirective"], 1);
  assert.equal(day.decisions["area deactivate withdrawn"], undefined);
});

test("F4: a hospital has service where its neighbour a kilometre away has none, until one person acts at once", () => {
  const { "mokhotlong-hospital": hospital, "mokhotlong-shelter": shelter } = day.terminals;
  const granted = at("exc_", "grant exception granted");
  within(granted, at("mokhotlong-hospital", "admission allow", granted), 60);
  assert.ok(hospital!.served > 0.9 && shelter!.served < 0.2);
  const flood = at("brk_", "use break-glass");
  within(flood, at("mokhotlong-shelter", "admission allow", flood), 60);
  within(flood, at("mokhotlong-shelter", "admission deny", flood), 4 * 3_600);
  assert.deepEqual(day.records.breakGlass, { justified: 1 });
});

test("F6: who is approved has service within a minute; who shows signs of a stand-in waits for a person", () => {
  const approved = at("lviv-bakery", "put on allow-list");
  within(approved, at("lviv-bakery", "admission allow", approved), 60);
  assert.deepEqual(day.records.allowListApplications, { approved: 1, inReview: 1 });
  assert.equal(day.terminals["odesa-flat"]!.served, 0);
});

test("F16: a name that resembles an entry is judged by a person and changes nothing by itself", () => {
  assert.deepEqual(day.records.screenings, { notTheSame: 1 });
  assert.equal(day.terminalSlots.refused["PARTY_SANCTIONED"], undefined);
});

test("F20, F26: cut off by three persons, told, appealed for, and back within a minute of the reversal", () => {
  assert.equal(day.records.proposals["order.deactivate carriedOut"], 1);
  const cut = at("gdansk-workshop", "deactivate deactivated");
  within(cut, at("gdansk-workshop", "admission deny TERMINAL_DEACTIVATED", cut), 60);
  const reversed = at("gdansk-workshop", "reverse reversed");
  within(reversed, at("gdansk-workshop", "admission allow", reversed), 60);
  assert.deepEqual(day.records.appeals, { reversed: 1 });
});

test("F23: a lawful order is enforced within a minute, and ends by itself", () => {
  const ordered = at("MW", "area suspend");
  within(ordered, at("lilongwe-market", "admission deny AREA_NOT_ACTIVE", ordered), 60);
  const ended = at("MW", "area activate");
  within(ended, at("lilongwe-market", "admission allow", ended), 60);
  assert.equal(day.records.areaRequests["lawfulOrder expired"], 1);
});

test("F24: a seized terminal goes to a public body, which registers it anew", () => {
  const steps = [
    "seize seized",
    "transfer sold",
    "register registered",
    "activate active",
    "admission allow",
  ];
  let fromMs = 0;
  for (const step of steps) fromMs = at("dobrogea-warehouse", step, fromMs);
});

test("F25: an order about many stops at a protected site, and takes nothing from anybody", () => {
  assert.deepEqual(day.records.bulkOrders, { "suspend rolledBack": 1 });
  assert.equal(day.terminals["kenya-school"]!.served, 1);
});

test("F27, F28: counts stand beside each other; what was sealed is revealed", () => {
  assert.equal(Object.keys(day.records.countClaims).length, 2);
  assert.deepEqual(Object.values(day.records.donations), [4]);
  assert.deepEqual(day.records.sealedPolicies, { revealed: 1 });
});

test("every decision of the day comes out the same when it is made again", () => {
  const { intact, differences, replayed } = day.ledger;
  assert.ok(intact && replayed > 100);
  assert.equal(differences, 0);
});
