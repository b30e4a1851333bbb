// SPDX-License-Identifier: MIT
import { decisionOf, readScreeningList } from "@perigee/authority";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { actorOf } from "./guard.ts";
import { ProblemError } from "./problem.ts";

const LIST_BYTES = 64 * 1024 * 1024;

const named = z.strictObject({
  list: z.string().trim().min(1).max(60),
  version: z.string().trim().min(1).max(100),
});
const listed = z.object({
  list: z.string(),
  version: z.string(),
  hash: z.string().meta({ description: "SHA-256 of the entries" }),
  entries: z.number().int(),
  loadedAt: z.iso.datetime(),
});

/** Sanctions lists: which versions are at hand, and a new one. */
export function serveScreeningLists(server: FastifyInstance, operator: OperatorContext): void {
  const { lists, clock, authority } = operator;
  server.addContentTypeParser("application/jsonl", { parseAs: "string" }, (_, body, done) =>
    done(null, body),
  );
  server.get(
    "/v1/screening-lists",
    {
      config: { permission: "parties.read" },
      schema: {
        summary: "Lists that parties can be compared with",
        tags: ["records"],
        response: { 200: z.array(listed) },
      },
    },
    () =>
      lists
        .listed()
        .map(({ loadedAtMs, ...list }) => ({ ...list, loadedAt: new Date(loadedAtMs).toISOString() })),
  );
  server.post(
    "/v1/screening-lists",
    {
      bodyLimit: LIST_BYTES,
      config: { permission: "screening.decide" },
      schema: {
        summary: "Load a version of a list: one JSON object a line, whole or not at all",
        tags: ["records"],
        querystring: named,
        response: { 201: listed },
      },
    },
    async (request, reply) => {
      const name = request.query as z.infer<typeof named>;
      const body = String(request.body ?? "");
      const read = readScreeningList(body.split("\n"), name);
      if (!read.ok) throw new ProblemError(400, "LIST_INVALID", read.error.message, read.error.place);
      if (lists.find(name.list, name.version) !== undefined) {
        const message = `Version ${name.version} of ${name.list} is loaded already; a version never changes.`;
        throw new ProblemError(409, "LIST_VERSION_KNOWN", message, "version");
      }
      const atMs = clock.nowMs();
      const { id, name: officer } = actorOf(request);
      const { entries, hash } = read.value;
      const decision = decisionOf({
        ...{ atMs, subject: `list:${name.list}`, action: "screeningList", outcome: "loaded" },
        reasons: [name.version],
        text: `${officer} loads version ${name.version} of the list ${name.list}, with ${entries.length} entries.`,
        inputs: { listHash: hash },
        actor: { id, name: officer },
      });
      await authority.log(decision, tx => lists.keep(tx, read.value, body, atMs));
      lists.taken(read.value, atMs);
      const loadedAt = new Date(atMs).toISOString();
      return reply.code(201).send({ ...name, hash, entries: entries.length, loadedAt });
    },
  );
}
