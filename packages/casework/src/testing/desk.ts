// SPDX-License-Identifier: MIT
// A desk for the tests of this room: invented people, a book, and commands carried out as a
// dispatcher would, the authority's among them.
import assert from "node:assert/strict";
import {
  type Actor,
  type Approval,
  type AuthorityError,
  type Case,
  type Change,
  type CommandContext,
  type CommandEntry,
  commandsOf,
  compilePolicy,
  type Decision,
  MapBook,
  manufactureTerminal,
  type Policy,
  type RecordKind,
  type RecordKinds,
  type Result,
  type Ruling,
  salted,
  type Terminal,
} from "@perigee/authority";
import { caseCommands } from "../commands/case-commands.ts";

export const noonMs = Date.UTC(2024, 2, 10, 12);
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const why = "A reason that is long enough";

const person = (id: string): Actor => ({ id, name: `${id} Officer`, roles: [] });
export const ada = person("ada");
export const bo = person("bo");
export const cy = person("cy");
export const di = person("di");

/** Country AA is licensed and active, BB was never active. */
export function samplePolicy(): Policy {
  const says = (territory: string, axis: string, value: string): object => ({
    ...{ id: `${territory}-${axis}`, territory, axis, value, asserter: `the ${territory} ministry` },
    ...{ source: "its register", validFrom: "2022-03-01", knownFrom: "2022-03-01" },
  });
  const policy = compilePolicy({
    title: "Test policy",
    boundaryView: "test-view",
    statements: [
      says("AA", "licence", "granted"),
      says("AA", "activation", "active"),
      says("BB", "licence", "notGranted"),
      says("BB", "activation", "neverActive"),
    ],
    plans: [{ id: "roam", title: "Roam", downMbps: 100, upMbps: 10, ocean: false, roaming: "global" }],
  });
  assert.ok(policy.ok, policy.ok ? "" : policy.error.message);
  return policy.value;
}

const byName: ReadonlyMap<string, CommandEntry> = new Map(
  [...commandsOf(), ...caseCommands].map(entry => [entry.name, entry]),
);

/** People at work on cases. */
export class CaseDesk {
  readonly book = new MapBook();
  readonly decisions: Decision[] = [];
  readonly policy = samplePolicy();
  atMs = noonMs;

  /** Terminals ut-1 to ut-n in service, each of its own holder party-1 to party-n and account acc-1 to acc-n. */
  constructor(terminals = 3) {
    for (let i = 1; i <= terminals; i++) {
      const verification = { state: "verified", method: "passport", by: "clerk", atMs: noonMs } as const;
      this.put("party", {
        ...{ id: `party-${i}`, name: `Name of party-${i}`, kind: "person", country: "AA", aliases: [] },
        ...{ verification, standing: "clear" },
      });
      this.put("account", {
        ...{ id: `acc-${i}`, holder: `party-${i}`, country: "AA", state: "open", managedBy: null },
      });
      this.put("terminal", terminal(i));
    }
  }

  put<K extends RecordKind>(kind: K, document: RecordKinds[K]): void {
    this.book.apply([{ kind, id: document.id, document } as Change]);
  }

  ask(
    actor: Actor,
    name: string,
    request: object,
    approvals: readonly Approval[] = [],
  ): Result<Ruling, AuthorityError<string>> {
    const entry = byName.get(name);
    assert.ok(entry !== undefined, `there is no command ${name}`);
    const read = entry.read(salted(request, "0123456789abcdef0123456789abcdef"));
    if (!read.ok) return read;
    const context: CommandContext = {
      book: this.book,
      policy: this.policy,
      actor,
      atMs: this.atMs,
      approvals,
    };
    const ruling = read.value.decide(context);
    if (!ruling.ok) return ruling;
    this.book.apply(ruling.value.changes);
    this.decisions.push(...ruling.value.decisions);
    return ruling;
  }

  do(actor: Actor, name: string, request: object): Ruling {
    const ruling = this.ask(actor, name, request);
    assert.ok(
      ruling.ok,
      ruling.ok ? "" : `${name}: ${ruling.error.code} (${ruling.error.place}) ${ruling.error.message}`,
    );
    return ruling.value;
  }

  /** {@link ask} by Ada, where it must fail; the error's code. */
  refused(name: string, request: object): string {
    const ruling = this.ask(ada, name, request);
    assert.ok(!ruling.ok, `${name} should have been refused`);
    return ruling.error.code;
  }

  /** Asked by Ada, approved by Bo and Cy. */
  approved(name: string, request: object): Ruling {
    const ruling = this.tryApproved(name, request);
    assert.ok(ruling.ok, ruling.ok ? "" : `${name}: ${ruling.error.code} ${ruling.error.message}`);
    return ruling.value;
  }

  tryApproved(name: string, request: object): Result<Ruling, AuthorityError<string>> {
    const approvals = [bo, cy].map(({ id, name: approver }) => ({
      ...{ approverId: id, approver, verdict: "approved" as const, reason: "Agreed", atMs: this.atMs },
    }));
    return this.ask(ada, name, request, approvals);
  }

  case(id: string): Case {
    const found = this.book.get("case", id);
    assert.ok(found !== undefined, id);
    return found;
  }

  /** A case that was reported, triaged and is investigated; its id. */
  open(kind: Case["kind"] = "use", documents: readonly string[] = []): string {
    const caseId = this.report({ kind, documents });
    this.do(ada, "case.triage", { caseId, kind, title: "A claim of use", safety: "none", reason: why });
    this.do(ada, "case.investigate", { caseId, reason: why });
    return caseId;
  }

  /** Hands in a report; the id of its case. */
  report(more: object = {}): string {
    const request = {
      title: "A claim of use",
      reporter: "press",
      personal: { summary: "Somebody wrote about it" },
    };
    const ruling = this.do(ada, "case.report", { ...request, ...more });
    return ruling.decisions[0]!.subject;
  }

  /** A finding that carries the deactivation of a terminal, unless `more` spoils it; its id. */
  find(caseId: string, terminalId: string, more: object = {}): string {
    const ruling = this.do(ada, "finding.record", {
      ...{ caseId, terminalId, verdict: "confirmed", summary: "It is where it says it is not" },
      basis: { kind: "firstParty", evidence: ["measure-1"] },
      identityBinding: { kind: "network trace", evidence: "trace-1" },
      ...more,
    });
    return ruling.changes[0]!.id;
  }
}

function terminal(i: number): Terminal {
  return {
    ...manufactureTerminal(`ut-${i}`, `Terminal ${i}`, noonMs),
    ...{ holder: `party-${i}`, accountId: `acc-${i}`, planId: "roam", state: "active" },
    ...{ kitNumber: `KIT0000${String(i).padStart(4, "0")}`, serial: `SN${String(1000 + i)}` },
  };
}
