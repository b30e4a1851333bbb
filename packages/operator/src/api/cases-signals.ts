// SPDX-License-Identifier: MIT
import { caseSignalOf, detect, type PatternId, patterns, reviewOrder, type Signal } from "@perigee/casework";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { cellGeometry, type Look, lookAround, rowsFor } from "../casework/observations.ts";
import { testOwnStatements } from "../casework/own-statements.ts";
import { mitigationView, patternView } from "../casework/views.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { Exclusive } from "../exclusive.ts";
import { iso } from "../public/area-words.ts";
import type { LandCells } from "../public/land-cells.ts";
import type { PublicMap } from "../public/public-map.ts";
import { mustHave } from "./cases.ts";
import { carriedOutView, problemOf } from "./commands.ts";
import { actorOf } from "./guard.ts";
import { noteRead } from "./positions.ts";
import { notFound } from "./problem.ts";

const params = z.object({ id: z.string().max(100) });
const openRequest = z.strictObject({
  title: z.string().trim().min(3).max(200).optional(),
  kind: contract.publicReportRequest.shape.kind,
});
/** A look holds so long: telemetry has a row per slot. */
const LOOK_MS = 15_000;
const tags = ["cases"];

interface Seen {
  readonly atMs: number;
  readonly look: Look;
  readonly signals: readonly Signal[];
}

/** What the operator's own detectors see, and its own words against its records. */
export function serveCaseSignals(
  server: FastifyInstance,
  operator: OperatorContext,
  published: { readonly map: PublicMap; readonly land: () => Promise<LandCells> },
): void {
  const { authority, clock } = operator;
  const turn = new Exclusive();
  let last: Seen | null = null;

  /** Detectors are run once for everybody who asks within a slot; that their cells were read is recorded for each. */
  async function look(request: FastifyRequest): Promise<Seen> {
    mustHave(request, "positions.read");
    const nowMs = clock.nowMs();
    const seen = await turn.run(async () => {
      if (last !== null && nowMs - last.atMs < LOOK_MS && nowMs >= last.atMs) return last;
      const around = await lookAround(operator, published.map, nowMs);
      const signals = detect(authority.book, around.observations, cellGeometry, nowMs);
      last = { atMs: nowMs, look: around, signals };
      return last;
    });
    const read = [...new Set(seen.look.observations.visits.map(({ terminal }) => terminal))];
    await noteRead(operator, request, read);
    return seen;
  }

  server.get(
    "/v1/case-signals",
    {
      config: { permission: "cases.read" },
      schema: {
        summary: "What the detectors see, terminals at or near protected sites first",
        description:
          "An order of looking, and no probability: patterns confirm nothing, alone or together. Whom else each fits stands with it.",
        tags,
        response: { 200: contract.caseSignals },
      },
    },
    async request => {
      const { atMs, look: around, signals } = await look(request);
      return {
        at: iso(atMs),
        from: iso(around.fromMs),
        terminals: reviewOrder(authority.book, signals, atMs, around.lastCells).map(
          ({ terminalId, protectedSite, families, mitigations, signals: own }) => ({
            ...{ terminalId, protectedSite, families: [...families] },
            mitigations: mitigations.map(mitigationView),
            signals: own.map(patternView),
            cases: authority.book.about("case", terminalId).map(({ id }) => id),
          }),
        ),
        looked: (Object.keys(patterns) as PatternId[]).map(pattern => ({
          ...{ pattern, title: patterns[pattern].title, rows: rowsFor(pattern, around.observations) },
        })),
        truncated: around.truncated,
      } satisfies contract.CaseSignals;
    },
  );

  server.post(
    "/v1/case-signals/:id/case",
    {
      config: { permission: "cases.work" },
      schema: {
        summary: "Open a case about what a detector sees, with its terminals as candidates",
        tags,
        params,
        body: openRequest,
        response: { 201: contract.carriedOut },
      },
    },
    async (request, reply) => {
      const { id } = request.params as z.infer<typeof params>;
      const { title, kind } = request.body as z.infer<typeof openRequest>;
      const { signals } = await look(request);
      const signal = signals.find(each => each.id === id);
      if (signal === undefined) throw notFound(`signal "${id}" now`);
      const actor = actorOf(request);
      const opened = await operator.carryOut({
        name: "case.report",
        request: {
          ...{ kind, title: title ?? patterns[signal.pattern].title, reporter: "ownDetector" },
          ...{ protection: "open", personal: { summary: signal.text.slice(0, 2_000) } },
        },
        actor,
      });
      if (!opened.ok) throw problemOf(opened.error);
      const caseId = opened.value.decisions[0]!.subject;
      const candidates = signal.terminals
        .filter(terminalId => authority.has(terminalId))
        .slice(0, 1_000)
        .map(terminalId => ({ terminalId, by: "pattern", why: signal.text.slice(0, 500).trim() }));
      const added = await operator.carryOut({
        name: "case.add",
        request: { caseId, candidates, signals: [caseSignalOf(signal)] },
        actor,
      });
      if (!added.ok) throw problemOf(added.error);
      const decisions = [...opened.value.decisions, ...added.value.decisions];
      const changes = [...opened.value.changes, ...added.value.changes];
      return reply.code(201).send(carriedOutView({ ...added.value, decisions, changes }));
    },
  );

  server.get(
    "/v1/own-statements",
    {
      config: { permission: "cases.read" },
      schema: {
        summary: "What the operator said in public, held against its ledger, map, service and registers",
        description: "Where the records are silent a statement stays open: silence proves nothing.",
        tags,
        response: { 200: contract.ownStatements },
      },
    },
    async request => {
      mustHave(request, "positions.read");
      const nowMs = clock.nowMs();
      const statements = await turn.run(() => testOwnStatements(operator, published, nowMs));
      return { at: iso(nowMs), statements };
    },
  );
}
