// SPDX-License-Identifier: MIT
import type { Charge } from "./charges.ts";
import { dayMs } from "./cycle.ts";

/** Days that an account has to pay an invoice. */
export const paymentTermDays = 14;

/** Days before the due date from which an invoice counts as due soon. */
const DUE_SOON_DAYS = 3;

/** One line of an invoice; equal charges of several service lines stand in one. */
export interface InvoiceLine extends Omit<Charge, "lineId" | "atMs"> {
  readonly lineIds: readonly string[];
}

/** What an account is charged at one instant, in one currency. */
export interface Invoice {
  readonly id: string;
  readonly atMs: number;
  readonly dueMs: number;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  readonly totalMinor: number;
}

export type InvoiceStatus = "Paid" | "Overdue" | "DueSoon" | "Outstanding";

/** An invoice and what has been paid of it. */
export interface SettledInvoice extends Invoice {
  readonly paidMinor: number;
  readonly openMinor: number;
  readonly status: InvoiceStatus;
}

/** Money that came in. */
export interface Payment {
  readonly atMs: number;
  readonly amountMinor: number;
  readonly currency: string;
}

/**
 * Puts charges on invoices: one for each instant and currency. Ids count within the account's days, so an invoice keeps
 * its id as later ones are added.
 *
 * @param name - The account as its invoices name it.
 */
export function invoicesOf(name: string, charges: readonly Charge[]): Invoice[] {
  const groups = new Map<string, Charge[]>();
  for (const charge of charges.toSorted(inOrder)) {
    const key = `${charge.atMs} ${charge.currency}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [charge]);
    else group.push(charge);
  }
  const ofDay = new Map<string, number>();
  return Array.from(groups.values(), group => {
    const { atMs, currency } = group[0]!;
    const day = new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "");
    const nth = (ofDay.get(day) ?? 0) + 1;
    ofDay.set(day, nth);
    return {
      id: `INV-${name}-${day}-${nth}`,
      atMs,
      dueMs: atMs + paymentTermDays * dayMs,
      currency,
      lines: linesOf(group),
      totalMinor: group.reduce((sum, charge) => sum + charge.subTotalMinor, 0),
    };
  });
}

/**
 * What is paid of each invoice at an instant: the oldest first. An invoice that is a credit on the whole pays for others.
 *
 * @returns The invoices and, per currency, what is open on the whole; below zero where more was paid than charged.
 */
export function settle(
  invoices: readonly Invoice[],
  payments: readonly Payment[],
  atMs: number,
): { readonly invoices: readonly SettledInvoice[]; readonly balances: ReadonlyMap<string, number> } {
  const money = new Map<string, number>();
  const balances = new Map<string, number>();
  const add = (map: Map<string, number>, currency: string, minor: number) =>
    map.set(currency, (map.get(currency) ?? 0) + minor);
  for (const { currency, totalMinor } of invoices) {
    add(balances, currency, totalMinor);
    if (totalMinor < 0) add(money, currency, -totalMinor);
  }
  for (const payment of payments) {
    if (payment.atMs > atMs) continue;
    add(money, payment.currency, payment.amountMinor);
    add(balances, payment.currency, -payment.amountMinor);
  }
  const settled = invoices.map(invoice => {
    const has = money.get(invoice.currency) ?? 0;
    const paidMinor = invoice.totalMinor < 0 ? invoice.totalMinor : Math.min(has, invoice.totalMinor);
    if (invoice.totalMinor > 0) money.set(invoice.currency, has - paidMinor);
    const openMinor = invoice.totalMinor - paidMinor;
    return { ...invoice, paidMinor, openMinor, status: statusOf(openMinor, invoice.dueMs, atMs) };
  });
  return { invoices: settled, balances };
}

function statusOf(openMinor: number, dueMs: number, atMs: number): InvoiceStatus {
  if (openMinor === 0) return "Paid";
  if (atMs > dueMs) return "Overdue";
  return atMs > dueMs - DUE_SOON_DAYS * dayMs ? "DueSoon" : "Outstanding";
}

/** By time; at one time, in the order in which they were made. */
const inOrder = (a: Charge, b: Charge): number =>
  a.atMs - b.atMs || (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : 0);

function linesOf(charges: readonly Charge[]): InvoiceLine[] {
  const lines = new Map<string, InvoiceLine>();
  for (const { lineId, atMs: _, ...charge } of charges) {
    const { productId, description, unitMinor, period } = charge;
    const key = JSON.stringify([productId, description, unitMinor, period, Math.sign(charge.quantity)]);
    const same = lines.get(key);
    lines.set(
      key,
      same === undefined
        ? { ...charge, lineIds: [lineId] }
        : {
            ...same,
            lineIds: same.lineIds.includes(lineId) ? same.lineIds : [...same.lineIds, lineId],
            quantity: same.quantity + charge.quantity,
            subTotalMinor: same.subTotalMinor + charge.subTotalMinor,
          },
    );
  }
  return [...lines.values()];
}
