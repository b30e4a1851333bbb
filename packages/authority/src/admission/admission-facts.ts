// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { contentHash } from "../content-hash.ts";
import type { LiftableReason } from "../decisions/exceptions.ts";
import { type LocationFacts, locationFacts } from "../location-facts.ts";
import type { Account, Party, Terminal } from "../terminal.ts";
import type {
  AdmissionInput,
  Identity,
  LocationVerdict,
  RegisteredEntry,
  TxOffOrder,
} from "./admission-input.ts";

/** What the rules look at of a terminal. */
export type Standing = Pick<
  Terminal,
  "id" | "state" | "stateSinceMs" | "planId" | "suspension" | "restriction" | "deactivation" | "flags"
>;

/** What the rules look at of a party, and in which part: whose the terminal is, or who answers for the account. */
export interface PartyFacts {
  readonly id: string;
  readonly part: "holder" | "account";
  readonly standing: Party["standing"];
  readonly verification: Party["verification"]["state"];
  readonly verifiedAtMs: number;
}

/** A site exception as it bears on one terminal: whether the terminal is at the site, not where it is. */
export interface ExceptionFacts {
  readonly id: string;
  readonly lifts: readonly LiftableReason[];
  readonly atSite: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  /** The licence it cites, where there is one: an exception from one statement of law. */
  readonly licence: {
    readonly id: string;
    readonly territory: string;
    readonly statementId: string;
    readonly fromMs: number;
    readonly toMs: number | null;
  } | null;
}

/**
 * Everything an admission is decided upon, apart from the policy. A plain document without a position: kept together
 * with the versions of policy and boundary view, it replays the decision.
 */
export interface AdmissionFacts {
  readonly atMs: number;
  readonly knownAtMs: number;
  readonly boundaryView: { readonly id: string; readonly version: string };
  readonly terminal: Standing;
  readonly account: Pick<Account, "id" | "country" | "state"> | null;
  readonly parties: readonly PartyFacts[];
  readonly identity: Identity | null;
  readonly location: LocationFacts | null;
  readonly verdict: LocationVerdict | null;
  readonly exceptions: readonly ExceptionFacts[];
  readonly allowListEntries: readonly RegisteredEntry[];
  readonly txOffOrders: readonly TxOffOrder[];
  readonly emergency: boolean;
}

/** The inputs of an admission by name or hash, enough to find them again and to replay it. */
export interface AdmissionInputs {
  readonly policyVersion: string;
  readonly boundaryView: string;
  readonly boundaryViewVersion: string;
  /** Over the facts about the location, not over the position. */
  readonly locationHash: string;
  /** Over all other facts: terminal, account, parties, identity, verdict, exceptions, entries and orders. */
  readonly terminalHash: string;
}

/** Draws the facts out of the records. Records that are not about this terminal are left out. */
export function factsOf(input: AdmissionInput): AdmissionFacts {
  const { atMs, terminal, policy, boundaryView, location } = input;
  const account = input.account?.id === terminal.accountId ? input.account : null;
  const { id, state, stateSinceMs, planId, suspension, restriction, deactivation, flags } = terminal;
  return {
    atMs,
    knownAtMs: input.knownAtMs ?? atMs,
    boundaryView: { id: boundaryView.id, version: boundaryView.version },
    terminal: { id, state, stateSinceMs, planId, suspension, restriction, deactivation, flags },
    account: account === null ? null : { id: account.id, country: account.country, state: account.state },
    parties: partiesOf(input, account),
    identity: input.identity ?? null,
    location: locationFacts(location, terminal, account, atMs, input, policy),
    verdict: input.verdict ?? null,
    exceptions: exceptionsOf(input),
    allowListEntries: (input.allowListEntries ?? []).filter(entry => entry.terminalId === terminal.id),
    txOffOrders: input.txOffOrders ?? [],
    emergency: input.emergency ?? false,
  };
}

/** The parties in question; a party that is neither the terminal's holder nor the account's is not looked at. */
export function partiesOf(
  {
    terminal,
    holder = null,
    accountParty = null,
  }: Pick<AdmissionInput, "terminal" | "holder" | "accountParty">,
  account: Account | null,
): readonly PartyFacts[] {
  const facts: PartyFacts[] = [];
  const add = (party: Party | null, id: string | null, part: PartyFacts["part"]): void => {
    if (party === null || party.id !== id) return;
    const { standing, verification } = party;
    facts.push({
      ...{ id: party.id, part, standing },
      ...{ verification: verification.state, verifiedAtMs: verification.atMs },
    });
  };
  add(holder, terminal.holder, "holder");
  add(accountParty, account?.holder ?? null, "account");
  return facts;
}

/** The exceptions that name the terminal, with the licences they cite. */
export function exceptionsOf({
  terminal,
  location,
  exceptions = [],
  licences = [],
}: Pick<AdmissionInput, "terminal" | "location" | "exceptions" | "licences">): readonly ExceptionFacts[] {
  return exceptions
    .filter(exception => exception.terminalIds.includes(terminal.id))
    .map(({ id, lifts, site, radiusKm, licenceExceptionId, fromMs, toMs }) => {
      const licence = licences.find(licence => licence.id === licenceExceptionId);
      return {
        ...{ id, lifts, fromMs, toMs },
        atSite: location.last !== null && distanceKm(site, location.last) <= radiusKm,
        licence:
          licence === undefined
            ? null
            : {
                ...{ id: licence.id, territory: licence.territory, statementId: licence.statementId },
                ...{ fromMs: licence.fromMs, toMs: licence.toMs },
              },
      };
    });
}

/** Names the facts: by what they are about, whenever they were drawn. */
export function inputsOf(facts: AdmissionFacts, policyVersion: string): AdmissionInputs {
  const { atMs: _, knownAtMs: __, boundaryView, location, ...others } = facts;
  return {
    policyVersion,
    boundaryView: boundaryView.id,
    boundaryViewVersion: boundaryView.version,
    locationHash: contentHash(location),
    terminalHash: contentHash(others),
  };
}
