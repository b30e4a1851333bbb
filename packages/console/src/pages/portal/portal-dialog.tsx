// SPDX-License-Identifier: MIT
import type { CarriedOut, Portal } from "@perigee/operator/contract";
import { type FormEvent, useId, useState } from "react";
import type { Failure } from "../../data/failure.ts";
import { portalApi, readPlace } from "../../data/published.ts";
import { announce } from "../../ui/announcer.tsx";
import { Modal } from "../../ui/modal.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import {
  type ActionDraft,
  type ActionField,
  freeLines,
  PORTAL_ACTIONS,
  requestOf,
} from "./portal-actions.ts";

/** Something that a customer wants to do, and what it is about. */
export interface PortalAsk {
  readonly command: string;
  readonly subject: string;
  /** What the subject is called. */
  readonly title: string;
}

/** Says what will happen, asks what is needed, sends it, and shows what was decided. */
export function PortalDialog(props: {
  ask: PortalAsk;
  mine: Portal;
  onClose: () => void;
  onDone: () => void;
}) {
  const { ask, mine, onClose } = props;
  const action = PORTAL_ACTIONS[ask.command];
  const [draft, setDraft] = useState<ActionDraft>(() => initial(ask, mine));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<CarriedOut | null>(null);
  if (!action) return null;
  const title = `${action.verb}: ${ask.title}`;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const read = requestOf(action, ask.subject, draft, { readPlace, newSalt });
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    setBusy(true);
    setFailure(null);
    const answer = await portalApi.send(ask.command, read.request);
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    setDone(answer.value);
    announce(`Done. ${answer.value.decisions[0]?.text ?? ""}`);
    props.onDone();
  };
  if (done)
    return (
      <Modal title={`Done: ${title}`} open onClose={onClose}>
        <ul className="records">
          {done.decisions.map(({ id, text, ledgerIndex }) => (
            <li key={id}>
              {text} <span className="quiet figures">Entry {ledgerIndex} of the public record.</span>
            </li>
          ))}
        </ul>
        <div className="modal-foot">
          <button type="button" className="button main" data-first onClick={onClose}>
            Close
          </button>
        </div>
      </Modal>
    );
  return (
    <Modal title={title} description={action.consequence} open onClose={onClose}>
      <form className="order-form" onSubmit={send} noValidate>
        {action.fields.map((field, i) => (
          <ActionInput
            key={field.name}
            field={field}
            mine={mine}
            first={i === 0}
            value={draft[field.name] ?? ""}
            error={errors[field.name] ?? null}
            change={value => setDraft(before => ({ ...before, [field.name]: value }))}
          />
        ))}
        {failure && <FailureNote failure={failure} />}
        <div className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className="button main"
            data-first={action.fields.length === 0 || undefined}
            disabled={busy}
          >
            {action.verb}
          </button>
        </div>
      </form>
    </Modal>
  );
}

function newSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}

function ActionInput(props: {
  field: ActionField;
  mine: Portal;
  first: boolean;
  value: string | boolean;
  error: string | null;
  change: (value: string | boolean) => void;
}) {
  const { field, value, error, change } = props;
  const id = useId();
  const shared = {
    id,
    "aria-invalid": error !== null,
    "aria-describedby": `${id}-note`,
    "data-first": props.first || undefined,
  };
  if (field.kind === "check")
    return (
      <label className="check">
        <input type="checkbox" checked={value === true} onChange={event => change(event.target.checked)} />
        {field.label}
      </label>
    );
  const text = typeof value === "string" ? value : "";
  return (
    <div className="field" data-wrong={error !== null || undefined}>
      <label htmlFor={id}>{field.label}</label>
      {field.kind === "line" ? (
        <select {...shared} value={text} onChange={event => change(event.target.value)}>
          <option value="">Choose…</option>
          {freeLines(props.mine).map(line => (
            <option key={line.id} value={line.id}>
              {line.nickname} ({line.plan})
            </option>
          ))}
        </select>
      ) : field.kind === "text" && field.most > 100 ? (
        <textarea {...shared} rows={4} value={text} onChange={event => change(event.target.value)} />
      ) : (
        <input {...shared} value={text} onChange={event => change(event.target.value)} />
      )}
      <span id={`${id}-note`} className="field-note" role="alert">
        {error ?? (field.kind === "place" ? "Empty for a line that moves about." : "")}
      </span>
    </div>
  );
}

/** A line's name and address are what they were until somebody types others. */
function initial({ command, subject }: PortalAsk, { lines }: Portal): ActionDraft {
  const line = command === "portal.move" ? lines.find(({ id }) => id === subject) : undefined;
  if (!line) return {};
  const { address, nickname } = line;
  return { nickname, serviceAddress: address ? `${address.latDeg}, ${address.lonDeg}` : "" };
}
