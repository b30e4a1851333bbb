// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { ResellerRow } from "../../data/records-shapes.ts";
import { date } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import type { RecordColumn, RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { RecordLink } from "../record-link.tsx";
import { resellerSentence } from "./account-words.ts";

const SOURCE = recordSource<ResellerRow>("resellers");
const mark = ({ authorised }: ResellerRow) =>
  authorised ? <Mark tone="ok">Authorised</Mark> : <Mark tone="bad">Not authorised</Mark>;
const COLUMNS: readonly RecordColumn<ResellerRow>[] = [
  {
    id: "party",
    title: "Who",
    track: "minmax(6.4rem, 1.5fr)",
    sort: "party",
    cell: ({ party }) => party ?? <strong>Nobody at all</strong>,
  },
  { id: "authorised", title: "Says", track: "8.4rem", sort: "authorised", cell: mark },
  {
    id: "territory",
    title: "Where",
    track: "minmax(4.6rem, 1fr)",
    sort: "territory",
    cell: ({ territory, locality }) => (locality === null ? territory : `${locality} (${territory})`),
  },
  {
    id: "from",
    title: "Since",
    track: "7rem",
    figures: true,
    sort: "fromMs",
    fromPx: 480,
    cell: ({ fromMs }) => date(fromMs),
  },
  {
    id: "asserter",
    title: "Who says so",
    track: "minmax(7rem, 1.2fr)",
    sort: "asserter",
    fromPx: 620,
    cell: of => of.asserter,
  },
];
const FILTERS: readonly RecordFilter[] = [
  {
    title: "Says",
    any: "Whatever it says",
    options: [
      { where: "authorised:true", title: "Authorised" },
      { where: "authorised:false", title: "Not authorised" },
      { where: "party:", title: "Nobody at all" },
    ],
  },
];

/** Statements about who may sell where. */
export function ResellerTable() {
  return (
    <RecordTable
      label="Reseller statements"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-fromMs"
      actions={
        <CommandButton
          ask={{ command: "reseller.state", title: "A statement about who may sell" }}
          permission="parties.change"
        >
          New…
        </CommandButton>
      }
      empty="Nobody said anything about who may sell where."
    />
  );
}

export function ResellerDetail({ id }: { id: string }) {
  return (
    <RecordDetail<ResellerRow>
      list="resellers"
      id={id}
      title={({ party }) => party ?? "No reseller at all"}
      mark={mark}
    >
      {statement => (
        <section aria-labelledby="statement">
          <h3 id="statement">Statement</h3>
          <p className="explain">{resellerSentence(statement)}</p>
          <Facts>
            <Fact name="Who">
              {statement.party === null ? "Everybody" : <RecordLink kind="party" id={statement.party} />}
            </Fact>
            <Fact name="Who says so">{statement.asserter}</Fact>
            <Fact name="Where it is written">{statement.source}</Fact>
          </Facts>
        </section>
      )}
    </RecordDetail>
  );
}
