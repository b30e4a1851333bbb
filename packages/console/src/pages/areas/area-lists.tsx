// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { AreaDetail } from "./area-detail.tsx";
import { OperatorAreaDetail, OperatorAreaTable } from "./operator-areas.tsx";
import { PlaceTab } from "./place-tab.tsx";
import { PlanTab } from "./plan-tab.tsx";
import { ReportTab } from "./report-tab.tsx";
import { RequestDetail, RequestTable } from "./requests.tsx";
import { TerritoryMatrix } from "./territory-matrix.tsx";

/** One of the page's tabs, and what opens beside its list. */
export interface AreaList {
  readonly tab: AreaTab;
  readonly title: string;
  readonly list: () => ReactNode;
  readonly detail: ((id: string) => ReactNode) | null;
}

export type AreaTab = "territories" | "requests" | "drawn" | "place" | "plan" | "report";

export const AREA_LISTS: readonly AreaList[] = [
  {
    tab: "territories",
    title: "Territories",
    list: () => <TerritoryMatrix />,
    detail: id => <AreaDetail area={id} />,
  },
  {
    tab: "requests",
    title: "Requests",
    list: () => <RequestTable />,
    detail: id => <RequestDetail id={id} />,
  },
  {
    tab: "drawn",
    title: "Drawn areas",
    list: () => <OperatorAreaTable />,
    detail: id => <OperatorAreaDetail id={id} />,
  },
  { tab: "place", title: "One place, every view", list: () => <PlaceTab />, detail: null },
  { tab: "plan", title: "What would change", list: () => <PlanTab />, detail: null },
  { tab: "report", title: "Report", list: () => <ReportTab />, detail: null },
];
