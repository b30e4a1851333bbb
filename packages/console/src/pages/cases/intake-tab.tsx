// SPDX-License-Identifier: MIT
import type { IntakeReportView } from "@perigee/operator/contract";
import { useState } from "react";
import { type CaseReading, casesApi, type GivenDocument, readingOf } from "../../data/cases.ts";
import type { Failure } from "../../data/failure.ts";
import { announce } from "../../ui/announcer.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { counted } from "./case-words.ts";
import { DocumentForm } from "./document-form.tsx";
import { ReadDocumentView } from "./read-document.tsx";

/** What was read stays while one looks at other pages. */
let last: CaseReading | null = null;

/** Texts are read here and kept nowhere: who said what, when, where, and why it was read so. */
export function IntakeTab() {
  const [reading, setReading] = useState(last);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = async (given: readonly GivenDocument[]) => {
    setFailure(null);
    const answer = await casesApi.read(given);
    if (!answer.ok) {
      setFailure(answer.error);
      return false;
    }
    last = readingOf(given, answer.value);
    setReading(last);
    announce(`${counted(answer.value.statements.length, "statement")} read.`);
    return true;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard
    <section className="scroll-part" tabIndex={0} aria-label="Reading">
      <section className="padded" aria-label="Texts to read">
        <p className="quiet">
          Nothing is kept here. Documents that belong to a case are added under its Evidence.
        </p>
        <DocumentForm verb="Read" busyWord="Reading…" permission="cases.report" send={read} />
        {failure && <FailureNote failure={failure} />}
      </section>
      {reading !== null && <ReadingView reading={reading} />}
    </section>
  );
}

function ReadingView({ reading }: { reading: CaseReading }) {
  const { report } = reading;
  return (
    <section className="padded" aria-label="What was read">
      <p>{summaryOf(report)}</p>
      {report.documents.map(document => (
        <ReadDocumentView
          key={document.id}
          document={document}
          report={report}
          text={reading.texts.get(document.id) ?? null}
        />
      ))}
    </section>
  );
}

function summaryOf({ documents, statements, propositions, conflicts, gaps }: IntakeReportView): string {
  return `${[
    counted(documents.length, "document"),
    counted(statements.length, "statement"),
    counted(propositions.length, "claim"),
    counted(conflicts.length, "contradiction"),
    counted(gaps.length, "question left open", "questions left open"),
  ].join(", ")}.`;
}
