// SPDX-License-Identifier: MIT
import { sustainedSpeedKmh } from "../../area-rules.ts";
import { addressDistanceKm, edgesAtHand } from "../../location-facts.ts";
import { countryOf } from "../../location-history.ts";
import type { Policy } from "../../policy.ts";
import { notYetActive } from "../../terminal-rules.ts";
import { territoriesOf } from "../../territory.ts";
import { type ExceptionFacts, exceptionsOf, type PartyFacts, partiesOf } from "../admission-facts.ts";
import type { AdmissionInput, TxOffOrder } from "../admission-input.ts";
import { countedDays, roamDays } from "../roam-days.ts";
import { type AreaClasses, positionsByTerritory } from "./area-classes.ts";
import { bitOf } from "./reason-bits.ts";

/** An admission's input without what a whole batch has in common. */
export type TerminalInput = Omit<AdmissionInput, "atMs" | "knownAtMs" | "policy" | "boundaryView">;

/** A terminal's entry on an allow-list, by the list's position in the policy. */
export interface ListEntry {
  readonly list: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What only few terminals have. */
export interface RareFacts {
  readonly exceptions: readonly ExceptionFacts[];
  readonly txOffOrders: readonly TxOffOrder[];
  readonly emergency: boolean;
  readonly isContradicted: boolean;
}

/** Bits of `details`: which of the rules behind one reason it was. */
export const detailBits = {
  notYetActive: 1,
  noAccount: 2,
  noPlan: 4,
  holderSanctioned: 8,
  accountSanctioned: 16,
  holderUnverified: 32,
  accountUnverified: 64,
} as const;

const dayMs = 86_400_000;

/** Terminals as columns: index = terminal. */
export class TerminalColumns {
  /** Reasons that hold at all times: state, marks, parties, account, identity, verdict. */
  readonly standing: Int32Array;
  readonly details: Uint8Array;
  readonly suspendedFromMs: Float64Array;
  readonly suspendedUntilMs: Float64Array;
  /** Position of the plan in the policy; -1 without one. */
  readonly plan: Int16Array;
  /** Numbers of countries: the account's, -1 without one; and where it is, -1 on the high seas. */
  readonly home: Int32Array;
  readonly country: Int32Array;
  readonly reportedAtMs: Float64Array;
  /** -1 for a terminal that has never reported. */
  readonly areaClass: Int32Array;
  readonly speedKmh: Float64Array;
  readonly addressKm: Float64Array;
  /** Days abroad as the policy counts them, and the span for which the count holds. */
  readonly days: Int16Array;
  readonly daysFromMs: Float64Array;
  readonly daysUntilMs: Float64Array;
  readonly entries: (readonly ListEntry[] | null)[];
  readonly rare: (RareFacts | null)[];
  readonly #stays: (TerminalInput["location"]["stays"] | null)[];
  readonly #policy: Policy;
  readonly #classes: AreaClasses;
  readonly #planPositions: ReadonlyMap<string, number>;
  readonly #entriesOf: ReadonlyMap<string, readonly ListEntry[]>;
  readonly #listsOf: ReadonlyMap<string, readonly number[]>;
  readonly #countries = new Map<string, number>();
  readonly #countryNames: string[] = [];
  readonly #plainPlaces = new Map<string, number>();

  constructor(capacity: number, policy: Policy, classes: AreaClasses) {
    this.standing = new Int32Array(capacity);
    this.details = new Uint8Array(capacity);
    this.suspendedFromMs = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.suspendedUntilMs = new Float64Array(capacity);
    this.plan = new Int16Array(capacity).fill(-1);
    this.home = new Int32Array(capacity).fill(-1);
    this.country = new Int32Array(capacity).fill(-1);
    this.reportedAtMs = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
    this.areaClass = new Int32Array(capacity).fill(-1);
    this.speedKmh = new Float64Array(capacity);
    this.addressKm = new Float64Array(capacity);
    this.days = new Int16Array(capacity);
    this.daysFromMs = new Float64Array(capacity);
    this.daysUntilMs = new Float64Array(capacity);
    this.entries = new Array<readonly ListEntry[] | null>(capacity).fill(null);
    this.rare = new Array<RareFacts | null>(capacity).fill(null);
    this.#stays = new Array<TerminalInput["location"]["stays"] | null>(capacity).fill(null);
    this.#policy = policy;
    this.#classes = classes;
    this.#planPositions = new Map(policy.plans.map((plan, position) => [plan.id, position]));
    this.#entriesOf = entriesByTerminal(policy);
    this.#listsOf = positionsByTerritory(policy.allowLists);
  }

  /** Packs everything about one terminal. */
  put(index: number, input: TerminalInput): void {
    const { terminal, location, verdict, txOffOrders = [], emergency = false } = input;
    const account = input.account?.id === terminal.accountId ? input.account : null;
    const plan = terminal.planId === null ? undefined : this.#planPositions.get(terminal.planId);
    const { last } = location;
    this.plan[index] = plan ?? -1;
    this.home[index] = account === null ? -1 : this.#countryNumber(account.country);
    this.#putStanding(index, input, partiesOf(input, account), account?.state ?? null);
    this.suspendedFromMs[index] = terminal.suspension?.fromMs ?? Number.POSITIVE_INFINITY;
    this.suspendedUntilMs[index] = terminal.suspension?.untilMs ?? Number.NEGATIVE_INFINITY;
    this.reportedAtMs[index] = last?.atMs ?? Number.NEGATIVE_INFINITY;
    this.areaClass[index] = last === null ? -1 : this.#classOf(input, last);
    const country = last === null ? null : countryOf(last.place);
    this.country[index] = country === null ? -1 : this.#countryNumber(country);
    this.speedKmh[index] = last === null ? 0 : sustainedSpeedKmh(location.windows);
    const km = last === null ? null : addressDistanceKm(terminal, last);
    this.addressKm[index] = km ?? Number.POSITIVE_INFINITY;
    this.#stays[index] = location.stays.length === 0 ? null : location.stays;
    this.days[index] = 0;
    this.daysFromMs[index] =
      location.stays.length === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    this.daysUntilMs[index] = Number.POSITIVE_INFINITY;
    this.entries[index] = this.#entries(input);
    const exceptions = input.exceptions === undefined ? [] : exceptionsOf(input);
    const isContradicted = verdict?.verdict === "inconsistent";
    const isRare = exceptions.length > 0 || txOffOrders.length > 0 || emergency;
    this.rare[index] = isRare ? { exceptions, txOffOrders, emergency, isContradicted } : null;
  }

  /** The days abroad at an instant; counted again only when the instant leaves the span of the last count. */
  daysAt(index: number, atMs: number): number {
    if (atMs >= this.daysFromMs[index]! && atMs < this.daysUntilMs[index]!) return this.days[index]!;
    const stays = this.#stays[index] ?? [];
    const year = new Date(atMs).getUTCFullYear();
    let fromMs = Date.UTC(year, 0, 1);
    let untilMs = Date.UTC(year + 1, 0, 1);
    for (const { day } of stays) {
      if (day * dayMs <= atMs) fromMs = Math.max(fromMs, day * dayMs);
      else untilMs = Math.min(untilMs, day * dayMs);
    }
    const home = this.#countryNames[this.home[index]!]!;
    const country = this.country[index]! < 0 ? null : this.#countryNames[this.country[index]!]!;
    const days = countedDays(roamDays(stays, home, country, atMs), this.#policy);
    this.days[index] = days;
    this.daysFromMs[index] = fromMs;
    this.daysUntilMs[index] = untilMs;
    return days;
  }

  #putStanding(
    index: number,
    { terminal, identity, verdict }: TerminalInput,
    parties: readonly PartyFacts[],
    accountState: "open" | "closed" | null,
  ): void {
    const { state, flags } = terminal;
    let mask = 0;
    let details = 0;
    if (notYetActive.has(state)) details |= detailBits.notYetActive;
    else if (state !== "retired") {
      if (accountState === null) details |= detailBits.noAccount;
      if (this.plan[index]! < 0) details |= detailBits.noPlan;
    }
    if (details !== 0) mask |= bits.notActive;
    if (state === "retired") mask |= bits.retired;
    else if (state === "deactivated") mask |= bits.deactivated;
    else if (state === "paused") mask |= bits.paused;
    else if (state === "restricted") mask |= bits.restricted;
    if (flags.lost !== undefined) mask |= bits.lost;
    if (flags.seized !== undefined) mask |= bits.seized;
    if (flags.cloneSuspect !== undefined || identity?.state === "cloneSuspect") mask |= bits.clone;
    if (identity?.state === "failed") mask |= bits.authFailed;
    if (identity?.state === "unproved") mask |= bits.unproved;
    if (accountState === "closed") mask |= bits.closed;
    for (const { part, standing, verification } of parties) {
      if (standing === "sanctioned") {
        mask |= bits.sanctioned;
        details |= part === "holder" ? detailBits.holderSanctioned : detailBits.accountSanctioned;
      }
      if (verification !== "verified") {
        mask |= bits.unverified;
        details |= part === "holder" ? detailBits.holderUnverified : detailBits.accountUnverified;
      }
    }
    if (verdict?.verdict === "inconsistent") mask |= bits.inconsistent;
    else if (verdict && verdict.verdict !== "consistent") mask |= bits.insufficient;
    this.standing[index] = mask;
    this.details[index] = details;
  }

  #classOf(input: TerminalInput, last: NonNullable<TerminalInput["location"]["last"]>): number {
    const { areas = [], edges = [] } = input;
    const { territory, country, zone } = last.place;
    if (areas.length > 0 || edges.length > 0) {
      const atHand = edgesAtHand(input, this.#policy);
      return this.#classes.intern([...areas, ...territoriesOf(last.place)], last.cell, atHand);
    }
    // Nearly every terminal: found without naming its class in full.
    const cell = this.#policy.zonesByCell.has(last.cell) ? last.cell : "";
    const key = `${territory}\n${country}\n${zone === "highSea"}\n${cell}`;
    let found = this.#plainPlaces.get(key);
    if (found === undefined) {
      found = this.#classes.intern(territoriesOf(last.place), last.cell, []);
      this.#plainPlaces.set(key, found);
    }
    return found;
  }

  #entries({ terminal, allowListEntries = [] }: TerminalInput): readonly ListEntry[] | null {
    const inPolicy = this.#entriesOf.get(terminal.id);
    if (allowListEntries.length === 0) return inPolicy ?? null;
    const inBook: ListEntry[] = [];
    for (const { territory, terminalId, validFromMs, validToMs } of allowListEntries) {
      if (terminalId !== terminal.id) continue;
      for (const list of this.#listsOf.get(territory) ?? []) {
        inBook.push({ list, fromMs: validFromMs, untilMs: validToMs ?? Number.POSITIVE_INFINITY });
      }
    }
    return inPolicy === undefined ? inBook : [...inPolicy, ...inBook];
  }

  #countryNumber(name: string): number {
    const known = this.#countries.get(name);
    if (known !== undefined) return known;
    this.#countries.set(name, this.#countryNames.length);
    return this.#countryNames.push(name) - 1;
  }
}

const bits = {
  authFailed: bitOf("AUTH_FAILED"),
  unproved: bitOf("IDENTITY_UNPROVED"),
  clone: bitOf("CLONE_SUSPECT"),
  retired: bitOf("TERMINAL_RETIRED"),
  deactivated: bitOf("TERMINAL_DEACTIVATED"),
  paused: bitOf("TERMINAL_PAUSED"),
  restricted: bitOf("TERMINAL_RESTRICTED"),
  lost: bitOf("TERMINAL_LOST"),
  seized: bitOf("TERMINAL_SEIZED"),
  notActive: bitOf("TERMINAL_NOT_ACTIVE"),
  closed: bitOf("ACCOUNT_CLOSED"),
  sanctioned: bitOf("PARTY_SANCTIONED"),
  unverified: bitOf("HOLDER_UNVERIFIED"),
  inconsistent: bitOf("LOCATION_INCONSISTENT"),
  insufficient: bitOf("LOCATION_INSUFFICIENT"),
};

function entriesByTerminal(policy: Policy): ReadonlyMap<string, readonly ListEntry[]> {
  const entries = new Map<string, ListEntry[]>();
  for (const [list, { entries: onList }] of policy.allowLists.entries()) {
    for (const { terminalId, validFromMs, validToMs } of onList) {
      const entry = { list, fromMs: validFromMs, untilMs: validToMs ?? Number.POSITIVE_INFINITY };
      const found = entries.get(terminalId);
      if (found === undefined) entries.set(terminalId, [entry]);
      else found.push(entry);
    }
  }
  return entries;
}
