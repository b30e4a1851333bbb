// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { countsOf } from "./donation-commands.ts";
import { Office, written } from "./office.ts";
import { dayMs } from "./ruled.ts";
import { sponsorshipDue } from "./sponsorship-commands.ts";

test("F27 three counts of one programme stand side by side, each with who says so", () => {
  const office = new Office();
  office.party("fund");
  office.party("clinic");
  const opened = office.do("programme.open", { title: "Light", donor: "fund", fromMs: noonMs - 1 });
  const programmeId = written(opened, "programme").id;
  for (const [count, asserter] of [
    [50_000, "Paper C"],
    [20_000, "Paper A"],
    [40_000, "Paper B"],
  ] as const) {
    office.do("countClaim.record", {
      programmeId,
      count,
      asOfMs: noonMs - count,
      asserter,
      source: "an article",
    });
  }
  const terminalId = office.enrolled(1);
  office.do("donation.record", { programmeId, terminalId, holder: "clinic", source: "delivery note" });
  const reading = countsOf(office.book, programmeId);
  assert.deepEqual(
    reading.claims.map(({ count, asserter }) => [count, asserter]),
    [
      [50_000, "Paper C"],
      [40_000, "Paper B"],
      [20_000, "Paper A"],
    ],
  );
  assert.deepEqual(
    [reading.recorded, reading.least, reading.most, reading.agree],
    [1, 20_000, 50_000, false],
  );
});

test("I14 donor, holder and user of a donated terminal are three, and stay so in its registration", () => {
  const office = new Office();
  for (const id of ["fund", "clinic", "nurse"]) office.party(id);
  const programmeId = written(
    office.do("programme.open", { title: "L", donor: "fund", fromMs: 0 }),
    "programme",
  ).id;
  const terminalId = office.enrolled(1);
  office.do("donation.record", {
    programmeId,
    terminalId,
    holder: "clinic",
    user: "nurse",
    source: "delivery note",
  });
  const account = office.account("clinic");
  office.do("terminal.register", { terminalId, serviceLineId: account.lineId });
  const { donor, holder, user } = office.terminal(terminalId);
  assert.deepEqual([donor, holder, user], ["fund", "clinic", "nurse"]);
});

test("F27 the end of a sponsorship: notice, days of continuity, and lines that go on in their holders' name", () => {
  const office = new Office();
  office.party("fund");
  const { accountId, lineId, terminalId } = office.inService();
  const endsMs = noonMs + 60 * dayMs;
  const start = {
    sponsor: "fund",
    accountIds: [accountId],
    fromMs: noonMs,
    endsMs,
    noticeDays: 30,
    continuityDays: 20,
  };
  assert.equal(office.refused("sponsorship.start", { ...start, noticeDays: 13 }), "requestInvalid");
  const sponsorshipId = written(office.do("sponsorship.start", start), "sponsorship").id;
  assert.equal(office.book.get("serviceLine", lineId)?.sponsorshipId, sponsorshipId);
  const due = (days: number) => sponsorshipDue(office.book, noonMs + days * dayMs).map(({ step }) => step);
  assert.deepEqual([due(29), due(30), due(70)], [[], ["notice"], ["notice"]]);
  office.atMs = noonMs + 30 * dayMs;
  assert.equal(office.refused("sponsorship.lapse", { sponsorshipId }), "noticeMissing");
  const nearer = { sponsorshipId, endsMs: noonMs + 40 * dayMs, reason: "No money" };
  assert.equal(office.refused("sponsorship.changeEnd", nearer), "noticeTooShort");
  office.do("sponsorship.giveNotice", { sponsorshipId });
  assert.deepEqual([due(59), due(60), due(79), due(80)], [[], ["continuity"], ["continuity"], ["lapse"]]);
  office.atMs = noonMs + 79 * dayMs;
  assert.equal(office.refused("sponsorship.lapse", { sponsorshipId }), "termNotOver");
  office.atMs = noonMs + 80 * dayMs;
  const before = office.terminal(terminalId);
  const [last] = sponsorshipDue(office.book, office.atMs);
  assert.match(last?.text ?? "", /Nothing is cut off/);
  office.do(last!.command!.name, last!.command!.request);
  assert.deepEqual(office.terminal(terminalId), before, "a lapse is no ground of cutting off");
  const line = office.book.get("serviceLine", lineId);
  assert.deepEqual([line?.state, line?.sponsorshipId], ["active", null]);
  assert.deepEqual(sponsorshipDue(office.book, office.atMs + 365 * dayMs), []);
});

test("nobody's line passes to its holder sooner than 14 days after the holder was told", () => {
  const office = new Office();
  office.party("fund");
  const { accountId } = office.inService();
  const numbers = fc.record({
    ends: fc.integer({ min: 1, max: 100 }),
    notice: fc.integer({ min: 14, max: 60 }),
    continuity: fc.nat(40),
    told: fc.nat(150),
    at: fc.nat(400),
  });
  fc.assert(
    fc.property(numbers, fc.nat(), ({ ends, notice, continuity, told, at }, salt) => {
      const day = (n: number): number => noonMs + n * dayMs + (salt % dayMs);
      office.atMs = day(0);
      const days = { noticeDays: notice, continuityDays: continuity };
      const request = {
        sponsor: "fund",
        accountIds: [accountId],
        fromMs: day(0),
        endsMs: day(ends),
        ...days,
      };
      const ruling = office.do("sponsorship.start", request);
      const sponsorshipId = written(ruling, "sponsorship").id;
      office.atMs = day(told);
      office.do("sponsorship.giveNotice", { sponsorshipId });
      office.atMs = day(told + at);
      const lapsed = office.ask("sponsorship.lapse", { sponsorshipId });
      assert.equal(lapsed.ok, told + at >= Math.max(ends, told + notice) + continuity);
      if (lapsed.ok) assert.ok(at >= 14);
      office.put({ kind: "sponsorship", id: sponsorshipId, document: null });
    }),
    { numRuns: cases(2_000), seed: 21 },
  );
});
