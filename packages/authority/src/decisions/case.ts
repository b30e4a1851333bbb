// SPDX-License-Identifier: MIT

/** What a case is about, one sentence each. */
export const caseKinds = {
  use: "A terminal is said to be used by somebody who is sanctioned or not authorised.",
  area: "Terminals are said to be used where service is not active.",
  clone: "An identity is said to be used by two devices.",
  supply: "Terminals, accounts or payments are said to go a way that nobody authorised.",
  scamListing: "Somebody offers service or terminals that they cannot give; their customers are victims.",
  ownStatement: "Something that the operator said in public is said not to be so.",
} as const;

export type CaseKind = keyof typeof caseKinds;

/** Kinds whose confirmation is a finding about a terminal. The others are confirmed by evidence and touch nobody. */
export const kindsAboutTerminals: ReadonlySet<CaseKind> = new Set(["use", "area", "clone"]);

/** Where a case stands, one sentence each. */
export const caseStates = {
  received: "Somebody reported it and nobody has looked yet.",
  triaged: "It is known what it is about and how urgent it is.",
  investigating: "Claims, candidates and evidence are put together.",
  confirmed: "What was claimed holds for at least one terminal, or on the evidence of the case.",
  notConfirmed: "What was claimed does not hold for any terminal that was looked at.",
  inconclusive: "Neither can be said.",
  actioned: "Orders were given on it.",
  notified: "Everybody concerned was told, or it is on record why not yet.",
  appealed: "Somebody who had no part in the orders has to decide.",
  upheld: "The orders stand.",
  reversed: "An order was wrong; what it took was given back.",
  closed: "Nothing more is to be done, unless something new comes up.",
} as const;

export type CaseState = keyof typeof caseStates;

export type CaseVerdict = Extract<CaseState, "confirmed" | "notConfirmed" | "inconclusive">;

/** What somebody says, as it was read from documents. It may be true or false; it changes nobody's service. */
export interface CaseClaim {
  /** Id of the proposition, as intake gives it. */
  readonly id: string;
  /** As in intake's table of predicates, e.g. `USED_BY`. */
  readonly predicate: string;
  /** The claim in one sentence for people. */
  readonly text: string;
  readonly polarity: "asserted" | "denied";
  /** Groups of statements that go back to one source with access of its own. Documents are not counted. */
  readonly origins: readonly string[];
  readonly statements: readonly string[];
  readonly documents: readonly string[];
}

/** Ways by which a terminal became a candidate. */
export type CandidateMeans = "area" | "unit" | "account" | "serial" | "kit" | "pattern" | "hand";

/** A terminal that a case looks at. Being looked at is nothing against it. */
export interface CaseCandidate {
  readonly terminalId: string;
  readonly by: CandidateMeans;
  readonly why: string;
  readonly addedMs: number;
  /** Why it is not looked at any more; `null` while it is. */
  readonly excluded: { readonly reason: string; readonly by: string; readonly atMs: number } | null;
}

/** A pattern that a detector saw, as it went into a case. */
export interface CaseSignal {
  readonly id: string;
  /** `P1` to `P14`. */
  readonly pattern: string;
  readonly terminals: readonly string[];
  readonly text: string;
  /** With whom or what the same pattern also fits. */
  readonly falsePositives: string;
  readonly atMs: number;
}

/** What moves along an edge of the supply graph. */
export type SupplyGoods = "goods" | "account" | "payment" | "service";

/** Who a node of the supply graph is, by class. */
export type SupplyNodeKind =
  | "operator"
  | "store"
  | "reseller"
  | "intermediary"
  | "dealer"
  | "donor"
  | "buyer"
  | "unit"
  | "account"
  | "country"
  | "unknown";

export interface SupplyNode {
  readonly id: string;
  readonly kind: SupplyNodeKind;
  readonly label: string;
}

/** What one claimant says of one edge. */
export interface SupplyClaim {
  readonly from: SupplyNode;
  readonly to: SupplyNode;
  readonly moves: SupplyGoods;
  readonly claimant: string;
  readonly stance: "claims" | "denies";
  /** Group of the same origin, as in {@link CaseClaim.origins}. */
  readonly origin: string;
  /** ISO date or interval as it was read; `null`: none. */
  readonly date: string | null;
  /** Where it is written down: a statement, a proposition, a record. */
  readonly source: string;
  /** Route that it is told as a part of, e.g. `R2`; `null`: none. */
  readonly route: string | null;
}

/** Somebody who was sold service that the seller could not give: to be helped, and no offender by that. */
export interface CaseVictim {
  readonly partyId: string;
  readonly terminalId: string | null;
  readonly note: string;
  readonly addedMs: number;
}

/** What a scam case is about. */
export interface ScamListing {
  /** As the seller calls itself. */
  readonly seller: string;
  /** Where it is offered: an address, a shop, a channel. */
  readonly place: string;
  /** What is promised, in few words. */
  readonly offer: string;
}

/** One step of a case, in order; steps are added, never changed. */
export interface CaseStep {
  readonly event: string;
  readonly from: CaseState;
  readonly to: CaseState;
  readonly by: string;
  readonly atMs: number;
  readonly note: string;
}

/** How a case was concluded, the last time. */
export interface CaseConclusion {
  readonly verdict: CaseVerdict;
  readonly summary: string;
  readonly by: string;
  readonly atMs: number;
  /** Findings on record that carry it, by id. */
  readonly findings: readonly string[];
}

/**
 * A case: what is claimed, by how many origins, which terminals are looked at and why, what was found, ordered, told and
 * appealed. Evidence and findings name the case; orders, notices and appeals are the authority's.
 */
export interface Case {
  readonly id: string;
  readonly kind: CaseKind;
  readonly title: string;
  readonly state: CaseState;
  readonly stateSinceMs: number;
  readonly openedMs: number;
  /** `unassessed` until triage; a report that a life is at risk is believed until then. */
  readonly safety: "unassessed" | "none" | "credible";
  readonly triagedMs: number | null;
  readonly claims: readonly CaseClaim[];
  readonly candidates: readonly CaseCandidate[];
  readonly signals: readonly CaseSignal[];
  readonly supply: readonly SupplyClaim[];
  readonly listing: ScamListing | null;
  readonly victims: readonly CaseVictim[];
  /** Orders that were given on this case, interim measures included. */
  readonly orderIds: readonly string[];
  readonly conclusion: CaseConclusion | null;
  /** The case that it went into; `null`: it is one of its own. */
  readonly mergedInto: string | null;
  readonly steps: readonly CaseStep[];
}

/** How many of everything a case may have: more is another case. */
export const caseBounds = {
  reports: 10_000,
  claims: 1_000,
  candidates: 5_000,
  signals: 5_000,
  supply: 1_000,
  victims: 5_000,
  orderIds: 5_000,
  steps: 2_000,
} as const;
