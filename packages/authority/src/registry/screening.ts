// SPDX-License-Identifier: MIT

/** Why a name on a list was found for a party's name: each rule that spoke, with what it compared. */
export interface MatchReason {
  readonly rule: string;
  readonly ours: string;
  readonly theirs: string;
  /** Its share of the score, 0 to 1. */
  readonly weight: number;
}

/** One entry of a sanctions list that resembles a party. */
export interface ScreeningCandidate {
  readonly listEntryId: string;
  readonly name: string;
  /** 0 to 1. Orders a person's work and decides nothing. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
}

/** The result of comparing a party with one version of one list, and what a person made of it. */
export interface Screening {
  readonly id: string;
  readonly party: string;
  readonly list: string;
  readonly listVersion: string;
  readonly atMs: number;
  readonly candidates: readonly ScreeningCandidate[];
  /** `open` until a person has looked; `clear` at once where nothing was found. */
  readonly judgement: "open" | "clear" | "notTheSame" | "unsure" | "confirmed";
  readonly judgedBy: string | null;
  /** The entry that the party is, where that is confirmed. */
  readonly entryId: string | null;
  /** What beyond the name says so, and where that is written down; never the numbers themselves. */
  readonly identifiers: readonly IdentifierMatch[];
}

/** What can tell one bearer of a name from another, one sentence each. */
export const identifierKinds = {
  birthDate: "The same date of birth, to the day.",
  passport: "The same passport or identity card.",
  registerNumber: "The same number in a register of companies, vessels or taxpayers.",
  address: "The same address, to the door.",
  document: "A document that names both as one.",
} as const;

export type IdentifierKind = keyof typeof identifierKinds;

/** One such match, by the evidence that shows it. */
export interface IdentifierMatch {
  readonly kind: IdentifierKind;
  readonly evidence: string;
}
