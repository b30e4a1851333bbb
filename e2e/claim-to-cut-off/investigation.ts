// SPDX-License-Identifier: MIT
// The investigator's procedure, step by step, by the public interfaces of casework, locate and the authority. It has the
// records, what the network hears and measures, and what others saw; it has no other way to the field.
import { type CloneAlarm, contentHash } from "@perigee/authority";
import {
  type CaseCandidate,
  type CellGeometry,
  caseSignalOf,
  detect,
  type FoundCandidate,
  locationRowOf,
  membersOf,
  nothingSeen,
  type Observations,
  type Recommendation,
  recommendOrders,
  type Signal,
  searchCandidates,
} from "@perigee/casework";
import { cellAt, cellBoundary, cellCentre, distanceKm } from "@perigee/earth";
import type { IntakeReport } from "@perigee/intake";
import { occupiedRing, type Spot } from "./area.ts";
import { dayMs, hourMs, startMs } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import type { Field } from "./field.ts";
import { type Weighed, weigh } from "./findings.ts";
import { type Proof, prove, watchForCopies } from "./identity.ts";
import { type Located, measurePair } from "./rounds.ts";
import type { Service } from "./service.ts";
import type { Sighting } from "./sighting.ts";
import { staff } from "./staff.ts";

const { investigator, approver, otherApprover } = staff;
const cellId = (cell: string): bigint => BigInt(`0x${cell}`);
const cellText = (cell: bigint): string => cell.toString(16);
/** How far around a place that a claim names somebody is looked for. */
const aroundPlaceKm = 15;

const geometry: CellGeometry = {
  distanceKm: (a, b) => distanceKm(cellCentre(cellText(a)), cellCentre(cellText(b))),
  reachKm(cell) {
    const centre = cellCentre(cellText(cell));
    return Math.max(...cellBoundary(cellText(cell)).map(corner => distanceKm(centre, corner)));
  },
};

/** When each step of the story happens; UTC ms. */
export const schedule = {
  reported: startMs + 10 * hourMs,
  acknowledged: startMs + 10.3 * hourMs,
  triaged: startMs + 11 * hourMs,
  found: startMs + 14 * hourMs,
  ordered: startMs + 14.5 * hourMs,
} as const;

/** When pairs of location rounds begin: at hours when some are off, and under another sky for each fifth seed. */
export function roundsOf(seed: number): readonly number[] {
  return [12, 12.5, 13, 13.5].map(hours => startMs + hours * hourMs + (seed % 5) * 225_000);
}

/** What an investigation has come to so far. */
export interface Investigation {
  readonly caseId: string;
  /** When its pairs of rounds began. */
  readonly rounds: readonly number[];
  readonly search: { readonly candidates: readonly FoundCandidate[]; readonly sites: readonly string[] };
  /** Pairs of rounds by terminal; of copied identities none. */
  readonly located: ReadonlyMap<string, readonly Located[]>;
  readonly alarms: readonly CloneAlarm[];
}

/** Way in: a report that names its documents, acknowledged and triaged in time, with its claims and routes in the case. */
export function openCase(desk: Desk, report: IntakeReport): string {
  desk.atMs = schedule.reported;
  const { documents, claims, supply } = membersOf(report);
  const handedIn = desk.do(investigator, "case.report", {
    ...{ title: "Use behind the line", kind: "use", reporter: "press", protection: "open", documents },
    personal: { summary: "Reports say that terminals are used behind the line." },
  });
  const caseId = handedIn.decisions[0]!.subject;
  desk.atMs = schedule.acknowledged;
  for (const { id } of desk.book.about("caseReport", caseId))
    desk.do(investigator, "case.acknowledge", { reportId: id });
  desk.atMs = schedule.triaged;
  const title = "Use of terminals behind the line";
  const why = "It names an area, and what can be measured there";
  desk.do(investigator, "case.triage", { caseId, kind: "use", title, safety: "none", reason: why });
  desk.do(investigator, "case.investigate", { caseId, reason: why });
  desk.do(investigator, "case.add", { caseId, claims, supply });
  return caseId;
}

/** Who it may be about: by area and time, by number, by pattern. Protected sites come first. */
export function gatherCandidates(
  desk: Desk,
  field: Field,
  caseId: string,
  report: IntakeReport,
  sightings: readonly Sighting[],
): Investigation["search"] {
  const { visits, countryDays } = field.history(desk.atMs);
  const places = report.places.flatMap(({ pin, of }) => (pin === null || of !== "event" ? [] : [pin]));
  const cells = cellsOf(places);
  const numbers = [...new Set(sightings.map(({ number }) => number))];
  const lastCells = field.heardAt(desk.atMs).map(({ terminalId, cell }) => ({ terminalId, cell }));
  const area = { cells, fromMs: startMs - 11 * dayMs, untilMs: desk.atMs };
  const found = searchCandidates(desk.book, { area, numbers }, { visits, lastCells, atMs: desk.atMs });
  const signals = signalsOf(desk, { visits, countryDays, listings: offersIn(sightings) });
  const byPattern = [...new Set(signals.flatMap(({ terminals }) => terminals))].filter(
    id => !found.candidates.some(({ terminalId }) => terminalId === id),
  );
  const candidates = [
    ...found.candidates.map(({ terminalId, matches }) => ({ terminalId, ...matches[0]! })),
    ...byPattern.map(
      (terminalId): Pick<CaseCandidate, "terminalId" | "by" | "why"> => ({
        ...{ terminalId, by: "pattern" },
        why: signals.find(({ terminals }) => terminals.includes(terminalId))!.text.slice(0, 500),
      }),
    ),
  ];
  desk.do(investigator, "case.add", { caseId, candidates, signals: signals.map(caseSignalOf) });
  return { candidates: found.candidates, sites: found.protectedSites.map(({ id }) => id) };
}

/** Location rounds for every candidate that is heard, and ears open for two devices under one name. */
export function measureCandidates(
  desk: Desk,
  field: Field,
  service: Service,
  caseId: string,
  rounds: readonly number[],
): Pick<Investigation, "located" | "alarms"> {
  const candidates = new Set(desk.book.get("case", caseId)!.candidates.map(({ terminalId }) => terminalId));
  const located = new Map<string, Located[]>();
  const alarms: CloneAlarm[] = [];
  for (const fromMs of rounds) {
    desk.atMs = fromMs;
    alarms.push(...watchForCopies(field, fromMs, 4));
    const copied = new Set(alarms.map(({ terminalId }) => terminalId));
    const wanted = field
      .heardAt(fromMs)
      .filter(({ terminalId }) => candidates.has(terminalId) && !copied.has(terminalId));
    const pairs = measurePair(field, desk, new Set(wanted.map(({ deviceId }) => deviceId)), fromMs);
    for (const pair of pairs.values()) {
      const { terminalId } = pair.evidence;
      located.set(terminalId, [...(located.get(terminalId) ?? []), pair]);
      service.verdicts.set(terminalId, pair.verdict);
    }
  }
  desk.atMs = schedule.found;
  const locations = [...located.values()].flat().map(({ evidence }) => locationRowOf(evidence));
  const signals = signalsOf(desk, { locations, cloneAlarms: alarms }).slice(0, 1_000);
  desk.do(investigator, "case.add", { caseId, signals: signals.map(caseSignalOf) });
  return { located, alarms };
}

/** What was found about a candidate. */
export interface Recorded extends Weighed {
  readonly terminalId: string;
  readonly findingId: string;
}

/** Findings about those about whom there is anything. What each rests on is evidence in the case, by its hash. */
export function recordFindings(
  desk: Desk,
  field: Field,
  { caseId, search, located, alarms, rounds }: Investigation,
  sightings: readonly Sighting[],
): readonly Recorded[] {
  const copied = new Set(alarms.map(({ terminalId }) => terminalId));
  const foundBy = new Map(search.candidates.map(found => [found.terminalId, found]));
  const numbersOf = Map.groupBy(sightings, ({ number }) => number);
  const recorded: Recorded[] = [];
  for (const { terminalId } of desk.book.get("case", caseId)!.candidates) {
    if (copied.has(terminalId)) continue;
    const own = located.get(terminalId) ?? [];
    const { kitNumber } = desk.book.get("terminal", terminalId)!;
    const shown = numbersOf.get(kitNumber ?? "") ?? [];
    const proof = own.some(({ finding }) => finding.verdict === "inconsistent")
      ? proofOf(desk, field, terminalId, rounds)
      : null;
    const sites = desk.book.about("protectedSite", terminalId);
    const mitigations = foundBy.get(terminalId)?.mitigations ?? [];
    const weighed = weigh({
      ...{ terminalId, located: own, sightings: shown, mitigations, proof },
      servesProtectedSite: sites.some(({ terminalIds }) => terminalIds.includes(terminalId)),
    });
    if (weighed === null) continue;
    const findingId = recordOne(desk, caseId, terminalId, weighed, { located: own, shown, proof });
    recorded.push({ terminalId, findingId, ...weighed });
  }
  return recorded;
}

function recordOne(
  desk: Desk,
  caseId: string,
  terminalId: string,
  { verdict, rests, binding, why }: Weighed,
  {
    located,
    shown,
    proof,
  }: {
    readonly located: readonly Located[];
    readonly shown: readonly Sighting[];
    readonly proof: Proof | null;
  },
): string {
  const enter = (title: string, bytes: string, from: "ownRecord" | "public"): string =>
    desk.addEvidence(investigator, caseId, title, bytes, from);
  const measured = located.map(({ evidence }) =>
    enter(`Location rounds of ${terminalId}`, JSON.stringify(evidence), "ownRecord"),
  );
  const seen = shown.map(sighting =>
    enter(`${sighting.kind} ${sighting.id}`, JSON.stringify(sighting), "public"),
  );
  const trace = proof === null ? null : enter(`Proof of ${terminalId}`, JSON.stringify(proof), "ownRecord");
  const tie = binding === "network trace" ? trace : (seen[0] ?? null);
  const evidence = [...new Set(rests === "measurement" ? [...measured, ...seen] : seen)];
  const origins = [...new Set(shown.map(({ origin }) => `origin-${contentHash(origin).slice(0, 12)}`))];
  const ruling = desk.do(investigator, "finding.record", {
    ...{ caseId, terminalId, verdict, summary: why },
    basis:
      rests === "measurement" ? { kind: "firstParty", evidence } : { kind: "origins", origins, evidence },
    identityBinding: binding === null || tie === null ? null : { kind: binding, evidence: tie },
  });
  return ruling.changes[0]!.id;
}

/** The conclusion, and what is then recommended about each candidate. */
export function conclude(
  desk: Desk,
  caseId: string,
  recorded: readonly Recorded[],
): readonly Recommendation[] {
  const confirmed = recorded.filter(({ verdict }) => verdict === "confirmed").length;
  const verdict = confirmed > 0 ? "confirmed" : "inconclusive";
  const summary = `${confirmed} terminals are used behind the line; about ${recorded.length - confirmed} it is not shown.`;
  desk.do(investigator, "case.conclude", { caseId, verdict, summary });
  const sitesSeen = [...desk.book.all("protectedSite")].map(({ id }) => id);
  return recommendOrders(desk.book, desk.book.get("case", caseId)!, desk.atMs, { sitesSeen });
}

/** Orders where a deactivation is recommended and nothing is missing: proposed by one, approved by two others. */
export function orderDeactivations(
  desk: Desk,
  caseId: string,
  recommendations: readonly Recommendation[],
): ReadonlyMap<string, string> {
  desk.atMs = schedule.ordered;
  const orders = new Map<string, string>();
  for (const { terminalId, measures, recommended } of recommendations) {
    if (recommended !== "deactivate") continue;
    const { command } = measures.find(({ measure }) => measure === "deactivate")!;
    const reason = `The finding of ${caseId} is tied to this terminal`;
    const { name, request } = command!;
    const ruling = desk.approved(investigator, [approver, otherApprover], name, request, reason);
    const order = ruling.changes.find(({ kind }) => kind === "order")!;
    orders.set(terminalId, order.id);
  }
  if (orders.size > 0) {
    desk.do(investigator, "case.noteOrders", { caseId, orderIds: [...orders.values()] });
    desk.do(investigator, "case.follow", { caseId });
  }
  return orders;
}

/** Asks a terminal to prove itself where it was last heard while it was measured. */
function proofOf(desk: Desk, field: Field, terminalId: string, rounds: readonly number[]): Proof | null {
  for (const atMs of rounds.toReversed()) {
    const heard = field.heardAt(atMs).find(device => device.terminalId === terminalId);
    if (heard !== undefined) return prove(desk, field, heard, atMs);
  }
  return null;
}

function signalsOf(desk: Desk, seen: Partial<Observations>): readonly Signal[] {
  return detect(desk.book, { ...nothingSeen, ...seen }, geometry, desk.atMs);
}

function offersIn(sightings: readonly Sighting[]): Observations["listings"] {
  return sightings
    .filter(({ kind }) => kind === "offer")
    .map(({ id, text, seenMs }) => ({ id, text, seenMs }));
}

/** Cells behind the line as it is drawn, and around the places that the claims name. */
function cellsOf(places: readonly Spot[]): readonly bigint[] {
  const cells = new Set<string>();
  const [west, east] = [
    Math.min(...occupiedRing.map(([lon]) => lon)),
    Math.max(...occupiedRing.map(([lon]) => lon)),
  ];
  for (let latDeg = 48.3; latDeg <= 48.85; latDeg += 0.03)
    for (let lonDeg = west; lonDeg <= east; lonDeg += 0.04) cells.add(cellAt(latDeg, lonDeg));
  for (const place of places) {
    // A place that stands for a country or a region is no place to look around.
    if (distanceKm(place, { latDeg: 48.6, lonDeg: 38 }) > 60) continue;
    for (let north = -aroundPlaceKm; north <= aroundPlaceKm; north += 4)
      for (let eastKm = -aroundPlaceKm; eastKm <= aroundPlaceKm; eastKm += 4)
        if (Math.hypot(north, eastKm) <= aroundPlaceKm)
          cells.add(cellAt(place.latDeg + north / 111.2, place.lonDeg + eastKm / 73.5));
  }
  return [...cells].map(cellId);
}
