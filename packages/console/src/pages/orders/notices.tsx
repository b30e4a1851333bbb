// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { NoticeRow } from "../../data/records-shapes.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import type { RecordColumn, RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { TimeLeft } from "../../ui/time-left.tsx";

const SOURCE = recordSource<NoticeRow>("notices");

const toldMark = ({ exemption }: NoticeRow) =>
  exemption === null ? <Mark tone="ok">Told</Mark> : <Mark tone="warn">Kept back</Mark>;

const COLUMNS: readonly RecordColumn<NoticeRow>[] = [
  {
    id: "what",
    title: "Notice",
    track: "minmax(11rem, 2.6fr)",
    sort: "subject",
    cell: ({ subject, text }) => (
      <span className="two-lines">
        <span>{subject}</span>
        <span className="quiet">{text.facts}</span>
      </span>
    ),
  },
  {
    id: "party",
    title: "To",
    track: "minmax(6rem, 1fr)",
    sort: "party",
    fromPx: 560,
    cell: ({ party }) => party ?? <span className="quiet">Nobody on record</span>,
  },
  { id: "told", title: "Told", track: "7rem", sort: "exemption", cell: toldMark },
  {
    id: "appeal",
    title: "Can appeal for",
    track: "7rem",
    figures: true,
    sort: "appealUntilMs",
    fromPx: 440,
    cell: ({ appealUntilMs }) => <TimeLeft untilMs={appealUntilMs} />,
  },
  {
    id: "at",
    title: "Date",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "atMs",
    fromPx: 700,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  {
    title: "Told",
    any: "Told or not",
    options: [
      { where: "exemption:", title: "Told" },
      { where: "exemption!", title: "Kept back" },
    ],
  },
];

/** What holders were told about restrictions. */
export function NoticeTable() {
  return (
    <RecordTable
      label="Notices"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-atMs"
      empty="Whoever is restricted is told at that moment; nobody was."
    />
  );
}

export function NoticeDetail({ id }: { id: string }) {
  return (
    <RecordDetail<NoticeRow>
      list="notices"
      id={id}
      title={({ subject }) => `Notice about ${subject}`}
      mark={toldMark}
      actions={({ exemption, subject }) =>
        exemption !== null && (
          <CommandButton
            ask={{
              command: "notice.release",
              title: `Tell the holder of ${subject}`,
              given: { noticeId: id },
              about: <p>Kept back until now because: “{exemption}”</p>,
            }}
            permission="orders.request"
          />
        )
      }
    >
      {notice => (
        <section aria-labelledby="notice">
          <h3 id="notice">
            What {notice.exemption === null ? "the holder was told" : "the holder would be told"}
          </h3>
          <NoticeText notice={notice} />
          {notice.exemption !== null && (
            <p>
              <Mark tone="warn">Kept back</Mark> “{notice.exemption}”
            </p>
          )}
          <Facts>
            <Fact name="To">{notice.party ?? "Nobody is on record"}</Fact>
            <Fact name="About">
              {codeWords(notice.cause.kind)} <code>{notice.cause.id}</code>
            </Fact>
            <Fact name="Somebody looks again">{dateTime(notice.reviewMs)}</Fact>
            <Fact name="Can be appealed until">{dateTime(notice.appealUntilMs)}</Fact>
            <Fact name="Decided by">{notice.decidedBy.join(", ") || "a rule, no person"}</Fact>
          </Facts>
        </section>
      )}
    </RecordDetail>
  );
}

/** A notice in its own words, as the holder reads it. */
export function NoticeText({ notice }: { notice: NoticeRow }) {
  const { facts, rule, evidence, automated, howToAppeal } = notice.text;
  return (
    <div className="explain notice-text">
      <p>{facts}</p>
      <p>{rule}</p>
      <p>
        It rests on {evidence.join(", ") || "no evidence that is named"}.{" "}
        {automated ? "A program decided without a person." : "A person decided."}
      </p>
      <p>{howToAppeal}</p>
    </div>
  );
}
