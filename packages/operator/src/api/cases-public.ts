// SPDX-License-Identifier: MIT
import { createHash, randomBytes } from "node:crypto";
import { theSystem } from "@perigee/authority";
import { type CaseState, clockTermsMs } from "@perigee/casework";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { type Allowance, SignInLimit } from "../access/sign-in-limit.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { iso } from "../public/area-words.ts";
import { problemOf } from "./commands.ts";
import { notFound, ProblemError } from "./problem.ts";

const params = z.object({
  key: z.string().regex(/^[A-Za-z0-9_-]{32}$/, "say the key that you were given, 32 characters"),
});
/** Somebody reports once, perhaps twice. All together: what people can still look at. */
const reports: Allowance = { attempts: 5, spanMs: 3_600_000 };
const ofAll: Allowance = { attempts: 300, spanMs: 3_600_000 };
const questions: Allowance = { attempts: 60, spanMs: 3_600_000 };
const tags = ["public"];

/**
 * The way in for everybody. What is kept of a reporter is a class and what they wrote; the address is counted in memory, for
 * an hour, and written nowhere. The key to ask with is given once, and only its hash is kept.
 */
export function serveCaseReports(server: FastifyInstance, operator: OperatorContext): void {
  const { authority, clock } = operator;
  const perAddress = new SignInLimit(reports);
  const all = new SignInLimit(ofAll);
  const asking = new SignInLimit(questions);

  server.post(
    "/v1/public/reports",
    {
      config: { permission: "public" },
      bodyLimit: 16 * 1024,
      schema: {
        summary: "Report something to the operator, without an account",
        description:
          "The receipt is the acknowledgement. Its key is the only way to ask what became of the report; the operator keeps a hash of it.",
        tags,
        body: contract.publicReportRequest,
        response: { 201: contract.publicReportReceipt },
      },
    },
    async (request, reply) => {
      const nowMs = clock.nowMs();
      allowed(reply, Math.max(perAddress.begin(request.ip, nowMs), all.begin("all", nowMs)));
      const body = request.body as contract.PublicReportRequest;
      const { title, summary, kind, reporter, lifeAtRisk, mayBeCited, atRisk } = body;
      const key = randomBytes(24).toString("base64url");
      const filed = await operator.carryOut({
        name: "case.report",
        request: {
          ...{ title, kind, reporter, lifeAtRisk, personal: { summary, replyKey: keptKey(key) } },
          protection: atRisk ? "atRisk" : mayBeCited ? "open" : "confidential",
        },
        actor: theSystem,
      });
      if (!filed.ok) throw problemOf(filed.error);
      const report = filed.value.changes.flatMap(change =>
        change.kind === "caseReport" && change.document !== null ? [change.document] : [],
      )[0]!;
      const receipt = await operator.carryOut({
        name: "case.acknowledge",
        request: { reportId: report.id },
        actor: theSystem,
      });
      if (!receipt.ok) throw problemOf(receipt.error);
      const term = lifeAtRisk ? clockTermsMs.safety : clockTermsMs.acknowledge;
      const acknowledgedMs = authority.book.get("caseReport", report.id)?.acknowledgedMs ?? null;
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({
          replyKey: key,
          received: iso(report.receivedMs),
          acknowledgedBy: iso(report.receivedMs + term),
          acknowledged: acknowledgedMs === null ? null : iso(acknowledgedMs),
        });
    },
  );

  server.get(
    "/v1/public/reports/:key",
    {
      config: { permission: "public" },
      schema: {
        summary: "What became of a report, for who has its key",
        tags,
        params,
        response: { 200: contract.publicReportStatus },
      },
    },
    (request, reply) => {
      allowed(reply, asking.begin(request.ip, clock.nowMs()));
      const { key } = request.params as z.infer<typeof params>;
      const kept = keptKey(key);
      const found = authority.book.all("caseReport");
      for (const { replyKey, caseId, receivedMs, acknowledgedMs } of found) {
        if (replyKey !== kept) continue;
        const state = stateFor(authority.book.get("case", caseId)?.state ?? "received");
        reply.header("cache-control", "no-store");
        return {
          received: iso(receivedMs),
          acknowledged: acknowledgedMs === null ? null : iso(acknowledgedMs),
          ...{ state, text: words[state] },
        } satisfies contract.PublicReportStatus;
      }
      throw notFound("report under this key");
    },
  );
}

/** What is kept of a key: who reads the records cannot ask in a reporter's place. */
const keptKey = (key: string): string =>
  `rk_${createHash("sha256").update(`report key ${key}`).digest("hex").slice(0, 48)}`;

const words: { readonly [S in contract.PublicReportStatus["state"]]: string } = {
  received: "It arrived. A person looks at it within a day, and within 15 minutes where a life is at risk.",
  lookedAt: "Somebody looked at it and it is being investigated.",
  concluded: "The investigation came to a conclusion. What it is, whoever is concerned is told.",
  closed: "It is closed. Report again if there is something new.",
};

/** As much of a case's state as its reporter is told: no verdict, because that is about somebody else. */
function stateFor(state: CaseState): contract.PublicReportStatus["state"] {
  switch (state) {
    case "received":
      return "received";
    case "triaged":
    case "investigating":
      return "lookedAt";
    case "closed":
      return "closed";
    default:
      return "concluded";
  }
}

/** @param waitMs 0 where it may be done now */
function allowed(reply: FastifyReply, waitMs: number): void {
  if (waitMs === 0) return;
  reply.header("retry-after", Math.ceil(waitMs / 1000));
  const message = `Too many reports came from here. Wait ${Math.ceil(waitMs / 60_000)} min and try again. Where a life is at risk, call the emergency services.`;
  throw new ProblemError(429, "TOO_MANY_ATTEMPTS", message);
}
