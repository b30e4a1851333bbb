// SPDX-License-Identifier: MIT
import { consistencyProof, inclusionProof, type Json, type Result, toHex } from "@perigee/ledger";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { ledgerEntry, ledgerHead } from "../contract.ts";
import { newestHead, readEntries, readLeafHashes, verifyStoredLog } from "../storage/ledger-store.ts";
import { notFound, ProblemError } from "./problem.ts";

const page = z.object({
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const inclusionQuery = z.object({
  index: z.coerce.number().int().min(0),
  size: z.coerce.number().int().min(1),
});
const consistencyQuery = z.object({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1),
});
const proof = z.object({ proof: z.array(z.string()) });
const verification = z.object({
  ok: z.boolean(),
  size: z.number().int(),
  root: z.string(),
  findings: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** The log: entries, heads, proofs. */
export function serveLedger(server: FastifyInstance, operator: OperatorContext): void {
  const { db, ledgerKey } = operator;
  server.get(
    "/v1/ledger/head",
    { schema: { summary: "The newest signed head", tags: ["ledger"], response: { 200: ledgerHead } } },
    async () => {
      const head = await newestHead(db);
      if (head === null) throw notFound("head: the log is empty");
      const { size, root, keyId, signature, atMs } = head;
      return {
        size,
        root,
        at: new Date(atMs).toISOString(),
        keyId,
        signature,
        publicKey: ledgerKey.publicKey.export({ type: "spki", format: "der" }).toString("base64"),
      };
    },
  );
  server.get(
    "/v1/ledger/entries",
    {
      schema: {
        summary: "Entries in order",
        tags: ["ledger"],
        querystring: page,
        response: { 200: z.array(ledgerEntry) },
      },
    },
    async request => {
      const { from, limit } = request.query as z.infer<typeof page>;
      return (await readEntries(db, from, limit)).map(({ index, body, leafHash }) => ({
        index,
        leafHash,
        entry: JSON.parse(body) as Json,
      }));
    },
  );
  server.get(
    "/v1/ledger/proof/inclusion",
    {
      schema: {
        summary: "That an entry is in the tree of a size (RFC 9162 §2.1.3)",
        tags: ["ledger"],
        querystring: inclusionQuery,
        response: { 200: proof },
      },
    },
    async request => {
      const { index, size } = request.query as z.infer<typeof inclusionQuery>;
      const leaves = await readLeafHashes(db);
      return { proof: hexProof(inclusionProof(leaves, index, size)) };
    },
  );
  server.get(
    "/v1/ledger/proof/consistency",
    {
      schema: {
        summary: "That one tree grew into another (RFC 9162 §2.1.4)",
        tags: ["ledger"],
        querystring: consistencyQuery,
        response: { 200: proof },
      },
    },
    async request => {
      const { from, to } = request.query as z.infer<typeof consistencyQuery>;
      const leaves = await readLeafHashes(db);
      return { proof: hexProof(consistencyProof(leaves, from, to)) };
    },
  );
  server.get(
    "/v1/ledger/verify",
    { schema: { summary: "Recompute the whole log", tags: ["ledger"], response: { 200: verification } } },
    async () => {
      const report = await verifyStoredLog(db, ledgerKey);
      const head = await newestHead(db);
      return {
        ok: report.ok,
        size: report.entryCount,
        root: head?.root ?? "",
        findings: report.findings.map(({ code, message }) => ({ code, message })),
      };
    },
  );
}

function hexProof(proof: Result<Uint8Array[]>): string[] {
  if (!proof.ok) throw new ProblemError(400, "OUTSIDE_THE_LOG", proof.error.message, "query");
  return proof.value.map(toHex);
}
