// SPDX-License-Identifier: MIT
import type { KitAnswer } from "@perigee/operator/contract";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Failure } from "../../data/failure.ts";
import { published } from "../../data/published.ts";
import { PublicFrame } from "./public-frame.tsx";

/** Before buying second-hand: two answers about a kit number, and nothing more. */
export function KitPage({ who }: { who: ReactNode }) {
  const [number, setNumber] = useState("");
  const [asked, setAsked] = useState<{ readonly number: string; readonly answer: KitAnswer } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const answer = await published.kit(number.trim());
    setBusy(false);
    setAsked(answer.ok ? { number: number.trim().toUpperCase(), answer: answer.value } : null);
    if (!answer.ok) setFailure(answer.error);
  };
  return (
    <PublicFrame who={who}>
      <main className="open-panel kit-page" tabIndex={-1}>
        <h1>Check a kit before you buy it</h1>
        <p className="quiet">
          The kit number is printed on the box and on the terminal’s foot: KIT and the letters and digits
          after it. You learn two things and no more: not whose it was, nor where.
        </p>
        <form className="place-search" onSubmit={ask}>
          <label htmlFor="kit-number">Kit number</label>
          <div data-wrong={failure !== null || undefined}>
            <input
              id="kit-number"
              required
              minLength={9}
              maxLength={40}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              placeholder="KIT00012345"
              aria-invalid={failure !== null}
              aria-describedby="kit-note"
              value={number}
              onChange={event => setNumber(event.target.value)}
            />
            <button type="submit" className="button main" disabled={busy}>
              Check
            </button>
          </div>
          <span id="kit-note" className="field-note" role="alert">
            {failure?.message ?? ""}
          </span>
        </form>
        {asked && <KitAnswers number={asked.number} answer={asked.answer} />}
      </main>
    </PublicFrame>
  );
}

function KitAnswers({ number, answer }: { number: string; answer: KitAnswer }) {
  const may = answer.mayBeActivated === "yes";
  const bad = answer.reportedStolenOrBlocked === "yes";
  return (
    <section className="place-answers" aria-label={`Answers for ${number}`} role="status">
      <h2>
        <code>{number}</code>
      </h2>
      <ol className="answers">
        <li className="answer-line">
          <h3>May a new holder activate it as it is?</h3>
          <strong className="answer" data-tone={may ? "ok" : "bad"}>
            {may ? "Yes" : "No"}
          </strong>
        </li>
        <li className="answer-line">
          <h3>Is it reported stolen, or blocked?</h3>
          <strong className="answer" data-tone={bad ? "bad" : "ok"}>
            {bad ? "Yes" : "No"}
          </strong>
        </li>
      </ol>
      <p className="quiet">
        {may
          ? "Ask the seller to hand over the terminal with its box; register it in your own name."
          : bad
            ? "Do not buy it."
            : "It is in somebody’s service, or this number is not known. Ask the seller to release it first, and check again."}
      </p>
    </section>
  );
}
