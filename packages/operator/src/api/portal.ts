// SPDX-License-Identifier: MIT
import type { CommandEntry } from "@perigee/authority";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { carriedOut, portal } from "../contract.ts";
import { portalPage } from "../portal/portal-page.ts";
import { carriedOutView, openPersonalData, problemOf } from "./commands.ts";
import { actorOf } from "./guard.ts";
import { ProblemError } from "./problem.ts";

/** What customers see of their own, and what they do with it. Whose it is the server establishes, never the request. */
export function servePortal(server: FastifyInstance, operator: OperatorContext): void {
  const { authority, clock, db } = operator;
  server.get(
    "/v1/portal",
    {
      config: { permission: "portal" },
      schema: {
        summary: "My accounts, lines and terminals, every decision about me, and what I may do",
        tags: ["portal"],
        response: { 200: portal },
      },
    },
    async (request, reply) => {
      const { party } = customerOf(operator, request);
      reply.header("cache-control", "no-store");
      const { book, policy } = authority;
      const admissionOf = (id: string) => authority.admissionOf(id);
      const officers = operator.access.people.list().flatMap(p => (p.party === null ? [p.name] : []));
      return await portalPage({ book, policy, db, admissionOf, officers }, party, clock.nowMs());
    },
  );
  for (const entry of authority.commands.values()) {
    // What needs prices and products beside the records is the operator API's.
    if (entry.permission === "portal") serveCommand(server, operator, entry);
  }
}

function serveCommand(server: FastifyInstance, operator: OperatorContext, entry: CommandEntry): void {
  const { name, summary, schema } = entry;
  server.post(
    `/v1/portal/commands/${name}`,
    {
      config: { permission: "portal" },
      preValidation: openPersonalData,
      schema: {
        summary,
        description: "As the party of whoever is signed in.",
        tags: ["portal"],
        body: withoutParty(schema, name),
        response: { 201: carriedOut },
      },
    },
    async (request, reply) => {
      const { party } = customerOf(operator, request);
      const done = await operator.carryOut({
        name,
        request: { ...(request.body as object), party },
        actor: actorOf(request),
      });
      if (!done.ok) throw problemOf(done.error);
      return reply.code(201).send(carriedOutView(done.value));
    },
  );
}

/** The customer who asks: signed in, without a role, of a party. */
function customerOf(
  { access, authority: { book } }: OperatorContext,
  request: FastifyRequest,
): { readonly party: string } {
  const { id, name } = actorOf(request);
  const party = access.people.active(id)?.party ?? null;
  if (party === null) {
    const message = `The portal is for customers; ${name} is none. Sign in as a customer to see what is theirs.`;
    throw new ProblemError(403, "PERMISSION_MISSING", message, "portal");
  }
  if (book.get("party", party) === undefined) {
    throw new ProblemError(403, "PARTY_UNKNOWN", `Nothing is on record of the party of ${name}.`, "portal");
  }
  return { party };
}

function withoutParty(schema: z.ZodType, name: string): z.ZodType {
  if (!(schema instanceof z.ZodObject) || !("party" in schema.shape)) {
    throw new Error(`the command ${name} is for customers and names no party to fix`);
  }
  return schema.omit({ party: true });
}
