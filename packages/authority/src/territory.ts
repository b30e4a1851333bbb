// SPDX-License-Identifier: MIT
import { HIGH_SEAS, type Place } from "@perigee/earth";

/**
 * What a value does to admission. `permits` is needed where the axis refuses by default, `denies` always wins,
 * `neutral` is on record and decides nothing.
 */
export type Effect = "permits" | "denies" | "neutral";

interface AxisRow {
  /** The question this axis answers, and no other axis does. */
  readonly question: string;
  /** What follows when nobody has asserted a value that permits or denies. */
  readonly silence: "denies" | "permits" | "decidesNothing";
  readonly values: { readonly [value: string]: { readonly effect: Effect; readonly sentence: string } };
}

/**
 * The five axes on which a territory has a status. They are separate on purpose: "not certified", "not sold",
 * "not switched on", "prohibited" and "not on the map" are five facts with five asserters, and any combination
 * of them can be true at once. Only licence, activation and legal regime decide admission.
 */
export const axes = {
  licence: {
    question: "Has the administration of this territory authorised terminals to transmit (ITU RR 18.1)?",
    silence: "denies",
    values: {
      granted: { effect: "permits", sentence: "The administration has authorised terminals." },
      notGranted: { effect: "denies", sentence: "The administration has not authorised terminals." },
      revoked: { effect: "denies", sentence: "An authorisation existed and was taken back." },
      unknown: {
        effect: "neutral",
        sentence: "The asserter does not know whether terminals are authorised.",
      },
    },
  },
  supply: {
    question: "May terminals lawfully be imported and sold here?",
    silence: "decidesNothing",
    values: {
      permitted: { effect: "neutral", sentence: "Terminals may be imported and sold." },
      notPermitted: {
        effect: "neutral",
        sentence: "Terminals may not be imported or sold; this does not say that none are in use.",
      },
      unknown: { effect: "neutral", sentence: "The asserter does not know whether supply is lawful." },
    },
  },
  activation: {
    question: "Has the operator switched service on here?",
    silence: "denies",
    values: {
      neverActive: { effect: "denies", sentence: "Service has never been switched on." },
      pending: { effect: "denies", sentence: "Switching on is decided and has not happened yet." },
      active: { effect: "permits", sentence: "Service is switched on." },
      restricted: { effect: "permits", sentence: "Service is switched on under rules of the area." },
      suspended: { effect: "denies", sentence: "Service was switched on and is interrupted." },
      withdrawn: { effect: "denies", sentence: "Service was switched on and has ended." },
    },
  },
  legalRegime: {
    question: "Does any law that binds the operator forbid service here?",
    silence: "permits",
    values: {
      unrestricted: { effect: "permits", sentence: "No law known to the asserter forbids service." },
      prohibited: { effect: "denies", sentence: "A law forbids the operator to provide service." },
      unknown: { effect: "neutral", sentence: "The asserter has not determined which law applies." },
    },
  },
  publishedCoverage: {
    question: "What does the published map show here?",
    silence: "decidesNothing",
    values: {
      shown: { effect: "neutral", sentence: "The published map shows service." },
      notShown: { effect: "neutral", sentence: "The published map shows no service." },
      inPart: { effect: "neutral", sentence: "The published map shows service in part." },
    },
  },
} as const satisfies { readonly [axis: string]: AxisRow };

export type Axis = keyof typeof axes;
/** The values an axis may take. */
export type AxisValue<A extends Axis> = keyof (typeof axes)[A]["values"] & string;
/** State of an area on the activation axis. */
export type AreaState = AxisValue<"activation">;

/** One assertion about one territory on one axis. */
export interface StatementOn<A extends Axis> {
  readonly id: string;
  readonly territory: string;
  readonly axis: A;
  readonly value: AxisValue<A>;
  /** Who says so. The code prefers no asserter to another. */
  readonly asserter: string;
  /** Where it is written down. */
  readonly source: string;
  /** Start of the interval in which it is true; UTC ms, included. */
  readonly validFromMs: number;
  /** End of that interval, excluded; `null` while open. */
  readonly validToMs: number | null;
  /** When it came to be on record; UTC ms, included. */
  readonly knownFromMs: number;
  /** When it was struck from the record, excluded; `null` while it stands. */
  readonly knownToMs: number | null;
}

/** A {@link StatementOn} whichever axis. */
export type Statement = { [A in Axis]: StatementOn<A> }[Axis];

/** Two times: the instant asked about, and the instant whose knowledge is used. */
export interface AsOf {
  readonly validAtMs: number;
  readonly knownAtMs: number;
}

/**
 * The territories whose rules apply at a place, own territory first, then its country under the boundary view.
 * Both apply, so that a rule for part of a country can only ever take service away. The high seas are a territory
 * of their own and need statements of their own.
 */
export function territoriesOf(place: Pick<Place, "territory" | "country" | "zone">): readonly string[] {
  if (place.zone === "highSea") return [HIGH_SEAS];
  if (place.country === null || place.country === place.territory) return [place.territory];
  return [place.territory, place.country];
}

/** Whether `atMs` lies in [fromMs, toMs), an open end being `null`. */
export function inInterval(atMs: number, fromMs: number, toMs: number | null): boolean {
  return fromMs <= atMs && (toMs === null || atMs < toMs);
}

/**
 * The statements about any of the territories that were true at `validAtMs` as known at `knownAtMs`, in an order
 * that depends on their content only (start of validity, then id).
 */
export function statementsAt(
  statements: Iterable<Statement>,
  territories: readonly string[],
  asOf: AsOf,
): readonly Statement[] {
  const found: Statement[] = [];
  for (const statement of statements) {
    if (
      territories.includes(statement.territory) &&
      inInterval(asOf.validAtMs, statement.validFromMs, statement.validToMs) &&
      inInterval(asOf.knownAtMs, statement.knownFromMs, statement.knownToMs)
    ) {
      found.push(statement);
    }
  }
  return found.sort(bySinceThenId);
}

function bySinceThenId(a: Statement, b: Statement): number {
  return a.validFromMs - b.validFromMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** What a statement does to admission, from {@link axes}. */
export function effectOf(statement: Statement): Effect {
  const row: AxisRow = axes[statement.axis];
  return row.values[statement.value]!.effect;
}

/** The verdict of one axis and the statements that carry it; none where silence decided. */
export interface AxisReading {
  readonly permits: boolean;
  readonly because: readonly Statement[];
}

/**
 * Reads one axis: any denying statement wins, whoever made the permitting ones; without either, silence decides.
 *
 * @param statements those in force at the place, from {@link statementsAt}
 */
export function readAxis(statements: readonly Statement[], axis: Axis): AxisReading {
  const onAxis = statements.filter(statement => statement.axis === axis);
  const denying = onAxis.filter(statement => effectOf(statement) === "denies");
  if (denying.length > 0) return { permits: false, because: denying };
  const permitting = onAxis.filter(statement => effectOf(statement) === "permits");
  return { permits: permitting.length > 0 || axes[axis].silence !== "denies", because: permitting };
}
