// SPDX-License-Identifier: MIT
import type { PolicyPlan } from "@perigee/operator/contract";
import { useState } from "react";
import { areasApi } from "../../data/areas.ts";
import type { Failure } from "../../data/failure.ts";
import { useRefusal } from "../../data/session.ts";
import { count, percent } from "../../format/number.ts";
import { codeWords, shortHash } from "../../format/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { MayButton } from "../../ui/may-button.tsx";
import { EmptyNote, FailureNote } from "../../ui/notes.tsx";
import { readPolicy } from "./read-policy.ts";

/** What was typed stays while one looks at other pages. */
let typed = "";

/** What another policy would change, and for whom, before it does: a diff in words and the terminals it touches. */
export function PlanTab() {
  const [text, setText] = useState(typed);
  const [planned, setPlanned] = useState<{ readonly plan: PolicyPlan; readonly document: unknown } | null>(
    null,
  );
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const refusal = useRefusal("policy.plan");
  const write = (next: string) => {
    typed = next;
    setText(next);
    setPlanned(null);
  };
  const load = async () => {
    const answer = await areasApi.policy();
    if (answer.ok) write(`${JSON.stringify(answer.value.document, null, 2)}\n`);
    else setFailure(answer.error);
  };
  const plan = async () => {
    const read = readPolicy(text);
    setPlanned(null);
    setFailure(read.ok ? null : read.error);
    if (!read.ok) return;
    setBusy(true);
    const answer = await areasApi.plan(read.value);
    setBusy(false);
    if (answer.ok) {
      setPlanned({ plan: answer.value, document: read.value });
      announce(
        `${answer.value.changes.length} changes, ${answer.value.impact?.terminals ?? "unknown"} terminals.`,
      );
    } else setFailure(answer.error);
  };
  return (
    <div className="scroll-part">
      <section className="padded plan-form" aria-label="The policy to be planned">
        <label htmlFor="policy-text">A policy document, as a file has it (JSON)</label>
        <textarea
          id="policy-text"
          rows={9}
          spellCheck={false}
          value={text}
          aria-invalid={failure !== null}
          onChange={event => write(event.target.value)}
        />
        <div className="offers">
          <MayButton className="button main" refusal={refusal} onClick={() => void plan()}>
            {busy ? "Planning…" : "What would change?"}
          </MayButton>
          <button type="button" className="button" onClick={() => void load()}>
            Begin with the policy in force
          </button>
          <label className="button">
            From a file
            <input
              type="file"
              accept="application/json,.json"
              className="visually-hidden"
              onChange={async event => {
                const file = event.target.files?.[0];
                if (file) write(await file.text());
              }}
            />
          </label>
        </div>
        {failure && <FailureNote failure={failure} />}
      </section>
      {planned ? (
        <PlanView plan={planned.plan} document={planned.document} />
      ) : (
        failure === null && (
          <EmptyNote title="Nothing is changed here.">
            The plan says in words what would be different and for how many terminals. Putting it in force
            asks for a reason and two other persons.
          </EmptyNote>
        )
      )}
    </div>
  );
}

const SIGNS = { added: "+", removed: "−", changed: "~" } as const;
const CHANGE_WORDS = { added: "Added", removed: "Removed", changed: "Changed" } as const;

function PlanView({ plan, document }: { plan: PolicyPlan; document: unknown }) {
  const { impact, changes, setAside, planned } = plan;
  return (
    <>
      <section className="padded" aria-label="Whom it touches">
        <h2>
          {impact === null
            ? "It is for another boundary view, so no terminal can be compared"
            : `${count(impact.terminals)} of ${count(impact.asked)} terminals would get another answer`}
        </h2>
        {impact && (
          <>
            <p>
              {count(impact.lose)} lose service, {count(impact.gain)} gain it; {percent(impact.share, 1)} of
              all in service, {count(impact.accounts)} accounts.{" "}
              {impact.protectedSites.length > 0 && (
                <strong className="bad-text">Protected sites: {impact.protectedSites.join(", ")}.</strong>
              )}
            </p>
            {impact.steps.length > 0 && (
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">From</th>
                    <th scope="col">To</th>
                    <th scope="col" data-figures>
                      Terminals
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {impact.steps.map(step => (
                    <tr key={`${step.fromReason} ${step.toReason}`}>
                      <td>{codeWords(step.fromReason)}</td>
                      <td>{codeWords(step.toReason)}</td>
                      <td data-figures>{count(step.terminals)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {impact.areas.length > 0 && (
              <p className="quiet">
                By area:{" "}
                {impact.areas
                  .map(({ name, changed, lose, gain }) => `${name} ${changed} (−${lose}, +${gain})`)
                  .join("; ")}
                . For example {impact.examples.slice(0, 5).join(", ")}.
              </p>
            )}
          </>
        )}
      </section>
      <section className="padded" aria-label="What would be different">
        <h2>
          {changes.length === 0 ? "The policy in force says all that already" : `${changes.length} changes`}
        </h2>
        <ul className="diff">
          {changes.map(change => (
            <li key={`${change.kind} ${change.name} ${change.text}`} data-change={change.change}>
              <span className="sign" aria-hidden="true">
                {SIGNS[change.change]}
              </span>
              <span>
                <span className="visually-hidden">{CHANGE_WORDS[change.change]}: </span>
                <strong>
                  {codeWords(change.kind)} {change.name}
                </strong>
                <span className="quiet hint">{change.text}</span>
              </span>
            </li>
          ))}
        </ul>
        {setAside.map(({ statementId, why }) => (
          <p key={statementId} className="quiet">
            Set aside: <code>{statementId}</code>. {why}
          </p>
        ))}
        <p className="quiet">
          Document <code>{shortHash(planned.documentHash)}</code>; becomes policy{" "}
          <code>{shortHash(plan.afterVersion)}</code>.
        </p>
        {changes.length > 0 && (
          <CommandButton
            ask={{
              command: "policy.apply",
              title: `Put in force: ${plan.title}`,
              given: { document, planned },
              verb: "Put in force",
            }}
            permission="policy.apply"
          >
            Put in force…
          </CommandButton>
        )}
      </section>
    </>
  );
}
