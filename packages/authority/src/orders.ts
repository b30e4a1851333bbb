// SPDX-License-Identifier: MIT
import { contentHash, contentId } from "./content-hash.ts";
import { type Decision, decisionOf } from "./decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "./result.ts";
import { applyTerminalEvent, type Terminal, type TerminalChange } from "./terminal.ts";

/** What an order does, one sentence each. */
export const orderKinds = {
  suspend: "One officer interrupts service for at most 72 hours.",
  restore: "An officer ends a suspension before its term.",
  restrict: "Two persons limit a terminal to the account site and emergency services, until it is reviewed.",
  lift: "An officer lifts such a limit.",
  deactivate: "Two persons cut a terminal off, on a confirmed finding or a lawful order.",
  reinstate: "Two persons reverse a deactivation.",
} as const;

export type OrderKind = keyof typeof orderKinds;

/** An officer's order about one terminal. */
export interface Order {
  readonly id: string;
  readonly kind: OrderKind;
  readonly terminalId: string;
  /** Who decided: a person, by name, and by id where the person signed in. */
  readonly officer: string;
  readonly officerId?: string;
  /** Why. */
  readonly ground: string;
  /** What a deactivation rests on. */
  readonly basis?: { readonly kind: "finding" | "lawfulOrder"; readonly id: string };
  /** The bulk order that it is a part of. */
  readonly bulkOrderId?: string;
  readonly atMs: number;
  /** When a suspension ends by itself; `null` for what does not. */
  readonly expiresAtMs: number | null;
  /** When somebody must look again at what does not end by itself. */
  readonly reviewAtMs?: number;
  /** When it stopped having effect; `null` while it has. */
  readonly endedAtMs: number | null;
}

/** What an order leads to: all of it is recorded together or not at all. */
export interface OrderResult {
  readonly order: Order;
  readonly decision: Decision;
  readonly terminal: Terminal;
}

export type OrderErrorCode =
  | "officerInvalid"
  | "groundInvalid"
  | "hoursInvalid"
  | "illegalTerminalTransition"
  | "suspensionTimeUsedUp"
  | "orderNotLive"
  | "termNotOver";
export type OrderError = AuthorityError<OrderErrorCode>;

const hourMs = 3_600_000;
/** Longest suspension that one officer, or one ground, may impose. */
export const longestSuspensionHours = 72;
/** The span over which suspensions are added up: as much freedom as suspension. */
export const suspensionSpanHours = 2 * longestSuspensionHours;

export interface SuspendRequest {
  readonly terminal: Terminal;
  readonly officer: string;
  readonly ground: string;
  /** 1 to 72, whole. */
  readonly hours: number;
  readonly atMs: number;
  /** All earlier orders about this terminal; others are ignored. */
  readonly earlier: readonly Order[];
  /** Who the officer is beside the name: the same person under another name stays the same officer. */
  readonly officerId?: string;
  readonly bulkOrderId?: string;
}

/**
 * Suspends an active terminal, by one officer's word, for a limited time.
 *
 * No second suspension while one is in force. And because renewing would turn hours into months, suspensions by
 * the same officer on any ground, or on the same ground by any officer, add up: at most 72 hours of them in any
 * 144. So after a full term nothing more is possible for three days, and after a short one only the rest.
 * Another officer with another ground is another order; two officers in league are caught by review, not here.
 *
 * @returns `officerInvalid`, `groundInvalid`, `hoursInvalid`, `illegalTerminalTransition` (not active, or already
 *   suspended) or `suspensionTimeUsedUp`
 */
export function suspend(request: SuspendRequest): Result<OrderResult, OrderError> {
  const { terminal, hours, atMs, earlier, officerId, bulkOrderId } = request;
  const officer = request.officer.trim();
  const ground = request.ground.trim();
  const unsigned = checkSignature(officer, ground);
  if (unsigned !== null) return unsigned;
  if (!Number.isInteger(hours) || hours < 1 || hours > longestSuspensionHours) {
    return fail("hoursInvalid", "hours", `A suspension lasts 1 to ${longestSuspensionHours} whole hours.`);
  }
  const untilMs = atMs + hours * hourMs;
  const usedMs = earlier
    .filter(order => order.kind === "suspend" && order.terminalId === terminal.id)
    .filter(
      order =>
        (officerId !== undefined && order.officerId === officerId) ||
        sameWords(order.officer, officer) ||
        sameWords(order.ground, ground),
    )
    .reduce((sum, order) => sum + servedMs(order, untilMs - suspensionSpanHours * hourMs), 0);
  const order = orderOf({
    kind: "suspend",
    terminalId: terminal.id,
    officer,
    ...(officerId === undefined ? {} : { officerId }),
    ground,
    ...(bulkOrderId === undefined ? {} : { bulkOrderId }),
    atMs,
    expiresAtMs: untilMs,
    endedAtMs: null,
  });
  const suspension = { orderId: order.id, officer, ground, fromMs: atMs, untilMs };
  const change = applyTerminalEvent(terminal, { type: "suspend", suspension }, atMs);
  if (!change.ok) return change;
  if (usedMs + hours * hourMs > longestSuspensionHours * hourMs) {
    const usedHours = (usedMs / hourMs).toFixed(1);
    return fail(
      "suspensionTimeUsedUp",
      "hours",
      `This officer or this ground already accounts for ${usedHours} h of suspension in the ` +
        `${suspensionSpanHours} h before the new order would end; at most ${longestSuspensionHours} h are allowed.`,
    );
  }
  const text = `${officer} suspends ${terminal.id} for ${hours} h: ${ground}`;
  return succeed(resultOf(order, terminal, change.value, atMs, [ground], text));
}

export interface RestoreRequest {
  readonly terminal: Terminal;
  /** The suspension that is in force. */
  readonly suspension: Order;
  readonly officer: string;
  readonly ground: string;
  readonly atMs: number;
}

/** A restoration, and the suspension it ended. */
export interface RestoreResult extends OrderResult {
  readonly ended: Order;
}

/**
 * Ends a suspension before its term.
 *
 * @returns `officerInvalid`, `groundInvalid`, `orderNotLive` (not the terminal's suspension) or
 *   `illegalTerminalTransition`
 */
export function restore(request: RestoreRequest): Result<RestoreResult, OrderError> {
  const { terminal, suspension, atMs } = request;
  const officer = request.officer.trim();
  const ground = request.ground.trim();
  const unsigned = checkSignature(officer, ground);
  if (unsigned !== null) return unsigned;
  const change = applyTerminalEvent(terminal, { type: "restore" }, atMs);
  if (!change.ok) return change;
  if (!isLive(suspension, terminal)) return notLive();
  const order = orderOf({
    kind: "restore",
    terminalId: terminal.id,
    officer,
    ground,
    atMs,
    expiresAtMs: null,
    endedAtMs: atMs,
  });
  const text = `${officer} restores ${terminal.id}: ${ground}`;
  const ended = { ...suspension, endedAtMs: endOf(suspension, atMs) };
  return succeed({ ...resultOf(order, terminal, change.value, atMs, [ground], text), ended });
}

/**
 * Records that a suspension has reached its term. Admission has not waited for this: it counts the term itself.
 *
 * @returns the suspension with its end, or `illegalTerminalTransition`, `orderNotLive`, `termNotOver`
 */
export function expire(terminal: Terminal, suspension: Order, atMs: number): Result<OrderResult, OrderError> {
  const change = applyTerminalEvent(terminal, { type: "expireSuspension" }, atMs);
  if (!change.ok) return change;
  if (!isLive(suspension, terminal) || suspension.expiresAtMs === null) return notLive();
  if (atMs < suspension.expiresAtMs) {
    const until = new Date(suspension.expiresAtMs).toISOString();
    return fail("termNotOver", "atMs", `The suspension lasts until ${until}.`);
  }
  const ended = { ...suspension, endedAtMs: suspension.expiresAtMs };
  const text = `The suspension of ${terminal.id} by ${suspension.officer} has reached its term.`;
  return succeed(resultOf(ended, terminal, change.value, atMs, [suspension.ground], text));
}

function checkSignature(
  officer: string,
  ground: string,
): { readonly ok: false; readonly error: AuthorityError<"officerInvalid" | "groundInvalid"> } | null {
  if (officer.length < 2 || officer.length > 80) {
    return fail("officerInvalid", "officer", "An order names its officer in 2 to 80 characters.");
  }
  if (ground.length < 10 || ground.length > 500) {
    return fail("groundInvalid", "ground", "An order names its ground in 10 to 500 characters.");
  }
  return null;
}

function isLive(order: Order, terminal: Terminal): boolean {
  return order.kind === "suspend" && order.endedAtMs === null && order.id === terminal.suspension?.orderId;
}

function notLive(): { readonly ok: false; readonly error: AuthorityError<"orderNotLive"> } {
  return fail(
    "orderNotLive",
    "suspension",
    "That order is not the suspension now in force on this terminal.",
  );
}

/** Milliseconds of a suspension that lie after `sinceMs`; a live one counts to the end of its term. */
function servedMs(order: Order, sinceMs: number): number {
  const endMs = order.endedAtMs ?? order.expiresAtMs ?? order.atMs;
  return Math.max(0, endMs - Math.max(order.atMs, sinceMs));
}

function endOf(suspension: Order, atMs: number): number {
  return suspension.expiresAtMs === null ? atMs : Math.min(atMs, suspension.expiresAtMs);
}

/** Two names or grounds are the same when they differ only in case, punctuation, spacing or form of characters. */
function sameWords(a: string, b: string): boolean {
  return essence(a) === essence(b);
}

function essence(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** An order with its id. */
export function orderOf(content: Omit<Order, "id">): Order {
  return { id: contentId("ord", content), ...content };
}

function resultOf(
  order: Order,
  before: Terminal,
  { terminal, transition }: TerminalChange,
  atMs: number,
  grounds: readonly string[],
  text: string,
): OrderResult {
  const decision = decisionOf({
    atMs,
    subject: terminal.id,
    action: transition.decision,
    outcome: terminal.state,
    reasons: grounds,
    text,
    // Without the address: it can be erased, and a bare hash of a place is undone by trying places.
    inputs: { terminalBefore: contentHash({ ...before, serviceAddress: null }) },
    orderId: order.id,
  });
  return { order, decision, terminal };
}
