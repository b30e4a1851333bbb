// SPDX-License-Identifier: MIT
import type { AreaEvent } from "../area-state.ts";
import type { Book } from "../book.ts";
import { decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { decidersOf } from "../decisions/notices.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import type { AreaState } from "../territory.ts";
import { areaStateOf, movesOf } from "./area-ledger.ts";
import type { AreaMove } from "./area-move.ts";
import { moveAreas } from "./area-moves.ts";
import type { AreaRequest, RequestReason } from "./area-request.ts";
import { type RequestEvent, requestStep } from "./area-requests.ts";
import type { AreaRules } from "./area-rules.ts";

export type RequestRuling = Result<Ruling, AuthorityError<string>>;

/** What was decided about a request. */
export interface Verdict {
  readonly verdict: "grant" | "partial" | "refuse" | "needsDirective";
  readonly reasons: readonly RequestReason[];
  /** Of the scope, where it is granted in part. */
  readonly granted: readonly string[];
  readonly expiresMs: number | null;
  /** The lawful order that a request had to wait for. */
  readonly directive: string | null;
}

const eventOf = {
  grant: "grant",
  partial: "grantInPart",
  refuse: "refuse",
  needsDirective: "askForDirective",
} as const satisfies { readonly [V in Verdict["verdict"]]: RequestEvent };

/** What a request is about. */
export function subjectsOf({ scope }: Pick<AreaRequest, "scope">): readonly string[] {
  switch (scope.kind) {
    case "area":
      return scope.areas;
    case "terminals":
      return scope.terminalIds;
    case "data":
      return scope.subjects;
  }
}

/**
 * Decides about a request. A grant about areas is carried out by the same ruling: the request is granted and executed.
 * A refusal moves no area; each area's ledger gets an entry that says so.
 */
export function decideRequest(
  context: CommandContext,
  asked: Asked,
  rules: AreaRules,
  request: AreaRequest,
  verdict: Verdict,
): RequestRuling {
  const { atMs, actor } = context;
  const step = requestStep(request, eventOf[verdict.verdict]);
  if (!step.ok) return step;
  const possible = checkVerdict(context, request, verdict);
  if (!possible.ok) return possible;
  const granted = verdict.verdict === "grant" ? subjectsOf(request) : verdict.granted;
  const { scope } = request;
  const moved =
    scope.kind === "area"
      ? moveAreas(context, asked, rules, stepsOf(context.book, rules, request, verdict, granted, atMs), {
          requestId: request.id,
          asserter: rules.operator,
          source: `request ${request.id}`,
          reason: verdict.reasons[0]!.text,
        })
      : succeed({ decisions: [], changes: [] });
  if (!moved.ok) return moved;
  const said = decided(context, asked, {
    subject: request.id,
    action: step.value.decision,
    outcome: step.value.to,
    reasons: verdict.reasons.map(({ text }) => text),
    text: `${actor.name} on ${nameOf(request)}: ${step.value.sentence} ${verdict.reasons.map(reasonText).join(" ")}`,
    inputs: { scope: scope.kind, granted: `${granted.length} of ${subjectsOf(request).length}` },
    evidence: verdict.directive === null ? [] : [verdict.directive],
    ...(verdict.expiresMs === null ? {} : { expiresAtMs: verdict.expiresMs }),
  });
  const after: AreaRequest = {
    ...request,
    state: step.value.to,
    stateSinceMs: atMs,
    reasons: [...request.reasons, ...verdict.reasons],
    granted,
    expiresMs: granted.length === 0 ? null : verdict.expiresMs,
    handledBy: handlers(request, decidersOf(said)),
    ...(verdict.directive === null ? {} : { directiveId: verdict.directive }),
  };
  if (scope.kind !== "area" || granted.length === 0) {
    return succeed({
      decisions: [decisionOf(said), ...moved.value.decisions],
      changes: [changed(after), ...moved.value.changes],
    });
  }
  const executed = executeRequest(context, asked, after, {
    done: granted,
    notDone: leftOut(request, granted),
  });
  if (!executed.ok) return executed;
  return succeed({
    decisions: [decisionOf(said), ...moved.value.decisions, ...executed.value.decisions],
    changes: [...moved.value.changes, ...executed.value.changes],
  });
}

/** Records what was carried out of what was granted. */
export function executeRequest(
  context: CommandContext,
  asked: Asked,
  request: AreaRequest,
  { done, notDone }: Pick<NonNullable<AreaRequest["execution"]>, "done" | "notDone">,
): RequestRuling {
  const step = requestStep(request, "execute");
  if (!step.ok) return step;
  const { actor, atMs } = context;
  const said = decided(context, asked, {
    subject: request.id,
    action: step.value.decision,
    outcome: step.value.to,
    reasons: [`carried out on ${done.length}, not on ${notDone.length}`],
    text: `${actor.name} on ${nameOf(request)}: ${step.value.sentence} On ${done.length}, not on ${notDone.length}.`,
    inputs: { done: String(done.length), notDone: String(notDone.length) },
    ...(request.expiresMs === null ? {} : { expiresAtMs: request.expiresMs }),
  });
  const after: AreaRequest = {
    ...request,
    state: step.value.to,
    stateSinceMs: atMs,
    execution: { atMs, done, notDone },
    handledBy: handlers(request, decidersOf(said)),
  };
  return succeed({ decisions: [decisionOf(said)], changes: [changed(after)] });
}

/**
 * Ends a request whose term is over, and with it what it did to areas: what was interrupted is given back, what was
 * switched on is interrupted. An area that was moved again since is left as it is.
 */
export function expireRequest(
  context: CommandContext,
  asked: Asked,
  rules: AreaRules,
  request: AreaRequest,
): RequestRuling {
  const step = requestStep(request, "expire");
  if (!step.ok) return step;
  const { book, atMs } = context;
  const { expiresMs } = request;
  if (expiresMs === null || expiresMs > atMs) {
    return fail("termNotOver", "requestId", `Request ${request.id} has a term that is not over, or none.`);
  }
  const steps = request.granted.flatMap(area => {
    const last = movesOf(book, area).at(-1);
    if (last === undefined || last.requestId !== request.id) return [];
    const event = reversalOf(last);
    return event === null ? [] : [{ area, event }];
  });
  const moved = moveAreas(context, asked, rules, steps, {
    requestId: request.id,
    asserter: rules.operator,
    source: `request ${request.id}`,
    reason: "The term of the request is over.",
  });
  if (!moved.ok) return moved;
  const said = decided(context, asked, {
    subject: request.id,
    action: step.value.decision,
    outcome: step.value.to,
    reasons: ["The term of the request is over."],
    text: `${nameOf(request)}: ${step.value.sentence} ${steps.length} areas go back to what they were.`,
  });
  const after = { ...request, state: step.value.to, stateSinceMs: atMs };
  return succeed({
    decisions: [decisionOf(said), ...moved.value.decisions],
    changes: [changed(after), ...moved.value.changes],
  });
}

/** What undoes a move when its term is over; a withdrawal has none. */
export function reversalOf({ event, from }: Pick<AreaMove, "event" | "from">): AreaEvent | null {
  if (event === "activate") return "suspend";
  if (event === "restrict") return from === "active" ? "unrestrict" : "suspend";
  if (event === "suspend") return from === "restricted" ? "restrict" : "activate";
  return null;
}

export function changed(request: AreaRequest) {
  return { kind: "areaRequest", id: request.id, document: request } as const;
}

export function nameOf({ id, kind, requester }: AreaRequest): string {
  return `${kind === "request" ? "request" : "lawful order"} ${id} of ${requester ?? "a body that is not named"}`;
}

export function reasonText({ by, text, directiveOf }: RequestReason): string {
  return `${by}: ${text}${directiveOf === null ? "" : ` (an order of ${directiveOf} would change that)`}`;
}

function handlers(request: AreaRequest, more: readonly string[]): readonly string[] {
  return [...new Set([...(request.handledBy ?? []), ...more])];
}

function leftOut(request: AreaRequest, granted: readonly string[]): readonly { id: string; why: string }[] {
  return subjectsOf(request)
    .filter(id => !granted.includes(id))
    .map(id => ({ id, why: "not granted" }));
}

/** The moves that a verdict about areas leads to. */
function stepsOf(
  book: Book,
  rules: AreaRules,
  { scope }: AreaRequest,
  { verdict }: Verdict,
  granted: readonly string[],
  atMs: number,
): readonly { readonly area: string; readonly event: AreaEvent }[] {
  if (scope.kind !== "area" || verdict === "needsDirective") return [];
  return scope.areas.flatMap(area =>
    granted.includes(area)
      ? eventsFor(areaStateOf(book, area, rules.operator, atMs), scope.wants).map(event => ({ area, event }))
      : [{ area, event: "refuseRequest" as const }],
  );
}

/** The events that carry out a wish: first service is approved before it begins. */
export function eventsFor(
  state: AreaState,
  wants: "activate" | "restrict" | "suspend" | "deactivate",
): readonly AreaEvent[] {
  const begins = wants === "activate" || wants === "restrict";
  return begins && state === "neverActive" ? ["approve", wants] : [wants];
}

function checkVerdict(
  { book, atMs }: CommandContext,
  request: AreaRequest,
  { verdict, reasons, granted, expiresMs, directive }: Verdict,
): Result<null, AuthorityError<string>> {
  if (request.impactNote === null) {
    return fail("impactMissing", "requestId", "Nobody has noted yet whom it would touch and how.");
  }
  const subjects = subjectsOf(request);
  const strange = granted.findIndex(id => !subjects.includes(id));
  if (strange >= 0) return fail("notInScope", `granted[${strange}]`, "The request is not about that.");
  if (
    verdict === "partial" ? granted.length === 0 || granted.length >= subjects.length : granted.length > 0
  ) {
    return fail(
      "grantedInvalid",
      "granted",
      "Name what is granted exactly where it is a part, neither all nor nothing.",
    );
  }
  if (verdict === "needsDirective" && reasons.every(({ directiveOf }) => directiveOf === null)) {
    return fail("directiveUnnamed", "reasons", "Name the authority whose order would change the answer.");
  }
  if (expiresMs !== null && expiresMs <= atMs)
    return fail("termInvalid", "expiresMs", "That term is over already.");
  if (expiresMs !== null && request.scope.wants === "deactivate") {
    return fail(
      "termInvalid",
      "expiresMs",
      "What is switched off for a term is suspended; a withdrawal has no end.",
    );
  }
  const grants = verdict === "grant" || verdict === "partial";
  return grants && request.state === "needsDirective"
    ? checkDirective(book, request, directive)
    : succeed(null);
}

/** The directive is a lawful order on record, of an authority that one of the reasons names, known to come from it. */
function checkDirective(
  book: Book,
  request: AreaRequest,
  directive: string | null,
): Result<null, AuthorityError<string>> {
  const authorities = request.reasons.flatMap(({ directiveOf }) => directiveOf ?? []);
  const order = directive === null ? undefined : book.get("areaRequest", directive);
  if (order === undefined || order.kind !== "lawfulOrder" || !authorities.includes(order.requester ?? "")) {
    return fail(
      "directiveMissing",
      "directive",
      `It waits for a lawful order of ${authorities.join(" or ")}.`,
    );
  }
  if (order.authentication === null || order.state === "refused" || order.state === "withdrawn") {
    return fail(
      "directiveMissing",
      "directive",
      `The order ${order.id} is ${order.state}; it does not bind.`,
    );
  }
  return succeed(null);
}
