// SPDX-License-Identifier: MIT
import { useState } from "react";
import { api } from "../../data/api.ts";
import type { Failure } from "../../data/failure.ts";
import { count } from "../../format/number.ts";
import { type Check, verifyLedger } from "../../ledger/verify.ts";
import { announce } from "../../ui/announcer.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { ShapeIcon } from "../../ui/state-mark.tsx";

const MARKS: Record<Check["state"], { path: string; tone: string; word: string }> = {
  right: { path: "M3 8.5L6.5 12L13 4.5", tone: "ok", word: "Right" },
  wrong: { path: "M4 4L12 12M12 4L4 12", tone: "bad", word: "Wrong" },
  unchecked: { path: "M4 8H12", tone: "mute", word: "Not checked" },
};

type State =
  | { readonly kind: "idle" }
  | { readonly kind: "busy"; readonly done: number; readonly of: number }
  | { readonly kind: "done"; readonly checks: readonly Check[] }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Recomputes everything here, with a head fetched for the purpose. */
export function VerifyLedger() {
  const [state, setState] = useState<State>({ kind: "idle" });
  const verify = async () => {
    setState({ kind: "busy", done: 0, of: 0 });
    if (!globalThis.crypto?.subtle) {
      const message =
        "A browser computes hashes only on a secure page: open the console as localhost or over HTTPS.";
      setState({ kind: "failed", failure: { code: "INSECURE_PAGE", message, place: null } });
      return;
    }
    const head = await api.ledgerHead();
    if (!head.ok) {
      setState({ kind: "failed", failure: head.error });
      return;
    }
    const of = head.value.size;
    const result = await verifyLedger(head.value, api.ledgerEntries, done =>
      setState({ kind: "busy", done, of }),
    );
    if (!result.ok) {
      setState({ kind: "failed", failure: result.error });
      return;
    }
    setState({ kind: "done", checks: result.value });
    announce(result.value.map(({ text }) => text).join(" "));
  };
  return (
    <div className="verify">
      <button type="button" className="button" onClick={verify} disabled={state.kind === "busy"}>
        Verify in the browser
      </button>
      {state.kind === "idle" && (
        <p className="quiet">
          Recomputes every hash and the root here and checks the signature. Trusts no server.
        </p>
      )}
      {state.kind === "busy" && (
        <p className="quiet figures">
          {count(state.done)} of {count(state.of)} entries
        </p>
      )}
      {state.kind === "failed" && <FailureNote failure={state.failure} />}
      {state.kind === "done" && (
        <ul className="checks" aria-label="Checks">
          {state.checks.map(check => (
            <li key={check.name} data-check={check.name} data-state={check.state}>
              <span className="state-mark" data-tone={MARKS[check.state].tone}>
                <ShapeIcon path={MARKS[check.state].path} filled={false} />
                {MARKS[check.state].word}
              </span>
              <span>{check.text}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
