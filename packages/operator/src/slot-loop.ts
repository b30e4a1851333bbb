// SPDX-License-Identifier: MIT
import type { Lease } from "@perigee/authority";
import { type CellsServing, type Site, slotStartMs } from "@perigee/network";
import type { World } from "@perigee/world";
import type { AuthorityService } from "./authority/authority-service.ts";
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
 * The loop's one step, the same in a live operator and in a simulated one: take reports, ask the authority about
 * every terminal, plan the network for those that may be linked, issue leases.
 */
export class SlotLoop {
  readonly #authority: AuthorityService;
  readonly #network: NetworkService;
  readonly #world: World;
  readonly #planetIn: (slot: number) => CellsServing | null;

  /** @param planetIn - The planet's plan of a slot, where there is one; then it serves the terminals. */
  constructor(
    authority: AuthorityService,
    network: NetworkService,
    world: World,
    planetIn: (slot: number) => CellsServing | null = () => null,
  ) {
    this.#authority = authority;
    this.#network = network;
    this.#world = world;
    this.#planetIn = planetIn;
  }

  /**
   * Prepares a slot.
   *
   * @param slot - The slot that the network is planned for.
   * @param nowMs - When this happens: shortly before the slot's start, or inside it at start-up. Admissions and leases
   *   hold from here on.
   */
  async prepare(slot: number, nowMs: number): Promise<SlotStep> {
    const reports = this.#world.reportsAt(nowMs);
    const impossible = await this.#authority.takeReports(reports, nowMs);
    for (const { terminalId, message } of impossible)
      process.emitWarning(`report of ${terminalId} left out: ${message}`);
    const changed = await this.#authority.evaluateAll(nowMs);
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
