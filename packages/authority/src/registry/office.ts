// SPDX-License-Identifier: MIT
// An office for the tests of this folder: invented parties, a book, and commands carried out as a dispatcher would.
import assert from "node:assert/strict";
import type { Actor } from "../actor.ts";
import type { Change, RecordKind, RecordKinds } from "../book.ts";
import { contentHash } from "../content-hash.ts";
import type { Decision } from "../decision.ts";
import type { Approval } from "../decisions/proposal.ts";
import { noonMs, samplePolicy } from "../fixture.ts";
import { MapBook } from "../map-book.ts";
import { type AuthorityError, fail, type Result } from "../result.ts";
import type { Ruling } from "../ruling.ts";
import type { Terminal } from "../terminal.ts";
import { indexNames, type NameIndex } from "./name-index.ts";
import { keptRequest } from "./personal-data.ts";
import { registryCommands } from "./registry-commands.ts";
import { readScreeningList } from "./screening-list.ts";

export const clerk: Actor = { id: "clerk", name: "Clerk", roles: ["operator"] };
export const salt = "0123456789abcdef0123456789abcdef";

/** A list of invented names, one line each. */
export const listLines: readonly string[] = [
  '{"id":"L1","names":["Юрий Шестопалов","Yuri Shestopalov"],"kind":"person","country":"CC","birthDate":"1970-02-03"}',
  '{"id":"L2","names":["Polar Lantern Trading LLC"],"kind":"organisation","country":"DD"}',
  '{"id":"L3","names":["Zhanna Chubarevich"],"kind":"person"}',
];

export function sampleIndex(version: string): NameIndex {
  const list = readScreeningList(listLines, { list: "invented", version });
  assert.ok(list.ok);
  return indexNames(list.value);
}

const indexes = new Map([sampleIndex("1"), sampleIndex("2")].map(index => [index.list.version, index]));
const entries = registryCommands({ find: (_, version) => indexes.get(version) });
const byName = new Map(entries.map(entry => [entry.name, entry]));

const yes = (approverId: string): Approval => ({
  approverId,
  approver: approverId,
  verdict: "approved",
  reason: "Agreed",
  atMs: noonMs,
});
export const twoApprovals: readonly Approval[] = [yes("bo"), yes("cy")];

/** The record of one kind that a ruling writes last. */
export function written<K extends RecordKind>(ruling: Ruling, kind: K): RecordKinds[K] {
  const found = ruling.changes.findLast(change => change.kind === kind && change.document !== null);
  assert.ok(found !== undefined, `no ${kind} was written`);
  return found.document as RecordKinds[K];
}

export class Office {
  readonly book = new MapBook();
  readonly decisions: Decision[] = [];
  /** Requests as a replay finds them, by the hash that decisions name. */
  readonly requests = new Map<string, unknown>();
  atMs = noonMs;

  ask(
    name: string,
    request: object,
    approvals: readonly Approval[] = [],
  ): Result<Ruling, AuthorityError<string>> {
    const entry = byName.get(name);
    assert.ok(entry !== undefined, `there is no command ${name}`);
    const read = entry.read(request);
    if (!read.ok) return read;
    const context = { book: this.book, policy: samplePolicy, actor: clerk, atMs: this.atMs, approvals };
    if (approvals.length < read.value.approvalsNeeded(context)) {
      return fail("needsApproval", "", `${name} needs approval.`);
    }
    const ruling = read.value.decide(context);
    if (ruling.ok) {
      this.book.apply(ruling.value.changes);
      this.decisions.push(...ruling.value.decisions);
      const kept = keptRequest(read.value.request);
      this.requests.set(contentHash(kept), kept);
    }
    return ruling;
  }

  do(name: string, request: object, approvals: readonly Approval[] = []): Ruling {
    const ruling = this.ask(name, request, approvals);
    assert.ok(
      ruling.ok,
      ruling.ok ? "" : `${name} ${ruling.error.code} (${ruling.error.place}): ${ruling.error.message}`,
    );
    return ruling.value;
  }

  refused(name: string, request: object, approvals: readonly Approval[] = []): string {
    const ruling = this.ask(name, request, approvals);
    assert.ok(!ruling.ok, `${name} should have been refused`);
    return ruling.error.code;
  }

  put(change: Change): void {
    this.book.apply([change]);
  }

  terminal(id: string): Terminal {
    const found = this.book.get("terminal", id);
    assert.ok(found !== undefined, id);
    return found;
  }

  /** A party that is verified unless told otherwise. */
  party(id: string, name = `Name of ${id}`, verified = true): string {
    this.do("party.register", { partyId: id, kind: "person", country: "AA", personal: { salt, name } });
    if (verified)
      this.do("party.verify", { partyId: id, state: "verified", method: "passport", evidence: ["doc-1"] });
    return id;
  }

  /** An account of a party, with a roaming line. */
  account(holder: string): { accountId: string; lineId: string } {
    const { id: accountId } = written(this.do("account.open", { holder, country: "AA" }), "account");
    return { accountId, lineId: this.line(accountId) };
  }

  line(accountId: string, planId = "roam"): string {
    const personal = { salt, nickname: "Roof", serviceAddress: { latDeg: 1, lonDeg: 2 } };
    const opened = this.do("serviceLine.open", { accountId, planId, hasAddress: true, personal });
    return written(opened, "serviceLine").id;
  }

  enrolled(n: number): string {
    const number = String(n).padStart(8, "0");
    const request = {
      kitNumber: `KIT${number}`,
      serial: `SN${number}`,
      model: "Mini",
      source: "factory list",
    };
    return written(this.do("terminal.enrol", request), "terminal").id;
  }

  /** A terminal in service with a party of its own. */
  inService(
    n = 1,
    partyId = `party-${n}`,
  ): { terminalId: string; accountId: string; lineId: string; party: string } {
    if (this.book.get("party", partyId) === undefined) this.party(partyId);
    const account = this.account(partyId);
    const terminalId = this.enrolled(n);
    this.do("terminal.sell", { terminalId, seller: null, holder: partyId, source: "receipt" });
    this.do("terminal.register", { terminalId, serviceLineId: account.lineId });
    this.do("terminal.verify", { terminalId });
    this.do("terminal.activate", { terminalId });
    return { terminalId, ...account, party: partyId };
  }
}
