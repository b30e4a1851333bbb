// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { erasureOf } from "./erasure.ts";
import { Office, salt, twoApprovals } from "./office.ts";
import { salted, sealed } from "./personal-data.ts";
import { retentionRules, retentionTable } from "./retention.ts";
import { dayMs } from "./ruled.ts";

const name = "Quillon Vantreaze";
const personal = { salt, name, aliases: ["Quill V"], birthDate: "1980-01-02" };
const place = { salt, nickname: "Lighthouse", serviceAddress: { latDeg: 12.345678, lonDeg: 98.765432 } };
const secrets = [name, "Quill V", "1980-01-02", "Lighthouse", "12.345678", "98.765432", salt];

/** A customer from the first day to the last. */
function customer(details: object, where: object): Office {
  const office = new Office();
  office.do("party.register", { partyId: "p", kind: "person", country: "AA", personal: details });
  office.do("party.update", { partyId: "p", nameChanges: false, personal: details });
  office.do("party.verify", { partyId: "p", state: "verified", method: "passport", evidence: ["doc-1"] });
  office.do("account.open", { accountId: "a", holder: "p", country: "AA" });
  office.do("serviceLine.open", { accountId: "a", planId: "home", hasAddress: true, personal: where });
  const [line] = office.book.all("serviceLine");
  const terminalId = office.enrolled(1);
  office.do("terminal.register", { terminalId, serviceLineId: line!.id });
  office.do("terminal.verify", { terminalId });
  office.do("terminal.activate", { terminalId });
  office.do("serviceLine.changeAddress", { serviceLineId: line!.id, hasAddress: true, personal: where });
  office.do("serviceLine.changePlan", { serviceLineId: line!.id, planId: "roam" });
  office.do("portal.pause", { party: "p", serviceLineId: line!.id, reason: "on holiday" });
  return office;
}

function leave(office: Office): void {
  const [line] = office.book.all("serviceLine");
  office.do("serviceLine.end", { serviceLineId: line!.id, reason: "moved away" });
  office.do("account.close", { accountId: "a", reason: "moved away" });
  for (const { id } of office.book.all("terminal"))
    office.do("terminal.retire", { terminalId: id, reason: "broken" });
}

test("nothing personal is in a decision, and a replay from the ledger alone decides the same", () => {
  const office = customer(personal, place);
  const ledger = JSON.stringify([office.decisions, ...office.requests.values()]);
  for (const secret of secrets) assert.equal(ledger.includes(secret), false, secret);
  assert.ok(ledger.includes(sealed({ ...personal, identifiers: [] }).sealed));
  const replay = new Office();
  for (const { command } of office.decisions) {
    const request = office.requests.get(command!.requestHash);
    assert.ok(request !== undefined, command!.name);
    replay.do(command!.name, request as object);
  }
  assert.deepEqual(replay.decisions, office.decisions);
  assert.equal(replay.book.get("party", "p")?.name, "Party p");
});

test("erasure takes every personal datum out of the records; ledger and device history stay", () => {
  const office = customer(personal, place);
  office.do("screening.run", { partyId: "p", list: "invented", listVersion: "1" });
  assert.equal(office.refused("party.erase", { partyId: "p" }), "nameNeeded");
  const early = erasureOf(office.book, "p", office.atMs);
  assert.equal(early.possible, false);
  assert.deepEqual(early.erase, []);
  assert.ok(early.keep.some(({ kind, why }) => kind === "account" && /close/.test(why)));
  leave(office);
  const due = erasureOf(office.book, "p", office.atMs);
  assert.equal(due.possible, true);
  const ledger = JSON.stringify(office.decisions);
  office.do("party.erase", { partyId: "p" });
  assert.equal(JSON.stringify(office.decisions.slice(0, -1)), ledger);
  const records = (
    ["party", "account", "serviceLine", "terminal", "custody", "screening", "notice"] as const
  ).flatMap(kind => [...office.book.all(kind)]);
  const left = JSON.stringify(records);
  for (const secret of secrets) assert.equal(left.includes(secret), false, secret);
  const party = office.book.get("party", "p");
  assert.deepEqual([party?.name, party?.erasedMs], ["Party p", office.atMs]);
  assert.ok(office.book.about("custody", [...office.book.all("terminal")][0]!.id).length >= 3);
  assert.equal(office.refused("party.erase", { partyId: "p" }), "partyErased");
  assert.equal(office.refused("account.open", { holder: "p", country: "AA" }), "partyErased");
  assert.equal(
    office.refused("screening.run", { partyId: "p", list: "invented", listVersion: "1" }),
    "partyErased",
  );
});

test("a confirmed screening keeps the name for ten years, and says by which law", () => {
  const office = new Office();
  office.party("p", "Yuri Shestopalov");
  office.do("screening.run", { partyId: "p", list: "invented", listVersion: "1" });
  const [screening] = office.book.all("screening");
  const identifiers = [{ kind: "birthDate", evidence: "doc-1" }];
  const confirm = {
    screeningId: screening!.id,
    judgement: "confirmed",
    entryId: "L1",
    identifiers,
    reason: "The same passport",
  };
  office.do("screening.judge", confirm, twoApprovals);
  const { possible, keep } = erasureOf(office.book, "p", office.atMs);
  assert.equal(possible, false);
  const kept = keep.find(({ kind }) => kind === "screening");
  assert.match(kept?.why ?? "", /31 CFR 501\.601/);
  assert.equal(kept?.untilMs, noonMs + 3650 * dayMs);
});

test("a salt is added where personal data came without one, and nowhere else", () => {
  const open = { personal: { name } };
  assert.deepEqual(salted(open, salt), { personal: { name, salt } });
  for (const same of [null, 3, [], {}, { personal }, { personal: sealed(personal) }, { personal: null }]) {
    assert.equal(salted(same, "0".repeat(32)), same);
  }
});

test("a commitment hides and binds: another salt or another name is another hash", () => {
  const hex = fc
    .array(fc.constantFrom(..."0123456789abcdef"), { minLength: 32, maxLength: 32 })
    .map(all => all.join(""));
  fc.assert(
    fc.property(hex, hex, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (s, t, a, b) => {
      const one = sealed({ salt: s, name: a }).sealed;
      assert.match(one, /^[0-9a-f]{64}$/);
      assert.equal(one === sealed({ salt: t, name: b }).sealed, s === t && a === b);
      assert.equal(sealed({ sealed: one }).sealed, one);
    }),
    { numRuns: cases(2_000), seed: 1 },
  );
});

test("every kind of record has a term and a reason; positions go soonest", () => {
  const rules = Object.values(retentionRules);
  for (const { why, basis } of rules) assert.ok(/^[A-Z].*\.$/.test(why) && basis !== "");
  const terms = rules.flatMap(({ days }) => days ?? []);
  assert.equal(Math.min(...terms), retentionRules.rawPosition.days);
  assert.equal(retentionTable().split("\n").length, Object.keys(retentionRules).length + 3);
});
