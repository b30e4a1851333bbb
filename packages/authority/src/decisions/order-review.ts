// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { fail, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { decided } from "./decided.ts";
import { checkBasis } from "./findings.ts";
import { dateOf, noticeOf } from "./notices.ts";
import { longestReviewDays } from "./order-commands.ts";
import { exemption, ground, id } from "./request-parts.ts";
import { partyToTell, standingOrder } from "./terminal-orders.ts";
import { approvedByTwo } from "./two-persons.ts";

const dayMs = 86_400_000;

const reviewRequest = z.strictObject({
  terminalId: id,
  ground,
  reviewDays: z.int().min(1).max(longestReviewDays),
  exemption,
});

/**
 * Confirms what stands against a terminal for another term. It takes as many persons as it took to order it, what it
 * rests on must still carry it, and the holder is told anew and may appeal anew.
 */
const review: Command<z.infer<typeof reviewRequest>> = commandOf({
  name: "order.review",
  summary: "Confirms a limit or a deactivation until another day of review.",
  permission: "orders.request",
  approvalsNeeded: () => 2,
  decide(request, context) {
    const { book, actor, atMs } = context;
    const { terminalId, reviewDays } = request;
    const approved = approvedByTwo(context);
    if (!approved.ok) return approved;
    const terminal = book.get("terminal", terminalId);
    if (terminal === undefined) {
      return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
    }
    const order = standingOrder(context, terminal);
    if (order === undefined || order.kind === "suspend") {
      return fail("nothingToReview", "terminalId", `No limit or deactivation of ${terminalId} is in force.`);
    }
    if (order.basis !== undefined) {
      const carried = checkBasis(book, terminalId, order.basis, atMs);
      if (!carried.ok) return carried;
    }
    const reviewMs = atMs + reviewDays * dayMs;
    const { restriction, deactivation } = terminal;
    const { decision, change } = noticeOf(
      decided(
        context,
        { name: review.name, request },
        {
          subject: terminalId,
          action: "confirm order",
          outcome: terminal.state,
          reasons: [request.ground],
          text: `${actor.name} confirms that ${terminalId} stays ${terminal.state} until ${dateOf(reviewMs)}: ${request.ground}`,
          orderId: order.id,
        },
      ),
      {
        subject: terminalId,
        party: partyToTell(context, terminal),
        cause: { kind: "order", id: order.id },
        facts: `${terminalId} stays ${terminal.state}. It was looked at again. Ground: ${request.ground}`,
        rule: "What does not end by itself is looked at again on a day that is named in advance.",
        evidence: ["record"],
        automated: false,
        reviewMs,
        exemption: request.exemption,
      },
    );
    return succeed({
      decisions: [decision],
      changes: [
        {
          kind: "terminal",
          id: terminalId,
          document: {
            ...terminal,
            restriction: restriction === null ? null : { ...restriction, reviewMs },
            deactivation: deactivation === null ? null : { ...deactivation, reviewMs },
          },
        },
        { kind: "order", id: order.id, document: { ...order, reviewAtMs: reviewMs } },
        change,
      ],
    });
  },
});

export const orderReviewCommands: readonly CommandEntry[] = [entryOf(review, reviewRequest)];
