// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { CountClaimRow, DonationRow, ProgrammeRow } from "../../data/records-shapes.ts";
import { count } from "../../format/number.ts";
import { date } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import type { RecordColumn } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { useRecordList } from "../../ui/record-table/use-records.ts";
import { TerminalLink } from "../orders/single-orders.tsx";
import { RecordLink } from "../record-link.tsx";
import { countSpread } from "./account-words.ts";

const SOURCE = recordSource<ProgrammeRow>("programmes");
const COLUMNS: readonly RecordColumn<ProgrammeRow>[] = [
  {
    id: "title",
    title: "Programme",
    track: "minmax(11rem, 2fr)",
    sort: "title",
    cell: ({ id, title }) => (
      <span className="two-lines">
        <span>{title}</span>
        <span className="quiet">{id}</span>
      </span>
    ),
  },
  { id: "donor", title: "Donor", track: "minmax(8rem, 1.2fr)", sort: "donor", cell: of => of.donor },
  {
    id: "from",
    title: "From",
    track: "7rem",
    figures: true,
    sort: "fromMs",
    fromPx: 480,
    cell: ({ fromMs }) => date(fromMs),
  },
  {
    id: "to",
    title: "To",
    track: "7rem",
    figures: true,
    sort: "toMs",
    fromPx: 560,
    cell: ({ toMs }) => (toMs === null ? "no end" : date(toMs)),
  },
];

/** Programmes that give terminals away. */
export function ProgrammeTable() {
  return (
    <RecordTable
      label="Programmes"
      source={SOURCE}
      columns={COLUMNS}
      sort="-fromMs"
      actions={
        <CommandButton
          ask={{ command: "programme.open", title: "Open a donation programme" }}
          permission="parties.change"
        >
          New…
        </CommandButton>
      }
      empty="Nobody gives terminals away yet."
    />
  );
}

export function ProgrammeDetail({ id }: { id: string }) {
  return (
    <RecordDetail<ProgrammeRow>
      list="programmes"
      id={id}
      title={({ title }) => title}
      actions={({ title }) => (
        <CommandButton
          ask={{
            command: "countClaim.record",
            title: `Somebody's count of ${title}`,
            given: { programmeId: id },
          }}
          permission="parties.change"
        >
          Enter a count…
        </CommandButton>
      )}
    >
      {programme => (
        <>
          <section aria-labelledby="programme">
            <h3 id="programme">Programme</h3>
            <Facts>
              <Fact name="Donor">
                <RecordLink kind="party" id={programme.donor} />
              </Fact>
              <Fact name="Time">
                {date(programme.fromMs)} to {programme.toMs === null ? "no end" : date(programme.toMs)}
              </Fact>
            </Facts>
          </section>
          <Counts programmeId={id} />
        </>
      )}
    </RecordDetail>
  );
}

/** Every count that somebody gave, side by side with what the records themselves hold; none of them is corrected. */
function Counts({ programmeId }: { programmeId: string }) {
  const of = [`programmeId:${programmeId}`];
  const claims = useRecordList<CountClaimRow>("count-claims", of, "-asOfMs");
  const donations = useRecordList<DonationRow>("donations", of, "-atMs");
  const spread = countSpread(claims.value?.items ?? []);
  return (
    <>
      <section aria-labelledby="counts">
        <h3 id="counts">How many</h3>
        {claims.failure && <FailureNote failure={claims.failure} retry={claims.reload} />}
        {spread && (
          <p>
            <Mark tone="warn">Sources differ: {spread}</Mark>
          </p>
        )}
        <ul className="side-by-side">
          <li>
            <span className="big-figure figures">{donations.value ? count(donations.value.total) : "…"}</span>
            <p>On record here, one by one</p>
          </li>
          {claims.value?.items.map(claim => (
            <li key={claim.id}>
              <span className="big-figure figures">{count(claim.count)}</span>
              <p>says {claim.asserter}</p>
              <p className="quiet">
                as of {date(claim.asOfMs)} · {claim.source}
              </p>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="given">
        <h3 id="given">Terminals on record</h3>
        {donations.value?.total === 0 && <p className="quiet">None was entered by itself.</p>}
        {donations.value !== null && donations.value.total > 0 && (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Terminal</th>
                <th scope="col">Holder</th>
                <th scope="col">User</th>
                <th scope="col">Given</th>
              </tr>
            </thead>
            <tbody>
              {donations.value.items.slice(0, 200).map(donation => (
                <tr key={donation.id}>
                  <td>
                    <TerminalLink id={donation.terminalId} />
                  </td>
                  <td>
                    <RecordLink kind="party" id={donation.holder} />
                  </td>
                  <td>
                    <RecordLink kind="party" id={donation.user} />
                  </td>
                  <td>{date(donation.atMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {(donations.value?.total ?? 0) > 200 && (
          <p className="quiet">The newest 200 of {count(donations.value?.total ?? 0)}.</p>
        )}
      </section>
    </>
  );
}
