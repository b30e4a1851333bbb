// SPDX-License-Identifier: MIT
import type { CaseSheet } from "@perigee/operator/contract";
import { bytes } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords, shortHash } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { VERDICT_TONES, VERDICTS } from "../orders/order-words.ts";
import { TerminalLink } from "../orders/single-orders.tsx";
import { RecordLink } from "../record-link.tsx";
import { AddDocuments } from "./add-documents.tsx";
import { counted } from "./case-words.ts";

/** What is in evidence, what was found by it, and what was ordered, told and appealed. */
export function EvidencePart({ sheet }: { sheet: CaseSheet }) {
  const { evidence, findings, orders, notices, appeals } = sheet;
  return (
    <>
      <section aria-labelledby="items">
        <h2 id="items">Evidence</h2>
        {evidence.length === 0 && <p className="quiet">Nothing is in evidence yet.</p>}
        <ul className="records">
          {evidence.map(item => (
            <li key={item.id}>
              <p>
                <strong>{item.title}</strong> <span className="tag">{item.mediaType}</span>
              </p>
              <p className="quiet">
                {codeWords(item.receivedFrom)}, {dateTime(item.receivedMs)} · {bytes(item.bytes)} · SHA-256{" "}
                <code title={item.sha256}>{shortHash(item.sha256)}</code> ·{" "}
                {counted(item.custody.length, "link")} of custody · <code>{item.id}</code>
              </p>
              <CommandButton
                ask={{
                  command: "evidence.note",
                  title: `Custody of ${item.title}`,
                  given: { evidenceId: item.id },
                  verb: "Note custody",
                }}
                permission="evidence.add"
              />
            </li>
          ))}
        </ul>
      </section>
      <AddDocuments caseId={sheet.case.id} />
      {findings.length > 0 && (
        <section aria-labelledby="findings-of-case">
          <h2 id="findings-of-case">Findings</h2>
          <ul className="records">
            {findings.map(({ id, terminalId, verdict, summary, by, atMs }) => (
              <li key={id}>
                <p>
                  <Mark tone={VERDICT_TONES[verdict]}>{VERDICTS[verdict]}</Mark>{" "}
                  <TerminalLink id={terminalId} />
                </p>
                <p>{summary}</p>
                <p className="quiet">
                  {by}, {dateTime(atMs)} · <RecordLink kind="finding" id={id} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {orders.length + notices.length + appeals.length > 0 && (
        <section aria-labelledby="orders-of-case">
          <h2 id="orders-of-case">Orders, notices, appeals</h2>
          <ul className="plain">
            {orders.map(({ id, kind, terminalId, atMs, endedAtMs }) => (
              <li key={id}>
                {codeWords(kind)} <TerminalLink id={terminalId} />{" "}
                <span className="quiet">
                  {dateTime(atMs)}
                  {endedAtMs !== null && `, ended ${dateTime(endedAtMs)}`}
                </span>{" "}
                <RecordLink kind="order" id={id} />
              </li>
            ))}
            {notices.map(({ id, atMs, exemption }) => (
              <li key={id}>
                {exemption === null ? "Told" : "Kept back"} <span className="quiet">{dateTime(atMs)}</span>{" "}
                <RecordLink kind="notice" id={id} />
              </li>
            ))}
            {appeals.map(({ id, state, atMs }) => (
              <li key={id}>
                Appeal {codeWords(state).toLowerCase()} <span className="quiet">{dateTime(atMs)}</span>{" "}
                <RecordLink kind="appeal" id={id} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
