// SPDX-License-Identifier: MIT
import type { AppealRow, NoticeRow } from "../../data/records-shapes.ts";
import { dateTime } from "../../format/time.ts";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { useRecordList } from "../../ui/record-table/use-records.ts";
import { TimeLeft } from "../../ui/time-left.tsx";
import { NoticeText } from "../orders/notices.tsx";
import { APPEAL_STATES, APPEAL_TONES } from "../orders/order-words.ts";
import { RecordLink } from "../record-link.tsx";

/** What stands against the terminal: each notice in the words that its holder was told, and how to appeal. */
export function StandingPart({ id }: { id: string }) {
  const notices = useRecordList<NoticeRow>("notices", [`subject:${id}`], "-atMs");
  const appeals = useRecordList<AppealRow>("appeals", [`subject:${id}`], "-atMs");
  return (
    <section aria-labelledby="standing">
      <h3 id="standing">What its holder was told, and how to appeal</h3>
      {notices.failure && <FailureNote failure={notices.failure} retry={notices.reload} />}
      {notices.value?.total === 0 && (
        <p className="quiet">It was never restricted, so there was nothing to tell.</p>
      )}
      <ul className="records">
        {notices.value?.items.map(notice => (
          <li key={notice.id}>
            <p className="quiet">
              {dateTime(notice.atMs)} · <RecordLink kind="notice" id={notice.id} />
            </p>
            {notice.exemption !== null && (
              <p>
                <Mark tone="warn">Kept back</Mark> “{notice.exemption}”
              </p>
            )}
            <NoticeText notice={notice} />
            <Appealed
              notice={notice}
              appeal={appeals.value?.items.find(({ noticeId }) => noticeId === notice.id) ?? null}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Appealed({ notice, appeal }: { notice: NoticeRow; appeal: AppealRow | null }) {
  if (appeal === null)
    return (
      <p>
        <Mark tone="mute">No appeal</Mark>{" "}
        <span className="quiet">
          can be filed for <TimeLeft untilMs={notice.appealUntilMs} over="no longer" />
        </span>
      </p>
    );
  return (
    <p>
      <Mark tone={APPEAL_TONES[appeal.state]}>Appeal: {APPEAL_STATES[appeal.state].toLowerCase()}</Mark>{" "}
      {appeal.state === "open" && (
        <>
          due in <TimeLeft untilMs={appeal.dueMs} over="– overdue" />{" "}
        </>
      )}
      <RecordLink kind="appeal" id={appeal.id} />
    </p>
  );
}
