// SPDX-License-Identifier: MIT
import type { OwnStatements } from "@perigee/operator/contract";
import { casesApi } from "../../data/cases.ts";
import { useResource } from "../../data/resource.ts";
import { date, dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { useDecisions } from "../../ui/record-table/use-records.ts";
import { CHECK_RESULTS, STATEMENT_VERDICTS } from "./case-words.ts";

/** What the operator said in public, held against its own records, axis by axis. */
export function OwnStatementsTab() {
  const own = useResource("own-statements", useDecisions(), casesApi.ownStatements);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard
    <section className="scroll-part" tabIndex={0} aria-label="Own statements">
      <div className="padded">
        <p className="quiet">
          The operator’s public words, held against its ledger, map, service and registers.
          {own.value && ` As of ${dateTime(own.value.at)}.`}
        </p>
        {own.failure && <FailureNote failure={own.failure} retry={own.reload} />}
        {own.loading && <Skeleton lines={8} label="Statements are loading" />}
        {own.value?.statements.length === 0 && (
          <EmptyNote title="The operator has said nothing that could be tested.">
            Its public statements stand in its configuration.
          </EmptyNote>
        )}
        <ul className="records">
          {own.value?.statements.map(test => (
            <Tested key={test.statement.id} test={test} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Tested({ test }: { test: OwnStatements["statements"][number] }) {
  const { statement, verdict, checks } = test;
  const [tone, words] = STATEMENT_VERDICTS[verdict];
  return (
    <li className="tested">
      <p>
        <Mark tone={tone}>{words}</Mark> <strong>“{statement.text}”</strong>
      </p>
      <p className="quiet">
        {statement.area} · {date(statement.fromMs)} to {date(statement.toMs)} ·{" "}
        <code>{statement.predicate}</code>
      </p>
      <ul className="plain">
        {checks.map(({ against, result, text, records }) => (
          <li key={`${against} ${text}`}>
            <Mark tone={CHECK_RESULTS[result][0]}>
              {codeWords(against)}: {CHECK_RESULTS[result][1].toLowerCase()}
            </Mark>{" "}
            {text}{" "}
            {records.length > 0 && <code className="quiet long">{records.slice(0, 5).join(", ")}</code>}
          </li>
        ))}
      </ul>
    </li>
  );
}
