// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { TxOffOrder } from "../admission/admission-input.ts";
import type { Book, Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { longestSuspensionHours, suspensionSpanHours } from "../orders.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { inInterval } from "../territory.ts";
import { blastRadiusOf } from "./bulk-limits.ts";
import { type Asked, decided } from "./decided.ts";
import { noticeOf } from "./notices.ts";
import { longestReviewDays, orderParts } from "./order-commands.ts";
import { checkSeen } from "./protected-terminals.ts";
import { ground, id, ids, words } from "./request-parts.ts";
import { partyToTell } from "./terminal-orders.ts";
import { approvedByTwo } from "./two-persons.ts";
import type { TxOff } from "./tx-off.ts";

const hourMs = 3_600_000;

const orderRequest = z.strictObject({
  terminalId: id,
  /** Who demands it: the operator itself, a regulator, the operator of what is disturbed. */
  issuer: words(2, 200),
  ...orderParts,
  hours: z
    .int()
    .min(1)
    .max(longestReviewDays * 24),
  sparesEmergency: z.boolean().default(true),
  protectedSitesSeen: ids(0, 100).default([]),
});
const endRequest = z.strictObject({ txOffId: id, ground });

type OrderRequest = z.infer<typeof orderRequest>;
type OrderRuling = Result<Ruling, AuthorityError<string>>;

const order: Command<OrderRequest> = commandOf({
  name: "txOff.order",
  summary:
    "Orders a transmitter silent. One officer may for at most 72 hours in any 144; longer, or without sparing calls for help, two persons approve.",
  permission: "orders.request",
  approvalsNeeded: (request, context) => (isOneOfficers(request, context) ? 0 : 2),
  blastRadius: ({ terminalId }, { book }) =>
    book.about("protectedSite", terminalId).length === 0 ? null : blastRadiusOf(book, [terminalId], []),
  decide(request, context) {
    const { book, actor, atMs } = context;
    const { terminalId, issuer, ground, hours, sparesEmergency, evidence } = request;
    const terminal = book.get("terminal", terminalId);
    if (terminal === undefined)
      return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
    if (!isOneOfficers(request, context)) {
      const approved = approvedByTwo(context);
      if (!approved.ok) return approved;
    }
    const seen = checkSeen(book, terminalId, request.protectedSitesSeen);
    if (!seen.ok) return seen;
    const untilMs = atMs + hours * hourMs;
    const content: Omit<TxOff, "id"> = {
      ...{ terminalId, issuer, ground, fromMs: atMs, untilMs, grantedUntilMs: untilMs },
      ...{ sparesEmergency, by: actor.id },
    };
    const made: TxOff = { id: contentId("txo", content), ...content };
    const spared = sparesEmergency
      ? "Calls for help go on (47 CFR 25.271(c))."
      : "It spares no transmission.";
    const { decision, change } = noticeOf(
      decided(
        context,
        { name: order.name, request },
        {
          subject: terminalId,
          action: "order silence",
          outcome: "txOff",
          reasons: [ground],
          text: `${actor.name} orders ${terminalId} to stop transmitting for ${hours} h, as ${issuer} demands: ${ground} ${spared}`,
          inputs: { txOff: made.id },
          ...(evidence.length === 0 ? {} : { evidence }),
          expiresAtMs: untilMs,
        },
      ),
      {
        subject: terminalId,
        party: partyToTell(context, terminal),
        cause: { kind: "txOff", id: made.id },
        facts: `The terminal is ordered to stop transmitting until ${new Date(untilMs).toISOString()}. Ground: ${ground}`,
        rule: `A transmitter that disturbs others is silenced by order. ${spared}`,
        evidence: request.evidenceClasses,
        automated: false,
        reviewMs: untilMs,
        exemption: request.exemption,
      },
    );
    return succeed({ decisions: [decision], changes: [put(made), change] });
  },
});

const end: Command<z.infer<typeof endRequest>> = commandOf({
  name: "txOff.end",
  summary: "Ends an order to be silent before its term.",
  permission: "orders.request",
  decide(request, context) {
    const found = context.book.get("txOff", request.txOffId);
    if (found === undefined)
      return fail("txOffUnknown", "txOffId", `There is no order ${request.txOffId} to be silent.`);
    return endTxOff(context, { name: end.name, request }, found, request.ground);
  },
});

/** Ends an order to be silent; the transmitter is told to speak again by whoever carries the ruling out. */
export function endTxOff(context: CommandContext, asked: Asked, order: TxOff, why: string): OrderRuling {
  const { actor, atMs } = context;
  const { id, terminalId, fromMs, untilMs } = order;
  if (untilMs <= atMs) return fail("txOffOver", "txOffId", `The order ${id} is over.`);
  const decision = decided(context, asked, {
    subject: terminalId,
    action: "end silence",
    outcome: "ended",
    reasons: [why],
    text: `${actor.name} ends the order to ${terminalId} to be silent: ${why}`,
    inputs: { txOff: id },
  });
  return succeed({
    decisions: [decisionOf(decision)],
    changes: [put({ ...order, untilMs: Math.max(fromMs, atMs) })],
  });
}

/** The orders to be silent that bind a terminal at an instant, as admission takes them. */
export function txOffOrdersOf(book: Book, terminalId: string, atMs: number): readonly TxOffOrder[] {
  return book
    .about("txOff", terminalId)
    .filter(({ fromMs, untilMs }) => inInterval(atMs, fromMs, untilMs))
    .map(({ id, issuer, ground, fromMs, untilMs, sparesEmergency }) => ({
      ...{ id, issuer, ground, fromMs, untilMs, sparesEmergency },
    }));
}

/**
 * Whether one officer's word is enough: no longer than a suspension may be, added up with every silence of the terminal,
 * whoever ordered it, and with calls for help spared.
 */
function isOneOfficers(
  { terminalId, hours, sparesEmergency }: OrderRequest,
  { book, atMs }: Pick<CommandContext, "book" | "atMs">,
): boolean {
  const sinceMs = atMs + (hours - suspensionSpanHours) * hourMs;
  const silentMs = book
    .about("txOff", terminalId)
    .reduce((sum, { fromMs, untilMs }) => sum + Math.max(0, untilMs - Math.max(fromMs, sinceMs)), 0);
  return sparesEmergency && silentMs + hours * hourMs <= longestSuspensionHours * hourMs;
}

const put = (document: TxOff): Change => ({ kind: "txOff", id: document.id, document });

/** Orders to transmitters. */
export const txOffCommands: readonly CommandEntry[] = [
  entryOf(order, orderRequest),
  entryOf(end, endRequest),
];
