// SPDX-License-Identifier: MIT
import { decisionOf, type Evidence, largestEvidenceBytes } from "@perigee/authority";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import {
  isKnownDamaged,
  keepCopy,
  listEvidenceReads,
  noteEvidenceRead,
  readCopy,
  sha256Of,
} from "../storage/evidence-copies.ts";
import { actorOf } from "./guard.ts";
import { whyOf } from "./positions.ts";
import { notFound, ProblemError } from "./problem.ts";

const params = z.object({ id: z.string().max(100) });
const stored = z.object({
  evidence: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  already: z.boolean().meta({ description: "These bytes were kept before" }),
});
const readsQuery = z.object({
  evidence: z.string().max(100).optional(),
  person: z.string().max(100).optional(),
  before: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const read = z.object({
  row: z.number().int(),
  evidence: z.string(),
  person: z.string(),
  via: z.string(),
  at: z.iso.datetime(),
  why: z.string().nullable(),
  outcome: z.enum(["given", "damaged"]),
});

/** The evidentiary copies: brought once, never changed, and every read of one on record. */
export function serveEvidence(server: FastifyInstance, operator: OperatorContext): void {
  const tags = ["records"];
  const itemOf = (request: FastifyRequest): Evidence => {
    const { id } = request.params as z.infer<typeof params>;
    const item = operator.authority.book.get("evidence", id);
    if (item === undefined) throw notFound(`evidence "${id}"`);
    return item;
  };

  server.register(async scope => {
    // Bytes are bytes: whatever a client calls them, nothing reads them here.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.put(
      "/v1/evidence/:id/copy",
      {
        config: { permission: "evidence.add" },
        bodyLimit: largestEvidenceBytes,
        schema: {
          summary: "Bring the bytes of an item of evidence: whole or not at all, and once for good",
          tags,
          params,
          response: { 200: stored, 201: stored },
        },
      },
      async (request, reply) => {
        const item = itemOf(request);
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const already = await bring(operator, request, item, bytes);
        return reply
          .code(already ? 200 : 201)
          .send({ evidence: item.id, sha256: item.sha256, bytes: bytes.length, already });
      },
    );
  });

  server.get(
    "/v1/evidence/:id/copy",
    {
      config: { permission: "evidence.read" },
      schema: {
        summary: "The bytes of an item of evidence, as they came in; each read is recorded",
        tags,
        params,
      },
    },
    async (request, reply) => {
      const item = itemOf(request);
      const bytes = await lookAt(operator, request, item);
      // Never as what it says it is: a page among the evidence must not run as the operator's own.
      return reply
        .type("application/octet-stream")
        .header("content-disposition", `attachment; filename="${item.id}"`)
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "no-store")
        .send(Buffer.from(bytes));
    },
  );

  server.get(
    "/v1/audit/evidence-reads",
    {
      config: { permission: "audit.read" },
      schema: {
        summary: "Who read which evidence, newest first",
        tags,
        querystring: readsQuery,
        response: { 200: z.array(read) },
      },
    },
    async request => {
      const { evidence, person, before, limit } = request.query as z.infer<typeof readsQuery>;
      const query = { evidenceId: evidence, personId: person, beforeRow: before, limit };
      return (await listEvidenceReads(operator.db, query)).map(
        ({ evidenceId, personId, atMs, ...row }): z.infer<typeof read> => ({
          ...row,
          ...{ evidence: evidenceId, person: personId, at: new Date(atMs).toISOString() },
        }),
      );
    },
  );
}

/** @returns whether the bytes were kept already; what was kept is never written again. */
async function bring(
  { authority, clock, db }: OperatorContext,
  request: FastifyRequest,
  item: Evidence,
  bytes: Buffer,
): Promise<boolean> {
  const sha256 = sha256Of(bytes);
  if (sha256 !== item.sha256 || bytes.length !== item.bytes) {
    throw new ProblemError(
      409,
      "EVIDENCE_MISMATCH",
      `These are ${bytes.length} bytes with the SHA-256 ${sha256}; the record has ${item.bytes} with ${item.sha256}.`,
      "body",
    );
  }
  const kept = await readCopy(db, sha256);
  if (kept !== null) {
    if (!kept.intact) throw damaged(item);
    return true;
  }
  const { id, name } = actorOf(request);
  const atMs = clock.nowMs();
  const decision = decisionOf({
    ...{ atMs, subject: item.id, action: "keep evidence", outcome: "kept", reasons: [item.caseId] },
    text: `${name} brings the ${bytes.length} bytes of ${item.id} in the case ${item.caseId}.`,
    inputs: { sha256 },
    actor: { id, name },
  });
  await authority.log(decision, tx => keepCopy(tx, bytes, atMs));
  return false;
}

/** The bytes, once the look at them is on record and they are still the record's. */
async function lookAt(
  { authority, clock, db }: OperatorContext,
  request: FastifyRequest,
  item: Evidence,
): Promise<Uint8Array> {
  const copy = await readCopy(db, item.sha256);
  if (copy === null) throw notFound(`copy of ${item.id}`);
  const { id, name } = actorOf(request);
  const atMs = clock.nowMs();
  const look = {
    ...{ evidenceId: item.id, personId: id, via: request.via ?? "session", atMs, why: whyOf(request) },
    outcome: copy.intact ? "given" : "damaged",
  } as const;
  if (copy.intact) {
    await noteEvidenceRead(db, look);
    return copy.bytes;
  }
  if (await isKnownDamaged(db, item.id)) {
    await noteEvidenceRead(db, look);
  } else {
    const decision = decisionOf({
      ...{ atMs, subject: item.id, action: "check evidence", outcome: "damaged", reasons: [item.caseId] },
      text: `The copy of ${item.id} in the case ${item.caseId} is no longer what came in, as ${name} finds.`,
      inputs: { sha256: item.sha256, found: sha256Of(copy.bytes) },
      actor: { id, name },
    });
    await authority.log(decision, tx => noteEvidenceRead(tx, look));
  }
  throw damaged(item);
}

const damaged = ({ id, sha256 }: Evidence): ProblemError =>
  new ProblemError(
    409,
    "EVIDENCE_DAMAGED",
    `The copy of ${id} no longer has the SHA-256 ${sha256}; it is withheld.`,
    "id",
  );
