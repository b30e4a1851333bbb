// SPDX-License-Identifier: MIT
import type { Book, RecordKind, RecordKinds } from "@perigee/authority";
import { type LinkState, oneWayAt, plannedRttMs } from "@perigee/network";
import type { AuthorityService } from "../authority/authority-service.ts";
import type { SlotStep } from "../slot-loop.ts";
import type { LoggedDecision } from "../storage/decisions.ts";
import {
  type Counts,
  quantileOf,
  type RecordSummary,
  rounded,
  type ScenarioSummary,
  Tally,
  type TerminalSummary,
} from "./summary.ts";

interface TerminalRecord {
  readonly reasons: Tally;
  readonly unserved: Tally;
  readonly pops: Tally;
  readonly rttMs: number[];
  readonly downMbps: number[];
  readonly upMbps: number[];
  rainSlots: number;
  served: number;
  handovers: number;
  gatewayChanges: number;
  last: LinkState | null;
}

const newRecord = (): TerminalRecord => ({
  reasons: new Tally(),
  unserved: new Tally(),
  pops: new Tally(),
  rttMs: [],
  downMbps: [],
  upMbps: [],
  rainSlots: 0,
  served: 0,
  handovers: 0,
  gatewayChanges: 0,
  last: null,
});

/** Counts what happens, slot by slot. */
export class RunRecorder {
  readonly #authority: AuthorityService;
  readonly #terminals: Map<string, TerminalRecord>;
  #slots = 0;
  #gapMs = 0;
  #laserSlots = 0;

  constructor(authority: AuthorityService) {
    this.#authority = authority;
    this.#terminals = new Map(authority.terminalIds().map(id => [id, newRecord()]));
  }

  take({ planned }: SlotStep): void {
    this.#slots++;
    // Terminals come on record during the run too: enrolled, or imported.
    for (const id of this.#authority.terminalIds()) {
      if (!this.#terminals.has(id)) this.#terminals.set(id, newRecord());
    }
    const links = new Map(planned.plan.links.map(link => [link.terminalId, link]));
    const rainedOn = new Set(planned.rainedOn);
    const unserved = new Map(planned.plan.unserved.map(({ siteId, reason }) => [siteId, reason]));
    for (const [id, record] of this.#terminals) {
      const admission = this.#authority.admissionOf(id);
      if (admission === null) continue;
      record.reasons.add(admission.reason);
      const link = links.get(id) ?? null;
      if (admission.reach === "all" && link !== null) this.#serve(record, link);
      if (admission.linked && link === null) record.unserved.add(unserved.get(id) ?? "neverLocated");
      if (rainedOn.has(id)) record.rainSlots++;
      record.last = link;
    }
  }

  figures(
    decisions: readonly LoggedDecision[],
  ): Pick<
    ScenarioSummary,
    | "terminalSlots"
    | "handovers"
    | "handoverGapSeconds"
    | "laserSlots"
    | "rttMs"
    | "decisions"
    | "records"
    | "timeline"
    | "terminals"
  > {
    const records = [...this.#terminals.values()];
    const all = records.flatMap(r => r.rttMs).sort((a, b) => a - b);
    const at = (p: number): number => rounded(quantileOf(all, p), 1);
    const refused: Record<string, number> = {};
    for (const record of records) {
      for (const [reason, count] of Object.entries(record.reasons.byName())) {
        if (reason !== "ALLOW" && reason !== "LOCATION_STALE")
          refused[reason] = (refused[reason] ?? 0) + count;
      }
    }
    const actions = new Tally();
    for (const { action, outcome } of decisions) actions.add(`${action} ${outcome}`);
    return {
      terminalSlots: {
        served: records.reduce((sum, r) => sum + r.served, 0),
        refused: Object.fromEntries(Object.entries(refused).sort(([a], [b]) => (a < b ? -1 : 1))),
      },
      handovers: records.reduce((sum, r) => sum + r.handovers, 0),
      handoverGapSeconds: rounded(this.#gapMs / 1000, 1),
      laserSlots: this.#laserSlots,
      rttMs: { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
      decisions: actions.byName(),
      records: recordSummary(this.#authority.book),
      timeline: timeline(decisions),
      terminals: Object.fromEntries(
        [...this.#terminals].map(([id, record]) => [id, this.#summary(id, record)]),
      ),
    };
  }

  #serve(record: TerminalRecord, link: LinkState): void {
    record.served++;
    // The slot's middle stands for the slot: delay changes by fractions of a millisecond within it.
    const middleMs = (link.fromMs + link.untilMs) / 2;
    if (!(oneWayAt(link, middleMs) > 0)) throw new Error(`no delay in the link of ${link.terminalId}`);
    record.rttMs.push(plannedRttMs(link, middleMs));
    record.downMbps.push(link.downMbps);
    record.upMbps.push(link.upMbps);
    record.pops.add(link.pop.code);
    if (link.hops.some(hop => hop.kind === "laser")) this.#laserSlots++;
    if (link.gap !== null) this.#gapMs += link.gap.untilMs - link.gap.fromMs;
    if (record.last !== null && record.last.satellite.index !== link.satellite.index) record.handovers++;
    if (record.last !== null && record.last.gateway.id !== link.gateway.id) record.gatewayChanges++;
  }

  #summary(id: string, record: TerminalRecord): TerminalSummary {
    const rtt = [...record.rttMs].sort((a, b) => a - b);
    const rates = (mbps: readonly number[]): TerminalSummary["downMbps"] => {
      const sorted = [...mbps].sort((a, b) => a - b);
      if (sorted.length === 0) return null;
      return { least: rounded(sorted[0]!, 1), p50: rounded(quantileOf(sorted, 0.5), 1) };
    };
    return {
      name: this.#authority.record(id).terminal.name,
      served: rounded(record.served / this.#slots, 4),
      slotsByReason: record.reasons.byName(),
      unserved: record.unserved.byName(),
      handovers: record.handovers,
      gatewayChanges: record.gatewayChanges,
      rttMs:
        rtt.length === 0
          ? null
          : {
              p5: rounded(quantileOf(rtt, 0.05), 1),
              p50: rounded(quantileOf(rtt, 0.5), 1),
              p95: rounded(quantileOf(rtt, 0.95), 1),
            },
      downMbps: rates(record.downMbps),
      upMbps: rates(record.upMbps),
      rainSlots: record.rainSlots,
      pops: record.pops.ranking(),
    };
  }
}

/** What the authority has on record, by how it stands. */
function recordSummary(book: Book): RecordSummary {
  const by = <K extends RecordKind>(kind: K, state: (document: RecordKinds[K]) => string): Counts => {
    const tally = new Tally();
    for (const document of book.all(kind)) tally.add(state(document));
    return tally.byName();
  };
  return {
    terminals: by("terminal", ({ state }) => state),
    areaRequests: by("areaRequest", ({ kind, state }) => `${kind} ${state}`),
    proposals: by("proposal", ({ command, state }) => `${command.name} ${state}`),
    notices: by("notice", ({ cause, exemption }) => `${cause.kind}${exemption === null ? "" : " withheld"}`),
    appeals: by("appeal", ({ state }) => state),
    allowListApplications: by("allowListApplication", ({ state }) => state),
    bulkOrders: by("bulkOrder", ({ action, state }) => `${action} ${state}`),
    breakGlass: by("breakGlass", ({ review }) => review?.verdict ?? "not reviewed"),
    screenings: by("screening", ({ judgement }) => judgement),
    sealedPolicies: by("sealedPolicy", ({ revealedMs }) => (revealedMs === null ? "sealed" : "revealed")),
    donations: by("donation", ({ programmeId }) => programmeId),
    countClaims: by("countClaim", ({ asserter, count }) => `${asserter}: ${count}`),
  };
}

/** What changed after the first answer about each terminal, one line each. */
function timeline(decisions: readonly LoggedDecision[]): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { atMs, subject, action, outcome, reasons } of decisions) {
    const first = action === "admission" && !seen.has(subject);
    seen.add(subject);
    if (!first)
      lines.push(
        `${new Date(atMs).toISOString().slice(0, 19)}Z ${subject} ${action} ${outcome} ${reasons[0] ?? ""}`.trim(),
      );
  }
  return lines;
}
