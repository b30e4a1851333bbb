// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { clerk, Office, sampleIndex, twoApprovals, written } from "./office.ts";
import { openScreenings, screeningReversals } from "./screening-commands.ts";

const reason = "Looked at the passport";

function screened(name: string): { office: Office; screeningId: string } {
  const office = new Office();
  office.party("p", name);
  const ruling = office.do("screening.run", { partyId: "p", list: "invented", listVersion: "1" });
  return { office, screeningId: written(ruling, "screening").id };
}

test("F16 a screening names its list's version and explains each candidate; nothing else changes", () => {
  const { office, screeningId } = screened("Jurij Schestopalow");
  const screening = office.book.get("screening", screeningId)!;
  assert.deepEqual(
    [screening.listVersion, screening.judgement, screening.candidates.length],
    ["1", "open", 1],
  );
  const [candidate] = screening.candidates;
  assert.equal(candidate?.listEntryId, "L1");
  assert.deepEqual(
    candidate?.reasons.map(({ rule }) => rule),
    ["sameSound", "sameSound"],
  );
  assert.equal(office.book.get("party", "p")?.standing, "clear");
  assert.equal(openScreenings(office.book).length, 1);
  const decision = office.decisions.at(-1)!;
  assert.equal(decision.inputs["listHash"], sampleIndex("1").list.hash);
  assert.equal(JSON.stringify(decision).includes("Schestopalow"), false, "no name goes into the ledger");
  assert.equal(screened("Somebody Quiteother").office.decisions.at(-1)?.outcome, "clear");
});

test("F16 only a person with an identifier beyond the name and two approvals confirms; an appeal gives it back", () => {
  const { office, screeningId } = screened("Yuri Shestopalov");
  const identifiers = [{ kind: "birthDate", evidence: "doc-1" }];
  const confirm = { screeningId, judgement: "confirmed", entryId: "L1", identifiers, reason };
  assert.equal(office.refused("screening.judge", confirm), "needsApproval");
  const judge = (more: object) => office.refused("screening.judge", { ...confirm, ...more }, twoApprovals);
  assert.equal(judge({ identifiers: [] }), "identifierMissing");
  assert.equal(judge({ entryId: "L2" }), "entryUnknown");
  assert.equal(judge({ entryId: null }), "entryUnknown");
  const own = twoApprovals.map(each => ({ ...each, approverId: clerk.id }));
  for (const few of [own, [twoApprovals[0]!, ...own], [twoApprovals[0]!, twoApprovals[0]!]]) {
    assert.equal(office.refused("screening.judge", confirm, few), "approvalMissing");
  }
  assert.equal(office.book.get("party", "p")?.standing, "clear");
  const ruling = office.do("screening.judge", confirm, twoApprovals);
  assert.equal(office.book.get("party", "p")?.standing, "sanctioned");
  const notice = written(ruling, "notice");
  assert.equal(notice.party, "p");
  assert.equal(ruling.decisions[0]?.noticeId, notice.id);
  assert.equal(office.refused("account.open", { holder: "p", country: "AA" }), "partySanctioned");
  const terminalId = office.enrolled(1);
  const sale = { terminalId, seller: null, holder: "p", source: "receipt" };
  assert.equal(office.refused("terminal.sell", sale), "partySanctioned");
  assert.equal(office.refused("screening.judge", { ...confirm, judgement: "notTheSame" }), "needsApproval");
  const context = {
    ...office,
    policy: null as never,
    actor: { id: "di", name: "Di", roles: [] },
    approvals: [],
  };
  const back = screeningReversals["screening"]?.(
    notice.cause.id,
    context,
    { name: "appeal.decide", request: {} },
    "a twin",
  );
  assert.ok(back?.ok);
  office.book.apply(back.value.changes);
  assert.equal(office.book.get("party", "p")?.standing, "clear");
});

test("I15 whatever is screened and judged, nobody is sanctioned without an identifier, an entry and two approvals", () => {
  const names = fc.constantFrom(
    "Yuri Shestopalov",
    "Юрий Шестопалов",
    "Polar Lantern Trading",
    "Zhanna Chubarevich",
    "No Match",
  );
  const judging = fc.record({
    pick: fc.nat(5),
    judgement: fc.constantFrom("notTheSame", "unsure", "confirmed"),
    entryId: fc.constantFrom("L1", "L2", "L3", null),
    withIdentifier: fc.boolean(),
    approved: fc.boolean(),
    version: fc.constantFrom("1", "2"),
  });
  fc.assert(
    fc.property(names, fc.array(judging, { minLength: 1, maxLength: 4 }), (name, steps) => {
      const office = new Office();
      office.party("p", name, false);
      const confirmed = new Set<string>();
      for (const { pick, judgement, entryId, withIdentifier, approved, version } of steps) {
        office.atMs += 1000;
        office.do("screening.run", { partyId: "p", list: "invented", listVersion: version });
        const screenings = [...office.book.all("screening")];
        const screening = screenings[pick % screenings.length]!;
        const identifiers = withIdentifier ? [{ kind: "registerNumber", evidence: "doc-2" }] : [];
        const request = { screeningId: screening.id, judgement, entryId, identifiers, reason };
        const ruling = office.ask("screening.judge", request, approved ? twoApprovals : []);
        // The rule, written once more: a reference of what may be confirmed now.
        const named = screening.candidates.some(({ listEntryId }) => listEntryId === entryId);
        if (judgement === "confirmed") {
          const may = named && withIdentifier && approved && !confirmed.has(screening.id);
          assert.equal(ruling.ok, may);
          if (may) confirmed.add(screening.id);
        } else if (ruling.ok) {
          assert.ok(approved || !confirmed.has(screening.id));
          confirmed.delete(screening.id);
        }
        assert.equal(office.book.get("party", "p")?.standing, confirmed.size > 0 ? "sanctioned" : "clear");
      }
    }),
    { numRuns: cases(10_000), seed: 12 },
  );
});
