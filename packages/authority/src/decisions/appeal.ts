// SPDX-License-Identifier: MIT

/** A holder's answer to a restriction, and what became of it. */
export interface Appeal {
  readonly id: string;
  readonly noticeId: string;
  readonly subject: string;
  readonly by: string;
  readonly statement: string;
  /** A life may depend on the answer: decided within four hours, others within 14 days. */
  readonly lifeCritical: boolean;
  readonly atMs: number;
  readonly dueMs: number;
  readonly state: AppealState;
  /** Whoever decides did not make the decision appealed against. */
  readonly decision: {
    readonly by: string;
    readonly reason: string;
    readonly atMs: number;
    /** Harm that the restriction did to civilians, as far as known; counted and published. */
    readonly harmNote: string | null;
  } | null;
}

/** Where an appeal stands, one sentence each. */
export const appealStates = {
  open: "Somebody who had no part in the decision has to decide.",
  upheld: "The decision stands.",
  reversed: "The decision was wrong; what it took was given back in the same instant.",
  withdrawn: "Whoever appealed took it back.",
} as const;

export type AppealState = keyof typeof appealStates;
