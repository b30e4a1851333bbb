// SPDX-License-Identifier: MIT
import { planDigest } from "../beams/cell-plan-bytes.ts";
import { hashInput } from "../input-hash.ts";
import type { PlannedCells } from "../plan.ts";
import type { SlotPlan } from "../slot-plan.ts";

/** One of nearly equal shares of a study's looks, so that several processes or machines divide it among them. */
export interface Share {
  /** From 1 to `of`. */
  readonly part: number;
  readonly of: number;
  /**
   * Looks planned before the share's own and not counted, as far as the run reaches; default {@link DEFAULT_LEAD}. Each
   * plan depends on the one before it, and forgets: after a few slots it no longer matters where a process began.
   */
  readonly lead?: number;
}

/** Five minutes of slots: by then lasers that were being acquired are held, and satellites have changed. */
export const DEFAULT_LEAD = 20;

/** Where a share lies in its run, and what was carried over its edges. */
export interface ShareMark {
  /** Looks `first` to `end - 1` of `looks` are counted. */
  readonly first: number;
  readonly end: number;
  readonly looks: number;
  /**
   * Names what the first look was planned from, and what the last one leaves to the next; `null`: nothing. Where the one
   * equals the other of the share before, both together are the undivided run: a plan is a function of what is named.
   */
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * The looks of a share.
 *
 * @returns `lead`: the first that is planned; `first` and `end`: those that are counted, `end` excluded.
 * @throws RangeError for a share that is none, or without a look.
 */
export function looksOfShare(
  looks: number,
  share: Share | undefined,
): { readonly lead: number; readonly first: number; readonly end: number } {
  if (share === undefined) return { lead: 0, first: 0, end: looks };
  const { part, of, lead = DEFAULT_LEAD } = share;
  const isShare = [part, of, lead].every(Number.isInteger) && part >= 1 && part <= of && lead >= 0;
  if (!isShare || of > looks)
    throw new RangeError(`part ${part} of ${of} with a lead of ${lead} is no share of ${looks} looks`);
  const first = Math.floor(((part - 1) * looks) / of);
  return { lead: Math.max(0, first - lead), first, end: Math.floor((part * looks) / of) };
}

/** What slots after this one can learn from its plan, and from that of the sites. Times that are over are left out. */
export function memoryDigest({ plan, answer }: PlannedCells, sites?: SlotPlan): string {
  const { a, b, readyMs, untilMs } = answer.lasers;
  return hashInput([
    planDigest({ ...plan, inputs: { ...plan.inputs, previous: "" } }),
    [...a],
    [...b],
    Array.from(readyMs, ms => (ms <= untilMs ? 0 : ms)),
    sites?.links.map(link => [link.terminalId, link.satellite.index, link.gateway.id, link.pop.code]),
  ]);
}

/**
 * The mark of shares that follow each other.
 *
 * @throws RangeError where one is missing, or two do not meet.
 */
export function joinedMark(marks: readonly ShareMark[]): ShareMark {
  const [head, last] = [marks[0], marks.at(-1)];
  const meet = marks.every((mark, k) => {
    const before = marks[k - 1];
    return before === undefined || (mark.first === before.end && mark.before === before.after);
  });
  if (head === undefined || last === undefined || !meet || head.first !== 0 || last.end !== head.looks)
    throw new RangeError("these shares do not make up a run");
  return { first: 0, end: last.end, looks: head.looks, before: null, after: null };
}
