// SPDX-License-Identifier: MIT
import { z } from "zod";

const instant = z.iso.datetime();

export const invoiceStatus = z.enum(["Unknown", "Paid", "Cancelled", "Overdue", "DueSoon", "Outstanding"]);

export const invoiceSummary = z.object({
  invoiceId: z.string(),
  description: z.string(),
  currency: z.string(),
  amount: z.number(),
  dueAmount: z.number(),
  invoiceDate: instant,
  dueDate: instant.nullable(),
  status: invoiceStatus,
});

export const invoiceDetail = z.object({
  invoiceId: z.string(),
  orderReferenceId: z.string(),
  currency: z.string(),
  dueAmount: z.number(),
  paidAmount: z.number(),
  invoiceDate: instant,
  dueDate: instant.nullable(),
  invoiceLines: z.array(
    z.object({
      productReferenceId: z.string(),
      productDescription: z.string(),
      serviceName: z.string().nullable(),
      serviceLineNumbers: z.array(z.string()),
      quantity: z.number(),
      unitPrice: z.number(),
      taxAmount: z.number(),
      subTotal: z.number(),
      servicePeriodStartDate: instant.nullable(),
      servicePeriodEndDate: instant.nullable(),
    }),
  ),
});

export const accountBalance = z.object({
  balances: z.array(z.object({ currency: z.string(), dueAmount: z.number() })),
});

export type InvoiceSummary = z.infer<typeof invoiceSummary>;
export type InvoiceDetail = z.infer<typeof invoiceDetail>;
