// SPDX-License-Identifier: MIT
import type { IntakeReportView } from "@perigee/operator/contract";
import { useId, useMemo, useRef, useState } from "react";
import type { DocumentRead, StatementRead } from "../../data/cases.ts";
import { codeWords } from "../../format/words.ts";
import { Mark } from "../../ui/mark.tsx";
import { counted, FIDELITY_WORDS } from "./case-words.ts";
import { segmentsOf, type TextMark } from "./marked-text.ts";
import { speakerWords } from "./quotes.tsx";
import { MARK_WORDS, marksOf } from "./read-marks.ts";

/** One document as it was read: its text with what was found in it, and each statement with why it was read so. */
export function ReadDocumentView(props: {
  document: DocumentRead;
  report: IntakeReportView;
  /** `null`: its text is not at hand, as with PDF and HTML. */
  text: string | null;
}) {
  const { document, report, text } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const title = useId();
  const statements = report.statements.filter(({ documentId }) => documentId === document.id);
  const dated = document.published;
  return (
    <article className="read-document" aria-labelledby={title}>
      <h2 id={title}>{document.name ?? document.id}</h2>
      <p className="quiet">
        {[
          document.publisher,
          document.agency === null ? null : `after ${document.agency}`,
          dated === null
            ? "undated"
            : `${dated.from}${dated.to === dated.from ? "" : ` to ${dated.to}`} (${document.publishedBy})`,
          counted(statements.length, "statement"),
        ]
          .filter(part => part !== null)
          .join(" · ")}
      </p>
      {document.warnings.map(warning => (
        <p key={warning} className="gap">
          {warning}
        </p>
      ))}
      {text === null ? (
        <p className="quiet">The text of this file is not shown here; what was read is listed.</p>
      ) : (
        <MarkedText document={document} report={report} text={text} chosen={chosen} choose={setChosen} />
      )}
      <ol className="statements">
        {statements.map(statement => (
          <StatementRow
            key={statement.id}
            statement={statement}
            chosen={statement.id === chosen}
            choose={text === null ? null : setChosen}
          />
        ))}
      </ol>
    </article>
  );
}

function MarkedText(props: {
  document: DocumentRead;
  report: IntakeReportView;
  text: string;
  chosen: string | null;
  choose: (id: string | null) => void;
}) {
  const { document, report, text, chosen, choose } = props;
  const box = useRef<HTMLDivElement>(null);
  const segments = useMemo(() => segmentsOf(text, marksOf(document, report)), [text, document, report]);
  return (
    <>
      <ul className="mark-key" aria-label="What the marks mean">
        {Object.entries(MARK_WORDS).map(([kind, words]) => (
          <li key={kind}>
            <span className="read-mark" data-kinds={kind}>
              {words}
            </span>
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard */}
      <section className="marked-text" ref={box} tabIndex={0} aria-label="The text as it was read">
        {segments.map(({ from, text: words, marks }) => (
          <Segment key={from} words={words} marks={marks} chosen={chosen} choose={choose} />
        ))}
      </section>
    </>
  );
}

/** Always text, never markup: whatever a document says, it says it as characters. */
function Segment(props: {
  words: string;
  marks: readonly TextMark[];
  chosen: string | null;
  choose: (id: string | null) => void;
}) {
  const { words, marks, chosen, choose } = props;
  if (marks.length === 0) return words;
  const statement = marks.find(({ kind }) => kind === "statement");
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  return (
    <span
      className="read-mark"
      data-kinds={kinds.join(" ")}
      data-chosen={marks.some(({ id }) => id === chosen) || undefined}
      title={kinds.map(kind => MARK_WORDS[kind] ?? codeWords(kind)).join(", ")}
      {...(statement ? { onClick: () => choose(statement.id) } : {})}
    >
      {words}
    </span>
  );
}

function StatementRow(props: {
  statement: StatementRead;
  chosen: boolean;
  choose: ((id: string | null) => void) | null;
}) {
  const { statement, chosen, choose } = props;
  const [tone, fidelity] = FIDELITY_WORDS[statement.fidelity];
  const show = () => {
    choose?.(chosen ? null : statement.id);
    if (chosen) return;
    requestAnimationFrame(() =>
      document.querySelector(".read-mark[data-chosen]")?.scrollIntoView({ block: "center" }),
    );
  };
  return (
    <li data-chosen={chosen || undefined}>
      <p>
        <strong>{speakerWords(statement)}</strong> <Mark tone={tone}>{fidelity}</Mark>
      </p>
      <blockquote>{statement.direct ? `“${statement.text}”` : statement.text}</blockquote>
      <div className="offers">
        {choose !== null && (
          <button type="button" className="link-button" aria-pressed={chosen} onClick={show}>
            Show in the text
          </button>
        )}
        <details>
          <summary className="quiet">Why it was read so</summary>
          <ul className="why">
            {statement.why.map(reason => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      </div>
    </li>
  );
}
