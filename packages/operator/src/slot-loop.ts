// SPDX-License-Identifier: MIT
import type { Lease } from "@perigee/authority";
import { type CellsServing, type Site, slotStartMs } from "@perigee/network";
import type { World } from "@perigee/world";
import type { AuthorityService } from "./authority/authority-service.ts";
import { actOn } from "./authority/clone-alarms.ts";
import type { IdentityRound, IdentityWatch } from "./authority/identity-watch.ts";
import { actOnEncounter } from "./location/encounters.ts";
import type { LocationWatch } from "./location/location-watch.ts";
import type { NetworkService, PlannedSlot } from "./network-service.ts";

/** What one step of the loop came to. */
export interface SlotStep {
  readonly slot: number;
  /** When it was prepared: admissions and leases hold from here on. UTC ms. */
  readonly atMs: number;
  readonly planned: PlannedSlot;
  readonly leases: readonly Lease[];
  /** Terminals whose outcome or reason changed. */
  readonly changed: readonly string[];
  /** Terminals that may reach nothing from now on. */
  readonly refused: readonly string[];
}

/**
 * The loop's one step, the same in a live operator and in a simulated one: hear who transmits, take reports and what
 * was measured of who sent them, ask the authority about every terminal, tell those that are turned away when to ask again, plan the network for those that may
 * be linked, issue leases.
 */
export class SlotLoop {
  readonly #authority: AuthorityService;
  readonly #network: NetworkService;
  readonly #world: World;
  readonly #planetIn: (slot: number) => CellsServing | null;
  readonly #watch: IdentityWatch | null;
  readonly #locations: LocationWatch | null;

  /**
   * @param planetIn - The planet's plan of a slot, where there is one; then it serves the terminals.
   * @param watch - Hears the devices; without it nobody is asked who they are, and everybody reports.
   * @param locations - Measures where terminals are; without it their reports are believed.
   */
  constructor(
    authority: AuthorityService,
    network: NetworkService,
    world: World,
    planetIn: (slot: number) => CellsServing | null = () => null,
    watch: IdentityWatch | null = null,
    locations: LocationWatch | null = null,
  ) {
    this.#authority = authority;
    this.#network = network;
    this.#world = world;
    this.#planetIn = planetIn;
    this.#watch = watch;
    this.#locations = locations;
  }

  /**
   * Prepares a slot.
   *
   * @param slot - The slot that the network is planned for.
   * @param nowMs - When this happens: shortly before the slot's start, or inside it at start-up. Admissions and leases
   *   hold from here on.
   */
  async prepare(slot: number, nowMs: number): Promise<SlotStep> {
    this.silence(nowMs);
    const round = this.#watch?.round(slot, nowMs) ?? null;
    // Who transmits nothing reports nothing.
    const reports = this.#world
      .reportsAt(nowMs)
      .filter(({ terminalId }) => round === null || round.heard.has(terminalId));
    const impossible = await this.#authority.takeReports(reports, nowMs);
    for (const { terminalId, message } of impossible)
      process.emitWarning(`report of ${terminalId} left out: ${message}`);
    const marked = round === null ? [] : await this.#take(round, nowMs);
    marked.push(...(await this.#locate(slot, nowMs)));
    const evaluated = await this.#authority.evaluateAll(nowMs);
    const changed = [...new Set([...marked, ...evaluated])];
    this.#watch?.answer(id => this.#authority.admissionOf(id)?.reject ?? null, nowMs);
    const planned = this.plan(slot, nowMs);
    const ids = this.#authority.terminalIds();
    return {
      slot,
      atMs: nowMs,
      planned,
      changed,
      leases: this.#authority.issueLeases(ids, nowMs),
      refused: ids.filter(id => this.#authority.admissionOf(id)?.reach === "nothing"),
    };
  }

  /** Tells the devices what their transmitters are ordered; see `AuthorityService.silenceOf`. */
  silence(nowMs: number): void {
    this.#watch?.command(
      id => (this.#authority.has(id) ? this.#authority.silenceOf(id, nowMs) : null),
      nowMs,
    );
  }

  /** Takes in who was heard, and acts on alarms. Gives the terminals that an alarm touched. */
  async #take(round: IdentityRound, nowMs: number): Promise<string[]> {
    this.#authority.takeIdentities(round);
    const touched: string[] = [];
    for (const alarm of round.alarms) {
      const done = await actOn(alarm, this.#authority, nowMs);
      if (done?.ok) touched.push(...done.value.terminals);
      else if (done !== null)
        process.emitWarning(`the alarm about ${alarm.terminalId} led to nothing: ${done.error.message}`);
    }
    return touched;
  }

  /** Takes in what was measured of places, and acts on encounters. Gives the terminals that one touched. */
  async #locate(slot: number, nowMs: number): Promise<string[]> {
    if (this.#locations === null) return [];
    const located = this.#locations.step(slot, nowMs, this.#authority.locatedTerminals(nowMs));
    await this.#authority.takeLocations(located, nowMs);
    const touched: string[] = [];
    for (const found of located.encounters) {
      const done = await actOnEncounter(found, this.#authority, nowMs);
      if (done?.ok) touched.push(...done.value.terminals);
      else if (done !== null)
        process.emitWarning(`two places of ${found.terminalId} led to nothing: ${done.error.message}`);
    }
    return touched;
  }

  /** Plans a slot with the admissions as they stand, and the conditions on links of now or of its start, if that is later. */
  plan(slot: number, nowMs: number): PlannedSlot {
    const atMs = Math.max(nowMs, slotStartMs(slot));
    return this.#network.plan(slot, this.sites(), this.#planetIn(slot), atMs);
  }

  /** Every terminal whose place is known, as it stands. */
  sites(): Site[] {
    return this.#authority.terminalIds().flatMap(id => {
      const { history, plan } = this.#authority.record(id);
      const fix = history.last;
      if (fix === null) return [];
      return [
        {
          id,
          latDeg: fix.latDeg,
          lonDeg: fix.lonDeg,
          heightM: 0,
          cell: fix.cell,
          downMbps: plan?.downMbps ?? ACCOUNT_SITE_MBPS,
          upMbps: plan?.upMbps ?? ACCOUNT_SITE_MBPS,
          permitted: this.#authority.admissionOf(id)?.linked ?? false,
        },
      ];
    });
  }
}

/** Rate of a terminal without a plan: enough for the account site, which is all that it can reach. */
const ACCOUNT_SITE_MBPS = 1;
