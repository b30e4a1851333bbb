// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { dueCommands, dueReviews } from "./decision-commands.ts";
import { ada, bo, cy, Desk, dayMs, di, documents, findingRequest, hourMs, people, why } from "./desk.ts";
import { noticeOf, noticesTo } from "./notices.ts";

const tip = "The order forbids tipping off";

test("F26 a suspension tells its holder the facts, the rule, the evidence and how to appeal", () => {
  const desk = new Desk();
  const request = { terminalId: "ut-1", ground: why, hours: 24, evidenceClasses: ["measurement"] };
  const [decision] = desk.do(ada, "order.suspend", request).decisions;
  const notice = desk.book.get("notice", decision!.noticeId!);
  assert.ok(notice !== undefined);
  assert.deepEqual([notice.subject, notice.party, notice.decisionId], ["ut-1", "party-1", decision!.id]);
  assert.deepEqual(notice.decidedBy, ["ada"]);
  assert.match(
    notice.text.facts,
    /interrupted until 2024-03-11T12:00:00\.000Z.*Ground: Seen where it must not be/,
  );
  assert.match(notice.text.rule, /at most 72 hours/);
  assert.deepEqual(notice.text.evidence, ["the network's own measurements"]);
  assert.equal(notice.text.automated, false);
  assert.match(notice.text.howToAppeal, /until 2024-09-10/);
  // Six calendar months from any day are at most 184 days; an independent count, by the calendar.
  for (let day = 0; day < 400; day++) {
    const fromMs = noonMs + day * dayMs;
    const sixMonths = new Date(fromMs);
    const { notice: one } = noticeOf(
      { atMs: fromMs, subject: "s", action: "a", outcome: "o", reasons: [], text: "t", inputs: {} },
      {
        subject: "s",
        party: null,
        cause: { kind: "order", id: "o" },
        facts: "f",
        rule: "r",
        evidence: [],
        automated: false,
        reviewMs: fromMs + 1,
        exemption: null,
      },
    );
    sixMonths.setUTCDate(1);
    sixMonths.setUTCMonth(sixMonths.getUTCMonth() + 6);
    const last = new Date(Date.UTC(sixMonths.getUTCFullYear(), sixMonths.getUTCMonth() + 1, 0)).getUTCDate();
    sixMonths.setUTCDate(Math.min(new Date(fromMs).getUTCDate(), last));
    assert.ok(one.appealUntilMs >= sixMonths.getTime(), new Date(fromMs).toISOString());
  }
  assert.throws(
    () =>
      noticeOf(
        { ...decision!, atMs: 5 },
        { ...notice, ...notice.text, evidence: [], reviewMs: 5, exemption: null },
      ),
    RangeError,
  );
});

test("F26 an exemption is on record instead, the party sees nothing, and the release starts the time to appeal", () => {
  const desk = new Desk();
  const request = { terminalId: "ut-1", ground: why, hours: 72, exemption: tip };
  const ruling = desk.do(ada, "order.suspend", request);
  const [decision] = ruling.decisions;
  assert.equal(decision!.exemption, tip);
  assert.equal(decision!.noticeId, undefined);
  assert.deepEqual(noticesTo(desk.book, "party-1"), []);
  const [notice] = documents(ruling, "notice");
  const noticeId = notice!.id;
  const appeal = { noticeId, party: "party-1", statement: "I know of it anyway" };
  assert.equal(desk.refused(di, "appeal.file", appeal), "noticeUnknown");
  desk.atMs += 100 * dayMs;
  desk.do(bo, "notice.release", { noticeId, reason: "The order ended" });
  assert.equal(desk.refused(bo, "notice.release", { noticeId, reason: "The order ended" }), "noticeTold");
  assert.deepEqual(
    noticesTo(desk.book, "party-1").map(({ id }) => id),
    [noticeId],
  );
  assert.equal(desk.book.get("notice", noticeId)?.appealUntilMs, desk.atMs + 184 * dayMs);
  desk.do(di, "appeal.file", appeal);
});

test("F26 whoever decided does not decide the appeal, and a reversal restores in the same ruling", () => {
  const desk = new Desk();
  const finding = documents(desk.do(di, "finding.record", findingRequest()), "finding")[0]!;
  desk.approved("order.deactivate", {
    terminalId: "ut-1",
    ground: why,
    basis: { kind: "finding", id: finding.id },
  });
  const [notice] = noticesTo(desk.book, "party-1");
  assert.deepEqual(notice!.decidedBy, ["ada", "bo", "cy"]);
  const stranger = { noticeId: notice!.id, party: "party-2", statement: "For somebody else" };
  assert.equal(desk.refused(di, "appeal.file", stranger), "noticeUnknown");
  const filed = desk.do(di, "appeal.file", { ...stranger, party: "party-1", lifeCritical: true });
  const [appeal] = documents(filed, "appeal");
  assert.equal(appeal!.dueMs, desk.atMs + 4 * hourMs);
  assert.equal(desk.refused(di, "appeal.file", { ...stranger, party: "party-1" }), "alreadyAppealed");
  const decide = { appealId: appeal!.id, verdict: "reversed", reason: "The trace was another terminal's" };
  for (const actor of [ada, bo, cy]) {
    assert.equal(desk.refused(actor, "appeal.decide", decide), "deciderNotIndependent");
  }
  desk.atMs += hourMs;
  const ruling = desk.do(di, "appeal.decide", { ...decide, harmNote: "A clinic was without service" });
  assert.deepEqual(
    ruling.decisions.map(({ action, outcome, atMs }) => [action, outcome, atMs]),
    [
      ["reverse", "reversed", desk.atMs],
      ["reinstate", "active", desk.atMs],
    ],
  );
  assert.equal(desk.terminal("ut-1").state, "active");
  assert.equal(desk.refused(di, "appeal.decide", decide), "illegalTransition");
});

test("F26 an ordinary appeal is due in 14 days; upheld changes nothing; what ended since stays as it is", () => {
  const desk = new Desk();
  const suspension = { ground: why, hours: 2 };
  for (const [terminalId, verdict] of [
    ["ut-1", "upheld"],
    ["ut-2", "reversed"],
  ] as const) {
    const [notice] = documents(desk.do(ada, "order.suspend", { ...suspension, terminalId }), "notice");
    const file = { noticeId: notice!.id, party: notice!.party, statement: "It was not me at all" };
    const [appeal] = documents(desk.do(di, "appeal.file", file), "appeal");
    assert.equal(appeal!.dueMs, desk.atMs + 14 * dayMs);
    if (verdict === "reversed")
      desk.tick(desk.atMs + 2 * hourMs, dueCommands(desk.book, desk.atMs + 2 * hourMs));
    const decide = { appealId: appeal!.id, verdict, reason: "Looked at all of it" };
    assert.equal(desk.do(bo, "appeal.decide", decide).decisions.length, 1);
  }
  const [notice] = noticesTo(desk.book, "party-1");
  desk.atMs = notice!.appealUntilMs + 1;
  const late = { noticeId: notice!.id, party: "party-1", statement: "Far too late" };
  assert.equal(desk.refused(di, "appeal.file", late), "appealTooLate");
});

test("a limit is looked at again on its day, by as many as ordered it", () => {
  const desk = new Desk();
  desk.approved("order.restrict", { terminalId: "ut-1", ground: why, reviewDays: 30 });
  assert.deepEqual(dueReviews(desk.book, desk.atMs + 30 * dayMs - 1), []);
  desk.atMs += 30 * dayMs;
  assert.deepEqual(
    dueReviews(desk.book, desk.atMs).map(({ terminalId }) => terminalId),
    ["ut-1"],
  );
  const confirm = { terminalId: "ut-1", ground: "Still seen where it must not be", reviewDays: 10 };
  assert.equal(desk.refused(ada, "order.review", confirm), "needsApproval");
  desk.approved("order.review", confirm);
  assert.deepEqual(dueReviews(desk.book, desk.atMs), []);
  assert.equal(desk.terminal("ut-1").restriction?.reviewMs, desk.atMs + 10 * dayMs);
  assert.equal(noticesTo(desk.book, "party-1").length, 2, "the holder is told anew");
  desk.do(di, "order.liftRestriction", { terminalId: "ut-1", ground: "The reason is gone" });
  assert.equal(desk.terminal("ut-1").state, "active");
  const nothing = desk.tryApproved("order.review", confirm);
  assert.equal(!nothing.ok && nothing.error.code, "nothingToReview");
});

// What a terminal reaches, most first: a reference that knows nothing of the table of states.
const reach = ["active", "restricted", "suspended", "deactivated"];

test("F26 property: whatever lessens a terminal's reach has a notice or an exemption, and an end or a review", () => {
  const actor = fc.constantFrom(...people);
  const terminalId = fc.constantFrom("ut-1", "ut-2");
  const exemption = fc.constantFrom(null, tip);
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("order.suspend" as const), actor, terminalId, exemption }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("order.restrict" as const), actor, terminalId, exemption }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("order.deactivate" as const), actor, terminalId, exemption }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("appeal" as const), actor, terminalId, exemption }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), actor, terminalId, exemption }) },
  );
  const counts = { told: 0, exempt: 0, restored: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 4 }), steps => {
      const desk = new Desk();
      const findings = new Map(
        ["ut-1", "ut-2"].map(id => [
          id,
          documents(
            desk.do(di, "finding.record", findingRequest({ terminalId: id, caseId: id })),
            "finding",
          )[0]!.id,
        ]),
      );
      for (const s of steps) {
        const { state: before, suspension, restriction, deactivation } = desk.terminal(s.terminalId);
        const standing = (suspension ?? restriction ?? deactivation)?.orderId;
        const seen = desk.decisions.length;
        const about = { terminalId: s.terminalId, ground: why, exemption: s.exemption };
        let restores = false;
        switch (s.do) {
          case "order.suspend":
            desk.ask(s.actor, s.do, { ...about, hours: 3 });
            break;
          case "order.restrict":
            desk.tryWithApprovals(s.do, about);
            break;
          case "order.deactivate":
            desk.tryWithApprovals(s.do, {
              ...about,
              basis: { kind: "finding", id: findings.get(s.terminalId)! },
            });
            break;
          case "appeal": {
            const party = s.terminalId.replace("ut", "party");
            const notice = noticesTo(desk.book, party).at(0);
            if (notice === undefined) break;
            const filed = desk.ask(s.actor, "appeal.file", {
              noticeId: notice.id,
              party,
              statement: "Not me at all",
            });
            if (!filed.ok) break;
            const appealId = documents(filed.value, "appeal")[0]!.id;
            const decide = { appealId, verdict: "reversed", reason: "It was not them" };
            const decided = desk.ask(s.actor, "appeal.decide", decide);
            assert.equal(decided.ok, !notice.decidedBy.includes(s.actor.id));
            restores = decided.ok && standing === notice.cause.id;
            break;
          }
          case "wait":
            desk.atMs += hourMs;
            desk.tick(desk.atMs, dueCommands(desk.book, desk.atMs));
        }
        const after = desk.terminal(s.terminalId).state;
        if (restores) {
          counts.restored++;
          assert.equal(after, "active", "a reversal gives back at once");
        }
        if (reach.indexOf(after) <= reach.indexOf(before)) continue;
        const made = desk.decisions.slice(seen).filter(({ subject }) => subject === s.terminalId);
        assert.equal(made.length, 1, "one change, one decision");
        const { noticeId, exemption, reviewAtMs, expiresAtMs, appealUntilMs } = made[0]!;
        assert.ok(Math.min(reviewAtMs ?? Infinity, expiresAtMs ?? Infinity) < Infinity);
        if (s.exemption === null) {
          counts.told++;
          assert.equal(desk.book.get("notice", noticeId!)?.decisionId, made[0]!.id);
          assert.ok(appealUntilMs! >= desk.atMs + 183 * dayMs);
        } else {
          counts.exempt++;
          assert.deepEqual([noticeId, exemption], [undefined, tip]);
        }
      }
    }),
    { numRuns: cases(10_000) },
  );
  assert.ok(Math.min(counts.told, counts.exempt, counts.restored) > 100, JSON.stringify(counts));
});
