// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { AppealRow, NoticeRow } from "../../data/records-shapes.ts";
import { useSession } from "../../data/session.ts";
import { dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { useRecord } from "../../ui/record-table/use-records.ts";
import { TimeLeft } from "../../ui/time-left.tsx";
import { NoticeText } from "./notices.tsx";
import { APPEAL_STATES, APPEAL_TONES } from "./order-words.ts";

const SOURCE = recordSource<AppealRow>("appeals");
const COLUMNS: readonly RecordColumn<AppealRow>[] = [
  {
    id: "what",
    title: "Appeal",
    track: "minmax(7rem, 2.6fr)",
    sort: "subject",
    cell: ({ subject, statement }) => (
      <span className="two-lines">
        <span>{subject}</span>
        <span className="quiet">{statement}</span>
      </span>
    ),
  },
  { id: "by", title: "By", track: "minmax(6rem, 1fr)", sort: "by", fromPx: 560, cell: ({ by }) => by },
  {
    id: "state",
    title: "State",
    track: "minmax(6.4rem, 1fr)",
    sort: "state",
    cell: ({ state, lifeCritical }) => (
      <span className="two-lines">
        <Mark tone={APPEAL_TONES[state]}>{APPEAL_STATES[state]}</Mark>
        {lifeCritical && <span className="quiet">A life may depend on it</span>}
      </span>
    ),
  },
  {
    id: "due",
    title: "Due in",
    track: "6.4rem",
    figures: true,
    sort: "dueMs",
    cell: ({ state, dueMs }) => (state === "open" ? <TimeLeft untilMs={dueMs} over="overdue" /> : "–"),
  },
  {
    id: "at",
    title: "Filed",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "atMs",
    fromPx: 680,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "State", any: "Any state", options: optionsOf("state", APPEAL_STATES) },
  {
    title: "Urgency",
    any: "Any urgency",
    options: [
      { where: "lifeCritical:true", title: "A life may depend on it" },
      { where: "lifeCritical:false", title: "Ordinary" },
    ],
  },
];

/** What holders object to. */
export function AppealTable() {
  return (
    <RecordTable
      label="Appeals"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="dueMs"
      empty="Holders appeal in the customer portal or in writing, against any notice, for six months."
    />
  );
}

export function AppealDetail({ id }: { id: string }) {
  return (
    <RecordDetail<AppealRow>
      list="appeals"
      id={id}
      title={({ subject }) => `Appeal about ${subject}`}
      mark={({ state }) => <Mark tone={APPEAL_TONES[state]}>{APPEAL_STATES[state]}</Mark>}
      actions={appeal => appeal.state === "open" && <Decide appeal={appeal} />}
    >
      {appeal => (
        <>
          <section aria-labelledby="statement">
            <h3 id="statement">What the holder says</h3>
            <p className="explain">“{appeal.statement}”</p>
            <Facts>
              <Fact name="By">{appeal.by}</Fact>
              <Fact name="Filed">{dateTime(appeal.atMs)}</Fact>
              <Fact name="Urgency">{appeal.lifeCritical ? "A life may depend on it: 4 h" : "14 days"}</Fact>
              <Fact name="Due">
                {appeal.state === "open" ? (
                  <TimeLeft untilMs={appeal.dueMs} over="overdue" />
                ) : (
                  dateTime(appeal.dueMs)
                )}
              </Fact>
            </Facts>
          </section>
          <AppealedNotice id={appeal.noticeId} />
          {appeal.decision && (
            <section aria-labelledby="decided">
              <h3 id="decided">Decision</h3>
              <p>“{appeal.decision.reason}”</p>
              {appeal.decision.harmNote && <p>Harm to civilians: {appeal.decision.harmNote}</p>}
              <p className="quiet">
                {appeal.decision.by}, {dateTime(appeal.decision.atMs)}
              </p>
            </section>
          )}
        </>
      )}
    </RecordDetail>
  );
}

function Decide({ appeal }: { appeal: AppealRow }) {
  const notice = useRecord<NoticeRow>("notices", appeal.noticeId).value?.now;
  const { session } = useSession();
  const person = session?.person?.id ?? "";
  return (
    <CommandButton
      ask={{
        command: "appeal.decide",
        title: `Decide the appeal about ${appeal.subject}`,
        given: { appealId: appeal.id },
        about: <p>“{appeal.statement}”</p>,
      }}
      permission="appeals.decide"
      refusal={
        notice?.decidedBy.includes(person)
          ? "You had a part in the decision; somebody else decides about the appeal."
          : null
      }
      main
    />
  );
}

function AppealedNotice({ id }: { id: string }) {
  const notice = useRecord<NoticeRow>("notices", id);
  return (
    <section aria-labelledby="appealed">
      <h3 id="appealed">What it is about</h3>
      {notice.failure && <FailureNote failure={notice.failure} retry={notice.reload} />}
      {notice.value?.now && <NoticeText notice={notice.value.now} />}
    </section>
  );
}
