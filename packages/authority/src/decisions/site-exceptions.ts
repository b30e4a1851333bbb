// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { blastRadiusOf } from "./bulk-limits.ts";
import { type Asked, decided } from "./decided.ts";
import type { LiftableReason, SiteException } from "./exceptions.ts";
import { dateOf, noticeOf } from "./notices.ts";
import { exemption, ground, id, ids, instantMs, position, words } from "./request-parts.ts";
import { partyToTell } from "./terminal-orders.ts";
import { approvedByTwo } from "./two-persons.ts";

const dayMs = 86_400_000;

/** An exception is granted for a year at most, and anew after that. */
export const longestExceptionMs = 366 * dayMs;

/** How far from the site it may reach at most, km. */
export const widestExceptionKm = 50;

/** What an exception may lift, with why it may. What is not here it never lifts. */
export const liftable: { readonly [R in LiftableReason]: string } = {
  AREA_NOT_ACTIVE:
    "The operator's own decision about an area, which the operator may decide otherwise for a site.",
  LEGAL_REGIME: "A law, where a licence under that law is in force and cited.",
  NOT_ON_ALLOWLIST: "A list of an area, beside which the exception is a list of its own.",
  PLAN_OCEAN: "A term of the plan.",
  PLAN_ADDRESS: "A term of the plan.",
  PLAN_COUNTRY: "A term of the plan.",
  ROAM_EXPIRED: "A term of the plan.",
};

const liftableNames = Object.keys(liftable) as [LiftableReason, ...LiftableReason[]];

/** What grants an exception. */
export const grantRequest = z.strictObject({
  title: words(3, 200),
  terminalIds: ids(1, 200),
  site: position,
  radiusKm: z.number().positive().max(widestExceptionKm),
  lifts: z
    .array(z.enum(liftableNames))
    .min(1)
    .max(liftableNames.length)
    .refine(list => new Set(list).size === list.length, "The same reason stands there twice."),
  licenceExceptionId: id.nullable().default(null),
  reason: ground,
  fromMs: instantMs,
  toMs: instantMs,
});
const endRequest = z.strictObject({ exceptionId: id, reason: ground, exemption });

export type GrantRequest = z.infer<typeof grantRequest>;

/**
 * Grants an exception: named terminals, at a named place, until a date. Whether enough persons approved is for the caller to
 * have asked.
 */
export function grantException(
  context: CommandContext,
  asked: Asked,
  request: GrantRequest,
): Result<Ruling, AuthorityError<string>> {
  const { book, actor, atMs } = context;
  const { terminalIds, lifts, licenceExceptionId, toMs } = request;
  for (const [i, terminalId] of terminalIds.entries()) {
    if (book.get("terminal", terminalId) === undefined) {
      return fail("terminalUnknown", `terminalIds[${i}]`, `There is no terminal ${terminalId}.`);
    }
  }
  // Approval takes time: what was to begin in the meantime begins with it, and changes nothing that was decided before.
  const fromMs = Math.max(request.fromMs, atMs);
  if (toMs <= fromMs) return fail("intervalInvalid", "toMs", "An exception ends after it begins.");
  if (toMs - fromMs > longestExceptionMs) {
    return fail("intervalInvalid", "toMs", "An exception lasts a year at most; grant it anew after that.");
  }
  const content: Omit<SiteException, "id"> = { ...request, fromMs, grantedToMs: toMs };
  const lawful = checkLicence(context, content);
  if (!lawful.ok) return lawful;
  const exception: SiteException = { id: contentId("exc", content), ...content };
  const decision = decided(context, asked, {
    subject: exception.id,
    action: "grant exception",
    outcome: "granted",
    reasons: [request.reason],
    text:
      `${actor.name} grants ${terminalIds.length} terminals service at ${request.title} from ${dateOf(fromMs)} to ` +
      `${dateOf(toMs)}, although ${lifts.join(", ")} would say no. ${request.reason}`,
    ...(licenceExceptionId === null ? {} : { evidence: [licenceExceptionId] }),
    expiresAtMs: toMs,
  });
  return succeed({ decisions: [decisionOf(decision)], changes: [changed(exception)] });
}

/** Ends an exception before its date; each holder is told. */
export function endException(
  context: CommandContext,
  asked: Asked,
  exception: SiteException,
  { reason, exemption }: { readonly reason: string; readonly exemption: string | null },
): Result<Ruling, AuthorityError<string>> {
  const { book, actor, atMs } = context;
  const { id, title, terminalIds, fromMs, toMs, grantedToMs } = exception;
  if (toMs <= atMs) return fail("exceptionOver", "exceptionId", `The exception ${id} is over.`);
  const ended: SiteException = { ...exception, toMs: Math.max(atMs, Math.min(fromMs, toMs)) };
  const noticed = terminalIds.flatMap(terminalId => {
    const terminal = book.get("terminal", terminalId);
    if (terminal === undefined) return [];
    return noticeOf(
      decided(context, asked, {
        subject: terminalId,
        action: "end exception",
        outcome: "ended",
        reasons: [reason],
        text: `${actor.name} ends the exception of ${terminalId} for ${title}: ${reason}`,
        inputs: { exception: id },
      }),
      {
        subject: terminalId,
        party: partyToTell(context, terminal),
        cause: { kind: "siteException", id },
        facts: `The exception for ${title}, granted until ${dateOf(grantedToMs)}, ends now. Reason: ${reason}`,
        rule: "An exception can be ended before its date when its reason no longer holds.",
        evidence: ["record"],
        automated: false,
        reviewMs: Math.max(grantedToMs, atMs + 1),
        exemption,
      },
    );
  });
  return succeed({
    decisions: noticed.map(({ decision }) => decision),
    changes: [changed(ended), ...noticed.map(({ change }) => change)],
  });
}

/** Whether an exception holds at an instant. */
export function exceptionHolds({ fromMs, toMs }: SiteException, atMs: number): boolean {
  return fromMs <= atMs && atMs < toMs;
}

/**
 * Whether the licence that an exception cites is there and in force for all of its time; and whether it cites one exactly
 * where it lifts a law.
 *
 * @returns `licenceNotNeeded`, `licenceMissing`, `licenceUnknown` or `licenceNotInForce`
 */
export function checkLicence(
  { book }: Pick<CommandContext, "book">,
  { lifts, licenceExceptionId, fromMs, toMs }: Omit<SiteException, "id">,
): Result<null, AuthorityError<string>> {
  const place = "licenceExceptionId";
  if (!lifts.includes("LEGAL_REGIME")) {
    return licenceExceptionId === null
      ? succeed(null)
      : fail("licenceNotNeeded", place, "A licence is cited exactly where LEGAL_REGIME is lifted.");
  }
  if (licenceExceptionId === null) {
    return fail("licenceMissing", place, "A law is lifted only with the licence that allows it.");
  }
  const licence = book.get("licenceException", licenceExceptionId);
  if (licence === undefined) {
    return fail("licenceUnknown", place, `There is no licence exception ${licenceExceptionId}.`);
  }
  if (licence.fromMs > fromMs || (licence.toMs !== null && licence.toMs < toMs)) {
    return fail("licenceNotInForce", place, "That licence is not in force for as long as the exception.");
  }
  return succeed(null);
}

const grant: Command<GrantRequest> = commandOf({
  name: "siteException.grant",
  summary: "Grants named terminals service at a named place until a date.",
  permission: "areas.change",
  approvalsNeeded: () => 2,
  blastRadius: ({ terminalIds }, { book }) => blastRadiusOf(book, terminalIds, []),
  decide(request, context) {
    const approved = approvedByTwo(context);
    if (!approved.ok) return approved;
    return grantException(context, { name: grant.name, request }, request);
  },
});

const end: Command<z.infer<typeof endRequest>> = commandOf({
  name: "siteException.end",
  summary: "Ends an exception before its date.",
  permission: "areas.change",
  decide(request, context) {
    const exception = context.book.get("siteException", request.exceptionId);
    if (exception === undefined) {
      return fail("exceptionUnknown", "exceptionId", `There is no exception ${request.exceptionId}.`);
    }
    return endException(context, { name: end.name, request }, exception, request);
  },
});

export const siteExceptionCommands: readonly CommandEntry[] = [
  entryOf(grant, grantRequest),
  entryOf(end, endRequest),
];

function changed(exception: SiteException): Change {
  return { kind: "siteException", id: exception.id, document: exception };
}
