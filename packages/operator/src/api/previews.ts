// SPDX-License-Identifier: MIT
import type { CommandEntry, Permission } from "@perigee/authority";
import type { FastifyInstance } from "fastify";
import type { OperatorContext } from "../context.ts";
import { type Preview, preview } from "../contract.ts";
import { commandBodyLimit, isForCustomers, mayPropose, openPersonalData, problemOf } from "./commands.ts";
import { actorOf } from "./guard.ts";

/** Decisions that a preview shows; an order about thousands of terminals says the same of each. */
const MOST_SHOWN = 20;

/** What each command would lead to, at an address beside its own. Nothing is stored and nothing changes. */
export function servePreviews(server: FastifyInstance, operator: OperatorContext): void {
  for (const entry of operator.authority.commands.values()) {
    // A customer's command names its party, which only the portal may fill in.
    if (!isForCustomers(entry)) servePreview(server, operator, entry);
  }
}

function servePreview(
  server: FastifyInstance,
  operator: OperatorContext,
  { name, schema, permission }: CommandEntry,
): void {
  server.post(
    `/v1/previews/${name}`,
    {
      config: { permission: permission as Permission },
      ...commandBodyLimit(name),
      preValidation: openPersonalData,
      schema: {
        summary: `What ${name} would lead to now`,
        description: "Refuses what the command itself would refuse. Nothing is stored and nothing changes.",
        tags: ["commands"],
        body: schema,
        response: { 200: preview },
      },
    },
    (request): Preview => {
      mayPropose(operator, request, name);
      const asked = { name, request: request.body, actor: actorOf(request) };
      const found = operator.authority.preview(asked, operator.clock.nowMs());
      if (!found.ok) throw problemOf(found.error);
      const { approvalsNeeded, blastRadius, decisions } = found.value;
      return {
        approvalsNeeded,
        blastRadius: blastRadius && { ...blastRadius, protectedSites: [...blastRadius.protectedSites] },
        count: decisions.length,
        decisions: decisions.slice(0, MOST_SHOWN).map(decision => ({
          action: decision.action,
          subject: decision.subject,
          outcome: decision.outcome,
          text: decision.text,
          noticed: decision.noticeId !== undefined,
          endsAt: iso(decision.expiresAtMs),
          reviewAt: iso(decision.reviewAtMs),
          appealUntil: iso(decision.appealUntilMs),
        })),
      };
    },
  );
}

const iso = (atMs: number | undefined): string | null =>
  atMs === undefined ? null : new Date(atMs).toISOString();
