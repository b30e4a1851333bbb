// SPDX-License-Identifier: MIT
import {
  exportPublicPem,
  formatVerifierKey,
  type Json,
  logNoteKey,
  logOrigin,
  parseTilePath,
  type Result,
  toHex,
} from "@perigee/ledger";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { replayLog } from "../authority/replay-log.ts";
import { witnessKeys } from "../config.ts";
import type { OperatorContext } from "../context.ts";
import { ledgerEntry, ledgerHead } from "../contract.ts";
import { addCosignature, newestCheckpoint, newestCosigned, witnessStates } from "../storage/cosignatures.ts";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { MOST_BUNDLED, makeBundle } from "../storage/ledger-bundle.ts";
import { newestHead, readEntries, readEntriesAbout, readHeads } from "../storage/ledger-store.ts";
import { LedgerTiles } from "../storage/ledger-tiles.ts";
import { notFound, ProblemError } from "./problem.ts";

const index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const count = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const limit = z.coerce.number().int().min(1).max(1000).default(100);
const subject = z.string().min(1).max(200);
const page = z.object({ from: index.default(0), limit, subject: subject.optional() });
const headPage = z.object({ above: index.default(0), limit });
const inclusionQuery = z.object({ index, size: count });
const consistencyQuery = z.object({ from: count, to: count });
const bundleQuery = z.union([z.strictObject({ subject }), z.strictObject({ index })]);
const proof = z.object({ proof: z.array(z.string()) });
const verification = z.object({
  ok: z.boolean(),
  size: z.number().int(),
  root: z.string(),
  findings: z.array(z.object({ code: z.string(), message: z.string() })),
});
const signedHead = z.object({
  size: z.number().int(),
  root: z.string(),
  atMs: z.number().int(),
  keyId: z.string(),
  signature: z.string(),
});
const logKey = z.object({
  origin: z.string(),
  verifierKey: z.string().meta({ description: "For verifiers of its checkpoints (C2SP signed-note)" }),
  publicKey: z.string().meta({ description: "PEM" }),
});
const cosignature = z.strictObject({
  size: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  line: z
    .string()
    .max(1000)
    .meta({ description: "Signature line of the cosigned note (C2SP tlog-cosignature)" }),
});
const witnessState = z.object({ witness: z.string(), size: z.number().int(), at: z.iso.datetime() });

/** A tile never changes. Whoever keeps it keeps it for himself: entries name people. */
const FOR_EVER = "private, max-age=31536000, immutable";

const replayed = z.object({
  rulings: z.number().int().meta({ description: "Commands that were decided again" }),
  decisions: z.number().int(),
  admissions: z.number().int(),
  notKept: z.number().int().meta({ description: "Admissions whose facts are not kept any more" }),
  differences: z.array(z.object({ index: z.number().int(), message: z.string() })),
});

/** The log: entries, heads, proofs, and the same as static tiles; cosignatures of its witnesses. */
export function serveLedger(server: FastifyInstance, operator: OperatorContext): void {
  const tiles = new LedgerTiles(operator.db);
  serveEntries(server, operator);
  serveProofs(server, operator, tiles);
  serveTiles(server, operator, tiles);
  serveWitnesses(server, operator);
}

function serveEntries(server: FastifyInstance, { authority, db, ledgerKey }: OperatorContext): void {
  server.get(
    "/v1/ledger/head",
    {
      config: { permission: "ledger.read" },
      schema: { summary: "The newest signed head", tags: ["ledger"], response: { 200: ledgerHead } },
    },
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
    "/v1/ledger/heads",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: "Signed heads, oldest first",
        tags: ["ledger"],
        querystring: headPage,
        response: { 200: z.array(signedHead) },
      },
    },
    async request => {
      const { above, limit: most } = request.query as z.infer<typeof headPage>;
      return await readHeads(db, above, most);
    },
  );
  server.get(
    "/v1/ledger/entries",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: "Entries in order; those that decide about a subject, where one is named",
        tags: ["ledger"],
        querystring: page,
        response: { 200: z.array(ledgerEntry) },
      },
    },
    async request => {
      const { from, limit: most, subject: about } = request.query as z.infer<typeof page>;
      const entries =
        about === undefined
          ? await readEntries(db, from, most)
          : await readEntriesAbout(db, about, from, most);
      return entries.map(({ index: at, body, leafHash }) => ({
        index: at,
        leafHash,
        entry: JSON.parse(body) as Json,
      }));
    },
  );
  server.get(
    "/v1/ledger/replay",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: "Make every decision of the log again and compare",
        tags: ["ledger"],
        response: { 200: replayed },
      },
    },
    async () => {
      const { differences, ...counts } = await replayLog(db, authority.commands.values());
      return { ...counts, differences: [...differences] };
    },
  );
  server.get(
    "/v1/ledger/verify",
    {
      config: { permission: "ledger.read" },
      schema: { summary: "Recompute the whole log", tags: ["ledger"], response: { 200: verification } },
    },
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

function serveProofs(server: FastifyInstance, { db, ledgerKey }: OperatorContext, tiles: LedgerTiles): void {
  server.get(
    "/v1/ledger/proof/inclusion",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: "That an entry is in the tree of a size (RFC 9162 §2.1.3)",
        tags: ["ledger"],
        querystring: inclusionQuery,
        response: { 200: proof },
      },
    },
    async request => {
      const { index: of, size } = request.query as z.infer<typeof inclusionQuery>;
      await expectSize(operatorSize(db), size);
      return { proof: hexProof(await tiles.inclusionProof(of, size)) };
    },
  );
  server.get(
    "/v1/ledger/proof/consistency",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: "That one tree grew into another (RFC 9162 §2.1.4)",
        tags: ["ledger"],
        querystring: consistencyQuery,
        response: { 200: proof },
      },
    },
    async request => {
      const { from, to } = request.query as z.infer<typeof consistencyQuery>;
      await expectSize(operatorSize(db), to);
      return { proof: hexProof(await tiles.consistencyProof(from, to)) };
    },
  );
  server.get(
    "/v1/ledger/bundle",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: `Entries with their proofs, to be verified offline: one, or the first ${MOST_BUNDLED} about a subject`,
        tags: ["ledger"],
        querystring: bundleQuery,
      },
    },
    async request => {
      const bundle = await makeBundle(db, ledgerKey, tiles, request.query as z.infer<typeof bundleQuery>);
      if (bundle === null) throw notFound("entry of that description");
      return bundle;
    },
  );
}

/** The static face of the log (C2SP tlog-tiles): what a verifier fetches, a cache may keep. */
function serveTiles(server: FastifyInstance, { db, ledgerKey }: OperatorContext, tiles: LedgerTiles): void {
  server.get(
    "/v1/ledger/checkpoint",
    {
      config: { permission: "public" },
      schema: { summary: "The newest head as a signed note, with cosignatures", tags: ["ledger"] },
    },
    async (_request, reply) => {
      const checkpoint = await newestCheckpoint(db, ledgerKey);
      if (checkpoint === null) throw notFound("checkpoint: the log is empty");
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(checkpoint);
    },
  );
  server.get(
    "/v1/ledger/tile/*",
    {
      config: { permission: "ledger.read" },
      schema: { summary: "A tile of the tree, or a bundle of entries (C2SP tlog-tiles)", tags: ["ledger"] },
    },
    async (request, reply) => {
      const path = `tile/${(request.params as { "*": string })["*"]}`;
      const asked = parseTilePath(path);
      const size = asked === undefined ? 0 : await operatorSize(db);
      const bytes =
        asked === undefined
          ? null
          : asked.level === "entries"
            ? await tiles.entries(asked.index, asked.width, size)
            : await tiles.tile({ ...asked, level: asked.level }, size);
      if (bytes === null) throw notFound(`tile ${path.slice(0, 100)}`);
      return reply
        .type("application/octet-stream")
        .header("cache-control", FOR_EVER)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  );
}

function serveWitnesses(server: FastifyInstance, { db, ledgerKey, config, clock }: OperatorContext): void {
  const witnesses = witnessKeys(config.witnesses);
  server.get(
    "/v1/ledger/key",
    {
      config: { permission: "public" },
      schema: { summary: "The log's name and key", tags: ["ledger"], response: { 200: logKey } },
    },
    async () => ({
      origin: logOrigin(ledgerKey.publicKey),
      verifierKey: formatVerifierKey(logNoteKey(ledgerKey.publicKey)),
      publicKey: exportPublicPem(ledgerKey.publicKey),
    }),
  );
  server.get(
    "/v1/ledger/cosigned",
    {
      config: { permission: "public" },
      schema: { summary: "The newest checkpoint that a witness signed", tags: ["ledger"] },
    },
    async (_request, reply) => {
      const cosigned = await newestCosigned(db, ledgerKey);
      if (cosigned === null) throw notFound("checkpoint with a cosignature");
      return reply
        .type("text/plain; charset=utf-8")
        .header("cache-control", "no-store")
        .send(cosigned.checkpoint);
    },
  );
  server.get(
    "/v1/ledger/cosignatures",
    {
      config: { permission: "ledger.read" },
      schema: {
        summary: "How far each witness has followed the log",
        tags: ["ledger"],
        response: { 200: z.array(witnessState) },
      },
    },
    async () => (await witnessStates(db)).map(stateView),
  );
  server.post(
    "/v1/ledger/cosignatures",
    {
      config: { permission: "ledger.cosign" },
      schema: {
        summary: "Hand in a witness's cosignature; its signature is what lets it in",
        tags: ["ledger"],
        body: cosignature,
        response: { 200: witnessState },
      },
    },
    async request => {
      const body = request.body as z.infer<typeof cosignature>;
      const taken = await addCosignature(db, ledgerKey, body, witnesses, clock.nowMs());
      if (!taken.ok) {
        const { code, message, place } = taken.error;
        throw new ProblemError(code === "WITNESS_UNKNOWN" ? 403 : 400, code, message, place);
      }
      return stateView(taken.value);
    },
  );
}

const stateView = (state: { witness: string; size: number; atMs: number }) => ({
  witness: state.witness,
  size: state.size,
  at: new Date(state.atMs).toISOString(),
});

const operatorSize = async (db: OperatorContext["db"]): Promise<number> => (await newestHead(db))?.size ?? 0;

async function expectSize(newest: Promise<number>, size: number): Promise<void> {
  const most = await newest;
  if (size <= most) return;
  const message = `A tree of ${size} entries is asked for; the log has ${most}.`;
  throw new ProblemError(400, "OUTSIDE_THE_LOG", message, "query");
}

function hexProof(found: Result<Uint8Array[]>): string[] {
  if (!found.ok) throw new ProblemError(400, "OUTSIDE_THE_LOG", found.error.message, "query");
  return found.value.map(toHex);
}
