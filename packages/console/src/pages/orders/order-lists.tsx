// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { AppealDetail, AppealTable } from "./appeals.tsx";
import { BreakGlassDetail, BreakGlassTable } from "./break-glass.tsx";
import { BulkDetail, BulkTable } from "./bulk-orders.tsx";
import { FindingDetail, FindingTable } from "./findings.tsx";
import { NoticeDetail, NoticeTable } from "./notices.tsx";
import { OrderDetail, OrderTable } from "./single-orders.tsx";

export type OrderTab = "orders" | "bulk" | "breakGlass" | "notices" | "appeals" | "findings";

/** The lists of the page, and the detail of one record of each. */
export const ORDER_LISTS: readonly {
  readonly tab: OrderTab;
  readonly title: string;
  readonly table: () => ReactNode;
  readonly detail: (id: string) => ReactNode;
}[] = [
  { tab: "orders", title: "Orders", table: () => <OrderTable />, detail: id => <OrderDetail id={id} /> },
  { tab: "bulk", title: "Bulk orders", table: () => <BulkTable />, detail: id => <BulkDetail id={id} /> },
  {
    tab: "breakGlass",
    title: "Break-glass",
    table: () => <BreakGlassTable />,
    detail: id => <BreakGlassDetail id={id} />,
  },
  { tab: "notices", title: "Notices", table: () => <NoticeTable />, detail: id => <NoticeDetail id={id} /> },
  { tab: "appeals", title: "Appeals", table: () => <AppealTable />, detail: id => <AppealDetail id={id} /> },
  {
    tab: "findings",
    title: "Findings",
    table: () => <FindingTable />,
    detail: id => <FindingDetail id={id} />,
  },
];
