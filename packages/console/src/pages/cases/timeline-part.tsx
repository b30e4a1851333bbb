// SPDX-License-Identifier: MIT
import type { CaseSheet } from "@perigee/operator/contract";
import { dateTime } from "../../format/time.ts";
import { counted, TIMELINE_WORDS } from "./case-words.ts";

/** Everything that happened, the last first; steps are added, never changed. */
export function TimelinePart({ sheet }: { sheet: CaseSheet }) {
  const { openEnds, timeline } = sheet;
  return (
    <>
      {openEnds.length > 0 && (
        <details>
          <summary>It cannot be closed yet: {counted(openEnds.length, "open end")}</summary>
          <ul className="plain">
            {openEnds.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      <ol className="steps" reversed>
        {timeline.toReversed().map(({ at, kind, id, text, by }) => (
          <li key={`${at} ${kind} ${id} ${text}`}>
            <p>
              <strong>{TIMELINE_WORDS[kind]}</strong> <span className="quiet">{dateTime(at)}</span>
            </p>
            <p>{text}</p>
            <p className="quiet">
              {by !== null && `${by} · `}
              <code>{id}</code>
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
