// SPDX-License-Identifier: MIT
import type { DataTerms } from "./terms.ts";

/** A service line as it was for a while; the last phase has no end. */
export interface LinePhase {
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly productId: string;
  readonly state: "active" | "paused" | "ended";
  readonly terminalId: string | null;
}

/** Blocks of a data product, with what was agreed about them when they were bought. */
export interface Blocks extends DataTerms {
  readonly count: number;
}

/** What an account decided about a line's data, or paid; in the order of time. Rows of it are added, never changed. */
export type DataEvent =
  | { readonly kind: "topUp"; readonly atMs: number; readonly lineId: string; readonly blocks: Blocks }
  | {
      readonly kind: "recurring";
      readonly atMs: number;
      readonly lineId: string;
      readonly blocks: readonly Blocks[];
      /** The pool that they go into; `null`: they are the line's own. */
      readonly poolId: string | null;
      /** Whether they are bought for the running cycle too. */
      readonly now: boolean;
    }
  | { readonly kind: "optIn"; readonly atMs: number; readonly lineId: string; readonly terms: DataTerms }
  | { readonly kind: "optOut"; readonly atMs: number; readonly lineId: string }
  | { readonly kind: "consume"; readonly atMs: number; readonly lineId: string; readonly fromPool: boolean }
  | {
      readonly kind: "autoTopUp";
      readonly atMs: number;
      readonly poolId: string;
      /** What is bought when the pool runs out; `null`: nothing. */
      readonly terms: DataTerms | null;
    }
  | {
      readonly kind: "payment";
      readonly atMs: number;
      readonly amountMinor: number;
      readonly currency: string;
      readonly reference: string;
    };

/** A service line and everything that was ever so about it. */
export interface LineStory {
  readonly lineId: string;
  readonly phases: readonly LinePhase[];
}

/** What a bill is made from: the records of one account. */
export interface AccountStory {
  readonly accountId: string;
  /** Day of the month on which its cycles begin; `null` before its first line. */
  readonly billingDay: number | null;
  /** In the order of their ids. */
  readonly lines: readonly LineStory[];
  readonly events: readonly DataEvent[];
}

/** The phase that holds at an instant, or `undefined` before the line was opened. */
export const phaseAt = (line: LineStory, atMs: number): LinePhase | undefined =>
  line.phases.findLast(phase => phase.fromMs <= atMs);

/** Events of one line up to an instant, of some kinds, in the order of time. */
export function eventsOf<K extends Exclude<DataEvent["kind"], "autoTopUp" | "payment">>(
  { events }: AccountStory,
  lineId: string,
  kinds: readonly K[],
  untilMs: number,
): Extract<DataEvent, { readonly kind: K }>[] {
  return events.filter(
    (event): event is Extract<DataEvent, { readonly kind: K }> =>
      "lineId" in event &&
      event.lineId === lineId &&
      event.atMs <= untilMs &&
      (kinds as readonly string[]).includes(event.kind),
  );
}
