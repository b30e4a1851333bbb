// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { decided } from "../decisions/decided.ts";
import { dateOf } from "../decisions/notices.ts";
import { ground, id, instantMs, words } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { type Axis, axes, type Statement } from "../territory.ts";
import { type AreaRules, checkPolicyAfter, radiusOfRuling } from "./area-rules.ts";
import { supersede } from "./statement-versions.ts";

const axisNames = Object.keys(axes) as [Axis, ...Axis[]];

const claim = {
  value: words(1, 40),
  source: words(2, 500),
  validFromMs: instantMs,
  validToMs: instantMs.nullable().default(null),
};
const assertRequest = z.strictObject({
  territory: id,
  axis: z.enum(axisNames),
  asserter: words(2, 200),
  ...claim,
  reason: ground,
});
const correctRequest = z.strictObject({ statementId: id, ...claim, reason: ground });
const closeRequest = z.strictObject({
  statementId: id,
  validToMs: instantMs,
  source: words(2, 500),
  reason: ground,
});

type Failable<T> = Result<T, AuthorityError<string>>;

/** One of the three things that can be done to what is said about an area. */
interface StatementAct<Request extends { readonly reason: string }> {
  readonly name: string;
  readonly summary: string;
  readonly verb: string;
  /** The statement as it is on record, `null` for a new one. */
  before(request: Request, context: CommandContext): Failable<Statement | null>;
  /** The statement as it is to be. */
  next(request: Request, before: Statement | null, context: CommandContext): Failable<Statement>;
}

/**
 * Entering what somebody says about an area. Nothing is overwritten: what was on record stays, as known until now. On
 * the axes that decide admission it takes two more persons, as a policy does.
 */
export function statementCommands(rules: AreaRules): readonly CommandEntry[] {
  return [
    entry<z.infer<typeof assertRequest>>(assertRequest, rules, {
      name: "statement.assert",
      summary: "Enters what somebody says about an area on one axis.",
      verb: "says",
      before: () => succeed(null),
      next: ({ reason: _, ...said }, __, { atMs }) => {
        const content = { ...said, knownFromMs: atMs, knownToMs: null };
        return succeed({ id: contentId("sta", content), ...content } as Statement);
      },
    }),
    entry<z.infer<typeof closeRequest>>(closeRequest, rules, {
      name: "statement.close",
      summary: "Says until when a statement was true.",
      verb: "no longer says",
      before: standing,
      next: ({ validToMs, source }, before) => {
        const end = before!.validToMs;
        if (end !== null && validToMs > end) {
          return fail("intervalInvalid", "validToMs", `It has ended already, on ${dateOf(end)}.`);
        }
        return succeed({ ...before!, validToMs, source });
      },
    }),
    entry<z.infer<typeof correctRequest>>(correctRequest, rules, {
      name: "statement.correct",
      summary: "Puts right what a statement says; what it said before stays on record.",
      verb: "says, corrected,",
      before: standing,
      next: ({ reason: _, statementId: __, ...said }, before) =>
        succeed({ ...before!, ...said } as Statement),
    }),
  ];
}

function entry<Request extends { readonly reason: string }>(
  schema: z.ZodType<Request>,
  rules: AreaRules,
  act: StatementAct<Request>,
): CommandEntry {
  const { name, summary } = act;

  function rule(request: Request, context: CommandContext): Failable<Ruling> {
    const before = act.before(request, context);
    if (!before.ok) return before;
    const next = act.next(request, before.value, context);
    if (!next.ok) return next;
    const allowed = checkStatement(context, rules, next.value);
    if (!allowed.ok) return allowed;
    const { id, territory, axis, value, asserter, source, validFromMs, validToMs } = next.value;
    const changes: readonly Change[] =
      before.value === null
        ? [{ kind: "statement", id, document: next.value }]
        : supersede(before.value, next.value, context.atMs);
    const until = validToMs === null ? "on" : `until ${dateOf(validToMs)}`;
    const decision = decided(
      context,
      { name, request },
      {
        subject: territory,
        action: name,
        outcome: value,
        reasons: [request.reason],
        text: `${asserter} ${act.verb} about ${territory}, ${axis}: ${value}, from ${dateOf(validFromMs)} ${until} (${source}). ${request.reason}`,
        inputs: { statement: id, axis },
      },
    );
    return succeed({ decisions: [decisionOf(decision)], changes });
  }

  function decides(request: Request, context: CommandContext): boolean {
    const before = act.before(request, context);
    const next = before.ok ? act.next(request, before.value, context) : before;
    return next.ok && axes[next.value.axis].silence !== "decidesNothing";
  }

  return entryOf(
    commandOf<Request>({
      name,
      summary,
      permission: "areas.change",
      approvalsNeeded: (request, context) => (decides(request, context) ? 2 : 0),
      blastRadius: (request, context) =>
        decides(request, context) ? radiusOfRuling(context, rule(request, context), rules) : null,
      decide(request, context) {
        if (decides(request, context)) {
          const approved = approvedByTwo(context);
          if (!approved.ok) return approved;
        }
        const ruling = rule(request, context);
        if (!ruling.ok) return ruling;
        const possible = checkPolicyAfter(context, ruling.value.changes, rules);
        return possible.ok ? ruling : possible;
      },
    }),
    schema,
  );
}

/** A statement that somebody stands by; a version or a struck one is history. */
function standing(
  { statementId }: { readonly statementId: string },
  { book }: CommandContext,
): Failable<Statement> {
  const statement = book.get("statement", statementId);
  if (statement === undefined) {
    return fail("statementUnknown", "statementId", `There is no statement ${statementId}.`);
  }
  if (statement.knownToMs !== null) {
    return fail("statementOver", "statementId", "Nobody stands by that statement any more; it is history.");
  }
  return succeed(statement);
}

function checkStatement({ book }: CommandContext, rules: AreaRules, next: Statement): Failable<null> {
  const { id, territory, axis, value, asserter, validFromMs, validToMs } = next;
  if (!Object.hasOwn(axes[axis].values, value)) {
    const values = Object.keys(axes[axis].values).join(", ");
    return fail("valueInvalid", "value", `On the axis ${axis} one says: ${values}.`);
  }
  if (validToMs !== null && validToMs <= validFromMs) {
    return fail("intervalInvalid", "validToMs", "A statement ends after it begins.");
  }
  if (axis === "activation" && asserter === rules.operator) {
    return fail(
      "activationByMove",
      "axis",
      `What ${rules.operator} has switched on follows from the moves of the area; move it instead.`,
    );
  }
  const other = book
    .about("statement", territory)
    .find(
      one =>
        one.id !== id &&
        one.axis === axis &&
        one.asserter === asserter &&
        one.value !== value &&
        one.knownToMs === null &&
        (one.validToMs === null || one.validToMs > validFromMs) &&
        (validToMs === null || validToMs > one.validFromMs),
    );
  if (other === undefined) return succeed(null);
  return fail(
    "contradictsItself",
    "value",
    `${asserter} says ${other.value} (${other.id}) of the same time; close or correct that first.`,
  );
}
