// SPDX-License-Identifier: MIT
import { lineNumberOf } from "../wire-ids.ts";
import type { Bill } from "./bill.ts";
import type { InvoiceDetail, InvoiceSummary } from "./contract.ts";
import type { SettledInvoice } from "./invoices.ts";
import { inMajor } from "./money.ts";

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** Service of a part of a cycle is a part of a month; the wire gets four digits of it. */
const inQuantity = (quantity: number): number => Math.round(quantity * 1e4) / 1e4;

export function summaryView(invoice: SettledInvoice): InvoiceSummary {
  const { id, currency, totalMinor, openMinor, atMs, dueMs, status, lines } = invoice;
  const more = lines.length > 1 ? ` and ${lines.length - 1} more` : "";
  return {
    invoiceId: id,
    description: `${lines[0]!.description}${more}`,
    currency,
    amount: inMajor(totalMinor, currency),
    dueAmount: inMajor(openMinor, currency),
    invoiceDate: iso(atMs),
    dueDate: iso(dueMs),
    status,
  };
}

/** Prices are without tax and none is added: the model knows no tax law. */
export function detailView(
  { id, currency, openMinor, paidMinor, atMs, dueMs, lines }: SettledInvoice,
  nicknameOf: (lineId: string) => string | null,
): InvoiceDetail {
  return {
    invoiceId: id,
    orderReferenceId: id.replace(/^INV/, "ORD"),
    currency,
    dueAmount: inMajor(openMinor, currency),
    paidAmount: inMajor(paidMinor, currency),
    invoiceDate: iso(atMs),
    dueDate: iso(dueMs),
    invoiceLines: lines.map(line => ({
      productReferenceId: line.productId,
      productDescription: line.description,
      serviceName: line.lineIds.length === 1 ? nicknameOf(line.lineIds[0]!) : null,
      serviceLineNumbers: line.lineIds.map(lineNumberOf),
      quantity: inQuantity(line.quantity),
      unitPrice: inMajor(line.unitMinor, currency),
      taxAmount: 0,
      subTotal: inMajor(line.subTotalMinor, currency),
      servicePeriodStartDate: iso(line.period.fromMs),
      servicePeriodEndDate: iso(line.period.untilMs),
    })),
  };
}

/** What is open, one amount per currency that was ever charged or paid in. */
export const balanceView = ({ balances }: Bill) => ({
  balances: Array.from(balances, ([currency, minor]) => ({ currency, dueAmount: inMajor(minor, currency) })),
});
