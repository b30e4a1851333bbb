// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import type { Statement } from "../territory.ts";
import { decided } from "./decided.ts";
import type { LicenceException } from "./exceptions.ts";
import { exemption, ground, id, instantMs, words } from "./request-parts.ts";
import { endException } from "./site-exceptions.ts";
import { approvedByTwo } from "./two-persons.ts";

const recordRequest = z.strictObject({
  territory: words(1, 64),
  statementId: id,
  licence: words(3, 200),
  issuer: words(2, 200),
  fromMs: instantMs,
  toMs: instantMs.nullable(),
  reason: ground,
});
const endRequest = z.strictObject({ licenceExceptionId: id, reason: ground, exemption });

const record: Command<z.infer<typeof recordRequest>> = commandOf({
  name: "licenceException.record",
  summary: "Records a licence under a law that otherwise forbids.",
  permission: "areas.change",
  approvalsNeeded: () => 2,
  decide(request, context) {
    const approved = approvedByTwo(context);
    if (!approved.ok) return approved;
    const { reason, ...licence } = request;
    const { territory, statementId, fromMs, toMs } = licence;
    const statement = statementOf(context, territory, statementId);
    if (statement === undefined) {
      return fail("statementUnknown", "statementId", `${statementId} says nothing about ${territory}.`);
    }
    if (statement.axis !== "legalRegime") {
      return fail(
        "statementUnfit",
        "statementId",
        `${statementId} is about ${statement.axis}, not about a law.`,
      );
    }
    if (toMs !== null && (toMs <= fromMs || toMs <= context.atMs)) {
      return fail(
        "intervalInvalid",
        "toMs",
        "A licence ends after it begins, and is not over when recorded.",
      );
    }
    const document: LicenceException = { id: contentId("lic", licence), ...licence };
    const decision = decided(
      context,
      { name: record.name, request },
      {
        subject: territory,
        action: "record licence exception",
        outcome: "recorded",
        reasons: [reason],
        text: `${licence.issuer} licenses what ${statementId} forbids in ${territory}: ${licence.licence}. ${reason}`,
        inputs: { licence: document.id, area: territory },
        evidence: [statementId],
        ...(toMs === null ? {} : { expiresAtMs: toMs }),
      },
    );
    return succeed({
      decisions: [decisionOf(decision)],
      changes: [{ kind: "licenceException", id: document.id, document }],
    });
  },
});

const end: Command<z.infer<typeof endRequest>> = commandOf({
  name: "licenceException.end",
  summary: "Ends a licence exception, and every exception of a site that rests on it.",
  permission: "areas.change",
  decide(request, context) {
    const { book, atMs } = context;
    const licence = book.get("licenceException", request.licenceExceptionId);
    if (licence === undefined) {
      return fail("licenceUnknown", "licenceExceptionId", "There is no such licence exception.");
    }
    if (licence.toMs !== null && licence.toMs <= atMs) {
      return fail("licenceOver", "licenceExceptionId", "That licence is over.");
    }
    const asked = { name: end.name, request };
    const resting: Ruling[] = [];
    for (const exception of book.all("siteException")) {
      if (exception.licenceExceptionId !== licence.id || exception.toMs <= atMs) continue;
      const ended: Result<Ruling, AuthorityError<string>> = endException(context, asked, exception, request);
      if (!ended.ok) return ended;
      resting.push(ended.value);
    }
    const document = { ...licence, toMs: Math.max(atMs, licence.fromMs) };
    const decision = decided(context, asked, {
      subject: licence.territory,
      action: "end licence exception",
      outcome: "ended",
      reasons: [request.reason],
      text: `The licence ${licence.licence} ends, and ${resting.length} exceptions with it. ${request.reason}`,
      inputs: { licence: licence.id, area: licence.territory },
    });
    return succeed({
      decisions: [decisionOf(decision), ...resting.flatMap(({ decisions }) => decisions)],
      changes: [
        { kind: "licenceException", id: licence.id, document },
        ...resting.flatMap(({ changes }) => changes),
      ],
    });
  },
});

export const licenceExceptionCommands: readonly CommandEntry[] = [
  entryOf(record, recordRequest),
  entryOf(end, endRequest),
];

/** A statement about a territory, from the records or from the policy document. */
function statementOf(
  { book, policy }: CommandContext,
  territory: string,
  statementId: string,
): Statement | undefined {
  const found = book.get("statement", statementId) ?? policy.statements.find(({ id }) => id === statementId);
  return found?.territory === territory ? found : undefined;
}
