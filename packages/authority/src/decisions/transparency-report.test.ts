// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AreaRequest } from "../areas/area-request.ts";
import { noonMs } from "../fixture.ts";
import { ada, bo, Desk, di, documents, hourMs, why } from "./desk.ts";
import { transparencyReport } from "./transparency-report.ts";

function request(id: string, more: Partial<AreaRequest>): AreaRequest {
  return {
    id,
    requester: "Ministry of AA",
    kind: "request",
    scope: { kind: "area", areas: ["AA-1", "AA-2"], wants: "activate" },
    jurisdiction: "AA",
    legalBasis: null,
    emergency: false,
    receivedMs: noonMs,
    state: "received",
    stateSinceMs: noonMs,
    authentication: null,
    impactNote: null,
    reasons: [],
    granted: [],
    expiresMs: null,
    sealed: false,
    verifiedBy: null,
    ...more,
  };
}

test("the transparency report counts what was done, and names nobody who is not a body that asked", () => {
  const desk = new Desk(4);
  const suspend = (terminalId: string, more: object = {}): string =>
    documents(desk.do(ada, "order.suspend", { terminalId, ground: why, hours: 48, ...more }), "notice")[0]!
      .id;
  const notices = ["ut-1", "ut-2", "ut-3"].map(id => suspend(id));
  suspend("ut-4", { exemption: "The order forbids tipping off" });
  const appeals = notices.map((noticeId, i) => {
    const file = {
      noticeId,
      party: `party-${i + 1}`,
      statement: "It was not me at all",
      lifeCritical: i === 0,
    };
    return documents(desk.do(di, "appeal.file", file), "appeal")[0]!.id;
  });
  const decide = (i: number, verdict: string, hours: number, more: object = {}): void => {
    desk.atMs = noonMs + hours * hourMs;
    desk.do(bo, "appeal.decide", { appealId: appeals[i]!, verdict, reason: "Looked at all of it", ...more });
  };
  decide(0, "reversed", 5, { harmNote: "A clinic was cut off" });
  decide(1, "reversed", 9);
  decide(2, "upheld", 10);
  desk.put("areaRequest", request("r-1", { state: "executed", granted: ["AA-1", "AA-2"] }));
  desk.put("areaRequest", request("r-2", { state: "partial", granted: ["AA-1"] }));
  desk.put("areaRequest", request("r-3", { state: "refused" }));
  desk.put("areaRequest", request("r-4", { requester: null, state: "needsDirective" }));
  desk.put(
    "areaRequest",
    request("r-5", { requester: "Secret service of BB", sealed: true, state: "refused" }),
  );
  desk.put("areaRequest", request("r-6", { receivedMs: noonMs - 1 }));
  const report = transparencyReport(desk.book, desk.decisions, noonMs, noonMs + 24 * hourMs);
  assert.equal(report.decisions.all, 12);
  assert.deepEqual(report.decisions.byAction, { appeal: 3, restore: 2, reverse: 2, suspend: 4, uphold: 1 });
  assert.deepEqual(report.restrictions, { noticed: 3, exempted: 1 });
  assert.deepEqual(report.appeals, {
    filed: 3,
    lifeCritical: 1,
    upheld: 1,
    reversed: 2,
    late: 1,
    overturnRate: 2 / 3,
    medianRestoreMs: 7 * hourMs,
  });
  assert.deepEqual(report.requests, {
    all: { received: 5, granted: 1, partial: 1, refused: 2, other: 1 },
    byRequester: {
      "Ministry of AA": { received: 3, granted: 1, partial: 1, refused: 1, other: 0 },
      "a body that nobody named": { received: 1, granted: 0, partial: 0, refused: 0, other: 1 },
    },
    sealed: 1,
  });
  assert.equal(report.civilianHarm, 1);
  assert.match(report.sentences[2]!, /2 were reversed \(66\.7 %\); 1 were decided late/);
  const text = JSON.stringify(report);
  for (const hidden of ["Secret service", "Ada", "ut-1", "party-1", why, "clinic"])
    assert.ok(!text.includes(hidden));
  const empty = transparencyReport(desk.book, desk.decisions, 0, 1);
  assert.equal(empty.decisions.all, 0);
  assert.deepEqual([empty.appeals.overturnRate, empty.appeals.medianRestoreMs], [null, null]);
});

test("the report counts by ground, basis and area: codes as they are, words as one", () => {
  const at = { atMs: noonMs, id: "d", subject: "ut-1", outcome: "deny", text: "" };
  const decisions = [
    { ...at, action: "admission", reasons: ["AREA_NOT_ACTIVE", "NOT_ON_ALLOWLIST"], inputs: {} },
    { ...at, action: "admission", reasons: ["AREA_NOT_ACTIVE"], inputs: { area: "AA-1" } },
    {
      ...at,
      action: "deactivate",
      reasons: ["His neighbour John said so"],
      inputs: { basisKind: "finding" },
    },
  ];
  const { byGround, byBasis, byArea } = transparencyReport(
    new Desk().book,
    decisions,
    noonMs,
    noonMs + 1,
  ).decisions;
  assert.deepEqual(byGround, { AREA_NOT_ACTIVE: 2, NOT_ON_ALLOWLIST: 1, "stated in words": 1 });
  assert.deepEqual(byBasis, { finding: 1 });
  assert.deepEqual(byArea, { "AA-1": 1 });
});
