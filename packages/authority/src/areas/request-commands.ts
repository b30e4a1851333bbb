// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { ground, id, ids, instantMs, words } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import type { TerminalState } from "../terminal.ts";
import { changesService } from "./area-moves.ts";
import type { AreaRequest } from "./area-request.ts";
import { dueOf, type RequestEvent, requestStep } from "./area-requests.ts";
import { type AreaRules, checkPolicyAfter, radiusOfRuling } from "./area-rules.ts";
import {
  changed,
  decideRequest,
  executeRequest,
  expireRequest,
  nameOf,
  type RequestRuling,
  reasonText,
  type Verdict,
} from "./request-decision.ts";

const mostTerminals = 20_000;

const receiveRequest = z.strictObject({
  requester: words(2, 200).nullable(),
  kind: z.enum(["request", "lawfulOrder"]),
  scope: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("area"),
      areas: ids(1, 100),
      wants: z.enum(["activate", "restrict", "suspend", "deactivate"]),
    }),
    z.strictObject({
      kind: z.literal("terminals"),
      terminalIds: ids(1, mostTerminals),
      wants: z.enum(["suspend", "deactivate", "restore"]),
    }),
    z.strictObject({ kind: z.literal("data"), subjects: ids(1, 1_000), wants: words(3, 500) }),
  ]),
  jurisdiction: words(2, 200),
  legalBasis: words(2, 500).nullable().default(null),
  emergency: z.boolean().default(false),
  sealed: z.boolean().default(false),
  /** When it reached the operator; now unless told. */
  receivedMs: instantMs.nullable().default(null),
});
const ofRequest = { requestId: id };
const authenticateRequest = z.strictObject({ ...ofRequest, method: words(3, 500) });
const disownRequest = z.strictObject({ ...ofRequest, reason: ground });
const reviewRequest = z.strictObject({ ...ofRequest, impactNote: words(10, 5_000), note: ground });
/** Whose reason it is; the officer's own unless somebody is named. */
const reasonPart = z.strictObject({
  by: words(2, 200).nullable().default(null),
  text: words(5, 1_000),
  directiveOf: words(2, 200).nullable().default(null),
});
const decideSchema = z.strictObject({
  ...ofRequest,
  verdict: z.enum(["grant", "partial", "refuse", "needsDirective"]),
  reasons: z.array(reasonPart).min(1).max(20),
  granted: ids(0, mostTerminals).default([]),
  expiresMs: instantMs.nullable().default(null),
  directive: id.nullable().default(null),
});
const addReasonRequest = z.strictObject({ ...ofRequest, ...reasonPart.shape });
const executeSchema = z.strictObject({
  ...ofRequest,
  done: ids(0, mostTerminals),
  notDone: z
    .array(z.strictObject({ id, why: words(3, 500) }))
    .max(mostTerminals)
    .default([]),
});
const verifyRequest = z.strictObject({
  ...ofRequest,
  by: words(2, 200).nullable().default(null),
  observation: ground,
});
const renewRequest = z.strictObject({ ...ofRequest, expiresMs: instantMs, reason: ground });
const withdrawRequest = z.strictObject({ ...ofRequest, by: words(2, 200), reason: ground });
const expireSchema = z.strictObject(ofRequest);

/** What a terminal is once an order about it was carried out. */
const carriedOutAs: { readonly [wants: string]: (state: TerminalState) => boolean } = {
  suspend: state => state === "suspended" || state === "deactivated",
  deactivate: state => state === "deactivated" || state === "retired",
  restore: state => state !== "suspended" && state !== "deactivated" && state !== "restricted",
};

/** Requests and lawful orders, from their arrival to their end. */
export function requestCommands(rules: AreaRules): readonly CommandEntry[] {
  const receive: Command<z.infer<typeof receiveRequest>> = commandOf({
    name: "areaRequest.receive",
    summary: "Records that a request or lawful order has arrived.",
    permission: "areas.change",
    decide(request, context) {
      const { atMs } = context;
      const receivedMs = request.receivedMs ?? atMs;
      if (receivedMs > atMs)
        return fail("receivedInvalid", "receivedMs", "It cannot have arrived later than now.");
      const content = { ...request, receivedMs };
      const document: AreaRequest = {
        id: contentId("req", { ...content, atMs }),
        ...content,
        state: "received",
        stateSinceMs: atMs,
        authentication: null,
        impactNote: null,
        reasons: [],
        granted: [],
        expiresMs: null,
        verifiedBy: null,
      };
      const due = dueOf(document);
      const said = decided(
        context,
        { name: receive.name, request },
        {
          subject: document.id,
          action: "receive request",
          outcome: "received",
          reasons: [request.legalBasis ?? request.jurisdiction],
          text: `The ${nameOf(document)} has arrived: ${request.scope.wants}. ${request.emergency ? "It is an emergency." : ""}`.trim(),
          ...(due === null ? {} : { reviewAtMs: due.acknowledgeMs }),
        },
      );
      return succeed({ decisions: [decisionOf(said)], changes: [changed(document)] });
    },
  });

  const authenticate = step<z.infer<typeof authenticateRequest>>(
    {
      name: "areaRequest.authenticate",
      summary: "Says how it is known that a request's sender is who it says.",
    },
    "authenticate",
    ({ method }) => method,
    (document, { method }, { actor, atMs }) =>
      succeed({ ...document, authentication: { method, by: actor.id, atMs } }),
  );
  const disown = step<z.infer<typeof disownRequest>>(
    { name: "areaRequest.disown", summary: "Ends a request whose sender is not who it says." },
    "disown",
    ({ reason }) => reason,
    (document, { reason }, { actor, atMs }) =>
      succeed({ ...document, reasons: [{ atMs, by: actor.name, text: reason, directiveOf: null }] }),
  );
  const review = step<z.infer<typeof reviewRequest>>(
    {
      name: "areaRequest.review",
      summary: "Notes whom a request would touch and what that would do to them.",
    },
    "review",
    ({ note }) => note,
    (document, { impactNote }) => succeed({ ...document, impactNote }),
  );

  const decide: Command<z.infer<typeof decideSchema>> = commandOf({
    name: "areaRequest.decide",
    summary: "Grants a request, in full or in part, refuses it, or asks for a directive.",
    permission: "areas.change",
    approvalsNeeded: (request, context) => (touchesService(judge(request, context)) ? 2 : 0),
    blastRadius: (request, context) => radiusOfRuling(context, judge(request, context), rules),
    decide(request, context) {
      const ruling = judge(request, context);
      if (!ruling.ok) return ruling;
      if (touchesService(ruling)) {
        const approved = approvedByTwo(context);
        if (!approved.ok) return approved;
      }
      const possible = checkPolicyAfter(context, ruling.value.changes, rules);
      return possible.ok ? ruling : possible;
    },
  });

  function judge(request: z.infer<typeof decideSchema>, context: CommandContext): RequestRuling {
    return found(context, request.requestId, document => {
      const { actor, atMs } = context;
      const { requestId: _, reasons, ...rest } = request;
      const verdict: Verdict = {
        ...rest,
        reasons: reasons.map(reason => ({ ...reason, by: reason.by ?? actor.name, atMs })),
      };
      return decideRequest(context, { name: decide.name, request }, rules, document, verdict);
    });
  }

  const addReason: Command<z.infer<typeof addReasonRequest>> = commandOf({
    name: "areaRequest.addReason",
    summary: "Adds a reason given later; those given before stay as they are.",
    permission: "areas.change",
    decide(request, context) {
      return found(context, request.requestId, document => {
        if (document.reasons.length === 0) {
          return fail(
            "notDecided",
            "requestId",
            "Nothing has been decided about it for which there could be a reason.",
          );
        }
        if (document.reasons.length >= 1_000)
          return fail("reasonsFull", "requestId", "It has a thousand reasons.");
        const { by, text, directiveOf } = request;
        const reason = { atMs: context.atMs, by: by ?? context.actor.name, text, directiveOf };
        const said = decided(
          context,
          { name: addReason.name, request },
          {
            subject: document.id,
            action: "add reason",
            outcome: document.state,
            reasons: [text],
            text: `On ${nameOf(document)}: ${reasonText(reason)}`,
          },
        );
        const after = { ...document, reasons: [...document.reasons, reason] };
        return succeed({ decisions: [decisionOf(said)], changes: [changed(after)] });
      });
    },
  });

  const execute: Command<z.infer<typeof executeSchema>> = commandOf({
    name: "areaRequest.execute",
    summary: "Records on which terminals or subjects a granted request was carried out.",
    permission: "areas.change",
    decide: (request, context) =>
      found(context, request.requestId, document => {
        const fits = checkExecution(context, document, request);
        if (!fits.ok) return fits;
        return executeRequest(context, { name: execute.name, request }, document, request);
      }),
  });

  const verify = step<z.infer<typeof verifyRequest>>(
    { name: "areaRequest.verify", summary: "Says that somebody who had no part in it has seen the effect." },
    "verify",
    ({ observation }) => observation,
    (document, { by }, { actor }) =>
      document.handledBy?.includes(actor.id)
        ? fail("verifierNotIndependent", "requestId", "Whoever decided or carried it out does not verify it.")
        : succeed({ ...document, verifiedBy: by ?? actor.id }),
  );

  const renew = step<z.infer<typeof renewRequest>>(
    { name: "areaRequest.renew", summary: "Lets what was granted hold for another term.", approvals: 2 },
    "renew",
    ({ reason }) => reason,
    (document, { expiresMs }, { atMs }) =>
      document.expiresMs === null || expiresMs <= document.expiresMs || expiresMs <= atMs
        ? fail("termInvalid", "expiresMs", "A renewal ends later than the term it renews.")
        : succeed({ ...document, expiresMs }),
  );

  const withdraw = step<z.infer<typeof withdrawRequest>>(
    {
      name: "areaRequest.withdraw",
      summary: "Records that a request was taken back before anything was carried out.",
    },
    "withdraw",
    ({ by, reason }) => `${by}: ${reason}`,
    document => succeed({ ...document, granted: [] }),
  );

  const expire: Command<z.infer<typeof expireSchema>> = commandOf({
    name: "areaRequest.expire",
    summary: "Ends a request whose term is over, and what it did to areas.",
    permission: "areas.change",
    decide: (request, context) =>
      found(context, request.requestId, document => {
        const ruling = expireRequest(context, { name: expire.name, request }, rules, document);
        if (!ruling.ok) return ruling;
        const possible = checkPolicyAfter(context, ruling.value.changes, rules);
        return possible.ok ? ruling : possible;
      }),
  });

  return [
    entryOf(receive, receiveRequest),
    entryOf(authenticate, authenticateRequest),
    entryOf(disown, disownRequest),
    entryOf(review, reviewRequest),
    entryOf(decide, decideSchema),
    entryOf(addReason, addReasonRequest),
    entryOf(execute, executeSchema),
    entryOf(verify, verifyRequest),
    entryOf(renew, renewRequest),
    entryOf(withdraw, withdrawRequest),
    entryOf(expire, expireSchema),
  ];
}

/** A command that takes a request one step on and changes nothing else. */
function step<Request extends { readonly requestId: string }>(
  {
    name,
    summary,
    approvals = 0,
  }: { readonly name: string; readonly summary: string; readonly approvals?: 0 | 2 },
  event: RequestEvent,
  reasonOf: (request: Request) => string,
  change: (
    document: AreaRequest,
    request: Request,
    context: CommandContext,
  ) => Result<AreaRequest, AuthorityError<string>>,
): Command<Request> {
  return commandOf({
    name,
    summary,
    permission: "areas.change",
    approvalsNeeded: () => approvals,
    decide(request, context) {
      if (approvals > 0) {
        const approved = approvedByTwo(context);
        if (!approved.ok) return approved;
      }
      return found(context, request.requestId, before => {
        const row = requestStep(before, event);
        if (!row.ok) return row;
        const after = change(before, request, context);
        if (!after.ok) return after;
        const { to, decision, sentence } = row.value;
        const asked: Asked = { name, request };
        const said = decided(context, asked, {
          subject: before.id,
          action: decision,
          outcome: to,
          reasons: [reasonOf(request)],
          text: `${context.actor.name} on ${nameOf(before)}: ${sentence} ${reasonOf(request)}`,
        });
        const document = { ...after.value, state: to, stateSinceMs: context.atMs };
        return succeed({ decisions: [decisionOf(said)], changes: [changed(document)] });
      });
    },
  });
}

function touchesService(ruling: Result<Ruling, unknown>): boolean {
  if (!ruling.ok) return false;
  return ruling.value.changes.some(
    change =>
      change.kind === "areaMove" &&
      change.document !== null &&
      changesService(change.document.from, change.document.to),
  );
}

/** Everything granted is accounted for once, and what is said of a terminal is what its record says. */
function checkExecution(
  { book }: CommandContext,
  { scope, granted }: AreaRequest,
  { done, notDone }: Pick<z.infer<typeof executeSchema>, "done" | "notDone">,
): Result<null, AuthorityError<string>> {
  const all = [...done, ...notDone.map(({ id }) => id)];
  const named = new Set(all);
  if (named.size !== all.length || named.size !== granted.length || granted.some(id => !named.has(id))) {
    return fail(
      "executionIncomplete",
      "done",
      "Name everything that was granted once: as done, or as not done and why.",
    );
  }
  if (scope.kind !== "terminals") return succeed(null);
  const isCarriedOut = carriedOutAs[scope.wants]!;
  for (const [i, terminalId] of done.entries()) {
    const terminal = book.get("terminal", terminalId);
    if (terminal === undefined || !isCarriedOut(terminal.state)) {
      const state = terminal?.state ?? "not on record";
      return fail("notCarriedOut", `done[${i}]`, `${terminalId} is ${state}; nothing was carried out on it.`);
    }
  }
  return succeed(null);
}

function found(
  { book }: CommandContext,
  requestId: string,
  then: (document: AreaRequest) => RequestRuling,
): RequestRuling {
  const document = book.get("areaRequest", requestId);
  if (document !== undefined) return then(document);
  return fail("requestUnknown", "requestId", `There is no request ${requestId}.`);
}
