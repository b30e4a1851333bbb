// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book, Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { keptRequest, saltSchema, sealedSchema } from "../registry/personal-data.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { approveApplication } from "./allow-lists.ts";
import type { Appeal, AppealState } from "./appeal.ts";
import { type Asked, decided } from "./decided.ts";
import type { Notice } from "./notice.ts";
import { ground, id, words } from "./request-parts.ts";
import { checkLicence } from "./site-exceptions.ts";
import { type StateTable, stepOf } from "./state-table.ts";
import { releaseTerminal, standingOrder } from "./terminal-orders.ts";
import { endTxOff } from "./tx-off-commands.ts";

const hourMs = 3_600_000;

/** How soon an appeal is decided: four hours where a life may depend on it, else 14 days. */
export const appealDueMs = { lifeCritical: 4 * hourMs, ordinary: 14 * 24 * hourMs } as const;

type AppealEvent = "uphold" | "reverse" | "withdraw";

/** State × event of an appeal. */
export const appealTransitions: StateTable<AppealState, AppealEvent> = {
  open: {
    uphold: { to: "upheld", decision: "uphold", sentence: "The decision stands." },
    reverse: {
      to: "reversed",
      decision: "reverse",
      sentence: "The decision was wrong, and what it took is given back now.",
    },
    withdraw: { to: "withdrawn", decision: "withdraw appeal", sentence: "Whoever appealed takes it back." },
  },
  upheld: {},
  reversed: {},
  withdrawn: {},
};

/**
 * Gives back what a decision took, as a part of the ruling that reverses it; `null` where nothing is left to give back
 * because it ended since.
 */
export type Reversal = (
  causeId: string,
  context: CommandContext,
  asked: Asked,
  reason: string,
) => Result<Ruling, AuthorityError<string>> | null;

/** Reversals by the kind of record that a notice is about. */
export type Reversals = { readonly [kind: string]: Reversal };

/** What this folder's own restrictions are reversed by. */
export const ownReversals: Reversals = {
  order(orderId, context, asked, reason) {
    const order = context.book.get("order", orderId);
    if (order === undefined || order.endedAtMs !== null) return null;
    const terminal = context.book.get("terminal", order.terminalId);
    if (terminal === undefined || standingOrder(context, terminal)?.id !== orderId) return null;
    return releaseTerminal(context, asked, { terminalId: terminal.id, ground: `On appeal: ${reason}` });
  },
  txOff(txOffId, context, asked, reason) {
    const silence = context.book.get("txOff", txOffId);
    if (silence === undefined || silence.untilMs <= context.atMs) return null;
    return endTxOff(context, asked, silence, `On appeal: ${reason}`);
  },
  siteException(exceptionId, context, asked, reason) {
    const exception = context.book.get("siteException", exceptionId);
    if (exception === undefined || exception.toMs > context.atMs) return null;
    if (exception.grantedToMs <= context.atMs) return null;
    const again = { ...exception, toMs: exception.grantedToMs };
    // The law may forbid it by now: then the exception would need another licence, and another grant.
    const lawful = checkLicence(context, { ...again, fromMs: context.atMs });
    if (!lawful.ok) return lawful;
    const decision = decided(context, asked, {
      subject: exceptionId,
      action: "grant exception",
      outcome: "granted",
      reasons: [reason],
      text: `The exception for ${exception.title} holds again until the date it was granted for: ${reason}`,
      expiresAtMs: exception.grantedToMs,
    });
    return succeed({
      decisions: [decisionOf(decision)],
      changes: [{ kind: "siteException", id: exceptionId, document: again }],
    });
  },
  allowListApplication(applicationId, context, asked, reason) {
    const application = context.book.get("allowListApplication", applicationId);
    if (application === undefined || application.state === "approved") return null;
    const holder = context.book.get("terminal", application.terminalId)?.holder;
    if (holder !== application.holder) return null;
    return approveApplication(context, asked, application, "reverse", reason);
  },
};

const fileRequest = z.strictObject({
  noticeId: id,
  /** Party that appeals: the one that was told. */
  party: id,
  /** In the party's own words; in a replay only their commitment may be left. */
  statement: z.union([words(10, 5_000), sealedSchema]),
  salt: saltSchema.optional(),
  lifeCritical: z.boolean().default(false),
});
const decideRequest = z.strictObject({
  appealId: id,
  verdict: z.enum(["upheld", "reversed"]),
  reason: ground,
  harmNote: words(3, 1_000).nullable().default(null),
});
const withdrawRequest = z.strictObject({ appealId: id, party: id });

/**
 * Appeals against what a notice tells.
 *
 * @param reversals of restrictions that other folders impose, beside {@link ownReversals}
 */
export function appealCommands(reversals: Reversals = {}): readonly CommandEntry[] {
  const all: Reversals = { ...ownReversals, ...reversals };

  const file: Command<z.infer<typeof fileRequest>> = commandOf({
    name: "appeal.file",
    summary: "Objects to a restriction.",
    permission: "portal",
    decide(request, context) {
      const { book, atMs } = context;
      const { noticeId, party, statement, lifeCritical } = request;
      const notice = book.get("notice", noticeId);
      // What was not told to a party is not there for it.
      if (notice === undefined || notice.party !== party || notice.exemption !== null) {
        return fail("noticeUnknown", "noticeId", `There is no notice ${noticeId} to this party.`);
      }
      if (atMs > notice.appealUntilMs) {
        return fail("appealTooLate", "noticeId", "The time to appeal against this is over.");
      }
      if (book.about("appeal", noticeId).some(({ state }) => state !== "withdrawn")) {
        return fail("alreadyAppealed", "noticeId", "There is an appeal against this already.");
      }
      const content: Omit<Appeal, "id"> = {
        noticeId,
        subject: notice.subject,
        by: party,
        statement: typeof statement === "string" ? statement : "(erased at the party's request)",
        lifeCritical,
        atMs,
        dueMs: atMs + appealDueMs[lifeCritical ? "lifeCritical" : "ordinary"],
        state: "open",
        decision: null,
      };
      const kept = keptRequest(request);
      const appeal = { id: contentId("app", { kept, atMs }), ...content };
      const decision = decided(
        context,
        { name: file.name, request: kept },
        {
          subject: notice.subject,
          action: "appeal",
          outcome: "open",
          reasons: [lifeCritical ? "A life may depend on it." : "The holder objects."],
          text: `An appeal against notice ${noticeId}, due by ${new Date(appeal.dueMs).toISOString()}.`,
          inputs: { appeal: appeal.id, notice: noticeId },
          expiresAtMs: appeal.dueMs,
        },
      );
      return succeed({ decisions: [decisionOf(decision)], changes: [changed(appeal)] });
    },
  });

  const decide: Command<z.infer<typeof decideRequest>> = commandOf({
    name: "appeal.decide",
    summary: "Decides an appeal; a reversal gives back what was taken in the same instant.",
    permission: "appeals.decide",
    decide(request, context) {
      const { book, actor, atMs } = context;
      const { appealId, verdict, reason, harmNote } = request;
      const asked = { name: decide.name, request };
      const appeal = book.get("appeal", appealId);
      const notice = appeal === undefined ? undefined : book.get("notice", appeal.noticeId);
      if (appeal === undefined || notice === undefined) return unknownAppeal(appealId);
      if (notice.decidedBy.includes(actor.id) || actor.id === appeal.by) {
        return fail(
          "deciderNotIndependent",
          "appealId",
          "Whoever had a part in the decision does not decide about the appeal against it.",
        );
      }
      const event = verdict === "upheld" ? "uphold" : "reverse";
      const step = stepOf(appealTransitions, appeal.state, event, `Appeal ${appealId}`);
      if (!step.ok) return step;
      const given = verdict === "reversed" ? giveBack(all, notice, context, asked, reason) : nothing;
      if (!given.ok) return given;
      const after: Appeal = {
        ...appeal,
        state: step.value.to,
        decision: { by: actor.id, reason, atMs, harmNote },
      };
      const decision = decided(context, asked, {
        subject: appeal.subject,
        action: step.value.decision,
        outcome: after.state,
        reasons: [reason],
        text: `${actor.name} decides an appeal: ${step.value.sentence} ${reason}`,
        inputs: { appeal: appealId, notice: notice.id },
      });
      return succeed({
        decisions: [decisionOf(decision), ...given.value.decisions],
        changes: [changed(after), ...given.value.changes],
      });
    },
  });

  const withdraw: Command<z.infer<typeof withdrawRequest>> = commandOf({
    name: "appeal.withdraw",
    summary: "Takes back an appeal.",
    permission: "portal",
    decide(request, context) {
      const appeal = context.book.get("appeal", request.appealId);
      if (appeal === undefined || appeal.by !== request.party) return unknownAppeal(request.appealId);
      const step = stepOf(appealTransitions, appeal.state, "withdraw", `Appeal ${appeal.id}`);
      if (!step.ok) return step;
      const after: Appeal = { ...appeal, state: step.value.to };
      const decision = decided(
        context,
        { name: withdraw.name, request },
        {
          subject: appeal.subject,
          action: step.value.decision,
          outcome: after.state,
          reasons: [step.value.sentence],
          text: `The appeal ${appeal.id} is taken back by who filed it.`,
          inputs: { appeal: appeal.id, notice: appeal.noticeId },
        },
      );
      return succeed({ decisions: [decisionOf(decision)], changes: [changed(after)] });
    },
  });

  return [entryOf(file, fileRequest), entryOf(decide, decideRequest), entryOf(withdraw, withdrawRequest)];
}

/** Open appeals, the one due first at the head; `overdue` where its time is over. */
export function openAppeals(
  book: Book,
  atMs: number,
): readonly { readonly appeal: Appeal; readonly overdue: boolean }[] {
  return [...book.all("appeal")]
    .filter(({ state }) => state === "open")
    .toSorted((a, b) => a.dueMs - b.dueMs)
    .map(appeal => ({ appeal, overdue: appeal.dueMs < atMs }));
}

const nothing: Result<Ruling, AuthorityError<string>> = succeed({ decisions: [], changes: [] });

function giveBack(
  reversals: Reversals,
  { cause }: Notice,
  context: CommandContext,
  asked: Asked,
  reason: string,
): Result<Ruling, AuthorityError<string>> {
  const reversal = Object.hasOwn(reversals, cause.kind) ? reversals[cause.kind] : undefined;
  if (reversal === undefined) {
    return fail(
      "noReversal",
      "verdict",
      `Nothing is known that reverses a ${cause.kind}; it has to be added.`,
    );
  }
  return reversal(cause.id, context, asked, reason) ?? nothing;
}

function changed(appeal: Appeal): Change {
  return { kind: "appeal", id: appeal.id, document: appeal };
}

function unknownAppeal(appealId: string): { readonly ok: false; readonly error: AuthorityError<string> } {
  return fail("appealUnknown", "appealId", `There is no appeal ${appealId}.`);
}
