// SPDX-License-Identifier: MIT
// The whole story of one seed, from the reports to the appeal, with what was seen at every step kept for who looks at it.
import type { Appeal, Notice } from "@perigee/authority";
import type { Recommendation } from "@perigee/casework";
import type { IntakeReport } from "@perigee/intake";
import { policyRecords } from "./area.ts";
import { blackout, hourMs, startMs } from "./calendar.ts";
import { settleCopies } from "./copies.ts";
import { Desk } from "./desk.ts";
import { type Field, fieldOf } from "./field.ts";
import {
  conclude,
  gatherCandidates,
  type Investigation,
  measureCandidates,
  openCase,
  orderDeactivations,
  type Recorded,
  recordFindings,
  roundsOf,
  schedule,
} from "./investigation.ts";
import { listedInPolicy, registryOf } from "./registry.ts";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { type Served, Service } from "./service.ts";
import { staff } from "./staff.ts";

export const slotMs = 15_000;

/** What every device that was heard was answered, by device. */
export type Slot = ReadonlyMap<string, Served>;

/** The appeal of whoever was cut off over a misread label. */
export interface AppealStory {
  readonly notice: Notice;
  readonly appeal: Appeal;
  /** The first slot after power came back. */
  readonly cutOff: Served | undefined;
  readonly decidedMs: number;
  readonly restored: Served | undefined;
  /** The slot in which it is online again; `null`: not within the minute. */
  readonly onlineMs: number | null;
}

export interface Story extends Investigation {
  readonly scenario: Scenario;
  readonly desk: Desk;
  readonly field: Field;
  readonly recorded: readonly Recorded[];
  readonly recommendations: readonly Recommendation[];
  /** Order by terminal. */
  readonly orders: ReadonlyMap<string, string>;
  /** The copy's device by terminal. */
  readonly copies: ReadonlyMap<string, string>;
  /** In the morning, before anything was measured; just before the orders; in the slot after them and the one after that. */
  readonly slots: {
    readonly morning: Slot;
    readonly measured: Slot;
    readonly ordered: Slot;
    readonly silent: Slot;
  };
  /** `null` where nobody was cut off over it. */
  readonly appealed: AppealStory | null;
}

/**
 * Tells the story of a seed, upon what was read of the reports.
 *
 * @param noise how many times worse the network measures in truth than it believes
 */
export function storyOf(seed: number, report: IntakeReport, noise = 1): Story {
  const scenario = scenarioOf(seed);
  const field = fieldOf(scenario, noise);
  const desk = new Desk(startMs + 9 * hourMs);
  desk.book.apply([...policyRecords(desk.atMs, listedInPolicy(scenario)), ...registryOf(scenario, field)]);
  const service = new Service(desk, field);
  const morning = service.slot(startMs + 9 * hourMs);

  const caseId = openCase(desk, report);
  const search = gatherCandidates(desk, field, caseId, report, scenario.sightings);
  const rounds = roundsOf(seed);
  const measurements = measureCandidates(desk, field, service, caseId, rounds);
  const investigation: Investigation = { caseId, rounds, search, ...measurements };
  const copies = settleCopies(desk, field, service, investigation);
  const recorded = recordFindings(desk, field, investigation, scenario.sightings);
  const recommendations = conclude(desk, caseId, recorded);

  const measured = service.slot(schedule.ordered - slotMs);
  const orders = orderDeactivations(desk, caseId, recommendations);
  const ordered = service.slot(schedule.ordered + slotMs);
  const silent = service.slot(schedule.ordered + 2 * slotMs);
  const appealed = appealOf(desk, service, caseId, scenario.misreadId);
  return {
    ...{ ...investigation, scenario, desk, field, recorded, recommendations, orders, copies },
    ...{ slots: { morning, measured, ordered, silent }, appealed },
  };
}

/** Power comes back, the terminal is cut off, its holder objects, and somebody who had no part in it looks again. */
function appealOf(desk: Desk, service: Service, caseId: string, terminalId: string): AppealStory | null {
  const notice = desk.book.about("notice", terminalId).find(({ cause }) => cause.kind === "order");
  if (notice?.party == null) return null;
  const deviceId = `${terminalId}/0`;
  const powerMs = startMs + blackout.untilS * 1000;
  const cutOff = service.slot(powerMs).get(deviceId);

  desk.atMs = powerMs + hourMs / 6;
  const filed = desk.do(staff.customer, "appeal.file", {
    ...{ noticeId: notice.id, party: notice.party, lifeCritical: true },
    statement:
      "We were without power that day. The label of our kit has another last digit than the one in your photograph.",
  });
  const appealId = filed.changes.find(({ kind }) => kind === "appeal")!.id;
  desk.do(staff.investigator, "case.follow", { caseId });

  const decidedMs = powerMs + hourMs;
  desk.atMs = decidedMs;
  desk.do(staff.reviewer, "appeal.decide", {
    ...{ appealId, verdict: "reversed", harmNote: "A household was without service for an afternoon" },
    reason: "The last digit in the photograph was misread; both witnesses read the same picture",
  });
  desk.do(staff.investigator, "case.follow", { caseId });
  let restored: Served | undefined;
  let onlineMs: number | null = null;
  for (let atMs = decidedMs + slotMs; atMs <= decidedMs + 60_000 && onlineMs === null; atMs += slotMs) {
    restored = service.slot(atMs).get(deviceId);
    if (restored?.lease?.claims.reach === "all") onlineMs = atMs;
  }
  const appeal = desk.book.get("appeal", appealId)!;
  return { notice, appeal, cutOff, decidedMs, restored, onlineMs };
}
