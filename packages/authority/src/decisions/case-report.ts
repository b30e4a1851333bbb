// SPDX-License-Identifier: MIT

/** Who can report something, by class. Who it is stands in no record of this room. */
export const reporterKinds = {
  administration: "A government's administration, a regulator or a court.",
  press: "A journalist or an outlet.",
  organisation: "An organisation that documents what happens.",
  partner: "A reseller, a programme or another operator.",
  public: "Anybody; a customer, too.",
  ownDetector: "One of the operator's own detectors, which is a program.",
} as const;

export type ReporterKind = keyof typeof reporterKinds;

/** How much of a report may be shown outside the investigation. */
export const protections = {
  open: "The reporter speaks in public: the report may be cited.",
  confidential: "Only that there is a report, and of which class, leaves the investigation.",
  atRisk: "Not even the class of the reporter leaves the investigation.",
} as const;

export type Protection = keyof typeof protections;

/** One report, through the one channel that there is for everybody. */
export interface CaseReport {
  readonly id: string;
  readonly caseId: string;
  readonly reporter: ReporterKind;
  readonly protection: Protection;
  /**
   * Under which the operator keeps, apart from this record, how the reporter can be answered; `null`: nobody can be
   * answered, or the way was forgotten.
   */
  readonly replyKey: string | null;
  /** What is reported, in few words; `null` once it was forgotten. */
  readonly summary: string | null;
  /** That a life depends on it: believed until somebody has looked. */
  readonly lifeAtRisk: boolean;
  readonly receivedMs: number;
  /** Documents that came with it, by their ids in intake; evidence by its ids in the same case. */
  readonly documents: readonly string[];
  /** An earlier report of the case with the same documents and no other: it adds nothing but its arrival. */
  readonly copyOf: string | null;
  readonly acknowledgedMs: number | null;
  /** With which the ledger's commitment to summary and reply key was made; absent once they were forgotten. */
  readonly salt?: string;
}
