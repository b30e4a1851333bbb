// SPDX-License-Identifier: MIT
import { Link } from "wouter";
import { useRecordAddress, useTab } from "../../ui/record-table/record-address.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { PageHead } from "../page-head.tsx";
import { AREA_LISTS, type AreaTab } from "./area-lists.tsx";

const TABS = AREA_LISTS.map(({ tab, title }) => [tab, title] as const);
const NAMES: readonly AreaTab[] = AREA_LISTS.map(({ tab }) => tab);

/** What may be served where, and who says so. */
export function AreasPage() {
  const [tab, setTab] = useTab(NAMES);
  const [{ id }] = useRecordAddress();
  const shown = AREA_LISTS.find(of => of.tab === tab);
  const detail = id === null ? null : (shown?.detail?.(id) ?? null);
  return (
    <div className="page split areas-page" data-split={detail !== null || undefined}>
      <div className="split-top">
        <PageHead title="Areas">
          What may be served where, and who says so. The five answers are independent: not sold is not
          switched off. <Link href="/map">What everybody sees: the published map</Link>
        </PageHead>
        <Tabs label="Areas and what concerns them" tabs={TABS} chosen={tab} choose={setTab} />
        {shown?.list()}
      </div>
      {detail}
    </div>
  );
}
