// SPDX-License-Identifier: MIT
import { SLOT_MS, slotAt } from "../slot.ts";

/** A stretch of time that is looked at in equal steps. */
export interface Span {
  /** UTC milliseconds. */
  readonly fromMs: number;
  /** How long, ms; default 0: one look. The end is not looked at, so that spans can follow each other. */
  readonly overMs?: number;
  /** From one look to the next, ms; default a slot. */
  readonly stepMs?: number;
}

/** Most looks of one study: a year of slots. */
export const MOST_LOOKS = 2_110_000;

/**
 * The instants of a span: its start, then every step until its end.
 *
 * @throws RangeError for a step that is not above 0, a negative length, or more than {@link MOST_LOOKS} instants.
 */
export function instantsOf({ fromMs, overMs = 0, stepMs = SLOT_MS }: Span): Float64Array {
  const looks = Math.max(1, Math.ceil(overMs / stepMs));
  if (!(Number.isFinite(fromMs) && overMs >= 0 && stepMs > 0 && looks <= MOST_LOOKS)) {
    throw new RangeError(
      `a span of ${overMs} ms in steps of ${stepMs} ms does not have 1 to ${MOST_LOOKS} looks`,
    );
  }
  return Float64Array.from({ length: looks }, (_, k) => fromMs + k * stepMs);
}

/**
 * The slots of a span: the one that its start lies in, then every step.
 *
 * @throws RangeError as {@link instantsOf}, and where the step is no whole number of slots.
 */
export function slotsOfSpan(span: Span): number[] {
  const step = (span.stepMs ?? SLOT_MS) / SLOT_MS;
  if (!Number.isInteger(step)) throw new RangeError(`a step of ${step} slots is no whole number of them`);
  const first = slotAt(span.fromMs);
  return Array.from(instantsOf(span), (_, k) => first + k * step);
}
