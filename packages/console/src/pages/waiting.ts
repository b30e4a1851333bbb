// SPDX-License-Identifier: MIT
import { operatorNowMs } from "../data/live-state.ts";
import { listRecords } from "../data/records.ts";
import type { AppealRow, BreakGlassRow, ProposalRow, ScreeningRow } from "../data/records-shapes.ts";
import { useResource } from "../data/resource.ts";
import { useRefusal, useSession } from "../data/session.ts";
import { useDecisions } from "../ui/record-table/use-records.ts";
import { verdictRefusal } from "./approvals/proposal-words.ts";

/** How many things wait for the person in front of the page, by the page where they wait. */
export type Waiting = Readonly<Partial<Record<string, number>>>;

/** Counts what waits for whoever is signed in: nothing that somebody else has to do, or that they may not. */
export function useWaiting(): Waiting {
  const { session } = useSession();
  const person = session?.person?.id ?? null;
  const decisions = useDecisions();
  const approves = useRefusal("approvals.decide") === null;
  const decides = useRefusal("appeals.decide") === null;
  const judges = useRefusal("screening.decide") === null;
  const key = person === null ? null : `waiting ${person} ${approves} ${decides} ${judges}`;
  const waiting = useResource(key, decisions, async () => {
    const [proposals, glasses, appeals, screenings] = await Promise.all([
      approves ? listRecords<ProposalRow>("proposals", ["state:open"]) : null,
      approves ? listRecords<BreakGlassRow>("break-glass", ["review:"]) : null,
      decides ? listRecords<AppealRow>("appeals", ["state:open"]) : null,
      judges ? listRecords<ScreeningRow>("screenings", ["judgement:open"]) : null,
    ]);
    const items = <R>(answer: { ok: true; value: { items: readonly R[] } } | { ok: false } | null) =>
      answer?.ok ? answer.value.items : [];
    const value: Waiting = {
      "/approvals": items(proposals).filter(of => verdictRefusal(of, person, operatorNowMs()) === null).length,
      "/orders": items(glasses).filter(({ by }) => by !== person).length + items(appeals).length,
      "/accounts": items(screenings).length,
    };
    return { ok: true, value };
  });
  return waiting.value ?? {};
}
