// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { decisionCommands, dueCommands } from "./decision-commands.ts";
import { ada, bo, cy, Desk, di, documents, hourMs, people, why } from "./desk.ts";

const restrict = (terminalId = "ut-1"): object => ({ terminalId, ground: why });

test("F20 two persons other than the requester approve, and the command is carried out in the same ruling", () => {
  const desk = new Desk();
  assert.equal(desk.refused(ada, "order.restrict", restrict()), "needsApproval");
  const proposalId = desk.propose(ada, "order.restrict", restrict());
  const approve = { proposalId, reason: "Looked at it" };
  assert.equal(desk.refused(ada, "proposal.approve", approve), "approverNotIndependent", "the requester");
  desk.do(bo, "proposal.approve", approve);
  assert.equal(desk.terminal("ut-1").state, "active", "one approval does nothing");
  assert.equal(desk.refused(bo, "proposal.approve", approve), "approverNotIndependent", "the same twice");
  const ruling = desk.do(cy, "proposal.approve", approve);
  assert.deepEqual(
    ruling.decisions.map(({ action, outcome }) => [action, outcome]),
    [
      ["carry out", "carriedOut"],
      ["restrict", "restricted"],
    ],
  );
  assert.equal(desk.terminal("ut-1").state, "restricted");
  const [, inner] = ruling.decisions;
  assert.deepEqual(inner?.actor, { id: "ada", name: ada.name }, "it is the requester's");
  assert.deepEqual(
    inner?.approvals?.map(({ approverId }) => approverId),
    ["bo", "cy"],
  );
  assert.equal(inner?.command?.name, "order.restrict");
  assert.equal(desk.refused(di, "proposal.approve", approve), "illegalTransition", "it is over");
});

test("F20 one refusal refuses; only the requester withdraws; nobody else's command can be proposed twice", () => {
  const desk = new Desk();
  const first = desk.propose(ada, "order.restrict", restrict());
  const again = { command: { name: "order.restrict", request: restrict() }, reason: why };
  assert.equal(desk.refused(di, "proposal.propose", again), "alreadyProposed");
  desk.do(bo, "proposal.approve", { proposalId: first, reason: "Agreed" });
  assert.equal(
    desk.refused(ada, "proposal.refuse", { proposalId: first, reason: "No" + "!" }),
    "approverNotIndependent",
  );
  desk.do(cy, "proposal.refuse", { proposalId: first, reason: "Not proportionate" });
  assert.equal(desk.book.get("proposal", first)?.state, "refused");
  assert.equal(
    desk.refused(di, "proposal.approve", { proposalId: first, reason: "Agreed" }),
    "illegalTransition",
  );
  const second = desk.propose(ada, "order.restrict", restrict());
  assert.equal(
    desk.refused(bo, "proposal.withdraw", { proposalId: second, reason: "Enough" }),
    "notTheRequester",
  );
  desk.do(ada, "proposal.withdraw", { proposalId: second, reason: "Not needed" });
  assert.equal(desk.terminal("ut-1").state, "active");
});

test("F20 a proposal waits four hours, in the emergency lane one, and then ends by itself", () => {
  for (const [lane, hours] of [
    ["ordinary", 4],
    ["emergency", 1],
  ] as const) {
    const desk = new Desk();
    const proposalId = desk.propose(ada, "order.restrict", restrict(), { lane });
    desk.do(bo, "proposal.approve", { proposalId, reason: "Agreed" });
    const startMs = desk.atMs;
    desk.atMs = startMs + hours * hourMs - 1;
    assert.equal(desk.refused(di, "proposal.expire", { proposalId }), "termNotOver");
    assert.deepEqual(dueCommands(desk.book, desk.atMs), []);
    desk.atMs = startMs + hours * hourMs;
    assert.equal(desk.refused(cy, "proposal.approve", { proposalId, reason: "Agreed" }), "proposalExpired");
    assert.equal(desk.refused(cy, "proposal.refuse", { proposalId, reason: "Late" }), "proposalExpired");
    desk.tick(desk.atMs, dueCommands(desk.book, desk.atMs));
    assert.equal(desk.book.get("proposal", proposalId)?.state, "expired");
    assert.deepEqual(dueCommands(desk.book, desk.atMs), []);
    assert.equal(desk.terminal("ut-1").state, "active");
  }
});

test("F20 what is carried out is decided with the book as it is then, and a failure changes nothing", () => {
  const desk = new Desk();
  const proposalId = desk.propose(ada, "order.restrict", restrict());
  desk.do(bo, "proposal.approve", { proposalId, reason: "Agreed" });
  desk.do(di, "order.suspend", { terminalId: "ut-1", ground: why, hours: 1 });
  const decisions = desk.decisions.length;
  assert.equal(
    desk.refused(cy, "proposal.approve", { proposalId, reason: "Agreed" }),
    "illegalTerminalTransition",
  );
  assert.equal(desk.decisions.length, decisions);
  assert.equal(desk.book.get("proposal", proposalId)?.approvals.length, 1);
  desk.do(di, "order.restore", { terminalId: "ut-1", ground: why });
  desk.do(cy, "proposal.approve", { proposalId, reason: "Agreed" });
  assert.equal(desk.terminal("ut-1").state, "restricted");
});

test("F20 approvers approve what they were shown: a wider command is another proposal", () => {
  const desk = new Desk(3);
  const request = {
    title: "Clinic",
    terminalIds: ["ut-1"],
    site: { latDeg: 10, lonDeg: 20 },
    radiusKm: 1,
    lifts: ["AREA_NOT_ACTIVE"],
    reason: "A clinic needs it",
    fromMs: desk.atMs,
    toMs: desk.atMs + hourMs * 24,
  };
  const proposalId = desk.propose(ada, "siteException.grant", request);
  assert.deepEqual(desk.book.get("proposal", proposalId)?.blastRadius, {
    terminals: 1,
    accounts: 1,
    share: 1 / 3,
    protectedSites: [],
  });
  desk.do(bo, "proposal.approve", { proposalId, reason: "Agreed" });
  desk.do(di, "protectedSite.register", {
    title: "Waterworks",
    kind: "water",
    site: { latDeg: 10, lonDeg: 20 },
    radiusKm: 1,
    terminalIds: ["ut-1"],
    asserter: "AA ministry",
    source: "register of 2024",
  });
  assert.equal(desk.refused(cy, "proposal.approve", { proposalId, reason: "Agreed" }), "blastRadiusGrew");
});

test("what cannot be read or needs no approval is not proposed; its permission is the command's own", () => {
  const desk = new Desk();
  const proposal = (name: string, request: unknown): object => ({ command: { name, request }, reason: why });
  const suspension = { terminalId: "ut-1", ground: why, hours: 3 };
  assert.equal(
    desk.refused(ada, "proposal.propose", proposal("order.suspend", suspension)),
    "noApprovalNeeded",
  );
  assert.equal(desk.refused(ada, "proposal.propose", proposal("order.unknown", {})), "commandUnknown");
  const unread = desk.ask(ada, "proposal.propose", proposal("order.restrict", { ...restrict(), more: 1 }));
  assert.ok(!unread.ok);
  assert.deepEqual([unread.error.code, unread.error.place], ["requestInvalid", "command.request"]);
  const grant = desk.bound(
    "proposal.propose",
    proposal("protectedSite.remove", { siteId: "s", reason: why }),
  );
  assert.equal(grant.permission, "areas.change");
});

interface Reference {
  readonly id: string;
  readonly by: string;
  readonly terminal: string;
  readonly untilMs: number;
  readonly yes: Set<string>;
}

test("F20 property: whatever people do, nothing is carried out without two others", () => {
  const actor = fc.constantFrom(...people);
  const step = fc.oneof(
    fc.record({ do: fc.constant("propose" as const), actor, terminal: fc.constantFrom("ut-1", "ut-2") }),
    fc.record({ do: fc.constantFrom("approve", "approve", "refuse", "withdraw"), actor }),
    fc.record({ do: fc.constant("wait" as const), actor, hours: fc.integer({ min: 1, max: 5 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 7 }), steps => {
      const desk = new Desk();
      // The reference: one open proposal at a time, and who said yes to it.
      let open: Reference | null = null;
      const restricted = new Set<string>();
      for (const s of steps) {
        if (s.do === "wait") {
          desk.atMs += s.hours * hourMs;
          if (open !== null && desk.atMs >= open.untilMs) open = null;
          desk.tick(desk.atMs, dueCommands(desk.book, desk.atMs));
        } else if (s.do === "propose") {
          if (open !== null) continue;
          const command = { name: "order.restrict", request: restrict(s.terminal) };
          const made = desk.ask(s.actor, "proposal.propose", { command, reason: why });
          assert.ok(made.ok);
          const { id } = documents(made.value, "proposal")[0]!;
          open = {
            id,
            by: s.actor.id,
            terminal: s.terminal,
            untilMs: desk.atMs + 4 * hourMs,
            yes: new Set(),
          };
        } else if (open !== null) {
          const request = { proposalId: open.id, reason: "Said so" };
          const made = desk.ask(s.actor, `proposal.${s.do}`, request);
          const own: boolean = s.actor.id === open.by;
          const again: boolean = open.yes.has(s.actor.id);
          const impossible: boolean =
            s.do === "approve" && open.yes.size === 1 && restricted.has(open.terminal);
          const expected: boolean = s.do === "withdraw" ? own : !own && !again && !impossible;
          assert.equal(made.ok, expected, `${s.do} by ${s.actor.id}`);
          if (!expected) continue;
          if (s.do === "approve") open.yes.add(s.actor.id);
          if (open.yes.size === 2) restricted.add(open.terminal);
          if (s.do !== "approve" || open.yes.size === 2) open = null;
        }
        for (const id of ["ut-1", "ut-2"]) {
          assert.equal(desk.terminal(id).state === "restricted", restricted.has(id));
        }
      }
    }),
    { numRuns: cases(10_000) },
  );
});

test("every command that changes what two persons must approve refuses to be decided without them", () => {
  const needing = decisionCommands().filter(({ name }) =>
    ["order.restrict", "order.deactivate", "order.reinstate", "order.review", "bulk.propose"].includes(name),
  );
  assert.equal(needing.length, 5);
  const requests: { readonly [name: string]: object } = {
    "order.restrict": restrict(),
    "order.deactivate": { ...restrict(), basis: { kind: "finding", id: "f" } },
    "order.reinstate": restrict(),
    "order.review": { ...restrict(), reviewDays: 3 },
    "bulk.propose": {
      action: "suspend",
      ground: why,
      basis: { kind: "policy", id: "p" },
      terminalIds: ["ut-1"],
      hours: 1,
    },
  };
  const approval = (approverId: string, verdict: "approved" | "refused" = "approved") => ({
    approverId,
    approver: approverId,
    verdict,
    reason: "Agreed",
    atMs: 0,
  });
  const desk = new Desk();
  for (const { name } of needing) {
    for (const approvals of [
      [],
      [approval("bo")],
      [approval("bo"), approval("bo")],
      [approval("bo"), approval("ada")],
      [approval("bo"), approval("cy", "refused")],
    ]) {
      const ruling = desk.bound(name, requests[name]!).decide(desk.context(ada, approvals));
      assert.equal(!ruling.ok && ruling.error.code, "approvalMissing", name);
    }
  }
});
