// SPDX-License-Identifier: MIT
import type { Change } from "../book.ts";
import { contentHash } from "../content-hash.ts";
import { type Decision, decisionOf } from "../decision.ts";
import { expire, longestSuspensionHours, type Order, orderOf, suspend } from "../orders.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import { applyTerminalEvent, type Deactivation, type Terminal, type TerminalEvent } from "../terminal.ts";
import { type Asked, decided } from "./decided.ts";
import { checkBasis, type DeactivationBasis } from "./findings.ts";
import { type EvidenceClass, noticeOf } from "./notices.ts";
import { checkSeen } from "./protected-terminals.ts";
import { approvedByTwo } from "./two-persons.ts";

const dayMs = 86_400_000;

/** What every order about a terminal says. */
export interface TerminalOrder {
  readonly terminalId: string;
  readonly ground: string;
  readonly evidence: readonly string[];
  readonly evidenceClasses: readonly EvidenceClass[];
  /** Why the holder is not told yet; `null` to tell. */
  readonly exemption: string | null;
  /** Protected sites that the terminal serves and whoever orders this has looked at. */
  readonly protectedSitesSeen: readonly string[];
  readonly bulkOrderId?: string;
}

type OrderRuling = Result<Ruling, AuthorityError<string>>;

/** Interrupts service for a limited time, by one officer's word; the limits of {@link suspend} hold. */
export function suspendTerminal(
  context: CommandContext,
  asked: Asked,
  request: TerminalOrder & { readonly hours: number },
): OrderRuling {
  const { book, actor, atMs } = context;
  const { terminalId, ground, hours, bulkOrderId } = request;
  const found = terminalToRestrict(context, request);
  if (!found.ok) return found;
  const terminal = found.value;
  const earlier = book.about("order", terminalId);
  const officer = { officer: actor.name, officerId: actor.id };
  const part = bulkOrderId === undefined ? {} : { bulkOrderId };
  const made = suspend({ terminal, ...officer, ...part, ground, hours, atMs, earlier });
  if (!made.ok) return made;
  const { order, decision, terminal: after } = made.value;
  const until = new Date(atMs + hours * 3_600_000).toISOString();
  return restriction(context, asked, request, {
    terminal,
    after,
    order,
    decision: { ...decision, expiresAtMs: atMs + hours * 3_600_000 },
    facts: `Service of ${terminal.id} is interrupted until ${until}, when it comes back by itself. Ground: ${ground}`,
    rule: `One officer may interrupt service on a named ground for at most ${longestSuspensionHours} hours.`,
    reviewMs: atMs + hours * 3_600_000,
  });
}

/** Limits a terminal to the account site and emergency services until it is reviewed; two persons approve. */
export function restrictTerminal(
  context: CommandContext,
  asked: Asked,
  request: TerminalOrder & { readonly reviewDays: number },
): OrderRuling {
  const { actor, atMs } = context;
  const { terminalId, ground, reviewDays, bulkOrderId } = request;
  const approved = approvedByTwo(context);
  if (!approved.ok) return approved;
  const found = terminalToRestrict(context, request);
  if (!found.ok) return found;
  const reviewMs = atMs + reviewDays * dayMs;
  const order = orderOf({
    kind: "restrict",
    terminalId,
    officer: actor.name,
    officerId: actor.id,
    ground,
    ...(bulkOrderId === undefined ? {} : { bulkOrderId }),
    atMs,
    expiresAtMs: null,
    reviewAtMs: reviewMs,
    endedAtMs: null,
  });
  const restricted = { orderId: order.id, ground, fromMs: atMs, reviewMs };
  const made = changeOf(found.value, { type: "restrict", restriction: restricted }, order, context, {
    text: `${actor.name} limits ${terminalId} to the account site and emergency services: ${ground}`,
  });
  if (!made.ok) return made;
  return restriction(context, asked, request, {
    ...made.value,
    order,
    facts: `${terminalId} reaches its account's site and emergency services only. Ground: ${ground}`,
    rule: "Two persons may approve such a limit; it is looked at again on the day of its review.",
    reviewMs,
  });
}

/** Cuts a terminal off; needs what {@link checkBasis} asks for, and two persons. */
export function deactivateTerminal(
  context: CommandContext,
  asked: Asked,
  request: TerminalOrder & { readonly basis: DeactivationBasis; readonly reviewDays: number },
): OrderRuling {
  const { book, actor, atMs } = context;
  const { terminalId, ground, basis, reviewDays, bulkOrderId } = request;
  const approved = approvedByTwo(context);
  if (!approved.ok) return approved;
  const carried = checkBasis(book, terminalId, basis, atMs);
  if (!carried.ok) return carried;
  const found = terminalToRestrict(context, request);
  if (!found.ok) return found;
  const terminal = found.value;
  const reviewMs = atMs + reviewDays * dayMs;
  const order = orderOf({
    kind: "deactivate",
    terminalId,
    officer: actor.name,
    officerId: actor.id,
    ground,
    basis,
    ...(bulkOrderId === undefined ? {} : { bulkOrderId }),
    atMs,
    expiresAtMs: null,
    reviewAtMs: reviewMs,
    endedAtMs: null,
  });
  const deactivation: Deactivation = {
    orderId: order.id,
    ground,
    basis,
    returnsTo: stateBefore(terminal),
    fromMs: atMs,
    reviewMs,
  };
  const made = changeOf(terminal, { type: "deactivate", deactivation }, order, context, {
    text: `${actor.name} cuts ${terminalId} off, on ${basis.kind} ${basis.id}: ${ground}`,
    inputs: { basisKind: basis.kind, basis: basis.id },
    evidence: carried.value,
  });
  if (!made.ok) return made;
  const cited: EvidenceClass = basis.kind;
  const ruling = restriction(
    context,
    asked,
    { ...request, evidenceClasses: [...new Set([cited, ...request.evidenceClasses])] },
    {
      ...made.value,
      order,
      facts: `${terminalId} is cut off. Ground: ${ground}`,
      rule:
        basis.kind === "finding"
          ? "A terminal is cut off on a finding that is confirmed and tied to this very terminal, by two persons."
          : "A terminal is cut off on a lawful order that names it, by two persons.",
      reviewMs,
    },
  );
  if (!ruling.ok) return ruling;
  // What stood against the terminal before is closed: no order is left without an end.
  const standing = standingOrder(context, terminal);
  if (standing === undefined) return ruling;
  return succeed({ ...ruling.value, changes: [...ruling.value.changes, endedOrder(standing, atMs)] });
}

const releases = {
  suspended: { event: "restore", kind: "restore", verb: "restores" },
  restricted: { event: "liftRestriction", kind: "lift", verb: "lifts the limit of" },
  deactivated: { event: "reinstate", kind: "reinstate", verb: "reinstates" },
} as const;

/** A state that an order put a terminal in, and a release takes it out of. */
export type HeldState = keyof typeof releases;

/** What a release says. */
export interface Release {
  readonly terminalId: string;
  readonly ground: string;
  readonly bulkOrderId?: string;
}

/** Ends whatever order holds a terminal: restores, lifts or reinstates, as its state asks. */
export function releaseTerminal(
  context: CommandContext,
  asked: Asked,
  { terminalId, ground, bulkOrderId }: Release,
  from: readonly HeldState[] = ["suspended", "restricted", "deactivated"],
): OrderRuling {
  const { book, actor, atMs } = context;
  const terminal = book.get("terminal", terminalId);
  if (terminal === undefined) return unknownTerminal(terminalId);
  const state = from.find(held => held === terminal.state);
  if (state === undefined) {
    return fail(
      "nothingToRelease",
      "terminalId",
      `${terminalId} is ${terminal.state}; this ends what makes it ${from.join(" or ")}.`,
    );
  }
  const standing = standingOrder(context, terminal);
  if (standing === undefined) throw new RangeError(`The order that holds ${terminalId} is not on record.`);
  const { event, kind, verb } = releases[state];
  const order = orderOf({
    kind,
    terminalId,
    officer: actor.name,
    officerId: actor.id,
    ground,
    ...(bulkOrderId === undefined ? {} : { bulkOrderId }),
    atMs,
    expiresAtMs: null,
    endedAtMs: atMs,
  });
  const made = changeOf(terminal, { type: event }, order, context, {
    text: `${actor.name} ${verb} ${terminalId}: ${ground}`,
  });
  if (!made.ok) return made;
  return succeed({
    decisions: [
      decisionOf(decided(context, asked, { ...withoutId(made.value.decision), orderId: order.id })),
    ],
    changes: [
      { kind: "terminal", id: terminalId, document: made.value.after },
      { kind: "order", id: order.id, document: order },
      endedOrder(standing, atMs),
    ],
  });
}

/** Records that a suspension reached its term; admission has not waited for it. */
export function expireTerminal(context: CommandContext, asked: Asked, terminalId: string): OrderRuling {
  const terminal = context.book.get("terminal", terminalId);
  if (terminal === undefined) return unknownTerminal(terminalId);
  const standing = standingOrder(context, terminal);
  if (standing === undefined) {
    return fail("orderNotLive", "terminalId", `No suspension of ${terminalId} is in force.`);
  }
  const made = expire(terminal, standing, context.atMs);
  if (!made.ok) return made;
  const { order, decision, terminal: after } = made.value;
  return succeed({
    decisions: [decisionOf(decided(context, asked, withoutId(decision)))],
    changes: [
      { kind: "terminal", id: terminalId, document: after },
      { kind: "order", id: order.id, document: order },
    ],
  });
}

/** The order that holds a terminal now. */
export function standingOrder({ book }: Pick<CommandContext, "book">, terminal: Terminal): Order | undefined {
  const { suspension, restriction, deactivation } = terminal;
  const orderId = (suspension ?? restriction ?? deactivation)?.orderId;
  return orderId === undefined ? undefined : book.get("order", orderId);
}

/** Party that is told about a terminal: its holder, else whoever answers for its account. */
export function partyToTell({ book }: Pick<CommandContext, "book">, terminal: Terminal): string | null {
  if (terminal.holder !== null || terminal.accountId === null) return terminal.holder;
  return book.get("account", terminal.accountId)?.holder ?? null;
}

/** The state to which a reinstatement leads. */
function stateBefore(terminal: Terminal): Deactivation["returnsTo"] {
  const { state } = terminal;
  return state === "sold" || state === "registered" || state === "verified" ? state : "active";
}

function terminalToRestrict(
  { book }: CommandContext,
  { terminalId, protectedSitesSeen }: TerminalOrder,
): Result<Terminal, AuthorityError<string>> {
  const terminal = book.get("terminal", terminalId);
  if (terminal === undefined) return unknownTerminal(terminalId);
  const seen = checkSeen(book, terminalId, protectedSitesSeen);
  return seen.ok ? succeed(terminal) : seen;
}

function changeOf(
  terminal: Terminal,
  event: TerminalEvent,
  order: Order,
  { atMs }: CommandContext,
  content: Pick<Decision, "text"> & Partial<Pick<Decision, "inputs" | "evidence">>,
): Result<{ terminal: Terminal; after: Terminal; decision: Decision }, AuthorityError<string>> {
  const change = applyTerminalEvent(terminal, event, atMs);
  if (!change.ok) return change;
  const decision = decisionOf({
    ...content,
    atMs,
    subject: terminal.id,
    action: change.value.transition.decision,
    outcome: change.value.terminal.state,
    reasons: [order.ground],
    // Without the address: it can be erased, and a bare hash of a place is undone by trying places.
    inputs: { terminalBefore: contentHash({ ...terminal, serviceAddress: null }), ...content.inputs },
    orderId: order.id,
  });
  return succeed({ terminal, after: change.value.terminal, decision });
}

/** The ruling of an order that lessens what a terminal reaches: never without its notice. */
function restriction(
  context: CommandContext,
  asked: Asked,
  { evidence, evidenceClasses, exemption }: TerminalOrder,
  made: {
    readonly terminal: Terminal;
    readonly after: Terminal;
    readonly order: Order;
    readonly decision: Decision;
    readonly facts: string;
    readonly rule: string;
    readonly reviewMs: number;
  },
): OrderRuling {
  const { terminal, after, order, facts, rule, reviewMs } = made;
  const cited = [...new Set([...(made.decision.evidence ?? []), ...evidence])];
  const content = { ...withoutId(made.decision), ...(cited.length === 0 ? {} : { evidence: cited }) };
  const { decision, change } = noticeOf(decided(context, asked, content), {
    subject: terminal.id,
    party: partyToTell(context, terminal),
    cause: { kind: "order", id: order.id },
    facts,
    rule,
    evidence: evidenceClasses,
    automated: false,
    reviewMs,
    exemption,
  });
  return succeed({
    decisions: [decision],
    changes: [
      { kind: "terminal", id: terminal.id, document: after },
      { kind: "order", id: order.id, document: order },
      change,
    ],
  });
}

function endedOrder(order: Order, atMs: number): Change {
  const endedAtMs = order.expiresAtMs === null ? atMs : Math.min(atMs, order.expiresAtMs);
  return { kind: "order", id: order.id, document: { ...order, endedAtMs } };
}

function withoutId({ id: _id, ...content }: Decision): Omit<Decision, "id"> {
  return content;
}

function unknownTerminal(terminalId: string): { readonly ok: false; readonly error: AuthorityError<string> } {
  return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
}
