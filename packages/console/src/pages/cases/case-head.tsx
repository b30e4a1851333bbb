// SPDX-License-Identifier: MIT
import type { CaseClockView, CaseSheet } from "@perigee/operator/contract";
import { exportPath } from "../../data/cases.ts";
import { date, dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { DropBox } from "../../ui/record-table/drop-box.tsx";
import { TimeLeft } from "../../ui/time-left.tsx";
import {
  CASE_STATES,
  CASE_TONES,
  CASE_VERBS,
  CLOCK_STATES,
  CLOCK_WORDS,
  counted,
  nextSteps,
  SAFETY_WORDS,
} from "./case-words.ts";

/** What a case is, where it stands, what runs out, and first of all whom a mistake would harm most. */
export function CaseHead({ sheet }: { sheet: CaseSheet }) {
  const { case: found, kind, state, clocks } = sheet;
  return (
    <header className="case-head">
      <ProtectedSites sheet={sheet} />
      <div className="case-title">
        <h1>{found.title}</h1>
        <Mark tone={CASE_TONES[found.state]}>{CASE_STATES[found.state]}</Mark>
      </div>
      <p className="quiet">
        {kind.text} Opened {date(found.openedMs)} by {counted(sheet.reports.length, "report")}. {state.text}
      </p>
      <ul className="clocks" aria-label="Clocks">
        {found.safety !== "none" && (
          <li data-tone={found.safety === "credible" ? "bad" : "mute"}>
            <span className="tile-name">Safety</span>
            <Mark tone={found.safety === "credible" ? "bad" : "wait"}>{SAFETY_WORDS[found.safety]}</Mark>
          </li>
        )}
        {clocks.map(clock => (
          <Clock key={`${clock.clock} ${clock.subject}`} clock={clock} />
        ))}
      </ul>
      <CaseActions sheet={sheet} />
    </header>
  );
}

/** Shown before anything else, and said outright where there is none. */
function ProtectedSites({ sheet }: { sheet: CaseSheet }) {
  const { protectedSites, candidates } = sheet;
  if (candidates.length === 0) return null;
  if (protectedSites.length === 0)
    return <p className="quiet">No protected site is on record at or near any of its terminals.</p>;
  return (
    <section className="protected" aria-labelledby="protected">
      <h2 id="protected">
        <Mark tone="warn">
          {counted(protectedSites.length, "protected site")} at or near terminals of this case
        </Mark>
      </h2>
      <ul>
        {protectedSites.map(({ id, title, kind }) => (
          <li key={id}>
            <strong>{title}</strong> <span className="quiet">{kind}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">A person looks at each before anything is taken from anybody.</p>
    </section>
  );
}

function Clock({ clock }: { clock: CaseClockView }) {
  const [tone, word] = CLOCK_STATES[clock.state];
  const dueMs = Date.parse(clock.due);
  return (
    <li data-tone={tone} title={`${clock.title} Due ${dateTime(dueMs)}.`}>
      <span className="tile-name">{CLOCK_WORDS[clock.clock]}</span>
      {clock.state === "running" ? (
        <TimeLeft untilMs={dueMs} over="due now" />
      ) : (
        <Mark tone={tone}>{word}</Mark>
      )}
    </li>
  );
}

function CaseActions({ sheet }: { sheet: CaseSheet }) {
  const { id, title } = sheet.case;
  const [first, ...others] = nextSteps(sheet.next);
  const button = (command: string, main: boolean) => (
    <CommandButton
      key={command}
      ask={{
        command,
        title: `${CASE_VERBS[command] ?? command}: ${title}`,
        given: { caseId: id },
        verb: CASE_VERBS[command] ?? command,
      }}
      permission="cases.work"
      refusal={command === "case.close" ? (sheet.openEnds[0] ?? null) : null}
      main={main}
    />
  );
  const waiting = sheet.reports.filter(({ acknowledgedMs }) => acknowledgedMs === null);
  return (
    <div className="case-actions">
      {waiting.slice(0, 1).map(report => (
        <CommandButton
          key={report.id}
          ask={{
            command: "case.acknowledge",
            title: "Tell the reporter that the report arrived",
            given: { reportId: report.id },
            verb: "Acknowledge",
          }}
          permission="cases.work"
          main
        >
          {waiting.length === 1 ? "Acknowledge…" : `Acknowledge 1 of ${waiting.length}…`}
        </CommandButton>
      ))}
      {first !== undefined && button(first, waiting.length === 0)}
      {others.length > 0 && (
        <DropBox title="Other steps">{others.map(command => button(command, false))}</DropBox>
      )}
      <DropBox title="Case file">
        <p className="quiet">Everything on record, with the ledger’s proofs; reporters stay protected.</p>
        <a href={exportPath(id, "json")} download={`${id}.json`}>
          JSON, to be checked anywhere
        </a>
        <a href={exportPath(id, "pdf")} download={`${id}.pdf`}>
          PDF, to be read
        </a>
      </DropBox>
    </div>
  );
}
