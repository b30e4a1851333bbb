// SPDX-License-Identifier: MIT
import { answered, notFound, operation } from "../../operation.ts";
import { invoiceDetail } from "../contract.ts";
import { detailView } from "../views.ts";

export const readInvoice = operation({
  operationId: "readInvoice",
  method: "GET",
  path: "/public/v2/billing/invoices/{invoiceId}",
  summary: "An invoice, line by line",
  tag: "billing",
  permission: { feature: "Financial", level: "View" },
  content: invoiceDetail,
  async handle({ fleet, account, path }) {
    const { invoices } = await fleet.desks.billing.bill(account.id);
    const id = path["invoiceId"]!;
    const invoice = invoices.find(one => one.id === id);
    if (invoice === undefined) return notFound("invoiceId", id);
    const { book } = fleet.operator.authority;
    return answered(detailView(invoice, lineId => book.get("serviceLine", lineId)?.nickname || null));
  },
});
