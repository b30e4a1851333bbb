// SPDX-License-Identifier: MIT
import {
  effectOf,
  inInterval,
  movesOf,
  type PublishedState,
  resellersOf,
  type Statement,
} from "@perigee/authority";
import type { CaseBook } from "../records.ts";

/** What the operator's own statements are about, as far as its records can answer; one question each. */
export const ownPredicates = {
  activeIn: "Is service switched on there?",
  everActiveIn: "Was service ever switched on there, before the interval's end?",
  certifiedIn: "Are terminals authorised to transmit there?",
  suppliedTo: "May terminals lawfully be imported and sold there?",
  coveredByMap: "Does the published map show service there?",
  resellerIn: "Is anybody authorised to sell there?",
  shippedTo: "Was any terminal on record sold or sent there?",
} as const;

export type OwnPredicate = keyof typeof ownPredicates;

/** Something that the operator said in public, as a proposition. "Not active in X" is `activeIn`, X, `holds: false`. */
export interface OwnStatement {
  readonly id: string;
  readonly text: string;
  readonly predicate: OwnPredicate;
  /** Territory, country or area of the operator, by id. */
  readonly area: string;
  /** A town or district that it is limited to; for resellers. */
  readonly locality?: string | null;
  /** Whether it says that it is so, or that it is not. */
  readonly holds: boolean;
  /** The time that it speaks of, half-open; UTC ms. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a statement is held against, beside the book. */
export interface StatementSources {
  /** The name under which the operator speaks in its records. */
  readonly operator: string;
  /** As known at this instant; UTC ms. */
  readonly knownAtMs: number;
  /** What the published map shows of every cell of the area; absent: not looked at. */
  readonly map?: readonly { readonly cell: string; readonly state: PublishedState }[];
  /** Terminals that had a link in cells wholly inside the area in the interval, and slots of it; absent: not looked at. */
  readonly served?: { readonly terminals: number; readonly slots: number };
}

/** What one source says of a statement. `silent`: it has nothing to say, which is no agreement. */
export interface StatementCheck {
  readonly against: "ledger" | "map" | "service" | "registry";
  readonly result: "agrees" | "contradicts" | "inPart" | "silent";
  readonly text: string;
  /** Records that say so, by id. */
  readonly records: readonly string[];
}

export interface StatementTest {
  readonly statement: OwnStatement;
  /** `open` where no source has anything to say: an area on which the records are silent is not one where all is well. */
  readonly verdict: "holds" | "contradicted" | "inPart" | "open";
  readonly checks: readonly StatementCheck[];
}

/**
 * Holds a public statement of the operator against its ledger, its map, its service and its registers. The axes stay
 * apart: that nothing is sold somewhere is not tested by whether service is switched on there.
 */
export function testStatement(
  book: CaseBook,
  statement: OwnStatement,
  sources: StatementSources,
): StatementTest {
  const checks = checksOf(book, statement, sources);
  const results = new Set(checks.map(({ result }) => result));
  const verdict = results.has("contradicts")
    ? "contradicted"
    : results.has("inPart")
      ? "inPart"
      : results.has("agrees")
        ? "holds"
        : "open";
  return { statement, verdict, checks };
}

function checksOf(
  book: CaseBook,
  statement: OwnStatement,
  sources: StatementSources,
): readonly StatementCheck[] {
  switch (statement.predicate) {
    case "activeIn":
      return [onLedger(book, statement, sources), onMap(statement, sources), inService(statement, sources)];
    case "everActiveIn":
      return [onLedger(book, { ...statement, fromMs: Number.NEGATIVE_INFINITY }, sources)];
    case "certifiedIn":
      return [onAxis(book, statement, sources, "licence", ["granted"], ["notGranted", "revoked"])];
    case "suppliedTo":
      return [onAxis(book, statement, sources, "supply", ["permitted"], ["notPermitted"])];
    case "coveredByMap":
      return [onMap(statement, sources)];
    case "resellerIn":
      return [onResellers(book, statement)];
    case "shippedTo":
      return [onCustody(book, statement)];
  }
}

function checked(
  against: StatementCheck["against"],
  statement: OwnStatement,
  shows: boolean | null,
  text: string,
  records: readonly string[] = [],
): StatementCheck {
  const result = shows === null ? "silent" : shows === statement.holds ? "agrees" : "contradicts";
  return { against, result, text, records };
}

/** Whether the area was on at any instant of the interval, by its moves and by what the operator says of activation. */
function onLedger(book: CaseBook, statement: OwnStatement, sources: StatementSources): StatementCheck {
  const { area, fromMs, toMs, holds } = statement;
  const { operator, knownAtMs } = sources;
  const on: string[] = [];
  const off: string[] = [];
  const moves = movesOf(book, area).filter(({ atMs }) => atMs <= knownAtMs);
  const said = book
    .about("statement", area)
    .filter(({ axis, asserter }) => axis === "activation" && asserter === operator)
    .filter(({ knownFromMs, knownToMs }) => inInterval(knownAtMs, knownFromMs, knownToMs));
  for (const [i, { id, atMs, to }] of moves.entries()) {
    const untilMs = moves[i + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (atMs < toMs && fromMs < untilMs) (to === "active" || to === "restricted" ? on : off).push(id);
  }
  const firstMoveMs = moves[0]?.atMs ?? Number.POSITIVE_INFINITY;
  for (const each of said) {
    // After the first move the moves speak; what is said then is written by them.
    const untilMs = Math.min(each.validToMs ?? Number.POSITIVE_INFINITY, firstMoveMs);
    if (each.validFromMs < toMs && fromMs < untilMs && each.validFromMs < untilMs) {
      (effectOf(each) === "permits" ? on : off).push(each.id);
    }
  }
  if (on.length === 0 && off.length === 0) {
    return checked("ledger", statement, null, `The ledger has nothing about ${area} in that time.`);
  }
  if (on.length > 0 && off.length > 0 && holds) {
    return {
      ...{ against: "ledger", result: "inPart", records: [...on, ...off] },
      text: `By the ledger ${area} was on for a part of that time.`,
    };
  }
  const text =
    on.length > 0
      ? `By the ledger ${area} was on in that time.`
      : `By the ledger ${area} was not on in that time.`;
  return checked("ledger", statement, on.length > 0, text, on.length > 0 ? on : off);
}

/** The published map is a projection of the rules: where it shows service, an ordinary terminal has it. */
function onMap(statement: OwnStatement, { map }: StatementSources): StatementCheck {
  if (map === undefined || map.length === 0)
    return checked("map", statement, null, "The map was not looked at.");
  const count = (state: PublishedState["state"]): number =>
    map.filter(cell => cell.state.state === state).length;
  const served = count("served");
  const inPart = count("inPart");
  const hidden = count("notPublished");
  const text = `The map shows service in ${served} of ${map.length} cells, in part in ${inPart}${hidden === 0 ? "" : `, and nothing yet in ${hidden}`}.`;
  const cells = map
    .filter(({ state }) => state.state === "served" || state.state === "inPart")
    .map(({ cell }) => cell);
  if (served + inPart === 0) {
    return checked("map", statement, hidden === map.length ? null : false, text);
  }
  if (served === map.length) return checked("map", statement, true, text, cells.slice(0, 100));
  // Served whole cells contradict a denial; cells that are served in part may lie across the area's edge.
  if (!statement.holds && served > 0) return checked("map", statement, true, text, cells.slice(0, 100));
  return { against: "map", result: "inPart", text, records: cells.slice(0, 100) };
}

/** What happened in fact: "service will not work there" is tested by whether it did. */
function inService(statement: OwnStatement, { served }: StatementSources): StatementCheck {
  if (served === undefined) return checked("service", statement, null, "The telemetry was not looked at.");
  const { terminals, slots } = served;
  if (slots === 0) {
    // Nobody there is no proof that nobody could be.
    return statement.holds
      ? checked("service", statement, null, "No terminal had a link there; nobody may have been there.")
      : checked("service", statement, false, "No terminal had a link there.");
  }
  return checked("service", statement, true, `${terminals} terminals had a link there, in ${slots} slots.`);
}

function onAxis(
  book: CaseBook,
  statement: OwnStatement,
  { knownAtMs }: StatementSources,
  axis: Statement["axis"],
  yes: readonly string[],
  no: readonly string[],
): StatementCheck {
  const { area, fromMs, toMs } = statement;
  const inTime = book
    .about("statement", area)
    .filter(each => each.axis === axis && inInterval(knownAtMs, each.knownFromMs, each.knownToMs))
    .filter(({ validFromMs, validToMs }) => validFromMs < toMs && (validToMs === null || fromMs < validToMs));
  const forIt = inTime.filter(({ value }) => yes.includes(value));
  const against = inTime.filter(({ value }) => no.includes(value));
  const words = inTime.map(({ asserter, value }) => `${asserter}: ${value}`).join("; ");
  if (forIt.length === 0 && against.length === 0) {
    return checked(
      "ledger",
      statement,
      null,
      `Nobody says on record what holds for ${area} on the axis ${axis}.`,
    );
  }
  const records = [...forIt, ...against].map(({ id }) => id);
  if (forIt.length > 0 && against.length > 0) {
    return { against: "ledger", result: "inPart", text: `What is on record differs: ${words}.`, records };
  }
  return checked("ledger", statement, forIt.length > 0, `On record: ${words}.`, records);
}

function onResellers(book: CaseBook, statement: OwnStatement): StatementCheck {
  const { area, fromMs, toMs, locality = null } = statement;
  const { statements } = resellersOf(book, area, locality, Math.max(fromMs, toMs - 1));
  const authorised = statements.filter(said => said.authorised);
  const denied = statements.filter(said => !said.authorised);
  if (statements.length === 0)
    return checked("registry", statement, null, `Nothing is on record about selling in ${area}.`);
  const words = statements.map(
    said => `${said.asserter}: ${said.party ?? "nobody"} ${said.authorised ? "is" : "is not"} authorised`,
  );
  const records = statements.map(({ id }) => id);
  const text = `On record: ${words.slice(0, 5).join("; ")}.`;
  if (authorised.length > 0 && denied.some(({ party }) => party === null)) {
    return { against: "registry", result: "inPart", text, records };
  }
  // That one party is not authorised does not say that nobody is.
  if (authorised.length === 0 && !denied.some(({ party }) => party === null)) {
    return checked("registry", statement, null, text, records);
  }
  return checked("registry", statement, authorised.length > 0, text, records);
}

function onCustody(book: CaseBook, statement: OwnStatement): StatementCheck {
  const { area, fromMs, toMs } = statement;
  const there = [...book.all("custody")].filter(
    ({ step, country, atMs }) =>
      (step === "sale" || step === "shipment") && country === area && fromMs <= atMs && atMs < toMs,
  );
  if (there.length > 0) {
    const records = there.slice(0, 100).map(({ id }) => id);
    return checked(
      "registry",
      statement,
      true,
      `${there.length} terminals were sold or sent to ${area} by the papers on record.`,
      records,
    );
  }
  return checked(
    "registry",
    statement,
    false,
    `No paper on record shows a terminal sold or sent to ${area}; others' papers are not on record.`,
  );
}
