// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { longestSuspensionHours } from "../orders.ts";
import { type Command, commandOf } from "../ruling.ts";
import { blastRadiusOf } from "./bulk-limits.ts";
import { type EvidenceClass, evidenceClasses } from "./notices.ts";
import type { BlastRadius } from "./proposal.ts";
import { evidence, exemption, ground, id, ids } from "./request-parts.ts";
import {
  deactivateTerminal,
  expireTerminal,
  type HeldState,
  releaseTerminal,
  restrictTerminal,
  suspendTerminal,
} from "./terminal-orders.ts";
import { approvedByTwo } from "./two-persons.ts";

/** How long a restriction or deactivation may stand before somebody looks at it again. */
export const longestReviewDays = 180;

const classNames = Object.keys(evidenceClasses) as [EvidenceClass, ...EvidenceClass[]];

/** What every order that lessens a terminal's reach says, alone or as a part of a bulk order. */
export const orderParts = {
  ground,
  evidence,
  evidenceClasses: z.array(z.enum(classNames)).min(1).max(classNames.length).default(["officer"]),
  exemption,
};

const single = { terminalId: id, ...orderParts, protectedSitesSeen: ids(0, 100).default([]) };
const suspendRequest = z.strictObject({ ...single, hours: z.int().min(1).max(longestSuspensionHours) });
const reviewDays = z.int().min(1).max(longestReviewDays).default(90);
const restrictRequest = z.strictObject({ ...single, reviewDays });
const basis = z.strictObject({ kind: z.enum(["finding", "lawfulOrder"]), id });
const deactivateRequest = z.strictObject({ ...single, basis, reviewDays });
const releaseRequest = z.strictObject({ terminalId: id, ground });
const expireRequest = z.strictObject({ terminalId: id });

const suspend: Command<z.infer<typeof suspendRequest>> = commandOf({
  name: "order.suspend",
  summary: "Interrupts service of one terminal for at most 72 hours, on one officer's word.",
  permission: "orders.suspend",
  decide: (request, context) => suspendTerminal(context, { name: suspend.name, request }, request),
});

const restrict: Command<z.infer<typeof restrictRequest>> = commandOf({
  name: "order.restrict",
  summary: "Limits one terminal to the account site and emergency services, until it is reviewed.",
  permission: "orders.request",
  approvalsNeeded: () => 2,
  blastRadius: ({ terminalId }, { book }) => radiusOfOne(book, terminalId),
  decide: (request, context) => restrictTerminal(context, { name: restrict.name, request }, request),
});

const deactivate: Command<z.infer<typeof deactivateRequest>> = commandOf({
  name: "order.deactivate",
  summary: "Cuts one terminal off, on a confirmed finding or a lawful order.",
  permission: "orders.request",
  approvalsNeeded: () => 2,
  blastRadius: ({ terminalId }, { book }) => radiusOfOne(book, terminalId),
  decide: (request, context) => deactivateTerminal(context, { name: deactivate.name, request }, request),
});

const expire: Command<z.infer<typeof expireRequest>> = commandOf({
  name: "order.expire",
  summary: "Records that a suspension has reached its term.",
  permission: "orders.suspend",
  decide: (request, context) => expireTerminal(context, { name: expire.name, request }, request.terminalId),
});

function releasing(
  name: string,
  summary: string,
  from: HeldState,
  approvalsNeeded: 0 | 2,
): Command<z.infer<typeof releaseRequest>> {
  return commandOf({
    name,
    summary,
    permission: from === "suspended" ? "orders.suspend" : "orders.request",
    approvalsNeeded: () => approvalsNeeded,
    decide: (request, context) => {
      const approved = approvalsNeeded === 0 ? null : approvedByTwo(context);
      if (approved?.ok === false) return approved;
      return releaseTerminal(context, { name, request }, request, [from]);
    },
  });
}

const restore = releasing("order.restore", "Ends a suspension before its term.", "suspended", 0);
const lift = releasing(
  "order.liftRestriction",
  "Ends the limit of a terminal to the account site and emergency services.",
  "restricted",
  0,
);
const reinstate = releasing("order.reinstate", "Reverses a deactivation.", "deactivated", 2);

/** One subject, unless it serves a protected site: that the approvers must see. */
function radiusOfOne(book: Book, terminalId: string): BlastRadius | null {
  const sites = book.about("protectedSite", terminalId);
  return sites.length === 0 ? null : blastRadiusOf(book, [terminalId], []);
}

/** Orders about one terminal. */
export const orderCommands: readonly CommandEntry[] = [
  entryOf(suspend, suspendRequest),
  entryOf(restore, releaseRequest),
  entryOf(restrict, restrictRequest),
  entryOf(lift, releaseRequest),
  entryOf(deactivate, deactivateRequest),
  entryOf(reinstate, releaseRequest),
  entryOf(expire, expireRequest),
];
