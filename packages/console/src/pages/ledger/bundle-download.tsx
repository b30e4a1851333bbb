// SPDX-License-Identifier: MIT
import { type FormEvent, useState } from "react";
import { getJson } from "../../data/api.ts";
import type { Failure } from "../../data/failure.ts";
import { announce } from "../../ui/announcer.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { bundlePath } from "./bundle-path.ts";

/** Entries with their proofs in one file, to be verified without this operator. */
export function BundleDownload() {
  const [about, setAbout] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const path = bundlePath(about);
  const fetchBundle = async (event: FormEvent) => {
    event.preventDefault();
    if (path === null) return;
    setBusy(true);
    setFailure(null);
    const answer = await getJson<{ readonly entries: readonly unknown[] }>(path);
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    save(JSON.stringify(answer.value, null, 2), `ledger-${about.trim().replace(/[^\w.-]+/g, "-")}.json`);
    announce(`${answer.value.entries.length} entries with their proofs are saved.`);
  };
  return (
    <section aria-labelledby="bundle">
      <h2 id="bundle">Proofs to take away</h2>
      <form className="filters bundle" onSubmit={fetchBundle}>
        <input
          aria-label="Number of an entry, or what the entries are about"
          placeholder="Number of an entry, or a terminal, party, order…"
          value={about}
          onChange={event => setAbout(event.target.value)}
        />
        <button type="submit" className="button" disabled={path === null || busy}>
          Save the bundle
        </button>
      </form>
      <p className="quiet">
        The first 1000 entries about it, each with its proof. <code>perigee ledger verify --bundle</code>{" "}
        checks the file anywhere, and trusts neither this page nor this operator.
      </p>
      {failure && <FailureNote failure={failure} />}
    </section>
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
