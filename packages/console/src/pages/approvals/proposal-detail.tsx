// SPDX-License-Identifier: MIT
import { operatorNowMs } from "../../data/live-state.ts";
import type { ProposalRow } from "../../data/records-shapes.ts";
import { useSession } from "../../data/session.ts";
import { dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { commandTitle } from "../../ui/command-dialog/command-words.ts";
import { radiusText } from "../../ui/command-dialog/preview-note.tsx";
import { Mark } from "../../ui/mark.tsx";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RequestWords } from "../../ui/request-words.tsx";
import { TimeLeft } from "../../ui/time-left.tsx";
import { EvidenceList } from "../evidence-list.tsx";
import {
  approvalWords,
  PROPOSAL_SENTENCES,
  PROPOSAL_STATES,
  PROPOSAL_TONES,
  verdictRefusal,
} from "./proposal-words.ts";

/** What is asked for, on what evidence, whom it touches, how long it waits, and who has said what. */
export function ProposalDetail({ id }: { id: string }) {
  return (
    <RecordDetail<ProposalRow>
      list="proposals"
      id={id}
      title={({ command }) => commandTitle(command.name)}
      mark={({ state }) => <Mark tone={PROPOSAL_TONES[state]}>{PROPOSAL_STATES[state]}</Mark>}
      actions={proposal => <Verdicts proposal={proposal} />}
    >
      {proposal => <ProposalParts proposal={proposal} />}
    </RecordDetail>
  );
}

function Verdicts({ proposal }: { proposal: ProposalRow }) {
  const { session } = useSession();
  const person = session?.person?.id ?? null;
  if (proposal.state !== "open") return null;
  const given = { proposalId: proposal.id };
  const title = commandTitle(proposal.command.name);
  const refusal = verdictRefusal(proposal, person, operatorNowMs());
  const about = <Summary proposal={proposal} />;
  if (proposal.requestedBy.id === person)
    return (
      <CommandButton
        ask={{ command: "proposal.withdraw", title: `Withdraw: ${title}`, given, about }}
        permission="orders.request"
      />
    );
  return (
    <>
      <CommandButton
        ask={{ command: "proposal.approve", title: `Approve: ${title}`, given, about }}
        permission="approvals.decide"
        refusal={refusal}
      />
      <CommandButton
        ask={{ command: "proposal.refuse", title: `Refuse: ${title}`, given, about }}
        permission="approvals.decide"
        refusal={refusal}
      />
    </>
  );
}

/** What somebody should have read before saying yes or no. */
function Summary({ proposal }: { proposal: ProposalRow }) {
  return (
    <p>
      {proposal.requestedBy.name} asks: “{proposal.reason}”{" "}
      <strong>{proposal.blastRadius ? radiusText(proposal.blastRadius) : "It touches one subject."}</strong>
    </p>
  );
}

function ProposalParts({ proposal }: { proposal: ProposalRow }) {
  const { blastRadius, approvals, command, state } = proposal;
  return (
    <>
      <section aria-labelledby="asked">
        <h3 id="asked">Request</h3>
        <p className="explain">“{proposal.reason}”</p>
        <p className="quiet">
          {proposal.requestedBy.name}, {dateTime(proposal.atMs)}
          {proposal.lane === "emergency" && " · emergency: decided sooner or not at all"}
        </p>
        <RequestWords request={command.request} />
        <p className="quiet">
          Command <code>{command.name}</code>
        </p>
      </section>
      <section aria-labelledby="radius">
        <h3 id="radius">Whom it touches</h3>
        <p>
          {blastRadius === null ? "One subject, the one that the request names." : radiusText(blastRadius)}
        </p>
        {blastRadius !== null && blastRadius.protectedSites.length > 0 && (
          <p>
            <Mark tone="warn">Protected sites are touched</Mark>
          </p>
        )}
        <p className="quiet">
          Should it touch more when it is approved than is shown here, it is refused and has to be proposed
          anew.
        </p>
      </section>
      <EvidenceList request={command.request} />
      <section aria-labelledby="approvals">
        <h3 id="approvals">Approvals</h3>
        <p>
          {PROPOSAL_SENTENCES[state]}
          {state === "open" && (
            <>
              {" "}
              {approvalWords(proposal)}; <TimeLeft untilMs={proposal.expiresMs} over="its time is over" />{" "}
              <span className="quiet">until {dateTime(proposal.expiresMs)}</span>
            </>
          )}
        </p>
        <ul className="records">
          {approvals.map(({ approverId, approver, verdict, reason, atMs }) => (
            <li key={`${approverId} ${verdict}`}>
              <p>
                <Mark tone={verdict === "approved" ? "ok" : "bad"}>
                  {approver} {verdict}
                </Mark>
              </p>
              <p>“{reason}”</p>
              <p className="quiet">{dateTime(atMs)}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
