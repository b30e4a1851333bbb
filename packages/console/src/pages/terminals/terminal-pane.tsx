// SPDX-License-Identifier: MIT
import { openDialog } from "../../app/dialogs.ts";
import { useSelectedTerminal } from "../../app/selected-terminal.tsx";
import { useAsOf } from "../../data/as-of.ts";
import { useRefusal } from "../../data/session.ts";
import { Icon } from "../../ui/icon.tsx";
import { MayButton } from "../../ui/may-button.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { activeSuspension } from "./active-suspension.ts";
import { CustodyPart } from "./custody-part.tsx";
import { DecisionsPart } from "./decisions-part.tsx";
import { DishPart } from "./dish-part.tsx";
import { ExplainPart } from "./explain-part.tsx";
import { LinkPart } from "./link-part.tsx";
import { LinkThenPart } from "./link-then-part.tsx";
import { AllowListPart, ExceptionPart } from "./lists-part.tsx";
import { LocationPart } from "./location-part.tsx";
import { OrdersPart } from "./orders-part.tsx";
import { PathTable } from "./path-table.tsx";
import { ProxyPart } from "./proxy-part.tsx";
import { StandingPart } from "./standing-part.tsx";
import { StatePart } from "./state-part.tsx";

/** Everything about one terminal. */
export function TerminalPane({ id, onClose }: { id: string; onClose: () => void }) {
  const { value: terminal, failure, loading, reload } = useSelectedTerminal();
  const [asOf] = useAsOf();
  const refusal = useRefusal("orders.suspend");
  const suspended = terminal ? activeSuspension(terminal.detail.orders) !== null : false;
  return (
    <article className="detail" aria-label={terminal ? `Terminal ${terminal.name}` : `Terminal ${id}`}>
      <header className="detail-head">
        <div>
          <h2>{terminal?.name ?? id}</h2>
          <p className="quiet">
            <code>{id}</code>
            {terminal?.account && ` · ${terminal.account.holder} · ${terminal.plan ?? "no plan"}`}
          </p>
        </div>
        {terminal && <StateMark outcome={terminal.admission?.outcome ?? null} />}
        {terminal &&
          (suspended ? (
            <MayButton
              className="button"
              refusal={refusal}
              onClick={() => openDialog({ kind: "order", order: "restore", terminal })}
            >
              Restore…
            </MayButton>
          ) : (
            <MayButton
              className="button grave"
              refusal={refusal}
              onClick={() => openDialog({ kind: "order", order: "suspend", terminal })}
            >
              Suspend…
            </MayButton>
          ))}
        {terminal && (
          <button
            type="button"
            className="icon-button"
            aria-label="Actions"
            title="Actions (.)"
            onClick={() => openDialog({ kind: "actions", terminal })}
          >
            <Icon name="actions" />
          </button>
        )}
        <button type="button" className="icon-button" aria-label="Close the detail" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {refusal && <p className="quiet why-not">{refusal}</p>}
      {failure && <FailureNote failure={failure} retry={reload} />}
      {loading && <Skeleton lines={10} label="The terminal is loading" />}
      {terminal && (
        <div className="detail-body">
          <StatePart terminal={terminal} />
          <ExplainPart terminal={terminal} />
          {asOf ? <LinkThenPart asOf={asOf} /> : <LinkPart terminal={terminal} />}
          {!asOf && terminal.detail.link && <PathTable link={terminal.detail.link} />}
          {!asOf && <LocationPart id={id} detail={terminal.detail} />}
          <ProxyPart terminal={terminal} />
          {!asOf && <DishPart id={id} />}
          <OrdersPart orders={terminal.detail.orders} />
          <StandingPart id={id} />
          <AllowListPart id={id} />
          <ExceptionPart id={id} />
          <CustodyPart id={id} />
          <DecisionsPart decisions={terminal.detail.decisions} />
        </div>
      )}
    </article>
  );
}
