// SPDX-License-Identifier: MIT

/** What a contact may do for its account, in the words of the operator API. */
export const contactRoles = [
  "Admin",
  "Technical",
  "Technical Read Only",
  "Technical Configuration",
  "Service Account Management",
] as const;

export type ContactRole = (typeof contactRoles)[number];

/** Somebody who speaks for an account. Personal, all but ids and roles. */
export interface Contact {
  /** A UUID. */
  readonly id: string;
  readonly accountId: string;
  readonly roles: readonly ContactRole[];
  /** Empty once erased, like the next four. */
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  /** BCP 47. */
  readonly locale: string;
  /** UTC ms. */
  readonly sinceMs: number;
  /** With which the ledger's commitment to it was made; see `personal-data.ts`. */
  readonly salt?: string;
}
