// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Order } from "@perigee/operator/contract";
import type { CountClaimRow, ProposalRow, ResellerRow, SponsorshipRow } from "../data/records-shapes.ts";
import { countSpread, resellerSentence, sponsorshipState } from "./accounts/account-words.ts";
import { approvalWords, verdictRefusal } from "./approvals/proposal-words.ts";
import { evidenceOf } from "./evidence-of.ts";
import { bundlePath } from "./ledger/bundle-path.ts";
import { witnessMark } from "./ledger/witness-mark.ts";
import { orderState, ordersAt } from "./orders/order-words.ts";

const proposal = {
  id: "prp_1",
  requestedBy: { id: "ines", name: "Ines" },
  state: "open",
  expiresMs: 1_000,
  approvals: [{ approverId: "amara", approver: "Amara", verdict: "approved", reason: "yes", atMs: 1 }],
} as unknown as ProposalRow;

test("a proposal waits for whoever neither asked nor approved, while there is time", () => {
  assert.equal(verdictRefusal(proposal, "lukas", 999), null);
  assert.match(verdictRefusal(proposal, "ines", 999) ?? "", /asked for/);
  assert.match(verdictRefusal(proposal, "amara", 999) ?? "", /another person/);
  assert.match(verdictRefusal(proposal, "lukas", 1_000) ?? "", /over/);
  assert.match(verdictRefusal({ ...proposal, state: "refused" }, "lukas", 1) ?? "", /refused/);
  assert.equal(approvalWords(proposal), "Needs one more person");
  assert.equal(approvalWords({ ...proposal, approvals: [] }), "Needs two persons");
});

test("evidence: what a request rests on, cites and uses, each once by its own name", () => {
  assert.deepEqual(
    evidenceOf({
      basis: { kind: "lawfulOrder", id: "req_9" },
      evidence: ["fin_3", "photo-1"],
      licenceExceptionId: "lic_2",
    }).map(({ what, id, page }) => `${what} ${id} ${page?.tab ?? "-"}`),
    ["Lawful order req_9 -", "Finding fin_3 findings", "Cites photo-1 -", "Licence lic_2 -"],
  );
  assert.deepEqual(evidenceOf(null), []);
});

test("orders at an instant: what came later is not there, what ended later is in force", () => {
  const order = {
    id: "o",
    kind: "suspend",
    at: "2026-11-22T06:00:00Z",
    expiresAt: "2026-11-22T12:00:00Z",
    endedAt: "2026-11-22T08:00:00Z",
  } as Order;
  const time = (text: string) => ({ validAtMs: Date.parse(text), knownAtMs: null });
  assert.deepEqual(ordersAt([order], time("2026-11-22T05:59:59Z")), []);
  assert.equal(ordersAt([order], time("2026-11-22T07:00:00Z"))[0]?.endedAt, null);
  assert.equal(ordersAt([order], time("2026-11-22T08:00:00Z"))[0]?.endedAt, order.endedAt);
  assert.equal(orderState(order, 0)[1], "Ended");
  const live = { ...order, endedAt: null };
  assert.equal(orderState(live, Date.parse("2026-11-22T11:59:59Z"))[1], "In force");
  assert.equal(orderState(live, Date.parse("2026-11-22T12:00:00Z"))[1], "Ended", "its term is its end");
});

test("who pays, who counts, who may sell", () => {
  const sponsorship = { endsMs: 100 } as SponsorshipRow;
  assert.equal(sponsorshipState({ ...sponsorship, endsMs: null }, 0)[1], "Pays, no end");
  assert.equal(sponsorshipState(sponsorship, 99)[1], "Ends; holders not told");
  assert.equal(sponsorshipState({ ...sponsorship, noticeGivenMs: 1 }, 99)[1], "Ends; holders told");
  assert.equal(sponsorshipState(sponsorship, 100)[1], "Ended; service goes on", "an end cuts nobody off");
  assert.equal(sponsorshipState({ ...sponsorship, lapsedMs: 1 }, 100)[1], "Lapsed; the holders pay");

  const claims = (...counts: number[]) => counts.map(count => ({ count }) as CountClaimRow);
  assert.equal(countSpread(claims(5_000, 1_300, 1_300)), "1300 to 5000");
  assert.equal(countSpread(claims(7, 7)), null);
  assert.equal(countSpread([]), null);

  const statement = {
    party: null,
    authorised: false,
    territory: "UA-43",
    locality: null,
    fromMs: 0,
    toMs: null,
  };
  assert.equal(
    resellerSentence(statement as ResellerRow),
    "No reseller is authorised in UA-43, since 1970-01-01.",
  );
});

test("ledger: how far a witness is, and what a bundle is of", () => {
  assert.deepEqual(witnessMark(10, 10), ["ok", "Signed all"]);
  assert.deepEqual(witnessMark(9, 10), ["wait", "1 entry behind"]);
  assert.equal(witnessMark(11, 10)[0], "bad", "a witness that signed more has seen another ledger");
  assert.equal(bundlePath(" "), null);
  assert.equal(bundlePath("17"), "/v1/ledger/bundle?index=17");
  assert.equal(bundlePath("kyiv & co"), "/v1/ledger/bundle?subject=kyiv+%26+co");
});
