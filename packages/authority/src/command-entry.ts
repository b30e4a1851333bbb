// SPDX-License-Identifier: MIT
import type { z } from "zod";
import { type AuthorityError, fail, type Result } from "./result.ts";
import type { Command, CommandContext, Ruling } from "./ruling.ts";

/** A command together with the schema of its request, so that untrusted JSON is all a caller needs to have. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly permission: string;
  /** Of the request: strict, every text, list and number bounded. The API's description is made from it. */
  readonly schema: z.ZodType;
  /**
   * Reads a request of unknown origin, whole or not at all.
   *
   * @returns the command bound to the request, or `requestInvalid` with the place
   */
  read(request: unknown): Result<BoundCommand, AuthorityError<"requestInvalid">>;
}

/** A command with its request. */
export interface BoundCommand {
  readonly name: string;
  readonly permission: string;
  /** The request as it was read: plain data, fit for a ledger entry. */
  readonly request: unknown;
  approvalsNeeded(context: CommandContext): 0 | 2;
  blastRadius(context: CommandContext): ReturnType<Command<unknown>["blastRadius"]>;
  decide(context: CommandContext): Result<Ruling, AuthorityError<string>>;
}

/**
 * @param schema of the request. Without transformations: what it read, written as JSON, must read the same again, for a
 *   replay reads it from the ledger.
 */
export function entryOf<Request>(command: Command<Request>, schema: z.ZodType<Request>): CommandEntry {
  const { name, summary, permission } = command;
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
          approvalsNeeded: context => command.approvalsNeeded(request, context),
          blastRadius: context => command.blastRadius(request, context),
          decide: context => command.decide(request, context),
        },
      };
    },
  };
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
