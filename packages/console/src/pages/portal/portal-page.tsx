// SPDX-License-Identifier: MIT
import type { Portal } from "@perigee/operator/contract";
import { type ReactNode, useState } from "react";
import { portalApi } from "../../data/published.ts";
import { useResource } from "../../data/resource.ts";
import { place } from "../../format/number.ts";
import { date } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { PublicFrame } from "../public/public-frame.tsx";
import { PORTAL_ACTIONS } from "./portal-actions.ts";
import { PortalDecisions } from "./portal-decisions.tsx";
import { type PortalAsk, PortalDialog } from "./portal-dialog.tsx";

/** What is mine, why it is as it is, and what I can do about it. */
export function PortalPage({ who }: { who: ReactNode }) {
  const mine = useResource("portal", null, portalApi.mine);
  const [ask, setAsk] = useState<PortalAsk | null>(null);
  return (
    <PublicFrame who={who}>
      <main className="open-panel portal" tabIndex={-1}>
        <h1>{mine.value ? mine.value.party.name : "Mine"}</h1>
        {mine.failure && <FailureNote failure={mine.failure} retry={mine.reload} />}
        {mine.loading && <Skeleton lines={12} label="Your page is loading" />}
        {mine.value && <Mine mine={mine.value} onAsk={setAsk} />}
        {ask && mine.value && (
          <PortalDialog
            key={`${ask.command} ${ask.subject}`}
            ask={ask}
            mine={mine.value}
            onClose={() => setAsk(null)}
            onDone={mine.reload}
          />
        )}
      </main>
    </PublicFrame>
  );
}

function Mine({ mine, onAsk }: { mine: Portal; onAsk: (ask: PortalAsk) => void }) {
  return (
    <>
      <section aria-labelledby="my-terminals">
        <h2 id="my-terminals">Terminals</h2>
        {mine.terminals.length === 0 && (
          <EmptyNote title="No terminal is yours.">One that is handed over to you appears here.</EmptyNote>
        )}
        <ul className="records">
          {mine.terminals.map(terminal => (
            <li key={terminal.id}>
              <TerminalCard terminal={terminal} />
              <Possible mine={mine} subject={terminal.id} title={terminal.name} onAsk={onAsk} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="my-lines">
        <h2 id="my-lines">Service lines</h2>
        {mine.lines.length === 0 && (
          <EmptyNote title="You have no service line.">The operator opens one for your account.</EmptyNote>
        )}
        <ul className="records">
          {mine.lines.map(line => (
            <li key={line.id}>
              <p>
                <strong>{line.nickname}</strong> · {line.plan} · {codeWords(line.state)} since{" "}
                {date(line.since)}
              </p>
              <p className="quiet">
                {line.address
                  ? `Used at ${place(line.address.latDeg, line.address.lonDeg)}.`
                  : "Used on the move."}{" "}
                {line.terminalId ? `Terminal ${line.terminalId}.` : "No terminal is bound to it."}
              </p>
              <Possible mine={mine} subject={line.id} title={line.nickname} onAsk={onAsk} />
            </li>
          ))}
        </ul>
      </section>
      <PortalDecisions mine={mine} onAsk={onAsk} />
      <p className="quiet">
        Accounts: {mine.accounts.map(({ id, state }) => `${id} (${state})`).join(", ") || "none"}.
      </p>
    </>
  );
}

function TerminalCard({ terminal }: { terminal: Portal["terminals"][number] }) {
  const { now, marks, as } = terminal;
  return (
    <>
      <p>
        <strong>{terminal.name}</strong> <code>{terminal.id}</code> · {codeWords(terminal.state)} since{" "}
        {date(terminal.since)}
        {marks.map(mark => (
          <span key={mark} className="tag">
            {codeWords(mark)}
          </span>
        ))}
      </p>
      {now && (
        <p className="terminal-now" data-tone={now.outcome === "allow" ? "ok" : "warn"}>
          {now.outcome === "allow" ? "It may be online. " : "It is not in full service. "}
          {now.outcome === "allow" ? "" : now.sentence}
          {now.remedy && <span className="quiet"> You may {now.remedy}.</span>}
        </p>
      )}
      {!as.includes("holder") && (
        <p className="quiet">
          {as.includes("account") ? "On your account; somebody else holds it." : "Yours to use."}
        </p>
      )}
    </>
  );
}

/** What can be done about one thing now; what cannot is not offered. */
export function Possible(props: {
  mine: Portal;
  subject: string;
  title: string;
  onAsk: (ask: PortalAsk) => void;
}) {
  const { mine, subject, title, onAsk } = props;
  const offers = mine.possible.filter(each => each.subject === subject && PORTAL_ACTIONS[each.command]);
  if (offers.length === 0) return null;
  return (
    <div className="offers">
      {offers.map(({ command, sentence }) => (
        <button
          key={command}
          type="button"
          className="button"
          title={sentence}
          aria-label={`${PORTAL_ACTIONS[command]?.verb}: ${title}`}
          onClick={() => onAsk({ command, subject, title })}
        >
          {PORTAL_ACTIONS[command]?.verb}…
        </button>
      ))}
    </div>
  );
}
