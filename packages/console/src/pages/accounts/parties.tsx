// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { AccountRow, PartyRow, ScreeningRow } from "../../data/records-shapes.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { useRecordList } from "../../ui/record-table/use-records.ts";
import { RecordLink } from "../record-link.tsx";
import { JUDGEMENT_TONES, JUDGEMENTS, VERIFICATION_TONES, VERIFICATIONS } from "./account-words.ts";
import { Candidates } from "./screenings.tsx";

const SOURCE = recordSource<PartyRow>("parties");
const COLUMNS: readonly RecordColumn<PartyRow>[] = [
  {
    id: "name",
    title: "Name",
    track: "minmax(10rem, 2fr)",
    sort: "name",
    cell: ({ id, name, aliases }) => (
      <span className="two-lines">
        <span>{name}</span>
        <span className="quiet">{aliases.length > 0 ? `also ${aliases.join(", ")}` : id}</span>
      </span>
    ),
  },
  {
    id: "kind",
    title: "Kind",
    track: "7rem",
    sort: "kind",
    fromPx: 560,
    cell: ({ kind }) => codeWords(kind),
  },
  { id: "country", title: "Country", track: "5rem", sort: "country", fromPx: 440, cell: of => of.country },
  {
    id: "verification",
    title: "Identity",
    track: "minmax(9rem, 1fr)",
    sort: "verification.state",
    cell: ({ verification: { state } }) => (
      <Mark tone={VERIFICATION_TONES[state]}>{VERIFICATIONS[state]}</Mark>
    ),
  },
  {
    id: "standing",
    title: "Standing",
    track: "7.4rem",
    sort: "standing",
    fromPx: 640,
    cell: ({ standing }) =>
      standing === "clear" ? <Mark tone="ok">Clear</Mark> : <Mark tone="bad">Sanctioned</Mark>,
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "Identity", any: "Any identity", options: optionsOf("verification.state", VERIFICATIONS) },
  {
    title: "Standing",
    any: "Any standing",
    options: [
      { where: "standing:clear", title: "Clear" },
      { where: "standing:sanctioned", title: "Sanctioned" },
    ],
  },
  {
    title: "Kind",
    any: "Any kind",
    options: [
      { where: "kind:person", title: "Person" },
      { where: "kind:organisation", title: "Organisation" },
    ],
  },
];

/** Persons and organisations. */
export function PartyTable() {
  return (
    <RecordTable
      label="Parties"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="name"
      actions={
        <CommandButton
          ask={{ command: "party.register", title: "Enter a person or an organisation" }}
          permission="parties.change"
        >
          New…
        </CommandButton>
      }
      empty="Enter the first one with New."
    />
  );
}

export function PartyDetail({ id }: { id: string }) {
  return (
    <RecordDetail<PartyRow>
      list="parties"
      id={id}
      title={({ name }) => name}
      mark={({ standing }) => standing === "sanctioned" && <Mark tone="bad">Sanctioned</Mark>}
      actions={({ name }) => (
        <>
          <CommandButton
            ask={{ command: "party.verify", title: `Identity of ${name}`, given: { partyId: id } }}
            permission="parties.change"
          >
            Identity…
          </CommandButton>
          <CommandButton
            ask={{ command: "screening.run", title: `Compare ${name} with a list`, given: { partyId: id } }}
            permission="screening.decide"
          >
            Compare…
          </CommandButton>
        </>
      )}
    >
      {party => (
        <>
          <PartyFacts party={party} />
          <PartyScreenings party={party} />
          <PartyAccounts id={id} />
        </>
      )}
    </RecordDetail>
  );
}

function PartyFacts({ party }: { party: PartyRow }) {
  const { state, method, by, atMs } = party.verification;
  return (
    <section aria-labelledby="party">
      <h3 id="party">Who they are</h3>
      {party.erasedMs !== undefined && (
        <p>
          <Mark tone="mute">The personal data were erased {dateTime(party.erasedMs)}</Mark>
        </p>
      )}
      <Facts>
        <Fact name="Kind">{codeWords(party.kind)}</Fact>
        <Fact name="Country">{party.country}</Fact>
        <Fact
          name="Identity"
          hint={method === null ? undefined : `${method}, by ${by ?? "nobody"}, ${dateTime(atMs)}`}
        >
          <Mark tone={VERIFICATION_TONES[state]}>{VERIFICATIONS[state]}</Mark>
        </Fact>
        <Fact
          name="Standing"
          hint="Sanctioned only where a person confirmed a screening and two persons approved; never by a score."
        >
          {party.standing === "clear" ? <Mark tone="ok">Clear</Mark> : <Mark tone="bad">Sanctioned</Mark>}
        </Fact>
        {party.aliases.length > 0 && <Fact name="Also known as">{party.aliases.join(", ")}</Fact>}
        {party.birthDate && <Fact name="Born">{party.birthDate}</Fact>}
        {party.identifiers?.map(({ kind, value }) => (
          <Fact key={`${kind} ${value}`} name={codeWords(kind)}>
            {value}
          </Fact>
        ))}
      </Facts>
    </section>
  );
}

function PartyScreenings({ party }: { party: PartyRow }) {
  const screenings = useRecordList<ScreeningRow>("screenings", [`party:${party.id}`], "-atMs");
  return (
    <section aria-labelledby="screenings">
      <h3 id="screenings">Screenings</h3>
      {screenings.failure && <FailureNote failure={screenings.failure} retry={screenings.reload} />}
      {screenings.value?.total === 0 && <p className="quiet">It was never compared with a list.</p>}
      {screenings.value?.items.map(screening => (
        <div key={screening.id} className="stacked">
          <p>
            {screening.list}, version {screening.listVersion}{" "}
            <Mark tone={JUDGEMENT_TONES[screening.judgement]}>{JUDGEMENTS[screening.judgement]}</Mark>{" "}
            <RecordLink kind="screening" id={screening.id} />
          </p>
          <Candidates screening={screening} />
        </div>
      ))}
    </section>
  );
}

function PartyAccounts({ id }: { id: string }) {
  const accounts = useRecordList<AccountRow>("accounts", [`holder:${id}`]);
  return (
    <section aria-labelledby="accounts">
      <h3 id="accounts">Accounts</h3>
      {accounts.value?.total === 0 && <p className="quiet">It answers for no account.</p>}
      <ul className="changes">
        {accounts.value?.items.map(account => (
          <li key={account.id}>
            <RecordLink kind="account" id={account.id} /> · {account.country} · {codeWords(account.state)}
          </li>
        ))}
      </ul>
    </section>
  );
}
