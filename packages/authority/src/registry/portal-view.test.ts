// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Decision, decisionOf } from "../decision.ts";
import { samplePolicy } from "../fixture.ts";
import { clerk, Office, salt, twoApprovals } from "./office.ts";
import { portalView } from "./portal-view.ts";
import { registryReversals } from "./registry-commands.ts";

function view(office: Office, party: string, more: readonly Decision[] = []) {
  const all = [...office.decisions, ...more];
  return portalView(office.book, party, office.atMs, subject => all.filter(each => each.subject === subject));
}

test("F26 a party sees its own, every decision with its reason and notice, and what it may do", () => {
  const office = new Office();
  const { terminalId, lineId, party, accountId } = office.inService();
  office.inService(2);
  office.do("terminal.reportLost", { terminalId, source: "a call" });
  const own = view(office, party);
  assert.deepEqual(
    own.accounts.map(({ id }) => id),
    [accountId],
  );
  assert.deepEqual(
    own.lines.map(({ id }) => id),
    [lineId],
  );
  assert.equal("salt" in own.lines[0]!, false);
  assert.deepEqual(
    own.terminals.map(({ id, as, marks }) => [id, as, marks]),
    [[terminalId, ["holder", "account"], ["lost"]]],
  );
  const lost = own.decisions.find(({ action }) => action === "report lost");
  assert.match(lost?.notice?.text.howToAppeal ?? "", /object/);
  assert.ok(own.decisions.every(({ subject }) => [party, accountId, terminalId].includes(subject)));
  assert.deepEqual(
    own.possible.map(({ command }) => command),
    ["portal.pause", "portal.move", "portal.found", "appeal.file"],
  );
  office.do("portal.found", { party, terminalId });
  office.do("portal.pause", { party, serviceLineId: lineId, reason: "on holiday" });
  const paused = view(office, party);
  assert.ok(
    paused.decisions.some(({ action, reasons }) => action === "pause" && reasons[0] === "on holiday"),
  );
  assert.ok(paused.possible.some(({ command }) => command === "portal.resume"));
  office.do("portal.resume", { party, serviceLineId: lineId });
  const personal = { salt, nickname: "Barn", serviceAddress: { latDeg: 3, lonDeg: 4 } };
  office.do("portal.move", { party, serviceLineId: lineId, hasAddress: true, personal });
  assert.deepEqual(office.terminal(terminalId).serviceAddress, { latDeg: 3, lonDeg: 4 });
});

test("what an exemption keeps back and what is only looked into is not in it", () => {
  const office = new Office();
  const { terminalId, party } = office.inService();
  office.party("police");
  const exemption = "An order forbids telling before the search";
  const seizure = { terminalId, authority: "police", legalBasis: "Warrant 7", documents: ["d"], exemption };
  office.do("terminal.seize", seizure, twoApprovals);
  const finding = decisionOf({
    ...{ atMs: office.atMs, subject: terminalId, action: "record finding", outcome: "inconclusive" },
    ...{ reasons: ["A neighbour reported"], text: "A neighbour reported", inputs: {} },
  });
  const kept = decisionOf({
    ...{ atMs: office.atMs, subject: terminalId, action: "suspend", outcome: "suspended", exemption },
    ...{ reasons: ["Seen at a depot"], text: "Seen at a depot", inputs: {} },
  });
  const own = view(office, party, [finding, kept]);
  assert.deepEqual(own.notices, []);
  const shown = JSON.stringify(own);
  for (const secret of ["Warrant", "search", "neighbour", "depot"])
    assert.equal(shown.includes(secret), false, secret);
});

test("nobody touches or sees what is another's, and a new holder not what the terminal did before", () => {
  const office = new Office();
  const { terminalId, lineId, party } = office.inService();
  const other = office.inService(2);
  for (const [name, request] of [
    ["portal.pause", { serviceLineId: lineId, reason: "a prank" }],
    ["portal.reportLost", { terminalId }],
    ["portal.activate", { terminalId }],
  ] as const) {
    const code = office.refused(name, { party: other.party, ...request });
    assert.match(code, /Unknown$/, "it is as if it did not exist");
  }
  office.atMs += 1000;
  office.do("terminal.transfer", { terminalId, to: other.party, source: "a sale" });
  const theirs = view(office, other.party).decisions.filter(({ subject }) => subject === terminalId);
  assert.deepEqual(theirs, []);
  assert.equal(view(office, party).terminals.length, 0);
  assert.equal(view(office, other.party).terminals.length, 2);
  const [notice] = view(office, party).notices;
  assert.match(notice?.text.facts ?? "", /no longer yours/);
  const context = { book: office.book, policy: samplePolicy, actor: clerk, atMs: office.atMs, approvals: [] };
  const asked = { name: "appeal.decide", request: {} };
  const back = registryReversals["transfer"]?.(notice!.cause.id, context, asked, "It was stolen");
  assert.ok(back?.ok);
  office.book.apply(back.value.changes);
  assert.equal(office.terminal(terminalId).holder, party);
});
