// SPDX-License-Identifier: MIT
import { Link, useSearchParams } from "wouter";
import { pageHref } from "../../app/view-options.ts";
import type { ReportRow } from "../../data/cases.ts";
import { recordSource } from "../../data/records.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import type { RecordColumn, RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";

const SOURCE = recordSource<ReportRow>("case-reports");
const COLUMNS: readonly RecordColumn<ReportRow>[] = [
  {
    id: "what",
    title: "Report",
    track: "minmax(10rem, 2.6fr)",
    cell: ({ summary, reporter }) => (
      <span className="two-lines">
        <span>{summary ?? "Not shown"}</span>
        <span className="quiet">{reporter === null ? "Reporter protected" : codeWords(reporter)}</span>
      </span>
    ),
  },
  {
    id: "answered",
    title: "Receipt",
    track: "minmax(8rem, 1fr)",
    sort: "acknowledgedMs",
    cell: ({ acknowledgedMs, lifeAtRisk }) =>
      acknowledgedMs === null ? (
        <Mark tone={lifeAtRisk ? "bad" : "wait"}>Waits</Mark>
      ) : (
        <Mark tone="ok">Sent</Mark>
      ),
  },
  {
    id: "received",
    title: "Received",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "receivedMs",
    fromPx: 460,
    cell: ({ receivedMs }) => dateTime(receivedMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "Receipt", any: "Any receipt", options: [{ where: "acknowledgedMs:", title: "Waits" }] },
  { title: "Urgency", any: "Any urgency", options: [{ where: "lifeAtRisk:true", title: "Life at risk" }] },
];

/** What was reported, by class of reporter; who it was stands nowhere. */
export function ReportTable() {
  return (
    <RecordTable
      label="Reports"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-receivedMs"
      empty="Anybody can report something. Each report belongs to a case and is acknowledged within the hour."
    />
  );
}

export function ReportDetail({ id }: { id: string }) {
  const [parameters] = useSearchParams();
  const base = pageHref("/cases", parameters);
  const caseHref = (caseId: string) =>
    `${base}${base.includes("?") ? "&" : "?"}id=${encodeURIComponent(caseId)}`;
  return (
    <RecordDetail<ReportRow>
      list="case-reports"
      id={id}
      title={({ reporter }) =>
        `Report${reporter === null ? "" : ` from ${codeWords(reporter).toLowerCase()}`}`
      }
      mark={({ acknowledgedMs }) =>
        acknowledgedMs === null ? <Mark tone="wait">Receipt waits</Mark> : <Mark tone="ok">Receipt sent</Mark>
      }
      actions={({ acknowledgedMs }) =>
        acknowledgedMs === null && (
          <CommandButton
            ask={{ command: "case.acknowledge", title: "Acknowledge a report", given: { reportId: id } }}
            permission="cases.work"
            main
          >
            Acknowledge…
          </CommandButton>
        )
      }
    >
      {report => (
        <section aria-label="The report">
          <p className="explain">{report.summary ?? "Its words are not shown, or were forgotten."}</p>
          <Facts>
            <Fact name="Case">
              <Link href={caseHref(report.caseId)}>{report.caseId}</Link>
            </Fact>
            <Fact name="Protection">{codeWords(report.protection)}</Fact>
            <Fact name="Received">{dateTime(report.receivedMs)}</Fact>
            <Fact name="Life at risk">{report.lifeAtRisk ? "Said so" : "Not said"}</Fact>
            {report.copyOf !== null && (
              <Fact name="Copy of" hint="The same documents: it adds no weight.">
                {report.copyOf}
              </Fact>
            )}
          </Facts>
        </section>
      )}
    </RecordDetail>
  );
}
