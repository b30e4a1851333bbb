// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { SponsorshipRow } from "../../data/records-shapes.ts";
import { useSecondMs } from "../../data/ticker.ts";
import { count } from "../../format/number.ts";
import { date, dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import type { RecordColumn, RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { TimeLeft } from "../../ui/time-left.tsx";
import { RecordLink } from "../record-link.tsx";
import { sponsorshipState } from "./account-words.ts";

const SOURCE = recordSource<SponsorshipRow>("sponsorships");

/** Where a sponsorship stands now. */
export function SponsorshipState({ sponsorship }: { sponsorship: SponsorshipRow }) {
  const [tone, words] = sponsorshipState(sponsorship, useSecondMs());
  return <Mark tone={tone}>{words}</Mark>;
}

const COLUMNS: readonly RecordColumn<SponsorshipRow>[] = [
  {
    id: "sponsor",
    title: "Sponsor",
    track: "minmax(6.4rem, 1.6fr)",
    sort: "sponsor",
    cell: of => of.sponsor,
  },
  {
    id: "accounts",
    title: "Accounts",
    track: "5.6rem",
    figures: true,
    fromPx: 480,
    cell: ({ accountIds }) => count(accountIds.length),
  },
  {
    id: "state",
    title: "State",
    track: "minmax(7rem, 1.4fr)",
    cell: sponsorship => <SponsorshipState sponsorship={sponsorship} />,
  },
  {
    id: "ends",
    title: "Ends in",
    track: "6rem",
    figures: true,
    sort: "endsMs",
    cell: ({ endsMs }) => (endsMs === null ? "no end" : <TimeLeft untilMs={endsMs} over="ended" />),
  },
];
const FILTERS: readonly RecordFilter[] = [
  {
    title: "End",
    any: "End or not",
    options: [
      { where: "endsMs:", title: "No end" },
      { where: "endsMs!", title: "Has an end" },
    ],
  },
];

/** Who pays for whom. */
export function SponsorshipTable() {
  return (
    <RecordTable
      label="Sponsorships"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="endsMs"
      actions={
        <CommandButton
          ask={{ command: "sponsorship.start", title: "Somebody pays for accounts" }}
          permission="parties.change"
        >
          New…
        </CommandButton>
      }
      empty="Every holder pays for themselves."
    />
  );
}

export function SponsorshipDetail({ id }: { id: string }) {
  const given = { sponsorshipId: id };
  return (
    <RecordDetail<SponsorshipRow>
      list="sponsorships"
      id={id}
      title={({ sponsor }) => `Paid by ${sponsor}`}
      mark={sponsorship => <SponsorshipState sponsorship={sponsorship} />}
      actions={({ lapsedMs }) =>
        lapsedMs === undefined && (
          <>
            <CommandButton
              ask={{ command: "sponsorship.changeEnd", title: "When the sponsor stops paying", given }}
              permission="parties.change"
            >
              End…
            </CommandButton>
            <CommandButton
              ask={{ command: "sponsorship.giveNotice", title: "Tell the holders of the end", given }}
              permission="parties.change"
            >
              Tell the holders…
            </CommandButton>
          </>
        )
      }
    >
      {of => (
        <>
          <section aria-labelledby="sponsorship">
            <h3 id="sponsorship">Payment</h3>
            <p className="explain">
              {of.endsMs === null
                ? "It has no end."
                : `It ends on ${date(of.endsMs)}. Service goes on for ${of.continuityDays} days after that, and then at the holders' own cost. Nobody is cut off.`}
            </p>
            <Facts>
              <Fact name="Sponsor">
                <RecordLink kind="party" id={of.sponsor} />
              </Fact>
              <Fact name="Since">{dateTime(of.fromMs)}</Fact>
              <Fact name="Holders told">
                {of.noticeGivenMs === undefined
                  ? `No; ${of.noticeDays} days are due`
                  : dateTime(of.noticeGivenMs)}
              </Fact>
              <Fact name="Continuity">{of.continuityDays} days</Fact>
            </Facts>
          </section>
          <section aria-labelledby="paid">
            <h3 id="paid">Accounts</h3>
            <ul className="changes">
              {of.accountIds.slice(0, 200).map(accountId => (
                <li key={accountId}>
                  <RecordLink kind="account" id={accountId} />
                </li>
              ))}
            </ul>
            {of.accountIds.length > 200 && (
              <p className="quiet">and {count(of.accountIds.length - 200)} more</p>
            )}
          </section>
        </>
      )}
    </RecordDetail>
  );
}
