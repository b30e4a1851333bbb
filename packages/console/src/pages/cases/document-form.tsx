// SPDX-License-Identifier: MIT
import { useState } from "react";
import { documentOf, type GivenDocument, MOST_DOCUMENTS } from "../../data/cases.ts";
import { useRefusal } from "../../data/session.ts";
import { MayButton } from "../../ui/may-button.tsx";

/** A file that the operator takes, bytes. */
const MOST_BYTES = 8_000_000;

/** Texts pasted and files chosen, to be sent together. What was typed stays until it was taken. */
export function DocumentForm(props: {
  verb: string;
  busyWord: string;
  permission: string;
  /** @returns whether they were taken */
  send: (given: readonly GivenDocument[]) => Promise<boolean>;
}) {
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [files, setFiles] = useState<readonly GivenDocument[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const refusal = useRefusal(props.permission);
  const pasted: readonly GivenDocument[] =
    text.trim() === ""
      ? []
      : [{ name: name.trim() || `Pasted text ${files.length + 1}`, mediaType: "text/plain", text }];
  const given = [...pasted, ...files];

  const take = async (chosen: FileList | null) => {
    setProblem(null);
    const added: GivenDocument[] = [];
    for (const file of chosen ?? []) {
      if (file.size > MOST_BYTES) setProblem(`${file.name} has more than 8 MB.`);
      else added.push(documentOf(file.name, file.type, new Uint8Array(await file.arrayBuffer())));
    }
    const all = [...files.filter(of => !added.some(file => file.name === of.name)), ...added];
    if (all.length > MOST_DOCUMENTS) setProblem(`At most ${MOST_DOCUMENTS} documents at once.`);
    setFiles(all.slice(0, MOST_DOCUMENTS));
  };
  const send = async () => {
    setBusy(true);
    const taken = await props.send(given);
    setBusy(false);
    if (!taken) return;
    setText("");
    setName("");
    setFiles([]);
  };

  return (
    <div className="document-form">
      <label className="field">
        <span>Text of a report</span>
        <textarea rows={6} value={text} onChange={event => setText(event.target.value)} />
      </label>
      <label className="field">
        <span>
          Its name <span className="optional">optional</span>
        </span>
        <input type="text" maxLength={200} value={name} onChange={event => setName(event.target.value)} />
      </label>
      {files.length > 0 && (
        <ul className="plain" aria-label="Files to be sent">
          {files.map(file => (
            <li key={file.name}>
              {file.name} <span className="tag">{file.mediaType}</span>{" "}
              <button
                type="button"
                className="link-button"
                onClick={() => setFiles(files.filter(of => of !== file))}
              >
                Remove<span className="visually-hidden"> {file.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <div className="offers">
        <MayButton
          className="button main"
          refusal={refusal ?? (given.length === 0 ? "Paste a text or choose a file first." : null)}
          onClick={() => void send()}
        >
          {busy ? props.busyWord : props.verb}
        </MayButton>
        <label className="button">
          Choose files
          <input
            type="file"
            multiple
            accept=".txt,.html,.htm,.pdf,text/plain,text/html,application/pdf"
            className="visually-hidden"
            onChange={event => {
              void take(event.target.files);
              event.target.value = "";
            }}
          />
        </label>
        <span className="quiet">Text, HTML or PDF, up to 8 MB each.</span>
      </div>
    </div>
  );
}
