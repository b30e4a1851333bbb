// SPDX-License-Identifier: MIT
import type { BoundaryView } from "@perigee/earth";
import type { Book, Change, RecordKind, RecordKinds } from "../book.ts";
import { compilePolicy } from "../compile-policy.ts";
import type { Policy } from "../policy.ts";
import { type AuthorityError, fail, type Result } from "../result.ts";
import type { Statement } from "../territory.ts";
import { isEnforced, type SealedPolicy } from "./sealed-policy.ts";

export type PolicyInForce = Result<Policy, AuthorityError<"policyInvalid" | "policyMissing">>;

/** Every record that a policy is made of. Statements stand beside the rules, each a record of its own. */
export interface PolicyParts {
  /** A policy document without statements; `undefined` before any policy was put in force. */
  readonly document: unknown;
  readonly statements: readonly Statement[];
  readonly sealed: readonly SealedPolicy[];
  /** Ids of the operator's areas, of which a policy may speak as of territories. */
  readonly areas: readonly string[];
}

interface Made {
  readonly parts: PolicyParts;
  readonly views: readonly BoundaryView[] | undefined;
  readonly policy: PolicyInForce;
}

const made = new WeakMap<Book, Made>();

/**
 * The policy in force: the rules on record, every statement on record, and what is sealed. After a change of other
 * records it is the same object again; finding that out takes one pass over the statements and compiles nothing.
 *
 * @param views of the boundaries, as `compilePolicy` takes them
 * @returns `policyMissing` before any policy was put in force
 */
export function policyInForce(book: Book, views?: readonly BoundaryView[]): PolicyInForce {
  const parts = partsOf(book);
  const before = made.get(book);
  if (before !== undefined && before.views === views && areSame(before.parts, parts)) return before.policy;
  const policy = policyOf(parts, views);
  made.set(book, { parts, views, policy });
  return policy;
}

/** The policy that would be in force after changes; they are not made. */
export function policyAfter(
  book: Book,
  changes: readonly Change[],
  views?: readonly BoundaryView[],
): PolicyInForce {
  return policyOf(partsOf(book, changes), views);
}

/** The parts as they are on record, or as they would be after changes. */
export function partsOf(book: Book, changes: readonly Change[] = []): PolicyParts {
  return {
    document: after(book, "policy", changes).find(({ id }) => id === "policy")?.document,
    statements: after(book, "statement", changes),
    sealed: after(book, "sealedPolicy", changes).filter(isEnforced),
    areas: after(book, "operatorArea", changes)
      .filter(({ drawingOf }) => drawingOf === undefined)
      .map(({ id }) => id),
  };
}

/**
 * The whole policy as one document, as a file of policy has it.
 *
 * @param parts with a document
 */
export function policyDocumentOf({ document, statements }: PolicyParts): {
  readonly [member: string]: unknown;
} {
  return { ...(document as object), statements: statements.map(statementDocument) };
}

/** A statement as a policy document writes it. */
export function statementDocument(statement: Statement): { readonly [member: string]: unknown } {
  const { validFromMs, validToMs, knownFromMs, knownToMs, ...rest } = statement;
  return {
    ...rest,
    validFrom: instant(validFromMs),
    ...(validToMs === null ? {} : { validTo: instant(validToMs) }),
    knownFrom: instant(knownFromMs),
    ...(knownToMs === null ? {} : { knownTo: instant(knownToMs) }),
  };
}

/** Lists of a policy document that a sealed policy may add to. */
export const sealableLists = ["statements", "allowLists", "speedCaps", "specialZones", "guardBands"] as const;

function policyOf(parts: PolicyParts, views: readonly BoundaryView[] | undefined): PolicyInForce {
  if (parts.document === undefined) return fail("policyMissing", "", "No policy has been put in force yet.");
  return compilePolicy(withSealed(policyDocumentOf(parts), parts.sealed), views, parts.areas);
}

function withSealed(open: { readonly [member: string]: unknown }, sealed: readonly SealedPolicy[]): unknown {
  if (sealed.length === 0) return open;
  const whole: { [member: string]: unknown } = { ...open };
  for (const { content, commitment, id, revealedMs } of sealed) {
    const lists = content as { readonly [member: string]: readonly unknown[] | undefined };
    for (const name of sealableLists) {
      const more = lists[name]?.map((item, i) =>
        revealedMs === null ? unnamed(item, `${name} ${i + 1} of ${id}`, commitment) : item,
      );
      if (more !== undefined)
        whole[name] = [...((whole[name] as readonly unknown[] | undefined) ?? []), ...more];
    }
  }
  return whole;
}

/**
 * A rule that is enforced and not published: explanations and decisions name what commits to it in place of who asserts
 * it and where. Each has a voice of its own, as the rules behind them may have.
 */
function unnamed(item: unknown, which: string, commitment: string): unknown {
  if (typeof item !== "object" || item === null || !("asserter" in item)) return item;
  return { ...item, asserter: `Not published: ${which}`, source: `SHA-256 ${commitment}` };
}

/** The records of one kind after changes, in the order of the book; new ones follow. */
function after<K extends RecordKind>(
  book: Book,
  kind: K,
  changes: readonly Change[],
): readonly RecordKinds[K][] {
  const changed = new Map<string, RecordKinds[K] | null>();
  for (const change of changes) {
    if (change.kind === kind) changed.set(change.id, change.document as RecordKinds[K] | null);
  }
  if (changed.size === 0) return [...book.all(kind)];
  const found: RecordKinds[K][] = [];
  for (const document of book.all(kind)) {
    const next = changed.get(document.id);
    if (next === undefined) found.push(document);
    else if (next !== null) found.push(next);
    changed.delete(document.id);
  }
  for (const next of changed.values()) if (next !== null) found.push(next);
  return found;
}

function areSame(a: PolicyParts, b: PolicyParts): boolean {
  return (
    a.document === b.document &&
    isSameList(a.statements, b.statements) &&
    isSameList(a.sealed, b.sealed) &&
    isSameList(a.areas, b.areas)
  );
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
