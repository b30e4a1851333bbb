// SPDX-License-Identifier: MIT
import { type Cycle, cycleAt, cyclesOf, daysIn, daysLeft } from "./cycle.ts";
import { partOf } from "./money.ts";
import type { LineStory } from "./story.ts";
import type { TermsOf } from "./terms.ts";

/** Something to pay, or a credit. */
export interface Charge {
  /** When it falls due for invoicing; UTC ms. */
  readonly atMs: number;
  readonly lineId: string;
  readonly productId: string;
  readonly description: string;
  /** Months of service, as a part where it is less; blocks of data. Below zero: a credit. */
  readonly quantity: number;
  readonly unitMinor: number;
  readonly subTotalMinor: number;
  readonly currency: string;
  readonly period: Cycle;
}

/**
 * What a line's plan costs up to an instant.
 *
 * - A cycle is paid in advance, at its start; a line that is opened, or taken up again, within one pays the days left of
 *   it, the running day included.
 * - Another product within a cycle: the days left of the old one are credited, those of the new one charged.
 * - A line that is paused or ended within a cycle gets nothing back and pays for no cycle that begins later.
 * - Whether a terminal is on it makes no difference: what is paid for is that it may be used.
 */
export function planCharges(line: LineStory, terms: TermsOf, billingDay: number, untilMs: number): Charge[] {
  const first = line.phases[0];
  if (first === undefined) return [];
  const charges: Charge[] = [];
  for (const cycle of cyclesOf(billingDay, first.fromMs, untilMs + 1)) {
    let paid: string | null = null;
    for (const phase of line.phases) {
      const atMs = Math.max(phase.fromMs, cycle.fromMs);
      if (atMs > untilMs || atMs >= Math.min(cycle.untilMs, phase.untilMs ?? Number.POSITIVE_INFINITY))
        continue;
      if (phase.state !== "active" || phase.productId === paid) continue;
      const part = partCharge(line.lineId, terms, cycle, atMs);
      if (paid !== null) charges.push(...part(paid, -1));
      charges.push(...part(phase.productId, 1));
      paid = phase.productId;
    }
  }
  return charges;
}

const partCharge =
  (lineId: string, terms: TermsOf, cycle: Cycle, atMs: number) =>
  (productId: string, sign: 1 | -1): Charge[] => {
    const product = terms(productId);
    if (product === undefined || product.priceMinor === 0) return [];
    const left = daysLeft(cycle, atMs);
    const days = daysIn(cycle);
    const { name, priceMinor, currency } = product;
    const why = sign < 0 ? "credit of days left" : left === days ? "service" : "service for days left";
    return [
      {
        atMs,
        lineId,
        productId,
        description: `${name}: ${why}`,
        quantity: (sign * left) / days,
        unitMinor: priceMinor,
        subTotalMinor: partOf(sign * priceMinor, left, days),
        currency,
        period: { fromMs: atMs, untilMs: cycle.untilMs },
      },
    ];
  };

/** The parts of a line's running cycle in which it had one product or another, up to the cycle's end. */
export function partialPeriods(
  line: LineStory,
  billingDay: number,
  atMs: number,
): { readonly productId: string; readonly fromMs: number; readonly untilMs: number }[] {
  const cycle = cycleAt(billingDay, atMs);
  const periods: { productId: string; fromMs: number; untilMs: number }[] = [];
  for (const phase of line.phases) {
    const fromMs = Math.max(phase.fromMs, cycle.fromMs);
    const untilMs = Math.min(phase.untilMs ?? cycle.untilMs, cycle.untilMs);
    if (phase.state !== "active" || fromMs >= untilMs) continue;
    const last = periods.at(-1);
    if (last?.productId === phase.productId && last.untilMs === fromMs) last.untilMs = untilMs;
    else periods.push({ productId: phase.productId, fromMs, untilMs });
  }
  return periods;
}
