// SPDX-License-Identifier: MIT
import type { Order, TerminalRow } from "@perigee/operator/contract";
import { type FormEvent, useRef, useState } from "react";
import { closeDialog } from "../../app/dialogs.ts";
import { useSelectedTerminal } from "../../app/selected-terminal.tsx";
import { api } from "../../data/api.ts";
import type { Failure } from "../../data/failure.ts";
import { useSession } from "../../data/session.ts";
import { announce } from "../../ui/announcer.tsx";
import { Modal } from "../../ui/modal.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { activeSuspension } from "./active-suspension.ts";
import { OrderConsequences } from "./order-consequences.tsx";
import { checkDraft, EMPTY_DRAFT, type OrderDraft, toRequest } from "./order-draft.ts";
import { OrderField } from "./order-field.tsx";
import { OrderReceipt } from "./order-receipt.tsx";

/** Drafts outlive the dialog: closing it by mistake loses nothing. */
const drafts = new Map<string, OrderDraft>();

/** Asks why, says what will happen, sends the order, shows its ledger entry. */
export function OrderDialog({ kind, terminal }: { kind: "suspend" | "restore"; terminal: TerminalRow }) {
  const key = `${kind} ${terminal.id}`;
  const [draft, setDraft] = useState(() => drafts.get(key) ?? EMPTY_DRAFT);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [order, setOrder] = useState<Order | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const selected = useSelectedTerminal();
  const { session } = useSession();
  const errors = tried ? checkDraft(kind, draft) : {};
  const verb = kind === "suspend" ? "Suspend" : "Restore";
  const change = (part: Partial<OrderDraft>) => {
    const next = { ...draft, ...part };
    drafts.set(key, next);
    setDraft(next);
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const [wrong] = Object.keys(checkDraft(kind, draft));
    if (wrong) {
      form.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    const answer = await api.placeOrder(toRequest(kind, terminal.id, draft));
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    drafts.delete(key);
    setOrder(answer.value);
    announce(
      `Done. ${terminal.name} is ${kind === "suspend" ? "suspended" : "restored"}, ledger entry ${answer.value.ledgerIndex}.`,
    );
    selected.reload();
  };

  if (order)
    return (
      <Modal
        title={`${terminal.name}: ${kind === "suspend" ? "suspended" : "restored"}`}
        open
        onClose={closeDialog}
      >
        <OrderReceipt order={order} />
      </Modal>
    );
  const detail = selected.value?.id === terminal.id ? selected.value.detail : null;
  return (
    <Modal
      title={`${verb} ${terminal.name}`}
      open
      onClose={closeDialog}
      description={
        <OrderConsequences
          kind={kind}
          terminal={terminal}
          officer={session?.person?.name ?? null}
          hours={Number(draft.hours)}
          openConnections={detail?.traffic.openConnections ?? null}
          suspension={detail ? activeSuspension(detail.orders) : null}
        />
      }
    >
      <form ref={form} className="order-form" noValidate onSubmit={send}>
        <OrderField
          name="ground"
          label="Ground"
          hint="Why; it is written into the ledger."
          error={errors.ground}
        >
          {aria => (
            <textarea
              {...aria}
              data-first
              rows={3}
              value={draft.ground}
              onChange={event => change({ ground: event.target.value })}
            />
          )}
        </OrderField>
        {kind === "suspend" && (
          <OrderField name="hours" label="Hours" hint="1 to 72" error={errors.hours}>
            {aria => (
              <input
                {...aria}
                type="number"
                min={1}
                max={72}
                step={1}
                value={draft.hours}
                onChange={event => change({ hours: event.target.value })}
              />
            )}
          </OrderField>
        )}
        {failure && <FailureNote failure={failure} />}
        <div className="modal-foot">
          <button type="button" className="button" onClick={closeDialog}>
            Cancel
          </button>
          <button
            type="submit"
            className={kind === "suspend" ? "button grave" : "button main"}
            disabled={busy}
          >
            {verb} 1 terminal
          </button>
        </div>
      </form>
    </Modal>
  );
}
