// SPDX-License-Identifier: MIT
import type { Portal, PortalNotice } from "@perigee/operator/contract";
import { date, dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { EmptyNote } from "../../ui/notes.tsx";
import type { PortalAsk } from "./portal-dialog.tsx";
import { Possible } from "./portal-page.tsx";

/** Every decision about me: what took something away first, with why and how to object; then all of them by date. */
export function PortalDecisions({ mine, onAsk }: { mine: Portal; onAsk: (ask: PortalAsk) => void }) {
  return (
    <>
      <section aria-labelledby="my-notices">
        <h2 id="my-notices">Why something was restricted, and how to object</h2>
        {mine.notices.length === 0 ? (
          <EmptyNote title="Nothing of yours is or was restricted by decision." />
        ) : (
          <ul className="records">
            {mine.notices.map(notice => (
              <li key={notice.id}>
                <Notice notice={notice} />
                <Possible
                  mine={mine}
                  subject={notice.id}
                  title={`notice of ${date(notice.at)}`}
                  onAsk={onAsk}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="my-decisions">
        <h2 id="my-decisions">Every decision about you</h2>
        {mine.decisions.length === 0 && <EmptyNote title="Nothing has been decided about you yet." />}
        <ol className="records">
          {mine.decisions.map(decision => (
            <li key={decision.id}>
              <p>
                <time dateTime={decision.at}>{dateTime(decision.at)}</time> ·{" "}
                <strong>{codeWords(decision.action)}</strong> · <code>{decision.subject}</code>
              </p>
              <p>{decision.text}</p>
              {(decision.expiresAt ?? decision.reviewAt) && (
                <p className="quiet">
                  {decision.expiresAt
                    ? `Ends by itself ${dateTime(decision.expiresAt)}.`
                    : `Looked at again by ${dateTime(decision.reviewAt ?? "")}.`}
                </p>
              )}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Notice({ notice }: { notice: PortalNotice }) {
  const { appeal } = notice;
  return (
    <>
      <p>
        <time dateTime={notice.at}>{dateTime(notice.at)}</time> · <code>{notice.subject}</code>
        {notice.automated && <span className="tag">Decided by a program</span>}
      </p>
      <p>
        <strong>{notice.facts}</strong>
      </p>
      <p className="quiet">
        Rule: {notice.rule} Rests on: {notice.evidence.join("; ") || "nothing further"}. Looked at again by{" "}
        {date(notice.reviewAt)}.
      </p>
      {appeal ? (
        <p>
          Your appeal of {date(appeal.at)}:{" "}
          {appeal.state === "open" ? (
            <>not decided yet; due by {dateTime(appeal.dueAt)}.</>
          ) : (
            <>
              <strong>{codeWords(appeal.state)}</strong>. {appeal.answer}
            </>
          )}
        </p>
      ) : (
        <p className="quiet">{notice.howToAppeal}</p>
      )}
    </>
  );
}
