// SPDX-License-Identifier: MIT
import { allows, holderOf, permissionNames, permissions, refusalText } from "@perigee/authority";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { z } from "zod";
import { openCookie } from "../access/access.ts";
import type { AccessError, AccessResult, Person } from "../access/people.ts";
import type { OperatorContext } from "../context.ts";
import {
  firstPasswordRequest,
  passwordChange,
  type Session,
  type SignInRequest,
  session,
  signInRequest,
} from "../contract.ts";
import { actorOf, credentialsOf } from "./guard.ts";
import { ProblemError } from "./problem.ts";

const statusOf: Readonly<Record<string, number>> = {
  SIGN_IN_FAILED: 401,
  TOO_MANY_ATTEMPTS: 429,
  PERSON_UNKNOWN: 404,
  KEY_UNKNOWN: 404,
  ACCOUNT_UNKNOWN: 404,
  CLIENT_UNKNOWN: 404,
  SECRET_UNKNOWN: 404,
  PASSWORD_WEAK: 422,
  CODE_WRONG: 403,
};

/** The value, or the refusal as the problem that a client gets. */
export function orProblem<T>(result: AccessResult<T>): T {
  if (!result.ok) throw problemOf(result.error);
  return result.value;
}

const problemOf = ({ code, message, place }: AccessError): ProblemError =>
  new ProblemError(statusOf[code] ?? 409, code, message, place);

const ofParty = (party: string | null): { party?: string } => (party === null ? {} : { party });

/** Signing in and out, and what the one who is signed in may do. */
export function serveSession(server: FastifyInstance, operator: OperatorContext): void {
  const { access, clock } = operator;
  const config = { permission: "public" } as const;

  function sessionOf(actor: Pick<Person, "id" | "name" | "roles"> | null): Session {
    const party = (actor && access.people.active(actor.id)?.party) ?? null;
    return {
      mode: access.mode,
      person: actor && { id: actor.id, name: actor.name, roles: [...actor.roles], ...ofParty(party) },
      people: access.choices().map(({ id, name, roles, party: theirs }) => ({
        ...{ id, name, roles: [...roles], ...ofParty(theirs) },
      })),
      permissions: permissionNames.map(name => {
        const allowed = allows(actor, name) || (party !== null && holderOf(name) === "customers");
        const { sentence } = permissions[name];
        return { name, sentence, allowed, refusal: allowed ? null : refusalText(actor, name) };
      }),
    };
  }

  /** Replaces the cookies that the guard may have prolonged: this answer changes who is signed in. */
  function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
    reply.removeHeader("set-cookie");
    if (cookies.length > 0) reply.header("set-cookie", [...cookies]);
  }

  function onlyLocal(): void {
    if (access.mode === "local") return;
    throw new ProblemError(409, "SIGN_IN_IS_OPEN", "This operator has no passwords: signing in is open.");
  }

  server.get(
    "/v1/session",
    {
      config,
      schema: {
        summary: "Who is signed in, and what they may do",
        tags: ["people"],
        response: { 200: session },
      },
    },
    (request, reply) => {
      reply.header("cache-control", "no-store");
      return sessionOf(request.actor);
    },
  );
  server.post(
    "/v1/session",
    {
      config,
      schema: {
        summary: "Sign in with e-mail address and password; where that is open, by name",
        tags: ["people"],
        body: signInRequest,
        response: { 201: session },
      },
    },
    async (request, reply) => {
      const asked = request.body as SignInRequest;
      if ("person" in asked) {
        if (access.mode !== "open") {
          throw new ProblemError(403, "PASSWORD_NEEDED", "Here people sign in with a password.", "person");
        }
        const person = access.people.active(asked.person);
        if (person === null)
          throw new ProblemError(404, "PERSON_UNKNOWN", `Nobody "${asked.person}" works here.`, "person");
        setCookies(reply, [openCookie(person.id)]);
        return reply.code(201).send(sessionOf(person));
      }
      onlyLocal();
      const signedIn = orProblem(
        await access.accounts.signIn(asked.email, asked.password, credentialsOf(request), clock.nowMs()),
      );
      setCookies(reply, signedIn.cookies);
      return reply.code(201).send(sessionOf(signedIn.person));
    },
  );
  server.delete(
    "/v1/session",
    { config, schema: { summary: "Sign out", tags: ["people"], response: { 200: session } } },
    async (request, reply) => {
      const open = access.mode === "open";
      setCookies(reply, open ? [openCookie(null)] : await access.accounts.signOut(credentialsOf(request)));
      return sessionOf(open ? (access.choices()[0] ?? null) : null);
    },
  );
  server.post(
    "/v1/session/password",
    {
      config,
      schema: {
        summary: "Set a password with a code, and sign in",
        tags: ["people"],
        body: firstPasswordRequest,
        response: { 201: session },
      },
    },
    async (request, reply) => {
      onlyLocal();
      const { email, code, password } = request.body as z.infer<typeof firstPasswordRequest>;
      const signedIn = orProblem(
        await access.accounts.setPassword(email, code, password, credentialsOf(request), clock.nowMs()),
      );
      setCookies(reply, signedIn.cookies);
      return reply.code(201).send(sessionOf(signedIn.person));
    },
  );
  server.put(
    "/v1/session/password",
    {
      // Customers too, who have no role: everyone who signed in with a password may change it.
      config: { permission: "public" },
      preValidation: async request => void actorOf(request),
      schema: {
        summary: "Change one's own password; one's other sessions end",
        tags: ["people"],
        body: passwordChange,
        response: { 200: session },
      },
    },
    async (request, reply) => {
      onlyLocal();
      const { current, password } = request.body as z.infer<typeof passwordChange>;
      const person = access.people.active(actorOf(request).id);
      if (person === null || request.via !== "session") {
        throw new ProblemError(409, "NO_SESSION", "A password is changed by somebody who signed in with it.");
      }
      const cookies = orProblem(
        await access.accounts.changePassword(
          person,
          current,
          password,
          credentialsOf(request),
          clock.nowMs(),
        ),
      );
      setCookies(reply, cookies);
      return sessionOf(person);
    },
  );
}
