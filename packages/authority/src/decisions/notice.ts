// SPDX-License-Identifier: MIT

/** What a notice is about: the record that a reversal of the decision puts right. */
export interface NoticeCause {
  /** Of record, e.g. `order`, `siteException`, `allowListApplication`. */
  readonly kind: string;
  readonly id: string;
}

/** What a holder is told about a restriction, in plain words, at the moment it takes effect. */
export interface Notice {
  readonly id: string;
  readonly decisionId: string;
  /** Terminal, account or party that is restricted, and the party that is told. */
  readonly subject: string;
  readonly party: string | null;
  readonly cause: NoticeCause;
  /** Ids of the persons who made the decision, by asking for it or approving it: none of them decides an appeal. */
  readonly decidedBy: readonly string[];
  readonly atMs: number;
  /** Why the party is not told yet, e.g. an order that forbids tipping off; `null` where it is told. */
  readonly exemption: string | null;
  readonly text: {
    readonly facts: string;
    readonly rule: string;
    /** Classes of evidence, e.g. "the network's own measurements"; never a person who reported. */
    readonly evidence: readonly string[];
    readonly automated: boolean;
    readonly howToAppeal: string;
  };
  readonly reviewMs: number;
  readonly appealUntilMs: number;
}
