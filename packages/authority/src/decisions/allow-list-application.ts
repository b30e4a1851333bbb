// SPDX-License-Identifier: MIT
import type { HolderClass } from "../policy.ts";

/** A sign that the person who applies may stand for somebody else. It asks for a look, and decides nothing. */
export interface StrawSignal {
  readonly rule: string;
  readonly text: string;
  /** Whom the sign also fits without any fault of theirs. */
  readonly innocentReading: string;
}

/** An application for a place on an area's allow-list, and what became of it. */
export interface AllowListApplication {
  readonly id: string;
  readonly territory: string;
  readonly terminalId: string;
  readonly holder: string;
  readonly class: HolderClass;
  /** The forces' lane has no caps and its own approvers; nobody else uses it. */
  readonly lane: "civilian" | "forces";
  /** Whether the device itself was shown to a clerk. */
  readonly deviceShown: boolean;
  readonly payer: string | null;
  readonly atMs: number;
  /** Id of the person who took it in: somebody else decides where it is in review. */
  readonly receivedBy: string;
  readonly state: ApplicationState;
  /** Why it is in review beside the signals: the cap that it would exceed. */
  readonly overCap: string | null;
  /** The place on the list, where it was approved; `toMs` once it was revoked. */
  readonly entry: { readonly fromMs: number; readonly toMs: number | null } | null;
  readonly signals: readonly StrawSignal[];
  readonly decision: { readonly by: string; readonly reason: string; readonly atMs: number } | null;
}

/** Where an application stands, one sentence each. */
export const applicationStates = {
  received: "It can be approved at once.",
  inReview:
    "Somebody other than who took it in looks at it: it exceeds a cap, or shows a sign of a stand-in.",
  approved: "The terminal is on the list.",
  refused: "The terminal is not put on the list.",
  revoked: "The terminal was taken off the list.",
} as const;

export type ApplicationState = keyof typeof applicationStates;
