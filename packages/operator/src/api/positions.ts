// SPDX-License-Identifier: MIT
import { allows } from "@perigee/authority";
import type { FastifyRequest } from "fastify";
import { coarseDetail, coarseRow } from "../access/positions.ts";
import type { OperatorContext } from "../context.ts";
import type { TerminalDetail, TerminalRow } from "../contract.ts";
import { actorOf } from "./guard.ts";

/** The header in which a reader may say why. */
export const WHY_HEADER = "x-perigee-why";

/** Why, where the reader said so; 200 characters of it. */
export function whyOf(request: FastifyRequest): string | null {
  const why = String(request.headers[WHY_HEADER] ?? "").trim();
  return why === "" ? null : why.slice(0, 200);
}

/** Records that a request read where these terminals are; resolves when its answer may leave. */
export async function noteRead(
  operator: OperatorContext,
  request: FastifyRequest,
  terminals: readonly string[],
): Promise<void> {
  await operator.access.reads.note(
    {
      actor: actorOf(request),
      via: request.via ?? "session",
      route: request.routeOptions.url ?? request.url,
      terminals,
      why: whyOf(request),
    },
    operator.clock.nowMs(),
  );
}

/** Terminals as whoever asks may see them; a read of positions is recorded first. */
export async function rowsFor<R extends TerminalRow>(
  operator: OperatorContext,
  request: FastifyRequest,
  rows: readonly R[],
): Promise<R[]> {
  if (!allows(request.actor, "positions.read")) return rows.map(coarseRow);
  await noteRead(
    operator,
    request,
    rows.filter(row => row.position !== null).map(row => row.id),
  );
  return [...rows];
}

/** One terminal's page, likewise. */
export async function detailFor(
  operator: OperatorContext,
  request: FastifyRequest,
  terminal: TerminalDetail,
): Promise<TerminalDetail> {
  if (!allows(request.actor, "positions.read")) return coarseDetail(terminal);
  if (terminal.position !== null) await noteRead(operator, request, [terminal.id]);
  return terminal;
}
