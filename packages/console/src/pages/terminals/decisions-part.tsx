// SPDX-License-Identifier: MIT
import type { Decision } from "@perigee/operator/contract";
import { dateTime } from "../../format/time.ts";
import { actionWords, codeWords } from "../../format/words.ts";
import { LedgerLink } from "./orders-part.tsx";

/** Decisions about this terminal: each time its outcome or reason changed. */
export function DecisionsPart({ decisions }: { decisions: readonly Decision[] }) {
  return (
    <section aria-labelledby="decisions">
      <h3 id="decisions">Decisions</h3>
      {decisions.length === 0 && <p className="quiet">Nothing was decided about this terminal yet.</p>}
      <ul className="records">
        {decisions.map(decision => (
          <li key={decision.id}>
            <p>
              <strong>{actionWords(decision.action)}</strong>: {codeWords(decision.outcome)}
              {decision.reasons.map(reason => (
                <code key={reason} className="tag">
                  {reason}
                </code>
              ))}
            </p>
            <p>{decision.text}</p>
            <p className="quiet">
              {dateTime(decision.at)} · <LedgerLink index={decision.ledgerIndex} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
