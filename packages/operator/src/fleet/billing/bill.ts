// SPDX-License-Identifier: MIT
import { type CycleUse, type PoolOf, useCharges } from "../data/cycle-use.ts";
import { grantCharge, grantsOf } from "../data/grants.ts";
import { type Charge, planCharges } from "./charges.ts";
import { type Cycle, cyclesOf } from "./cycle.ts";
import { type Invoice, invoicesOf, type SettledInvoice, settle } from "./invoices.ts";
import type { AccountStory } from "./story.ts";
import type { TermsOf } from "./terms.ts";

/** What an account was charged and what it paid. */
export interface Bill {
  readonly invoices: readonly SettledInvoice[];
  /** Open amount per currency, in smallest units; below zero where more was paid than charged. */
  readonly balances: ReadonlyMap<string, number>;
}

/** Every cycle of an account from its first line to an instant, the running one included. */
export function cyclesSoFar({ billingDay, lines }: AccountStory, untilMs: number): Cycle[] {
  const first = Math.min(...lines.map(line => line.phases[0]?.fromMs ?? Number.POSITIVE_INFINITY));
  return billingDay === null || first > untilMs ? [] : cyclesOf(billingDay, first, untilMs + 1);
}

/** Whether traffic of a cycle can cost something: a line or a pool buys by itself in it. */
export const isMetered = ({ events }: AccountStory, { untilMs }: Cycle): boolean =>
  events.some(
    event =>
      event.atMs < untilMs &&
      (event.kind === "optIn" || (event.kind === "autoTopUp" && event.terms !== null)),
  );

/**
 * The bill of an account at an instant, from its records alone: plans in advance, blocks when they are bought, what was
 * bought as it was used when the cycle is over. Prices are without tax, and none is added.
 *
 * @param name - The account as its invoices name it.
 * @param uses - Metered cycles that are over; see {@link isMetered}.
 */
export function billOf(
  name: string,
  story: AccountStory,
  terms: TermsOf,
  poolOf: PoolOf,
  uses: readonly CycleUse[],
  untilMs: number,
): Bill {
  const invoices: Invoice[] = invoicesOf(name, chargesOf(story, terms, poolOf, uses, untilMs));
  const payments = story.events.filter(event => event.kind === "payment");
  return settle(invoices, payments, untilMs);
}

function chargesOf(
  story: AccountStory,
  terms: TermsOf,
  poolOf: PoolOf,
  uses: readonly CycleUse[],
  untilMs: number,
): Charge[] {
  const { billingDay, lines } = story;
  if (billingDay === null) return [];
  const bought = cyclesSoFar(story, untilMs).flatMap(cycle =>
    lines.flatMap(line =>
      grantsOf(story, line, terms, cycle, untilMs).flatMap(grant => grantCharge(grant, cycle) ?? []),
    ),
  );
  return [
    ...lines.flatMap(line => planCharges(line, terms, billingDay, untilMs)),
    ...bought,
    ...uses.flatMap(use => (use.cycle.untilMs <= untilMs ? useCharges(use, story, poolOf) : [])),
  ];
}
