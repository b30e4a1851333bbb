// SPDX-License-Identifier: MIT

/** Where a request about an area or about terminals stands, one sentence each. */
export const requestStates = {
  received: "It has arrived; nobody knows yet whether its sender is who it says.",
  authenticated: "Its sender is who it says.",
  reviewed: "Jurisdiction, scope, necessity and impact have been looked at.",
  granted: "It will be carried out as asked.",
  partial: "It will be carried out in part.",
  refused: "It will not be carried out. The area's state stays as it was.",
  needsDirective: "It cannot be carried out without an order of a named authority, and would be with one.",
  executed: "It has been carried out.",
  verified: "Somebody other than who carried it out has seen the effect.",
  expired: "Its term is over.",
  withdrawn: "Its sender took it back.",
} as const;

export type RequestState = keyof typeof requestStates;

/** One reason of a decision about a request. Reasons given later stand beside earlier ones; none is replaced. */
export interface RequestReason {
  readonly atMs: number;
  readonly by: string;
  readonly text: string;
  /** An order that would change the answer, where the reason is the lack of one. */
  readonly directiveOf: string | null;
}

/** What a request asks for. */
export type RequestScope =
  | {
      readonly kind: "area";
      readonly areas: readonly string[];
      readonly wants: "activate" | "restrict" | "suspend" | "deactivate";
    }
  | {
      readonly kind: "terminals";
      readonly terminalIds: readonly string[];
      readonly wants: "suspend" | "deactivate" | "restore";
    }
  | { readonly kind: "data"; readonly subjects: readonly string[]; readonly wants: string };

/** A government's, regulator's or other body's request, or a lawful order, from its arrival to its end. */
export interface AreaRequest {
  readonly id: string;
  /** Body that asks, as it names itself; `null` where whoever passed the request on does not say. */
  readonly requester: string | null;
  /** A request can be refused on its merits; an order binds if it is lawful. */
  readonly kind: "request" | "lawfulOrder";
  readonly scope: RequestScope;
  /** Whose law it rests on, and the act or article. */
  readonly jurisdiction: string;
  readonly legalBasis: string | null;
  readonly emergency: boolean;
  readonly receivedMs: number;
  readonly state: RequestState;
  readonly stateSinceMs: number;
  /** How the sender was authenticated and by whom. */
  readonly authentication: { readonly method: string; readonly by: string; readonly atMs: number } | null;
  /** Whom it would touch and what that would do to them. */
  readonly impactNote: string | null;
  readonly reasons: readonly RequestReason[];
  /** Areas or terminals of the scope that are granted; all of them, some, or none. */
  readonly granted: readonly string[];
  /** When what was granted ends; `null` before that is decided. */
  readonly expiresMs: number | null;
  /** The published record shows that it exists and its hash only. */
  readonly sealed: boolean;
  readonly verifiedBy: string | null;
  /** Persons who decided about it, approved that, or carried it out: none of them verifies it. */
  readonly handledBy?: readonly string[];
  /** The lawful order on which a decision rests that needed one. */
  readonly directiveId?: string;
  /** What was carried out and what was not. */
  readonly execution?: RequestExecution;
}

/** How a granted request was carried out. */
export interface RequestExecution {
  readonly atMs: number;
  /** Areas, terminals or subjects on which it was carried out, and those on which it was not, with the reason. */
  readonly done: readonly string[];
  readonly notDone: readonly { readonly id: string; readonly why: string }[];
}
