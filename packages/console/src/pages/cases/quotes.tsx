// SPDX-License-Identifier: MIT
import { useMemo } from "react";
import type { StatementRead } from "../../data/cases.ts";
import { Mark } from "../../ui/mark.tsx";
import { FIDELITY_WORDS, originName } from "./case-words.ts";
import { quoteGroups } from "./quote-groups.ts";
import type { CaseWords } from "./use-case-reading.ts";
import { type WordPiece, wordDiff } from "./word-diff.ts";

/** Who said it, through whom, when and where it stands. */
export function StatementQuote({ statement, words }: { statement: StatementRead; words: CaseWords }) {
  const [tone, fidelity] = FIDELITY_WORDS[statement.fidelity];
  return (
    <figure className="quote">
      <blockquote>{statement.direct ? `“${statement.text}”` : statement.text}</blockquote>
      <figcaption className="quiet">
        <Mark tone={tone}>{fidelity}</Mark> {speakerWords(statement)} · {documentTitle(statement, words)}
      </figcaption>
    </figure>
  );
}

/** The same words as different documents give them, with what differs marked on both sides. */
export function QuotesSideBySide({ words }: { words: CaseWords }) {
  const groups = useMemo(() => quoteGroups(words.reading?.report.statements ?? []), [words.reading]);
  return (
    <section aria-labelledby="quotes">
      <h2 id="quotes">Quotes side by side</h2>
      {groups.length === 0 && (
        <p className="quiet">No two documents give the same words: there is nothing to compare.</p>
      )}
      {groups.map(({ first, others }) => (
        <article key={first.id} className="quote-group" aria-label={speakerWords(first)}>
          <h3>{speakerWords(first)}</h3>
          {others.map(other => (
            <QuotePair key={other.id} first={first} other={other} words={words} />
          ))}
        </article>
      ))}
    </section>
  );
}

function QuotePair(props: { first: StatementRead; other: StatementRead; words: CaseWords }) {
  const { first, other, words } = props;
  const [left, right] = useMemo(() => wordDiff(first.text, other.text), [first.text, other.text]);
  return (
    <div className="quote-pair">
      <Wording pieces={left} statement={first} words={words} kind="del" />
      <Wording pieces={right} statement={other} words={words} kind="ins" />
    </div>
  );
}

function Wording(props: {
  pieces: readonly WordPiece[];
  statement: StatementRead;
  words: CaseWords;
  kind: "del" | "ins";
}) {
  const { pieces, statement, words, kind: Changed } = props;
  const [tone, fidelity] = FIDELITY_WORDS[statement.fidelity];
  return (
    <figure className="wording">
      <blockquote>
        {pieces.map(({ text, changed }, i) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one wording never move
          return changed ? <Changed key={i}>{text}</Changed> : <span key={i}>{text}</span>;
        })}
      </blockquote>
      <figcaption className="quiet">
        <Mark tone={tone}>{fidelity}</Mark> {documentTitle(statement, words)}
      </figcaption>
    </figure>
  );
}

function documentTitle({ documentId }: StatementRead, words: CaseWords): string {
  const id = words.reading?.evidence.get(documentId) ?? documentId;
  return words.titles.get(id) ?? id;
}

/** As the document names the speaker: role, through whom, when. */
export function speakerWords({ speaker, via, saidOn, channel }: StatementRead): string {
  const who = speaker === null ? "Nobody named" : `${speaker.name}${speaker.role ? `, ${speaker.role}` : ""}`;
  const through = via.length === 0 ? "" : `, through ${via.map(({ name }) => name).join(", then ")}`;
  const when =
    saidOn === null ? "" : `, ${saidOn.from}${saidOn.to === saidOn.from ? "" : ` to ${saidOn.to}`}`;
  return `${who}${through}${channel === null ? "" : `, ${channel}`}${when}`;
}

/** Of an id; what nobody knows the name of stays as it is. */
export const nameOf = (id: string | null, words: CaseWords): string =>
  id === null ? "Nobody named" : originName(id, words.names);
