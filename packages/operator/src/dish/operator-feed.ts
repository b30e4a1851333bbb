// SPDX-License-Identifier: MIT
import type { Account, Admission, Plan } from "@perigee/authority";
import type { DishAdmission, DishPlan, DishPosition, DishSlot, LocationPolicy } from "@perigee/dish";
import { type LinkState, slotAt, slotStartMs } from "@perigee/network";
import {
  positionOnTrack,
  type Surroundings,
  type TerminalCondition,
  type WorldTerminal,
} from "@perigee/world";
import type { AuthorityService } from "../authority/authority-service.ts";
import type { NetworkService } from "../network-service.ts";
import type { DishFeed } from "./dish-feed.ts";
import { PlanIndex } from "./plan-index.ts";

/** Speed from which a plan is for use in motion: 10 mph, the most that plans without motion allow. */
const IN_MOTION_KMH = 16.1;
/** `RateLimitReason` of the wire. */
const NO_LIMIT = 1;
const POLICY_LIMIT = 2;

export interface OperatorFeedOptions {
  readonly authority: AuthorityService;
  readonly network: NetworkService;
  /** As they really are: a terminal's own positioning knows where it is, whatever it reports. */
  readonly world: readonly WorldTerminal[];
  readonly surroundings: Surroundings;
  /** UTC ms that the world's seconds count from. */
  readonly startMs: number;
  readonly location: LocationPolicy;
  readonly lanWrites: boolean;
}

/** Tells terminals what the operator's network and authority have decided about them. */
export class OperatorFeed implements DishFeed {
  readonly #from: OperatorFeedOptions;
  readonly #world: ReadonlyMap<string, WorldTerminal>;
  readonly #plans: PlanIndex;

  constructor(options: OperatorFeedOptions) {
    this.#from = options;
    this.#plans = new PlanIndex(options.network);
    this.#world = new Map(options.world.map(terminal => [terminal.id, terminal]));
  }

  slotOf(terminalId: string, atMs: number): DishSlot {
    const { authority, location, lanWrites } = this.#from;
    const slot = slotAt(atMs);
    const { account, plan, history } = authority.record(terminalId);
    const country = history.last?.place.country ?? null;
    const admission = authority.admissionOf(terminalId);
    const planned = this.#plans.find(slot, terminalId);
    // What is planned for a terminal that has since been refused its link is no link.
    const link = admission?.linked === true ? planned.link : null;
    return {
      slot,
      fromMs: slotStartMs(slot),
      untilMs: slotStartMs(slot + 1),
      link,
      unserved: link === null ? unservedWord(admission, planned.unserved) : null,
      admission: admissionFor(admission),
      ...this.#whereabouts(terminalId, atMs),
      roaming: account !== null && country !== null && country !== account.country,
      plan: plan === null ? null : planFor(plan, this.#isOrganisation(account), link),
      locationPolicy: location,
      lanWrites,
    };
  }

  conditionOf(terminalId: string, atMs: number): TerminalCondition {
    return this.#world.has(terminalId) ? this.#from.surroundings.conditionOf(terminalId, atMs) : "unplugged";
  }

  #whereabouts(terminalId: string, atMs: number): { position: DishPosition | null; speedMps: number } {
    const track = this.#world.get(terminalId)?.track;
    if (track === undefined) return { position: null, speedMps: 0 };
    const seconds = (atMs - this.#from.startMs) / 1000;
    const { latDeg, lonDeg, speedKmh } = positionOnTrack(track, seconds);
    return { position: { latDeg, lonDeg, heightM: 0 }, speedMps: speedKmh / 3.6 };
  }

  #isOrganisation(account: Account | null): boolean {
    if (account === null) return false;
    return this.#from.authority.book.get("party", account.holder)?.kind === "organisation";
  }
}

function unservedWord(admission: Admission | null, planned: string | null): string | null {
  if (admission === null) return planned;
  return admission.linked ? (planned ?? "neverLocated") : "notPermitted";
}

function admissionFor(admission: Admission | null): DishAdmission | null {
  if (admission === null) return null;
  const { wireCode, linked, reach, reason } = admission;
  return { wireCode: wireCode.number, linked, reach, reason };
}

/** A service line's plan in the terms of the terminal. */
export function planFor(plan: Plan, isOrganisation: boolean, link: LinkState | null): DishPlan {
  const moves = plan.maxSpeedKmh > IN_MOTION_KMH;
  const limit = (carries: number | undefined, allowed: number): number =>
    carries !== undefined && carries >= allowed ? POLICY_LIMIT : NO_LIMIT;
  return {
    mobilityClass: plan.roaming === "none" ? 0 : moves ? 2 : 1,
    classOfService: isOrganisation ? 2 : 1,
    downLimit: limit(link?.downMbps, plan.downMbps),
    upLimit: limit(link?.upMbps, plan.upMbps),
  };
}
