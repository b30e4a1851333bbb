// SPDX-License-Identifier: MIT
import { operatorNowMs } from "../../data/live-state.ts";
import { recordSource } from "../../data/records.ts";
import type { BreakGlassRow } from "../../data/records-shapes.ts";
import { useSession } from "../../data/session.ts";
import { dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { commandTitle } from "../../ui/command-dialog/command-words.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import type { RecordColumn, RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { RequestWords } from "../../ui/request-words.tsx";
import { TimeLeft } from "../../ui/time-left.tsx";
import { breakGlassState } from "./order-words.ts";

const SOURCE = recordSource<BreakGlassRow>("break-glass");

function StateMark({ glass }: { glass: BreakGlassRow }) {
  const [tone, words] = breakGlassState(glass, operatorNowMs());
  return <Mark tone={tone}>{words}</Mark>;
}

const COLUMNS: readonly RecordColumn<BreakGlassRow>[] = [
  {
    id: "what",
    title: "Emergency",
    track: "minmax(7rem, 2.2fr)",
    sort: "emergency",
    cell: ({ command, emergency }) => (
      <span className="two-lines">
        <span>{commandTitle(command.name)}</span>
        <span className="quiet">{emergency}</span>
      </span>
    ),
  },
  { id: "by", title: "By", track: "minmax(6rem, 1fr)", sort: "by", fromPx: 520, cell: ({ by }) => by },
  { id: "state", title: "State", track: "minmax(6.6rem, 1fr)", cell: glass => <StateMark glass={glass} /> },
  {
    id: "review",
    title: "Review due in",
    track: "6rem",
    figures: true,
    sort: "reviewDueMs",
    cell: ({ review, reviewDueMs }) =>
      review === null ? <TimeLeft untilMs={reviewDueMs} over="overdue" /> : "reviewed",
  },
  {
    id: "at",
    title: "Used",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "atMs",
    fromPx: 640,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  {
    title: "Review",
    any: "Reviewed or not",
    options: [
      { where: "review:", title: "Waits for review" },
      { where: "review.verdict:justified", title: "Justified" },
      { where: "review.verdict:notJustified", title: "Not justified" },
    ],
  },
];

/** What one person did because two would have come too late. */
export function BreakGlassTable() {
  return (
    <RecordTable
      label="Emergency acts"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="reviewDueMs"
      actions={
        <CommandButton
          ask={{
            command: "breakGlass.use",
            title: "Act alone in an emergency",
            initial: { command: { name: "siteException.grant" } },
          }}
          permission="breakGlass"
        >
          Act alone…
        </CommandButton>
      }
      empty="Nobody acted alone. Where lives depend on minutes one person may, for four hours, and is reviewed."
    />
  );
}

export function BreakGlassDetail({ id }: { id: string }) {
  const { session } = useSession();
  return (
    <RecordDetail<BreakGlassRow>
      list="break-glass"
      id={id}
      title={({ command }) => commandTitle(command.name)}
      mark={glass => <StateMark glass={glass} />}
      actions={glass =>
        glass.review === null && (
          <CommandButton
            ask={{
              command: "breakGlass.review",
              title: `Review: ${commandTitle(glass.command.name)}`,
              given: { breakGlassId: id },
              about: <p>“{glass.emergency}”</p>,
            }}
            permission="approvals.decide"
            refusal={glass.by === session?.person?.id ? "Nobody reviews what they did themselves." : null}
          />
        )
      }
    >
      {glass => (
        <>
          <section aria-labelledby="glass">
            <h3 id="glass">Emergency</h3>
            <p className="explain">“{glass.emergency}”</p>
            <Facts>
              <Fact name="By">{glass.by}, alone</Fact>
              <Fact name="Used">{dateTime(glass.atMs)}</Fact>
              <Fact name={glass.endedMs === null ? "Ends by itself" : "Ended"}>
                {glass.endedMs === null ? <TimeLeft untilMs={glass.endsMs} /> : dateTime(glass.endedMs)}
              </Fact>
              <Fact name="Review due">
                {glass.review === null ? (
                  <TimeLeft untilMs={glass.reviewDueMs} over="overdue" />
                ) : (
                  `done ${dateTime(glass.review.atMs)}`
                )}
              </Fact>
            </Facts>
          </section>
          <section aria-labelledby="did">
            <h3 id="did">What was done</h3>
            <RequestWords request={glass.command.request} />
            <p className="quiet">
              Ends with it: {glass.effects.map(({ kind, id: of }) => `${kind} ${of}`).join(", ") || "nothing"}
            </p>
          </section>
          {glass.review && (
            <section aria-labelledby="review">
              <h3 id="review">Review</h3>
              <p>“{glass.review.reason}”</p>
              <p className="quiet">
                {glass.review.by}, {dateTime(glass.review.atMs)}
              </p>
            </section>
          )}
        </>
      )}
    </RecordDetail>
  );
}
