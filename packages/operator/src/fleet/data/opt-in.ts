// SPDX-License-Identifier: MIT
import { type AccountStory, eventsOf } from "../billing/story.ts";

/** How long after opting out a line cannot opt in again: so that nobody opts in and out around each download. */
export const optInCoolDownMs = 24 * 3_600_000;

/** Whether a line opted in, since when, and until when. */
export interface OptInState {
  readonly optedIn: boolean;
  readonly productId: string;
  readonly activatedMs: number;
  readonly deactivatedMs: number | null;
  readonly coolsDown: boolean;
}

/** How opting in stands with a line; `null`: it never did. */
export function optInState(story: AccountStory, lineId: string, atMs: number): OptInState | null {
  const events = eventsOf(story, lineId, ["optIn", "optOut"], atMs);
  const lastIn = events.findLast(event => event.kind === "optIn");
  if (lastIn === undefined) return null;
  const last = events.at(-1)!;
  const outMs = last.kind === "optOut" ? last.atMs : null;
  return {
    optedIn: outMs === null,
    productId: lastIn.terms.productId,
    activatedMs: lastIn.atMs,
    deactivatedMs: outMs,
    coolsDown: outMs !== null && atMs < outMs + optInCoolDownMs,
  };
}

/** The state as the wire has it. */
export const optInView = ({ productId, activatedMs, deactivatedMs, coolsDown }: OptInState) => ({
  productId,
  activatedDate: new Date(activatedMs).toISOString(),
  deactivatedDate: deactivatedMs === null ? null : new Date(deactivatedMs).toISOString(),
  isInOptInCoolDown: coolsDown,
});
