// SPDX-License-Identifier: MIT
import type { Book, ServiceLine } from "@perigee/authority";
import type { Queryable } from "../../storage/database.ts";
import { type RecordVersion, readRecords } from "../../storage/records.ts";
import type { BillingClock } from "./billing-clock.ts";
import { billingDayOf } from "./cycle.ts";
import type { AccountStory, DataEvent, LinePhase, LineStory } from "./story.ts";

/**
 * Reads what an account's bill is made from: every version of its service lines that is believed, and what it bought
 * and paid. Instants are in billing time.
 *
 * @param productOf - The product that a line has, as its record says.
 */
export async function readStory(
  db: Queryable,
  book: Book,
  accountId: string,
  productOf: (line: ServiceLine) => string,
  time: BillingClock,
): Promise<AccountStory> {
  const ids = book.about("serviceLine", accountId).filter(line => line.accountId === accountId);
  const versions = await readRecords<ServiceLine>(db, "serviceLine", { ids: ids.map(({ id }) => id) });
  const byLine = Map.groupBy(
    versions.toSorted((a, b) => a.validFromMs - b.validFromMs),
    version => version.id,
  );
  const lines = Array.from(byLine, ([lineId, ofLine]): LineStory => {
    const phases: LinePhase[] = [];
    for (const phase of ofLine.flatMap(version => phasesOf(version, productOf, time))) {
      const last = phases.at(-1);
      if (last !== undefined && isSame(last, phase))
        phases[phases.length - 1] = { ...last, untilMs: phase.untilMs };
      else phases.push(phase);
    }
    return { lineId, phases };
  }).toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1));
  const first = Math.min(...lines.map(line => line.phases[0]!.fromMs));
  return {
    accountId,
    billingDay: lines.length === 0 ? null : billingDayOf(first),
    lines,
    events: await readEvents(db, accountId),
  };
}

/**
 * What a version of a line means for the bill: one phase, or two where something was put off to an instant within it. It
 * counts from that instant, however much later the authority got round to it.
 */
function phasesOf(
  { document, validFromMs, validToMs }: RecordVersion<ServiceLine>,
  productOf: (line: ServiceLine) => string,
  time: BillingClock,
): LinePhase[] {
  const { pending, state, terminalId } = document;
  const untilMs = validToMs === null ? null : time.of(validToMs);
  const before: LinePhase = {
    fromMs: time.of(validFromMs),
    untilMs,
    productId: productOf(document),
    state,
    terminalId,
  };
  if (pending === undefined || state === "ended") return [before];
  if (pending.atMs >= (validToMs ?? Number.POSITIVE_INFINITY)) return [before];
  const fromMs = time.of(pending.atMs);
  const after: LinePhase =
    pending.to === null
      ? { ...before, fromMs, state: "ended" }
      : { ...before, fromMs, productId: pending.to.productId };
  return [{ ...before, untilMs: fromMs }, after];
}

const isSame = (a: LinePhase, b: LinePhase): boolean =>
  a.untilMs === b.fromMs &&
  a.productId === b.productId &&
  a.state === b.state &&
  a.terminalId === b.terminalId;

async function readEvents(db: Queryable, accountId: string): Promise<DataEvent[]> {
  const rows = await db
    .selectFrom("account_event")
    .select(["at_ms", "document"])
    .where("account_id", "=", accountId)
    .orderBy("row")
    .execute();
  // The shapes are those that `addEvent` wrote.
  return rows.map(row => ({ ...(row.document as object), atMs: row.at_ms }) as DataEvent);
}

/** Adds what an account bought, decided or paid, in the transaction of the decision that records it. */
export async function addEvent(
  tx: Queryable,
  accountId: string,
  { atMs, ...document }: DataEvent,
  ledgerIndex: number,
): Promise<void> {
  await tx
    .insertInto("account_event")
    .values({
      account_id: accountId,
      at_ms: atMs,
      document: JSON.stringify(document),
      ledger_index: ledgerIndex,
    })
    .execute();
}
