// SPDX-License-Identifier: MIT
import { useRecordAddress, useTab } from "../../ui/record-table/record-address.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { PageHead } from "../page-head.tsx";
import { useWaiting } from "../waiting.ts";
import { ORDER_LISTS, type OrderTab } from "./order-lists.tsx";

const TABS = ORDER_LISTS.map(({ tab, title }) => [tab, title] as const);
const NAMES: readonly OrderTab[] = ORDER_LISTS.map(({ tab }) => tab);

/** What was ordered, on what ground, what the holders were told, and what they answered? */
export function OrdersPage() {
  const [tab, setTab] = useTab(NAMES);
  const [{ id }] = useRecordAddress();
  const waiting = useWaiting();
  const list = ORDER_LISTS.find(of => of.tab === tab);
  return (
    <div className="page split" data-split={id !== null || undefined}>
      <div className="split-top">
        <PageHead title="Orders">
          What officers ordered and on what ground, what holders were told, and what they answered.
        </PageHead>
        <Tabs
          label="Orders and what follows"
          tabs={TABS}
          chosen={tab}
          choose={setTab}
          waiting={waiting.byTab}
        />
        {list?.table()}
      </div>
      {id !== null && list?.detail(id)}
    </div>
  );
}
