// SPDX-License-Identifier: MIT
import { canonicalise } from "@perigee/ledger";
import type { Book, Change } from "../book.ts";
import { compilePolicy } from "../compile-policy.ts";
import { contentHash } from "../content-hash.ts";
import type { Policy } from "../policy.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { Statement } from "../territory.ts";
import { movesOf, operatorSays } from "./area-ledger.ts";
import type { AreaRules } from "./area-rules.ts";
import { partsOf, policyAfter, policyInForce } from "./policy-in-force.ts";
import { strike, supersede } from "./statement-versions.ts";

/** What putting a policy document in force would do. */
export interface PolicyPlan {
  /** Of the document; what is applied must have the same. */
  readonly documentHash: string;
  /** Of the policy that it was compared with; `null` before there was any. */
  readonly againstVersion: string | null;
  readonly before: Policy | null;
  readonly after: Policy;
  readonly changes: readonly Change[];
  /** Statements of the document that change nothing, because the ledger of their area speaks instead. */
  readonly setAside: readonly { readonly statementId: string; readonly area: string; readonly why: string }[];
}

export type PlanError = AuthorityError<"policyInvalid" | "activationByMove" | "historyRewritten">;

/**
 * Compares a document with what is on record. Rules are replaced; statements are told apart by id: a new one is added,
 * one that differs is corrected, one that is missing is struck, and what they said until now stays on record. The first
 * policy of all brings its statements with the times at which its author knew them; later ones are known from now on.
 *
 * What the operator says on the activation axis belongs to the ledgers of areas: a document may open such a ledger, and
 * not change one.
 */
export function planPolicy(
  book: Book,
  document: unknown,
  atMs: number,
  rules: AreaRules,
): Result<PolicyPlan, PlanError> {
  const text = canonicalise(document);
  if (!text.ok) return fail("policyInvalid", text.error.place, text.error.message);
  const { areas } = partsOf(book);
  const compiled = compilePolicy(document, rules.views, areas);
  if (!compiled.ok) return compiled;
  const current = book.get("policy", "policy");
  const inForce = policyInForce(book, rules.views);
  const before = inForce.ok ? inForce.value : null;
  const changes: Change[] = [];
  const setAside: PolicyPlan["setAside"][number][] = [];
  const kept = new Set<string>();
  for (const statement of compiled.value.statements) {
    const { id, territory } = statement;
    kept.add(id);
    const known = book.get("statement", id);
    if (known !== undefined && isSame(known, statement)) continue;
    const operators = isOperators(statement, rules) || (known !== undefined && isOperators(known, rules));
    if (operators && movesOf(book, territory).length > 0) {
      setAside.push({
        statementId: id,
        area: territory,
        why: `The ledger of ${territory} says what is switched on.`,
      });
      continue;
    }
    if (operators && (known !== undefined || operatorSays(book, territory, rules.operator).length > 0)) {
      return activationByMove(id, territory);
    }
    const change = changesFor(statement, known, current === undefined, atMs);
    if (!change.ok) return change;
    changes.push(...change.value);
  }
  for (const statement of book.all("statement")) {
    if (statement.knownToMs !== null || kept.has(statement.id)) continue;
    if (!isOperators(statement, rules)) changes.push(...strike(statement, atMs));
    else if (movesOf(book, statement.territory).length === 0) {
      return activationByMove(statement.id, statement.territory);
    }
  }
  const rest = { ...(document as object), statements: [] };
  if (current === undefined || contentHash(current.document) !== contentHash(rest)) {
    changes.push({ kind: "policy", id: "policy", document: { id: "policy", document: rest } });
  }
  const after = policyAfter(book, changes, rules.views);
  if (!after.ok) return { ok: false, error: { ...after.error, code: "policyInvalid" } };
  return succeed({
    documentHash: contentHash(document),
    againstVersion: before?.version ?? null,
    before,
    after: after.value,
    changes,
    setAside,
  });
}

function changesFor(
  statement: Statement,
  known: Statement | undefined,
  isFirst: boolean,
  atMs: number,
): Result<readonly Change[], PlanError> {
  const { id, knownFromMs, knownToMs } = statement;
  if (isFirst) return succeed([{ kind: "statement", id, document: statement }]);
  if (knownToMs !== null) {
    if (known !== undefined && known.knownToMs === null) return succeed(strike(known, atMs));
    const message = `What nobody stands by any more cannot be added to the record now: leave "${id}" out.`;
    return fail("historyRewritten", "statements", message);
  }
  if (known !== undefined) return succeed(supersede(known, statement, atMs));
  const document = { ...statement, knownFromMs: Math.max(knownFromMs, atMs) };
  return succeed([{ kind: "statement", id, document }]);
}

/** Whether a document says what is on record; when that came to be known is for the record to say. */
function isSame(known: Statement, statement: Statement): boolean {
  return (
    (known.knownToMs === null) === (statement.knownToMs === null) &&
    known.territory === statement.territory &&
    known.axis === statement.axis &&
    known.value === statement.value &&
    known.asserter === statement.asserter &&
    known.source === statement.source &&
    known.validFromMs === statement.validFromMs &&
    known.validToMs === statement.validToMs
  );
}

function isOperators({ axis, asserter }: Statement, { operator }: AreaRules): boolean {
  return axis === "activation" && asserter === operator;
}

function activationByMove(
  id: string,
  area: string,
): { readonly ok: false; readonly error: AuthorityError<"activationByMove"> } {
  const message = `"${id}" is what the ledger of ${area} opened with; move the area instead of editing or removing it.`;
  return fail("activationByMove", "statements", message);
}
