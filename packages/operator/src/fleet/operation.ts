// SPDX-License-Identifier: MIT
import type { Account } from "@perigee/authority";
import type { z } from "zod";
import type { CarriedOut, CommandError } from "../authority/carried-out.ts";
import type { Outcome } from "../context.ts";
import type { Feature, Level } from "./feature.ts";
import type { Fleet } from "./fleet.ts";
import type { ServiceAccount } from "./service-accounts.ts";

/** What an operation of the operator API V2 asks of whoever calls it. */
export interface NeededPermission {
  readonly feature: Feature;
  readonly level: Level;
}

/** One refused member of a request, as the envelope has it. */
export interface ValidationResult {
  readonly memberNames: readonly string[];
  /** A word for programs: lower case, underscores. */
  readonly errorMessage: string;
}

/** Why an operation did not happen. */
export interface FleetRefusal {
  /** 422 is what the API says to nearly everything that it understood and will not do. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly errors: readonly ValidationResult[];
  /** Sentences for people. */
  readonly information: readonly string[];
}

/** What an operation gives back. `status` where it is not the operation's usual one. */
export type FleetAnswer<Content> =
  | {
      readonly ok: true;
      readonly value: Content;
      readonly status?: 200 | 201;
      readonly warnings?: readonly ValidationResult[];
      readonly information?: readonly string[];
    }
  | { readonly ok: false; readonly error: FleetRefusal };

/** JSON that was written already, because it holds numbers that a `number` does not: integers above 2^53. */
export class WrittenJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** One call, after its token, permission, limits, path, query and body were found in order. */
export interface FleetCall<Query = unknown, Body = unknown> {
  readonly fleet: Fleet;
  /** The service account that calls. */
  readonly client: ServiceAccount;
  /** The account that the token is for: the service account's own, or one under it. */
  readonly account: Account;
  /** UTC ms. */
  readonly nowMs: number;
  /** By the names in the operation's path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Aborted when the caller hangs up or the server closes: for those that wait. */
  readonly signal: AbortSignal;
  /**
   * Carries a customer's command out as this service account, for the party that holds {@link account}. The request is
   * given without `party`.
   */
  carryOut(name: string, request: object): Promise<Outcome<CarriedOut, CommandError>>;
}

/** An operation as the server, the OpenAPI document and the tests see it. */
export interface FleetOperation {
  /** Unique; what a generated client calls it. */
  readonly operationId: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api`, names in braces: `/public/v2/service-lines/{serviceLineNumber}`. */
  readonly path: string;
  readonly summary: string;
  /** One word by which the document groups operations. */
  readonly tag: string;
  /** `null`: any valid token. */
  readonly permission: NeededPermission | null;
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  /** Whether the body is a form with a file, which is not read. */
  readonly multipart: boolean;
  /** What the envelope holds, or the whole answer where there is no envelope; `null`: nothing. */
  readonly content: z.ZodType | null;
  readonly status: 200 | 201;
  /** Whether the answer is in the envelope; all are but the telemetry stream. */
  readonly wrapped: boolean;
  /** Whether the API that this follows has it too, or it is ours. */
  readonly extension: boolean;
  /** Whether it is for a feature that no account here has: whoever calls it lacks the permission. */
  readonly gated: boolean;
  handle(call: FleetCall): FleetAnswer<unknown> | Promise<FleetAnswer<unknown>>;
}

type Read<S extends z.ZodType | null> = S extends z.ZodType ? z.output<S> : undefined;
type Given<S extends z.ZodType | null> = S extends z.ZodType ? z.input<S> | WrittenJson : null;

/** An operation as its file states it. */
export interface OperationSpec<
  Query extends z.ZodObject | null,
  Body extends z.ZodType | null,
  Content extends z.ZodType | null,
> extends Pick<FleetOperation, "operationId" | "method" | "path" | "summary" | "tag" | "permission"> {
  readonly query?: Query;
  readonly body?: Body;
  readonly multipart?: boolean;
  readonly content?: Content;
  readonly status?: 200 | 201;
  readonly wrapped?: boolean;
  readonly extension?: boolean;
  readonly gated?: boolean;
  handle(
    call: FleetCall<Read<Query>, Read<Body>>,
  ): FleetAnswer<Given<Content>> | Promise<FleetAnswer<Given<Content>>>;
}

/**
 * Makes an operation from what its file states.
 *
 * ```ts
 * export const getAccount = operation({
 *   operationId: "getAccount",
 *   method: "GET",
 *   path: "/public/v2/account",
 *   summary: "The account that the token is for",
 *   tag: "account",
 *   permission: { feature: "AccountInformation", level: "View" },
 *   content: accountResponse,
 *   handle: call => answered(accountView(call)),
 * });
 * ```
 */
export function operation<
  Query extends z.ZodObject | null = null,
  Body extends z.ZodType | null = null,
  Content extends z.ZodType | null = null,
>(spec: OperationSpec<Query, Body, Content>): FleetOperation {
  return {
    query: null,
    body: null,
    content: null,
    multipart: false,
    status: 200,
    wrapped: true,
    extension: false,
    gated: false,
    ...spec,
    // Query and body were read with this operation's own schemas before it is called.
    handle: call => spec.handle(call as FleetCall<Read<Query>, Read<Body>>),
  };
}

/** What an operation gives back when all went well. */
export function answered<Content>(
  value: Content,
  more: { readonly status?: 200 | 201; readonly information?: readonly string[] } = {},
): FleetAnswer<Content> & { readonly ok: true } {
  return { ok: true, value, ...more };
}

/** The answer of an operation that gives nothing back. */
export const done = answered(null);

/**
 * A refusal.
 *
 * @param errorMessage the word for programs
 * @param memberNames which members of the request it is about
 * @param sentence for people
 */
export function refused(
  errorMessage: string,
  memberNames: readonly string[],
  sentence: string,
  status: FleetRefusal["status"] = 422,
): FleetAnswer<never> & { readonly ok: false } {
  return {
    ok: false,
    error: { status, errors: [{ memberNames, errorMessage }], information: [sentence] },
  };
}

/** The refusal for what does not exist, or is not this account's: one learns the same of both. */
export function notFound(memberName: string, value: string): FleetAnswer<never> & { readonly ok: false } {
  return refused(
    "not_found",
    [memberName],
    `Nothing of this account is called "${value.slice(0, 100)}".`,
    404,
  );
}

/**
 * The refusal for what the authority would not do.
 *
 * @param members which member of the API's request stands for which place of the command's; others keep their name
 */
export function refusedBy(
  { code, message, place }: CommandError,
  members: Readonly<Record<string, string>> = {},
): FleetAnswer<never> & { readonly ok: false } {
  const unknown = code.endsWith("_UNKNOWN");
  return refused(
    unknown ? "not_found" : code.toLowerCase(),
    place === "" ? [] : [members[place] ?? place],
    message,
    unknown ? 404 : 422,
  );
}
