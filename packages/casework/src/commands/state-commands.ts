// SPDX-License-Identifier: MIT
import type { CommandEntry } from "@perigee/authority";
import { z } from "zod";
import type { CaseEvent } from "../cases/case-states.ts";
import { shownEvent } from "../cases/follow.ts";
import { checkConclusion, checkOrder, openEnds } from "../cases/guards.ts";
import { caseOf, isOpen, stepCase } from "../cases/step.ts";
import { type Case, type CaseChange, type CaseVerdict, caseBounds } from "../records.ts";
import {
  type CaseAsked,
  type CaseContext,
  type CaseRuling,
  caseCommand,
  caseRuling,
  fail,
} from "./case-command.ts";
import { kindSchema } from "./report-commands.ts";
import { distinct, id, reason, words } from "./request-parts.ts";

const triageRequest = z.strictObject({
  caseId: id,
  kind: kindSchema,
  title: words(3, 200),
  safety: z.enum(["none", "credible"]),
  reason,
});
const reasonRequest = z.strictObject({ caseId: id, reason });
const mergeRequest = z.strictObject({ caseId: id, intoCaseId: id, reason });
const concludeRequest = z.strictObject({
  caseId: id,
  verdict: z.enum(["confirmed", "notConfirmed", "inconclusive"]),
  summary: words(10, 2_000),
});
const ordersRequest = z.strictObject({ caseId: id, orderIds: distinct(id, 1, 1_000) });
const followRequest = z.strictObject({ caseId: id });

const triage = caseCommand<z.infer<typeof triageRequest>>({
  name: "case.triage",
  summary: "Says what a case is about and how urgent it is.",
  permission: "cases.work",
  schema: triageRequest,
  decide({ caseId, kind, title, safety, reason: why }, context, asked) {
    const more = { kind, title, safety, triagedMs: context.atMs };
    return move(context, asked, caseId, "triage", why, { more });
  },
});

const dismiss = caseCommand<z.infer<typeof reasonRequest>>({
  name: "case.dismiss",
  summary: "Closes a case in which there is nothing to investigate.",
  permission: "cases.work",
  schema: reasonRequest,
  decide: ({ caseId, reason: why }, context, asked) => move(context, asked, caseId, "dismiss", why),
});

/** Reports, claims and all go to the other case, which weighs each origin once. */
const merge = caseCommand<z.infer<typeof mergeRequest>>({
  name: "case.merge",
  summary: "Puts a case into another about the same matter.",
  permission: "cases.work",
  schema: mergeRequest,
  decide({ caseId, intoCaseId, reason: why }, context, asked) {
    const { book } = context;
    const one = caseOf(context, caseId);
    if (!one.ok) return one;
    const into = caseOf(context, intoCaseId, "intoCaseId");
    if (!into.ok) return into;
    if (caseId === intoCaseId) return fail("sameCase", "intoCaseId", "A case is not merged with itself.");
    if (!isOpen(into.value)) {
      return fail("caseNotOpen", "intoCaseId", `Case ${intoCaseId} is ${into.value.state}; reopen it first.`);
    }
    const bound = [...book.about("evidence", caseId), ...book.about("finding", caseId)];
    if (bound.some(record => record.caseId === caseId) || one.value.orderIds.length > 0) {
      return fail(
        "caseHasRecords",
        "caseId",
        "Evidence, findings and orders of a case stay with it: merge the other way.",
      );
    }
    const merged = mergedCase(into.value, one.value);
    const full = fullest(merged);
    if (full !== null) return fail("caseFull", "intoCaseId", `Together they have too many ${full}.`);
    const changes: CaseChange[] = [{ kind: "case", id: intoCaseId, document: merged }];
    for (const report of book.about("caseReport", caseId)) {
      if (report.caseId !== caseId) continue;
      changes.push({ kind: "caseReport", id: report.id, document: { ...report, caseId: intoCaseId } });
    }
    return move(context, asked, caseId, "merge", why, { more: { mergedInto: intoCaseId }, changes });
  },
});

const investigate = caseCommand<z.infer<typeof reasonRequest>>({
  name: "case.investigate",
  summary: "Begins the investigation of a case.",
  permission: "cases.work",
  schema: reasonRequest,
  decide: ({ caseId, reason: why }, context, asked) => move(context, asked, caseId, "investigate", why),
});

const events: { readonly [V in CaseVerdict]: CaseEvent } = {
  confirmed: "confirm",
  notConfirmed: "notConfirm",
  inconclusive: "leaveOpen",
};

const conclude = caseCommand<z.infer<typeof concludeRequest>>({
  name: "case.conclude",
  summary: "Says what an investigation came to. It changes nobody's service.",
  permission: "cases.work",
  schema: concludeRequest,
  decide({ caseId, verdict, summary }, context, asked) {
    const { book, actor, atMs } = context;
    const found = caseOf(context, caseId);
    if (!found.ok) return found;
    const carried = checkConclusion(book, found.value, verdict, atMs);
    if (!carried.ok) return carried;
    const conclusion = { verdict, summary, by: actor.id, atMs, findings: carried.value };
    return move(context, asked, caseId, events[verdict], summary, {
      more: { conclusion },
      evidence: carried.value,
    });
  },
});

/** Orders are the authority's; a case says which of them were given on it. */
const noteOrders = caseCommand<z.infer<typeof ordersRequest>>({
  name: "case.noteOrders",
  summary: "Records which orders of the authority were given on a case.",
  permission: "cases.work",
  schema: ordersRequest,
  decide({ caseId, orderIds }, context, asked) {
    const { book } = context;
    const found = caseOf(context, caseId);
    if (!found.ok) return found;
    for (const orderId of orderIds) {
      const order = checkOrder(book, found.value, orderId);
      if (!order.ok) return order;
    }
    const all = [...new Set([...found.value.orderIds, ...orderIds])];
    if (all.length > caseBounds.orderIds)
      return fail("caseFull", "orderIds", "The case has too many orders.");
    const document = { ...found.value, orderIds: all };
    const note = `Orders ${orderIds.join(", ")}.`;
    if (found.value.conclusion !== null && found.value.state === found.value.conclusion.verdict) {
      return move(context, asked, caseId, "act", note, { more: { orderIds: all } });
    }
    if (found.value.state === "closed") {
      return fail("caseNotOpen", "caseId", `Case ${caseId} is closed; reopen it first.`);
    }
    return caseRuling(
      context,
      asked,
      {
        subject: caseId,
        action: "note orders",
        outcome: found.value.state,
        reasons: [note],
        text: `The case ${caseId} has ${orderIds.length === 1 ? "an order" : `${orderIds.length} orders`} on record.`,
      },
      [{ kind: "case", id: caseId, document }],
    );
  },
});

const follow = caseCommand<z.infer<typeof followRequest>>({
  name: "case.follow",
  summary: "Moves a case to where notices and appeals on record are.",
  permission: "cases.work",
  schema: followRequest,
  decide({ caseId }, context, asked) {
    const found = caseOf(context, caseId);
    if (!found.ok) return found;
    const shown = shownEvent(context.book, found.value);
    if (shown === null) return fail("nothingToFollow", "caseId", `Case ${caseId} is where the records are.`);
    return move(context, asked, caseId, shown.event, shown.because);
  },
});

const close = caseCommand<z.infer<typeof reasonRequest>>({
  name: "case.close",
  summary: "Closes a case of which nothing is open.",
  permission: "cases.work",
  schema: reasonRequest,
  decide({ caseId, reason: why }, context, asked) {
    const found = caseOf(context, caseId);
    if (!found.ok) return found;
    const ends = openEnds(context.book, found.value, context.atMs);
    if (ends.length > 0) return fail("caseHasOpenEnds", "caseId", ends.slice(0, 10).join(" "));
    return move(context, asked, caseId, "close", why);
  },
});

const reopen = caseCommand<z.infer<typeof reasonRequest>>({
  name: "case.reopen",
  summary: "Takes up an investigation again.",
  permission: "cases.work",
  schema: reasonRequest,
  decide({ caseId, reason: why }, context, asked) {
    const found = caseOf(context, caseId);
    if (!found.ok) return found;
    if (found.value.mergedInto !== null) {
      return fail("caseMerged", "caseId", `Case ${caseId} goes on as ${found.value.mergedInto}.`);
    }
    return move(context, asked, caseId, "reopen", why, { more: { conclusion: null } });
  },
});

/** Moves one case by one event and writes it down. */
function move(
  context: CaseContext,
  asked: CaseAsked,
  caseId: string,
  event: CaseEvent,
  note: string,
  {
    more = {},
    changes = [],
    evidence = [],
  }: { more?: Partial<Case>; changes?: readonly CaseChange[]; evidence?: readonly string[] } = {},
): CaseRuling {
  const found = caseOf(context, caseId);
  if (!found.ok) return found;
  const stepped = stepCase(found.value, event, context, note);
  if (!stepped.ok) return stepped;
  const { transition } = stepped.value;
  const document: Case = { ...stepped.value.case, ...more };
  return caseRuling(
    context,
    asked,
    {
      subject: caseId,
      action: transition.decision,
      outcome: transition.to,
      reasons: [note],
      text: `Case ${caseId}: ${transition.sentence} ${note}`,
      ...(evidence.length === 0 ? {} : { evidence }),
    },
    [{ kind: "case", id: caseId, document }, ...changes],
  );
}

/** What two cases have together, each thing once. */
function mergedCase(into: Case, one: Case): Case {
  const once = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] =>
    [...new Map(items.toReversed().map(item => [keyOf(item), item])).values()].toReversed();
  return {
    ...into,
    safety: one.safety === "credible" ? "credible" : into.safety,
    claims: once([...into.claims, ...one.claims], ({ id: key }) => key),
    candidates: once([...into.candidates, ...one.candidates], ({ terminalId }) => terminalId),
    signals: once([...into.signals, ...one.signals], ({ id: key }) => key),
    supply: once([...into.supply, ...one.supply], claim => JSON.stringify(claim)),
    listing: into.listing ?? one.listing,
    victims: once([...into.victims, ...one.victims], ({ partyId, terminalId }) => `${partyId} ${terminalId}`),
  };
}

/** A list of a case that is longer than its bound; `null`: none. */
export function fullest(found: Case): string | null {
  for (const list of ["claims", "candidates", "signals", "supply", "victims"] as const) {
    if (found[list].length > caseBounds[list]) return list;
  }
  return null;
}

/** Commands that move a case from state to state. */
export const stateCommands: readonly CommandEntry[] = [
  ...[triage, dismiss, merge, investigate, conclude],
  ...[noteOrders, follow, close, reopen],
];
