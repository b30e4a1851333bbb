// SPDX-License-Identifier: MIT

/** A programme under which terminals are given away. How many were given is what somebody claims: see {@link CountClaim}. */
export interface Programme {
  readonly id: string;
  readonly title: string;
  /** Party that gives. */
  readonly donor: string;
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** One terminal given to one holder for certain users: three parties, even when they are one. */
export interface Donation {
  readonly id: string;
  readonly programmeId: string;
  readonly terminalId: string;
  readonly donor: string;
  readonly holder: string;
  /** Who is meant to use it, where that is known and somebody else. */
  readonly user: string | null;
  readonly atMs: number;
}

/** That somebody said how many terminals a programme gave. Claims that differ stand side by side. */
export interface CountClaim {
  readonly id: string;
  readonly programmeId: string;
  readonly count: number;
  /** The date the count is of, and who says so where. */
  readonly asOfMs: number;
  readonly asserter: string;
  readonly source: string;
}

/** Somebody pays for somebody's service until a date. When it ends the holder may pay: it is no ground for cutting off. */
export interface Sponsorship {
  readonly id: string;
  readonly sponsor: string;
  /** Accounts whose service lines it pays. */
  readonly accountIds: readonly string[];
  readonly fromMs: number;
  readonly endsMs: number | null;
  /** Days of warning before the end; at least 14. */
  readonly noticeDays: number;
  /** Days after the end during which service goes on while the holder decides. */
  readonly continuityDays: number;
  /** When the holders were told of the end; absent while they were not. */
  readonly noticeGivenMs?: number;
  /** When its lines passed to their holders; absent while it pays or service goes on after it. */
  readonly lapsedMs?: number;
}
