// SPDX-License-Identifier: MIT
// What a set of documents comes to: entities, places, numbers, propositions, origins, conflicts, gaps and routes.
import type { Credit, DatedOn, Passage, Statement, TextRange } from "./model.ts";

/** A stretch of one document. */
export interface DocumentRange extends TextRange {
  readonly documentId: string;
}

/** Somebody or something that acts or is said to act: a person, an organ of state, a firm, a force, a kind of people. */
export interface Entity {
  /** From the table of names, or made of the name: `ua:military-intelligence`, `person:maren-ostby`. */
  readonly id: string;
  /** The fullest form found, or the table's. */
  readonly name: string;
  readonly kind:
    | "person"
    | "organisation"
    | "government"
    | "force"
    | "unit"
    | "outlet"
    | "dealer"
    | "unnamed";
  /** ISO 3166-1 alpha-2 of the state it belongs to, where the table or the words say so. */
  readonly country: string | null;
  /** Whom it speaks for, heads or belongs to, by the documents' words or the table. */
  readonly partOf: string | null;
  /** Every form met, as written, in order of first appearance: the sources' own wording is data. */
  readonly forms: readonly string[];
  /** Role by document, as written there. */
  readonly roles: readonly {
    readonly documentId: string;
    readonly role: string;
    readonly on: DatedOn | null;
  }[];
}

/** A point of a gazetteer, a region or a country. */
export interface PlacePin {
  /** `geo:<name>@<lat>,<lon>`, `region:…`, `country:UA`, `sea:…` */
  readonly id: string;
  readonly name: string;
  readonly kind: "town" | "region" | "country" | "sea";
  /** ISO 3166-1 alpha-2 as the gazetteer has it; `null` at sea. A gazetteer's word, not this product's. */
  readonly country: string | null;
  /** WGS84 geodetic degrees. Of a region, a country or a sea: a point to label it by. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** About how far the place reaches from its point; 0: a point. */
  readonly reachKm: number;
  readonly source: string;
}

/** A place named in a document. */
export interface PlaceMention extends DocumentRange {
  readonly words: string;
  /** `located`: one pin. `ambiguous`: several could be meant, or none that is known fits; never a guess. */
  readonly status: "located" | "ambiguous";
  readonly pin: PlacePin | null;
  /** What could be meant, nearest to the context first; at most eight. */
  readonly candidates: readonly PlacePin[];
  /** Whether it is where the report was filed, or the subject of a picture: no place of the event. */
  readonly of: "event" | "dateline" | "caption";
  readonly why: string;
}

/** A number with its unit or what it counts. */
export interface NumberMention extends DocumentRange {
  readonly words: string;
  readonly value: number;
  readonly approximate: boolean;
  /** `ordinal`, `currency`, `share` or what is counted, as written. */
  readonly kind: "count" | "ordinal" | "money" | "percent" | "measure";
  readonly of: string | null;
}

/** A place as a proposition needs it: which, and whether only a part of it is meant. */
export interface Area {
  readonly pin: PlacePin;
  /** `heldBy:RU`, `front`, `contested`; `null`: the place as such. */
  readonly part: string | null;
}

/** What is said to be so, apart from who says it. */
export interface Proposition {
  readonly id: string;
  /** From the table of predicates. */
  readonly predicate: string;
  /** Entity id or goods id; `null`: not said. */
  readonly subject: string | null;
  readonly object: string | null;
  readonly area: Area | null;
  /** By whom or through where: a middleman, a country of registration. */
  readonly via: string | null;
  /** When it is said to be so; `null`: not said. */
  readonly interval: DatedOn | null;
  readonly polarity: "affirmed" | "denied";
  /** `officially`, `directly or indirectly`: part of what is said, so not sold *officially* is another thing than not sold. */
  readonly manner: string | null;
  readonly assertions: readonly Assertion[];
  readonly origins: readonly Origin[];
  readonly grade: Grade;
}

/** One place in one document where a proposition is asserted. */
export interface Assertion extends DocumentRange {
  readonly statementId: string | null;
  /** Entity id; `null`: the document in its own words. */
  readonly claimant: string | null;
  readonly via: readonly string[];
  readonly saidOn: DatedOn | null;
  readonly qualifier: string | null;
  /** `dismissed`: an allegation is waved off in the reporter's words, which is not to say that it is untrue. */
  readonly stance: "says" | "denies" | "dismissed";
  readonly quoteGroup: string | null;
  readonly template: string;
  readonly why: string;
}

/** The first asserter with access of their own, and everything that goes back to it. */
export interface Origin {
  /** Entity id of the asserter, or of the outlet that interviewed unnamed ones. */
  readonly id: string;
  readonly name: string;
  /** `narration`: the document's own words, whose access is unknown. It is shown and not counted. */
  readonly kind: "asserter" | "interviews" | "narration";
  readonly documents: readonly string[];
  readonly claimants: readonly string[];
  /** Reliability of the source: A to E, F: cannot be judged (Admiralty system). From the table of sources; else F. */
  readonly reliability: "A" | "B" | "C" | "D" | "E" | "F";
}

/** Credibility of the claim itself, kept apart from the reliability of its sources. */
export interface Grade {
  /** 1 confirmed by an independent origin, 2 probably, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged. */
  readonly credibility: 1 | 2 | 3 | 4 | 5 | 6;
  /** Origins that count; copies and narration do not. */
  readonly independentOrigins: number;
  readonly why: string;
}

/** Two propositions that cannot both hold. Which one does, is not decided here. */
export interface Conflict {
  readonly id: string;
  readonly propositions: readonly [string, string];
  readonly kind: "oppositePolarity" | "excludingPredicates";
  readonly why: string;
}

/** What was asked and not answered, or expressly left unsaid. */
export interface Gap extends DocumentRange {
  readonly who: string | null;
  readonly kind: "notAddressed" | "noComment" | "declined" | "withheld";
  readonly words: string;
  readonly why: string;
}

/** An edge of a route of supply. */
export interface RouteEdge {
  readonly at: DocumentRange;
  readonly from: string;
  readonly to: string;
  readonly carries: "goods" | "account" | "payment" | "service";
  readonly claimant: string | null;
  /** Reading documents never confirms: a case does, on evidence. */
  readonly status: "claimed" | "denied";
  readonly on: DatedOn | null;
  readonly why: string;
}

/** A way in which terminals are said to reach somebody. */
export interface Route {
  readonly id: string;
  readonly name: string;
  readonly edges: readonly RouteEdge[];
  /** Readings of the same words to be kept apart. */
  readonly hypotheses: readonly string[];
  readonly status: "claimed" | "denied" | "disputed";
}

/** One document of a report. */
export interface DocumentSummary {
  readonly id: string;
  readonly name: string | null;
  readonly language: string;
  readonly publisher: string | null;
  readonly agency: string | null;
  readonly published: DatedOn | null;
  /** `stated` by the document, `inferred` from quotes it shares with dated documents, or `unknown`. */
  readonly publishedBy: "stated" | "inferred" | "unknown";
  readonly passages: readonly Passage[];
  readonly credits: readonly Credit[];
  readonly warnings: readonly string[];
}

/** Everything that was read. */
export interface IntakeReport {
  readonly version: 1;
  readonly documents: readonly DocumentSummary[];
  readonly statements: readonly Statement[];
  /** Entities that assert something, most statements first. */
  readonly claimants: readonly string[];
  readonly entities: readonly Entity[];
  readonly places: readonly PlaceMention[];
  readonly numbers: readonly NumberMention[];
  readonly dates: readonly (DocumentRange & { readonly words: string; readonly date: DatedOn | null })[];
  readonly propositions: readonly Proposition[];
  readonly conflicts: readonly Conflict[];
  readonly gaps: readonly Gap[];
  readonly routes: readonly Route[];
}
