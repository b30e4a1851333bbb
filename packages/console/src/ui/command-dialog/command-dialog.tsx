// SPDX-License-Identifier: MIT
import type { CarriedOut, Preview } from "@perigee/operator/contract";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { closeDialog } from "../../app/dialogs.ts";
import { type CommandForm, commandForm, previewCommand, sendCommand } from "../../data/commands.ts";
import {
  type Draft,
  type DraftErrors,
  draftOf,
  fieldOfPlace,
  placesOf,
  requestOf,
} from "../../data/commands-draft.ts";
import type { Failure } from "../../data/failure.ts";
import { useResource } from "../../data/resource.ts";
import { announce } from "../announcer.tsx";
import { Modal } from "../modal.tsx";
import { FailureNote, Skeleton } from "../notes.tsx";
import type { CommandAsk } from "./command-ask.ts";
import { CommandFields } from "./command-fields.tsx";
import { CommandReceipt } from "./command-receipt.tsx";
import { commandWords } from "./command-words.ts";
import { PreviewNote } from "./preview-note.tsx";

/** Drafts outlive the dialog: closing it by mistake loses nothing. */
const drafts = new Map<string, Draft>();
/** The operator is asked what would happen once the typing rests for so long. */
const REST_MS = 350;
const LEAST_REASON = 10;

/** The form of any command: what it asks, what would happen, what came of it. */
export function CommandDialog({ ask }: { ask: CommandAsk }) {
  const form = useResource(ask.command, null, () => commandForm(ask.command));
  const [done, setDone] = useState<CarriedOut | null>(null);
  if (done)
    return (
      <Modal
        title={proposed(ask, done) ? `Proposed: ${ask.title}` : `Done: ${ask.title}`}
        open
        onClose={closeDialog}
      >
        <CommandReceipt command={ask.command} done={done} />
      </Modal>
    );
  return (
    <Modal title={ask.title} open onClose={closeDialog}>
      {form.failure && <FailureNote failure={form.failure} retry={form.reload} />}
      {form.loading && <Skeleton lines={6} label="The form is loading" />}
      {form.value && (
        <FilledForm
          ask={ask}
          form={form.value}
          onDone={answer => {
            setDone(answer);
            ask.onDone?.(answer);
            announce(
              proposed(ask, answer)
                ? "Proposed. It waits for two other persons."
                : `Done. ${answer.decisions[0]?.text ?? ""}`,
            );
          }}
        />
      )}
    </Modal>
  );
}

/** Whether it became a proposal, rather than being about one. */
const proposed = ({ command }: CommandAsk, { proposalId }: CarriedOut) =>
  proposalId !== null && !command.startsWith("proposal.");

function FilledForm(props: { ask: CommandAsk; form: CommandForm; onDone: (done: CarriedOut) => void }) {
  const { ask, form } = props;
  const { given = {} } = ask;
  const key = `${ask.command} ${JSON.stringify(given)}`;
  const [draft, setDraft] = useState<Draft>(
    () => drafts.get(key) ?? draftOf(form.fields, { ...ask.initial, ...given }),
  );
  const [reason, setReason] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const element = useRef<HTMLFormElement>(null);

  const asked = useMemo(() => form.fields.filter(({ name }) => !Object.hasOwn(given, name)), [form, given]);
  const typed = useMemo(() => requestOf(asked, draft), [asked, draft]);
  const request = useMemo(() => (typed.ok ? { ...typed.request, ...given } : null), [typed, given]);
  const { preview, refused } = usePreview(ask.command, request, busy);
  const words = commandWords(ask.command);
  const verb = ask.verb ?? words.verb;
  const proposes = preview?.approvalsNeeded === 2;
  // Who gave a ground already has said why; it can still be said otherwise to the two persons.
  const why = reason ?? textOf(request, "reason") ?? textOf(request, "ground") ?? "";
  const reasonWrong = proposes && why.trim().length < LEAST_REASON;

  const places = placesOf(asked, draft);
  const refusedAt = fieldOfPlace(failure?.place ?? null, places);
  const errors: DraftErrors = {
    ...(tried && !typed.ok ? typed.errors : {}),
    ...(failure && refusedAt ? { [refusedAt]: failure.message } : {}),
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const wrong = typed.ok ? (reasonWrong ? "?reason" : null) : Object.keys(typed.errors)[0];
    if (wrong || request === null) {
      element.current?.querySelector<HTMLElement>(`[name="${CSS.escape(wrong ?? "")}"]`)?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    const answer = await sendCommand(ask.command, request, proposes ? why : "");
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      const at = fieldOfPlace(answer.error.place, places);
      if (at) element.current?.querySelector<HTMLElement>(`[name="${CSS.escape(at)}"]`)?.focus();
      return;
    }
    drafts.delete(key);
    props.onDone(answer.value);
  };

  return (
    <>
      {ask.about}
      <form ref={element} className="order-form" noValidate onSubmit={send}>
        <CommandFields
          fields={asked}
          state={{
            draft,
            errors,
            given: new Set(Object.keys(given)),
            change: (place, value) => {
              const next = { ...draft, [place]: value };
              drafts.set(key, next);
              setDraft(next);
              setFailure(null);
            },
          }}
        />
        {proposes && (
          <div className="field" data-wrong={(tried && reasonWrong) || undefined}>
            <label htmlFor="command-why">Why, for the two persons who approve</label>
            <textarea
              id="command-why"
              name="?reason"
              rows={2}
              value={why}
              aria-describedby="command-why-note"
              aria-invalid={tried && reasonWrong}
              onChange={event => setReason(event.target.value)}
            />
            <p className="field-note" id="command-why-note">
              {tried && reasonWrong
                ? `At least ${LEAST_REASON} characters.`
                : "They see this, the request itself and whom it touches."}
            </p>
          </div>
        )}
        <PreviewNote
          summary={form.summary}
          words={words}
          preview={preview}
          failure={failure ? null : refused}
        />
        {failure && refusedAt === null && <FailureNote failure={failure} />}
        <div className="modal-foot">
          <button type="button" className="button" onClick={closeDialog}>
            Cancel
          </button>
          <button type="submit" className={words.grave ? "button grave" : "button main"} disabled={busy}>
            {proposes ? "Ask two persons" : verb}
          </button>
        </div>
      </form>
    </>
  );
}

/**
 * What the operator would do with a request, asked again whenever it is another. `request`: `null` asks nothing.
 *
 * @param isSent - While the request itself is on its way nothing is asked: it would be judged after what it did.
 */
function usePreview(
  command: string,
  request: Readonly<Record<string, unknown>> | null,
  isSent: boolean,
): { readonly preview: Preview | null; readonly refused: Failure | null } {
  const [answer, setAnswer] = useState<{ preview: Preview | null; refused: Failure | null }>({
    preview: null,
    refused: null,
  });
  const text = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    if (text === null) {
      setAnswer({ preview: null, refused: null });
      return;
    }
    if (isSent) return;
    let wanted = true;
    const timer = setTimeout(async () => {
      const found = await previewCommand(command, JSON.parse(text));
      if (!wanted) return;
      setAnswer(found.ok ? { preview: found.value, refused: null } : { preview: null, refused: found.error });
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [command, text, isSent]);
  return answer;
}

function textOf(request: Readonly<Record<string, unknown>> | null, member: string): string | null {
  const value = request?.[member];
  return typeof value === "string" ? value : null;
}
