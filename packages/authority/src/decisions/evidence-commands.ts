// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { fail, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { decided } from "./decided.ts";
import {
  type Evidence,
  type EvidenceSource,
  type EvidenceStep,
  evidenceSources,
  evidenceSteps,
  largestEvidenceBytes,
  mostCustodySteps,
} from "./evidence.ts";
import { id, words } from "./request-parts.ts";

const sources = Object.keys(evidenceSources) as [EvidenceSource, ...EvidenceSource[]];
const steps = Object.keys(evidenceSteps) as [EvidenceStep, ...EvidenceStep[]];

/** RFC 6838, section 4.2, in lower case and without parameters. */
const mediaType = z
  .string()
  .regex(/^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/, "This is no media type.");

const addRequest = z.strictObject({
  caseId: id,
  title: words(3, 200),
  mediaType,
  bytes: z.int().min(1).max(largestEvidenceBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "A SHA-256 is 64 hexadecimal digits in lower case."),
  receivedFrom: z.enum(sources),
});

const noteRequest = z.strictObject({
  evidenceId: id,
  step: z.enum(steps),
  note: words(3, 500),
  workingCopy: words(3, 100).nullable().default(null),
});

/** Enters an item by its hash. The same bytes are one item of a case, however often somebody brings them. */
const add: Command<z.infer<typeof addRequest>> = commandOf({
  name: "evidence.add",
  summary: "Enters an item of evidence in a case, by the hash of its bytes.",
  permission: "evidence.add",
  decide(request, context) {
    const { caseId, title, bytes, sha256, receivedFrom } = request;
    const { book, actor, atMs } = context;
    const evidenceId = contentId("evd", { caseId, sha256 });
    if (book.get("evidence", evidenceId) !== undefined) {
      return fail("evidenceKnown", "sha256", `The case ${caseId} has these bytes already, as ${evidenceId}.`);
    }
    const item: Evidence = {
      ...{ id: evidenceId, ...request, receivedMs: atMs, workingCopies: [] },
      custody: [{ step: "received", by: actor.id, atMs, note: evidenceSources[receivedFrom] }],
    };
    const decision = decided(
      context,
      { name: add.name, request },
      {
        subject: item.id,
        action: "add evidence",
        outcome: "recorded",
        reasons: [title],
        text: `${actor.name} enters ${item.id} in the case ${caseId}: ${title}, ${bytes} bytes, SHA-256 ${sha256}.`,
        inputs: { sha256 },
        evidence: [item.id],
      },
    );
    const change = { kind: "evidence", id: item.id, document: item } as const;
    return succeed({ decisions: [decisionOf(decision)], changes: [change] });
  },
});

/** Adds a link to the chain. What is there already stays as it is; so does everything that identifies the item. */
const note: Command<z.infer<typeof noteRequest>> = commandOf({
  name: "evidence.note",
  summary: "Records what happened to an item of evidence in custody.",
  permission: "evidence.add",
  decide(request, context) {
    const { evidenceId, step, workingCopy } = request;
    const { book, actor, atMs } = context;
    const item = book.get("evidence", evidenceId);
    if (item === undefined) {
      return fail("evidenceUnknown", "evidenceId", `There is no evidence ${evidenceId}.`);
    }
    if ((step === "copied") !== (workingCopy !== null)) {
      return fail("workingCopyInvalid", "workingCopy", "A working copy is named where one is made.");
    }
    if (item.custody.length >= mostCustodySteps) {
      return fail("custodyFull", "evidenceId", `${evidenceId} has ${mostCustodySteps} steps of custody.`);
    }
    const by = { by: actor.id, atMs };
    const document: Evidence = {
      ...item,
      workingCopies:
        workingCopy === null ? item.workingCopies : [...item.workingCopies, { name: workingCopy, ...by }],
      custody: [...item.custody, { step, ...by, note: request.note }],
    };
    const decision = decided(
      context,
      { name: note.name, request },
      {
        subject: evidenceId,
        action: "note custody",
        outcome: step,
        reasons: [request.note],
        text: `${actor.name} about ${evidenceId} of the case ${item.caseId}: ${evidenceSteps[step]} ${request.note}`,
        inputs: { sha256: item.sha256 },
        evidence: [evidenceId],
      },
    );
    const change = { kind: "evidence", id: evidenceId, document } as const;
    return succeed({ decisions: [decisionOf(decision)], changes: [change] });
  },
});

export const evidenceCommands: readonly CommandEntry[] = [
  entryOf(add, addRequest),
  entryOf(note, noteRequest),
];
