// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { type StateTable, stepOf } from "../decisions/state-table.ts";
import type { AuthorityError, Result } from "../result.ts";
import type { AreaRequest, RequestState } from "./area-request.ts";

/** What can happen to a request. */
export type RequestEvent =
  | "authenticate"
  | "disown"
  | "review"
  | "grant"
  | "grantInPart"
  | "refuse"
  | "askForDirective"
  | "execute"
  | "verify"
  | "renew"
  | "expire"
  | "withdraw";

const withdraw = {
  to: "withdrawn",
  decision: "withdraw request",
  sentence: "Its sender takes it back before anything is carried out.",
} as const;
const grant = {
  to: "granted",
  decision: "grant request",
  sentence: "It will be carried out as asked.",
} as const;
const grantInPart = {
  to: "partial",
  decision: "grant request in part",
  sentence: "It will be carried out in part.",
} as const;
const refuse = {
  to: "refused",
  decision: "refuse request",
  sentence: "It will not be carried out. What is, stays as it is.",
} as const;
const execute = { to: "executed", decision: "execute request", sentence: "It is carried out." } as const;
const expire = { to: "expired", decision: "end request", sentence: "Its term is over." } as const;

/**
 * State × event of a request or lawful order. Refused, withdrawn and expired are ends: whoever wants something else asks
 * anew, and the old request stays on record as it was.
 */
export const requestTransitions: StateTable<RequestState, RequestEvent> = {
  received: {
    authenticate: {
      to: "authenticated",
      decision: "authenticate request",
      sentence: "Its sender is who it says.",
    },
    disown: {
      to: "refused",
      decision: "disown request",
      sentence: "Its sender is not who it says. What is, stays as it is.",
    },
    withdraw,
  },
  authenticated: {
    review: {
      to: "reviewed",
      decision: "review request",
      sentence: "Jurisdiction, scope, necessity and impact have been looked at.",
    },
    withdraw,
  },
  reviewed: {
    grant,
    grantInPart,
    refuse,
    askForDirective: {
      to: "needsDirective",
      decision: "ask for directive",
      sentence: "It would be carried out with an order of a named authority, and is not without.",
    },
    withdraw,
  },
  needsDirective: { grant, grantInPart, refuse, withdraw },
  granted: { execute, withdraw, expire },
  partial: { execute, withdraw, expire },
  refused: {},
  executed: {
    verify: {
      to: "verified",
      decision: "verify request",
      sentence: "Somebody other than who carried it out has seen the effect.",
    },
    renew: { to: "executed", decision: "renew request", sentence: "It holds for another term." },
    expire,
  },
  verified: {
    renew: { to: "verified", decision: "renew request", sentence: "It holds for another term." },
    expire,
  },
  expired: {},
  withdrawn: {},
};

/** Where an event leads a request; `illegalTransition` when the table has no such row. */
export function requestStep(
  request: AreaRequest,
  event: RequestEvent,
): Result<
  { readonly to: RequestState; readonly decision: string; readonly sentence: string },
  AuthorityError<"illegalTransition">
> {
  return stepOf(requestTransitions, request.state, event, `Request ${request.id}`);
}

const minuteMs = 60_000;
/** An emergency is acknowledged within a quarter of an hour and decided within four hours. */
export const emergencyAckMs = 15 * minuteMs;
export const emergencyDecisionMs = 240 * minuteMs;

/** By when somebody must have answered an emergency request, and must have decided it; UTC ms. */
export interface RequestDue {
  readonly acknowledgeMs: number;
  readonly decideMs: number;
}

/** When an emergency request is due; `null` for one that can wait. */
export function dueOf({ emergency, receivedMs }: AreaRequest): RequestDue | null {
  if (!emergency) return null;
  return { acknowledgeMs: receivedMs + emergencyAckMs, decideMs: receivedMs + emergencyDecisionMs };
}

/** What an emergency request waits for. */
export interface WaitingRequest {
  readonly requestId: string;
  readonly for: "acknowledgement" | "decision";
  readonly dueMs: number;
  readonly overdue: boolean;
}

/** Emergency requests that wait for an answer, the most pressing first. Acknowledged is what somebody authenticated. */
export function waitingRequests(book: Book, atMs: number): readonly WaitingRequest[] {
  const waiting: WaitingRequest[] = [];
  for (const request of book.all("areaRequest")) {
    const due = dueOf(request);
    if (due === null || !undecided.has(request.state)) continue;
    const step = request.state === "received" ? "acknowledgement" : "decision";
    const dueMs = step === "acknowledgement" ? due.acknowledgeMs : due.decideMs;
    waiting.push({ requestId: request.id, for: step, dueMs, overdue: dueMs < atMs });
  }
  return waiting.sort((a, b) => a.dueMs - b.dueMs || (a.requestId < b.requestId ? -1 : 1));
}

const undecided: ReadonlySet<RequestState> = new Set(["received", "authenticated", "reviewed"]);

/** Requests whose term is over, the oldest first: the system itself asks for their end. */
export function dueRequests(
  book: Book,
  atMs: number,
): readonly { readonly name: string; readonly request: unknown; readonly dueMs: number }[] {
  return [...book.all("areaRequest")]
    .filter(({ expiresMs, state }) => {
      return expiresMs !== null && expiresMs <= atMs && requestTransitions[state].expire !== undefined;
    })
    .map(({ id, expiresMs }) => ({
      name: "areaRequest.expire",
      request: { requestId: id },
      dueMs: expiresMs!,
    }))
    .sort((a, b) => a.dueMs - b.dueMs || (a.request.requestId < b.request.requestId ? -1 : 1));
}
