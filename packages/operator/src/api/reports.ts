// SPDX-License-Identifier: MIT
import {
  type AttestedProof,
  allows,
  attestationOf,
  attestedCountsOf,
  type Decision,
  decisionsToProve,
  transparencyReport,
} from "@perigee/authority";
import { toHex } from "@perigee/ledger";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { iso } from "../public/area-words.ts";
import { newestHead } from "../storage/ledger-store.ts";
import { LedgerTiles } from "../storage/ledger-tiles.ts";
import { notFound, ProblemError } from "./problem.ts";

const params = z.object({ id: z.string().max(100) });

/** Longest span of one report: a leap year. */
const LONGEST_SPAN_MS = 366 * 86_400_000;
/** Decisions whose places one letter proves; a request about more than this is proved by its own decisions. */
const MOST_PROOFS = 200;

/** What the authority did in a span of time, and the letter back to whoever asked for something. */
export function serveReports(server: FastifyInstance, operator: OperatorContext): void {
  const { authority, db } = operator;
  const tiles = new LedgerTiles(db);
  server.get(
    "/v1/reports/transparency",
    {
      config: { permission: "areas.read" },
      schema: {
        summary: "What the authority did in a span of time, in numbers and sentences",
        tags: ["reports"],
        querystring: contract.spanQuery,
        response: { 200: contract.transparencyReport },
      },
    },
    async request => {
      const { from, to } = request.query as z.infer<typeof contract.spanQuery>;
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
      if (toMs - fromMs > LONGEST_SPAN_MS) {
        throw new ProblemError(400, "INVALID_INPUT", "A report covers at most a year.", "query.to");
      }
      const {
        fromMs: _,
        toMs: __,
        ...report
      } = transparencyReport(authority.book, await decisionsWithin(operator, fromMs, toMs), fromMs, toMs);
      return { from: iso(fromMs), to: iso(toMs), ...report };
    },
  );
  server.get(
    "/v1/area-requests/:id/attestation",
    {
      config: { permission: "areas.read" },
      schema: {
        summary: "The letter about a request that was carried out, with proofs of its decisions",
        tags: ["reports"],
        params,
        response: { 200: contract.attestation },
      },
    },
    async request => {
      const { id } = request.params as z.infer<typeof params>;
      const found = authority.book.get("areaRequest", id);
      // Of a sealed request only its existence is public, and a letter would tell more.
      if (found === undefined || (found.sealed && !allows(request.actor, "sealed.read"))) {
        throw notFound(`request "${id}"`);
      }
      const proofs = await proofsOf(operator, tiles, id, decisionsToProve(authority.book, found));
      const letter = attestationOf(found, attestedCountsOf(found), proofs);
      if (!letter.ok) throw new ProblemError(409, "NOT_EXECUTED", letter.error.message, letter.error.place);
      const { receivedMs, executedMs, reasons: _, ...rest } = letter.value;
      return { ...rest, received: iso(receivedMs), executed: iso(executedMs) };
    },
  );
}

async function decisionsWithin({ db }: OperatorContext, fromMs: number, toMs: number): Promise<Decision[]> {
  const rows = await db
    .selectFrom("decision")
    .select("document")
    .where("at_ms", ">=", fromMs)
    .where("at_ms", "<", toMs)
    .orderBy("ledger_index")
    .execute();
  return rows.map(({ document }) => document as Decision);
}

/** Where the decisions about a request lie in the newest tree. */
async function proofsOf(
  { db }: OperatorContext,
  tiles: LedgerTiles,
  requestId: string,
  subjects: readonly string[],
): Promise<AttestedProof[]> {
  const head = await newestHead(db);
  if (head === null) return [];
  const rows = await db
    .selectFrom("decision")
    .select(["id", "ledger_index", "document", "subject"])
    .where("subject", "in", [...subjects])
    .where("ledger_index", "<", head.size)
    .orderBy("ledger_index")
    .execute();
  const about = rows.filter(
    ({ subject, document }) => subject === requestId || JSON.stringify(document).includes(requestId),
  );
  const proofs: AttestedProof[] = [];
  for (const { id, ledger_index: leafIndex } of about.slice(0, MOST_PROOFS)) {
    const path = await tiles.inclusionProof(leafIndex, head.size);
    if (!path.ok) throw new Error(`entry ${leafIndex} has no proof: ${path.error.message}`);
    proofs.push({
      decisionId: id,
      leafIndex,
      treeSize: head.size,
      rootHash: head.root,
      auditPath: path.value.map(toHex),
    });
  }
  return proofs;
}
