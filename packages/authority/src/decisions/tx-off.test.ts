// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { ada, bo, Desk, documents, hourMs, why } from "./desk.ts";
import { txOffOrdersOf } from "./tx-off-commands.ts";

const silence = (more: object = {}): object => ({
  terminalId: "ut-1",
  issuer: "Spectrum office of AA",
  ground: why,
  hours: 24,
  ...more,
});

test("F9 an order to be silent holds from its instant to its end, and the holder is told", () => {
  const desk = new Desk();
  const ruling = desk.do(ada, "txOff.order", silence());
  const [order] = documents(ruling, "txOff");
  const [notice] = documents(ruling, "notice");
  assert.deepEqual(
    [order!.terminalId, order!.sparesEmergency, order!.untilMs - desk.atMs],
    ["ut-1", true, 24 * hourMs],
  );
  assert.equal(notice!.party, "party-1");
  assert.equal(ruling.decisions[0]!.expiresAtMs, order!.untilMs);
  const ordersAt = (atMs: number) => txOffOrdersOf(desk.book, "ut-1", atMs).map(({ id }) => id);
  assert.deepEqual(ordersAt(desk.atMs - 1), []);
  assert.deepEqual(ordersAt(desk.atMs), [order!.id]);
  assert.deepEqual(ordersAt(order!.untilMs - 1), [order!.id]);
  assert.deepEqual(ordersAt(order!.untilMs), []);
  assert.deepEqual(txOffOrdersOf(desk.book, "ut-2", desk.atMs), []);
  desk.replay();
});

test("one officer silences for 72 of 144 hours and spares calls for help; two persons approve more", () => {
  const desk = new Desk();
  assert.equal(desk.refused(ada, "txOff.order", silence({ hours: 73 })), "needsApproval");
  assert.equal(desk.refused(ada, "txOff.order", silence({ sparesEmergency: false })), "needsApproval");
  desk.do(ada, "txOff.order", silence({ hours: 72 }));
  desk.atMs += 72 * hourMs;
  assert.equal(
    desk.refused(bo, "txOff.order", silence({ hours: 1 })),
    "needsApproval",
    "another officer, another ground: the same silence",
  );
  desk.atMs += 71 * hourMs;
  assert.equal(desk.refused(ada, "txOff.order", silence({ hours: 1 })), "needsApproval");
  desk.atMs += hourMs;
  desk.do(ada, "txOff.order", silence({ hours: 1 }));
  const [long] = documents(
    desk.approved("txOff.order", silence({ hours: 500, sparesEmergency: false })),
    "txOff",
  );
  assert.equal(long!.sparesEmergency, false);
  const alone = desk.bound("txOff.order", silence({ hours: 73 })).decide(desk.context(ada));
  assert.equal(!alone.ok && alone.error.code, "approvalMissing", "no way around the proposals");
  desk.replay();
});

test("an order to be silent ends by its command and on appeal, once", () => {
  const desk = new Desk();
  const ruling = desk.do(ada, "txOff.order", silence());
  const txOffId = documents(ruling, "txOff")[0]!.id;
  desk.atMs += hourMs;
  assert.equal(desk.refused(ada, "txOff.end", { txOffId: "txo_none", ground: why }), "txOffUnknown");
  desk.do(bo, "txOff.end", { txOffId, ground: "The disturbance has ended" });
  assert.deepEqual(txOffOrdersOf(desk.book, "ut-1", desk.atMs), []);
  assert.equal(desk.book.get("txOff", txOffId)!.grantedUntilMs, desk.atMs + 23 * hourMs);
  assert.equal(desk.refused(ada, "txOff.end", { txOffId, ground: why }), "txOffOver");

  const again = desk.do(ada, "txOff.order", silence());
  const noticeId = documents(again, "notice")[0]!.id;
  const filed = desk.do({ id: "party-1", name: "Holder", roles: [] }, "appeal.file", {
    noticeId,
    party: "party-1",
    statement: "My terminal was off on that day",
  });
  const appealId = documents(filed, "appeal")[0]!.id;
  desk.atMs += hourMs;
  desk.do(bo, "appeal.decide", { appealId, verdict: "reversed", reason: "It was another terminal" });
  assert.deepEqual(txOffOrdersOf(desk.book, "ut-1", desk.atMs), []);
  desk.replay();
});

test("what serves a protected site is silenced only by who has looked", () => {
  const desk = new Desk();
  desk.put("protectedSite", {
    ...{ id: "sit-1", title: "Clinic", kind: "health", site: { latDeg: 31, lonDeg: 34 }, radiusKm: 1 },
    ...{ terminalIds: ["ut-1"], asserter: "Ministry", source: "List 1" },
  });
  assert.equal(desk.refused(ada, "txOff.order", silence()), "protectedSiteUnseen");
  desk.do(ada, "txOff.order", silence({ protectedSitesSeen: ["sit-1"] }));
  assert.equal(desk.refused(ada, "txOff.order", silence({ terminalId: "ut-9" })), "terminalUnknown");
});
