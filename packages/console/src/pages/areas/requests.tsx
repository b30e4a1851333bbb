// SPDX-License-Identifier: MIT
import { useState } from "react";
import { areasApi } from "../../data/areas.ts";
import { recordSource } from "../../data/records.ts";
import { useResource } from "../../data/resource.ts";
import { date, dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote, FailureNote } from "../../ui/notes.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { TimeLeft } from "../../ui/time-left.tsx";
import { isShown, type RequestRow } from "./request-row.ts";
import {
  dueOf,
  mayBeWithdrawn,
  NEXT_STEPS,
  progressOf,
  REQUEST_STATES,
  REQUEST_TONES,
  REQUEST_WAY,
  scopeText,
} from "./request-words.ts";

const SOURCE = recordSource<RequestRow>("area-requests");
const COLUMNS: readonly RecordColumn<RequestRow>[] = [
  {
    id: "what",
    title: "Request",
    track: "minmax(12rem, 2.6fr)",
    sort: "requester",
    cell: row =>
      isShown(row) ? (
        <span className="two-lines">
          <span>
            {row.requester ?? "A body nobody named"}
            {row.kind === "lawfulOrder" && <span className="tag">Lawful order</span>}
          </span>
          <span className="quiet">{scopeText(row)}</span>
        </span>
      ) : (
        <span className="quiet">Sealed: that it exists is public, what it says is not</span>
      ),
  },
  {
    id: "state",
    title: "State",
    track: "minmax(8rem, 1fr)",
    sort: "state",
    cell: row => isShown(row) && <Mark tone={REQUEST_TONES[row.state]}>{REQUEST_STATES[row.state]}</Mark>,
  },
  {
    id: "due",
    title: "Due in",
    track: "7rem",
    figures: true,
    fromPx: 560,
    cell: row => {
      const due = isShown(row) ? dueOf(row) : null;
      return due ? <TimeLeft untilMs={due.atMs} over="overdue" /> : "–";
    },
  },
  {
    id: "received",
    title: "Received",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "receivedMs",
    fromPx: 680,
    cell: row => (isShown(row) ? dateTime(row.receivedMs) : ""),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "State", any: "Any state", options: optionsOf("state", REQUEST_STATES) },
  {
    title: "Kind",
    any: "Requests and orders",
    options: [
      { where: "kind:request", title: "Requests" },
      { where: "kind:lawfulOrder", title: "Lawful orders" },
    ],
  },
  { title: "Urgency", any: "Any urgency", options: [{ where: "emergency:true", title: "Emergencies" }] },
];

/** What governments, regulators and other bodies asked for. */
export function RequestTable() {
  return (
    <RecordTable
      label="Requests"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-receivedMs"
      empty="When a body asks for something, enter it here: its answer and its reasons stay on record."
      actions={
        <CommandButton
          ask={{ command: "areaRequest.receive", title: "Enter a request or lawful order" }}
          permission="areas.change"
          main
        >
          Enter…
        </CommandButton>
      }
    />
  );
}

/** One request: how far it is, every dated reason, what was granted and carried out, and the letter back. */
export function RequestDetail({ id }: { id: string }) {
  return (
    <RecordDetail<RequestRow>
      list="area-requests"
      id={id}
      title={row =>
        isShown(row) ? `${row.requester ?? "A body nobody named"}: ${scopeText(row)}` : "Sealed"
      }
      mark={row => isShown(row) && <Mark tone={REQUEST_TONES[row.state]}>{REQUEST_STATES[row.state]}</Mark>}
      actions={row => isShown(row) && <RequestActions request={row} />}
    >
      {row => (isShown(row) ? <RequestParts request={row} /> : <EmptyNote title="What it says is sealed." />)}
    </RecordDetail>
  );
}

function RequestActions({ request }: { request: RequestRow }) {
  const given = { requestId: request.id };
  return (
    <>
      {NEXT_STEPS[request.state].map(([command, verb]) => (
        <CommandButton
          key={command}
          ask={{ command, title: `${verb}: ${scopeText(request)}`, given, verb }}
          permission="areas.change"
          main
        >
          {verb}…
        </CommandButton>
      ))}
      <CommandButton
        ask={{ command: "areaRequest.addReason", title: "Add a reason", given, verb: "Add" }}
        permission="areas.change"
      >
        Reason…
      </CommandButton>
      {mayBeWithdrawn(request.state) && (
        <CommandButton
          ask={{
            command: "areaRequest.withdraw",
            title: "Its sender takes it back",
            given,
            verb: "Withdraw",
          }}
          permission="areas.change"
        >
          Withdrawn…
        </CommandButton>
      )}
    </>
  );
}

function RequestParts({ request }: { request: RequestRow }) {
  const { reasons, execution } = request;
  const due = dueOf(request);
  return (
    <>
      <Way request={request} />
      <section>
        <Facts>
          <Fact name="Asked for">{scopeText(request)}</Fact>
          <Fact name="Under">
            {request.jurisdiction}
            {request.legalBasis && `, ${request.legalBasis}`}
          </Fact>
          <Fact name="Received">{dateTime(request.receivedMs)}</Fact>
          <Fact name="Sender">
            {request.authentication
              ? `Authenticated by ${request.authentication.method} (${request.authentication.by}, ${date(request.authentication.atMs)})`
              : "Not authenticated"}
          </Fact>
          {due && (
            <Fact name={`${due.what} within`}>
              <TimeLeft untilMs={due.atMs} over="overdue" />
            </Fact>
          )}
          <Fact name="Ends">{request.expiresMs === null ? "Not decided" : dateTime(request.expiresMs)}</Fact>
          <Fact name="Verified">{request.verifiedBy ?? "Nobody has verified the effect"}</Fact>
        </Facts>
        <p>
          <strong>Impact.</strong> {request.impactNote ?? "Nobody has written down yet whom it would touch."}
        </p>
      </section>
      <section>
        <h2>Reasons</h2>
        {reasons.length === 0 && <p className="quiet">None has been given.</p>}
        <ol className="records">
          {reasons.map(reason => (
            <li key={`${reason.atMs} ${reason.text}`}>
              <p>
                <time>{dateTime(reason.atMs)}</time> · {reason.by}
              </p>
              <p>{reason.text}</p>
              {reason.directiveOf && (
                <p className="quiet">An order of {reason.directiveOf} would change this answer.</p>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Granted and carried out</h2>
        <p>
          {request.granted.length === 0 ? "Nothing is granted." : `Granted: ${request.granted.join(", ")}.`}
        </p>
        {execution && (
          <>
            <p>
              Carried out {dateTime(execution.atMs)} on {execution.done.length}.
            </p>
            <ul>
              {execution.notDone.map(({ id, why }) => (
                <li key={id}>
                  Not on <code>{id}</code>: {why}
                </li>
              ))}
            </ul>
            <Letter requestId={request.id} />
          </>
        )}
      </section>
    </>
  );
}

/** The steps of a request, as far as it has come. */
function Way({ request }: { request: RequestRow }) {
  const at = progressOf(request);
  const left = !REQUEST_WAY.includes(request.state) && request.state !== "partial";
  return (
    <ol className="way" aria-label="How far it is">
      {REQUEST_WAY.slice(0, left ? at + 1 : undefined).map((state, i) => (
        <li
          key={state}
          data-passed={i <= at || undefined}
          aria-current={i === at && !left ? "step" : undefined}
        >
          {i === at && request.state === "partial" ? REQUEST_STATES.partial : REQUEST_STATES[state]}
          {i <= at && <span className="visually-hidden"> (passed)</span>}
        </li>
      ))}
      {left && (
        <li aria-current="step" data-left>
          {REQUEST_STATES[request.state]} {date(request.stateSinceMs)}
        </li>
      )}
    </ol>
  );
}

/** The letter back: counts, reasons, and where each decision can be checked. */
function Letter({ requestId }: { requestId: string }) {
  const [open, setOpen] = useState(false);
  const letter = useResource(open ? requestId : null, null, () => areasApi.attestation(requestId));
  if (!open)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Letter of attestation
      </button>
    );
  if (letter.failure) return <FailureNote failure={letter.failure} retry={letter.reload} />;
  if (!letter.value) return null;
  const { title, paragraphs, proofs, hash, to } = letter.value;
  return (
    <article className="letter" aria-label={title}>
      <h3>{title}</h3>
      <p className="quiet">To {to ?? "whoever asked"}</p>
      {paragraphs.map(paragraph => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p className="quiet">
        {proofs.length} proofs of entry in the ledger; the letter’s hash is{" "}
        <code className="long">{hash}</code>.
      </p>
      <a
        className="button"
        download={`attestation-${requestId}.json`}
        href={`/v1/area-requests/${encodeURIComponent(requestId)}/attestation`}
      >
        Download with proofs
      </a>
    </article>
  );
}
