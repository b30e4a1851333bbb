// SPDX-License-Identifier: MIT
import type { BoundaryView } from "@perigee/earth";
import type { LiftableReason } from "../../decisions/exceptions.ts";
import { defaultLeaseMs, shortLeaseMs } from "../../lease.ts";
import { freshLocationMs, oldLocationMs } from "../../location-facts.ts";
import type { Policy } from "../../policy.ts";
import { inInterval } from "../../territory.ts";
import type { ExceptionFacts } from "../admission-facts.ts";
import { AreaClasses, axisBits } from "./area-classes.ts";
import { type GroundCodes, groundCode, singleCodes } from "./ground-code.ts";
import {
  bitOf,
  bitsWhere,
  firstReason,
  isShortLease,
  isWithoutLease,
  outcomeOfReason,
} from "./reason-bits.ts";
import { detailBits, TerminalColumns, type TerminalInput } from "./terminal-columns.ts";

/** Answers as columns, index = terminal; made by {@link admissionBatch}. */
export interface AdmissionBatch {
  /** Number of the reason in `reasonOrder`. */
  readonly reason: Uint8Array;
  /** Number of the outcome in `outcomeOrder`. */
  readonly outcome: Uint8Array;
  /** Every reason that applies, as bits numbered like the reasons; 0 for ALLOW. */
  readonly mask: Int32Array;
  /** When the longest lease that the answer supports would end; UTC ms, 0 where it supports none. */
  readonly leaseEndMs: Float64Array;
  /** The first instant at which the answer may be another although nothing new is learned; UTC ms. */
  readonly nextChangeMs: Float64Array;
}

/** Room for the answers about so many terminals. */
export function admissionBatch(capacity: number): AdmissionBatch {
  return {
    reason: new Uint8Array(capacity),
    outcome: new Uint8Array(capacity),
    mask: new Int32Array(capacity),
    leaseEndMs: new Float64Array(capacity),
    nextChangeMs: new Float64Array(capacity),
  };
}

/**
 * A policy compiled for one population of terminals. What is slow to find is found when a terminal or its place is
 * packed (`put`), what the policy says of a place is compiled once for all terminals there, and a decision is
 * arithmetic on columns. The answers are those of `evaluate`.
 *
 * @throws RangeError when the policy was written for another boundary view
 */
export function compileAdmission(
  policy: Policy,
  boundaryView: Pick<BoundaryView, "id">,
  capacity: number,
): AdmissionEngine {
  if (policy.boundaryView !== boundaryView.id) {
    throw new RangeError(
      `A policy for view ${policy.boundaryView} cannot be read on view ${boundaryView.id}.`,
    );
  }
  return new AdmissionEngine(policy, capacity);
}

const SUSPENDED = bitOf("TERMINAL_SUSPENDED");
const UNKNOWN = bitOf("LOCATION_UNKNOWN");
const STALE = bitOf("LOCATION_STALE");
const SPEED = bitOf("SPEED_CAP");
const OCEAN = bitOf("PLAN_OCEAN");
const ADDRESS = bitOf("PLAN_ADDRESS");
const COUNTRY = bitOf("PLAN_COUNTRY");
const ROAM = bitOf("ROAM_EXPIRED");
const UNLISTED = bitOf("NOT_ON_ALLOWLIST");
const REGIME = bitOf("LEGAL_REGIME");
const TX_OFF = bitOf("TX_OFF");
const EMERGENCY = bitOf("EMERGENCY");
const DENIALS = bitsWhere(row => row.reach === "nothing");
const UNSPARED = bitsWhere(row => row.inEmergency === "nothing");
const roamings = { none: 0, sameCountry: 1, global: 2 };

export class AdmissionEngine {
  readonly policy: Policy;
  readonly #classes: AreaClasses;
  readonly #terminals: TerminalColumns;
  readonly #ocean: Uint8Array;
  readonly #roaming: Uint8Array;
  readonly #roamDays: Int16Array;
  readonly #planSpeedKmh: Float64Array;
  readonly #addressRadiusKm: Float64Array;

  constructor(policy: Policy, capacity: number) {
    const { plans } = policy;
    this.policy = policy;
    this.#classes = new AreaClasses(policy);
    this.#terminals = new TerminalColumns(capacity, policy, this.#classes);
    this.#ocean = Uint8Array.from(plans, plan => (plan.ocean ? 1 : 0));
    this.#roaming = Uint8Array.from(plans, plan => roamings[plan.roaming]);
    this.#roamDays = Int16Array.from(plans, plan => plan.roamDays);
    this.#planSpeedKmh = Float64Array.from(plans, plan => plan.maxSpeedKmh);
    this.#addressRadiusKm = Float64Array.from(
      plans,
      plan => plan.serviceAddressRadiusKm ?? Number.POSITIVE_INFINITY,
    );
  }

  /** How many kinds of place the terminals packed so far are in. */
  get areaClasses(): number {
    return this.#classes.size;
  }

  /** Packs a terminal, or packs it anew after anything about it has changed: record, report, exception or order. */
  put(index: number, input: TerminalInput): void {
    this.#terminals.put(index, input);
  }

  /**
   * Decides about the terminals from `first` up to and without `end`.
   *
   * @param knownAtMs the instant whose knowledge of statements is used
   */
  decide(atMs: number, out: AdmissionBatch, first: number, end: number, knownAtMs = atMs): void {
    const classes = this.#classes;
    const terminals = this.#terminals;
    const { standing, suspendedFromMs, suspendedUntilMs, areaClass, reportedAtMs, rare, speedKmh } =
      terminals;
    const { plan, home, country, addressKm } = terminals;
    classes.refreshAll(atMs, knownAtMs);
    const { mask: classMask, flags, capKmh, zoneLeaseMs, nextMs: classNextMs } = classes;
    const newYearMs = Date.UTC(new Date(atMs).getUTCFullYear() + 1, 0, 1);
    for (let i = first; i < end; i++) {
      let mask = standing[i]!;
      let nextMs = Number.POSITIVE_INFINITY;
      const fromMs = suspendedFromMs[i]!;
      const untilMs = suspendedUntilMs[i]!;
      if (fromMs > atMs) nextMs = fromMs;
      else if (untilMs > atMs) mask |= SUSPENDED;
      if (untilMs > atMs && untilMs < nextMs) nextMs = untilMs;
      const at = areaClass[i]!;
      const reportedMs = reportedAtMs[i]!;
      const ageMs = atMs - reportedMs;
      let leaseMs = ageMs > freshLocationMs ? shortLeaseMs : defaultLeaseMs;
      if (at < 0) mask |= UNKNOWN;
      else {
        const areaFlags = flags[at]!;
        mask |= classMask[at]!;
        if (classNextMs[at]! < nextMs) nextMs = classNextMs[at]!;
        if (areaFlags !== 0) {
          if ((areaFlags & 1) !== 0) mask |= this.#unlisted(i, at, atMs);
          if ((areaFlags & 4) !== 0) nextMs = this.#nextEntryMs(i, at, atMs, nextMs);
          if ((areaFlags & 2) !== 0) mask |= this.#guard(i, at, atMs, ageMs);
        }
        if (zoneLeaseMs[at]! < leaseMs) leaseMs = zoneLeaseMs[at]!;
        if (speedKmh[i]! > capKmh[at]!) mask |= SPEED;
        if (ageMs > oldLocationMs) mask |= UNKNOWN;
        else {
          if (ageMs > freshLocationMs) mask |= STALE;
          const p = plan[i]!;
          const homeCountry = home[i]!;
          if (p >= 0 && homeCountry >= 0) {
            const hereCountry = country[i]!;
            if (hereCountry < 0) {
              if (this.#ocean[p] === 0) mask |= OCEAN;
            } else if (hereCountry !== homeCountry) {
              const roaming = this.#roaming[p]!;
              if (roaming === 1) mask |= COUNTRY;
              else if (roaming === 2 && terminals.daysAt(i, atMs) > this.#roamDays[p]!) mask |= ROAM;
            }
            if (addressKm[i]! > this.#addressRadiusKm[p]!) mask |= ADDRESS;
            if (speedKmh[i]! > this.#planSpeedKmh[p]!) mask |= SPEED;
          }
        }
      }
      if (rare[i] !== null) {
        mask = this.#setAside(i, at, atMs, ageMs, mask);
        nextMs = this.#nextRareMs(i, atMs, nextMs);
      }
      const reason = firstReason(mask);
      if (isShortLease[reason] === 1 && leaseMs > shortLeaseMs) leaseMs = shortLeaseMs;
      out.mask[i] = mask;
      out.reason[i] = reason;
      out.outcome[i] = outcomeOfReason[reason]!;
      out.leaseEndMs[i] = isWithoutLease[reason] === 1 ? 0 : Math.min(atMs + leaseMs, nextMs);
      let changeMs = Math.min(nextMs, newYearMs);
      if (at >= 0) {
        if (ageMs <= freshLocationMs) changeMs = Math.min(changeMs, reportedMs + freshLocationMs + 1);
        else if (ageMs <= oldLocationMs) changeMs = Math.min(changeMs, reportedMs + oldLocationMs + 1);
      }
      out.nextChangeMs[i] = changeMs;
    }
  }

  /**
   * Appends the grounds of a terminal's answer to `out`: all that `explain` needs beside the records themselves.
   * Call it after `decide`, with the same instants.
   */
  ground(atMs: number, batch: AdmissionBatch, i: number, out: GroundCodes): void {
    const at = this.#terminals.areaClass[i]!;
    const mask = batch.mask[i]!;
    if (mask === 0) {
      const { axisCodes } = this.#classes.details[at]!;
      const refused = this.#classes.mask[at]!;
      for (let axis = 0; axis < axisCodes.length; axis++) {
        if ((refused & axisBits[axis]!) === 0) out.pushAll(axisCodes[axis]!);
      }
      return;
    }
    for (let left = mask; left !== 0; left &= left - 1) {
      const bit = left & -left;
      const single = singleCodes[31 - Math.clz32(bit)]!;
      if (single >= 0) out.push(single);
      else this.#groundsOf(bit, atMs, i, at, out);
    }
  }

  #groundsOf(bit: number, atMs: number, i: number, at: number, out: GroundCodes): void {
    const terminals = this.#terminals;
    const details = terminals.details[i]!;
    const row = this.#classes.details[at];
    const p = terminals.plan[i]!;
    switch (bit) {
      case NOT_LICENSED:
        out.pushAll(row!.axisCodes[0]!);
        return;
      case NOT_OPEN:
        out.pushAll(row!.axisCodes[1]!);
        return;
      case REGIME:
        for (const position of row!.prohibitions) {
          if (!this.#isLicensed(i, position, atMs)) out.push(groundCode("axis.asserted", position));
        }
        return;
      case UNLISTED:
        for (const list of row!.required) {
          if (!this.#hasEntry(i, list, atMs)) out.push(groundCode("allowList.required", list));
        }
        return;
      case SPEED:
        if (
          p >= 0 &&
          terminals.home[i]! >= 0 &&
          atMs - terminals.reportedAtMs[i]! <= oldLocationMs &&
          terminals.speedKmh[i]! > this.#planSpeedKmh[p]!
        ) {
          out.push(groundCode("plan.speed", p));
        }
        for (const cap of row!.caps) {
          if (terminals.speedKmh[i]! > this.policy.speedCaps[cap]!.capKmh)
            out.push(groundCode("area.speed", cap));
        }
        return;
      case GUARD:
      case GUARD_PROVISIONAL:
        for (const { band, beyond, bit: gives } of row!.bands) {
          if (gives === bit && this.#refusedBeyond(i, beyond, atMs))
            out.push(groundCode("area.guardBand", band));
        }
        return;
      case TX_OFF:
        for (const [position, order] of terminals.rare[i]!.txOffOrders.entries()) {
          if (inInterval(atMs, order.fromMs, order.untilMs)) out.push(groundCode("order.txOff", position));
        }
        return;
      case NOT_ACTIVE:
        if ((details & detailBits.notYetActive) !== 0) out.push(groundCode("terminal.state"));
        if ((details & detailBits.noAccount) !== 0) out.push(groundCode("terminal.account"));
        if ((details & detailBits.noPlan) !== 0) out.push(groundCode("terminal.plan"));
        return;
      case SANCTIONED:
        if ((details & detailBits.holderSanctioned) !== 0) out.push(groundCode("party.sanctioned", 0));
        if ((details & detailBits.accountSanctioned) !== 0) out.push(groundCode("party.sanctioned", 1));
        return;
      case UNVERIFIED:
        if ((details & detailBits.holderUnverified) !== 0) out.push(groundCode("party.verification", 0));
        if ((details & detailBits.accountUnverified) !== 0) out.push(groundCode("party.verification", 1));
        return;
      case UNKNOWN:
        out.push(groundCode(at < 0 ? "location.never" : "location.old"));
    }
  }

  #unlisted(i: number, at: number, atMs: number): number {
    for (const list of this.#classes.details[at]!.required) {
      if (!this.#hasEntry(i, list, atMs)) return UNLISTED;
    }
    return 0;
  }

  #hasEntry(i: number, list: number, atMs: number): boolean {
    const entries = this.#terminals.entries[i];
    if (!entries) return false;
    for (const entry of entries) {
      if (entry.list === list && entry.fromMs <= atMs && atMs < entry.untilMs) return true;
    }
    return false;
  }

  #nextEntryMs(i: number, at: number, atMs: number, nextMs: number): number {
    let next = nextMs;
    for (const { list, fromMs, untilMs } of this.#terminals.entries[i] ?? []) {
      if (!this.#classes.concerns(at, list)) continue;
      if (fromMs > atMs && fromMs < next) next = fromMs;
      if (untilMs > atMs && untilMs < next) next = untilMs;
    }
    return next;
  }

  /** Bits of the guard bands whose other side would refuse a terminal. */
  #guard(i: number, at: number, atMs: number, ageMs: number): number {
    let mask = 0;
    for (const { beyond, bit } of this.#classes.details[at]!.bands) {
      if (this.#refusedBeyond(i, beyond, atMs, ageMs)) mask |= bit;
    }
    return mask;
  }

  #refusedBeyond(
    i: number,
    beyond: number,
    atMs: number,
    ageMs = atMs - this.#terminals.reportedAtMs[i]!,
  ): boolean {
    const mask = this.#classes.mask[beyond]! | this.#unlisted(i, beyond, atMs);
    return this.#afterExceptions(i, beyond, atMs, ageMs, mask) !== 0;
  }

  #setAside(i: number, at: number, atMs: number, ageMs: number, before: number): number {
    const { txOffOrders, emergency } = this.#terminals.rare[i]!;
    let mask = this.#afterExceptions(i, at, atMs, ageMs, before);
    let isSparing = true;
    for (const { fromMs, untilMs, sparesEmergency } of txOffOrders) {
      if (!inInterval(atMs, fromMs, untilMs)) continue;
      mask |= TX_OFF;
      isSparing &&= sparesEmergency;
    }
    if (emergency && isSparing && (mask & DENIALS) !== 0 && (mask & UNSPARED) === 0) {
      mask = (mask & ~DENIALS) | EMERGENCY;
    }
    return mask;
  }

  #afterExceptions(i: number, at: number, atMs: number, ageMs: number, mask: number): number {
    const rare = this.#terminals.rare[i];
    if (!rare || rare.isContradicted || at < 0 || ageMs > oldLocationMs) return mask;
    let lifted = 0;
    for (const exception of rare.exceptions) {
      if (isOpen(exception, atMs)) for (const reason of exception.lifts) lifted |= liftBits[reason];
    }
    if ((lifted & mask & REGIME) !== 0) {
      const { prohibitions } = this.#classes.details[at]!;
      if (!prohibitions.every(position => this.#isLicensed(i, position, atMs))) lifted &= ~REGIME;
    }
    return mask & ~lifted;
  }

  /** Whether an exception in force sets one prohibition aside, by a licence in force from that very statement. */
  #isLicensed(i: number, position: number, atMs: number): boolean {
    const rare = this.#terminals.rare[i];
    if (!rare || rare.isContradicted || atMs - this.#terminals.reportedAtMs[i]! > oldLocationMs) return false;
    const { id, territory } = this.policy.statements[position]!;
    return rare.exceptions.some(
      exception =>
        isOpen(exception, atMs) &&
        exception.lifts.includes("LEGAL_REGIME") &&
        exception.licence?.statementId === id &&
        exception.licence.territory === territory &&
        inInterval(atMs, exception.licence.fromMs, exception.licence.toMs),
    );
  }

  #nextRareMs(i: number, atMs: number, nextMs: number): number {
    let next = nextMs;
    const consider = (fromMs: number, toMs: number | null): void => {
      if (fromMs > atMs && fromMs < next) next = fromMs;
      if (toMs !== null && toMs > atMs && toMs < next) next = toMs;
    };
    const { exceptions, txOffOrders } = this.#terminals.rare[i]!;
    for (const { fromMs, toMs, licence } of exceptions) {
      consider(fromMs, toMs);
      if (licence !== null) consider(licence.fromMs, licence.toMs);
    }
    for (const { fromMs, untilMs } of txOffOrders) consider(fromMs, untilMs);
    return next;
  }
}

function isOpen({ atSite, fromMs, toMs }: ExceptionFacts, atMs: number): boolean {
  return atSite && fromMs <= atMs && atMs < toMs;
}

const liftBits: { readonly [R in LiftableReason]: number } = {
  AREA_NOT_ACTIVE: bitOf("AREA_NOT_ACTIVE"),
  LEGAL_REGIME: REGIME,
  NOT_ON_ALLOWLIST: UNLISTED,
  PLAN_OCEAN: OCEAN,
  PLAN_ADDRESS: ADDRESS,
  PLAN_COUNTRY: COUNTRY,
  ROAM_EXPIRED: ROAM,
};

const NOT_LICENSED = bitOf("AREA_NOT_LICENSED");
const NOT_OPEN = bitOf("AREA_NOT_ACTIVE");
const GUARD = bitOf("GUARD_BAND");
const GUARD_PROVISIONAL = bitOf("GUARD_BAND_PROVISIONAL");
const NOT_ACTIVE = bitOf("TERMINAL_NOT_ACTIVE");
const SANCTIONED = bitOf("PARTY_SANCTIONED");
const UNVERIFIED = bitOf("HOLDER_UNVERIFIED");
