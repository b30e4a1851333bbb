// SPDX-License-Identifier: MIT
import { join } from "node:path";
import type { Policy } from "@perigee/authority";
import type { BoundaryView } from "@perigee/earth";
import {
  type CellLoads,
  type CellPlan,
  type CellsServing,
  type Outage,
  type Site,
  slotAt,
  slotStartMs,
} from "@perigee/network";
import type { Clock } from "../clock.ts";
import type { Constellation } from "../constellation.ts";
import type { EventHub } from "../event-hub.ts";
import type { ScenarioWeather } from "../scenario/weather.ts";
import type { Planet, PlanetScope, PlanetState } from "./contract.ts";
import { type CellTerritory, permittedTerritories } from "./permissions.ts";
import type { PlanetCells } from "./planet-cells.ts";
import type { PlanetNews, SentConstellation } from "./planet-messages.ts";
import { type PlanetThread, startPlanetThread } from "./planet-thread.ts";
import { SlotArchive } from "./slot-archive.ts";
import type { PlanetFigures, PlanetSlot } from "./slot-record.ts";

/** A slot's plan must be there this long before its start, when the slot is prepared. */
const LEAD_MS = 1_500;
/** What the first plan takes, at the slowest. */
const FIRST_PLAN_MS = 6_000;
/** A plan may take so much longer than the one before. */
const MARGIN = 1.25;
/** Slots whose figures are at hand: the newest, the running one and the one before. */
const FIGURES_KEPT = 4;

export interface PlanetServiceOptions {
  readonly scope: PlanetScope;
  /** The operator's data directory. */
  readonly data: string;
  readonly policy: Policy;
  readonly boundaryView: BoundaryView;
  readonly seed: number;
  readonly weather: ScenarioWeather | null;
  readonly startMs: number;
  readonly clock: Clock;
  readonly hub: EventHub;
  constellation(): Constellation;
  /** Every terminal as it stands. */
  sites(): Site[];
  /** What is out of order in the network at an instant, UTC ms. */
  outageAt?(atMs: number): Outage | undefined;
  /** Who plans; another one in tests. */
  readonly startThread?: typeof startPlanetThread;
}

/** What is known of the planet besides slots; `null` until it is ready. */
export interface PlanetGround extends PlanetCells {
  readonly subscribers: Float32Array;
}

interface LivePlan {
  readonly slot: number;
  readonly elements: string;
  readonly plan: CellPlan;
  readonly loads: CellLoads;
}

/**
 * Has the planet planned, slot after slot, each from the moment when the one before begins. Everything else goes on
 * without it: where its plan is late, or it has failed, terminals are planned by themselves.
 */
export class PlanetService implements AsyncDisposable {
  readonly #options: PlanetServiceOptions;
  readonly #archive: SlotArchive | null;
  readonly #figures = new Map<number, PlanetFigures>();
  #state: PlanetState;
  #progress: Planet["progress"] = null;
  #error: string | null = null;
  #ground: PlanetGround | null = null;
  #live: readonly LivePlan[] = [];
  #thread: PlanetThread | null = null;
  #timer: NodeJS.Timeout | null = null;
  #askedAtMs = 0;
  #tookMs = FIRST_PLAN_MS;

  constructor(options: PlanetServiceOptions) {
    this.#options = options;
    this.#state = options.scope === "off" ? "off" : "preparing";
    this.#archive = options.scope === "off" ? null : new SlotArchive(join(options.data, "planet", "slots"));
  }

  get ground(): PlanetGround | null {
    return this.#ground;
  }

  /** Begins to prepare; to be called when the operator has nothing urgent to do. */
  start(): void {
    const { scope, data, seed, weather, startMs, boundaryView, constellation } = this.#options;
    if (scope === "off") return;
    this.#thread = (this.#options.startThread ?? startPlanetThread)(
      {
        folder: join(data, "planet"),
        scope,
        boundaryView: boundaryView.id,
        seed,
        weather,
        startMs,
        constellation: sent(constellation()),
      },
      news => this.#hear(news),
      error => this.#fail(error),
    );
  }

  /** The planet's plan of a slot, if it is there and of these elements. */
  servingIn(slot: number, elements: string): CellsServing | null {
    const live = this.#live.find(plan => plan.slot === slot);
    if (live === undefined || live.elements !== elements || this.#ground === null) return null;
    return { cells: this.#ground.table, plan: live.plan, loads: live.loads };
  }

  /** Plans with another constellation from the next plan on. Satellites of older plans have other numbers: those go. */
  replaceConstellation(): void {
    if (this.#thread === null) return;
    this.#thread.order({ kind: "constellation", constellation: sent(this.#options.constellation()) });
    this.#live = [];
    this.#figures.clear();
    this.#archive?.clear();
  }

  /** The state of the planet, with the figures of the running slot, or of the newest there is. */
  status(): Planet {
    const running = slotAt(this.#options.clock.nowMs());
    const newest = [...this.#figures.keys()].sort((a, b) => b - a);
    const slot = this.#figures.has(running) ? running : (newest[0] ?? null);
    return {
      state: this.#state,
      progress: this.#progress,
      error: this.#error,
      slot,
      fromMs: slot === null ? null : slotStartMs(slot),
      cells: this.#ground?.table.count ?? 0,
      ...(slot === null ? NO_FIGURES : this.#figures.get(slot)!),
      slots: this.#archive?.range() ?? null,
    };
  }

  /**
   * A slot that is kept.
   *
   * @param slot - The running one, or the newest, where none is given.
   */
  async slot(slot: number | undefined): Promise<PlanetSlot | null> {
    const wanted = slot ?? this.status().slot;
    return wanted === null ? null : ((await this.#archive?.read(wanted)) ?? null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const thread = this.#thread;
    this.#thread = null;
    await thread?.[Symbol.asyncDispose]();
  }

  #hear(news: PlanetNews): void {
    if (news.kind === "progress") {
      if (this.#state === "preparing") this.#progress = { stage: news.stage, fraction: news.fraction };
    } else if (news.kind === "ready") {
      const { cells: table, territories, territoryOf } = news;
      this.#ground = { table, territories, territoryOf, subscribers: new Float32Array(table.count) };
      this.#progress = { stage: "first plan", fraction: 0.8 };
      this.#askNext(Number.NEGATIVE_INFINITY);
    } else {
      void this.#take(news).catch(error => this.#fail(error as Error));
    }
  }

  async #take(news: Extract<PlanetNews, { kind: "planned" }>): Promise<void> {
    const { slot, elements, plan, loads, packed, figures, subscribers } = news;
    const { clock, constellation, hub } = this.#options;
    this.#tookMs = clock.nowMs() - this.#askedAtMs;
    if (subscribers !== null) this.#ground = { ...this.#ground!, subscribers };
    // One asked for before other elements came.
    if (elements === constellation().checksum) {
      this.#live = [
        ...this.#live.filter(p => p.slot >= slotAt(clock.nowMs()) && p.slot !== slot),
        { slot, elements, plan, loads },
      ];
      await this.#archive!.add(slot, packed);
      this.#figures.set(slot, figures);
      for (const old of [...this.#figures.keys()].sort((a, b) => a - b).slice(0, -FIGURES_KEPT))
        this.#figures.delete(old);
      this.#state = "ready";
      this.#progress = null;
      hub.announce("planet", { slot, state: this.#state });
    }
    this.#askNext(slot);
  }

  /**
   * Asks for the slot after `last` when `last` begins, or for the first one that can still be ready in time. Where a plan
   * takes longer than a slot has time, it is begun as much earlier, and every other slot or so goes without.
   */
  #askNext(last: number): void {
    if (this.#thread === null) return;
    const { clock } = this.#options;
    const neededMs = this.#tookMs * MARGIN + LEAD_MS;
    const slot = Math.max(last + 1, slotAt(clock.nowMs() + neededMs) + 1);
    const atMs = Math.min(slotStartMs(slot - 1), slotStartMs(slot) - neededMs);
    this.#timer = setTimeout(() => this.#ask(slot), Math.max(0, atMs - clock.nowMs()));
  }

  #ask(slot: number): void {
    const { boundaryView, clock, policy, sites } = this.#options;
    const territories: readonly CellTerritory[] = this.#ground!.territories;
    this.#askedAtMs = clock.nowMs();
    const permitted = permittedTerritories(territories, policy, boundaryView, slotStartMs(slot));
    const outage = this.#options.outageAt?.(slotStartMs(slot));
    this.#thread?.order({ kind: "plan", question: { slot, permitted, sites: sites(), outage } });
  }

  #fail(error: Error): void {
    if (this.#state === "failed") return;
    this.#state = "failed";
    this.#progress = null;
    this.#error = error.message;
    this.#live = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    void this.#thread?.[Symbol.asyncDispose]();
    this.#thread = null;
    process.emitWarning(`the planet is no longer planned: ${error.stack ?? error.message}`);
    this.#options.hub.announce("planet", { slot: null, state: this.#state });
  }
}

const NO_FIGURES: PlanetFigures = {
  permitted: 0,
  served: 0,
  byReason: { served: 0, notPermitted: 0, noSatellite: 0, geostationaryArc: 0, noRoute: 0, noBeam: 0 },
  beams: 0,
  contacts: 0,
  demandMbps: { down: 0, up: 0 },
  carriedMbps: { down: 0, up: 0 },
  satisfiedShare: { down: 1, up: 1 },
  planCpuMs: null,
  changedCells: null,
};

function sent({ elements, checksum, shells, shellOf }: Constellation): SentConstellation {
  return { elements, checksum, services: Array.from(shellOf, shell => shells[shell]!.service) };
}
