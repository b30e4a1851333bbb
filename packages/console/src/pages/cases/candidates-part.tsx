// SPDX-License-Identifier: MIT
import type { CaseCandidateView, CaseSheet } from "@perigee/operator/contract";
import { useEffect, useRef, useState } from "react";
import { useSelection } from "../../data/selection.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote } from "../../ui/notes.tsx";
import { TerminalLink } from "../orders/single-orders.tsx";
import { CandidateSearch } from "./candidate-search.tsx";
import { counted, isLookedAt, LOCATION_WORDS, MEANS_WORDS } from "./case-words.ts";
import { Mitigations, Signals } from "./signal-list.tsx";

/** Cards at once: more of them nobody reads. */
const PAGE = 40;

/** Terminals that are looked at, those at or near protected sites first, each with what speaks for it. */
export function CandidatesPart({ sheet }: { sheet: CaseSheet }) {
  const [shown, setShown] = useState(PAGE);
  const { candidates } = sheet;
  const inView = candidates.filter(isLookedAt);
  const excluded = candidates.filter(candidate => !isLookedAt(candidate));
  return (
    <>
      <p className="quiet">
        Being looked at is nothing against a terminal. On the map each has a ring, a double one near a
        protected site; named dots are places that the documents name.
      </p>
      {inView.length === 0 && (
        <EmptyNote title="No terminal is looked at yet.">
          Search by place and time, party, account or number below.
        </EmptyNote>
      )}
      <ul className="candidates">
        {inView.slice(0, shown).map(candidate => (
          <Candidate key={candidate.terminalId} candidate={candidate} caseId={sheet.case.id} />
        ))}
      </ul>
      {inView.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + PAGE)}>
          Show more: {shown} of {inView.length}
        </button>
      )}
      {excluded.length > 0 && (
        <details>
          <summary>{counted(excluded.length, "terminal")} not looked at any more</summary>
          <ul className="records">
            {excluded.map(({ terminalId, excluded: why }) => (
              <li key={terminalId}>
                <TerminalLink id={terminalId} /> {why?.reason}{" "}
                <span className="quiet">
                  {why?.by}, {dateTime(why?.at ?? "")}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <CandidateSearch caseId={sheet.case.id} />
    </>
  );
}

function Candidate({ candidate, caseId }: { candidate: CaseCandidateView; caseId: string }) {
  const { terminalId, name, state, by, why, mitigations, signals, location, missing } = candidate;
  const [selection, select] = useSelection();
  const selected = selection?.kind === "terminal" && selection.id === terminalId;
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <li ref={card} className="card" data-selected={selected || undefined}>
      <div className="card-head">
        <h2>
          <button
            type="button"
            className="link-button"
            aria-pressed={selected}
            title="Select it, here and on the map"
            onClick={() => select(selected ? null : { kind: "terminal", id: terminalId })}
          >
            {name ?? terminalId}
          </button>
        </h2>
        {candidate.protectedSite && <Mark tone="warn">Protected site</Mark>}
        <span className="quiet">
          {state === null ? "Not on record" : codeWords(state)} · <TerminalLink id={terminalId} />
        </span>
        <CommandButton
          ask={{
            command: "case.exclude",
            title: `Take ${terminalId} out of the case`,
            given: { caseId, terminalId },
            verb: "Take out",
          }}
          permission="cases.work"
        />
      </div>
      <p>
        {MEANS_WORDS[by] ?? codeWords(by)}: {why}
      </p>
      <Mitigations mitigations={mitigations} />
      <Signals signals={signals} />
      {location.length > 0 && (
        <div>
          <h3>Measured by the network</h3>
          <ul className="plain">
            {location.map(({ id, at, verdict, because, offsetKm }) => (
              <li key={id}>
                <Mark tone={LOCATION_WORDS[verdict][0]}>{LOCATION_WORDS[verdict][1]}</Mark> {because}{" "}
                <span className="quiet">
                  {offsetKm !== null && `${offsetKm.toFixed(0)} km from where it says, `}
                  {dateTime(at)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {missing.length > 0 && (
        <div>
          <h3>What is missing for the next measure</h3>
          <ul className="plain">
            {missing.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}
