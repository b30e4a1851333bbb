// SPDX-License-Identifier: MIT
import type { Actor } from "./actor.ts";
import type { Book, Change } from "./book.ts";
import type { Decision } from "./decision.ts";
import type { Approval, BlastRadius } from "./decisions/proposal.ts";
import type { Policy } from "./policy.ts";
import type { AuthorityError, Result } from "./result.ts";

/**
 * What a command leads to: one or more decisions and the records they change. All of it is written together, each
 * decision as one ledger entry, or none of it.
 */
export interface Ruling {
  readonly decisions: readonly Decision[];
  readonly changes: readonly Change[];
}

/** What a command is decided upon, beside its request. Equal contexts and requests give equal rulings. */
export interface CommandContext {
  readonly book: Book;
  readonly policy: Policy;
  readonly actor: Actor;
  readonly atMs: number;
  /** Of the persons who approved the proposal that this command comes from; empty where none is needed. */
  readonly approvals: readonly Approval[];
  /**
   * Something that is seen and not on record, such as whom a change would touch where everybody is now. It is computed
   * once, kept with the ruling, and taken from there in a replay. Absent, it is just computed.
   */
  observe?<T>(name: string, compute: () => T): T;
  /** Only in a replay: what was found with personal data that were erased since, where the records still have it. */
  recall?<T>(name: string, compute: () => T): T;
}

/** What is seen, through {@link CommandContext.observe} where there is one. */
export function observed<T>(context: CommandContext, name: string, compute: () => T): T {
  return context.observe === undefined ? compute() : context.observe(name, compute);
}

/**
 * Something a person may ask the authority to do. A command is pure: it reads the book and says what would follow.
 * Who carries it out checks the permission first, and turns a command that needs approvals into a proposal.
 *
 * @typeParam Request - Plain data, as a ledger entry can hold it: a replay decides it again.
 */
export interface Command<Request> {
  /** Noun and verb, e.g. `terminal.register`; stable, part of the API and of ledger entries. */
  readonly name: string;
  /** One sentence for people. */
  readonly summary: string;
  /** Key of the table of permissions. */
  readonly permission: string;
  /** Persons, other than who asks and each other, who must approve before it is decided: none or two. */
  approvalsNeeded(request: Request, context: CommandContext): 0 | 2;
  /** Whom it touches, for the approvers and for bulk limits; `null` where it touches one subject. */
  blastRadius(request: Request, context: CommandContext): BlastRadius | null;
  decide(request: Request, context: CommandContext): Result<Ruling, AuthorityError<string>>;
}

/** A command of one subject that needs nobody's approval, unless `more` says otherwise. */
export function commandOf<Request>(
  command: Pick<Command<Request>, "name" | "summary" | "permission" | "decide"> & Partial<Command<Request>>,
): Command<Request> {
  return { approvalsNeeded: () => 0, blastRadius: () => null, ...command };
}
