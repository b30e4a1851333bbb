// SPDX-License-Identifier: MIT
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor, ServiceLine } from "@perigee/authority";
import type { Outcome } from "../../context.ts";
import type { Fleet } from "../fleet.ts";

/** Why billing time did not go ahead, or not with everything. */
interface TravelError {
  readonly code: string;
  readonly message: string;
}

/** How long before a bill day billing time runs as real time does, so that what was put off to it happens then. */
const STOP_MS = 1_000;

/**
 * Sends billing time ahead and takes along what holders put off to a bill day. The authority goes by real time, so each
 * such line is asked for again with the moment at which its bill day is now reached; where that lies on the way, billing
 * time stops for a second there and lets it happen.
 *
 * @param actor - Who sends it ahead; the ledger names them.
 * @param byMs - How far.
 * @returns billing time after it
 */
export async function travelWithLines(
  fleet: Pick<Fleet, "operator" | "desks">,
  actor: Actor,
  byMs: number,
): Promise<Outcome<number, TravelError>> {
  const { operator, desks } = fleet;
  const { time } = desks.billing;
  const targetMs = time.nowMs() + byMs;
  const waiting = Iterator.from(operator.authority.book.all("serviceLine"))
    .filter(line => line.pending !== undefined && line.state !== "ended")
    .map(line => ({ lineId: line.id, dueMs: time.of(line.pending!.atMs) }))
    .toArray();
  const byDue = Map.groupBy(
    waiting.toSorted((a, b) => a.dueMs - b.dueMs),
    ({ dueMs }) => dueMs,
  );
  const ask = (lines: typeof waiting, atMs: number | null) => askAgain(fleet, actor, lines, atMs);
  for (const [dueMs, lines] of byDue) {
    const onTheWay = dueMs <= targetMs;
    const gone = await goTo(fleet, onTheWay ? dueMs - STOP_MS : targetMs);
    if (!gone.ok) return gone;
    const put = await ask(lines, time.real(dueMs));
    if (!put.ok) return put;
    if (!onTheWay) continue;
    await sleep(Math.max(0, dueMs - time.nowMs()) + 1);
    const done = await ask(lines, null);
    if (!done.ok) return done;
  }
  return await goTo(fleet, targetMs);
}

async function goTo(
  { desks }: Pick<Fleet, "desks">,
  billingMs: number,
): Promise<Outcome<number, TravelError>> {
  const { time } = desks.billing;
  const aheadMs = billingMs - time.nowMs();
  if (aheadMs < 1) return { ok: true, value: time.nowMs() };
  const nowMs = await time.travel(aheadMs);
  if (nowMs !== null) return { ok: true, value: nowMs };
  const message = "Billing time goes at most ten years ahead of real time.";
  return { ok: false, error: { code: "TRAVEL_TOO_FAR", message } };
}

/** Asks for what holders put off at another moment; `null`: now. What has happened meanwhile is left as it is. */
async function askAgain(
  { operator }: Pick<Fleet, "operator">,
  actor: Actor,
  lines: readonly { readonly lineId: string }[],
  atMs: number | null,
): Promise<Outcome<null, TravelError>> {
  const { book } = operator.authority;
  for (const { lineId } of lines) {
    const line = book.get("serviceLine", lineId);
    const account = line === undefined ? undefined : book.get("account", line.accountId);
    if (line?.pending === undefined || account === undefined) continue;
    const { name, request } = again(line, atMs);
    const asked = { ...request, party: account.holder, serviceLineId: lineId };
    const done = await operator.carryOut({ name, request: asked, actor });
    // What is due the authority does by itself before anything else it is asked for.
    if (!done.ok && book.get("serviceLine", lineId)?.pending !== undefined) return done;
  }
  return { ok: true, value: null };
}

const again = ({ pending }: ServiceLine, atMs: number | null): { name: string; request: object } =>
  pending!.to === null
    ? { name: "fleet.endLine", request: { atMs, reason: "The holder put it off to a bill day." } }
    : { name: "fleet.changeProduct", request: { ...pending!.to, fromMs: atMs } };
