// SPDX-License-Identifier: MIT
// What must hold of everything the authority does, whatever is asked of it: one long random walk over all commands of all
// folders, looked at after every step. `docs/invariants.md` lists what is proved elsewhere.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Dice } from "../admission/random-admissions.ts";
import type { Change } from "../book.ts";
import { cases } from "../cases.ts";
import type { Decision } from "../decision.ts";
import { leaseClaims, longestLeaseMs } from "../lease.ts";
import { reasons } from "../reasons.ts";
import type { Terminal } from "../terminal.ts";
import { type Carried, cell, MemoryAuthority, randomStep } from "./memory-authority.ts";

const hourMs = 3_600_000;

/** One ruling, and the records that it changed as they were before. */
interface Step {
  readonly authority: MemoryAuthority;
  readonly carried: Carried;
  readonly was: (change: Change) => unknown;
}

/** Looks at a step and says how many cases of its invariant it saw. */
type Check = (step: Step) => number;

function terminalsIn({ carried, was }: Step): { before: Terminal | undefined; after: Terminal }[] {
  return carried.ruling.changes.flatMap(change =>
    change.kind === "terminal" && change.document !== null
      ? [{ before: was(change) as Terminal | undefined, after: change.document }]
      : [],
  );
}

const about = (decisions: readonly Decision[], id: string): Decision[] =>
  decisions.filter(({ subject }) => subject === id);

/** What the ruling newly takes from a terminal. */
function newlyTaken(before: Terminal | undefined, after: Terminal): boolean {
  const flags = Object.keys(after.flags).some(flag => before === undefined || !(flag in before.flags));
  const newer = (a: { orderId: string } | null, b: { orderId: string } | null | undefined): boolean =>
    a !== null && a.orderId !== b?.orderId;
  return (
    flags ||
    newer(after.suspension, before?.suspension) ||
    newer(after.restriction, before?.restriction) ||
    newer(after.deactivation, before?.deactivation)
  );
}

const checks: { readonly [name: string]: Check } = {
  "I1, I2: no lease for a terminal that is out of service, none for longer than a minute, none beyond a suspension's beginning":
    step => {
      let seen = 0;
      const { authority } = step;
      for (const { after } of terminalsIn(step)) {
        const admission = authority.admissions.get(after.id);
        assert.equal(admission?.atMs, authority.atMs, "whoever is touched is asked about again at once");
        const claims = leaseClaims(admission, [cell]);
        const out = ["manufactured", "sold", "registered", "deactivated", "transferred", "retired"];
        if (out.includes(after.state)) assert.equal(claims?.reach === "all", false, after.state);
        if (after.state === "deactivated" || after.state === "retired") assert.equal(claims, null);
        if (after.suspension !== null) assert.notEqual(claims?.reach, "all");
        if (claims !== null) assert.ok(claims.expiresAtMs - authority.atMs <= longestLeaseMs);
        seen++;
      }
      return seen;
    },
  "I3, I11: what two persons approved was approved by two, neither of them who asked, nor each other": ({
    carried,
    authority,
  }) => {
    let seen = 0;
    for (const change of carried.ruling.changes) {
      if (change.kind !== "proposal" || change.document?.state !== "carriedOut") continue;
      const { requestedBy, approvals, expiresMs } = change.document;
      const approvers = approvals.map(({ approverId }) => approverId);
      assert.equal(new Set([requestedBy.id, ...approvers]).size, 3, JSON.stringify(change.document));
      assert.ok(authority.atMs < expiresMs);
      for (const { approvals: noted = approvals } of carried.ruling.decisions) assert.ok(noted.length >= 1);
      seen++;
    }
    for (const change of carried.ruling.changes) {
      if (change.kind !== "siteException" || change.document === null) continue;
      const alone = carried.name === "breakGlass.use";
      if (alone) assert.ok(change.document.toMs - authority.atMs <= 4 * hourMs);
      assert.ok(Number.isSafeInteger(change.document.toMs), "an exception is dated");
    }
    return seen;
  },
  "I4, I5: a deactivation rests on a confirmed finding about that very terminal, or on a lawful order, and on two approvers":
    step => {
      let seen = 0;
      const { book } = step.authority;
      for (const { before, after } of terminalsIn(step)) {
        if (after.deactivation === null || after.deactivation.orderId === before?.deactivation?.orderId)
          continue;
        const { kind, id } = after.deactivation.basis;
        if (kind === "finding") {
          const finding = book.get("finding", id)!;
          assert.equal(finding.verdict, "confirmed");
          assert.equal(finding.terminalId, after.id);
          assert.notEqual(finding.identityBinding, null);
          const { basis } = finding;
          assert.ok(basis.kind === "firstParty" || new Set(basis.origins).size >= 2);
        } else {
          const order = book.get("areaRequest", id)!;
          assert.equal(order.kind, "lawfulOrder");
          assert.ok(order.granted.includes(after.id));
        }
        const approvals = step.carried.ruling.decisions.flatMap(decision => decision.approvals ?? []);
        assert.ok(new Set(approvals.map(({ approverId }) => approverId)).size >= 2);
        seen++;
      }
      return seen;
    },
  "I4: one officer suspends for 72 hours at most, on a ground": step => {
    let seen = 0;
    for (const { before, after } of terminalsIn(step)) {
      if (after.suspension === null || after.suspension.orderId === before?.suspension?.orderId) continue;
      const { fromMs, untilMs, ground } = after.suspension;
      assert.ok(untilMs > fromMs && untilMs - fromMs <= 72 * hourMs && ground.length >= 10);
      seen++;
    }
    return seen;
  },
  "I6: a refused request changes no area and no terminal; an area that was never active is not switched off":
    ({ carried }) => {
      let seen = 0;
      const { changes } = carried.ruling;
      for (const change of changes) {
        if (change.kind === "areaMove" && change.document !== null) {
          const { event, from, to } = change.document;
          if (from === "neverActive") assert.notEqual(event, "deactivate");
          if (event === "refuseRequest") assert.equal(from, to);
          seen++;
        }
        if (change.kind !== "areaRequest" || change.document?.state !== "refused") continue;
        const kinds = new Set(changes.map(({ kind }) => kind));
        assert.equal(kinds.has("statement") || kinds.has("terminal"), false, [...kinds].join());
        seen++;
      }
      return seen;
    },
  "I7: every change stands beside a decision of its own ruling that names it, and no decision comes without its command":
    ({ carried, authority, was }) => {
      const { decisions, changes } = carried.ruling;
      assert.ok(decisions.length > 0, carried.name);
      const said =
        JSON.stringify(decisions) +
        JSON.stringify(authority.requests.get(decisions[0]!.command!.requestHash));
      for (const change of changes) {
        const { kind, id, document } = change;
        // A line of a ledger of custody or moves has an id of no meaning: it is named by what it is about.
        const about = [document, was(change)].flatMap(version => Object.values(version ?? {}));
        const names = [id, ...about.filter(value => typeof value === "string")];
        const named = names.some(name => said.includes(JSON.stringify(name)) || name === "policy");
        assert.ok(named, `${carried.name} changes ${kind} ${id} and says nothing of it`);
      }
      for (const decision of decisions)
        assert.ok(decision.command !== undefined && decision.text.length > 10);
      return changes.length;
    },
  "I9: one key, one kit number and one serial number are one terminal's": step => {
    const { book } = step.authority;
    let seen = 0;
    for (const { after } of terminalsIn(step)) {
      for (const number of [after.publicKey, after.kitNumber, after.serial]) {
        if (number === null) continue;
        assert.deepEqual(
          book.about("terminal", number).map(({ id }) => id),
          [after.id],
          number,
        );
        seen++;
      }
    }
    return seen;
  },
  "I12: what takes something from a terminal has a notice or a logged exemption, an end or a day of review, and an appeal":
    step => {
      let seen = 0;
      const { decisions } = step.carried.ruling;
      for (const { before, after } of terminalsIn(step)) {
        if (!newlyTaken(before, after)) continue;
        const made = about(decisions, after.id);
        const told = made.filter(
          ({ noticeId, exemption, expiresAtMs, reviewAtMs }) =>
            (noticeId !== undefined || exemption !== undefined) &&
            (expiresAtMs !== undefined || reviewAtMs !== undefined),
        );
        assert.ok(told.length > 0, `${step.carried.name}: ${JSON.stringify(made)}`);
        for (const { noticeId, appealUntilMs, atMs } of told) {
          if (noticeId === undefined) continue;
          assert.ok(appealUntilMs! - atMs >= 180 * 24 * hourMs);
          assert.notEqual(step.authority.book.get("notice", noticeId), undefined);
        }
        seen++;
      }
      return seen;
    },
  "I13: whoever is restricted keeps the link, the account site and the emergency path": ({ authority }) => {
    let seen = 0;
    for (const admission of authority.admissions.values()) {
      if (admission.outcome !== "restricted") continue;
      assert.equal(admission.reach, "accountAndEmergency");
      assert.equal(admission.linked, true);
      assert.notEqual(leaseClaims(admission, [cell]), null);
      assert.equal(reasons[admission.reason].outcome, "restricted");
      seen++;
    }
    return seen;
  },
  "I14: donor, holder and user are three: who gave a terminal is said by a donation, and by nothing else":
    step => {
      let seen = 0;
      for (const { before, after } of terminalsIn(step)) {
        if (before === undefined || before.donor === after.donor) continue;
        const donated = step.carried.ruling.changes.some(
          ({ kind, document }) =>
            kind === "donation" &&
            document !== null &&
            "terminalId" in document &&
            document.terminalId === after.id,
        );
        assert.ok(donated, `${step.carried.name} makes ${after.donor} the donor of ${after.id}`);
        seen++;
      }
      return seen;
    },
  "I15: only a judgement on an identifier, by two persons, puts a party under sanctions; a score never does":
    ({ carried, was }) => {
      let seen = 0;
      for (const change of carried.ruling.changes) {
        if (change.kind === "screening") seen++;
        if (change.kind !== "party" || change.document?.standing !== "sanctioned") continue;
        if ((was(change) as { standing?: string } | undefined)?.standing === "sanctioned") continue;
        const judged = carried.ruling.changes.flatMap(other =>
          other.kind === "screening" && other.document?.party === change.id ? [other.document] : [],
        );
        assert.ok(judged.some(({ judgement }) => judgement === "confirmed"));
        const approvals = carried.ruling.decisions.flatMap(decision => decision.approvals ?? []);
        assert.ok(new Set(approvals.map(({ approverId }) => approverId)).size >= 2);
      }
      return seen;
    },
  "I17: no ruling of one person takes service from more than a canary": step => {
    const taken = terminalsIn(step).filter(({ before, after }) => newlyTaken(before, after));
    const bulk = step.carried.ruling.changes.some(({ kind }) => kind === "bulkOrder");
    if (!bulk) assert.ok(taken.length <= 1, `${step.carried.name} takes from ${taken.length} at once`);
    return 1;
  },
};

const seen = new Map<string, number>();
const broken = new Map<string, Error>();
let authority: MemoryAuthority;
let refused = 0;
let touchedWhenRefused = 0;

before(() => {
  authority = new MemoryAuthority(80);
  const dice = new Dice(1818);
  const steps = cases(10_000);
  let done = 0;
  while (done < steps) {
    const held = new Map<string, unknown>();
    const versions = authority.book;
    authority.beforeRuling = ruling => {
      for (const { kind, id } of ruling.changes) held.set(`${kind} ${id}`, versions.get(kind, id));
    };
    const entries = authority.log.length;
    const carried = randomStep(authority, dice);
    if (carried === null) continue;
    done++;
    if (!carried.ok) {
      refused++;
      // What fell due before may have been recorded; the refused command itself leaves no entry.
      if (
        authority.log
          .slice(entries)
          .some(({ ruling }) => ruling !== undefined && ruling.actor.id !== "system")
      )
        touchedWhenRefused++;
      continue;
    }
    const step: Step = {
      authority,
      carried: carried.value,
      was: ({ kind, id }) => held.get(`${kind} ${id}`),
    };
    for (const [name, check] of Object.entries(checks)) {
      if (broken.has(name)) continue;
      try {
        seen.set(name, (seen.get(name) ?? 0) + check(step));
      } catch (error) {
        broken.set(name, error as Error);
      }
    }
  }
});

for (const name of Object.keys(checks)) {
  test(name, t => {
    const error = broken.get(name);
    if (error !== undefined) throw error;
    t.diagnostic(`${seen.get(name)} cases`);
    assert.ok(seen.get(name)! > 0, "the walk never came to it");
  });
}

test("I6: what is refused leaves no entry", () => {
  assert.ok(refused > 1_000);
  assert.equal(touchedWhenRefused, 0);
});

test("I18: no position is in the log or among the facts that are kept", () => {
  const admissions = authority.log.filter(({ decision }) => decision.action === "admission");
  const kept = JSON.stringify([admissions, [...authority.facts.values()]]);
  const told = new Set(authority.toldDegrees);
  assert.ok(told.size > 1_000);
  const leaked = (kept.match(/-?\d+\.\d+/g) ?? []).filter(number => told.has(Number(number)));
  assert.deepEqual(leaked, []);
});
