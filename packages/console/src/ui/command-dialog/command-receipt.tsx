// SPDX-License-Identifier: MIT
import type { CarriedOut } from "@perigee/operator/contract";
import { Link, useSearchParams } from "wouter";
import { closeDialog } from "../../app/dialogs.ts";
import { ledgerHref, pageHref } from "../../app/view-options.ts";
import { count } from "../../format/number.ts";

const SHOWN = 20;

/** What came of a command: the proposal that waits, or the decisions with their ledger entries. */
export function CommandReceipt({ command, done }: { command: string; done: CarriedOut }) {
  const [parameters] = useSearchParams();
  const { decisions, proposalId, terminals } = done;
  const approvals = pageHref("/approvals", parameters);
  return (
    <div className="receipt">
      {proposalId !== null && (
        <p>
          <strong>
            {command === "proposal.approve"
              ? "It waits for one more person."
              : "It waits for two other persons."}
          </strong>{" "}
          Proposal{" "}
          <Link
            href={`${approvals}${approvals.includes("?") ? "&" : "?"}id=${encodeURIComponent(proposalId)}`}
            onClick={closeDialog}
          >
            {proposalId}
          </Link>
        </p>
      )}
      <h3>{decisions.length === 1 ? "Ledger entry" : "Ledger entries"}</h3>
      <ul className="records">
        {decisions.slice(0, SHOWN).map(decision => (
          <li key={decision.id}>
            <p>{decision.text}</p>
            <p className="quiet">
              <Link href={ledgerHref(decision.ledgerIndex, parameters)} onClick={closeDialog}>
                Ledger entry {count(decision.ledgerIndex)}
              </Link>
              {decision.noticeId !== null && " · the holder is told"}
            </p>
          </li>
        ))}
      </ul>
      {decisions.length > SHOWN && (
        <p className="quiet">and {count(decisions.length - SHOWN)} more, one entry each.</p>
      )}
      {terminals > 0 && (
        <p className="quiet">
          {terminals === 1 ? "One terminal was" : `${count(terminals)} terminals were`} asked about again.
        </p>
      )}
      <div className="modal-foot">
        <button type="button" className="button main" data-first onClick={closeDialog}>
          Close
        </button>
      </div>
    </div>
  );
}
