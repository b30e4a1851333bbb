// SPDX-License-Identifier: MIT
import { allows, type Permission, refusalText } from "@perigee/authority";
import { type Case, casePages } from "@perigee/casework";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { circleOf, LARGEST_RADIUS_KM } from "../casework/area-cells.ts";
import { candidateSearchView, findCandidates, type Searched } from "../casework/candidate-search.ts";
import type { CaseDocuments, Reader } from "../casework/case-documents.ts";
import { exportCase } from "../casework/case-export.ts";
import { casePdf } from "../casework/case-pdf.ts";
import { caseSheet } from "../casework/case-sheet.ts";
import { evidenceAbout } from "../casework/location-rows.ts";
import { takesMembers } from "../casework/next-commands.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { actorOf } from "./guard.ts";
import { documentsOf, readingProblem } from "./intake.ts";
import { noteRead, whyOf } from "./positions.ts";
import { notFound, ProblemError } from "./problem.ts";

const params = z.object({ id: z.string().max(100) });
const DAY_MS = 86_400_000;
/** Verdicts that are shown with a candidate, and the longest time of a search by area. */
const EVIDENCE_MS = 30 * DAY_MS;
const LONGEST_SPAN_MS = 31 * DAY_MS;
const tags = ["cases"];

/** Everything on one case: its sheet, its documents, candidates for it, and the file that leaves the house. */
export function serveCases(
  server: FastifyInstance,
  operator: OperatorContext,
  documents: CaseDocuments,
): void {
  const { authority, clock, db } = operator;
  const caseOf = (request: FastifyRequest): Case => {
    const { id } = request.params as z.infer<typeof params>;
    const found = authority.book.get("case", id);
    if (found === undefined) throw notFound(`case "${id}"`);
    return found;
  };

  server.get(
    "/v1/cases/:id/sheet",
    {
      config: { permission: "cases.read" },
      schema: {
        summary: "A case as a whole: claims, candidates, what each measure still needs, and what happened",
        description:
          "Candidates at or near protected sites come first. What is recommended is words: POST the command that stands " +
          "with it. That a case's candidates were looked at is recorded.",
        tags,
        params,
        querystring: contract.caseSheetQuery,
        response: { 200: contract.caseSheet },
      },
    },
    async request => {
      const found = caseOf(request);
      const { seen } = request.query as z.infer<typeof contract.caseSheetQuery>;
      const ids = found.candidates.map(({ terminalId }) => terminalId);
      const nowMs = clock.nowMs();
      const reading = await documents.read(found.id, readerOf(request));
      const locations = await evidenceAbout(db, ids, nowMs - EVIDENCE_MS);
      await noteRead(operator, request, ids);
      return caseSheet(authority.book, caseOf(request), nowMs, {
        ...{ reading, locations, lastCells: lastCellsOf(operator, ids), sitesSeen: listOf(seen) },
      });
    },
  );

  server.post(
    "/v1/cases/:id/documents",
    {
      config: { permission: "cases.work" },
      bodyLimit: contract.documentBounds.requestBytes,
      schema: {
        summary: "Read documents into a case: bytes as evidence, claims and supply routes as members",
        description:
          "They are read together with the documents that the case has. If one cannot be read, nothing is kept of any.",
        tags,
        params,
        body: contract.caseDocumentsRequest,
        response: { 201: contract.addedDocuments },
      },
    },
    async (request, reply) => {
      const found = caseOf(request);
      mustHave(request, "evidence.add");
      const body = request.body as contract.CaseDocumentsRequest;
      const brought = documentsOf(body);
      if (!takesMembers(found.state)) {
        const message = `Case ${found.id} is ${found.state}; reopen it first.`;
        throw new ProblemError(409, "CASE_NOT_OPEN", message, "id");
      }
      const added = await documents.add(found.id, brought, body.receivedFrom, readerOf(request));
      if (!added.ok) throw readingProblem(added.error);
      return reply.code(201).send({
        documents: added.value.documents.map(({ item, already }) => ({
          ...{ evidence: item.id, name: item.title, bytes: item.bytes, sha256: item.sha256, already },
        })),
        added: { claims: added.value.claims, supply: added.value.supply },
        report: added.value.report,
      });
    },
  );

  server.get(
    "/v1/cases/:id/candidates",
    {
      config: { permission: "cases.read" },
      schema: {
        summary: "Terminals that a case may be about, by area and time, party, account, serial or kit number",
        description:
          "A search adds nothing to the case: case.add does. By area it reads cells, which needs positions.read and is recorded.",
        tags,
        params,
        querystring: contract.candidatesQuery,
        response: { 200: contract.candidateSearch },
      },
    },
    async request => {
      const found = caseOf(request);
      const searched = searchedOf(request.query as z.infer<typeof contract.candidatesQuery>, clock.nowMs());
      if (searched.area !== null) mustHave(request, "positions.read");
      const result = await findCandidates(operator, searched, clock.nowMs());
      await noteRead(operator, request, result.seen);
      return candidateSearchView(result, found);
    },
  );

  server.get(
    "/v1/cases/:id/export",
    {
      config: { permission: "cases.read" },
      schema: {
        summary: "The case file for an oversight body: JSON with the ledger's proofs, or its pages as PDF",
        description:
          "Reporters are protected as they asked. `perigee case check` verifies the JSON without a network.",
        tags,
        params,
        querystring: contract.caseExportQuery,
      },
    },
    async (request, reply) => {
      const found = caseOf(request);
      const { format } = request.query as z.infer<typeof contract.caseExportQuery>;
      const file = await exportCase(operator, found);
      reply
        .header("content-disposition", `attachment; filename="${found.id}.${format}"`)
        .header("cache-control", "no-store");
      if (format === "json") return reply.send(file);
      const title = `Case ${found.id}`;
      const { operator: name, asOfMs } = file;
      const pdf = await casePdf(casePages(file), { title, operator: name, asOfMs });
      return reply.type("application/pdf").header("x-content-type-options", "nosniff").send(pdf);
    },
  );
}

const listOf = (value: string | readonly string[] | undefined): string[] => [value ?? []].flat();

const readerOf = (request: FastifyRequest): Reader => ({
  ...{ actor: actorOf(request), via: request.via ?? "session", why: whyOf(request) },
});

/** What an address needs besides the permission that it states. */
export function mustHave(request: FastifyRequest, permission: Permission): void {
  if (allows(request.actor, permission)) return;
  throw new ProblemError(403, "PERMISSION_MISSING", refusalText(request.actor, permission), permission);
}

function lastCellsOf({ authority }: OperatorContext, ids: readonly string[]) {
  return ids.flatMap(terminalId => {
    const last = authority.has(terminalId) ? authority.record(terminalId).history.last : null;
    return last === null ? [] : [{ terminalId, cell: last.cell }];
  });
}

function searchedOf(
  { area, from, until, unit, account, serial }: z.infer<typeof contract.candidatesQuery>,
  nowMs: number,
): Searched {
  const others = { units: listOf(unit), accounts: listOf(account), numbers: listOf(serial) };
  if (area === undefined) {
    if (Object.values(others).every(list => list.length === 0)) {
      throw new ProblemError(400, "INVALID_INPUT", "Say what to search by.", "querystring");
    }
    return { area: null, ...others };
  }
  const circle = circleOf(area);
  if (circle === null) {
    const message = `An area is lat,lon,km on the globe, with a radius of at most ${LARGEST_RADIUS_KM} km.`;
    throw new ProblemError(400, "INVALID_INPUT", message, "querystring.area");
  }
  const untilMs = until === undefined ? nowMs : Date.parse(until);
  const fromMs = from === undefined ? untilMs - DAY_MS : Date.parse(from);
  if (fromMs >= untilMs || untilMs - fromMs > LONGEST_SPAN_MS) {
    const message = "A search by area covers at most 31 days, and ends after it begins.";
    throw new ProblemError(400, "INVALID_INPUT", message, "querystring.from");
  }
  return { area: { ...circle, fromMs, untilMs }, ...others };
}
