// SPDX-License-Identifier: MIT
import type { CaseClaimView, CaseSheet } from "@perigee/operator/contract";
import { useRefusal } from "../../data/session.ts";
import { Mark } from "../../ui/mark.tsx";
import { MayButton } from "../../ui/may-button.tsx";
import { EmptyNote, FailureNote } from "../../ui/notes.tsx";
import { claimWords, counted, GAP_WORDS, originName } from "./case-words.ts";
import { QuotesSideBySide, StatementQuote } from "./quotes.tsx";
import { type CaseWords, documentsOf } from "./use-case-reading.ts";

/** What is claimed, by whoever can know of their own; what contradicts what; what nobody answered. */
export function ClaimsPart({ sheet, words }: { sheet: CaseSheet; words: CaseWords }) {
  const { claims } = sheet;
  const origins = [...new Set(claims.flatMap(claim => claim.origins))];
  if (claims.length === 0 && sheet.reading === null)
    return (
      <EmptyNote title="Nothing was read yet.">
        Add documents under Evidence: claims, their origins and contradictions are read from them.
      </EmptyNote>
    );
  return (
    <>
      <p>
        {counted(claims.length, "claim")} by {counted(origins.length, "independent origin")}.{" "}
        <span className="quiet">Copies and retellings add no origin.</span>
      </p>
      {sheet.reading?.note && <p className="gap">{sheet.reading.note}</p>}
      <Conflicts sheet={sheet} />
      <ReadQuotes sheet={sheet} words={words} />
      <section aria-labelledby="by-origin">
        <h2 id="by-origin">By origin</h2>
        {origins.map(origin => (
          <Origin
            key={origin}
            origin={origin}
            claims={claims.filter(claim => claim.origins.includes(origin))}
            words={words}
          />
        ))}
      </section>
      <Gaps sheet={sheet} words={words} />
    </>
  );
}

function Origin(props: { origin: string; claims: readonly CaseClaimView[]; words: CaseWords }) {
  const { origin, claims, words } = props;
  return (
    <section className="origin" aria-label={`Claims of ${originName(origin, words.names)}`}>
      <h3>{originName(origin, words.names)}</h3>
      <ul className="claims">
        {claims.map(claim => (
          <li key={`${claim.id} ${claim.polarity}`}>
            <Mark tone={claim.polarity === "asserted" ? "wait" : "mute"}>
              {claim.polarity === "asserted" ? "Says" : "Denies"}
            </Mark>
            <div>
              <p>{claimWords(claim.text, [claim.predicate], claim.polarity === "denied")}</p>
              <ClaimWords claim={claim} origin={origin} words={words} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The sentences that a claim was read from; of these, nothing but how many while nobody had them read. */
function ClaimWords({ claim, origin, words }: { claim: CaseClaimView; origin: string; words: CaseWords }) {
  const found = claim.statements.flatMap(id => words.statements.get(id) ?? []);
  const others = claim.origins.filter(other => other !== origin);
  const also = others.map(other => originName(other, words.names)).join(", ");
  const sources = `${counted(claim.documents.length, "document")}${also === "" ? "" : `, also by ${also}`}`;
  if (found.length === 0) return <p className="quiet">{sources}</p>;
  return (
    <details>
      <summary className="quiet">
        {counted(found.length, "statement")} in {sources}
      </summary>
      {found.map(statement => (
        <StatementQuote key={statement.id} statement={statement} words={words} />
      ))}
    </details>
  );
}

function Conflicts({ sheet }: { sheet: CaseSheet }) {
  const conflicts = sheet.reading?.conflicts ?? [];
  const predicates = sheet.claims.map(({ predicate }) => predicate);
  const sentence = (id: string) => claimWords(sheet.reading?.propositions[id] ?? id, predicates);
  if (conflicts.length === 0) return null;
  return (
    <section aria-labelledby="conflicts">
      <h2 id="conflicts">What cannot both be so</h2>
      <ul className="conflicts">
        {conflicts.map(({ id, propositions: [one, other], why }) => (
          <li key={id}>
            <p>{sentence(one)}</p>
            <span className="against">against</span>
            <p>{sentence(other)}</p>
            <p className="quiet">{why}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ReadQuotes({ sheet, words }: { sheet: CaseSheet; words: CaseWords }) {
  const refusal = useRefusal("evidence.read");
  const readRefusal = useRefusal("cases.report");
  const documents = documentsOf(sheet);
  if (words.reading !== null) return <QuotesSideBySide words={words} />;
  if (documents.length === 0) return null;
  return (
    <section aria-labelledby="quotes">
      <h2 id="quotes">Quotes side by side</h2>
      {words.failure && <FailureNote failure={words.failure} />}
      <p className="quiet">
        The words themselves are evidence. Who has them read is recorded,{" "}
        {counted(documents.length, "document")}.
      </p>
      <div>
        <MayButton className="button" refusal={refusal ?? readRefusal} onClick={words.read}>
          {words.busy ? "Reading…" : "Read the quotes"}
        </MayButton>
      </div>
    </section>
  );
}

function Gaps({ sheet, words }: { sheet: CaseSheet; words: CaseWords }) {
  const gaps = sheet.reading?.gaps ?? [];
  if (gaps.length === 0) return null;
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">Asked and not answered</h2>
      <ul className="records">
        {gaps.map(({ documentId, from, who, kind, words: said, why }) => (
          <li key={`${documentId} ${from}`}>
            <p>
              <Mark tone="mute">{GAP_WORDS[kind]}</Mark>{" "}
              {who === null ? "Nobody named" : originName(who, words.names)}
            </p>
            <p>“{said}”</p>
            <p className="quiet">{why}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
