// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { useRecordAddress, useTab } from "../../ui/record-table/record-address.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { PageHead } from "../page-head.tsx";
import { CaseTable } from "./case-table.tsx";
import { CaseView } from "./case-view.tsx";
import { IntakeTab } from "./intake-tab.tsx";
import { OwnStatementsTab } from "./own-statements-tab.tsx";
import { ReportDetail, ReportTable } from "./reports-tab.tsx";
import { SignalsTab } from "./signals-tab.tsx";

type CaseTab = "cases" | "reports" | "read" | "signals" | "statements";

const LISTS: readonly { readonly tab: CaseTab; readonly title: string; readonly list: () => ReactNode }[] = [
  { tab: "cases", title: "Cases", list: () => <CaseTable /> },
  { tab: "reports", title: "Reports", list: () => <ReportTable /> },
  { tab: "read", title: "Read texts", list: () => <IntakeTab /> },
  { tab: "signals", title: "Patterns seen", list: () => <SignalsTab /> },
  { tab: "statements", title: "Own statements", list: () => <OwnStatementsTab /> },
];
const TABS = LISTS.map(({ tab, title }) => [tab, title] as const);
const NAMES: readonly CaseTab[] = LISTS.map(({ tab }) => tab);

/** What is claimed, and what is known? */
export function CasesPage() {
  const [tab, setTab] = useTab(NAMES);
  const [{ id }] = useRecordAddress();
  const isCase = tab === "cases" && id !== null;
  return (
    <div className="page split cases-page" data-split={(tab === "reports" && id !== null) || undefined}>
      {/* An open case takes the whole panel; its list stays behind it, so that closing leads back to the same row. */}
      <div className="split-top" hidden={isCase}>
        <PageHead title="Cases">
          What is claimed, by how many who can know, and what is known. A claim changes nobody’s service.
        </PageHead>
        <Tabs label="Cases and what leads to them" tabs={TABS} chosen={tab} choose={setTab} />
        {LISTS.find(of => of.tab === tab)?.list()}
      </div>
      {isCase && <CaseView key={id} id={id} />}
      {tab === "reports" && id !== null && <ReportDetail id={id} />}
    </div>
  );
}
