// SPDX-License-Identifier: MIT
import type { BoundaryView } from "@perigee/earth";
import type { LicenceException, SiteException } from "../decisions/exceptions.ts";
import type { LocationHistory } from "../location-history.ts";
import type { Policy } from "../policy.ts";
import type { Account, Party, Terminal } from "../terminal.ts";

/**
 * Whether the device has proved that it is the terminal. `unproved` is for the time in which a challenge is open: who
 * does not answer it in that time is to be handed in as `failed`.
 */
export interface Identity {
  readonly state: "proved" | "unproved" | "failed" | "cloneSuspect";
  readonly sinceMs: number;
}

/** What the network's own measurements say about the reported location. Only `inconsistent` is held against anybody. */
export interface LocationVerdict {
  readonly id: string;
  readonly verdict: "consistent" | "inconsistent" | "ambiguous" | "insufficient" | "stale";
  readonly atMs: number;
}

/** An entry on a territory's allow-list that stands in the book, beside those of the policy document. */
export interface RegisteredEntry {
  readonly territory: string;
  readonly terminalId: string;
  readonly validFromMs: number;
  readonly validToMs: number | null;
}

/** An order that a transmitter falls silent: interference, a regulator's demand, a satellite that must not be disturbed. */
export interface TxOffOrder {
  readonly id: string;
  readonly issuer: string;
  readonly ground: string;
  readonly fromMs: number;
  readonly untilMs: number | null;
  /** Whether transmissions for the immediate safety of life go on (47 CFR 25.271(c)). */
  readonly sparesEmergency: boolean;
}

/** An edge near the last report: of an operator area, or between two territories. */
export interface NearEdge {
  /** The area, territory or country whose edge it is. */
  readonly area: string;
  /** Whether the report lies inside it. */
  readonly inside: boolean;
  readonly distanceKm: number;
  /** How far the drawn edge may be from the true one at this time: map error and drift since it was drawn; km. */
  readonly uncertaintyKm: number;
  /** The territories whose rules hold on the other side, in the order of {@link AdmissionInput.areas} and their place. */
  readonly beyond: readonly string[];
}

/** Everything an admission depends on. What is optional and absent is held against nobody. */
export interface AdmissionInput {
  /** The instant asked about; UTC ms. */
  readonly atMs: number;
  /** The instant whose knowledge of statements is used; `atMs` unless a past answer is being re-examined. */
  readonly knownAtMs?: number;
  readonly terminal: Terminal;
  /** The account of `terminal.accountId`, or `null` when there is none. */
  readonly account: Account | null;
  readonly location: LocationHistory;
  readonly policy: Policy;
  /** The view by which the places in `location` were found; the policy must be written for it. */
  readonly boundaryView: Pick<BoundaryView, "id" | "version">;
  /** The party `terminal.holder` and the party `account.holder`. */
  readonly holder?: Party | null;
  readonly accountParty?: Party | null;
  readonly identity?: Identity | null;
  /** The latest verdict on the reported location. */
  readonly verdict?: LocationVerdict | null;
  /** Those that name the terminal; others are left out of account. */
  readonly exceptions?: readonly SiteException[];
  /** Those that the exceptions cite. */
  readonly licences?: readonly LicenceException[];
  /** Those of the terminal. */
  readonly allowListEntries?: readonly RegisteredEntry[];
  /** Those about the terminal, or about where it is. */
  readonly txOffOrders?: readonly TxOffOrder[];
  /** Whether the terminal is calling for help. */
  readonly emergency?: boolean;
  /** Ids of the operator's areas that contain the last report. */
  readonly areas?: readonly string[];
  readonly edges?: readonly NearEdge[];
  /** Standard deviation of the last report's position, km. */
  readonly positionErrorKm?: number;
}
