// SPDX-License-Identifier: MIT
// How a command of this room is made. It has the shape of every command of the authority, so that one dispatcher carries
// out both; what it may change is narrower.
import {
  type AuthorityError,
  type CommandContext,
  type CommandEntry,
  contentHash,
  type Decision,
  decisionOf,
  keptRequest,
  type Result,
  type Ruling,
} from "@perigee/authority";
import type { z } from "zod";
import type { CaseBook, CaseChange } from "../records.ts";

export type CaseRuling = Result<Ruling, AuthorityError<string>>;

/** What a command of this room is decided upon. */
export interface CaseContext extends Omit<CommandContext, "book"> {
  readonly book: CaseBook;
}

interface CaseCommand<Request> {
  readonly name: string;
  readonly summary: string;
  readonly permission: CasePermission;
  readonly schema: z.ZodType<Request>;
  decide(request: Request, context: CaseContext, asked: CaseAsked): CaseRuling;
}

/** Permissions of this room, one sentence each; who has them stands in the authority's table. */
export const casePermissions = {
  "cases.report": "Hands in what somebody reported, or a detector saw.",
  "cases.read": "Sees cases, candidates and what was found; each read of a report is recorded.",
  "cases.work": "Triages, investigates, concludes and closes cases.",
} as const;

export type CasePermission = keyof typeof casePermissions;

/** The command that is decided, as a decision names it: by its name and the hash of what is kept of its request. */
export interface CaseAsked {
  readonly name: string;
  readonly requestHash: string;
}

export function fail<Code extends string>(
  code: Code,
  place: string,
  message: string,
): { readonly ok: false; readonly error: AuthorityError<Code> } {
  return { ok: false, error: { code, message, place } };
}

/** A short id made from content: the prefix and the first 128 bits of its hash. */
export function contentId(prefix: string, value: unknown): string {
  return `${prefix}_${contentHash(value).slice(0, 32)}`;
}

/** A command with the schema of its request. No command of this room needs approvals, because none takes anything. */
export function caseCommand<Request>(command: CaseCommand<Request>): CommandEntry {
  const { name, summary, permission, schema } = command;
  return {
    name,
    summary,
    permission,
    schema,
    read: value => {
      const parsed = schema.safeParse(value);
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!;
        return fail("requestInvalid", placeOf(issue.path), issue.message);
      }
      const request = parsed.data;
      return {
        ok: true,
        value: {
          name,
          permission,
          request,
          approvalsNeeded: () => 0,
          blastRadius: () => null,
          // A dispatcher's book holds this room's records; one that does not answers every question about them with none.
          decide: context =>
            command.decide(request, context as CaseContext, {
              name,
              requestHash: contentHash(keptRequest(request)),
            }),
        },
      };
    },
  };
}

/** A ruling of one decision about a case. The type of its changes is what keeps this room away from terminals. */
export function caseRuling(
  { actor, atMs, approvals }: Pick<CaseContext, "actor" | "atMs" | "approvals">,
  command: CaseAsked,
  content: Pick<Decision, "subject" | "action" | "outcome" | "reasons" | "text"> &
    Partial<Pick<Decision, "inputs" | "evidence" | "expiresAtMs">>,
  changes: readonly CaseChange[],
): CaseRuling {
  const decision = decisionOf({
    inputs: {},
    ...content,
    atMs,
    actor: { id: actor.id, name: actor.name },
    command,
    ...(approvals.length === 0 ? {} : { approvals }),
  });
  return { ok: true, value: { decisions: [decision], changes: changes as unknown as Ruling["changes"] } };
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
