// SPDX-License-Identifier: MIT
import { useState } from "react";
import { casesApi, type GivenDocument } from "../../data/cases.ts";
import type { Failure } from "../../data/failure.ts";
import { announce } from "../../ui/announcer.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { counted } from "./case-words.ts";
import { DocumentForm } from "./document-form.tsx";

/** Documents become evidence of the case, byte for byte, and what they claim becomes claims of it. */
export function AddDocuments({ caseId }: { caseId: string }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const add = async (given: readonly GivenDocument[]) => {
    setFailure(null);
    setDone(null);
    const answer = await casesApi.addDocuments(caseId, given);
    if (!answer.ok) {
      setFailure(answer.error);
      return false;
    }
    const { documents, added } = answer.value;
    const known = documents.filter(({ already }) => already).length;
    const words = `${counted(documents.length, "document")} in evidence${known > 0 ? `, ${known} of them were there already` : ""}; ${counted(added.claims, "claim")} and ${counted(added.supply, "step")} of supply added.`;
    setDone(words);
    announce(words);
    return true;
  };
  return (
    <section aria-labelledby="add-documents">
      <h2 id="add-documents">Add documents</h2>
      <DocumentForm verb="Add to the case" busyWord="Adding…" permission="cases.work" send={add} />
      {done !== null && <p>{done}</p>}
      {failure && <FailureNote failure={failure} />}
    </section>
  );
}
