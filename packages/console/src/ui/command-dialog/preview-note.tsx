// SPDX-License-Identifier: MIT
import type { Preview } from "@perigee/operator/contract";
import type { Failure } from "../../data/failure.ts";
import { count, percent } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import type { CommandWords } from "./command-words.ts";

/** What will happen, to how many, for how long, and how to undo it: as the operator itself says it would decide now. */
export function PreviewNote(props: {
  summary: string;
  words: CommandWords;
  /** `null`: not asked yet, or the form is not filled in. */
  preview: Preview | null;
  failure: Failure | null;
}) {
  const { words, preview, failure } = props;
  return (
    <dl className="consequences" aria-live="polite">
      <dt>What happens</dt>
      <dd>
        {preview?.approvalsNeeded === 2 && (
          <p>
            <strong>It becomes a proposal: two other persons must approve it first.</strong> Nothing changes
            until then.
          </p>
        )}
        {preview === null || preview.decisions.length === 0 ? (
          <p>{props.summary}</p>
        ) : (
          <PreviewedDecisions preview={preview} />
        )}
        {failure && (
          <p className="field-error">
            It would be refused: {failure.message} <code>{failure.code}</code>
          </p>
        )}
      </dd>
      {preview?.blastRadius && (
        <>
          <dt>To how many</dt>
          <dd>{radiusText(preview.blastRadius)}</dd>
        </>
      )}
      {words.lasts && (
        <>
          <dt>For how long</dt>
          <dd>{words.lasts}</dd>
        </>
      )}
      {words.undo && (
        <>
          <dt>How to undo</dt>
          <dd>{words.undo}</dd>
        </>
      )}
    </dl>
  );
}

function PreviewedDecisions({ preview }: { preview: Preview }) {
  const { decisions, count: all } = preview;
  const noticed = decisions.filter(({ noticed: told }) => told).length;
  const appealUntil = decisions.find(decision => decision.appealUntil !== null)?.appealUntil;
  const endsAt = decisions.find(decision => decision.endsAt !== null)?.endsAt;
  return (
    <>
      {preview.approvalsNeeded === 2 && <p>Once approved:</p>}
      <ul className="previewed">
        {decisions.slice(0, 4).map(({ action, subject, outcome, text }) => (
          <li key={`${action} ${subject} ${outcome}`}>{text}</li>
        ))}
      </ul>
      {all > 4 && <p className="quiet">{`and ${count(all - 4)} more decisions of the kind.`}</p>}
      <p className="quiet">
        {all === 1 ? "One ledger entry." : `${count(all)} ledger entries.`}
        {endsAt && ` Ends by itself ${dateTime(endsAt)}.`}
        {noticed > 0 &&
          ` The holder is told at once${appealUntil ? ` and can appeal until ${dateTime(appealUntil)}` : ""}.`}
      </p>
    </>
  );
}

interface BlastRadius {
  readonly terminals: number;
  readonly accounts: number;
  /** Of the terminals in service, 0 to 1. */
  readonly share: number;
  readonly protectedSites: readonly string[];
}

/** Whom a command touches, in a sentence. */
export function radiusText(radius: BlastRadius): string {
  const { terminals, accounts, share, protectedSites } = radius;
  const sites =
    protectedSites.length === 0 ? "no protected site" : `protected sites: ${protectedSites.join(", ")}`;
  const ones = (n: number, word: string) => `${count(n)} ${word}${n === 1 ? "" : "s"}`;
  return `${ones(terminals, "terminal")} of ${ones(accounts, "account")}, ${percent(share)} of those in service; ${sites}.`;
}
