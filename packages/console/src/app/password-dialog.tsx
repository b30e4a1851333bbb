// SPDX-License-Identifier: MIT
import { type FormEvent, useId, useState } from "react";
import type { Failure } from "../data/failure.ts";
import { changePassword } from "../data/session.ts";
import { announce } from "../ui/announcer.tsx";
import { Modal } from "../ui/modal.tsx";

/** One's own password, changed by who knows it. What was typed stays when it was refused. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const id = useId();

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const refused = await changePassword(current, next);
    setBusy(false);
    setFailure(refused);
    if (refused) return;
    announce("Your password is changed. Your other sessions have ended.");
    onClose();
  };
  return (
    <Modal
      title="Change my password"
      description="Wherever else you are signed in, you will be signed out."
      open
      onClose={onClose}
    >
      <form className="order-form" onSubmit={send}>
        <div className="field">
          <label htmlFor={`${id}-current`}>Password now</label>
          <input
            id={`${id}-current`}
            type="password"
            autoComplete="current-password"
            required
            data-first
            value={current}
            onChange={event => setCurrent(event.target.value)}
          />
        </div>
        <div className="field" data-wrong={failure !== null || undefined}>
          <label htmlFor={`${id}-next`}>New password</label>
          <input
            id={`${id}-next`}
            type="password"
            autoComplete="new-password"
            required
            aria-invalid={failure !== null}
            aria-describedby={`${id}-note`}
            value={next}
            onChange={event => setNext(event.target.value)}
          />
          <span id={`${id}-note`} className="field-note" role="alert">
            {failure?.message ?? "At least 12 characters; a sentence is easy to keep."}
          </span>
        </div>
        <div className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button main" disabled={busy}>
            Change it
          </button>
        </div>
      </form>
    </Modal>
  );
}
