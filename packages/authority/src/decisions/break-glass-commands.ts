// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book, Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import type { BreakGlass } from "./break-glass.ts";
import { beginRequest } from "./bulk-commands.ts";
import { type BulkLimits, defaultBulkLimits } from "./bulk-limits.ts";
import { beginBulk, reverseAll } from "./bulk-orders.ts";
import { type Asked, decided } from "./decided.ts";
import { ground, id, words } from "./request-parts.ts";
import { endException, grantException, grantRequest } from "./site-exceptions.ts";
import { type StateTable, stepOf } from "./state-table.ts";

const hourMs = 3_600_000;

/** How long what one person did in an emergency may last. */
export const longestBreakGlassMs = 4 * hourMs;
/** By when, after it was used, somebody else must have reviewed it. */
export const breakGlassReviewMs = 72 * hourMs;

/** Where it stands, one sentence each; follows from its end and its review. */
export const breakGlassStates = {
  inForce: "What one person did holds, for four hours at most.",
  ended: "It has ended, and nobody has reviewed it yet.",
  reviewed: "Somebody else has said whether it was justified.",
} as const;

type BreakGlassState = keyof typeof breakGlassStates;
type BreakGlassEvent = "end" | "review" | "reviewAgainst";

/** State × event. A review may come before the end or after it. */
export const breakGlassTransitions: StateTable<BreakGlassState, BreakGlassEvent> = {
  inForce: {
    end: { to: "ended", decision: "end break-glass", sentence: "Its time is over; so is all it did." },
    review: { to: "reviewed", decision: "review", sentence: "Somebody else finds it justified." },
    reviewAgainst: {
      to: "reviewed",
      decision: "review",
      sentence: "Somebody else finds it not justified, and ends what it did at once.",
    },
  },
  ended: {
    review: { to: "reviewed", decision: "review", sentence: "Somebody else finds it justified." },
    reviewAgainst: { to: "reviewed", decision: "review", sentence: "Somebody else finds it not justified." },
  },
  reviewed: {
    end: { to: "reviewed", decision: "end break-glass", sentence: "Its time is over; so is all it did." },
  },
};

type CommandRuling = Result<Ruling, AuthorityError<string>>;

/** A command that one person may carry out in an emergency: only what ends by itself can be one. */
interface Listed {
  /** Why it is on the list. */
  readonly sentence: string;
  /**
   * @param endsMs when everything it does must have ended
   * @returns the command's ruling, or an error where the request would outlast `endsMs`
   */
  carryOut(request: unknown, context: CommandContext, asked: Asked, endsMs: number): CommandRuling;
}

const useRequest = z.strictObject({
  command: z.strictObject({ name: words(3, 64), request: z.unknown() }),
  emergency: ground,
  hours: z.number().positive().max(4).default(4),
});
const reviewRequest = z.strictObject({
  breakGlassId: id,
  verdict: z.enum(["justified", "notJustified"]),
  reason: ground,
});
const endRequest = z.strictObject({ breakGlassId: id });

/**
 * What one person may do in an emergency. Deactivations and lasting limits are not among it: they have no end of their own.
 */
export function breakGlassList(limits: BulkLimits): { readonly [name: string]: Listed } {
  return {
    "siteException.grant": {
      sentence: "Service for named terminals at a site where lives depend on it.",
      carryOut: read(grantRequest, (request, context, asked, endsMs) =>
        request.toMs > endsMs ? outlasts("toMs", endsMs) : grantException(context, asked, request),
      ),
    },
    "bulk.propose": {
      sentence: "A suspension of many terminals; canary, caps and protected sites hold as ever.",
      carryOut: read(beginRequest, (request, context, asked, endsMs) => {
        if (request.action !== "suspend" || request.hours === null) {
          return fail(
            "notForEmergencies",
            "action",
            "In an emergency only a suspension can be ordered in bulk.",
          );
        }
        return beginBulk(context, asked, request, limits, endsMs);
      }),
    },
  };
}

/**
 * Acting at once, by one person: only what is listed, for at most four hours, and reviewed by somebody else.
 *
 * @param limits of bulk orders
 */
export function breakGlassCommands(limits: BulkLimits = defaultBulkLimits): readonly CommandEntry[] {
  const list = new Map(Object.entries(breakGlassList(limits)));

  const use: Command<z.infer<typeof useRequest>> = commandOf({
    name: "breakGlass.use",
    summary: "Carries out a listed command at once, for at most four hours; somebody else reviews it.",
    permission: "breakGlass",
    decide(request, context) {
      const { actor, atMs } = context;
      const { command, emergency, hours } = request;
      const listed = list.get(command.name);
      if (listed === undefined) {
        const names = [...list.keys()].join(", ");
        return fail("notForEmergencies", "command.name", `One person may do this in an emergency: ${names}.`);
      }
      const endsMs = atMs + Math.floor(hours * hourMs);
      const carried = listed.carryOut(command.request, context, { name: use.name, request }, endsMs);
      if (!carried.ok) return carried;
      const content: Omit<BreakGlass, "id"> = {
        command,
        by: actor.id,
        emergency,
        effects: effectsOf(carried.value),
        atMs,
        endsMs,
        endedMs: null,
        reviewDueMs: atMs + breakGlassReviewMs,
        review: null,
      };
      const glass = { id: contentId("brk", content), ...content };
      const decision = decided(
        context,
        { name: use.name, request },
        {
          subject: glass.id,
          action: "use break-glass",
          outcome: "inForce",
          reasons: [emergency],
          text: `${actor.name} acts alone in an emergency (${command.name}): ${emergency}`,
          expiresAtMs: endsMs,
          reviewAtMs: glass.reviewDueMs,
        },
      );
      return succeed({
        decisions: [decisionOf(decision), ...carried.value.decisions],
        changes: [changed(glass), ...carried.value.changes],
      });
    },
  });

  const end: Command<z.infer<typeof endRequest>> = commandOf({
    name: "breakGlass.expire",
    summary: "Records that the time of what one person did in an emergency is over.",
    permission: "breakGlass",
    decide(request, context) {
      const found = glassOf(context, request.breakGlassId);
      if (!found.ok) return found;
      const glass = found.value;
      const step = stepOf(breakGlassTransitions, stateOf(glass), "end", `Break-glass ${glass.id}`);
      if (!step.ok) return step;
      if (glass.endedMs !== null) return fail("breakGlassOver", "breakGlassId", "It has ended already.");
      if (context.atMs < glass.endsMs) {
        return fail("termNotOver", "breakGlassId", `It lasts until ${new Date(glass.endsMs).toISOString()}.`);
      }
      const after = { ...glass, endedMs: glass.endsMs };
      const text = `${step.value.sentence} It was reviewed: ${glass.review === null ? "no" : "yes"}.`;
      return succeed(
        said(context, { name: end.name, request }, after, step.value.decision, glass.emergency, text),
      );
    },
  });

  const review: Command<z.infer<typeof reviewRequest>> = commandOf({
    name: "breakGlass.review",
    summary: "Says whether what one person did in an emergency was justified.",
    permission: "approvals.decide",
    decide(request, context) {
      const { actor, atMs } = context;
      const { verdict, reason } = request;
      const found = glassOf(context, request.breakGlassId);
      if (!found.ok) return found;
      const glass = found.value;
      if (actor.id === glass.by) {
        return fail("reviewerNotIndependent", "breakGlassId", "Nobody reviews what they did themselves.");
      }
      const event = verdict === "justified" ? "review" : "reviewAgainst";
      const step = stepOf(breakGlassTransitions, stateOf(glass), event, `Break-glass ${glass.id}`);
      if (!step.ok) return step;
      const asked = { name: review.name, request };
      const undone =
        verdict === "notJustified" && glass.endedMs === null && atMs < glass.endsMs
          ? endEffects(context, asked, glass, reason)
          : succeed({ decisions: [], changes: [] });
      if (!undone.ok) return undone;
      const endedMs = glass.endedMs ?? (verdict === "notJustified" ? Math.min(atMs, glass.endsMs) : null);
      const after = { ...glass, endedMs, review: { by: actor.id, verdict, reason, atMs } };
      const own = said(
        context,
        asked,
        after,
        step.value.decision,
        reason,
        `${step.value.sentence} ${reason}`,
      );
      return succeed({
        decisions: [...own.decisions, ...undone.value.decisions],
        changes: [...own.changes, ...undone.value.changes],
      });
    },
  });

  return [entryOf(use, useRequest), entryOf(review, reviewRequest), entryOf(end, endRequest)];
}

/** What nobody has reviewed yet, the longest waiting first; `overdue` where its term is over. */
export function unreviewed(
  book: Book,
  atMs: number,
): readonly { readonly breakGlass: BreakGlass; readonly overdue: boolean }[] {
  return [...book.all("breakGlass")]
    .filter(({ review }) => review === null)
    .toSorted((a, b) => a.reviewDueMs - b.reviewDueMs)
    .map(breakGlass => ({ breakGlass, overdue: breakGlass.reviewDueMs <= atMs }));
}

function stateOf({ review, endedMs }: BreakGlass): BreakGlassState {
  if (review !== null) return "reviewed";
  return endedMs === null ? "inForce" : "ended";
}

/** Records that end with it. Orders of a bulk order end with that. */
function effectsOf({ changes }: Ruling): BreakGlass["effects"] {
  return changes.flatMap(({ kind, id }) =>
    kind === "siteException" || kind === "bulkOrder" ? [{ kind, id }] : [],
  );
}

function endEffects(context: CommandContext, asked: Asked, glass: BreakGlass, reason: string): CommandRuling {
  const rulings: Ruling[] = [];
  for (const { kind, id } of glass.effects) {
    const ended = endEffect(context, asked, kind, id, reason);
    if (ended === null) continue;
    if (!ended.ok) return ended;
    rulings.push(ended.value);
  }
  return succeed({
    decisions: rulings.flatMap(({ decisions }) => decisions),
    changes: rulings.flatMap(({ changes }) => changes),
  });
}

function endEffect(
  context: CommandContext,
  asked: Asked,
  kind: string,
  id: string,
  reason: string,
): CommandRuling | null {
  const { book, atMs } = context;
  if (kind === "siteException") {
    const exception = book.get("siteException", id);
    if (exception === undefined || exception.toMs <= atMs) return null;
    return endException(context, asked, exception, { reason, exemption: null });
  }
  const bulk = book.get("bulkOrder", id);
  if (bulk === undefined || bulk.state === "rolledBack") return null;
  return reverseAll(context, asked, bulk, "rollBack", reason);
}

/** Reads the inner request, and carries it out. */
function read<T>(
  schema: z.ZodType<T>,
  carryOut: (request: T, context: CommandContext, asked: Asked, endsMs: number) => CommandRuling,
): Listed["carryOut"] {
  return (value, context, asked, endsMs) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return carryOut(parsed.data, context, asked, endsMs);
    const { path, message } = parsed.error.issues[0]!;
    return fail("requestInvalid", ["command.request", ...path.map(String)].join("."), message);
  };
}

function outlasts(place: string, endsMs: number): ReturnType<typeof fail<string>> {
  const until = new Date(endsMs).toISOString();
  return fail("outlastsBreakGlass", `command.request.${place}`, `What one person does ends by ${until}.`);
}

function glassOf({ book }: CommandContext, breakGlassId: string): Result<BreakGlass, AuthorityError<string>> {
  const glass = book.get("breakGlass", breakGlassId);
  return glass === undefined
    ? fail("breakGlassUnknown", "breakGlassId", `There is no break-glass ${breakGlassId}.`)
    : succeed(glass);
}

function said(
  context: CommandContext,
  asked: Asked,
  glass: BreakGlass,
  action: string,
  reason: string,
  text: string,
): Ruling {
  const outcome = stateOf(glass);
  const content = { subject: glass.id, action, outcome, reasons: [reason], text };
  return { decisions: [decisionOf(decided(context, asked, content))], changes: [changed(glass)] };
}

function changed(glass: BreakGlass): Change {
  return { kind: "breakGlass", id: glass.id, document: glass };
}
