// SPDX-License-Identifier: MIT
import type { CaseSheet, RecommendationView, RecommendedMeasureView } from "@perigee/operator/contract";
import { useState } from "react";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote } from "../../ui/notes.tsx";
import { TerminalLink } from "../orders/single-orders.tsx";

const PAGE = 40;
/** Permissions of the authority's orders. */
const PERMISSIONS: Readonly<Record<string, string>> = { "order.suspend": "orders.suspend" };

/** What the record supports about each terminal, from least to most restrictive, with what each step still needs. */
export function MeasuresPart({ sheet }: { sheet: CaseSheet }) {
  const [shown, setShown] = useState(PAGE);
  const { recommendations, binding } = sheet;
  if (recommendations.length === 0)
    return (
      <EmptyNote title="There is no terminal to recommend anything about.">
        Terminals are found and added under Terminals.
      </EmptyNote>
    );
  return (
    <>
      <p className="quiet">
        A recommendation is words: the authority decides, and grave orders take two more persons. Claims weigh
        nothing here.{" "}
        {binding.length === 0
          ? "No finding carries a deactivation yet."
          : `Findings that carry a deactivation: ${binding.join(", ")}.`}
      </p>
      <div>
        <CommandButton
          ask={{
            command: "finding.record",
            title: "Record what was found about one terminal",
            given: { caseId: sheet.case.id },
          }}
          permission="orders.request"
        >
          Record a finding…
        </CommandButton>
      </div>
      {recommendations.slice(0, shown).map(recommendation => (
        <Ladder key={recommendation.terminalId} recommendation={recommendation} />
      ))}
      {recommendations.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + PAGE)}>
          Show more: {shown} of {recommendations.length}
        </button>
      )}
    </>
  );
}

function Ladder({ recommendation }: { recommendation: RecommendationView }) {
  const { terminalId, protectedSites, recommended, why, measures } = recommendation;
  return (
    <section className="card" aria-label={`Measures about ${terminalId}`}>
      <div className="card-head">
        <h2>
          <TerminalLink id={terminalId} />
        </h2>
        {protectedSites.length > 0 && (
          <Mark tone="warn">{protectedSites.map(({ title }) => title).join(", ")}</Mark>
        )}
      </div>
      <p>
        Recommended: <strong>{codeWords(recommended).toLowerCase()}</strong>. {why}
      </p>
      <ol className="ladder">
        {measures.map(measure => (
          <Rung
            key={measure.measure}
            measure={measure}
            recommended={measure.measure === recommended}
            terminalId={terminalId}
          />
        ))}
      </ol>
    </section>
  );
}

function Rung(props: { measure: RecommendedMeasureView; recommended: boolean; terminalId: string }) {
  const { measure: of, recommended, terminalId } = props;
  const ready = of.needs.length === 0;
  return (
    <li data-ready={ready || undefined} data-recommended={recommended || undefined}>
      <div>
        <p>
          <strong>{codeWords(of.measure)}</strong>
          {recommended && <span className="tag">Recommended</span>}
          {of.approvals === 2 && <span className="tag">Two more persons</span>}
        </p>
        <p className="quiet">{of.title}</p>
        {ready ? (
          <Mark tone="ok">Nothing is missing</Mark>
        ) : (
          <ul className="needs">
            {of.needs.map(need => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        )}
      </div>
      {of.command !== null && (
        <CommandButton
          ask={{
            command: of.command.name,
            title: `${codeWords(of.measure)} ${terminalId}`,
            given: { terminalId },
            initial: of.command.request,
          }}
          permission={PERMISSIONS[of.command.name] ?? "orders.request"}
          refusal={ready ? null : (of.needs[0] ?? null)}
        />
      )}
    </li>
  );
}
