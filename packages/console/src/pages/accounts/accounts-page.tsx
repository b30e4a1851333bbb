// SPDX-License-Identifier: MIT
import { useRecordAddress, useTab } from "../../ui/record-table/record-address.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { PageHead } from "../page-head.tsx";
import { useWaiting } from "../waiting.ts";
import { ACCOUNT_LISTS, type AccountTab } from "./account-lists.tsx";

const TABS = ACCOUNT_LISTS.map(({ tab, title }) => [tab, title] as const);
const NAMES: readonly AccountTab[] = ACCOUNT_LISTS.map(({ tab }) => tab);

/** Who are they, what have they, who pays, and who may sell? */
export function AccountsPage() {
  const [tab, setTab] = useTab(NAMES);
  const [{ id }] = useRecordAddress();
  const list = ACCOUNT_LISTS.find(of => of.tab === tab);
  const { byTab } = useWaiting();
  return (
    <div className="page split" data-split={id !== null || undefined}>
      <div className="split-top">
        <PageHead title="Accounts">{list?.says}</PageHead>
        <Tabs label="Who and what" tabs={TABS} chosen={tab} choose={setTab} waiting={byTab} />
        {list?.table()}
      </div>
      {id !== null && list?.detail(id)}
    </div>
  );
}
