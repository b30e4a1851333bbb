// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { ProposalRow } from "../../data/records-shapes.ts";
import { useRecordAddress, useTab } from "../../ui/record-table/record-address.ts";
import { optionsOf, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { PageHead } from "../page-head.tsx";
import { useWaiting } from "../waiting.ts";
import { PROPOSAL_COLUMNS } from "./proposal-columns.tsx";
import { ProposalDetail } from "./proposal-detail.tsx";
import { PROPOSAL_STATES } from "./proposal-words.ts";

const WAITING = recordSource<ProposalRow>("proposals", ["state:open"]);
const DECIDED = recordSource<ProposalRow>("proposals", ["state!open"]);
const LANES: RecordFilter = {
  title: "Lane",
  any: "Any lane",
  options: [
    { where: "lane:ordinary", title: "Ordinary" },
    { where: "lane:emergency", title: "Emergency" },
  ],
};
const STATES: RecordFilter = {
  title: "State",
  any: "Any state",
  options: optionsOf("state", PROPOSAL_STATES).filter(({ where }) => where !== "state:open"),
};
const TABS = [
  ["waiting", "Waiting"],
  ["decided", "Decided"],
] as const;

/** What needs a second person? */
export function ApprovalsPage() {
  const [tab, setTab] = useTab(["waiting", "decided"] as const);
  const [{ id }] = useRecordAddress();
  const waiting = useWaiting();
  return (
    <div className="page split" data-split={id !== null || undefined}>
      <div className="split-top">
        <PageHead title="Approvals">
          What no one person may do alone. Two others read the request and approve; one of them can refuse.
        </PageHead>
        <Tabs label="Proposals" tabs={TABS} chosen={tab} choose={setTab} waiting={waiting.byTab} />
        <RecordTable
          key={tab}
          label="Proposals"
          source={tab === "waiting" ? WAITING : DECIDED}
          columns={PROPOSAL_COLUMNS}
          filters={tab === "waiting" ? [LANES] : [STATES, LANES]}
          sort={tab === "waiting" ? "expiresMs" : "-atMs"}
          empty={
            tab === "waiting"
              ? "Nobody waits for an approval. What somebody proposes appears here at once."
              : "Nothing was proposed and decided yet."
          }
        />
      </div>
      {id !== null && <ProposalDetail id={id} />}
    </div>
  );
}
