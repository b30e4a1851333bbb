// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Book } from "../book.ts";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { custodyOf } from "./custody-chain.ts";
import { Office, salt, twoApprovals, written } from "./office.ts";

/** Terminal and service line name each other, and the terminal holds what the line says. */
function assertInStep(book: Book): void {
  for (const line of book.all("serviceLine")) {
    if (line.terminalId === null) continue;
    assert.notEqual(line.state, "ended", `${line.id} ended with a terminal`);
    assert.equal(book.get("terminal", line.terminalId)?.serviceLineId, line.id);
  }
  for (const terminal of book.all("terminal")) {
    const { serviceLineId, accountId, planId, serviceAddress, state } = terminal;
    if (serviceLineId === null) {
      assert.equal(planId, null, "a plan without a line");
      assert.equal(serviceAddress, null, "an address without a line");
      continue;
    }
    const line = book.get("serviceLine", serviceLineId);
    assert.equal(line?.terminalId, terminal.id);
    assert.deepEqual(
      { accountId, planId, serviceAddress },
      { accountId: line?.accountId, planId: line?.planId, serviceAddress: line?.serviceAddress },
    );
    if (state === "paused") assert.equal(line?.state, "paused");
    if (state === "active") assert.equal(line?.state, "active");
  }
}

const terminalIds = (office: Office): string[] => [...office.book.all("terminal")].map(({ id }) => id);

test("terminal and service line stay in step through any commands, and no refused one changes anything", () => {
  const step = fc.record({ kind: fc.nat(16), a: fc.nat(5), b: fc.nat(5) });
  // Each sequence has up to 30 commands: 10,000 commands and more in all.
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 40 }), steps => {
      const office = new Office();
      const parties = [office.party("p-0"), office.party("p-1"), office.party("p-2", "Unverified", false)];
      const accounts = parties.slice(0, 2).map(each => office.account(each).accountId);
      for (const account of accounts) office.line(account, "home");
      const opened = office.do("programme.open", { title: "Light", donor: "p-2", fromMs: 0 });
      const programmeId = written(opened, "programme").id;
      for (let i = 0; i < 3; i++) {
        const terminalId = office.enrolled(i);
        const donation = {
          programmeId,
          terminalId,
          holder: parties[i % 2],
          user: "p-2",
          source: "delivery note",
        };
        if (i > 0) office.do("donation.record", donation);
      }
      for (const { kind, a, b } of steps) {
        office.atMs += 1000;
        const before = [...office.book.all("terminal"), ...office.book.all("serviceLine")];
        const terminals = terminalIds(office);
        const lines = [...office.book.all("serviceLine")].map(({ id }) => id);
        const terminalId = terminals[a % terminals.length]!;
        const serviceLineId = lines[b % lines.length]!;
        const reason = "because of the test";
        const personal = { salt, nickname: `n${b}`, serviceAddress: { latDeg: b, lonDeg: a } };
        const party = parties[b % 3]!;
        const source = "a receipt";
        const commands: readonly (readonly [string, object])[] = [
          ["terminal.register", { terminalId, serviceLineId }],
          ["terminal.verify", { terminalId }],
          ["terminal.activate", { terminalId }],
          ["terminal.pause", { terminalId, reason }],
          ["terminal.resume", { terminalId }],
          ["terminal.transfer", { terminalId, to: party, source }],
          ["terminal.retire", { terminalId, reason }],
          ["terminal.sell", { terminalId, seller: null, holder: party, source }],
          ["serviceLine.open", { accountId: accounts[a % 2], planId: "sea", hasAddress: true, personal }],
          ["serviceLine.changePlan", { serviceLineId, planId: ["home", "roam", "sea"][a % 3] }],
          ["serviceLine.changeAddress", { serviceLineId, hasAddress: true, personal }],
          ["serviceLine.pause", { serviceLineId, reason }],
          ["serviceLine.resume", { serviceLineId }],
          ["serviceLine.end", { serviceLineId, reason }],
          ["serviceLine.assignTerminal", { serviceLineId, terminalId }],
          ["serviceLine.removeTerminal", { serviceLineId, reason }],
          ["terminal.release", { terminalId, to: party, documents: ["d"], source }],
        ];
        const [name, request] = commands[kind]!;
        if (kind === 16) {
          const taken = { terminalId, authority: parties[2], legalBasis: "an act", documents: ["d"] };
          office.ask("terminal.seize", taken, twoApprovals);
        }
        const ruling = office.ask(name, request, twoApprovals);
        // I14: who gave it stays who gave it, whoever holds, uses or registers it later.
        for (const { donor, kitNumber } of office.book.all("terminal")) {
          assert.equal(donor, kitNumber === "KIT00000000" ? null : "p-2");
        }
        if (ruling.ok) assertInStep(office.book);
        else if (kind !== 16) {
          assert.deepEqual([...office.book.all("terminal"), ...office.book.all("serviceLine")], before);
        }
      }
    }),
    { numRuns: cases(400), seed: 11 },
  );
});

test("F24 a seized terminal goes to a public body, which registers it; its history stays", () => {
  const office = new Office();
  const { terminalId, lineId, party } = office.inService();
  office.party("police");
  office.party("school");
  const seizure = {
    terminalId,
    authority: "police",
    legalBasis: "Warrant 7 of a court",
    documents: ["doc-7"],
  };
  assert.equal(office.refused("terminal.seize", seizure), "needsApproval");
  office.atMs += 1000;
  const seized = office.do("terminal.seize", seizure, twoApprovals);
  assert.equal(office.terminal(terminalId).flags.seized, office.atMs);
  assert.equal(office.terminal(terminalId).holder, party, "a seizure takes a thing, not whose it is");
  const taken = custodyOf(office.book, terminalId);
  assert.deepEqual([taken.holder, taken.keeper, taken.faults], [party, "police", []]);
  const notice = written(seized, "notice");
  assert.equal(notice.party, party);
  assert.ok(notice.reviewMs > office.atMs);
  assert.equal(seized.decisions[0]?.noticeId, notice.id);
  // While it is seized nobody gives it away but the authority.
  assert.equal(
    office.refused("terminal.transfer", { terminalId, to: "school", source: "a sale" }),
    "terminalMarked",
  );
  office.atMs += 1000;
  const toSchool = { terminalId, to: "school", documents: ["doc-8"], source: "Decision 8 of the court" };
  assert.equal(office.refused("terminal.release", toSchool), "needsApproval");
  office.do("terminal.release", toSchool, twoApprovals);
  const free = office.terminal(terminalId);
  assert.deepEqual(free.flags, {});
  assert.deepEqual(
    [free.state, free.holder, free.accountId, free.serviceLineId],
    ["sold", "school", null, null],
  );
  assert.equal(office.book.get("serviceLine", lineId)?.terminalId, null);
  const school = office.account("school");
  office.atMs += 1000;
  office.do("terminal.register", { terminalId, serviceLineId: school.lineId });
  office.do("terminal.verify", { terminalId });
  office.do("terminal.activate", { terminalId });
  assert.equal(office.terminal(terminalId).state, "active");
  const chain = custodyOf(office.book, terminalId);
  const steps = chain.events.map(({ step }) => step);
  assert.deepEqual(steps, ["manufacture", "sale", "registration", "seizure", "release", "registration"]);
  assert.deepEqual([chain.holder, chain.keeper, chain.faults], ["school", "school", []]);
  const about = office.decisions.filter(({ subject }) => subject === terminalId).map(({ action }) => action);
  assert.deepEqual(about, [
    ...["enrol", "sell", "register", "verify", "activate"],
    ...["seize", "transfer", "register", "verify", "activate"],
  ]);
});

test("a released terminal goes back to whom it belonged without anybody's approval", () => {
  const office = new Office();
  const { terminalId } = office.inService();
  office.party("police");
  const seizure = { terminalId, authority: "police", legalBasis: "Warrant 7", documents: ["doc-7"] };
  office.do("terminal.seize", seizure, twoApprovals);
  office.do("terminal.release", { terminalId, to: null, documents: ["doc-8"], source: "given back" });
  assert.deepEqual(office.terminal(terminalId).flags, {});
  assert.equal(office.terminal(terminalId).state, "active");
});

test("I12 what takes something from a holder has a notice and a review, or was the holder's wish and says so", () => {
  const office = new Office();
  const { terminalId, lineId, party } = office.inService();
  const source = "a call";
  const taking: readonly (readonly [string, object])[] = [
    ["terminal.reportLost", { terminalId, source }],
    ["terminal.suspectClone", { terminalId, ground: "seen in two beams at once", measurements: ["m-1"] }],
    ["party.verify", { partyId: party, state: "failed", method: "papers were forged", evidence: [] }],
    ["serviceLine.pause", { serviceLineId: lineId, reason: "on holiday" }],
    ["serviceLine.removeTerminal", { serviceLineId: lineId, reason: "another terminal" }],
    ["serviceLine.end", { serviceLineId: lineId, reason: "moved away" }],
    ["terminal.retire", { terminalId, reason: "broken for good" }],
  ];
  for (const [name, request] of taking) {
    for (const decision of office.do(name, request).decisions) {
      assert.ok((decision.noticeId ?? decision.exemption) !== undefined, name);
      assert.ok((decision.reviewAtMs ?? 0) > noonMs, name);
    }
  }
});

test("I11 one key, kit number and serial is one terminal", () => {
  const office = new Office();
  const terminalId = office.enrolled(1);
  const other = office.enrolled(2);
  const twin = { kitNumber: "KIT00000001", serial: "SN99999999", model: "Mini", source: "list" };
  assert.equal(office.refused("terminal.enrol", twin), "kitNumberTaken");
  assert.equal(
    office.refused("terminal.enrol", { ...twin, kitNumber: "KIT77777777", serial: "SN00000001" }),
    "serialTaken",
  );
  const publicKey = `MCowBQYDK2VwAyEA${"A".repeat(43)}=`;
  office.do("terminal.enrolKey", { terminalId, publicKey, reason: "first start" });
  assert.equal(
    office.refused("terminal.enrolKey", { terminalId: other, publicKey, reason: "a copy" }),
    "keyTaken",
  );
  const spare = `MCowBQYDK2VwAyEA${"A".repeat(42)}B=`;
  assert.equal(
    office.refused("terminal.enrolKey", { terminalId: other, publicKey: spare, reason: "same bytes" }),
    "requestInvalid",
  );
});

test("managed accounts: whoever answers above may register, and no account manages itself", () => {
  const office = new Office();
  office.party("aid");
  office.party("clinic");
  const aid = office.account("aid");
  const clinic = office.account("clinic");
  const reason = "programme rules";
  office.do("account.manage", { accountId: clinic.accountId, managedBy: aid.accountId, reason });
  assert.equal(
    office.refused("account.manage", { accountId: aid.accountId, managedBy: clinic.accountId, reason }),
    "managesItself",
  );
  const terminalId = office.enrolled(1);
  office.do("terminal.sell", { terminalId, seller: null, holder: "aid", source: "receipt" });
  office.do("terminal.register", { terminalId, serviceLineId: clinic.lineId });
  const other = office.enrolled(2);
  office.do("terminal.sell", { terminalId: other, seller: null, holder: "clinic", source: "receipt" });
  assert.equal(
    office.refused("terminal.register", { terminalId: other, serviceLineId: aid.lineId }),
    "holderOther",
  );
  assert.equal(office.refused("account.close", { accountId: aid.accountId, reason }), "linesOpen");
  office.do("serviceLine.end", { serviceLineId: aid.lineId, reason });
  assert.equal(office.refused("account.close", { accountId: aid.accountId, reason }), "accountManages");
  office.do("account.move", { accountId: aid.accountId, country: "BB", reason });
  assert.equal(office.book.get("account", aid.accountId)?.country, "BB");
});
