// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { ServiceLineRow } from "../../data/records-shapes.ts";
import { dateTime } from "../../format/time.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { TerminalLink } from "../orders/single-orders.tsx";
import { RecordLink } from "../record-link.tsx";
import { LINE_STATES, LINE_TONES } from "./account-words.ts";

const SOURCE = recordSource<ServiceLineRow>("service-lines");
const stateMark = ({ state }: ServiceLineRow) => <Mark tone={LINE_TONES[state]}>{LINE_STATES[state]}</Mark>;
const COLUMNS: readonly RecordColumn<ServiceLineRow>[] = [
  {
    id: "line",
    title: "Line",
    track: "minmax(7rem, 1.6fr)",
    sort: "id",
    cell: ({ id, nickname }) => (
      <span className="two-lines">
        <span>{nickname || id}</span>
        <span className="quiet">{id}</span>
      </span>
    ),
  },
  {
    id: "account",
    title: "Account",
    track: "minmax(5.6rem, 1.2fr)",
    sort: "accountId",
    cell: of => of.accountId,
  },
  {
    id: "plan",
    title: "Plan",
    track: "minmax(6rem, 1fr)",
    sort: "planId",
    fromPx: 520,
    cell: of => of.planId,
  },
  {
    id: "terminal",
    title: "Terminal",
    track: "minmax(7rem, 1.2fr)",
    sort: "terminalId",
    fromPx: 600,
    cell: ({ terminalId }) => terminalId ?? <span className="quiet">none</span>,
  },
  { id: "state", title: "State", track: "6.4rem", sort: "state", cell: stateMark },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "State", any: "Any state", options: optionsOf("state", LINE_STATES) },
  {
    title: "Payment",
    any: "Whoever pays",
    options: [
      { where: "sponsorshipId:", title: "The holder pays" },
      { where: "sponsorshipId!", title: "A sponsor pays" },
    ],
  },
];

/** Subscriptions. */
export function LineTable() {
  return (
    <RecordTable
      label="Service lines"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="id"
      empty="An account opens one with a plan."
    />
  );
}

export function LineDetail({ id }: { id: string }) {
  return (
    <RecordDetail<ServiceLineRow>
      list="service-lines"
      id={id}
      title={({ nickname }) => nickname || `Service line ${id}`}
      mark={stateMark}
    >
      {line => (
        <section aria-labelledby="line">
          <h3 id="line">Subscription</h3>
          <Facts>
            <Fact name="Account">
              <RecordLink kind="account" id={line.accountId} />
            </Fact>
            <Fact name="Plan">{line.planId}</Fact>
            <Fact name="Terminal">
              {line.terminalId === null ? "None" : <TerminalLink id={line.terminalId} />}
            </Fact>
            <Fact name="Place">{line.hasAddress ? "At a service address" : "On the move"}</Fact>
            <Fact name="Who pays">
              {line.sponsorshipId === null ? (
                "The holder"
              ) : (
                <RecordLink kind="sponsorship" id={line.sponsorshipId} />
              )}
            </Fact>
            <Fact name="Since">{dateTime(line.sinceMs)}</Fact>
          </Facts>
        </section>
      )}
    </RecordDetail>
  );
}
