// SPDX-License-Identifier: MIT
import { useSearchParams } from "wouter";
import { areasApi } from "../../data/areas.ts";
import { operatorNowMs } from "../../data/live-state.ts";
import { useResource } from "../../data/resource.ts";
import { count } from "../../format/number.ts";
import { date } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";

const DAY_MS = 86_400_000;
const DAYS = 90;
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The transparency report of a span of days, in sentences and numbers; the span is in the address. */
export function ReportTab() {
  const [parameters, setParameters] = useSearchParams();
  const [given, until] = [parameters.get("since"), parameters.get("until")];
  // The day that is running is part of the report.
  const to = isDay(until) ? until : date(operatorNowMs() + DAY_MS);
  const from = isDay(given) ? given : date(Date.parse(to) - DAYS * DAY_MS);
  const report = useResource(`${from} ${to}`, null, () =>
    areasApi.report(`${from}T00:00:00Z`, `${to}T00:00:00Z`),
  );
  const put = (name: string, value: string) =>
    setParameters(
      before => {
        const next = new URLSearchParams(before);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const tables =
    report.value &&
    ([
      ["Decisions by what was done", report.value.decisions.byAction],
      ["By ground", report.value.decisions.byGround],
      ["By what they rest on", report.value.decisions.byBasis],
      ["By area", report.value.decisions.byArea],
    ] as const);
  return (
    <div className="scroll-part">
      <div className="filters">
        <label>
          From <input type="date" value={from} onChange={event => put("since", event.target.value)} />
        </label>
        <label>
          until before <input type="date" value={to} onChange={event => put("until", event.target.value)} />
        </label>
      </div>
      {report.failure && <FailureNote failure={report.failure} retry={report.reload} />}
      {report.loading && <Skeleton lines={8} label="The report is loading" />}
      {report.value && (
        <section className="padded" aria-label="Transparency report">
          {report.value.sentences.map(sentence => (
            <p key={sentence}>{sentence}</p>
          ))}
          {report.value.decisions.all === 0 && <EmptyNote title="Nothing was decided in these days." />}
          {tables?.map(([title, counts]) => (
            <Counts key={title} title={title} counts={counts} />
          ))}
        </section>
      )}
    </div>
  );
}

function Counts({ title, counts }: { title: string; counts: Readonly<Record<string, number>> }) {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <table className="table">
      <caption>{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">What</th>
          <th scope="col">How many</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, number]) => (
          <tr key={name}>
            <th scope="row">{codeWords(name)}</th>
            <td data-figures>{count(number)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
