// SPDX-License-Identifier: MIT
import type { CaseSignals } from "@perigee/operator/contract";
import { Link, useSearchParams } from "wouter";
import { pageHref } from "../../app/view-options.ts";
import { casesApi } from "../../data/cases.ts";
import { useResource } from "../../data/resource.ts";
import { date, dateTime } from "../../format/time.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { TerminalLink } from "../orders/single-orders.tsx";
import { counted } from "./case-words.ts";
import { Mitigations, Signals } from "./signal-list.tsx";

/** Terminals that show a pattern, in the order in which a person looks: protected sites, then unlike patterns. */
export function SignalsTab() {
  const signals = useResource("case-signals", null, casesApi.signals);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard
    <section className="scroll-part" tabIndex={0} aria-label="Patterns seen">
      <div className="padded">
        {signals.failure && <FailureNote failure={signals.failure} retry={signals.reload} />}
        {signals.loading && <Skeleton lines={8} label="Patterns are loading" />}
        {signals.value && <SignalList signals={signals.value} reload={signals.reload} />}
      </div>
    </section>
  );
}

function SignalList({ signals, reload }: { signals: CaseSignals; reload: () => void }) {
  const { at, from, terminals, looked, truncated } = signals;
  return (
    <>
      <p className="quiet">
        A pattern asks for a look and proves nothing. {date(from)} to {dateTime(at)}.{" "}
        <button type="button" className="link-button" onClick={reload}>
          Look again
        </button>
      </p>
      {terminals.length === 0 && (
        <EmptyNote title="No terminal shows a pattern.">What was looked at stands below.</EmptyNote>
      )}
      <ul className="candidates">
        {terminals.map(({ terminalId, protectedSite, mitigations, signals: own, cases }) => (
          <li key={terminalId} className="card">
            <div className="card-head">
              <h2>
                <TerminalLink id={terminalId} />
              </h2>
              {protectedSite && <Mark tone="warn">Protected site</Mark>}
              {cases.map(id => (
                <CaseLink key={id} id={id} />
              ))}
              <CommandButton
                ask={{
                  command: "case.report",
                  title: `Open a case about ${terminalId}`,
                  initial: {
                    reporter: "ownDetector",
                    kind: "use",
                    title: `${own[0]?.title ?? "Pattern"}: ${terminalId}`,
                    personal: {
                      summary: own
                        .map(({ text }) => text)
                        .join(" ")
                        .slice(0, 2_000),
                    },
                  },
                  verb: "Open a case",
                }}
                permission="cases.report"
              />
            </div>
            <Mitigations mitigations={mitigations} />
            <Signals signals={own} />
          </li>
        ))}
      </ul>
      {truncated && <p className="gap">There are more than are shown.</p>}
      <details>
        <summary>What was looked at: {counted(looked.length, "pattern")}</summary>
        <ul className="plain">
          {looked.map(({ pattern, title, rows }) => (
            <li key={pattern}>
              <span className="tag">{pattern}</span> {title}{" "}
              <span className="quiet">{rows === null ? "no such rows are kept" : counted(rows, "row")}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function CaseLink({ id }: { id: string }) {
  const [parameters] = useSearchParams();
  const base = pageHref("/cases", parameters);
  return <Link href={`${base}${base.includes("?") ? "&" : "?"}id=${encodeURIComponent(id)}`}>{id}</Link>;
}
