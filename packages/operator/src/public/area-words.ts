// SPDX-License-Identifier: MIT
// Areas in the shapes of the HTTP contract: instants as ISO 8601, codes with the sentences that explain them.
import {
  type AreaMove,
  type AreaStatus,
  type AsOf,
  areaTransition,
  axes,
  type Book,
  effectOf,
  type FirstActive,
  firstActive,
  movesOf,
  type Policy,
  type PublishedRequest,
  publishedRequest,
  type Statement,
  statementsAt,
  versionsOf,
} from "@perigee/authority";
import { HIGH_SEAS, territoryById } from "@perigee/earth";
import type * as contract from "../contract.ts";
import { territoryName } from "../territory-names.ts";

export const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));

/** What an id of an area names; `null` where it names nothing. */
export function areaKind(book: Book, area: string): contract.AreaStatus["kind"] | null {
  if (area === HIGH_SEAS) return "highSeas";
  if (book.get("operatorArea", area) !== undefined) return "operatorArea";
  if (territoryById(area) !== undefined) return "territory";
  // A country that no territory is named after, and what a statement has been made about all the same.
  return book.about("statement", area).length > 0 ? "territory" : null;
}

export function areaName(book: Book, area: string): string {
  const name = book.get("operatorArea", area)?.title ?? territoryName(area);
  return name === area ? (countryName(area) ?? area) : name;
}

const countries = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** A country that is several territories has a code of its own and no territory of that name. */
const countryName = (code: string): string | undefined =>
  /^[A-Z]{2}$/.test(code) ? countries.of(code) : undefined;

export function statementView(statement: Statement): contract.StatementView {
  const { id, territory, axis, value, asserter, source } = statement;
  const values: { readonly [value: string]: { readonly sentence: string } } = axes[axis].values;
  return {
    ...{ id, territory, axis, value, asserter, source },
    sentence: values[value]!.sentence,
    effect: effectOf(statement),
    validFrom: iso(statement.validFromMs),
    validTo: isoOrNull(statement.validToMs),
    knownFrom: iso(statement.knownFromMs),
    knownTo: isoOrNull(statement.knownToMs),
  };
}

/** The two instants of a question; what is left out is now, and nothing is asked about what came after it was known. */
export function asOf(
  { validAt, knownAt }: { readonly validAt?: string | undefined; readonly knownAt?: string | undefined },
  nowMs: number,
): AsOf {
  const knownAtMs = knownAt === undefined ? nowMs : Date.parse(knownAt);
  return { validAtMs: validAt === undefined ? Math.min(nowMs, knownAtMs) : Date.parse(validAt), knownAtMs };
}

/** Every statement in force, by the name of its territory. What is sealed only for those who may see it. */
export function statementsInForce(
  { book, policy }: { readonly book: Book; readonly policy: Pick<Policy, "statements"> },
  when: AsOf,
  withSealed: boolean,
): contract.AreaStatement[] {
  const statements = withSealed ? policy.statements : [...book.all("statement")];
  const territories = [...new Set(statements.map(({ territory }) => territory))].sort();
  return statementsAt(statements, territories, when)
    .map(({ id, territory, axis, value, asserter, source, validFromMs, validToMs }) => ({
      ...{ id, territory, axis, value, asserter, source },
      territoryName: areaName(book, territory),
      validFrom: iso(validFromMs),
      validTo: isoOrNull(validToMs),
    }))
    .sort((a, b) => a.territoryName.localeCompare(b.territoryName, "en"));
}

/** The five axes of an area, each statement with what it said before. */
export function areaStatusView(
  book: Book,
  kind: contract.AreaStatus["kind"],
  { area, asOf, axes: read }: AreaStatus,
): contract.AreaStatus {
  return {
    area,
    name: areaName(book, area),
    kind,
    validAt: iso(asOf.validAtMs),
    knownAt: iso(asOf.knownAtMs),
    axes: Object.values(read).map(({ axis, question, accounts, verdict, conflicts }) => ({
      axis,
      question,
      statements: accounts.map(({ statement }) => ({
        ...statementView(statement),
        versions: versionsBefore(book, statement).map(statementView),
      })),
      verdict: { ...verdict, because: [...verdict.because] },
      conflicts: conflicts.map(([one, other]) => [one, other]),
    })),
  };
}

/** What the same statement said before this version of it. */
function versionsBefore(book: Book, statement: Statement): readonly Statement[] {
  return versionsOf(book, statement.id).filter(({ knownFromMs }) => knownFromMs < statement.knownFromMs);
}

type Event = contract.AreaHistory["events"][number] & { readonly atMs: number };

/**
 * Everything on record about an area in the order in which it came to be on record.
 *
 * @param operator the name under which the operator speaks
 * @param showSealed whether whoever asks may see what is sealed
 */
export function areaHistoryView(
  book: Book,
  area: string,
  operator: string,
  atMs: number,
  showSealed: boolean,
): contract.AreaHistory {
  const requests = [...book.all("areaRequest")]
    .filter(({ scope }) => scope.kind === "area" && scope.areas.includes(area))
    .flatMap(request => requestEvents(showSealed ? request : publishedRequest(request)));
  const events = [
    ...movesOf(book, area).map(moveEvent),
    ...book.about("statement", area).flatMap(statementEvents),
    ...requests,
  ].sort((a, b) => a.atMs - b.atMs || (a.record.id < b.record.id ? -1 : 1));
  return {
    area,
    name: areaName(book, area),
    firstActive: firstActiveView(firstActive(book, area, operator, atMs)),
    events: events.map(({ atMs: _, ...event }) => event),
  };
}

function firstActiveView(found: FirstActive | null): contract.AreaHistory["firstActive"] {
  if (found === null) return null;
  return { since: iso(found.sinceMs), asserter: found.asserter, record: found.record.id };
}

function moveEvent({ id, event, from, to, atMs, asserter, source }: AreaMove): Event {
  const step = areaTransition(from, event);
  const sentence = step.ok ? step.value.sentence : "";
  return {
    atMs,
    at: iso(atMs),
    kind: "move",
    text: `${from} → ${to}. ${sentence}`.trim(),
    by: asserter,
    source,
    record: { kind: "areaMove", id },
  };
}

/** A statement comes to be on record, and may be struck from it. */
function statementEvents(statement: Statement): Event[] {
  const { id, axis, value, asserter, source, knownFromMs, knownToMs } = statement;
  const said = { by: asserter, source, record: { kind: "statement", id } };
  const span = `true from ${day(statement.validFromMs)}${statement.validToMs === null ? "" : ` to ${day(statement.validToMs)}`}`;
  const text = `${axis}: ${value}, ${span}.`;
  const events: Event[] = [{ atMs: knownFromMs, at: iso(knownFromMs), kind: "stated", text, ...said }];
  if (knownToMs !== null) {
    const gone = `${axis}: ${value} no longer stands; what was said stays on record.`;
    events.push({ atMs: knownToMs, at: iso(knownToMs), kind: "struck", text: gone, ...said });
  }
  return events;
}

function requestEvents(request: PublishedRequest): Event[] {
  const record = { kind: "areaRequest", id: request.id };
  const at = { atMs: request.receivedMs, at: iso(request.receivedMs) };
  if (!("state" in request)) {
    const text = "A request was received that is not published yet.";
    return [{ ...at, kind: "request", text, by: "not published", source: null, record }];
  }
  const by = request.requester ?? "a body that nobody named";
  const what = request.kind === "lawfulOrder" ? "A lawful order" : "A request";
  const source = request.legalBasis ?? request.jurisdiction;
  const arrived = `${what} to ${request.scope.wants} was received; now ${request.state}.`;
  return [
    { ...at, kind: "request", text: arrived, by, source, record },
    ...request.reasons.map(({ atMs, by: reasoner, text, directiveOf }) => ({
      atMs,
      at: iso(atMs),
      kind: "request" as const,
      text: `Reason given: ${text}${directiveOf === null ? "" : ` It would need an order of ${directiveOf}.`}`,
      by: reasoner,
      source: null,
      record,
    })),
  ];
}

const day = (atMs: number): string => iso(atMs).slice(0, 10);
