// SPDX-License-Identifier: MIT
import type { AreaRequest } from "../areas/area-request.ts";
import type { Book } from "../book.ts";
import type { Decision } from "../decision.ts";
import { dateOf } from "./notices.ts";

/** How many of what, by name; names in alphabetical order. */
export type Counts = { readonly [name: string]: number };

/** What became of the requests of one body. */
export interface RequestCounts {
  readonly received: number;
  readonly granted: number;
  readonly partial: number;
  readonly refused: number;
  /** Neither: under way, without the directive it needs, or withdrawn. */
  readonly other: number;
}

/** What the authority did in a span of time. Nobody is named but bodies that asked and did not ask in secret. */
export interface TransparencyReport {
  readonly fromMs: number;
  readonly toMs: number;
  readonly decisions: {
    readonly all: number;
    readonly byAction: Counts;
    /** Reason codes. Grounds that an officer put into words are counted as one: the words may name somebody. */
    readonly byGround: Counts;
    /** Finding, lawful order or policy, where a decision rests on one. */
    readonly byBasis: Counts;
    readonly byArea: Counts;
  };
  readonly restrictions: {
    /** Decisions that took something, with notice and without. */
    readonly noticed: number;
    readonly exempted: number;
  };
  readonly appeals: {
    readonly filed: number;
    readonly lifeCritical: number;
    readonly upheld: number;
    readonly reversed: number;
    /** Decided after they were due. */
    readonly late: number;
    /** Reversed among decided, 0 to 1; `null` where none was decided. */
    readonly overturnRate: number | null;
    /** From the appeal to the restoration; `null` where nothing was restored. */
    readonly medianRestoreMs: number | null;
  };
  /** By the body that asked, as it names itself; sealed ones are counted only. */
  readonly requests: {
    readonly all: RequestCounts;
    readonly byRequester: { readonly [requester: string]: RequestCounts };
    readonly sealed: number;
  };
  readonly breakGlass: { readonly used: number; readonly notJustified: number; readonly unreviewed: number };
  /** Appeals whose decision says that a restriction harmed civilians. */
  readonly civilianHarm: number;
  /** The same for people. */
  readonly sentences: readonly string[];
}

const inWords = "stated in words";
const unnamed = "a body that nobody named";

/**
 * What the authority did from `fromMs` until before `toMs`.
 *
 * @param decisions of the ledger, in any order; those outside the span are left out
 */
export function transparencyReport(
  book: Book,
  decisions: Iterable<Decision>,
  fromMs: number,
  toMs: number,
): TransparencyReport {
  const within = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const made = [...decisions].filter(({ atMs }) => within(atMs));
  const appeals = [...book.all("appeal")];
  const decided = appeals.flatMap(({ state, decision, atMs, dueMs }) =>
    decision !== null && within(decision.atMs)
      ? [
          {
            state,
            dueMs,
            tookMs: decision.atMs - atMs,
            atMs: decision.atMs,
            harm: decision.harmNote !== null,
          },
        ]
      : [],
  );
  const reversed = decided.filter(({ state }) => state === "reversed");
  const filed = appeals.filter(({ atMs }) => within(atMs));
  const requests = [...book.all("areaRequest")].filter(({ receivedMs }) => within(receivedMs));
  const open = requests.filter(({ sealed }) => !sealed);
  const glasses = [...book.all("breakGlass")].filter(({ atMs }) => within(atMs));
  const report = {
    fromMs,
    toMs,
    decisions: {
      all: made.length,
      byAction: countsOf(made.map(({ action }) => action)),
      byGround: countsOf(made.flatMap(({ reasons }) => reasons.map(groundOf))),
      byBasis: countsOf(made.flatMap(({ inputs }) => inputs["basisKind"] ?? [])),
      byArea: countsOf(made.flatMap(({ inputs }) => inputs["area"] ?? [])),
    },
    restrictions: {
      noticed: made.filter(({ noticeId }) => noticeId !== undefined).length,
      exempted: made.filter(({ exemption }) => exemption !== undefined).length,
    },
    appeals: {
      filed: filed.length,
      lifeCritical: filed.filter(({ lifeCritical }) => lifeCritical).length,
      upheld: decided.length - reversed.length,
      reversed: reversed.length,
      late: decided.filter(({ atMs, dueMs }) => atMs > dueMs).length,
      overturnRate: decided.length === 0 ? null : reversed.length / decided.length,
      medianRestoreMs: median(reversed.map(({ tookMs }) => tookMs)),
    },
    requests: {
      all: requestCounts(requests),
      byRequester: Object.fromEntries(
        [...Map.groupBy(open, ({ requester }) => requester ?? unnamed)]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([requester, list]) => [requester, requestCounts(list)]),
      ),
      sealed: requests.length - open.length,
    },
    breakGlass: {
      used: glasses.length,
      notJustified: glasses.filter(({ review }) => review?.verdict === "notJustified").length,
      unreviewed: glasses.filter(({ review }) => review === null).length,
    },
    civilianHarm: decided.filter(({ harm }) => harm).length,
  };
  return { ...report, sentences: sentencesOf(report) };
}

function sentencesOf(report: Omit<TransparencyReport, "sentences">): readonly string[] {
  const { decisions, restrictions, appeals, requests, breakGlass, civilianHarm } = report;
  const { all } = requests;
  const share = appeals.overturnRate === null ? "" : ` (${(appeals.overturnRate * 100).toFixed(1)} %)`;
  const restore =
    appeals.medianRestoreMs === null
      ? "Nothing was restored on appeal."
      : `From an appeal to the restoration it took ${(appeals.medianRestoreMs / 3_600_000).toFixed(1)} h in the median.`;
  return [
    `From ${dateOf(report.fromMs)} until before ${dateOf(report.toMs)} the authority made ${decisions.all} decisions.`,
    `${restrictions.noticed} of them took something away and told whom it concerned; ` +
      `${restrictions.exempted} did not tell yet, each with a reason on record.`,
    `${appeals.filed} appeals were filed, ${appeals.lifeCritical} where a life might depend on it. ` +
      `${appeals.upheld} decisions stood, ${appeals.reversed} were reversed${share}; ${appeals.late} were decided late.`,
    restore,
    `${all.received} requests and orders came in: ${all.granted} were granted, ${all.partial} in part, ` +
      `${all.refused} refused; ${requests.sealed} are sealed and only counted.`,
    `${breakGlass.used} times one person acted alone in an emergency; ${breakGlass.notJustified} times this was found ` +
      `not justified, and ${breakGlass.unreviewed} times nobody has reviewed it yet.`,
    `${civilianHarm} decided appeals say that civilians were harmed.`,
  ];
}

function requestCounts(requests: readonly AreaRequest[]): RequestCounts {
  const granted = requests.filter(request => request.granted.length >= asked(request) && asked(request) > 0);
  const partial = requests.filter(
    request => request.granted.length > 0 && request.granted.length < asked(request),
  );
  const refused = requests.filter(({ state }) => state === "refused");
  return {
    received: requests.length,
    granted: granted.length,
    partial: partial.length,
    refused: refused.length,
    other: requests.length - granted.length - partial.length - refused.length,
  };
}

function asked({ scope }: AreaRequest): number {
  switch (scope.kind) {
    case "area":
      return scope.areas.length;
    case "terminals":
      return scope.terminalIds.length;
    case "data":
      return scope.subjects.length;
  }
}

function groundOf(reason: string): string {
  return /^[A-Z][A-Z0-9_]*$/.test(reason) ? reason : inWords;
}

function countsOf(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
