// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reach } from "@perigee/authority";
import fc from "fast-check";
import { Gate } from "./gate.ts";

const claims = (issuedAtMs: number, expiresAtMs: number, reach: Reach = "all") => ({
  terminalId: "t1",
  cells: [],
  policyVersion: "p1",
  issuedAtMs,
  expiresAtMs,
  reach,
});

test("a lease holds up to its last instant and not at it", () => {
  const gate = new Gate();
  gate.install(claims(0, 100));
  assert.equal(gate.check(99.999, false, true), null);
  assert.equal(gate.check(100, false, true)?.code, "LEASE_EXPIRED");
  assert.equal(gate.reach(100), "nothing");
  assert.equal(gate.expiresAtMs(100), null);
});

test("without a lease the answer is about permission, also where there is no link", () => {
  const gate = new Gate();
  assert.equal(gate.check(0, true, false)?.code, "NO_LEASE");
  gate.install(claims(0, 100));
  assert.equal(gate.check(1, true, false)?.kind, "link");
});

test("reach accountAndEmergency: own names only", () => {
  const gate = new Gate();
  gate.install(claims(0, 100, "accountAndEmergency"));
  assert.equal(gate.check(1, true, true), null);
  assert.equal(gate.check(1, false, true)?.code, "DESTINATION_OUT_OF_REACH");
});

test("the operator's reason is shown until a full lease comes", () => {
  const gate = new Gate();
  gate.explain({ code: "AREA_NOT_ACTIVE", message: "Not here." });
  assert.deepEqual(gate.check(0, false, true), {
    kind: "permission",
    code: "AREA_NOT_ACTIVE",
    message: "Not here.",
  });
  gate.install(claims(1, 100, "accountAndEmergency"));
  assert.equal(gate.check(2, false, true)?.code, "AREA_NOT_ACTIVE");
  gate.install(claims(3, 100));
  assert.equal(gate.check(100, false, true)?.code, "LEASE_EXPIRED");
});

test("a lease issued before or at the revocation cannot bring the terminal back; one issued after can", () => {
  const gate = new Gate();
  gate.install(claims(0, 100));
  gate.revoke({ code: "SUSPENDED", message: "Stopped.", atMs: 10 }, 25);
  assert.equal(gate.install(claims(9, 200)), "revoked");
  assert.equal(gate.install(claims(10, 200)), "revoked");
  assert.equal(gate.check(20, true, true)?.code, "SUSPENDED");
  assert.equal(gate.install(claims(11, 200)), "installed");
  assert.equal(gate.check(20, false, true), null);
});

test("a revocation without a date ends the lease at hand even if that is dated ahead of this clock", () => {
  const gate = new Gate();
  gate.install(claims(20, 100));
  gate.revoke({ code: "SUSPENDED", message: "Stopped." }, 15);
  assert.equal(gate.check(30, true, true)?.code, "SUSPENDED");
  assert.equal(gate.install(claims(20, 500)), "revoked");
});

test("a revocation overtaken by the lease that lifted it leaves that lease alone", () => {
  const gate = new Gate();
  gate.install(claims(20, 100));
  gate.revoke({ code: "SUSPENDED", message: "Stopped.", atMs: 10 }, 25);
  assert.equal(gate.check(30, false, true), null);
});

test("an older lease that comes late changes nothing, be it wider or longer", () => {
  const gate = new Gate();
  gate.install(claims(20, 100, "accountAndEmergency"));
  assert.equal(gate.install(claims(10, 500)), "stale");
  assert.equal(gate.check(30, false, true)?.code, "DESTINATION_OUT_OF_REACH");
});

test("after any history: open exactly if the newest lease was issued after the last revocation and is unexpired", () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant("lease" as const), at: fc.nat(50), length: fc.nat(50), all: fc.boolean() }),
    fc.record({ kind: fc.constant("revoke" as const), at: fc.nat(50) }),
    fc.record({ kind: fc.constant("explain" as const) }),
  );
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 12 }),
      fc.nat(120),
      fc.boolean(),
      fc.boolean(),
      (events, now, own, linked) => {
        const gate = new Gate();
        for (const item of events) {
          if (item.kind === "lease") {
            gate.install(claims(item.at, item.at + item.length, item.all ? "all" : "accountAndEmergency"));
          } else if (item.kind === "revoke") gate.revoke({ code: "R", message: "R", atMs: item.at }, 0);
          else gate.explain({ code: "E", message: "E" });
        }
        // The twin replays nothing: it looks for the one lease that can count, over the whole history.
        const leases = events.flatMap((item, index) => (item.kind === "lease" ? [{ ...item, index }] : []));
        const revokedBefore = (index: number) =>
          Math.max(-1, ...events.slice(0, index).map(item => (item.kind === "revoke" ? item.at : -1)));
        const accepted = leases.filter(item => item.at > revokedBefore(item.index));
        const newestMs = Math.max(-1, ...accepted.map(item => item.at));
        const newest = accepted.find(item => item.at === newestMs);
        const open =
          newest !== undefined &&
          newest.at > revokedBefore(events.length) &&
          now < newest.at + newest.length &&
          (newest.all || own) &&
          linked;
        assert.equal(gate.check(now, own, linked) === null, open);
      },
    ),
    { numRuns: 400 },
  );
});
