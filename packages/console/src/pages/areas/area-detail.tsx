// SPDX-License-Identifier: MIT
import type { AreaHistory, AreaStatus } from "@perigee/operator/contract";
import { areasApi } from "../../data/areas.ts";
import { useResource } from "../../data/resource.ts";
import { date, dateTime } from "../../format/time.ts";
import { AXIS_WORDS, codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { useRecordTime } from "../../ui/record-table/record-address.ts";
import { DetailFrame } from "../../ui/record-table/record-detail.tsx";
import { RecordTimeNote } from "../../ui/record-table/record-time.tsx";
import { useDecisions } from "../../ui/record-table/use-records.ts";
import { EVENT_WORDS, verdictWords } from "./area-words.ts";

/** Everything about one area: what each axis comes to, by whose account, what was said before, what happened. */
export function AreaDetail({ area }: { area: string }) {
  const time = useRecordTime();
  const revision = useDecisions();
  const key = `${area} ${time === null ? "now" : `${time.validAtMs} ${time.knownAtMs}`}`;
  const status = useResource(key, revision, () => areasApi.status(area, time));
  const history = useResource(area, revision, () => areasApi.history(area));
  return (
    <DetailFrame
      id={area}
      title={status.value?.name ?? area}
      actions={time === null && <AreaActions area={area} name={status.value?.name ?? area} />}
    >
      <RecordTimeNote />
      {status.failure && <FailureNote failure={status.failure} retry={status.reload} />}
      {status.loading && <Skeleton lines={10} label="The area is loading" />}
      {status.value?.axes.map(axis => (
        <AxisPart key={axis.axis} axis={axis} />
      ))}
      {history.failure && <FailureNote failure={history.failure} retry={history.reload} />}
      {history.value && <History history={history.value} />}
    </DetailFrame>
  );
}

function AreaActions({ area, name }: { area: string; name: string }) {
  return (
    <>
      <CommandButton
        ask={{
          command: "statement.assert",
          title: `Enter a statement about ${name}`,
          given: { territory: area },
        }}
        permission="areas.change"
      >
        Statement…
      </CommandButton>
      <CommandButton
        ask={{ command: "area.move", title: `Move ${name}`, given: { area } }}
        permission="areas.change"
      >
        Move…
      </CommandButton>
    </>
  );
}

function AxisPart({ axis }: { axis: AreaStatus["axes"][number] }) {
  const { statements, conflicts } = axis;
  const inConflict = new Set(conflicts.flat());
  return (
    <section aria-label={AXIS_WORDS[axis.axis]}>
      <div className="answer-line">
        <div>
          <h2>{AXIS_WORDS[axis.axis]}</h2>
          <p className="quiet">{axis.question}</p>
        </div>
        <strong className="answer" data-tone={verdictWords(axis).tone}>
          {verdictWords(axis).text}
        </strong>
      </div>
      {conflicts.length > 0 && (
        <p className="differ">
          Statements contradict each other. A statement that denies is followed, whoever makes it.
        </p>
      )}
      {statements.length === 0 && <p className="quiet">Nobody has made a statement.</p>}
      <ul className="records">
        {statements.map(statement => (
          <li key={statement.id}>
            <p>
              <strong>{codeWords(statement.value)}</strong>, says {statement.asserter}
              {inConflict.has(statement.id) && <span className="tag">Contradicted</span>}
              {axis.verdict.because.includes(statement.id) && <span className="tag">Followed</span>}
            </p>
            <p className="quiet">
              {statement.sentence} {statement.source}. True from {date(statement.validFrom)}
              {statement.validTo ? ` to ${date(statement.validTo)}` : " on"}; on record since{" "}
              {date(statement.knownFrom)}. <code>{statement.id}</code>
            </p>
            {statement.versions.length > 0 && (
              <details>
                <summary>{statement.versions.length} earlier wordings</summary>
                <ul>
                  {statement.versions.map(before => (
                    <li key={before.knownFrom} className="quiet">
                      {codeWords(before.value)}, {before.source}; on record {dateTime(before.knownFrom)} to{" "}
                      {before.knownTo ? dateTime(before.knownTo) : "now"}
                    </li>
                  ))}
                </ul>
              </details>
            )}
            <CommandButton
              ask={{
                command: "statement.close",
                title: `Close: ${codeWords(statement.value)}, says ${statement.asserter}`,
                given: { statementId: statement.id },
              }}
              permission="areas.change"
            >
              Close…
            </CommandButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ history }: { history: AreaHistory }) {
  const { firstActive, events } = history;
  return (
    <section aria-label="History">
      <h2>History</h2>
      <p className="quiet">
        {firstActive
          ? `First switched on ${date(firstActive.since)}, says ${firstActive.asserter}.`
          : "It has never been switched on, by the operator’s own account."}
      </p>
      {events.length === 0 && <EmptyNote title="Nothing is on record." />}
      <ol className="records">
        {events.toReversed().map(event => (
          <li key={`${event.at} ${event.record.id} ${event.kind} ${event.text}`}>
            <p>
              <time dateTime={event.at}>{dateTime(event.at)}</time> ·{" "}
              <strong>{EVENT_WORDS[event.kind]}</strong>
            </p>
            <p>{event.text}</p>
            <p className="quiet">
              {event.by}
              {event.source && `, ${event.source}`} <code>{event.record.id}</code>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
