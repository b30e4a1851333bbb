// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { FindingRow } from "../../data/records-shapes.ts";
import { dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { VERDICT_TONES, VERDICTS } from "./order-words.ts";
import { TerminalLink } from "./single-orders.tsx";

const SOURCE = recordSource<FindingRow>("findings");
const COLUMNS: readonly RecordColumn<FindingRow>[] = [
  {
    id: "what",
    title: "Finding",
    track: "minmax(11rem, 2.6fr)",
    sort: "terminalId",
    cell: ({ terminalId, summary }) => (
      <span className="two-lines">
        <span>{terminalId}</span>
        <span className="quiet">{summary}</span>
      </span>
    ),
  },
  {
    id: "verdict",
    title: "Verdict",
    track: "minmax(8rem, 1fr)",
    sort: "verdict",
    cell: ({ verdict }) => <Mark tone={VERDICT_TONES[verdict]}>{VERDICTS[verdict]}</Mark>,
  },
  {
    id: "basis",
    title: "Rests on",
    track: "minmax(7rem, 1fr)",
    sort: "basis.kind",
    fromPx: 560,
    cell: ({ basis }) =>
      basis.kind === "firstParty" ? "Own measurements" : `${basis.origins?.length ?? 0} origins`,
  },
  {
    id: "case",
    title: "Case",
    track: "minmax(6rem, 1fr)",
    sort: "caseId",
    fromPx: 680,
    cell: of => of.caseId,
  },
  {
    id: "at",
    title: "Date",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "atMs",
    fromPx: 460,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "Verdict", any: "Any verdict", options: optionsOf("verdict", VERDICTS) },
];

/** What investigations found about single terminals. */
export function FindingTable() {
  return (
    <RecordTable
      label="Findings"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-atMs"
      actions={
        <CommandButton
          ask={{ command: "finding.record", title: "Record a finding" }}
          permission="orders.request"
        >
          New…
        </CommandButton>
      }
      empty="An investigation records what it found about one terminal; only a confirmed finding carries a deactivation."
    />
  );
}

export function FindingDetail({ id }: { id: string }) {
  return (
    <RecordDetail<FindingRow>
      list="findings"
      id={id}
      title={({ terminalId }) => `Finding about ${terminalId}`}
      mark={({ verdict }) => <Mark tone={VERDICT_TONES[verdict]}>{VERDICTS[verdict]}</Mark>}
      actions={({ verdict, terminalId }) =>
        verdict === "confirmed" && (
          <CommandButton
            ask={{
              command: "order.deactivate",
              title: `Deactivate ${terminalId}`,
              given: { terminalId },
              initial: {
                basis: { kind: "finding", id },
                evidence: [id],
                evidenceClasses: ["finding"],
              },
            }}
            permission="orders.request"
          />
        )
      }
    >
      {finding => (
        <section aria-labelledby="finding">
          <h3 id="finding">Finding</h3>
          <p className="explain">{finding.summary}</p>
          <Facts>
            <Fact name="Terminal">
              <TerminalLink id={finding.terminalId} />
            </Fact>
            <Fact name="Case">{finding.caseId}</Fact>
            <Fact name="By">
              {finding.by}, {dateTime(finding.atMs)}
            </Fact>
            <Fact name="Tied to this very terminal by">
              {finding.identityBinding
                ? `${finding.identityBinding.kind} (${finding.identityBinding.evidence})`
                : "Nothing: no deactivation can rest on it"}
            </Fact>
          </Facts>
          <h3>
            {finding.basis.kind === "firstParty"
              ? "The operator's own measurements and records"
              : "Independent origins; copies count once"}
          </h3>
          <ul className="changes">
            {[...(finding.basis.origins ?? []), ...finding.basis.evidence].map(of => (
              <li key={of}>
                <code>{of}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </RecordDetail>
  );
}
