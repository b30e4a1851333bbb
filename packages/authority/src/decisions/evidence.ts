// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";

/**
 * The largest item that is kept, bytes: 32 MB. A backup writes a row as one line of hexadecimal, two characters a byte, and
 * reads lines of up to 64 Mi characters.
 */
export const largestEvidenceBytes = 32_000_000;

/** Steps in the custody of one item at most. */
export const mostCustodySteps = 1_000;

/** Who had it before, by class. Never a person's name: whoever reported something is protected. */
export const evidenceSources = {
  ownRecord: "The operator's own measurements and records.",
  holder: "Whoever holds the terminal.",
  authority: "An authority or a court.",
  partner: "A reseller, a programme or another operator.",
  organisation: "An organisation that documents what happens.",
  press: "Something that was published.",
  public: "Somebody who reported it.",
} as const;

export type EvidenceSource = keyof typeof evidenceSources;

/** What can happen to an item in custody, one sentence each. */
export const evidenceSteps = {
  received: "It came in, for the first time or again.",
  examined: "Somebody looked at it.",
  copied: "A working copy of it was made.",
  handedOver: "It was handed to somebody else.",
  returned: "It was given back to its source.",
} as const;

export type EvidenceStep = keyof typeof evidenceSteps;

/** One link of an item's chain of custody. */
export interface EvidenceCustody {
  readonly step: EvidenceStep;
  /** Id of the person who says so. */
  readonly by: string;
  /** UTC ms. */
  readonly atMs: number;
  readonly note: string;
}

/** A copy that people work with, so that nobody needs the evidentiary copy for it. */
export interface WorkingCopy {
  /** Where it is, or what it is called. */
  readonly name: string;
  readonly by: string;
  readonly atMs: number;
}

/**
 * An item of evidence in a case: what identifies it for good, and what happened to it since it came in. Its evidentiary
 * copy, the very bytes, is kept outside the book under {@link Evidence.sha256}. After the Berkeley Protocol on Digital Open
 * Source Investigations (OHCHR, HR/PUB/20/2), chapter VI: preservation, chain of custody, evidentiary and working copies.
 */
export interface Evidence {
  readonly id: string;
  readonly caseId: string;
  readonly title: string;
  /** As of RFC 6838; how it is to be read, not how it is ever served. */
  readonly mediaType: string;
  /** Its size. */
  readonly bytes: number;
  /** SHA-256 of its bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly receivedFrom: EvidenceSource;
  /** UTC ms. */
  readonly receivedMs: number;
  readonly workingCopies: readonly WorkingCopy[];
  /** Oldest first; links are added, never changed. */
  readonly custody: readonly EvidenceCustody[];
}

/**
 * Whether what a finding cites may be cited in its case. Evidence is cited by any id; an id that is an item on record must
 * be one of the same case, since its custody answers for that case only.
 *
 * @param cited - Ids with their places in the request.
 */
export function checkCited(
  book: Book,
  caseId: string,
  cited: Iterable<readonly [id: string, place: string]>,
): Result<null, AuthorityError<"evidenceOfAnotherCase">> {
  for (const [id, place] of cited) {
    const item = book.get("evidence", id);
    if (item !== undefined && item.caseId !== caseId) {
      return fail("evidenceOfAnotherCase", place, `${id} is evidence in the case ${item.caseId}.`);
    }
  }
  return succeed(null);
}
