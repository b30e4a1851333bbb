// SPDX-License-Identifier: MIT
import { type Outcome, type ReasonCode, type ReasonRow, reasonOrder, reasons } from "../../reasons.ts";

/** The bit of a reason in a mask: reasons tried earlier have lower bits, so that the lowest bit set is the answer. */
export function bitOf(code: ReasonCode): number {
  return 1 << reasonOrder.indexOf(code);
}

if (reasonOrder.length > 32) throw new RangeError("A mask of 32 bits has no room for more than 32 reasons.");

/** The number of a mask's answer in `reasonOrder`; ALLOW, which comes last, when nothing refuses. */
export function firstReason(mask: number): number {
  return mask === 0 ? reasonOrder.length - 1 : 31 - Math.clz32(mask & -mask);
}

/** The bits of the reasons that a test of the table selects. */
export function bitsWhere(test: (row: ReasonRow) => boolean): number {
  return reasonOrder.reduce((mask, code) => (test(reasons[code]) ? mask | bitOf(code) : mask), 0);
}

const outcomes = [
  "allow",
  "provisional",
  "restricted",
  "deny",
  "txOff",
] as const satisfies readonly Outcome[];

/** The outcomes by the numbers that a batch gives them. */
export const outcomeOrder: readonly Outcome[] = outcomes;

/** By reason: the number of its outcome in {@link outcomeOrder}. */
export const outcomeOfReason: Uint8Array = Uint8Array.from(reasonOrder, code =>
  outcomes.indexOf(reasons[code].outcome),
);

/** By reason: 1 where nothing is within reach, so that there is no lease. */
export const isWithoutLease: Uint8Array = Uint8Array.from(reasonOrder, code =>
  reasons[code].reach === "nothing" ? 1 : 0,
);

/** By reason: 1 where a lease must be short whatever the location. */
export const isShortLease: Uint8Array = Uint8Array.from(reasonOrder, code =>
  code === "EMERGENCY" || reasons[code].outcome === "provisional" ? 1 : 0,
);
