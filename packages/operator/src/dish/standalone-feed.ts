// SPDX-License-Identifier: MIT
import type { DishSlot, LocationPolicy } from "@perigee/dish";
import { cellAt } from "@perigee/earth";
import { type Site, slotAt, slotStartMs } from "@perigee/network";
import type { Surroundings, TerminalCondition } from "@perigee/world";
import type { NetworkService } from "../network-service.ts";
import type { DishFeed } from "./dish-feed.ts";
import { PlanIndex } from "./plan-index.ts";

/** What a fixed plan of a household gets. */
const DOWN_MBPS = 250;
const UP_MBPS = 25;

/** Where a terminal without an operator stands. */
export interface StandingTerminal {
  readonly id: string;
  readonly latDeg: number;
  readonly lonDeg: number;
}

export interface StandaloneFeedOptions {
  readonly network: NetworkService;
  readonly terminals: readonly StandingTerminal[];
  readonly surroundings: Surroundings;
  readonly location: LocationPolicy;
  readonly lanWrites: boolean;
}

/** Terminals on the real network with nobody who refuses them anything; scenes show what that is like. */
export class StandaloneFeed implements DishFeed {
  readonly #from: StandaloneFeedOptions;
  readonly #places: ReadonlyMap<string, StandingTerminal>;
  readonly #sites: readonly Site[];
  readonly #plans: PlanIndex;

  constructor(options: StandaloneFeedOptions) {
    this.#from = options;
    this.#plans = new PlanIndex(options.network);
    this.#places = new Map(options.terminals.map(terminal => [terminal.id, terminal]));
    this.#sites = options.terminals.map(({ id, latDeg, lonDeg }) => ({
      ...{ id, latDeg, lonDeg, heightM: 0, cell: cellAt(latDeg, lonDeg) },
      ...{ downMbps: DOWN_MBPS, upMbps: UP_MBPS, permitted: true },
    }));
  }

  /** Plans a slot, the running one or the next. */
  plan(slot: number): void {
    this.#from.network.plan(slot, this.#sites);
  }

  slotOf(terminalId: string, atMs: number): DishSlot {
    const { location, lanWrites } = this.#from;
    const slot = slotAt(atMs);
    const { link, unserved } = this.#plans.find(slot, terminalId);
    const { latDeg, lonDeg } = this.#places.get(terminalId)!;
    return {
      ...{ slot, fromMs: slotStartMs(slot), untilMs: slotStartMs(slot + 1), link, unserved },
      admission: { wireCode: 1, linked: true, reach: "all", reason: "ALLOW" },
      position: { latDeg, lonDeg, heightM: 0 },
      speedMps: 0,
      plan: { mobilityClass: 0, classOfService: 1, downLimit: 1, upLimit: 1 },
      locationPolicy: location,
      lanWrites,
    };
  }

  conditionOf(terminalId: string, atMs: number): TerminalCondition {
    return this.#from.surroundings.conditionOf(terminalId, atMs);
  }
}
