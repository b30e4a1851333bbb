// SPDX-License-Identifier: MIT
import { useEffect } from "react";
import { createStore, useStore } from "../data/external-store.ts";
import { operatorNowMs } from "../data/live-state.ts";
import { listRecords } from "../data/records.ts";
import type { AppealRow, BreakGlassRow, ProposalRow, ScreeningRow } from "../data/records-shapes.ts";
import { useResource } from "../data/resource.ts";
import { useRefusal, useSession } from "../data/session.ts";
import { useDecisions } from "../ui/record-table/use-records.ts";
import { verdictRefusal } from "./approvals/proposal-words.ts";

/** How many things wait for the person in front of the page. */
export interface Waiting {
  readonly byPage: Readonly<Partial<Record<string, number>>>;
  /** By the tab of its page. */
  readonly byTab: Readonly<Partial<Record<string, number>>>;
}

const NOTHING: Waiting = { byPage: {}, byTab: {} };

const store = createStore<{ waiting: Waiting }>({ waiting: NOTHING });

/** What waits for whoever is signed in. The rail watches it, for there it is always shown. */
export function useWaiting(): Waiting {
  return useStore(store, ({ waiting }) => waiting);
}

/** Keeps {@link useWaiting} current: nothing counts that somebody else has to do, or that they may not. */
export function useWatchWaiting(): void {
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
    const nowMs = operatorNowMs();
    const byTab = {
      waiting: items(proposals).filter(of => verdictRefusal(of, person, nowMs) === null).length,
      breakGlass: items(glasses).filter(({ by }) => by !== person).length,
      appeals: items(appeals).length,
      screenings: items(screenings).length,
    };
    const byPage = {
      "/approvals": byTab.waiting,
      "/orders": byTab.breakGlass + byTab.appeals,
      "/accounts": byTab.screenings,
    };
    const value: Waiting = { byPage, byTab };
    return { ok: true, value };
  });
  useEffect(() => store.set({ waiting: waiting.value ?? NOTHING }), [waiting.value]);
}
