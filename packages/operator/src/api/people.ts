// SPDX-License-Identifier: MIT
import { allows, type Role } from "@perigee/authority";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type * as keys from "../access/api-keys.ts";
import type { Person } from "../access/people.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { actorOf } from "./guard.ts";
import { ProblemError } from "./problem.ts";
import { orProblem } from "./session.ts";

const params = z.object({ id: z.string().max(64) });
const keyQuery = z.object({ person: z.string().max(64).optional() });
const readsQuery = z.object({
  person: z.string().max(64).optional(),
  terminal: z.string().max(64).optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));
const idOf = (request: FastifyRequest): string => (request.params as z.infer<typeof params>).id;

/** People, their roles and keys, and the record of who read where terminals are. */
export function servePeople(server: FastifyInstance, operator: OperatorContext): void {
  const { access, clock } = operator;
  const tags = ["people"];
  const manage = { permission: "people.manage" } as const;

  const personView = (person: Person, withEmail: boolean): contract.Person => ({
    id: person.id,
    name: person.name,
    roles: [...person.roles],
    ...(person.party === null ? {} : { party: person.party }),
    email: withEmail ? person.email : null,
    endedAt: isoOrNull(person.endedAtMs),
  });

  /** A code for a password, and where to use it; none where nobody has a password. */
  async function codeFor(person: Person, request: FastifyRequest): Promise<contract.PasswordCode | null> {
    if (access.mode === "open") return null;
    const nowMs = clock.nowMs();
    await access.people.logPasswordCode(person, actorOf(request), nowMs);
    const { code, expiresAtMs } = orProblem(await access.accounts.makeCode(person.id, nowMs));
    const link = passwordLink(`http://${request.headers.host}`, person.email, code);
    return { person: person.id, code, link, expiresAt: iso(expiresAtMs) };
  }

  server.get(
    "/v1/people",
    {
      config: { permission: "people.read" },
      schema: { summary: "Who works here", tags, response: { 200: z.array(contract.person) } },
    },
    request => {
      const withEmail = allows(request.actor, "people.manage");
      return access.people.list().map(person => personView(person, withEmail));
    },
  );
  server.post(
    "/v1/people",
    {
      config: manage,
      schema: {
        summary: "Enter a person; answers with a code for their password",
        tags,
        body: contract.newPerson,
        response: { 201: contract.addedPerson },
      },
    },
    async (request, reply) => {
      const entered = request.body as z.infer<typeof contract.newPerson>;
      const person = orProblem(await access.people.add(entered, actorOf(request), clock.nowMs()));
      const passwordCode = await codeFor(person, request);
      return reply.code(201).send({ person: personView(person, true), passwordCode });
    },
  );
  server.put(
    "/v1/people/:id/roles",
    {
      config: manage,
      schema: {
        summary: "Give a person these roles and no others",
        tags,
        params,
        body: contract.roleChange,
        response: { 200: contract.person },
      },
    },
    async request => {
      const { roles } = request.body as { roles: Role[] };
      const by = actorOf(request);
      return personView(
        orProblem(await access.people.setRoles(idOf(request), roles, by, clock.nowMs())),
        true,
      );
    },
  );
  server.post(
    "/v1/people/:id/password-code",
    {
      config: manage,
      schema: {
        summary: "A code with which a person sets a password anew",
        tags,
        params,
        response: { 201: contract.passwordCode },
      },
    },
    async (request, reply) => {
      const person = access.people.active(idOf(request));
      if (person === null)
        throw new ProblemError(404, "PERSON_UNKNOWN", `Nobody "${idOf(request)}" works here.`, "id");
      const code = await codeFor(person, request);
      if (code === null)
        throw new ProblemError(409, "SIGN_IN_IS_OPEN", "This operator has no passwords: signing in is open.");
      return reply.code(201).send(code);
    },
  );
  server.delete(
    "/v1/people/:id",
    {
      config: manage,
      schema: {
        summary: "End a person's work here; sessions and keys are void at once",
        tags,
        params,
        response: { 200: contract.person },
      },
    },
    async request => {
      return personView(
        orProblem(await access.people.end(idOf(request), actorOf(request), clock.nowMs())),
        true,
      );
    },
  );

  server.get(
    "/v1/keys",
    {
      config: { permission: "self" },
      schema: {
        summary: "One's own keys, or, for who manages keys, everyone's",
        tags,
        querystring: keyQuery,
        response: { 200: z.array(contract.apiKey) },
      },
    },
    request => {
      const { person } = request.query as z.infer<typeof keyQuery>;
      const by = actorOf(request);
      const manages = allows(by, "keys.manage");
      if (!manages && person !== undefined && person !== by.id) throw notOwn(by.name);
      return access.keys.list(person ?? (manages ? null : by.id)).map(keyView);
    },
  );
  server.post(
    "/v1/keys",
    {
      config: { permission: "self" },
      schema: {
        summary: "Make a key for oneself, or, as an admin, for anybody; it is shown once",
        tags,
        body: contract.newKey,
        response: { 201: contract.madeKey },
      },
    },
    async (request, reply) => {
      const { person, ...asked } = request.body as z.infer<typeof contract.newKey>;
      const by = actorOf(request);
      if (person !== undefined && person !== by.id && !allows(by, "keys.manage")) throw notOwn(by.name);
      const { key, made } = orProblem(
        await access.keys.make({ personId: person ?? by.id, ...asked }, by, clock.nowMs()),
      );
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ key, made: keyView(made) });
    },
  );
  server.delete(
    "/v1/keys/:id",
    {
      config: { permission: "self" },
      schema: { summary: "Revoke a key", tags, params, response: { 200: contract.apiKey } },
    },
    async request => {
      const by = actorOf(request);
      const own = access.keys.list(by.id).some(key => key.id === idOf(request));
      if (!own && !allows(by, "keys.manage")) throw notOwn(by.name);
      return keyView(orProblem(await access.keys.revoke(idOf(request), by, clock.nowMs())));
    },
  );

  server.get(
    "/v1/audit/location-reads",
    {
      config: { permission: "audit.read" },
      schema: {
        summary: "Who read where terminals are, newest first",
        description:
          "A row is a minute of the same reads. `terminal` also finds lists too long to name their terminals.",
        tags,
        querystring: readsQuery,
        response: { 200: z.array(contract.locationRead) },
      },
    },
    async request => {
      const { person, terminal, from, until, before, limit } = request.query as z.infer<typeof readsQuery>;
      const rows = await access.reads.list({
        personId: person,
        terminalId: terminal,
        fromMs: from === undefined ? undefined : Date.parse(from),
        untilMs: until === undefined ? undefined : Date.parse(until),
        beforeRow: before,
        limit,
      });
      return rows.map(({ personId, minuteMs, terminals, ...row }) => ({
        ...row,
        person: personId,
        minute: iso(minuteMs),
        terminals: terminals === null ? null : [...terminals],
      }));
    },
  );
}

/** The page on which a code is used; after the `#`, so that it stands in no log. */
export const passwordLink = (url: string, email: string, code: string): string =>
  `${url}/sign-in#${new URLSearchParams({ email, code })}`;

const notOwn = (name: string): ProblemError =>
  new ProblemError(
    403,
    "PERMISSION_MISSING",
    `The keys of others need the permission keys.manage, which ${name} lacks.`,
    "keys.manage",
  );

function keyView(key: keys.ApiKey): contract.ApiKey {
  return {
    id: key.id,
    person: key.personId,
    label: key.label,
    roles: [...key.roles],
    madeAt: iso(key.madeAtMs),
    expiresAt: iso(key.expiresAtMs),
    revokedAt: isoOrNull(key.revokedAtMs),
    usedAt: isoOrNull(key.usedAtMs),
  };
}
