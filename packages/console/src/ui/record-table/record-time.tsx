// SPDX-License-Identifier: MIT
import { useSearchParams } from "wouter";
import { writeAt } from "../../data/as-of.ts";
import { operatorNowMs } from "../../data/live-state.ts";
import { dateTime } from "../../format/time.ts";
import { DropBox } from "./drop-box.tsx";
import { useRecordTime } from "./record-address.ts";

/** Says that the records of another time are shown, and as known when; nothing while that is now. */
export function RecordTimeNote() {
  const time = useRecordTime();
  const change = useTimeChange();
  if (time === null) return null;
  const then = time.knownAtMs !== null;
  return (
    <div className="note as-of" role="note">
      <p>
        <strong>As of {dateTime(time.validAtMs)}</strong>, {then ? "as known then" : "as known today"}.{" "}
        {then
          ? "What was entered or put right later is not in it."
          : "What was entered later about that time is in it."}
      </p>
      <p className="note-actions">
        <button type="button" className="link-button" onClick={() => change({ known: then ? "now" : null })}>
          {then ? "As known today" : "As known then"}
        </button>
        <button type="button" className="link-button" onClick={() => change({ at: null, known: null })}>
          Back to now
        </button>
      </p>
    </div>
  );
}

/** Chooses any instant of the record; the slider below reaches one day back. */
export function RecordTimeChoice() {
  const time = useRecordTime();
  const change = useTimeChange();
  const shown = new Date(time?.validAtMs ?? operatorNowMs()).toISOString().slice(0, 16);
  return (
    <DropBox title={time === null ? "As of…" : "As of then"}>
      <label className="stacked">
        Date and time, UTC
        <input
          type="datetime-local"
          defaultValue={shown}
          key={time?.validAtMs ?? "now"}
          onChange={event => {
            const atMs = Date.parse(`${event.target.value}Z`);
            if (Number.isFinite(atMs)) change({ at: writeAt(atMs) });
          }}
        />
      </label>
      <p className="quiet">The slider at the bottom goes back a day; this goes back to the first record.</p>
      {time !== null && (
        <button type="button" className="link-button" onClick={() => change({ at: null, known: null })}>
          Back to now
        </button>
      )}
    </DropBox>
  );
}

function useTimeChange(): (part: Readonly<Record<string, string | null>>) => void {
  const [, setParameters] = useSearchParams();
  return part =>
    setParameters(
      before => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(part)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        // Another time may have fewer rows than the page that is open.
        next.delete("from");
        return next;
      },
      { replace: true },
    );
}
