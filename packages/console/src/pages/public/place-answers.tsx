// SPDX-License-Identifier: MIT
import type { PublicPlace } from "@perigee/operator/contract";
import { place as placeText } from "../../format/number.ts";
import { date } from "../../format/time.ts";
import { PublishedMark } from "./published-mark.tsx";

type Answer = PublicPlace["answers"][number];

const WORDS: Record<Answer["answer"], string> = {
  yes: "Yes",
  no: "No",
  disputed: "Statements differ",
  unknown: "Not stated",
  inPart: "In part",
  notPublished: "Not published",
};
const TONES: Record<Answer["answer"], string> = {
  yes: "ok",
  no: "bad",
  disputed: "warn",
  unknown: "mute",
  inPart: "warn",
  notPublished: "mute",
};

/** Can I have service here? One sentence, and the five answers behind it, each with who says so and since when. */
export function PlaceAnswers({ place }: { place: PublicPlace }) {
  const { published, answers } = place;
  return (
    <section aria-label={`Answers for ${place.place}`} className="place-answers">
      <h2>
        {place.place} <span className="quiet">{placeText(place.latDeg, place.lonDeg)}</span>
      </h2>
      <p className="verdict" data-state={published.state} role="status">
        <PublishedMark state={published.state} />
        <span>{published.sentence}</span>
      </p>
      <ol className="answers">
        {answers.map(({ axis, question, answer, text, says }) => (
          <li key={axis}>
            <div className="answer-line">
              <h3>{question}</h3>
              <strong className="answer" data-tone={TONES[answer]}>
                {WORDS[answer]}
              </strong>
            </div>
            {says.map(saying => (
              <p key={`${saying.asserter} ${saying.text} ${saying.since}`} className="saying">
                {saying.text}{" "}
                <span className="quiet">
                  Says {saying.asserter}, since <time dateTime={saying.since}>{date(saying.since)}</time>.{" "}
                  {saying.source}
                </span>
              </p>
            ))}
            {says.length === 0 && axis === "publishedCoverage" && <p className="saying">{text}</p>}
            {says.length === 0 && axis !== "publishedCoverage" && (
              <p className="quiet">Nobody has made a statement about this.</p>
            )}
          </li>
        ))}
      </ol>
      <p className="quiet">
        Each answer is a question of its own: what may not be sold may all the same be switched on. Borders as
        stated by {place.boundaryView.asserter}.
      </p>
    </section>
  );
}
