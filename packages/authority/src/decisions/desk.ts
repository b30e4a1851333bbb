// SPDX-License-Identifier: MIT
// A desk for the tests of this folder: invented people, a book, and commands carried out as a dispatcher would.
import assert from "node:assert/strict";
import type { Actor } from "../actor.ts";
import { theSystem } from "../actor.ts";
import type { Change, RecordKind, RecordKinds } from "../book.ts";
import type { BoundCommand, CommandEntry } from "../command-entry.ts";
import type { Decision } from "../decision.ts";
import { account, noonMs, samplePolicy, terminal } from "../fixture.ts";
import { MapBook } from "../map-book.ts";
import { type AuthorityError, fail, type Result } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import type { Party, Terminal } from "../terminal.ts";
import { type DecisionRules, decisionCommands } from "./decision-commands.ts";
import type { Approval } from "./proposal.ts";

const person = (id: string): Actor => ({
  id,
  name: `${id[0]!.toUpperCase()}${id.slice(1)} Officer`,
  roles: [],
});

export const ada = person("ada");
export const bo = person("bo");
export const cy = person("cy");
export const di = person("di");
export const people: readonly Actor[] = [ada, bo, cy, di];

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A ground that is long enough to be one. */
export const why = "Seen where it must not be";

export function party(id: string, more: Partial<Party> = {}): Party {
  const verification = { state: "verified", method: "passport", by: "clerk", atMs: noonMs } as const;
  const name = `Name of ${id}`;
  return { id, name, kind: "person", country: "AA", aliases: [], verification, standing: "clear", ...more };
}

const byName = (entries: readonly CommandEntry[]): ReadonlyMap<string, CommandEntry> =>
  new Map(entries.map(entry => [entry.name, entry]));
const usual = byName(decisionCommands());

/** The documents of one kind that a ruling writes. */
export function documents<K extends RecordKind>(ruling: Ruling, kind: K): readonly RecordKinds[K][] {
  const found = ruling.changes.filter(change => change.kind === kind && change.document !== null);
  return found.map(change => change.document as RecordKinds[K]);
}

/** A command about to be decided. */
interface Deciding {
  readonly command: BoundCommand;
  readonly actor: Actor;
  readonly approvals: readonly Approval[];
}

/** People at work: carries out what is asked, keeps the book and every decision. */
export class Desk {
  readonly book = new MapBook();
  readonly decisions: Decision[] = [];
  atMs = noonMs;
  readonly #commands: ReadonlyMap<string, CommandEntry>;
  // All that happened to the book, in order: records put there by hand, and rulings.
  readonly #journal: (
    | { readonly put: Change }
    | { readonly ruling: Ruling; readonly atMs: number; readonly asked: Deciding }
  )[] = [];

  /** Terminals ut-1 to ut-n in service, each of its own holder party-1 to party-n. */
  constructor(terminals = 2, more: Partial<Terminal> = {}, rules?: DecisionRules) {
    this.#commands = rules === undefined ? usual : byName(decisionCommands([], rules));
    this.put("account", account);
    for (let i = 1; i <= terminals; i++) {
      this.put("party", party(`party-${i}`));
      this.put("terminal", terminal({ id: `ut-${i}`, holder: `party-${i}`, ...more }));
    }
  }

  put<K extends RecordKind>(kind: K, document: RecordKinds[K]): void {
    const put = { kind, id: document.id, document } as Change;
    this.book.apply([put]);
    this.#journal.push({ put });
  }

  terminal(id: string): Terminal {
    const found = this.book.get("terminal", id);
    assert.ok(found !== undefined, id);
    return found;
  }

  context(actor: Actor, approvals: readonly Approval[] = []): CommandContext {
    return { book: this.book, policy: samplePolicy, actor, atMs: this.atMs, approvals };
  }

  bound(name: string, request: object): BoundCommand {
    const entry = this.#commands.get(name);
    assert.ok(entry !== undefined, `there is no command ${name}`);
    const read = entry.read(request);
    assert.ok(read.ok, read.ok ? "" : `${name} ${read.error.place}: ${read.error.message}`);
    return read.value;
  }

  /** Asks for a command; one that needs approval is refused here, as a dispatcher would. */
  ask(actor: Actor, name: string, request: object): Result<Ruling, AuthorityError<string>> {
    const command = this.bound(name, request);
    const context = this.context(actor);
    if (command.approvalsNeeded(context) > 0) return fail("needsApproval", "", `${name} needs approval.`);
    return this.#record({ command, actor, approvals: [] });
  }

  /** {@link ask}, where it must succeed. */
  do(actor: Actor, name: string, request: object): Ruling {
    return this.#must(name, this.ask(actor, name, request));
  }

  /** {@link ask}, where it must fail; its error's code. */
  refused(actor: Actor, name: string, request: object): string {
    const ruling = this.ask(actor, name, request);
    assert.ok(!ruling.ok, `${name} should have been refused`);
    return ruling.error.code;
  }

  propose(actor: Actor, name: string, request: object, more: object = {}): string {
    const ruling = this.do(actor, "proposal.propose", { command: { name, request }, reason: why, ...more });
    return documents(ruling, "proposal")[0]!.id;
  }

  /** Proposed by Ada, approved by Bo and Cy; the outcome of the second approval. */
  tryApproved(name: string, request: object): Result<Ruling, AuthorityError<string>> {
    const proposalId = this.propose(ada, name, request);
    this.do(bo, "proposal.approve", { proposalId, reason: "Agreed" });
    const made = this.ask(cy, "proposal.approve", { proposalId, reason: "Agreed" });
    if (!made.ok) this.do(ada, "proposal.withdraw", { proposalId, reason: "It is not possible" });
    return made;
  }

  /** Ada's command as it is decided with Bo's and Cy's approval, without the proposal that leads there. */
  tryWithApprovals(name: string, request: object): Result<Ruling, AuthorityError<string>> {
    const approvals = [bo, cy].map(({ id, name }) => ({
      approverId: id,
      approver: name,
      verdict: "approved" as const,
      reason: "Agreed",
      atMs: this.atMs,
    }));
    return this.#record({ command: this.bound(name, request), actor: ada, approvals });
  }

  /** {@link tryApproved}, where it must succeed. */
  approved(name: string, request: object): Ruling {
    return this.#must(name, this.tryApproved(name, request));
  }

  /** The system does what is due. */
  tick(atMs: number, due: readonly { readonly name: string; readonly request: unknown }[]): void {
    this.atMs = atMs;
    for (const { name, request } of due) this.do(theSystem, name, request as object);
  }

  /** Decides everything again, from what was asked as a ledger would hold it, and compares. */
  replay(): void {
    const again = new Desk(0);
    for (const step of this.#journal) {
      if ("put" in step) {
        again.book.apply([step.put]);
        continue;
      }
      again.atMs = step.atMs;
      const { command, actor, approvals } = step.asked;
      const asked = this.bound(command.name, JSON.parse(JSON.stringify(command.request)));
      const ruling = asked.decide(again.context({ ...actor, roles: [] }, approvals));
      assert.deepEqual(ruling.ok && ruling.value, step.ruling);
      again.book.apply(step.ruling.changes);
    }
  }

  #must(name: string, ruling: Result<Ruling, AuthorityError<string>>): Ruling {
    assert.ok(
      ruling.ok,
      ruling.ok ? "" : `${name} ${ruling.error.code} (${ruling.error.place}): ${ruling.error.message}`,
    );
    return ruling.value;
  }

  #record(asked: Deciding): Result<Ruling, AuthorityError<string>> {
    const ruling = asked.command.decide(this.context(asked.actor, asked.approvals));
    if (ruling.ok) {
      this.book.apply(ruling.value.changes);
      this.decisions.push(...ruling.value.decisions);
      this.#journal.push({ ruling: ruling.value, atMs: this.atMs, asked });
    }
    return ruling;
  }
}

/** A finding that carries the deactivation of ut-1, unless `more` spoils it. */
export function findingRequest(more: object = {}): object {
  return {
    caseId: "case-1",
    terminalId: "ut-1",
    verdict: "confirmed",
    basis: { kind: "firstParty", evidence: ["measure-1"] },
    identityBinding: { kind: "network trace", evidence: "trace-1" },
    summary: "The terminal is where it says it is not",
    ...more,
  };
}
