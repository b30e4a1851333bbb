// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { AccountRow, ServiceLineRow, SponsorshipRow } from "../../data/records-shapes.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import type { RecordColumn, RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { useRecordList } from "../../ui/record-table/use-records.ts";
import { TerminalLink } from "../orders/single-orders.tsx";
import { RecordLink } from "../record-link.tsx";
import { LINE_STATES, LINE_TONES } from "./account-words.ts";
import { SponsorshipState } from "./sponsorships.tsx";

const SOURCE = recordSource<AccountRow>("accounts");
const stateMark = ({ state }: AccountRow) =>
  state === "open" ? <Mark tone="ok">Open</Mark> : <Mark tone="mute">Closed</Mark>;
const COLUMNS: readonly RecordColumn<AccountRow>[] = [
  { id: "id", title: "Account", track: "minmax(6.4rem, 1.4fr)", sort: "id", cell: ({ id }) => id },
  { id: "holder", title: "Holder", track: "minmax(7rem, 1.8fr)", sort: "holder", cell: of => of.holder },
  { id: "country", title: "Country", track: "5rem", sort: "country", fromPx: 440, cell: of => of.country },
  { id: "state", title: "State", track: "6rem", sort: "state", cell: stateMark },
  {
    id: "managedBy",
    title: "Managed by",
    track: "minmax(7rem, 1fr)",
    sort: "managedBy",
    fromPx: 620,
    cell: ({ managedBy }) => managedBy ?? <span className="quiet">itself</span>,
  },
];
const FILTERS: readonly RecordFilter[] = [
  {
    title: "State",
    any: "Any state",
    options: [
      { where: "state:open", title: "Open" },
      { where: "state:closed", title: "Closed" },
    ],
  },
  {
    title: "Management",
    any: "Managed or not",
    options: [
      { where: "managedBy:", title: "By itself" },
      { where: "managedBy!", title: "Managed by another" },
    ],
  },
];

/** What a party answers for. */
export function AccountTable() {
  return (
    <RecordTable
      label="Accounts"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="id"
      actions={
        <CommandButton
          ask={{ command: "account.open", title: "Open an account" }}
          permission="parties.change"
        >
          New…
        </CommandButton>
      }
      empty="A party opens one, or the operator for it, with New."
    />
  );
}

export function AccountDetail({ id }: { id: string }) {
  return (
    <RecordDetail<AccountRow> list="accounts" id={id} title={() => `Account ${id}`} mark={stateMark}>
      {account => (
        <>
          <section aria-labelledby="account">
            <h3 id="account">Account</h3>
            <Facts>
              <Fact name="Holder">
                <RecordLink kind="party" id={account.holder} />
              </Fact>
              <Fact name="Country" hint="Of the account, not of where its terminals are.">
                {account.country}
              </Fact>
              <Fact name="Managed by">
                <RecordLink kind="account" id={account.managedBy} />
              </Fact>
            </Facts>
          </section>
          <AccountLines id={id} />
          <AccountSponsors id={id} />
          <Managed id={id} />
        </>
      )}
    </RecordDetail>
  );
}

function AccountLines({ id }: { id: string }) {
  const lines = useRecordList<ServiceLineRow>("service-lines", [`accountId:${id}`]);
  return (
    <section aria-labelledby="lines">
      <h3 id="lines">Service lines</h3>
      {lines.failure && <FailureNote failure={lines.failure} retry={lines.reload} />}
      {lines.value?.total === 0 && <p className="quiet">It has no subscription.</p>}
      {lines.value !== null && lines.value.total > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Plan</th>
              <th scope="col">Terminal</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {lines.value.items.map(line => (
              <tr key={line.id}>
                <td>
                  <RecordLink kind="serviceLine" id={line.id} />
                </td>
                <td>{line.planId}</td>
                <td>{line.terminalId === null ? "–" : <TerminalLink id={line.terminalId} />}</td>
                <td>
                  <Mark tone={LINE_TONES[line.state]}>{LINE_STATES[line.state]}</Mark>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function AccountSponsors({ id }: { id: string }) {
  const sponsorships = useRecordList<SponsorshipRow>("sponsorships", [`accountIds:${id}`]);
  if (!sponsorships.value || sponsorships.value.total === 0) return null;
  return (
    <section aria-labelledby="sponsors">
      <h3 id="sponsors">Who pays</h3>
      <ul className="changes">
        {sponsorships.value.items.map(sponsorship => (
          <li key={sponsorship.id}>
            {sponsorship.sponsor} <SponsorshipState sponsorship={sponsorship} />{" "}
            <RecordLink kind="sponsorship" id={sponsorship.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Managed({ id }: { id: string }) {
  const managed = useRecordList<AccountRow>("accounts", [`managedBy:${id}`]);
  if (!managed.value || managed.value.total === 0) return null;
  return (
    <section aria-labelledby="managed">
      <h3 id="managed">Accounts that it manages</h3>
      <ul className="changes">
        {managed.value.items.map(account => (
          <li key={account.id}>
            <RecordLink kind="account" id={account.id} /> · {account.holder} · {codeWords(account.state)}
          </li>
        ))}
      </ul>
    </section>
  );
}
