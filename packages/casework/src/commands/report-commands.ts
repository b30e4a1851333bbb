// SPDX-License-Identifier: MIT
import { type CommandEntry, contentHash } from "@perigee/authority";
import { z } from "zod";
import { caseOf, isOpen } from "../cases/step.ts";
import {
  type Case,
  type CaseKind,
  type CaseReport,
  caseBounds,
  caseKinds,
  type Protection,
  protections,
  type ReporterKind,
  reporterKinds,
} from "../records.ts";
import { caseCommand, caseRuling, contentId, fail } from "./case-command.ts";
import { distinct, id, reason, sourceId, words } from "./request-parts.ts";

const keysOf = <K extends string>(table: { readonly [key in K]: unknown }) =>
  Object.keys(table) as [K, ...K[]];

export const kindSchema = z.enum(keysOf<CaseKind>(caseKinds));

/** What a reporter says and how to answer; in a replay only its commitment may be left. */
const personal = z.union([
  z.strictObject({
    summary: words(10, 2_000),
    replyKey: id.nullable().default(null),
    salt: z.string().regex(/^[0-9a-f]{32}$/, "A salt is 32 hexadecimal digits."),
  }),
  z.strictObject({ sealed: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

const fileRequest = z.strictObject({
  /** Case that it belongs to; `null` opens one. */
  caseId: id.nullable().default(null),
  kind: kindSchema.default("use"),
  title: words(3, 200),
  reporter: z.enum(keysOf<ReporterKind>(reporterKinds)),
  protection: z.enum(keysOf<Protection>(protections)).default("confidential"),
  lifeAtRisk: z.boolean().default(false),
  documents: distinct(sourceId, 0, 200).default([]),
  personal,
});
const acknowledgeRequest = z.strictObject({ reportId: id });
const forgetRequest = z.strictObject({ reportId: id, reason });

/** The one way in: administrations, the press, the public and the operator's own detectors come through here alike. */
const file = caseCommand<z.infer<typeof fileRequest>>({
  name: "case.report",
  summary: "Hands in a report, which opens a case or joins one.",
  permission: "cases.report",
  schema: fileRequest,
  decide(request, context, asked) {
    const { book, atMs } = context;
    const { reporter, protection, lifeAtRisk, documents, kind, title } = request;
    const reportId = contentId("rep", { asked, atMs });
    if (book.get("caseReport", reportId) !== undefined) {
      return fail("reportKnown", "", "This very report is on record already.");
    }
    const joined = request.caseId === null ? null : caseOf(context, request.caseId);
    if (joined?.ok === false) return joined;
    if (joined?.ok && !isOpen(joined.value)) {
      return fail(
        "caseNotOpen",
        "caseId",
        `Case ${joined.value.id} is ${joined.value.state}; reopen it first.`,
      );
    }
    const caseId = joined === null ? contentId("case", { reportId }) : joined.value.id;
    const earlier = book.about("caseReport", caseId).filter(report => report.caseId === caseId);
    if (earlier.length >= caseBounds.reports) {
      return fail("caseFull", "caseId", `Case ${caseId} has ${caseBounds.reports} reports.`);
    }
    const open = "sealed" in request.personal ? null : request.personal;
    const report: CaseReport = {
      ...{ id: reportId, caseId, reporter, protection, lifeAtRisk, documents },
      replyKey: open?.replyKey ?? null,
      summary: open?.summary ?? null,
      receivedMs: atMs,
      copyOf: copiedFrom(earlier, documents),
      acknowledgedMs: null,
      ...(open === null ? {} : { salt: open.salt }),
    };
    const opened: readonly Case[] = joined === null ? [newCase(caseId, kind, title, atMs)] : [];
    return caseRuling(
      context,
      asked,
      {
        subject: caseId,
        action: "receive report",
        outcome: "received",
        // No word of the reporter's: the log cannot forget.
        reasons: [lifeAtRisk ? "It says that a life is at risk." : "A report came in."],
        text: `A report came in for the case ${caseId}${joined === null ? ", which it opens" : ""}.`,
        inputs: { report: reportId, documents: contentHash(documents) },
      },
      [
        ...opened.map(document => ({ kind: "case" as const, id: caseId, document })),
        { kind: "caseReport", id: reportId, document: report },
      ],
    );
  },
});

/** A report that brings only documents that an earlier one brought. One without documents is nobody's copy. */
function copiedFrom(earlier: readonly CaseReport[], documents: readonly string[]): string | null {
  if (documents.length === 0) return null;
  const first = earlier.find(report => documents.every(document => report.documents.includes(document)));
  return first === undefined ? null : (first.copyOf ?? first.id);
}

function newCase(caseId: string, kind: CaseKind, title: string, atMs: number): Case {
  return {
    ...{ id: caseId, kind, title, state: "received", stateSinceMs: atMs, openedMs: atMs },
    ...{ safety: "unassessed", triagedMs: null, claims: [], candidates: [], signals: [], supply: [] },
    ...{ listing: null, victims: [], orderIds: [], conclusion: null, mergedInto: null, steps: [] },
  };
}

const acknowledge = caseCommand<z.infer<typeof acknowledgeRequest>>({
  name: "case.acknowledge",
  summary: "Records that a reporter was told that the report arrived.",
  permission: "cases.work",
  schema: acknowledgeRequest,
  decide({ reportId }, context, asked) {
    const report = context.book.get("caseReport", reportId);
    if (report === undefined) return fail("reportUnknown", "reportId", `There is no report ${reportId}.`);
    if (report.acknowledgedMs !== null) {
      return fail("alreadyAcknowledged", "reportId", `The report ${reportId} is acknowledged already.`);
    }
    const document: CaseReport = { ...report, acknowledgedMs: context.atMs };
    return caseRuling(
      context,
      asked,
      {
        subject: report.caseId,
        action: "acknowledge report",
        outcome: "acknowledged",
        reasons: [],
        text: `The report ${reportId} of the case ${report.caseId} is acknowledged.`,
        inputs: { report: reportId },
      },
      [{ kind: "caseReport", id: reportId, document }],
    );
  },
});

/** Takes away what could lead to the reporter. That there was a report, of which class and when, stays. */
const forget = caseCommand<z.infer<typeof forgetRequest>>({
  name: "case.forgetReporter",
  summary: "Takes what a reporter wrote, and the way to answer, out of a report.",
  permission: "cases.work",
  schema: forgetRequest,
  decide({ reportId, reason: why }, context, asked) {
    const report = context.book.get("caseReport", reportId);
    if (report === undefined) return fail("reportUnknown", "reportId", `There is no report ${reportId}.`);
    const { salt: _salt, ...kept } = report;
    return caseRuling(
      context,
      asked,
      {
        subject: report.caseId,
        action: "forget reporter",
        outcome: "forgotten",
        reasons: [why],
        text: `What the reporter of ${reportId} wrote, and the way to answer, are taken out.`,
        inputs: { report: reportId },
      },
      [{ kind: "caseReport", id: reportId, document: { ...kept, summary: null, replyKey: null } }],
    );
  },
});

/** Commands about reports. */
export const reportCommands: readonly CommandEntry[] = [file, acknowledge, forget];
