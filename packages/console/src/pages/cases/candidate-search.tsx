// SPDX-License-Identifier: MIT
import type { CandidateSearchView } from "@perigee/operator/contract";
import { type FormEvent, useState } from "react";
import { type CandidateAsk, casesApi } from "../../data/cases.ts";
import type { Failure } from "../../data/failure.ts";
import { useRefusal } from "../../data/session.ts";
import { announce } from "../../ui/announcer.tsx";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { MayButton } from "../../ui/may-button.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { TerminalLink } from "../orders/single-orders.tsx";
import { counted } from "./case-words.ts";
import { Mitigations } from "./signal-list.tsx";

const NOTHING: CandidateAsk = { area: "", from: "", until: "", unit: "", account: "", serial: "" };
const FIELDS: readonly {
  readonly name: keyof CandidateAsk;
  readonly title: string;
  readonly hint: string;
  readonly type?: "datetime-local";
}[] = [
  { name: "area", title: "Place and radius", hint: "latitude, longitude, km" },
  { name: "from", title: "From (UTC)", hint: "", type: "datetime-local" },
  { name: "until", title: "Until (UTC)", hint: "", type: "datetime-local" },
  { name: "unit", title: "Party", hint: "id on record" },
  { name: "account", title: "Account", hint: "id" },
  { name: "serial", title: "Serial or kit number", hint: "* at the end for all that begin so" },
];
/** A case takes over this many at once. */
const MOST_ADDED = 1_000;

/** Terminals that the claims may be about; looking at an area is recorded like looking at positions. */
export function CandidateSearch({ caseId }: { caseId: string }) {
  const [ask, setAsk] = useState(NOTHING);
  const [found, setFound] = useState<CandidateSearchView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const refusal = useRefusal("cases.read");
  const empty = [ask.area, ask.unit, ask.account, ask.serial].every(text => text.trim() === "");
  const search = async () => {
    setBusy(true);
    setFailure(null);
    const answer = await casesApi.candidates(caseId, ask);
    setBusy(false);
    if (!answer.ok) setFailure(answer.error);
    else {
      setFound(answer.value);
      announce(`${counted(answer.value.candidates.length, "terminal")} found.`);
    }
  };
  return (
    <section aria-labelledby="search-candidates">
      <h2 id="search-candidates">Search for terminals</h2>
      <form
        className="search-grid"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!empty && refusal === null) void search();
        }}
      >
        {FIELDS.map(({ name, title, hint, type }) => (
          <label key={name} className="field">
            <span>{title}</span>
            <input
              type={type ?? "text"}
              placeholder={hint}
              maxLength={100}
              value={ask[name]}
              onChange={event => setAsk({ ...ask, [name]: event.target.value })}
            />
          </label>
        ))}
        <div className="search-foot">
          <MayButton
            className="button"
            refusal={refusal ?? (empty ? "Say where, whose or which number first." : null)}
            onClick={() => void search()}
          >
            {busy ? "Searching…" : "Search"}
          </MayButton>
          <span className="quiet">Looking into an area is recorded under your name.</span>
        </div>
      </form>
      {failure && <FailureNote failure={failure} />}
      {found && <Found found={found} caseId={caseId} />}
    </section>
  );
}

function Found({ found, caseId }: { found: CandidateSearchView; caseId: string }) {
  const { protectedSites, candidates, notFound, cells, truncated } = found;
  const fresh = candidates.filter(({ inCase }) => !inCase);
  return (
    <>
      {protectedSites.length > 0 && (
        <p>
          <Mark tone="warn">Protected: {protectedSites.map(({ title }) => title).join(", ")}</Mark>
        </p>
      )}
      <p role="status">
        {counted(candidates.length, "terminal")}
        {cells > 0 && ` in ${counted(cells, "service cell")}`}.
        {truncated && " There are more: this is a region, not a case."}
        {notFound.length > 0 && ` Nothing for ${notFound.slice(0, 5).join("; ")}.`}
      </p>
      <ul className="candidates">
        {candidates.slice(0, 100).map(({ terminalId, matches, mitigations, inCase, protectedSite }) => (
          <li key={terminalId} className="card">
            <div className="card-head">
              <TerminalLink id={terminalId} />
              {protectedSite && <Mark tone="warn">Protected site</Mark>}
              {inCase && <span className="tag">In the case</span>}
            </div>
            <p className="quiet">{matches.map(({ why }) => why).join(" ")}</p>
            <Mitigations mitigations={mitigations} />
          </li>
        ))}
      </ul>
      {fresh.length > 0 && (
        <div>
          <CommandButton
            ask={{
              command: "case.add",
              title: `Look at ${counted(Math.min(fresh.length, MOST_ADDED), "terminal")}`,
              given: {
                caseId,
                candidates: fresh.slice(0, MOST_ADDED).map(({ terminalId, matches }) => ({
                  terminalId,
                  by: matches[0]?.by ?? "hand",
                  why: matches
                    .map(({ why }) => why)
                    .join(" ")
                    .slice(0, 500)
                    .trim(),
                })),
                claims: [],
                signals: [],
                supply: [],
                victims: [],
                listing: null,
              },
              verb: "Look at them",
            }}
            permission="cases.work"
            main
          >
            Add {counted(Math.min(fresh.length, MOST_ADDED), "terminal")} to the case…
          </CommandButton>
        </div>
      )}
    </>
  );
}
